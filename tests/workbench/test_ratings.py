"""What others say of people walks the corridor beside their own answers, and never in them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from openpyxl import load_workbook

from pilot.design import load_trajectory
from pilot.frames import items_of
from pilot.presentation import team_reliability
from pilot.results import Agreement, Study
from pilot.workbench import open_study, results
from pilot.workbench.clean import clean_trajectory
from pilot.workbench.form import FormWanted, write_form
from pilot.workbench.places import exports

R = json.loads((Path(__file__).parents[1] / "reference" / "ratings.json").read_text())
STATIONS = ("panel", "flow", "waves", "started", "feasibility", "changes_of_asking", "scores")
PEOPLE = [f"P{number:02d}" for number in range(1, 13)]
OWN_FILE = """
[[sources]]
files = "own.csv"
wave = "pre"
role = "parent"
date_column = "datum"
mode_column = "afname"
language_column = "taal"
"""
COACH_FILE = OWN_FILE.replace("own.csv", "coach.csv") + 'rated_by = "coach"\n'
DESIGN = f"""\
key = "tables"
title = {{ nl = "Tafels", en = "Tables" }}
purpose = "reanalysis"

[about]
place = "Oud-Zuid"
what  = {{ nl = "Praten aan tafel.", en = "Talking at a table." }}
done  = {{ nl = "Tien avonden.", en = "Ten evenings." }}

[[roles]]
key = "parent"
label = {{ nl = "ouder", en = "parent" }}
ages = [18, 80]

[[waves]]
key = "pre"
label = {{ nl = "voor", en = "before" }}
opens = 2025-03-03
closes = 2025-04-11

[[waves]]
key = "post"
label = {{ nl = "na", en = "after" }}
opens = 2025-06-16
closes = 2025-07-25
{OWN_FILE}{COACH_FILE}
[[sources]]
files = "own-post.csv"
wave = "post"
role = "parent"
date_column = "datum"

[[asked]]
instrument = "brs"
role = "parent"
columns = "b{{item}}"

[[asked]]
instrument = "brs-coach"
role = "parent"
columns = "b{{item}}"
waves = ["pre"]
rated_by = "coach"

[[planned]]
outcome = "brs_total"
domain = "coping"
interval = true
"""


def brs(level: int) -> dict[str, int]:
    """Return six answers of 1 to 5 whose mean is a level, three of them turned round."""
    return {f"b{item}": level if item % 2 else 6 - level for item in range(1, 7)}


def own(number: str, place: int) -> dict[str, Any]:
    """Return a row that somebody filled in about themselves."""
    who = {"nummer": number, "datum": "2025-03-10", "afname": "papier", "taal": "Nederlands"}
    return who | brs(1 + place % 4)


def rated(number: str, place: int) -> dict[str, Any]:
    """Return a row that a coach filled in: one higher, by phone, on another day."""
    who = {"nummer": number, "datum": "2025-04-01", "afname": "telefoon", "taal": "Engels"}
    return who | brs(2 + place % 4)


def study_of(folder: Path, theirs: list[dict[str, Any]], design: str = DESIGN) -> Study:
    """Open a study of twelve people, and of what their coach says."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "tables.toml").write_text(design, encoding="utf-8")
    data = folder / "exports"
    data.mkdir()
    rows = [own(number, place) for place, number in enumerate(PEOPLE)]
    pd.DataFrame(rows).to_csv(data / "own.csv", index=False)
    pd.DataFrame(theirs).to_csv(data / "coach.csv", index=False)
    return open_study(folder / "tables.toml", data=data)


@pytest.fixture(scope="module")
def demo() -> Study:
    """Open the simulated M-pOwer."""
    return open_study("m-power", demo=True)


def beside(study: Study, wave: str, kind: str) -> Agreement:
    """Return one agreement of a rater with people themselves."""
    (found,) = [
        each
        for each in study.agreements
        if each.beside and each.beside.wave == wave and each.kind == kind
    ]
    return found


def doors_add_up(study: Study) -> bool:
    """Return whether what came in at each door was kept or set aside."""
    counts = study.counts
    return all(
        (counts[f"{what}_in"] == counts[f"{what}_kept"] + counts[f"{what}_quarantined"]).all()
        for what in ("rows", "answers")
    )


@pytest.mark.parametrize("wave", R["waves"])
def test_agreement_about_the_ladder_is_that_of_r(demo: Study, wave: str) -> None:
    """Weighted kappa over all six rungs with its interval, by vcd from the raw exports."""
    told, known = beside(demo, wave, "kappa_quadratic"), R["waves"][wave]

    assert told.n_pairs == known["n"]
    numbers = [told.estimate, told.conf_low, told.conf_high]
    assert numbers == pytest.approx(known["kappa"], abs=1e-11)
    assert [told.beside.own, told.beside.rated] == known["median"]
    ways = [told.beside.rated_higher, told.beside.same, told.beside.rated_lower]
    assert ways == known["ways"]


def test_no_rating_stands_in_the_panel_or_among_the_scores(demo: Study) -> None:
    """Only the table of ratings has them, under names that no own score has."""
    assert not [name for name in (*demo.panel, *demo.scores) if "coach" in name]
    assert "rated_by" not in demo.panel
    assert demo.ratings["participatieladder_coach_total"].notna().all()
    assert set(demo.ratings["rated_by"]) == {"coach"}
    assert not demo.ratings.duplicated(["participant", "role", "wave", "rated_by"]).any()
    assert doors_add_up(demo)


def test_every_answer_is_kept_once_or_set_aside(demo: Study) -> None:
    """What intake kept is in the panel, among the ratings, or in quarantine after it."""
    kept = sum(int(demo.responses[name].notna().sum()) for name in items_of(demo.responses))
    panel = sum(int(demo.panel[name].notna().sum()) for name in items_of(demo.panel))
    assert kept == panel + len(demo.ratings)


def test_a_row_in_which_only_the_coach_rated_is_no_form(tmp_path: Path, demo: Study) -> None:
    """A man who stayed away at the end has a rating; he counts nowhere as having answered."""
    folder = tmp_path / "m-power"
    shutil.copytree(exports(load_trajectory("m-power"), demo=True), folder)
    gone = demo.consent.loc[demo.consent["withdrawal"].notna(), "participant"]
    seen = {
        *demo.panel.loc[demo.panel["wave"] == "end", "participant"],
        *gone,
        "MP-21",
        "MP-27",
    }
    away = next(number for number in demo.started["participant"] if number not in seen)
    path = folder / "eind.csv"
    lines = path.read_bytes().decode("cp1252").rstrip("\r\n").splitlines()
    header = lines[2].split(";")
    cells = {"nummer": away, "groep": "Groep 1", "datum": "14-11-2025", "afname": "telefoon",
             "taal": "Frans", "duur": "9,0", "ladder_coach": "4"}  # fmt: skip
    lines.append(";".join(cells.get(name, "") for name in header))
    path.write_bytes("\r\n".join([*lines, ""]).encode("cp1252"))
    study = open_study("m-power", data=folder)

    for station in STATIONS:
        pd.testing.assert_frame_equal(getattr(study, station), getattr(demo, station))
    assert (study.lock, len(study.ratings)) == (demo.lock, len(demo.ratings) + 1)
    assert doors_add_up(study)
    last = study.ratings[study.ratings["participant"] == away].iloc[-1]
    assert (last["wave"], last["participatieladder_coach_total"]) == ("end", 4)
    told, before = (beside(each, "end", "kappa_quadratic") for each in (study, demo))
    assert (told.n_pairs, told.beside.n_rated) == (before.n_pairs, before.beside.n_rated + 1)


def test_a_file_of_coaches_may_spell_everything_alike(tmp_path: Path) -> None:
    """Same columns, same numbers, another day and mode: it is never the person's own form."""
    study = study_of(tmp_path / "both", [rated(n, p) for p, n in enumerate(PEOPLE)])
    alone = study_of(tmp_path / "alone", [rated("P99", 1)])

    for station in STATIONS:
        pd.testing.assert_frame_equal(getattr(study, station), getattr(alone, station))
    assert study.lock == pd.Timestamp("2025-03-10")
    assert set(study.panel["mode"]) == {"paper"}
    assert len(study.ratings) == 12
    assert set(study.ratings["answered"]) == {pd.Timestamp("2025-04-01")}
    rules = {"proxy", "duplicate", "same-code-twice", "changed-respondent"}
    assert rules.isdisjoint(study.findings["rule"])
    assert doors_add_up(study)


def test_a_person_s_file_is_not_searched_for_what_coaches_have_a_file_of(
    tmp_path: Path,
) -> None:
    """Columns that only the coaches' file has are missing in nobody's own file."""
    design = DESIGN.replace('"b{item}"\nwaves', '"c{item}"\nwaves')
    names = {f"b{item}": f"c{item}" for item in range(1, 7)}
    theirs = [
        {names.get(name, name): said for name, said in rated(number, 1).items()}
        for number in PEOPLE[:3]
    ]
    study = study_of(tmp_path, theirs, design)

    assert "missing-column" not in set(study.findings["rule"])
    assert len(study.ratings) == 3


def test_numbers_have_an_icc_and_a_difference_with_limits(tmp_path: Path) -> None:
    """A coach who is always one higher differs by 1, and agrees less for it."""
    study = study_of(tmp_path, [rated(n, p) for p, n in enumerate(PEOPLE)])
    far, apart = beside(study, "pre", "icc_agreement"), beside(study, "pre", "difference")

    assert apart.estimate == pytest.approx(1)
    assert (apart.limits_low, apart.limits_high) == pytest.approx((1, 1))
    spread = pd.Series([1, 2, 3, 4] * 3).var()  # B = 2 s2, J = n / 2, E = 0
    assert far.estimate == pytest.approx(2 * spread / (2 * spread + 2 * 6 / 12))
    assert (far.beside.own, far.beside.rated) == (2.5, 3.5)
    assert (far.beside.rated_higher, far.beside.same, far.beside.rated_lower) == (12, 0, 0)


@pytest.mark.parametrize(("n", "number", "interval"), [(9, True, False), (1, False, False)])
def test_few_pairs_say_little(tmp_path: Path, n: int, number: bool, interval: bool) -> None:
    """Below 10 no interval, below 2 no number, and always the reason."""
    study = study_of(tmp_path, [rated(each, p) for p, each in enumerate(PEOPLE[:n])])
    told = beside(study, "pre", "difference")

    assert (told.estimate is not None, told.conf_low is not None) == (number, interval)
    assert told.reason.startswith(f"{n} rated by both; ")


def test_two_coaches_who_differ_leave_the_person_alone(tmp_path: Path) -> None:
    """Neither rating counts, both are in quarantine, and the person's own form stays."""
    theirs = [rated("P01", 0), rated("P01", 2), rated("P02", 1)]
    study = study_of(tmp_path, theirs)

    assert list(study.ratings["participant"]) == ["P02"]
    assert "P01" in set(study.panel["participant"])
    aside = study.quarantine[study.quarantine["rule"] == "same-code-twice"]
    assert set(aside["file"]) == {"coach.csv"}
    assert len(aside) == 12
    assert doors_add_up(study)


def test_a_rater_s_answers_are_judged_as_all_answers_are(tmp_path: Path) -> None:
    """What the form does not offer is a finding at the coach's file, by its own heading."""
    study = study_of(tmp_path, [rated("P01", 0) | {"b1": 9}, rated("P02", 1) | {"b2": -8}])
    found = study.findings.set_index("rule")

    where = found.loc["out-of-range", ["file", "row", "participant", "column", "found"]]
    assert where.tolist() == ["coach.csv", 2, "P01", "b1", "9"]
    assert found.loc["no-answer-code", "file"] == "coach.csv"
    assert study.panel["brs_01"].notna().all()
    assert doors_add_up(study)


@pytest.mark.parametrize(("typed", "kept", "told"), [(4, 1, "4"), (2, 0, "2")])
def test_a_coach_s_form_comes_back_beside_the_exports(
    tmp_path: Path, demo: Study, typed: int, kept: int, told: str
) -> None:
    """The end's export has ratings already: the same again counts once, another one never."""
    folder = tmp_path / "m-power"
    shutil.copytree(exports(load_trajectory("m-power"), demo=True), folder)
    path = folder / "van de coach.xlsx"
    made = write_form(
        FormWanted("m-power", "end", role="man", demo=True, output=path, rated_by="coach")
    )
    assert made.items == {"man": 1}
    fours = demo.ratings[(demo.ratings["participatieladder_coach_total"] == 4)]
    number = fours.loc[fours["wave"] == "end", "participant"].iloc[0]
    book = load_workbook(path)
    for sheet in (book["deelnemer 1"], book["deelnemer 2"]):
        header = [cell.value for cell in sheet[6]]
        row = next(r for r in sheet.iter_rows(min_row=7) if r[1].value == number)
        row[header.index("answered")].value = "2025-11-13"
        row[header.index("participatieladder_coach_01")].value = typed
    book.save(path)
    study = open_study("m-power", data=folder)

    for station in STATIONS:
        pd.testing.assert_frame_equal(getattr(study, station), getattr(demo, station))
    here = study.ratings[(study.ratings["participant"] == number)]
    assert int((here["wave"] == "end").sum()) == kept
    twice = study.findings[study.findings["rule"] == "rated-twice"]
    assert len(twice) == (1 if kept else 2)
    assert set(twice["found"]) == {f"4 | {told}"}
    assert doors_add_up(study)


@pytest.mark.parametrize("others", [0, 1])
def test_a_form_that_repeats_a_filled_column_is_told_once(
    tmp_path: Path, demo: Study, others: int
) -> None:
    """One finding for two files that say the same; where any rating differs, each is told."""
    folder = tmp_path / "m-power"
    shutil.copytree(exports(load_trajectory("m-power"), demo=True), folder)
    path = folder / "van de coach.xlsx"
    write_form(
        FormWanted("m-power", "end", role="man", demo=True, output=path, rated_by="coach")
    )
    ended = demo.ratings[demo.ratings["wave"] == "end"].dropna(
        subset="participatieladder_coach_total"
    )
    said = dict(zip(ended["participant"], ended["participatieladder_coach_total"], strict=True))
    book = load_workbook(path)
    for sheet in (book["deelnemer 1"], book["deelnemer 2"]):
        header = [cell.value for cell in sheet[6]]
        rows = {row[1].value: row for row in sheet.iter_rows(min_row=7)}
        for place, number in enumerate(sorted(set(said) & set(rows))):
            rows[number][header.index("answered")].value = "2025-11-13"
            typed = 7 - said[number] if place < others else said[number]
            rows[number][header.index("participatieladder_coach_01")].value = int(typed)
    book.save(path)
    study = open_study("m-power", data=folder)

    n = len(set(said) & set(rows))
    twice = study.findings[study.findings["rule"] == "rated-twice"]
    aside = study.quarantine[study.quarantine["rule"] == "rated-twice"]
    assert n > 1
    assert len(twice) == (n + others if others else 1)
    assert len(aside) == n + others
    assert set(aside["finding"]) == set(twice["id"])
    if not others:
        assert twice["found"].iloc[0].startswith(f"{n} ratings, the same as in ")
    assert doors_add_up(study)


def test_an_own_form_in_a_file_of_raters_is_told_as_such(tmp_path: Path) -> None:
    """The columns of the person's own form are not asked there, and the finding says why."""
    design = DESIGN.replace('"b{item}"\nwaves', '"c{item}"\nwaves')
    theirs = rated("P01", 1) | {f"c{item}": 3 for item in range(1, 7)}
    study = study_of(tmp_path, [theirs], design)

    told = study.findings[study.findings["rule"] == "not-asked"]
    assert len(told) == 6
    assert set(told["expected"]) == {"only of parent; this is a file of raters (coach)"}


def test_clean_writes_answers_and_scores_of_raters(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a file of their own, which a study without raters does not have."""
    monkeypatch.setenv("PILOT_DATA", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    study_of(tmp_path / "x", [rated("P01", 0)])
    made = clean_trajectory(tmp_path / "x" / "tables.toml", data=tmp_path / "x" / "exports")

    table = pd.read_parquet(made.folder / "ratings.parquet")
    (row,) = table[["participant", "rated_by", "brs_coach_01", "brs_coach_total"]].to_numpy()
    assert row.tolist() == ["P01", "coach", 2, 2.0]
    manifest = json.loads((made.folder / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["rows"]["ratings.parquet"] == made.rows["ratings.parquet"] == 1


def test_results_and_the_team_page_say_how_far_they_agree(demo: Study) -> None:
    """Side by side, in both languages, with the warning; nothing is averaged."""
    rows = [row for row in results(demo).record["agreement"] if row.get("rater") == "coach"]
    assert [(row["wave"], row["n_pairs"]) for row in rows] == [
        ("intake", 34), ("halfway", 29), ("end", 24),
    ]  # fmt: skip
    assert rows[0]["outcome"] == "participatieladder_total"
    piece = team_reliability(demo)
    assert piece.audience == "team"
    for sentence in (
        "van 34 mensen is er een eigen antwoord en een antwoord van de coach",
        "Vaker noemt de coach een hoger getal (8) dan een lager (4).",
        "De overeenkomst (gewogen kappa) is 0,85 (marge 0,78 tot 0,93).",
        "Wij nemen er nooit het gemiddelde van",
        "hoeven zij nog geen gelijk te hebben",
    ):
        assert sentence in piece.html["nl"]
    assert "does not prove that they are right" in piece.html["en"]


def test_a_study_without_raters_says_nothing_of_them() -> None:
    """No table, no heading, no file."""
    study = open_study("meet-the-parents", demo=True)

    assert not load_trajectory("meet-the-parents").rated
    assert study.ratings.empty
    assert "antwoord van een ander" not in team_reliability(study).html["nl"]
    assert "rated_by" not in study.responses

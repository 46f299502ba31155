"""A trajectory with a comparison group, from files to estimates and pages."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from pilot.design import Trajectory, load_trajectory
from pilot.disclosure import disclose
from pilot.presentation import outcomes_section, payer_page, residents_pages, team_alternatives
from pilot.results import Study
from pilot.workbench import open_study

DESIGN = """
key = "compared"
title = { nl = "Vergeleken", en = "Compared" }

[about]
place = "Nergens"
what = { nl = "Tafels.", en = "Tables." }
done = { nl = "Gegeten.", en = "Eaten." }

[participant]
code = "nummer"
family = "gezin"

[groups]
column = "arm"
reference = "waiting"
levels = [
    { key = "tables", label = { nl = "meedoen", en = "taking part" }, names = ["doet mee"] },
    { key = "waiting", label = { nl = "wachtlijst", en = "waiting list" } },
]

[[roles]]
key = "parent"
label = { nl = "ouder", en = "parent" }

[[waves]]
key = "t0"
label = { nl = "begin", en = "start" }
opens = 2025-01-01
closes = 2025-02-28

[[waves]]
key = "t1"
label = { nl = "eind", en = "end" }
opens = 2025-06-01
closes = 2025-07-31

[[sources]]
files = "t*.csv"
wave = "t{1}"
site_column = "plek"
date_column = "datum"

[[asked]]
instrument = "gse-10"
role = "parent"

[[asked]]
instrument = "lsns-6"
role = "parent"

[[planned]]
outcome = "gse_10_total"
domain = "self_efficacy"
primary = true

[[planned]]
outcome = "lsns_6_total"
domain = "network_strength"
primary = true
"""
REGISTER = '\n[[sources]]\nfiles = "register.csv"\nkind = "register"\n'
SITES = """
[[sites]]
key = "noord"
label = { nl = "Noord", en = "North" }
group = "tables"

[[sites]]
key = "zuid"
label = { nl = "Zuid", en = "South" }
group = "waiting"
"""
WAITING = 8
AFTER: list[object] = ["2025-06-15"] * 15 + ["2025-08-20"]  # the last wave has closed


def forms(wave: int, people: int = 16, **columns: list[object]) -> pd.DataFrame:
    """Return people's forms, half of whom take part and move up."""
    dice = np.random.default_rng(40 + wave)
    level = np.arange(people) % 4
    arm = ["doet mee" if at < people - WAITING else "wachtlijst" for at in range(people)]
    moved = wave * np.array([1 if each == "doet mee" else 0 for each in arm])
    rows: dict[str, object] = {
        "nummer": [f"N{at:02d}" for at in range(people)],
        "gezin": [f"G{at:02d}" for at in range(people)],
        "arm": arm,
        "plek": "noord",
        "datum": ["2025-01-15", "2025-06-15"][wave],
    }
    for item in range(1, 11):
        rows[f"gse_10_{item:02d}"] = np.clip(level + dice.integers(0, 2, people) + moved, 1, 4)
    for item in range(1, 7):
        rows[f"lsns_6_{item:02d}"] = np.clip(level + dice.integers(0, 2, people) + moved, 0, 5)
    return pd.DataFrame(rows | columns)


def walk(folder: Path, *waves: pd.DataFrame, design: str = DESIGN) -> Study:
    """Write exports and walk the corridor."""
    exports = folder / "exports"
    exports.mkdir()
    for place, wave in enumerate(waves):
        wave.to_csv(exports / f"t{place}.csv", index=False)
    return open_study(_design(folder, design), data=exports)


def _design(folder: Path, design: str) -> Trajectory:
    path = folder / "compared.toml"
    path.write_text(design, encoding="utf-8")
    return load_trajectory(path)


def groups_of(study: Study) -> dict[str, str]:
    """Return each person's group in the scores; it is the same at every wave."""
    pairs = study.scores[["participant", "group"]].drop_duplicates().dropna()
    assert pairs["participant"].is_unique
    return dict(zip(pairs["participant"], pairs["group"], strict=True))


def told(study: Study, rule: str) -> list[tuple[object, ...]]:
    """Return participant, column, found and expected of a rule's findings."""
    rows = study.findings[study.findings["rule"] == rule]
    columns = ["participant", "column", "found", "expected"]
    return [
        tuple(None if pd.isna(cell) else cell for cell in row)
        for row in rows[columns].itertuples(index=False)
    ]


def test_a_column_tells_the_group(tmp_path: Path) -> None:
    """Words of the export become keys of the design, and the difference is what is planned."""
    study = walk(tmp_path, forms(0), forms(1))
    groups = groups_of(study)

    assert (groups["N00"], groups["N15"]) == ("tables", "waiting")
    assert list(study.findings["rule"]) == ["wave-open"]
    planned = study.planned(study.primary("self_efficacy"))
    assert (planned.method, planned.group) == ("ancova", "tables - waiting")
    assert planned.n_by_group == (8, 8)
    assert planned.p_adjusted is not None


def test_without_groups_no_table_has_the_column(tmp_path: Path) -> None:
    """A design that compares nobody is as it was."""
    start, end = DESIGN.index("[groups]"), DESIGN.index("[[roles]]")
    bare = DESIGN[:start] + DESIGN[end:]
    study = walk(tmp_path, forms(0), forms(1), design=bare)

    assert "group" not in study.scores
    assert "group" not in study.responses
    assert list(study.findings["rule"].unique()) == ["unknown-column", "wave-open"]
    assert study.planned(study.primary("self_efficacy")).group == ""


def test_who_changes_group_stays_where_they_began(tmp_path: Path) -> None:
    """An export that contradicts itself is told, and nothing is dropped."""
    later = forms(1)
    later.loc[9, "arm"] = "doet mee"
    study = walk(tmp_path, forms(0), later)

    assert groups_of(study)["N09"] == "waiting"
    assert told(study, "group-changes") == [("N09", "arm", "tables at t1", "waiting")]
    assert len(study.scores) == 32


def test_unknown_words_and_silence_are_told(tmp_path: Path) -> None:
    """A word that is no group, and a person of whom nobody says it: kept, not compared."""
    first, second = forms(0), forms(1)
    first.loc[2, "arm"] = "misschien"
    second.loc[2, "arm"] = None
    study = walk(tmp_path, first, second)

    assert told(study, "unknown-group") == [
        ("N02", "arm", "misschien", "one of tables, waiting")
    ]
    assert told(study, "group-unknown") == [("N02", "arm", None, "tables, waiting")]
    planned = study.planned(study.primary("self_efficacy"))
    assert planned.n_by_group == (7, 8)
    assert len(study.scores) == 32


def test_a_site_tells_the_group_where_no_column_does(tmp_path: Path) -> None:
    """Arms by site: two sites are described, and nobody hears a verdict."""
    design = DESIGN.replace('column = "arm"\n', "") + SITES
    place = ["noord"] * 8 + ["zuid"] * 8
    frames = [forms(wave, plek=place).drop(columns="arm") for wave in (0, 1)]
    study = walk(tmp_path, *frames, design=design)

    assert (groups_of(study)["N00"], groups_of(study)["N15"]) == ("tables", "waiting")
    planned = study.planned(study.primary("self_efficacy"))
    assert planned.refused
    assert (planned.reason or "").startswith("1 site(s) in group 'tables'; where whole sites")
    public = next(each for each in disclose(study).estimates if each.outcome.primary)
    assert (public.refused, public.reason, public.estimate) == (True, "method", None)


@pytest.mark.parametrize("column", ["arm", "groep"])
def test_the_register_tells_the_group_and_wins(tmp_path: Path, column: str) -> None:
    """Who was put where stands in the register; a form that says otherwise is told.

    Also in a column that a register without groups would take for the site.
    """
    exports = tmp_path / "exports"
    exports.mkdir()
    first = forms(0)
    register = first[["nummer", "gezin", "arm"]].assign(rol="ouder", van="2025-01-01")
    register.loc[0, "arm"] = "wachtlijst"
    register.rename(columns={"arm": column}).to_csv(exports / "register.csv", index=False)
    for place, wave in enumerate((first, forms(1))):
        wave.rename(columns={"arm": column}).to_csv(exports / f"t{place}.csv", index=False)
    design = DESIGN.replace('column = "arm"', f'column = "{column}"') + REGISTER
    study = open_study(_design(tmp_path, design), data=exports)

    assert groups_of(study)["N00"] == "waiting"
    assert "unknown-column" not in set(study.findings["rule"])
    assert study.register["group"].notna().all()
    assert [each[1:] for each in told(study, "group-changes")] == [
        (column, "tables at t0", "waiting"),
        (column, "tables at t1", "waiting"),
    ]


def test_who_never_answered_did_not_leave_a_group_they_were_not_in(tmp_path: Path) -> None:
    """Of three who never answered one took part, one waits and of one nobody says it.

    The table of leavers is of those who took part: beside two who stopped only the first is
    one who left, whose start nobody knows.
    """
    exports = tmp_path / "exports"
    exports.mkdir()
    first, second = forms(0), forms(1, datum=AFTER).drop(index=[0, 1])
    silent = pd.DataFrame(
        {
            "nummer": ["N90", "N91", "N92"],
            "gezin": ["G90", "G91", "G92"],
            "arm": ["doet mee", "wachtlijst", None],
        }
    )
    register = pd.concat([first[["nummer", "gezin", "arm"]], silent], ignore_index=True)
    register.assign(rol="ouder", van="2025-01-01").to_csv(exports / "register.csv", index=False)
    for place, wave in enumerate((first, second)):
        wave.to_csv(exports / f"t{place}.csv", index=False)
    study = open_study(_design(tmp_path, DESIGN + REGISTER), data=exports)

    left = study.told_beside(study.primary("self_efficacy"))["attrition"].numbers
    assert (left["n_stayed"], left["n_left"], left["n_left_unknown"]) == (6, 2, 1)


def test_a_site_tells_whose_silence_it_is(tmp_path: Path) -> None:
    """Where the site tells the group, it does so of who never answered too."""
    exports = tmp_path / "exports"
    exports.mkdir()
    design = DESIGN.replace('column = "arm"\n', "") + SITES + REGISTER
    place = ["noord"] * 8 + ["zuid"] * 8
    days = ["2025-01-15"] * 16, AFTER
    frames = [forms(w, plek=place, datum=days[w]).drop(columns="arm") for w in (0, 1)]
    silent = pd.DataFrame(
        {"nummer": ["N90", "N91"], "gezin": ["G90", "G91"], "plek": ["noord", "zuid"]}
    )
    known = pd.concat([frames[0][["nummer", "gezin", "plek"]], silent], ignore_index=True)
    register = known.rename(columns={"plek": "locatie"})
    register.assign(rol="ouder", van="2025-01-01").to_csv(exports / "register.csv", index=False)
    for wave, frame in enumerate(frames):
        frame.to_csv(exports / f"t{wave}.csv", index=False)
    study = open_study(_design(tmp_path, design), data=exports)

    left = study.told_beside(study.primary("self_efficacy"))["attrition"].numbers
    assert (left["n_stayed"], left["n_left"], left["n_left_unknown"]) == (8, 0, 1)


def test_a_source_may_say_its_group(tmp_path: Path) -> None:
    """One file an arm, each with a fixed group."""
    one = '[[sources]]\nfiles = "t*.csv"\nwave = "t{1}"\n'
    two = "".join(
        f'[[sources]]\nfiles = "{stem}*.csv"\nwave = "t{{1}}"\ngroup = "{key}"\n'
        'site_column = "plek"\ndate_column = "datum"\n\n'
        for stem, key in (("mee", "tables"), ("wacht", "waiting"))
    )
    start = DESIGN.index(one)
    end = DESIGN.index("[[asked]]")
    design = DESIGN[:start] + two + DESIGN[end:]
    exports = tmp_path / "exports"
    exports.mkdir()
    for wave in (0, 1):
        whole = forms(wave).drop(columns="arm")
        whole.head(8).to_csv(exports / f"mee{wave}.csv", index=False)
        whole.tail(8).to_csv(exports / f"wacht{wave}.csv", index=False)
    study = open_study(_design(tmp_path, design.replace('column = "arm"\n', "")), data=exports)

    assert sorted(groups_of(study).values()) == ["tables"] * 8 + ["waiting"] * 8


# -- what everybody may see -----------------------------------------------------------------


@pytest.fixture
def compared(tmp_path: Path) -> Study:
    """Return eight families that took part and eight that waited."""
    return walk(tmp_path, forms(0), forms(1))


def test_the_public_pages_call_it_a_difference(compared: Study) -> None:
    """Both groups are named, and no sentence says that the programme compares with nobody."""
    public = disclose(compared)
    pages = payer_page(public), outcomes_section(public), residents_pages(public)
    nl, en = ("".join(page.html[each] for page in pages) for each in ("nl", "en"))

    assert (
        "\N{LEFT SINGLE QUOTATION MARK}meedoen\N{RIGHT SINGLE QUOTATION MARK} kwam gemiddeld"
        in nl
    )
    assert "uit dan \N{LEFT SINGLE QUOTATION MARK}wachtlijst" in nl
    assert "taking part\N{RIGHT SINGLE QUOTATION MARK} ended" in en
    assert "vergelijkt niet met een andere groep" not in nl
    assert "no comparison" not in en
    assert "omhoog" not in nl


def test_no_public_number_is_of_one_group(compared: Study) -> None:
    """Neither group's size nor change, nor counts better and worse, which are of one group."""
    many = tuple(
        replace(each, improved=9, cannot_tell=9, worse=9, refused=False)
        for each in compared.individual
    )
    for each in disclose(replace(compared, individual=many)).estimates:
        assert each.group == "tables - waiting"
        assert each.groups == ()
        assert each.n_families.exact in (None, 16)


def test_a_small_group_hides_the_difference(tmp_path: Path) -> None:
    """12 that took part and 4 that waited: no number, whichever of the two is small."""
    first, second = (forms(wave).head(12) for wave in (0, 1))
    study = walk(tmp_path, first, second)
    planned = study.planned(study.primary("self_efficacy"))

    assert planned.n_by_group == (8, 4)
    assert planned.estimate is not None
    public = next(each for each in disclose(study).estimates if each.outcome.primary)
    assert (public.refused, public.reason, public.estimate, public.conf_low) == (
        True, "few", None, None,
    )  # fmt: skip


def test_the_team_sees_both_groups(compared: Study) -> None:
    """Every method of the comparison and the change within each group."""
    html = team_alternatives(compared).html["en"]

    assert "tables - waiting: difference after at the same start (ANCOVA)" in html
    assert "tables: mean per family, t interval" in html
    assert "waiting: mean per family, t interval" in html


def test_individual_change_is_of_those_who_took_part(compared: Study) -> None:
    """Reliable change counts the group that took part, never the waiting list beside it."""
    known = next(each for each in compared.individual if each.outcome.key == "gse_10_total")

    assert known.improved + known.cannot_tell + known.worse == 8

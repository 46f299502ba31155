"""What was typed in a form comes back whole, and what differs between two typings is told."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from pilot.cleaning import clean
from pilot.design import Trajectory
from pilot.design.forms import version_of
from pilot.errors import IntakeError
from pilot.findings import finding, rules
from pilot.forms import Form, Person, form_workbook
from pilot.frames import Cleaned, Received
from pilot.intake import read_export, read_exports

Maker = Callable[..., Any]
Designer = Callable[..., Trajectory]
OFFERED = {
    "help_given_01": [0, 1, 2, 3, 4, None, None, 0, 1, 2, 3, 4, None, None],
    "self_rated_health_01": [5, 4, 3, 2, 1, None, None, 5, 4, 3, 2, 1, None, None],
    "djg_6_03": [1, 2, 3, None, None, None, None],
    "brs_02": [1, 2, 3, 4, 5, None, None, None, None],
}
OPEN_ROW = 10
TYPED = {"brs_01": 3, "brs_02": 2, "brs_03": 4, "brs_04": 1, "brs_05": 5, "brs_06": 2}


def told(station: Received | Cleaned, rule: str) -> list[dict[str, Any]]:
    """Return the findings of a rule."""
    return station.findings[station.findings["rule"] == rule].to_dict("records")


def read(design: Trajectory, path: Path) -> Received:
    """Read the folder that a form stands in."""
    received = read_exports(design, path.parent)
    row = received.counts.set_index("door").loc["intake"]
    assert row["answers_in"] == row["answers_kept"] + row["answers_quarantined"]
    assert row["rows_in"] == row["rows_kept"] + row["rows_quarantined"]
    return received


def test_what_was_typed_comes_back_in_the_instruments_own_coding(
    form: Maker, design: Designer, answers: dict[str, Any]
) -> None:
    """Bare numbers, answers of the list and printed numbers all mean what the design says."""
    path = form().types("007", answers).saves()
    received = read(design(), path)
    row = clean(received, design()).responses.iloc[0]

    assert list(received.findings["rule"]) == []
    assert row[list(TYPED)].to_dict() == TYPED
    assert row["help_given_01"] == 1
    assert row["self_rated_health_01"] == 5  # the printed form counts 1 = very good
    who = ["participant", "family", "site", "role", "wave", "mode"]
    assert row[who].tolist() == ["007", "G1", "noord", "parent", "t0", "paper"]
    assert row["answered"] == pd.Timestamp("2025-01-20")
    assert row["file"] == "form.xlsx[ouder 1] (form)"


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_entry_of_every_list_is_read_as_its_number(
    form: Maker, design: Designer, language: str
) -> None:
    """Each answer that a list offers comes back as the number before it, in both languages.

    The loneliness scale is told by words, since files disagree about its numbers: there the
    list has no bare number, and 'no' in an English form is 'nee' on the Dutch one.
    """
    typist = form(wave="t1", language=language, open_rows=20)
    sheet = typist.sheet({"nl": "ouder", "en": "parent"}[language])
    lists, columns = typist.book["pilot-form-lists"], typist.columns(sheet)
    names = {place: name for name, place in columns.items()}
    for rule in sheet.data_validations.dataValidation:
        place = next(iter(rule.sqref.ranges)).min_col
        if rule.type == "list" and names[place] in OFFERED:
            for row, (cell,) in enumerate(lists[rule.formula1.split("!")[1]], start=OPEN_ROW):
                sheet.cell(row, place).value = cell.value
                sheet.cell(row, columns["participant"]).value = f"X{row}"
                sheet.cell(row, columns["answered"]).value = "2025-06-10"
    cleaned = clean(read(design(), typist.saves()), design())
    rows = cleaned.responses

    assert not told(cleaned, "not-a-number")
    assert not told(cleaned, "bare-code")
    for name, values in OFFERED.items():
        got = [None if pd.isna(value) else value for value in rows[name]]
        assert got == values + [None] * (len(rows) - len(values)), name


def test_an_untouched_form_is_no_data_and_no_fault(form: Maker, design: Designer) -> None:
    """Numbers that we filled in ourselves are no answers: nothing comes in, nothing is told."""
    received = read(design(), form().saves())

    assert len(received.responses) == len(received.findings) == len(received.quarantine) == 0
    assert set(received.files["kind"]) == {"form"}
    cleaned = clean(received, design())
    assert cleaned.counts["answers_in"].sum() == 0


def test_a_second_typing_counts_once_where_it_agrees(
    form: Maker, design: Designer, answers: dict[str, Any]
) -> None:
    """One row, its answers once, and nothing told; another spelling of a date agrees too."""
    typist = form().types("007", answers)
    typist.types("007", answers | {"answered": "20-1-2025", "help_given_01": 1}, entry=2)
    received = read(design(), typist.saves())

    assert list(received.findings["rule"]) == []
    assert len(received.responses) == 1
    assert received.counts["answers_in"].iloc[0] == 8
    assert received.responses["answered"].tolist() == ["2025-01-20"]


def test_a_difference_is_told_with_both_values_and_neither_counts(
    form: Maker, design: Designer, answers: dict[str, Any]
) -> None:
    """The cell is empty in the responses, and both values stand in quarantine."""
    typist = form().types("007", answers).types("007", answers | {"brs_03": 5}, entry=2)
    received = read(design(), typist.saves())
    (seen,) = told(received, "entry-differs")

    assert [seen[key] for key in ("file", "row", "participant", "column", "found")] == [
        "form.xlsx[ouder 1] (form)",
        7,
        "007",
        "brs_03",
        "4 | 5",
    ]
    assert seen["expected"] == "form.xlsx[ouder 2] (form), row 7: the same"
    assert received.responses["brs_03"].isna().all()
    aside = received.quarantine[["file", "row", "participant", "column", "value", "rule"]]
    assert aside.to_numpy().tolist() == [
        ["form.xlsx[ouder 1] (form)", 7, "007", "brs_03", "4", "entry-differs"],
        ["form.xlsx[ouder 2] (form)", 7, "007", "brs_03", "5", "entry-differs"],
    ]


def test_an_answer_that_one_of_the_two_left_empty_is_a_difference(
    form: Maker, design: Designer, answers: dict[str, Any]
) -> None:
    """Empty is an answer to 'was it filled in?': the value does not count until looked at."""
    less = {name: value for name, value in answers.items() if name != "brs_06"}
    received = read(design(), form().types("007", less).types("007", answers, entry=2).saves())

    assert [seen["found"] for seen in told(received, "entry-differs")] == ["\u2026 | 2"]
    assert "brs_06" not in received.responses or received.responses["brs_06"].isna().all()
    assert received.quarantine["value"].tolist() == ["2"]


def test_how_and_when_are_taken_from_the_typing_that_tells_them(
    form: Maker, design: Designer, answers: dict[str, Any]
) -> None:
    """A second typist may leave date and mode out; two different dates are told, none taken."""
    second = {name: value for name, value in answers.items() if name != "answered"}
    typist = form().types("007", answers).types("007", second | {"language": "Turks"}, entry=2)
    typist.types("008", answers).types("008", answers | {"answered": "2025-01-21"}, entry=2)
    received = read(design(), typist.saves())
    rows = received.responses.set_index("participant")

    assert rows.loc["007", ["answered", "language"]].tolist() == ["2025-01-20", "Turks"]
    assert pd.isna(rows.loc["008", "answered"])
    assert [each["found"] for each in told(received, "entry-differs")] == [
        "2025-01-20 | 2025-01-21"
    ]


def test_family_and_site_of_an_open_row_are_compared_too(
    form: Maker, design: Designer, answers: dict[str, Any]
) -> None:
    """Two families are told, neither is taken; what is left out comes from the other typing.

    A site by its label is the same site as by its key.
    """
    one = {"participant": "Q1", "family": "G7", "site": "noord", **answers}
    two = {"participant": "Q1", "family": "G8", "site": "School Noord", **answers}
    typist = form().types(None, one).types(None, two, entry=2)
    also = {"family": "G9", "site": "zuid"}
    typist.types(None, {"participant": "Q2", **answers})
    typist.types(None, {"participant": "Q2", **also, **answers}, entry=2)
    received = read(design(), typist.saves())
    rows = received.responses.set_index("participant")
    told_of = [(e["column"], e["found"]) for e in told(received, "entry-differs")]

    assert told_of == [("family", "G7 | G8")]
    assert rows.loc["Q1", ["family", "site"]].isna().tolist() == [True, False]
    assert rows.loc["Q1", "site"] == "noord"
    assert rows.loc["Q2", ["family", "site"]].tolist() == ["G9", "zuid"]


def test_the_group_that_was_typed_twice_is_compared(
    design: Designer, answers: dict[str, Any], typist: Any, tmp_path: Path
) -> None:
    """Who was in the waiting list decides the result: two answers to that are told."""
    groups = '[groups]\ncolumn = "groep"\nreference = "wacht"\nlevels = ["wacht", "mee"]\n'
    made = design(("[[planned]]", f"{groups}[[planned]]"))
    path = tmp_path / "form.xlsx"
    people = {"parent": [Person("P1", "G1", "noord"), Person("P2", "G2", "noord")]}
    path.write_bytes(form_workbook(Form(made, "t0", ("parent",)), people))
    hand = typist(path).types("P1", answers | {"group": "wacht"}).types("P2", answers)
    hand.types("P1", answers | {"group": "mee"}, entry=2)
    hand.types("P2", answers | {"group": "mee"}, entry=2).saves()
    received = read(made, path)

    assert [e["found"] for e in told(received, "entry-differs")] == ["wacht | mee"]
    assert received.responses["group"].fillna("").tolist() == ["", "mee"]


@pytest.mark.parametrize("spelt", [7, "07", " 007 "])
def test_a_number_of_the_form_spelt_otherwise_in_the_second_typing_is_one_person(
    form: Maker, design: Designer, answers: dict[str, Any], spelt: object
) -> None:
    """Typed on an open row without its zeros, it is compared with the row the form made."""
    typist = form().types("007", answers)
    typist.types(None, {"participant": spelt, **answers, "brs_01": 1}, entry=2)
    received = read(design(), typist.saves())

    assert received.responses["participant"].tolist() == ["007"]
    assert [e["found"] for e in told(received, "entry-differs")] == ["3 | 1"]
    assert not told(received, "entry-once")
    assert received.quarantine["participant"].tolist() == ["007", "007"]


def test_the_first_typing_may_be_the_one_that_was_spelt_otherwise(
    form: Maker, design: Designer, answers: dict[str, Any]
) -> None:
    """The form's own number holds, whichever sheet it stands on; the change is told."""
    typist = form().types(None, {"participant": "p3", **answers}).types("P3", answers, entry=2)
    received = read(design(), typist.saves())
    (seen,) = told(received, "number-restored")

    assert received.responses["participant"].tolist() == ["P3"]
    assert (seen["found"], seen["expected"]) == ("p3", "P3")
    assert received.counts["answers_in"].iloc[0] == 8


def test_a_number_that_two_people_typed_differently_doubles_nobody(
    form: Maker, design: Designer, answers: dict[str, Any]
) -> None:
    """Q1 and q1 on open rows: which is right is not guessed, and neither row counts."""
    typist = form().types(None, {"participant": "Q1", **answers})
    typist.types(None, {"participant": "q1", **answers}, entry=2)
    received = read(design(), typist.saves())
    (seen,) = told(received, "entry-differs")

    assert (seen["column"], seen["found"]) == ("participant", "Q1 | q1")
    assert len(received.responses) == 0
    assert set(received.quarantine["rule"]) == {"entry-differs"}
    assert len(received.quarantine) == 16


def test_numbers_that_the_form_itself_tells_apart_stay_apart(
    design: Designer, answers: dict[str, Any], typist: Any, tmp_path: Path
) -> None:
    """7 and 007 may be two people of one register."""
    path = tmp_path / "form.xlsx"
    people = {"parent": [Person("7"), Person("007")]}
    path.write_bytes(form_workbook(Form(design(), "t0", ("parent",)), people))
    typist(path).types("7", answers).types("007", answers | {"brs_01": 1}, entry=2).saves()
    received = read(design(), path)

    assert sorted(received.responses["participant"]) == ["007", "7"]
    assert len(told(received, "entry-once")) == 2


@pytest.mark.parametrize("typed", ["1 - elke dag", "2 - of 3", "3 of weet niet (-8)"])
def test_an_answer_that_says_two_things_is_no_answer(
    form: Maker, design: Designer, answers: dict[str, Any], typed: str
) -> None:
    """A number with another answer's word, or with a second number, is not guessed at."""
    path = form().types("007", answers | {"help_given_01": typed}).saves()
    cleaned = clean(read(design(), path), design())

    assert cleaned.responses["help_given_01"].isna().tolist() == [True]
    assert typed in set(cleaned.quarantine["value"])


def test_a_row_in_one_typing_only_counts_and_is_told(
    form: Maker, design: Designer, answers: dict[str, Any]
) -> None:
    """One only on the first sheet, one only on the second: both count, both are told."""
    typist = form().types_twice("007", answers)
    typist.types("008", answers).types("P3", answers, entry=2)
    received = read(design(), typist.saves())

    assert received.responses["participant"].tolist() == ["007", "008", "P3"]
    assert [(e["participant"], e["file"]) for e in told(received, "entry-once")] == [
        ("008", "form.xlsx[ouder 1] (form)"),
        ("P3", "form.xlsx[ouder 2] (form)"),
    ]


def test_two_people_may_each_type_in_a_workbook_of_their_own(
    form: Maker, design: Designer, answers: dict[str, Any]
) -> None:
    """The second sheet of another copy is compared with the first sheet of this one."""
    form("anna.xlsx").types("007", answers).saves()
    path = form("bert.xlsx").types("007", answers | {"brs_01": 2}, entry=2).saves()
    received = read(design(), path)

    assert [each["found"] for each in told(received, "entry-differs")] == ["3 | 2"]
    assert len(received.responses) == 1


def test_a_child_has_a_sheet_of_its_own(form: Maker, design: Designer) -> None:
    """What is typed on the child's sheet is the child's; no sheet asks two roles."""
    typist = form()
    asked = {title: set(typist.columns(typist.book[title])) for title in ("ouder 1", "kind 1")}
    path = typist.types("K1", {"life_satisfaction_01": 8}, role="kind").saves()
    received = read(design(), path)

    assert "life_satisfaction_01" not in asked["ouder 1"]
    assert "brs_01" not in asked["kind 1"]
    assert received.responses[["participant", "role"]].to_numpy().tolist() == [["K1", "child"]]


def test_somebody_who_is_not_on_the_list_is_typed_on_an_open_row(
    form: Maker, design: Designer, answers: dict[str, Any]
) -> None:
    """The number that was typed is theirs, and the second typing finds it by that number."""
    typist = form().types_twice(None, answers | {"participant": "P9", "site": "School Zuid"})
    received = read(design(), typist.saves())

    assert list(received.findings["rule"]) == []
    assert received.responses["participant"].tolist() == ["P9"]


def test_a_form_of_another_trajectory_is_told_and_not_read(
    form: Maker, design: Designer, answers: dict[str, Any]
) -> None:
    """Alone in the folder it is the reason that nothing could be read."""
    path = form().types("007", answers).saves()
    other = design(('key = "tables"', 'key = "chairs"'))

    with pytest.raises(IntakeError) as caught:
        read_exports(other, path.parent)
    assert "form.xlsx[ouder 1] (form): is a form of tables, not of chairs" in str(caught.value)
    received = read_export(path, other)
    assert isinstance(received, Received)
    assert {each["found"] for each in told(received, "other-form")} == {"tables"}
    assert len(received.responses) == 0


def test_a_form_of_an_older_asking_goes_to_quarantine_whole(
    form: Maker, design: Designer, answers: dict[str, Any]
) -> None:
    """When an item got other answers since, no number of the form is believed."""
    path = form().types("007", answers).saves()
    turned = design(('"1" = 5, "2" = 4, "3" = 3, "4" = 2, "5" = 1', '"0" = 5'))
    received = read(turned, path)

    assert len(told(received, "older-form")) == 1
    assert len(received.responses) == 0
    assert set(received.quarantine["rule"]) == {"older-form"}
    assert len(received.quarantine) == 8
    row = received.counts.iloc[0]
    assert (row["rows_in"], row["rows_quarantined"]) == (1, 1)


def test_a_design_that_only_gained_words_reads_its_older_forms(
    form: Maker, design: Designer, answers: dict[str, Any]
) -> None:
    """A sentence, a source or a wave more changes nothing about what was asked."""
    path = form().types("007", answers).saves()
    worded = design(
        ("Samen.", "Samen aan tafel."), ('label = { nl = "eind"', 'label = { nl = "nu"')
    )

    assert len(read(worded, path).responses) == 1


def test_waves_that_a_form_brought_are_not_missed(
    form: Maker, design: Designer, answers: dict[str, Any]
) -> None:
    """A source without a file is told, unless a form holds what it would bring."""
    late = answers | {"answered": "2025-06-10"}
    path = form("t1-form.xlsx", wave="t1").types("007", late).saves()
    missed = read(design(), path)
    form("t0-form.xlsx").types("007", answers).saves()

    assert len(told(missed, "source-without-file")) == 1
    assert not told(read(design(), path), "source-without-file")


def test_which_child_and_which_group_come_back(
    design: Designer, answers: dict[str, Any], typist: Any, tmp_path: Path
) -> None:
    """Where the design asks them, they are read as any other part of the occasion."""
    asked = 'instrument = "brs"\nrole = "parent"'
    groups = '[groups]\ncolumn = "groep"\nreference = "wacht"\nlevels = ["wacht", "mee"]\n'
    made = design(
        (asked, f"{asked}\nindex_child = true"), ("[[planned]]", f"{groups}[[planned]]")
    )
    path = tmp_path / "form.xlsx"
    path.write_bytes(
        form_workbook(Form(made, "t0", ("parent",)), {"parent": [Person("P1", "G1", "noord")]})
    )
    typist(path).types_twice("P1", answers | {"about": "K1", "group": "mee"}).saves()
    received = read(made, path)

    assert list(received.findings["rule"]) == []
    assert received.responses[["about", "group"]].to_numpy().tolist() == [["K1", "mee"]]


def about_one_child(design: Designer) -> Trajectory:
    """Return the design in which one form is about one child."""
    asked = 'instrument = "brs"\nrole = "parent"'
    return design((asked, f"{asked}\nindex_child = true"))


def made_for(trajectory: Trajectory, typist: Any, path: Path) -> Any:
    """Return a form for parents of a design, opened."""
    people = {"parent": [Person("007", "G1", "noord"), Person("008", "G1", "noord")]}
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(form_workbook(Form(trajectory, "t0", ("parent",)), people))
    return typist(path)


def test_where_it_is_not_clear_who_answered_the_row_does_not_count(
    form: Maker, design: Designer, answers: dict[str, Any]
) -> None:
    """Self in one typing, the partner in the other: it may be a proxy's."""
    typist = form()
    typist.types("007", answers | {"respondent": "zelf"})
    typist.types("007", answers | {"respondent": "partner"}, entry=2)
    typist.types("008", answers | {"respondent": "zelf", "interpreter": "nee"})
    typist.types("008", answers | {"respondent": "Self", "interpreter": "no"}, entry=2)
    received = read(design(), typist.saves())

    assert told(received, "entry-who-differs") == [
        finding(
            "entry-who-differs",
            file="form.xlsx[ouder 1] (form)",
            row=7,
            participant="007",
            column="respondent",
            found="zelf | partner",
            expected="form.xlsx[ouder 2] (form), row 7: the same",
        )
    ]
    assert received.responses["participant"].tolist() == ["008"]
    assert received.responses["respondent"].tolist() == ["zelf"]
    aside = received.quarantine
    assert set(aside["rule"]) == {"entry-who-differs"}
    assert len(aside) == 8
    assert set(aside["finding"]) == {received.findings["id"].item()}
    assert rules()["entry-who-differs"].mend.nl == (
        "Kijk op het papieren formulier wie antwoordde en verbeter het. "
        "Tot dan telt geen enkel antwoord van deze rij."
    )


def test_where_it_is_not_clear_about_which_child_those_answers_do_not_count(
    design: Designer, typist: Any, answers: dict[str, Any], tmp_path: Path
) -> None:
    """The rest of the row does; 7 and 007 are one child."""
    trajectory = about_one_child(design)
    typing = made_for(trajectory, typist, tmp_path / "exports" / "form.xlsx")
    for number, first, second in (("007", "K1", "K2"), ("008", "7", "007")):
        typing.types(number, answers | {"about": first})
        typing.types(number, answers | {"about": second}, entry=2)
    received = read(trajectory, typing.saves())
    rows = received.responses.set_index("participant")

    assert [each["participant"] for each in told(received, "entry-child-differs")] == ["007"]
    assert rows.loc["007", list(TYPED)].isna().all()
    assert rows.loc["007", "help_given_01"] == "1"
    assert rows.loc["008", list(TYPED)].notna().all()
    aside = received.quarantine
    assert sorted(aside["column"]) == sorted(TYPED)
    assert set(aside["rule"]) == {"entry-child-differs"}


def test_a_copy_of_a_sheet_is_told_once(
    form: Maker, design: Designer, answers: dict[str, Any]
) -> None:
    """Copied within the workbook, or the workbook itself: nothing counts twice."""
    typist = form().types_twice("007", answers).types_twice("P3", answers)
    book = typist.book
    book.copy_worksheet(book["ouder 1"]).title = "ouder 1 (2)"
    received = read(design(), typist.saves())

    assert received.responses["participant"].tolist() == ["007", "P3"]
    known = received.findings.drop(columns=["id", "mend", "severity", "row"])
    assert known.to_dict("records") == [
        {
            "rule": "sheet-copied",
            "file": "form.xlsx[ouder 1 (2)] (form)",
            "participant": None,
            "column": None,
            "found": "2 rows",
            "expected": "once, as in form.xlsx[ouder 1] (form)",
        }
    ]
    assert len(received.quarantine) == 2 * 8
    (typist.path.parent / "kopie.xlsx").write_bytes(typist.path.read_bytes())
    again = read(design(), typist.path)
    assert again.responses["participant"].tolist() == ["007", "P3"]
    assert set(again.findings["rule"]) == {"sheet-copied"}
    assert len(again.findings) == 4


def test_a_copy_in_which_somebody_went_on_typing_is_judged_row_by_row(
    form: Maker, design: Designer, answers: dict[str, Any]
) -> None:
    """It is no copy any more: the same rows are duplicates, the new one counts."""
    typist = form().types("007", answers)
    book = typist.book
    book.copy_worksheet(book["ouder 1"]).title = "ouder 3"
    typist.types("P3", answers, entry=3)
    received = read(design(), typist.saves())
    cleaned = clean(received, design())

    assert told(received, "sheet-copied") == []
    assert len(told(cleaned, "duplicate")) == 1
    assert sorted(cleaned.responses["participant"]) == ["007", "P3"]


def test_minutes_and_the_version_of_the_form_come_back(
    form: Maker, design: Designer, answers: dict[str, Any]
) -> None:
    """Minutes as typed; the version is filled in, the same at each wave, and no answer."""
    first = form("a.xlsx").types_twice("007", answers | {"minutes": 25})
    first.types_twice("008", answers).saves()
    path = form("b.xlsx", wave="t1").types("007", answers | {"answered": "2025-06-20"}).saves()
    cleaned = clean(read(design(), path), design())
    rows = cleaned.responses.set_index(["participant", "wave"])

    assert rows["minutes"].fillna(-1).to_dict() == {
        ("007", "t0"): 25.0,
        ("008", "t0"): -1.0,
        ("007", "t1"): -1.0,
    }
    assert rows["form_version"].unique().tolist() == [version_of(design(), "parent")]
    assert list(cleaned.findings["rule"]) == []
    brs = 'columns = "b{item}"'
    other = design((brs, f'{brs}\nanswers = {{ "helemaal" = 5 }}'))
    assert version_of(other, "parent") != version_of(design(), "parent")

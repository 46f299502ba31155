"""One code, one role, one wave, more than one form."""

from __future__ import annotations

from types import ModuleType

from pilot.cleaning import clean


def test_the_same_form_twice_is_kept_once(making: ModuleType) -> None:
    """The first by file and row counts, however its numbers were written."""
    again = making.form(row=9, gse_10_01="3,0", lsns_6_02=" 3")
    cleaned = clean(making.received(again, making.form(row=4)), making.design())

    assert making.told(cleaned, "duplicate") == [
        making.whole(
            "duplicate",
            file="t0.csv",
            row=9,
            participant="p1",
            column="nummer",
            found="p1 at t0, also in t0.csv, row 4",
            expected="one form a person and wave",
        )
    ]
    assert cleaned.responses["row"].tolist() == [4]
    assert ("t0.csv", 9, "GSE_1", "3,0") in making.set_aside(cleaned, "duplicate")
    assert making.leaks(cleaned) == []


def test_different_forms_with_one_code_are_all_set_aside(making: ModuleType) -> None:
    """Twins perhaps: nobody knows whose is whose."""
    rows = [making.form(), making.form(gse_10_01=1), making.form("p2")]
    cleaned = clean(making.received(*rows), making.design())

    place = {"file": "t0.csv", "participant": "p1", "column": "nummer"}
    place |= {"expected": "one form a person and wave"}
    assert making.told(cleaned, "same-code-twice") == [
        making.whole(
            "same-code-twice", row=2, found="p1 at t0, also in t0.csv, row 3", **place
        ),
        making.whole(
            "same-code-twice", row=3, found="p1 at t0, also in t0.csv, row 2", **place
        ),
    ]
    assert cleaned.responses["participant"].tolist() == ["p2"]
    assert making.leaks(cleaned) == []


def test_two_equal_forms_and_a_third_are_all_set_aside(making: ModuleType) -> None:
    """One that differs throws doubt on both of the others."""
    rows = [making.form(), making.form(), making.form(gse_10_01=1)]
    cleaned = clean(making.received(*rows), making.design())

    assert len(cleaned.responses) == 0
    assert len(making.told(cleaned, "same-code-twice")) == 3


def test_two_faults_at_once_take_out_the_right_rows(making: ModuleType) -> None:
    """A duplicate before and behind a twin: no row is taken for another."""
    rows = [
        making.form("p1"),
        making.form("p2"),
        making.form("p1"),
        making.form("p3"),
        making.form("p2", gse_10_02=4),
        making.form("p4"),
        making.form("p4"),
    ]
    cleaned = clean(making.received(*rows), making.design())

    assert cleaned.responses["row"].tolist() == [2, 5, 7]
    assert [each["row"] for each in making.told(cleaned, "duplicate")] == [4, 8]
    assert sorted(each["row"] for each in making.told(cleaned, "same-code-twice")) == [3, 6]
    assert making.leaks(cleaned) == []


def test_a_parent_and_a_child_may_share_a_code(making: ModuleType) -> None:
    """Two roles with one code are two people."""
    cleaned = clean(making.received(making.form(), making.child("p1")), making.design())

    assert len(cleaned.responses) == 2
    assert len(cleaned.findings) == 0


def test_parts_of_one_form_in_two_files_are_no_duplicates(making: ModuleType) -> None:
    """They answer different questions; in one file, or overlapping, they would be."""
    answers = making.form()
    gse = {key: value for key, value in answers.items() if not key.startswith("lsns")}
    lsns = {key: value for key, value in answers.items() if not key.startswith("gse")}
    lsns["file"] = "t0-netwerk.csv"
    cleaned = clean(making.received(gse, lsns), making.design())
    twice = clean(making.received(gse, lsns | {"file": "t0.csv"}), making.design())

    assert len(cleaned.responses) == 2
    assert len(making.told(twice, "same-code-twice")) == 2

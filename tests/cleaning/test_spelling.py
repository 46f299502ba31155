"""A number spelt otherwise is told with the likely one, and never joined in silence."""

from __future__ import annotations

from types import ModuleType

import pytest

from pilot.cleaning import clean
from pilot.linkage import link_waves


@pytest.mark.parametrize("spelt", ["KG-01-1", "kg 01 1", "kg1-1"])
def test_a_number_spelt_otherwise_is_told_with_the_likely_one(
    making: ModuleType, spelt: str
) -> None:
    """The spelling that most forms have is the likely one; it stays a person of its own."""
    forms = [
        making.form("KG-1-1", "t0"),
        making.form(spelt, "t1"),
        making.form("KG-1-1", "t2"),
        making.form("KG-1-2", "t0"),
    ]
    cleaned = clean(making.received(*forms), making.design())
    (seen,) = making.told(cleaned, "number-spelt-otherwise")

    assert {
        key: seen[key] for key in ("file", "row", "participant", "column", "found", "expected")
    } == {
        "file": "t1.csv",
        "row": 2,
        "participant": spelt,
        "column": "nummer",
        "found": spelt,
        "expected": "perhaps KG-1-1",
    }
    assert seen["severity"] == "warning"
    assert cleaned.responses["participant"].tolist() == ["KG-1-1", spelt, "KG-1-1", "KG-1-2"]
    assert len(link_waves(cleaned, making.design()).started) == 3
    assert making.leaks(cleaned) == []


def test_a_number_of_another_role_is_no_other_spelling(making: ModuleType) -> None:
    """A parent 7 and a child 007 are two people already."""
    forms = [
        making.form("7", "t0"),
        making.form("007", "t0", role="child", life_satisfaction_01=7),
    ]

    assert (
        making.told(clean(making.received(*forms), making.design()), "number-spelt-otherwise")
        == []
    )


def test_with_a_register_its_list_tells_who_is_who(making: ModuleType) -> None:
    """7 and 007 may be two people there; a number it does not know is set aside by linkage."""
    people = making.register({"participant": "7"}, {"participant": "007"})
    station = making.received(making.form("7", "t0"), making.form("007", "t1"), register=people)

    assert making.told(clean(station, making.design()), "number-spelt-otherwise") == []


@pytest.mark.parametrize("numbers", [("1", "2", "12"), ("A1", "A11", "A-2"), ("-", "?", "..")])
def test_numbers_that_differ_are_left_alone(
    making: ModuleType, numbers: tuple[str, ...]
) -> None:
    """Other digits or other letters are other people."""
    cleaned = clean(
        making.received(*(making.form(number, "t0") for number in numbers)), making.design()
    )

    assert making.told(cleaned, "number-spelt-otherwise") == []

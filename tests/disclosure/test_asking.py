"""That people were asked in another way is told in words, and only where it shows nobody."""

from __future__ import annotations

from dataclasses import replace
from types import ModuleType

import pandas as pd
import pytest

from pilot.disclosure import disclose
from pilot.frames import CHANGES_OF_ASKING
from pilot.presentation import limits_section
from pilot.results import Study


def asked(study: Study, *rows: tuple[str, int, int, int], key: str = "gse_10_total") -> Study:
    """Return the study with ways of asking: known, changed, and in how many families."""
    table = pd.DataFrame(
        [
            (key, "parent", "t2 - t0", what, known, known, changed, families, "", 0)
            for what, known, changed, families in rows
        ],
        columns=list(CHANGES_OF_ASKING),
    )
    return replace(study, changes_of_asking=table)


@pytest.fixture
def many(studies: ModuleType) -> Study:
    """Return a study of forty families of at most two parents, who all stayed."""
    return studies.make_study(studies.Made(families=40, stay=(40, 40, 40)))


@pytest.mark.parametrize(
    ("known", "changed", "families", "told"),
    [
        (60, 10, 5, ("mode",)),
        (60, 9, 5, ()),
        (60, 10, 4, ()),
        (60, 50, 30, ("mode",)),
        (60, 51, 30, ()),
        (60, 60, 40, ("mode",)),
        (60, 0, 0, ()),
    ],
)
def test_both_sides_hold_as_cells(
    many: Study, known: int, changed: int, families: int, told: tuple[str, ...]
) -> None:
    """Five families of at most two: ten people changed, and ten did not or nobody did not."""
    assert disclose(asked(many, ("mode", known, changed, families))).asked_otherwise == told


def test_ways_that_hold_only_together_are_not_named(many: Study) -> None:
    """Six with another form and six in another language: together twelve, apart too few."""
    rows = ("any", 60, 12, 8), ("mode", 60, 6, 4), ("language", 60, 6, 4)
    told = disclose(asked(many, *rows))

    assert told.asked_otherwise == ("any",)
    said = limits_section(told).html["en"]
    assert "What was otherwise: something in how people were asked." in said


def test_no_outcome_is_held_beside_another(many: Study) -> None:
    """Only the first primary outcome tells: of two, the difference would be people."""
    rows = ("mode", 60, 30, 20)
    assert disclose(asked(many, rows, key="lsns_6_total")).asked_otherwise == ()


def test_a_small_study_tells_nothing(studies: ModuleType) -> None:
    """Below five families there is no result that it could have moved."""
    few = studies.make_study(studies.Made(families=4, stay=(4, 4, 4)))
    assert disclose(asked(few, ("mode", 60, 30, 20))).asked_otherwise == ()


def test_the_page_says_it_in_words_without_numbers(many: Study) -> None:
    """The same words for ten as for fifty people; nothing where nothing may be told."""
    ten, fifty = (
        limits_section(disclose(asked(many, ("mode", 60, n, n // 2)))) for n in (10, 50)
    )

    assert ten.html == fifty.html
    assert (
        "<strong>Anders gevraagd.</strong> Niet bij iedereen ging de laatste meting zoals de "
        "eerste. Anders was: de vorm (zoals papier, online, telefoon of een gesprek). Een deel "
        "van de verandering kan daardoor komen."
    ) in ten.html["nl"]
    assert "Anders gevraagd" not in limits_section(disclose(many)).html["nl"]

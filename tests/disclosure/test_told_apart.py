"""That something is told, or how finely, narrows no band to a small group."""

from __future__ import annotations

from dataclasses import replace
from types import ModuleType

import pandas as pd
import pytest

from pilot.disclosure import disclose
from pilot.frames import GOALS
from pilot.presentation.flow import flow_section
from pilot.results import Happened, PublicEstimate, Study


def told(study: Study, n: int) -> PublicEstimate:
    """Return the first primary outcome as told, had so many families both waves."""
    changed = [
        replace(each, n_families=n, incomplete_families=0)
        if each.outcome.key == "gse_10_total"
        else each
        for each in study.estimates
    ]
    public = disclose(replace(study, estimates=tuple(changed)))
    return next(each for each in public.estimates if each.outcome.key == "gse_10_total")


@pytest.mark.parametrize("families", [11, 12, 13, 14, 15, 19])
def test_decimals_do_not_say_how_many_are_missing(studies: ModuleType, families: int) -> None:
    """Estimates whose count is told as the same band are told equally finely.

    Of 12 that started, 11 told as 5 to 12 with a decimal would be 10 or 11 for sure.
    """
    made = studies.make_study(studies.Made(families=families, stay=(families, 9, 9)))
    fine: dict[object, set[tuple[int, bool]]] = {}
    for n in range(5, families):
        each = told(made, n)
        if each.n_families.exact is None:
            known = (each.digits, each.conf_low_75 is None)
            fine.setdefault(each.n_families, set()).add(known)
    assert fine
    assert all(len(known) == 1 for known in fine.values())


def test_a_line_does_not_say_how_many_are_missing(study: Study) -> None:
    """A line says 10 or more: with 9 to 13 of 14 it would leave 1 to 4 missing for sure."""
    rows = study.feasibility.to_dict("records")
    valid = next(row for row in rows if row["measure"] == "post_valid")
    table = pd.DataFrame([valid | {"count": 12, "base": 12, "share": 1.0, "line": "go"}])
    public = disclose(replace(study, feasibility=table)).feasibility.iloc[0]

    assert (public["base"].low, public["base"].high) == (9, 14)
    assert public["line"] is None


@pytest.mark.parametrize("reasons", [(), ("moved",), ("moved", "withdrew", "moved")])
def test_that_few_left_looks_like_nobody_left(
    studies: ModuleType, reasons: tuple[str, ...]
) -> None:
    """Of nobody and of one to four the page has the same words and no row."""
    made = studies.Made(families=14, stay=(14, 12, 9), reasons=reasons)
    public = disclose(studies.make_study(made))

    assert public.left == ()
    for language, words in (
        ("nl", "te weinig, of het is niet bekend"),
        ("en", "too few did, or it is"),
    ):
        assert words in flow_section(public).html[language]


def goals(reached: int, missed: int) -> pd.DataFrame:
    """Return four goals of each family: all reached in the first ones, none in the others."""
    rows = [
        {"family": f"f{i}", "standing": "reached" if i < reached else "not reached"}
        for i in range(reached + missed)
        for _ in range(4)
    ]
    return pd.DataFrame(rows, columns=list(GOALS))


@pytest.mark.parametrize(
    ("reached", "missed", "shown"),
    [(7, 7, True), (12, 2, False), (2, 12, False), (14, 0, True)],
)
def test_goals_reached_are_of_families_enough(
    study: Study, reached: int, missed: int, shown: bool
) -> None:
    """Eight goals not reached are no small number, but here they are of two families."""
    public = disclose(replace(study, happened=Happened(goals=goals(reached, missed))))

    assert bool(public.goals) is shown

"""That something is told, or how finely, narrows no band to a small group."""

from __future__ import annotations

from dataclasses import replace
from types import ModuleType

import pandas as pd
import pytest

from pilot.disclosure import disclose
from pilot.frames import GOALS
from pilot.presentation.flow import flow_section
from pilot.results import Happened, PublicCount, PublicEstimate, Study


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


def test_a_line_that_the_bands_have_said_is_told(study: Study) -> None:
    """14 of 14 is above every line; 9 to 13 of 14 may be on two sides of it: no line there."""
    rows = study.feasibility.set_index("measure", drop=False)
    whole = rows.loc["post_valid"].to_dict()
    table = pd.DataFrame(
        [
            whole
            | {"measure": "pre_valid", "count": 14, "base": 14, "share": 1.0, "line": "go"},
            whole | {"count": 12, "base": 14, "share": 12 / 14, "line": "go"},
        ]
    )
    told = disclose(replace(study, feasibility=table)).feasibility

    assert told["share"].tolist() == [None, None]
    assert told["line"].tolist() == ["go", None]


def test_numbers_of_the_design_are_told_as_they_are(study: Study) -> None:
    """60 reached and 40 eligible stand in the design: bands would hide nothing."""
    told = disclose(study).feasibility.set_index("measure")

    assert told.loc[["reached", "eligible", "consented"], "count"].tolist() == [60, 40, 21]
    assert told.loc[["eligible", "consented"], "base"].tolist() == [60, 40]
    assert told.loc[["eligible", "consented"], "share"].tolist() == [0.65, 0.5]


@pytest.mark.parametrize(("began", "share"), [(12, None), (14, 0.95)])
def test_a_share_of_what_the_design_says_names_no_count(
    study: Study, began: int, share: float | None
) -> None:
    """15 that consented are known: 80 % of them is 12 for sure, and that is told as a band."""
    row = {"measure": "started", "role": None, "wave": None, "line": None}
    table = pd.DataFrame([row | {"count": began, "base": 15, "share": began / 15}])
    told = disclose(replace(study, feasibility=table)).feasibility.iloc[0]

    assert told["base"] == 15
    assert told["share"] == share


def test_a_small_number_of_the_design_stays_small(study: Study) -> None:
    """Three that consented are fewer than five on a page, whatever the design says."""
    table = study.feasibility.set_index("measure", drop=False)
    row = table.loc["consented"].to_dict() | {"count": 3, "share": 3 / 40, "line": "stop"}
    told = disclose(replace(study, feasibility=pd.DataFrame([row]))).feasibility.iloc[0]

    assert told["count"] == PublicCount(None, 0, 5)
    assert (told["share"], told["line"]) == (None, None)


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

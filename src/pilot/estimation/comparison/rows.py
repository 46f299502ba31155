"""From two groups to a row: what every method of comparison has in common."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pandas as pd

from pilot.design.instrument import Level
from pilot.errors import CallError
from pilot.estimation.comparison.arms import Arms, arms_of, refuse_arms
from pilot.estimation.ladder import refuse_below_the_ladder, rung_of
from pilot.estimation.pairs import Pairs
from pilot.estimation.plan import Plan
from pilot.estimation.reasons import Refusal, refusal
from pilot.estimation.rows import ESTIMANDS, Method, from_mean, refused
from pilot.estimation.t import by_t
from pilot.results import Estimate

Compared = Callable[[Arms], dict[str, Any]]


def comparison(
    estimand: str, *, level: Level = "interval", described: bool = False
) -> Callable[[Compared], Method]:
    """Make a method of the registry from a function of two groups.

    Like `estimator`, and the row says which groups and how many families each has.

    Parameters
    ----------
    estimand : str
        For whom the number holds; ``{units}`` becomes families or participants.
    level : {"interval", "ordinal"}
    described : bool
        Whether it only describes, which groups of few sites can carry too.
    """

    def wrap(numbers: Compared) -> Method:
        ESTIMANDS[numbers.__name__] = estimand

        @functools.wraps(numbers)
        def method(pairs: Pairs, plan: Plan) -> Estimate:
            arms = _arms(pairs, plan)
            row = _blank(arms, plan, numbers.__name__)
            try:
                _refuse_level(pairs, level)
                refuse_below_the_ladder(pairs)
                if not described:
                    refuse_arms(arms)
                return replace(row, **numbers(arms))
            except Refusal as why:
                return refused(row, why)

        return method

    return wrap


def coefficient(found: pd.DataFrame, term: str) -> dict[str, Any]:
    """Return the numbers of one term of a table of coefficients, with both intervals."""
    row = found.loc[found["term"] == term, ["estimate", "std_error", "df"]]
    estimate, std_error, df = row.to_numpy(dtype=float)[0].tolist()
    return from_mean(by_t(estimate, std_error, df))


def _arms(pairs: Pairs, plan: Plan) -> Arms:
    if plan.versus is None:
        raise CallError(
            "estimation",
            "a comparison was asked of a plan without groups",
            "give the design [groups], or call pilot.compare_groups with a group column",
        )
    return arms_of(pairs, plan.versus)


def _blank(arms: Arms, plan: Plan, method: str) -> Estimate:
    return Estimate(
        outcome=arms.pairs.outcome,
        contrast=arms.pairs.contrast,
        estimand=ESTIMANDS[method].format(units=arms.pairs.units.en),
        method=method,
        rung=rung_of(arms.pairs, plan).name,
        n_participants=len(arms.table),
        n_families=int(arms.table["family"].nunique()),
        n_sites=int(arms.table["site"].nunique()),
        group=arms.versus.words,
        n_by_group=arms.n_by_group,
    )


def _refuse_level(pairs: Pairs, level: Level) -> None:
    if level == "interval" and pairs.outcome.level == "ordinal":
        raise refusal("mean_of_ordinal", pairs.where, "use net_difference")
    if level == "ordinal" and pairs.outcome.level == "interval":
        raise refusal("net_of_interval", pairs.where, "use ancova")

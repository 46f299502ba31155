"""From numbers to a row: what every method of the registry has in common."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from pilot.design.instrument import Level
from pilot.estimation.ladder import (
    refuse_below_the_ladder,
    refuse_where_intervals_miss,
    rung_of,
)
from pilot.estimation.pairs import Pairs
from pilot.estimation.plan import Plan
from pilot.estimation.reasons import Refusal, refusal
from pilot.estimation.signflip import smallest_p
from pilot.estimation.t import MeanT
from pilot.estimation.validated import caution, found_in
from pilot.results import Estimate

Method = Callable[[Pairs, Plan], Estimate]
Numbers = Callable[[Pairs, Plan], dict[str, Any]]

ESTIMANDS: dict[str, str] = {}
"""For whom each method's number holds, by its name; ``{units}`` is to be filled in."""


def estimator(estimand: str, *, level: Level | None = None) -> Callable[[Numbers], Method]:
    """Make a method of the registry from a function that returns an estimate's numbers.

    The method's name is the function's. It refuses what the ladder refuses and what the
    outcome's level does not allow; what the function itself refuses becomes a refused row
    too, with the reason, so that no outcome is ever absent.

    Parameters
    ----------
    estimand : str
        For whom the number holds; ``{units}`` becomes families or participants.
    level : {"interval", "ordinal"}, optional
        The only level this method is for.
    """

    def wrap(numbers: Numbers) -> Method:
        ESTIMANDS[numbers.__name__] = estimand

        @functools.wraps(numbers)
        def method(pairs: Pairs, plan: Plan) -> Estimate:
            row = _blank(pairs, plan, numbers.__name__)
            try:
                _refuse_level(pairs, level)
                refuse_below_the_ladder(pairs)
                found = replace(row, **numbers(pairs, plan))
                return _cautioned(found, pairs)
            except Refusal as why:
                return refused(row, why)

        return method

    return wrap


def refused(row: Estimate, why: Refusal) -> Estimate:
    """Return the row without numbers, with the reason in both languages."""
    return replace(row, refused=True, reason=why.cause, reason_nl=why.reason_nl)


def from_mean(mean: MeanT) -> dict[str, Any]:
    """Return a mean's numbers by the names of an estimate's fields."""
    return {name: getattr(mean, name) for name in MeanT.__slots__}


def _blank(pairs: Pairs, plan: Plan, method: str) -> Estimate:
    return Estimate(
        outcome=pairs.outcome,
        contrast=pairs.contrast,
        estimand=ESTIMANDS[method].format(units=pairs.units.en),
        method=method,
        rung=rung_of(pairs, plan).name,
        smallest_p=smallest_p(pairs.changes) if len(pairs.families) else None,
        n_participants=len(pairs.table),
        n_families=len(pairs.families),
        n_sites=pairs.n_sites,
    )


def _cautioned(row: Estimate, pairs: Pairs) -> Estimate:
    """Return the row with what simulations say of its interval on scores like these.

    Raises
    ------
    Refusal
        Where they say that it misses too often.
    """
    if row.conf_low is None:
        return row
    refuse_where_intervals_miss(pairs, row.method)
    found, said = found_in(pairs), caution(pairs, row.method)
    if found is None or said is None:
        return row
    return replace(row, trouble=found.trouble, caution=said.en, caution_nl=said.nl)


def _refuse_level(pairs: Pairs, level: Level | None) -> None:
    if level == "interval" and pairs.outcome.level == "ordinal":
        raise refusal("mean_of_ordinal", pairs.where, "use net_better")
    if level == "ordinal" and pairs.outcome.level == "interval":
        raise refusal("net_of_interval", pairs.where, "use paired_t")

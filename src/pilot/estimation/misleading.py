"""What could make a change look other than it was: who left, the scale, time, and memory."""

from __future__ import annotations

from typing import Any

import pandas as pd

from pilot.estimation.around import Around, Told, answered, numbers_of
from pilot.estimation.attrition import attrition_table
from pilot.estimation.bounded import floor_and_ceiling
from pilot.estimation.dose import dose_response
from pilot.estimation.dose_slope import dose_slope
from pilot.estimation.history import history_shift
from pilot.estimation.reasons import Refusal, refusal
from pilot.estimation.regression_to_mean import expected_regression
from pilot.estimation.response_shift import shift_of
from pilot.estimation.tipping import tipping_point


def tipping(around: Around) -> Told:
    """Take the estimate over who stayed: the bound counts who left, and nobody twice."""
    pairs = around.pairs
    name = "net_better" if pairs.outcome.level == "ordinal" else "paired_t"
    stayers = answered(pairs, name)
    found = tipping_point(pairs, stayers)
    numbers = numbers_of(
        found, "share_left", "stayers", "delta", "change_of_leavers", "reachable"
    )
    return {"method": name} | numbers, found.words


def ends(around: Around) -> Told:
    """Tell who stood at an end of the scale at the first wave."""
    found = floor_and_ceiling(around.pairs)
    return numbers_of(found, "wave", "n", "floor", "ceiling"), found.warning


def who_left(around: Around) -> Told:
    """Set the first scores of stayers and leavers side by side."""
    row = attrition_table(around.pairs).iloc[0].drop(["outcome", "role", "contrast"])
    return {str(name): _plain(value) for name, value in row.items()}, None


def _plain(value: Any) -> Any:
    return value.item() if hasattr(value, "item") else value


def regression(around: Around) -> Told:
    """Tell how far such a group moves back by itself."""
    found = expected_regression(around.pairs)
    return numbers_of(found, "expected", "observed", "mean_before") | {
        "reference_mean": found.reference.mean,
        "population": found.reference.population.en,
        "population_nl": found.reference.population.nl,
        "reference_source": found.reference.source,
        "retest": found.retest.value,
        "retest_days": found.retest.interval_days,
        "retest_source": found.retest.source,
    }, found.words


def dose(around: Around) -> Told:
    """Tell how attendance and change go together, in ranks."""
    found = dose_response(around.pairs, _came(around))
    return numbers_of(found, "rho", "conf_low", "conf_high", "n"), found.words


def slope_of_dose(around: Around) -> Told:
    """Tell how many points of change went with each further time that people came."""
    found = dose_slope(around.pairs, _came(around))
    return {
        "method": found.method,
        **numbers_of(found.slope, "estimate", "conf_low", "conf_high", "df"),
        **numbers_of(found, "n_families", "n_people"),
    }, found.words


def _came(around: Around) -> pd.Series:
    if around.seen.dose is None:
        raise refusal("no_dose", around.pairs.where, "register who came when")
    return around.seen.dose


def response(around: Around) -> Told:
    """Set the change as asked beside the change from what people now say of the start."""
    outcome = around.pairs.outcome
    asked = next(
        (
            each
            for each in around.seen.then_tests
            if (each.outcome, each.role) == (outcome.key, outcome.role)
        ),
        None,
    )
    if asked is None:
        raise refusal("no_then_test", around.pairs.where, "read the change as asked")
    found = shift_of(around.scores, outcome, asked)
    means = {
        f"{name}_{number}": getattr(getattr(found, name), number)
        for name in ("as_asked", "by_then_test", "shift")
        for number in ("estimate", "conf_low", "conf_high")
    }
    return means | numbers_of(found, "n", "n_people", "n_left_out"), found.words


def history(around: Around) -> Told:
    """Hold the planned estimate against the shift that the design states."""
    outcome = around.pairs.outcome
    stated = outcome.history
    if stated is None:
        raise refusal("no_history", around.pairs.where, "state it in the design")
    planned = [
        each
        for each in around.seen.estimates
        if each.standing == "planned" and each.outcome == outcome
    ]
    held = planned[0] if planned else answered(around.pairs, "paired_t")
    if held.refused:
        raise Refusal(around.pairs.where, held.reason or "", "", held.reason_nl or "")
    found = history_shift(held, stated.shift, stated.source)
    names = ("estimate", "shift", "source", "remains", "conf_low", "conf_high", "holds_until")
    return {"method": held.method} | numbers_of(found, *names), found.words

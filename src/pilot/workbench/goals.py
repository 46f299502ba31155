"""Goals of people's own, estimated: T per person, its mean, and how two raters agree."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd

from pilot.estimation import Refusal, goal_attainment, goal_attainment_t
from pilot.estimation.agreement import agreement
from pilot.estimation.goals import set_in_time

LEVELS = (-2.0, -1.0, 0.0, 1.0, 2.0)


def attained(goals: pd.DataFrame) -> pd.DataFrame:
    """Return T of each person all of whose goals, written by the start, were rated."""
    rows = []
    for who, own in goals[set_in_time(goals)].groupby("participant", sort=False):
        if own["level"].notna().all():
            t = goal_attainment_t(own["level"], own["weight"])
            rows.append((who, own["family"].iloc[0], len(own), t))
    return pd.DataFrame(rows, columns=["participant", "family", "goals", "t"])


def mean_attained(goals: pd.DataFrame) -> dict[str, Any]:
    """Return the mean T over families, or the reason why there is none."""
    if goals.empty:
        return {}

    def estimate() -> dict[str, Any]:
        found = goal_attainment(_in_order(goals))
        return {
            "t": found.mean.estimate,
            "conf_low": found.mean.conf_low,
            "conf_high": found.mean.conf_high,
            "n": found.n,
            "new_goals": found.new_goals,
            "unrated": found.unrated,
            "with_unrated": found.with_unrated,
            "left_out": found.left_out,
        }

    return or_reason(estimate)


def _in_order(goals: pd.DataFrame) -> pd.DataFrame:
    """Return goals with people numbered by what their goals say: names move no digit."""
    said = goals[["level", "weight", "written", "standing"]].to_dict("records")
    told = pd.Series([str(list(goal.values())) for goal in said], index=goals.index)
    whole = told.sort_values().groupby(goals["participant"]).agg("; ".join)
    number = {who: place for place, who in enumerate(whole.sort_values().index)}
    who = goals["participant"].map(number)
    family = goals["family"].astype("str").fillna(goals["participant"].astype("str"))
    return goals.assign(participant=who, family=who.groupby(family).transform("min"))


def agreement_of(goals: pd.DataFrame) -> dict[str, Any]:
    """Return how often two raters of a goal said the same, and their weighted kappa.

    Steps weigh by their square: one level apart is little, four is a lot.
    """
    both = goals.dropna(subset=["level", "second"])
    if both.empty:
        return {}
    apart = (both["level"] - both["second"]).abs()
    told = agreement(both["level"], both["second"], kind="kappa_quadratic", categories=LEVELS)
    return {
        "n": len(both),
        "same": int((apart == 0).sum()),
        "within_one": int((apart <= 1).sum()),
        "kappa": told.estimate,
        "conf_low": told.conf_low,
        "conf_high": told.conf_high,
        "reason": told.reason,
        "reason_nl": told.reason_nl,
    }


def or_reason(estimate: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """Return what an estimate says, or in both languages why it was refused."""
    try:
        return estimate()
    except Refusal as refused:
        return {"reason": refused.cause, "reason_nl": refused.reason_nl}

"""What the events tell, derived and estimated: the station `Study.happened`."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

from pilot.design import Trajectory
from pilot.estimation.rates import Rate, event_rate, share_of
from pilot.estimation.reasons import refusal
from pilot.estimation.waiting import median_wait
from pilot.frames import Cleaned, Linked
from pilot.linkage import (
    counted,
    family_presence,
    fidelity,
    giving,
    goals_of,
    in_a_known_role,
    presence,
    requests_of,
    role_moves,
    tallies,
    time_at_risk,
    waiting,
)
from pilot.results import Happened
from pilot.workbench.goals import agreement_of, attained, mean_attained, or_reason

RATES = (
    "site",
    "people",
    "moved_up",
    "years",
    "rate",
    "conf_low",
    "conf_high",
    "share",
    "share_low",
    "share_high",
    "method",
    "share_method",
    "reason",
    "reason_nl",
)
WAITS = (
    "stage",
    "n",
    "done",
    "median_days",
    "conf_low",
    "conf_high",
    "method",
    "reason",
    "reason_nl",
)


def happened(cleaned: Cleaned, linked: Linked, design: Trajectory) -> Happened:
    """Derive what the events of a trajectory tell.

    Parameters
    ----------
    cleaned : Cleaned
        Its events and register.
    linked : Linked
        Its panel, its people, and where the data end.
    design : Trajectory

    Returns
    -------
    Happened
    """
    events, started, register = cleaned.events, linked.started, cleaned.register
    there = presence(events, started, design, cleaned.consent)
    moves = role_moves(events, started, design, register)
    asked = requests_of(events, design, register, linked.lock)
    goals = goals_of(events, started, register, design)
    plans = [each.planned_sessions for each in design.events if each.dose]
    return Happened(
        counts=tallies(events, started, design),
        counted=counted(events, started, design),
        presence=there,
        families=family_presence(there, _main(design)),
        planned=sum(plan for plan in plans if plan) or None,
        moves=moves,
        rates=_rates(moves, cleaned, linked, design),
        requests=asked,
        waits=_waits(asked),
        giving=giving(linked.panel, events, started, design),
        fidelity=fidelity(events, design),
        goals=goals,
        attained=attained(goals),
        goals_mean=mean_attained(goals),
        goals_agreement=agreement_of(goals),
    )


def _main(design: Trajectory) -> str:
    outcomes = design.outcomes()
    return outcomes[0].role if outcomes else design.roles[0].key


def _rates(
    moves: pd.DataFrame, cleaned: Cleaned, linked: Linked, design: Trajectory
) -> pd.DataFrame:
    """Return how often people moved up, a site and together; empty without such events."""
    known = in_a_known_role(cleaned.events, linked.started, design, cleaned.register)
    keys = [each.key for each in design.events if each.means == "role"]
    if not cleaned.events["event"].isin(keys).any():
        return pd.DataFrame(columns=list(RATES))
    risk = time_at_risk(moves, known, cleaned.register, linked.lock)
    if risk.empty:
        return pd.DataFrame(columns=list(RATES))
    order = [site.key for site in design.sites]
    sites = [site for site in order if site in set(risk["site"])]
    sites += sorted(set(risk["site"].dropna()) - set(order))
    rows = [_rate(risk[risk["site"] == site], site) for site in sites]
    return pd.DataFrame([*rows, _rate(risk, None)], columns=list(RATES))


def _rate(risk: pd.DataFrame, site: str | None) -> dict[str, Any]:
    people, up = len(risk), int(risk["moved_up"].sum())
    timed = risk.dropna(subset=["years"])
    years, moved = math.fsum(timed["years"]), int(timed["moved_up"].sum())
    row = {"site": site, "people": people, "moved_up": up, "years": years}

    def share() -> dict[str, Any]:
        found = share_of(up, people)
        names = ("share", "share_low", "share_high")
        return dict(zip(names, _numbers(found), strict=True)) | {"share_method": found.method}

    def a_year() -> dict[str, Any]:
        if not years:
            raise refusal("no_years", "event_rate", "give the register's start", n=people)
        found = event_rate(moved, years, len(timed))
        names = ("rate", "conf_low", "conf_high")
        return dict(zip(names, _numbers(found), strict=True)) | {"method": found.method}

    return row | or_reason(share) | or_reason(a_year)


def _numbers(rate: Rate) -> tuple[float, float, float]:
    return rate.estimate, rate.conf_low, rate.conf_high


def _waits(requests: pd.DataFrame) -> pd.DataFrame:
    rows = []
    for stage in ("matched", "fulfilled") if len(requests) else ():
        waits = waiting(requests, stage)

        def estimate(waits: pd.DataFrame = waits) -> dict[str, Any]:
            found = median_wait(waits["days"], waits["done"])
            return {
                "median_days": found.median,
                "conf_low": found.conf_low,
                "conf_high": found.conf_high,
                "method": found.method,
            }

        row = {"stage": stage, "n": len(waits), "done": int(waits["done"].sum())}
        rows.append(row | or_reason(estimate))
    return pd.DataFrame(rows, columns=list(WAITS))

"""What happened, as it stands in ``results.json``: no line of a family or person in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from pilot.linkage import OTHER_KINDS
from pilot.results import Happened

ENOUGH = 0.75


def recorded(told: Happened) -> dict[str, Any]:
    """Return what happened as counts and estimates, whoever is called what.

    Lines of families, requests and goals stay on the team's page and in `Study.happened`.
    """
    return {
        "counts": told.counts,
        "dose": dict(_dose(told)),
        "transitions": {"moves": _moves(told), "rates": told.rates},
        "requests": {"states": _counted(told.requests, ["state"]), "waits": told.waits},
        "giving": _counted(told.giving, ["role", "standing"]),
        "fidelity": told.fidelity,
        "goals": {
            "standings": _counted(told.goals, ["standing"]),
            "people_with_t": len(told.attained),
            "mean": told.goals_mean,
            "agreement": told.goals_agreement,
        },
    }


def _dose(told: Happened) -> Iterator[tuple[str, Any]]:
    yield "planned", told.planned
    if told.families.empty:
        return
    families = told.families
    sessions = families["sessions"].astype(float)
    known = sessions.dropna()
    yield "n", len(known)
    yield "not_recorded", len(sessions) - len(known)
    if known.empty:
        return
    for name, part in (("lower_quartile", 0.25), ("median", 0.5), ("upper_quartile", 0.75)):
        yield name, float(known.quantile(part))
    for name in ("span_days", "longest_gap_days"):
        days = families[name].astype(float).dropna()
        yield f"median_{name}", float(days.median()) if len(days) else None
    if told.planned:
        yield "enough", int((known >= ENOUGH * told.planned).sum())
        yield "share_enough", float((known >= ENOUGH * told.planned).mean())


def _moves(told: Happened) -> pd.DataFrame:
    """Return how often each change of role was made, and since when.

    A role that the design does not name is not quoted: people may have written anything.
    """
    if told.moves.empty:
        return pd.DataFrame(columns=["left", "taken", "times", "first"])
    named = set(told.counts["kind"].dropna())
    roles = {
        name: told.moves[name].where(told.moves[name].isin(named), OTHER_KINDS)
        for name in ("left", "taken")
    }
    days = told.moves.assign(date=pd.to_datetime(told.moves["date"]), **roles)
    times = days.groupby(["left", "taken"])["date"]
    return times.agg(times="size", first="min").reset_index()


def _counted(table: pd.DataFrame, names: list[str]) -> pd.DataFrame:
    if table.empty:
        return pd.DataFrame(columns=[*names, "n"])
    return table.groupby(names).size().rename("n").reset_index()

"""What happened, as it stands in ``results.json``: no line of a family or person in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from pilot.results import Happened

ENOUGH = 0.75


def recorded(told: Happened) -> dict[str, Any]:
    """Return what happened as counts and estimates, whoever is called what.

    Lines of families, requests and goals stay on the team's page and in `Study.happened`.
    """
    return {
        "counts": told.counts,
        "dose": dict(_dose(told)),
        "transitions": {"moves": _moves(told.moves), "rates": told.rates},
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
    yield "n", len(sessions)
    for name, part in (("lower_quartile", 0.25), ("median", 0.5), ("upper_quartile", 0.75)):
        yield name, float(sessions.quantile(part))
    for name in ("span_days", "longest_gap_days"):
        known = families[name].astype(float).dropna()
        yield f"median_{name}", float(known.median()) if len(known) else None
    if told.planned:
        yield "enough", int((sessions >= ENOUGH * told.planned).sum())
        yield "share_enough", float((sessions >= ENOUGH * told.planned).mean())


def _moves(moves: pd.DataFrame) -> pd.DataFrame:
    """Return how often each change of role was made, and since when."""
    if moves.empty:
        return pd.DataFrame(columns=["left", "taken", "times", "first"])
    days = moves.assign(date=pd.to_datetime(moves["date"])).groupby(["left", "taken"])["date"]
    return days.agg(times="size", first="min").reset_index()


def _counted(table: pd.DataFrame, names: list[str]) -> pd.DataFrame:
    if table.empty:
        return pd.DataFrame(columns=[*names, "n"])
    return table.groupby(names).size().rename("n").reset_index()

"""What people took part in: sessions attended, and the part of the plan they make."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from pilot.design import EventKind, Trajectory
from pilot.linkage.tray import Column

ENOUGH = 0.75
ABSENT = frozenset(
    {
        "afwezig",
        "absent",
        "afgemeld",
        "niet geweest",
        "niet gekomen",
        "nee",
        "no",
        "0",
        "geannuleerd",
        "cancelled",
        "no-show",
    }
)


@dataclass(frozen=True, slots=True, eq=False)
class Dose:
    """Sessions by family: those of its member who attended most.

    Parameters
    ----------
    sessions : Series of int
        One a family that started, in the order of `started`; empty where nothing was
        registered.
    planned : int or None
        How many sessions the design plans for a person.
    minutes : float or None
        Minutes of all sessions, where they were registered.
    """

    sessions: Column
    planned: int | None
    minutes: float | None

    @property
    def any_session(self) -> int:
        """Families with a session."""
        return int((self.sessions > 0).sum())

    @property
    def enough(self) -> int | None:
        """Families with at least three quarters of the planned sessions."""
        if self.planned is None:
            return None
        return int((self.sessions >= ENOUGH * self.planned).sum())


def attendance(
    events: pd.DataFrame, started: pd.DataFrame, trajectory: Trajectory
) -> pd.Series | None:
    """Return how often each person who started came; None where nothing was registered.

    What a family attended together counts for each of its members. Empty is not absent: an
    event without a status was attended.

    Returns
    -------
    Series of float or None
        In the order of `started`, by its index.
    """
    came = attended(events, trajectory)
    if came.empty:
        return None
    alone = started["participant"].map(came["participant"].value_counts()).fillna(0)
    together = came.loc[came["participant"].isna(), "family"].value_counts()
    return alone + _family(started).map(together).fillna(0)


def dose_of(events: pd.DataFrame, started: pd.DataFrame, trajectory: Trajectory) -> Dose | None:
    """Return the dose; None where the design has none or nothing was registered."""
    sessions = attendance(events, started, trajectory)
    if sessions is None:
        return None
    plans = [each.planned_sessions for each in _kinds(trajectory) if each.planned_sessions]
    minutes = pd.to_numeric(attended(events, trajectory)["minutes"])
    return Dose(
        sessions.groupby(_family(started), sort=False).max(),
        sum(plans) or None,
        float(minutes.sum()) if minutes.notna().any() else None,
    )


def _kinds(trajectory: Trajectory) -> list[EventKind]:
    return [event for event in trajectory.events if event.dose]


def attended(events: pd.DataFrame, trajectory: Trajectory) -> pd.DataFrame:
    """Return the events of the dose at which somebody was there."""
    known = events[events["event"].isin([event.key for event in _kinds(trajectory)])]
    status = known["status"].astype("str").str.strip().str.casefold()
    return known[~status.isin(ABSENT)]


def _family(started: pd.DataFrame) -> pd.Series:
    return started["family"].fillna(started["participant"])

"""What people took part in: sessions attended, and the part of the plan they make."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from pilot.design import Trajectory
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


def dose_of(events: pd.DataFrame, started: pd.DataFrame, trajectory: Trajectory) -> Dose | None:
    """Return the dose; None where the design has none or nothing was registered.

    Empty is not absent: an event without a status was attended.
    """
    kinds = [event for event in trajectory.events if event.dose]
    attended = events[events["event"].isin([event.key for event in kinds])]
    status = attended["status"].astype("str").str.strip().str.casefold()
    attended = attended[~status.isin(ABSENT)]
    if attended.empty:
        return None
    plans = [event.planned_sessions for event in kinds if event.planned_sessions]
    family = started["family"].fillna(started["participant"])
    by_person = started["participant"].map(attended["participant"].value_counts()).fillna(0)
    together = attended.loc[attended["participant"].isna(), "family"].value_counts()
    sessions = by_person + family.map(together).fillna(0)
    minutes = pd.to_numeric(attended["minutes"])
    return Dose(
        sessions.groupby(family, sort=False).max(),
        sum(plans) or None,
        float(minutes.sum()) if minutes.notna().any() else None,
    )

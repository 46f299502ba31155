"""What people took part in: sessions attended, and the part of the plan they make.

Of whose site nobody handed in a list it is not known how often they came: that is no 0.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from pilot.design import EventKind, Trajectory
from pilot.linkage.sessions import attended, doses, lived, registered, said_twice
from pilot.linkage.tray import Column

ENOUGH = 0.75


@dataclass(frozen=True, slots=True, eq=False)
class Dose:
    """Sessions by family: those of its member who attended most.

    Parameters
    ----------
    sessions : Series of float
        One a family that started, in the order of `started`; NaN of whom no list is there.
    planned : int or None
        How many sessions the design plans for a person.
    minutes : float or None
        Minutes of all sessions, where they were registered.
    """

    sessions: Column
    planned: int | None
    minutes: float | None

    @property
    def recorded(self) -> int:
        """Families of which it is known how often they came."""
        return int(self.sessions.notna().sum())

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
    events: pd.DataFrame,
    started: pd.DataFrame,
    trajectory: Trajectory,
    consent: pd.DataFrame | None = None,
) -> pd.Series | None:
    """Return how often each person who started came; None where nothing was registered.

    What a family attended together counts for each of its members, but for one who has a
    row of their own of that session. Empty is not absent: an event without a status was
    attended.

    Parameters
    ----------
    events : DataFrame
        Columns `frames.EVENTS`.
    started : DataFrame
        Columns `frames.STARTED`.
    trajectory : Trajectory
        Says which events make up the dose.
    consent : DataFrame, optional
        Columns `frames.CONSENT`: whose events were set aside did not come 0 times.

    Returns
    -------
    Series of float or None
        In the order of `started`, by its index; NaN where it is not known.
    """
    if not registered(events, trajectory).any():
        return None
    came = lived(attended(events, trajectory), started)
    times = started["participant"].map(came["participant"].value_counts())
    return times.fillna(0.0).where(recorded(events, started, trajectory, consent))


def dose_of(
    events: pd.DataFrame,
    started: pd.DataFrame,
    trajectory: Trajectory,
    consent: pd.DataFrame | None = None,
) -> Dose | None:
    """Return the dose; None where the design has none or nothing was registered."""
    sessions = attendance(events, started, trajectory, consent)
    if sessions is None:
        return None
    plans = [each.planned_sessions for each in doses(trajectory) if each.planned_sessions]
    came = attended(events, trajectory)
    minutes = pd.to_numeric(came["minutes"]).drop(index=list(said_twice(came, started)))
    return Dose(
        sessions.groupby(_family(started), sort=False).max(),
        sum(plans) or None,
        float(minutes.sum()) if minutes.notna().any() else None,
    )


def recorded(
    events: pd.DataFrame,
    started: pd.DataFrame,
    trajectory: Trajectory,
    consent: pd.DataFrame | None = None,
) -> Column:
    """Return of whom it is known how often they came.

    Not of people of a site of which nobody has a row in the lists, come or absent, nor of
    people whose events may not be used.
    """
    rows = events[registered(events, trajectory)]
    here = started["participant"].isin(rows["participant"].dropna())
    here |= started["family"].isin(rows["family"].dropna())
    site = started["site"].astype("str")
    listed = here.groupby(site, dropna=False).transform("any") | site.isin(
        rows["site"].dropna()
    )
    if consent is not None and len(consent):
        answers = consent[(consent["use"] == "answers") & ~consent["given"].astype(bool)]
        listed &= ~started["participant"].isin(answers["participant"])
    return listed


def without_list(
    events: pd.DataFrame, started: pd.DataFrame, trajectory: Trajectory
) -> list[tuple[EventKind, str]]:
    """Return the sites of which nobody has a row in the lists of an event of the dose.

    Only of an event of which some site has a list, and of sites whose people started.
    """
    found = []
    for event in doses(trajectory):
        rows = events[events["event"] == event.key]
        if rows.empty:
            continue
        listed = recorded(rows, started, trajectory)
        silent = started.loc[~listed, "site"].dropna()
        found += [(event, str(site)) for site in dict.fromkeys(silent)]
    return found


def _family(started: pd.DataFrame) -> pd.Series:
    return started["family"].fillna(started["participant"])

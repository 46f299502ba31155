"""How often each event of the design happened, and to how many."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import pandas as pd

from pilot.design import EventKind, Trajectory
from pilot.linkage.pairing import first_rows
from pilot.linkage.sessions import attended, said_twice

TALLIES = ("event", "kind", "times", "people", "families", "minutes")
OTHER_KINDS = "(not in the design)"
"""What people wrote themselves may hold a name: such kinds are counted together."""


def tallies(
    events: pd.DataFrame, started: pd.DataFrame, trajectory: Trajectory
) -> pd.DataFrame:
    """Return every event of the design, and each of its kinds, with how often it happened.

    A request counts once, also where nobody wrote down when it was asked; a session where
    somebody was there, once where it stands for a family and for a member of it; a role or
    a goal each time something was written down. What nobody registered has 0 times, and stays.

    Parameters
    ----------
    events : DataFrame
        Columns `frames.EVENTS`.
    started : DataFrame
        Columns `frames.STARTED`; says to which family a person belongs.

    Returns
    -------
    DataFrame
        Columns `TALLIES`; `kind` is empty for the whole event, `minutes` where nobody wrote
        them down. Kinds that the design does not name stand together after those it does,
        as `OTHER_KINDS`; where it names none, only the whole event stands there.
    """
    family = started.drop_duplicates("participant").set_index("participant")["family"]
    who = events["participant"].astype("str")
    of_person = who.map(family).astype("str").fillna(who)
    unit = events["family"].astype("str").fillna(of_person)
    known = events.assign(unit=unit)
    rows = [
        row
        for event in trajectory.events
        for row in _rows(_that_count(known, started, trajectory, event), event)
    ]
    table = pd.DataFrame(rows, columns=list(TALLIES))
    return table.astype({"kind": "str", "minutes": "float64"})


def counted(
    events: pd.DataFrame, started: pd.DataFrame, trajectory: Trajectory
) -> pd.DataFrame:
    """Return the events that `tallies` counts, in the order of the design.

    Left out are sessions at which nobody was, a family's beside a member's own, and of a
    request all but its first row.
    """
    kept = [
        own[own["event"] == event.key]
        for event in trajectory.events
        for own in [_that_count(events, started, trajectory, event)]
    ]
    return pd.concat(kept, ignore_index=True) if kept else events.iloc[:0]


def _that_count(
    events: pd.DataFrame, started: pd.DataFrame, trajectory: Trajectory, event: EventKind
) -> pd.DataFrame:
    """Return the rows that count: requests once, and of sessions those attended."""
    if event.means == "request":
        return events.loc[first_rows(events, trajectory)]
    if event.dose:
        came = attended(events, trajectory)
        return came.drop(index=list(said_twice(came, started)))
    return events


def _rows(events: pd.DataFrame, event: EventKind) -> Iterator[dict[str, Any]]:
    own = events[events["event"] == event.key]
    yield _row(own, event.key, None)
    for kind in event.kinds:
        yield _row(own[own["kind"] == kind], event.key, kind)
    others = own[own["kind"].notna() & ~own["kind"].isin(list(event.kinds))]
    if event.kinds and len(others):
        yield _row(others, event.key, OTHER_KINDS)


def _row(own: pd.DataFrame, event: str, kind: str | None) -> dict[str, Any]:
    minutes = pd.to_numeric(own["minutes"])
    return {
        "event": event,
        "kind": kind,
        "times": len(own),
        "people": int(own["participant"].nunique()),
        "families": int(own["unit"].nunique()),
        "minutes": math.fsum(minutes.dropna()) if minutes.notna().any() else None,
    }

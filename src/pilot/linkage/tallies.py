"""How often each event of the design happened, and to how many."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import pandas as pd

from pilot.design import EventKind, Trajectory

TALLIES = ("event", "kind", "times", "people", "families", "minutes")


def tallies(
    events: pd.DataFrame, started: pd.DataFrame, trajectory: Trajectory
) -> pd.DataFrame:
    """Return every event of the design, and each of its kinds, with how often it happened.

    A request counts once, when it was asked; a role or a goal each time something was
    written down. What nobody registered has 0 times, and stays.

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
        them down. Kinds that the design does not know stand after those it does.
    """
    family = started.drop_duplicates("participant").set_index("participant")["family"]
    who = events["participant"].astype("str")
    of_person = who.map(family).astype("str").fillna(who)
    unit = events["family"].astype("str").fillna(of_person)
    known = events.assign(unit=unit)
    rows = [row for event in trajectory.events for row in _rows(known, event)]
    table = pd.DataFrame(rows, columns=list(TALLIES))
    return table.astype({"kind": "str", "minutes": "float64"})


def _rows(events: pd.DataFrame, event: EventKind) -> Iterator[dict[str, Any]]:
    own = events[events["event"] == event.key]
    if event.means == "request":
        own = own[own["status"] == "asked"]
    yield _row(own, event.key, None)
    strangers = sorted(set(own["kind"].dropna().astype(str)) - set(event.kinds))
    for kind in (*event.kinds, *strangers):
        yield _row(own[own["kind"] == kind], event.key, kind)


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

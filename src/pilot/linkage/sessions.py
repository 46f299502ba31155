"""Sessions: at which somebody was there, and whose they were."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from pilot.design import EventKind, Trajectory
from pilot.design.happening import stage_of
from pilot.linkage.tray import Column, Flags


def doses(trajectory: Trajectory) -> list[EventKind]:
    """Return the events that make up the dose."""
    return [event for event in trajectory.events if event.dose]


def registered(events: pd.DataFrame, trajectory: Trajectory) -> Column:
    """Return which events are of the dose, come or absent."""
    return events["event"].isin([event.key for event in doses(trajectory)])


def attended(events: pd.DataFrame, trajectory: Trajectory) -> pd.DataFrame:
    """Return the events of the dose at which somebody was there.

    A status that means neither present nor absent is no coming, nor is a session of 0
    minutes; both were told when they were read.
    """
    known = events[registered(events, trajectory)]
    kinds = {event.key: event for event in doses(trajectory)}
    said = zip(known["event"], known["status"], known["minutes"], strict=True)
    there = [
        _there(kinds[event], status) and (pd.isna(minutes) or bool(minutes > 0))
        for event, status, minutes in said
    ]
    return known[np.asarray(there, dtype=bool)]


def _there(event: EventKind, status: Any) -> bool:
    if pd.isna(status):
        return True
    if event.staged_as == "dose":
        return event.stage(str(status)) == "present"
    return stage_of("dose", {}, str(status)) != "absent"


def lived(came: pd.DataFrame, started: pd.DataFrame) -> pd.DataFrame:
    """Return sessions attended, one row a person and session.

    A family's row becomes one of each member, but for those with a row of their own of the
    same event, kind and day; a kind that nobody wrote down is any.
    """
    members = _together(came, started)
    rest = members[~_also_alone(members, came)].drop(columns="place")
    return pd.concat([came.dropna(subset=["participant"]), rest], ignore_index=True)


def said_twice(came: pd.DataFrame, started: pd.DataFrame) -> dict[int, str]:
    """Return the rows of families whose session a member has too, and the first member."""
    members = _together(came, started)
    twice = members[_also_alone(members, came)].drop_duplicates("place")
    return dict(zip(twice["place"].tolist(), twice["participant"].tolist(), strict=True))


def _together(came: pd.DataFrame, started: pd.DataFrame) -> pd.DataFrame:
    """Return what families attended together, a row a member."""
    families = came[came["participant"].isna()].drop(columns="participant")
    known = started[["participant", "family"]].drop_duplicates().dropna()
    return families.reset_index(names="place").merge(known, on="family")


def _also_alone(members: pd.DataFrame, came: pd.DataFrame) -> Flags:
    """Return which sessions of a family's members stand there as their own too."""
    fields = ["event", "participant", "date", "kind"]
    own = came.dropna(subset=["participant", "date"])[fields]
    kinds: dict[tuple[Any, ...], set[str | None]] = {}
    for *session, kind in own.itertuples(index=False, name=None):
        kinds.setdefault(tuple(session), set()).add(None if pd.isna(kind) else kind)
    same = []
    for *session, kind in members[fields].itertuples(index=False, name=None):
        alone = kinds.get(tuple(session), set())
        same.append(bool(alone) and (pd.isna(kind) or bool({kind, None} & alone)))
    return np.asarray(same, dtype=bool)

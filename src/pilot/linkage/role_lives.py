"""The roles of each person in their order, and the one they began in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pandas as pd

from pilot.design import EventKind, Trajectory
from pilot.design.happening import folded
from pilot.linkage.periods import first_start


@dataclass(frozen=True, slots=True, eq=False)
class Life:
    """The roles of one person, as they are registered.

    Attributes
    ----------
    event : EventKind
        Its kinds are the ladder.
    rows : DataFrame
        Their events, by day and on one day by the ladder; without a day last.
    first : str or None
        The role they began in; None where nobody knows.
    """

    participant: str
    event: EventKind
    rows: pd.DataFrame
    first: str | None


def lives_of(
    events: pd.DataFrame,
    started: pd.DataFrame,
    trajectory: Trajectory,
    register: pd.DataFrame | None = None,
) -> Iterator[Life]:
    """Yield the roles of each person with a row of them, in the order of the export."""
    begun = pd.Series(dtype="datetime64[us]") if register is None else first_start(register)
    roles = started.drop_duplicates("participant").set_index("participant")["role"]
    for event in trajectory.events:
        if event.means != "role":
            continue
        ladder = {kind: place for place, kind in enumerate(event.kinds)}
        told = events[events["event"].eq(event.key) & events["participant"].notna()]
        told = told[told["kind"].notna()]
        told = told.assign(rung=told["kind"].map(ladder), day=pd.to_datetime(told["date"]))
        for who, own in told.groupby("participant", sort=False):
            rows = own.sort_values(["day", "rung"], kind="stable", na_position="last")
            registered = in_ladder(str(roles.get(who, "")), event, trajectory)
            first = _first(rows, event, begun.get(who, pd.NaT), registered)
            yield Life(str(who), event, rows, first)


def _first(
    rows: pd.DataFrame, event: EventKind, begun: Any, registered: str | None
) -> str | None:
    role, day = rows["kind"].iloc[0], rows["day"].iloc[0]
    lowest = bool(event.kinds) and role == next(iter(event.kinds))
    if lowest or not event.kinds or (pd.notna(begun) and day <= begun):
        return str(role)
    return registered


def in_ladder(role: str, event: EventKind, trajectory: Trajectory) -> str | None:
    """Return which role of the ladder the register's role is, by its words; None if none."""
    known = [each for each in trajectory.roles if each.key == role]
    words = {
        folded(word)
        for each in known
        for word in (each.key, each.label.nl, each.label.en, *each.names)
    }
    for kind, label in event.kinds.items():
        if words & {folded(kind), folded(label.nl), folded(label.en)}:
            return kind
    return None

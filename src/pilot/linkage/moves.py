"""Who took which role, and from when: visitors who become helpers, volunteers, leaders."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from pilot.design import Trajectory
from pilot.frames import AT_RISK, ROLE_MOVES
from pilot.linkage.periods import day_of, first_start, last_end, no_later

DAYS_A_YEAR = 365.25


def role_moves(
    events: pd.DataFrame, started: pd.DataFrame, trajectory: Trajectory
) -> pd.DataFrame:
    """Return every change of role, with the first day of the new one.

    The order of `kinds` in the design is the ladder: a later one is up. The first role that
    is registered is where a person began, and no move; the same role again is none either.
    A role that the design does not know is neither up nor down (`up` is empty).

    Parameters
    ----------
    events : DataFrame
        Columns `frames.EVENTS`; those that mean a role have the role as their `kind`.
    started : DataFrame
        Columns `frames.STARTED`; gives the site.

    Returns
    -------
    DataFrame
        Columns `frames.ROLE_MOVES`, person by person in the order of the days; moves
        without a date stand last.
    """
    rows = [row for own in _lives(events, trajectory) for row in _moves(own, trajectory)]
    table = pd.DataFrame(rows, columns=["participant", "left", "taken", "date", "up"])
    site = started.drop_duplicates("participant").set_index("participant")["site"]
    return table.assign(site=table["participant"].map(site))[list(ROLE_MOVES)]


def time_at_risk(
    moves: pd.DataFrame,
    started: pd.DataFrame,
    register: pd.DataFrame,
    lock: pd.Timestamp | None,
) -> pd.DataFrame:
    """Return how long each person could move up: until they first did, left, or the data end.

    Parameters
    ----------
    moves : DataFrame
        By `role_moves`.
    started, register : DataFrame
        Columns `frames.STARTED` and `frames.REGISTER`; a person counts from the register's
        first start to its last end.
    lock : Timestamp or None
        Where the data end.

    Returns
    -------
    DataFrame
        Columns `frames.AT_RISK`, one row a person who started; `years` is empty where the
        register gives no start or nothing says where the data end.
    """
    people = started.drop_duplicates("participant")
    who = people["participant"]
    begun = day_of(who, first_start(register))
    ended = day_of(who, last_end(register))
    first = moves[moves["up"].eq(True)].groupby("participant")["date"].min()
    moved = day_of(who, first)
    until = moved.fillna(ended)
    until = no_later(until, lock)
    days = (until - begun).dt.days
    return pd.DataFrame(
        {
            "participant": who,
            "site": people["site"],
            "years": days.clip(lower=0) / DAYS_A_YEAR,
            "moved_up": moved.notna(),
        },
        columns=list(AT_RISK),
    ).reset_index(drop=True)


def _lives(events: pd.DataFrame, trajectory: Trajectory) -> Iterator[pd.DataFrame]:
    keys = [each.key for each in trajectory.events if each.means == "role"]
    told = events[events["event"].isin(keys) & events["participant"].notna()]
    for _, own in told.groupby(["event", "participant"], sort=False):
        yield own.sort_values("date", kind="stable", na_position="last")


def _moves(own: pd.DataFrame, trajectory: Trajectory) -> Iterator[dict[str, Any]]:
    event = next(each for each in trajectory.events if each.key == own["event"].iloc[0])
    ladder = {kind: place for place, kind in enumerate(event.kinds)}
    at = None
    for row in own.to_dict("records"):
        role = row["kind"]
        if at is not None and pd.notna(role) and role != at:
            known = at in ladder and role in ladder
            yield {
                "participant": row["participant"],
                "left": at,
                "taken": role,
                "date": row["date"],
                "up": ladder[role] > ladder[at] if known else None,
            }
        at = role if pd.notna(role) else at

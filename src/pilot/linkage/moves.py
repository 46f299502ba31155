"""Who took which role, and from when: visitors who become helpers, volunteers, leaders."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from pilot.design import Trajectory
from pilot.frames import AT_RISK, ROLE_MOVES
from pilot.linkage.periods import day_of, first_start, last_end, no_later
from pilot.linkage.role_lives import Life, in_ladder, lives_of

DAYS_A_YEAR = 365.25


def role_moves(
    events: pd.DataFrame,
    started: pd.DataFrame,
    trajectory: Trajectory,
    register: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Return every change of role, with the first day of the new one.

    The order of `kinds` in the design is the ladder: a later one is up. Where a person
    began is the first role that is registered, if that is the first of the ladder or was
    theirs by the day they started; else the role that the register gives them, if it is one
    of the ladder; else nobody knows, and the person is in no move and told
    (`role-start-unknown`). The same role again is no move. Roles of one day follow the
    ladder (`roles-on-one-day`). A role that the design does not know is neither up nor down
    (`up` is empty).

    Parameters
    ----------
    events : DataFrame
        Columns `frames.EVENTS`; those that mean a role have the role as their `kind`.
    started : DataFrame
        Columns `frames.STARTED`; gives the site, and the register's role.
    trajectory : Trajectory
    register : DataFrame, optional
        Columns `frames.REGISTER`; its first start is that of the person.

    Returns
    -------
    DataFrame
        Columns `frames.ROLE_MOVES`, person by person in the order of the days; moves
        without a date stand last.
    """
    rows = [
        row for life in lives_of(events, started, trajectory, register) for row in _moves(life)
    ]
    table = pd.DataFrame(rows, columns=["participant", "left", "taken", "date", "up"])
    site = started.drop_duplicates("participant").set_index("participant")["site"]
    return table.assign(site=table["participant"].map(site))[list(ROLE_MOVES)]


def in_a_known_role(
    events: pd.DataFrame,
    started: pd.DataFrame,
    trajectory: Trajectory,
    register: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Return who started and of whom it is known in which role: the base of the rates.

    Those with a row of their own whose first role is known; and those without one whom the
    register gives a role of the ladder.
    """
    lives = list(lives_of(events, started, trajectory, register))
    told = {life.participant for life in lives}
    known = {life.participant for life in lives if life.first is not None}
    ladders = [each for each in trajectory.events if each.means == "role"]
    registered = started["role"].map(
        {
            role: any(in_ladder(str(role), event, trajectory) is not None for event in ladders)
            for role in started["role"].dropna().unique()
        }
    )
    silent = ~started["participant"].isin(told) & registered.eq(True)
    return started[started["participant"].isin(known) | silent]


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
        register gives no start, nothing says where the data end, or somebody moved up on a
        day that nobody wrote down.
    """
    people = started.drop_duplicates("participant")
    who = people["participant"]
    begun = day_of(who, first_start(register))
    ended = day_of(who, last_end(register))
    up = moves[moves["up"].eq(True)]
    first = up.groupby("participant")["date"].min()
    moved = day_of(who, first)
    moved_up = who.isin(up["participant"])
    until = no_later(moved.fillna(ended), lock)
    days = (until - begun).dt.days.where(moved.notna() | ~moved_up)
    return pd.DataFrame(
        {
            "participant": who,
            "site": people["site"],
            "years": days.clip(lower=0) / DAYS_A_YEAR,
            "moved_up": moved_up,
        },
        columns=list(AT_RISK),
    ).reset_index(drop=True)


def _moves(life: Life) -> Iterator[dict[str, Any]]:
    ladder = {kind: place for place, kind in enumerate(life.event.kinds)}
    at = life.first
    for role, date in zip(life.rows["kind"], life.rows["date"], strict=True):
        if at is not None and role != at:
            known = at in ladder and role in ladder
            yield {
                "participant": life.participant,
                "left": at,
                "taken": role,
                "date": date,
                "up": ladder[role] > ladder[at] if known else None,
            }
        at = None if life.first is None else role

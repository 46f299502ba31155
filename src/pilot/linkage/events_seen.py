"""What is told of events once it is known who took part, from when until when and where."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd

from pilot.design import EventKind
from pilot.frames import Cleaned
from pilot.linkage.dose import without_list
from pilot.linkage.fidelity import principles_twice
from pilot.linkage.goal_rows import goal_faults
from pilot.linkage.pairing import paired
from pilot.linkage.periods import day_of
from pilot.linkage.role_lives import lives_of
from pilot.linkage.sessions import attended, said_twice
from pilot.linkage.tray import Tray

BEFOREHAND = ("role", "goal")  # what may be written down before somebody starts


def look_at_events(cleaned: Cleaned, people: pd.DataFrame, tray: Tray) -> None:
    """Tell of events that do not fit people, sites or each other; all of them are kept.

    Parameters
    ----------
    cleaned : Cleaned
        Its events and register.
    people : DataFrame
        Columns `PEOPLE`: those who take part.
    """
    events, design = cleaned.events, tray.trajectory
    if events.empty:
        return
    _look_at_days(events, people, tray)
    _look_at_lists(events, people, tray)
    for request in paired(events, design):
        for at, said in request.wrong:
            _tell(tray, "request-out-of-order", events.loc[at], "status", found=said)
    _look_at_roles(cleaned, people, tray)
    for at in principles_twice(events, design):
        _tell(tray, "principle-twice", events.loc[at], "kind")
    for at, rule in goal_faults(events, cleaned.register, design):
        _tell(tray, rule, events.loc[at], "kind")


def _tell(tray: Tray, rule: str, row: Any, column: str, **what: object) -> None:
    tray.tell(rule, row, column=tray.exports.event_column(str(row["file"]), column), **what)


def _look_at_days(events: pd.DataFrame, people: pd.DataFrame, tray: Tray) -> None:
    """Tell of what happened after somebody left, or before they started."""
    periods = people.groupby("participant")
    ends = periods["end"].max().where(periods["end"].count() == periods["end"].size())
    starts = periods["start"].min().where(periods["start"].count() == periods["start"].size())
    days = pd.to_datetime(events["date"])
    ended, began = (day_of(events["participant"], each) for each in (ends, starts))
    means = {event.key: event.means for event in tray.trajectory.events}
    early = (days < began) & ~events["event"].map(means).isin(BEFOREHAND)
    for at in events.index[days > ended]:
        expected = f"until {ended[at]:%Y-%m-%d}"
        _of_day(tray, "after-leaving", events.loc[at], expected)
    for at in events.index[early]:
        _of_day(tray, "before-start", events.loc[at], f"from {began[at]:%Y-%m-%d} on")


def _of_day(tray: Tray, rule: str, row: Any, expected: str) -> None:
    _tell(tray, rule, row, "date", found=f"{row['date']:%Y-%m-%d}", expected=expected)


def _look_at_lists(events: pd.DataFrame, people: pd.DataFrame, tray: Tray) -> None:
    """Tell of sites without a list of who came, and of sessions that stand there twice."""
    for event, site in without_list(events, people, tray.trajectory):
        nowhere = pd.Series({"file": _file_of(events, event), "row": None, "participant": None})
        tray.tell("site-without-list", nowhere, found=f"{event.key}: {site}")
    twice = said_twice(attended(events, tray.trajectory), people)
    for at, who in twice.items():
        _tell(tray, "session-of-family-and-member", events.loc[at], "family", found=who)


def _file_of(events: pd.DataFrame, event: EventKind) -> str | None:
    """Return the file of the lists, where there is one only."""
    files = set(events.loc[events["event"] == event.key, "file"].dropna())
    return str(files.pop()) if len(files) == 1 else None


def _look_at_roles(cleaned: Cleaned, people: pd.DataFrame, tray: Tray) -> None:
    events = cleaned.events
    for life in lives_of(events, people, tray.trajectory, cleaned.register):
        if life.first is None:
            _tell(tray, "role-start-unknown", events.loc[life.rows.index[0]], "kind")
        dated = life.rows.dropna(subset=["day"])
        several = dated.groupby("day")["kind"].transform("nunique") > 1
        _tell_each(
            tray, "roles-on-one-day", dated[several & dated.duplicated("day")].index, events
        )


def _tell_each(tray: Tray, rule: str, places: Iterable[int], events: pd.DataFrame) -> None:
    for at in places:
        _tell(tray, rule, events.loc[at], "kind")

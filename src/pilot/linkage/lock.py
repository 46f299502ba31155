"""The data lock: the day up to which the data tell anything."""

from __future__ import annotations

import numpy as np
import pandas as pd

from pilot.design import Trajectory
from pilot.frames import Cleaned
from pilot.linkage.lives import DAYS_A_MONTH, SECONDS_A_DAY, start_of
from pilot.linkage.tray import Column, Flags, Tray

LATE = pd.Timedelta(days=183)
PLACE = ["file", "row", "participant"]


def data_lock(
    forms: pd.DataFrame, people: pd.DataFrame, cleaned: Cleaned, tray: Tray
) -> pd.Timestamp | None:
    """Return the day up to which the data go, or None where nothing tells it.

    The latest date in the data, or the design's own `data_lock` where that is later.

    A form dated half a year or more after its wave closed is a slip of the pen and does
    not move the lock. Nor does a register's end without a reason: it may be one that is
    planned. One row or event more than half a year after everything else does not decide
    either, and is told: a year typed wrong would end waves that are still to come. A form
    inside the window of its own wave is believed alone, since two things say the same.
    """
    stated = tray.trajectory.data_lock
    days = [
        None if stated is None else pd.Timestamp(stated),
        _latest(forms, people, cleaned, tray),
    ]
    return max((day for day in days if day is not None), default=None)


def _latest(
    forms: pd.DataFrame, people: pd.DataFrame, cleaned: Cleaned, tray: Tray
) -> pd.Timestamp | None:
    dated = pd.concat([_forms(forms, people, tray), *_others(cleaned)], ignore_index=True)
    dated = dated.dropna(subset=["date"])
    if dated.empty:
        return None
    last = pd.Timestamp(dated["date"].max())
    latest = dated[dated["date"] == last]
    before = dated.loc[dated["date"] < last, "date"].max()
    alone = len(set(latest["thing"])) == 1 and not latest["sure"].any()
    if not alone or pd.isna(before) or last - before <= LATE:
        return last
    for _, row in latest.iterrows():
        tray.tell(
            "date-beyond-others",
            row,
            column=_heading(row, tray),
            found=f"{last:%Y-%m-%d}",
            expected=f"until {before:%Y-%m-%d}",
        )
    return pd.Timestamp(before)


def _forms(forms: pd.DataFrame, people: pd.DataFrame, tray: Tray) -> pd.DataFrame:
    """Return the dates of forms, and which lie in the window of the form's own wave."""
    trajectory = tray.trajectory
    answered = forms["answered"]
    closes = {wave.key: pd.Timestamp(wave.closes) for wave in trajectory.waves if wave.closes}
    if closes:
        limit = pd.to_datetime(forms["wave"].map(closes)) + LATE
        answered = answered.where(answered < limit)
    dated = forms[[*PLACE, "wave"]].assign(date=answered, what="answered")
    return dated.assign(sure=_inside_own(forms, people, trajectory), thing=_each(dated))


def _inside_own(forms: pd.DataFrame, people: pd.DataFrame, trajectory: Trajectory) -> Flags:
    """Return whose date lies in its wave's window; by the register's start on own clocks."""
    if trajectory.waves[0].rolling:
        since = forms["answered"] - start_of(forms, people)
        at = since.dt.total_seconds() / SECONDS_A_DAY / DAYS_A_MONTH
    else:
        first = pd.Timestamp(1, 1, 1)
        at = (forms["answered"] - first).dt.days + 1.0
    low, high = (
        forms["wave"]
        .map({wave.key: getattr(wave, end) for wave in trajectory.waves})
        .to_numpy(dtype=float)
        for end in ("start", "end")
    )
    days = at.to_numpy(dtype=float)
    return np.asarray((days >= low) & (days <= high))


def _others(cleaned: Cleaned) -> list[pd.DataFrame]:
    """Return the dates of events and register; the rows of one event are one thing."""
    events, register = cleaned.events, cleaned.register
    happened = events[PLACE].assign(
        date=pd.to_datetime(events["date"]), what="date", thing=events["event"]
    )
    started = register[PLACE].assign(date=pd.to_datetime(register["start"]), what="start")
    ended = register["end"].where(register["reason"].notna())
    left = register[PLACE].assign(date=pd.to_datetime(ended), what="end")
    rows = [each.assign(thing=_each(each)) for each in (started, left)]
    return [each.assign(wave="", sure=False) for each in (happened, *rows) if len(each)]


def _each(dated: pd.DataFrame) -> Column:
    """Return a name for each row, by which rows are counted apart."""
    return dated["file"].astype("str") + ":" + dated["row"].astype("str")


def _heading(row: Column, tray: Tray) -> str | None:
    """Return what the file calls the column in which a date stands."""
    file, what = str(row["file"]), str(row["what"])
    if what == "answered":
        return tray.exports.column(file, what, str(row["wave"]))
    if what == "date":
        return tray.exports.event_column(file, what)
    return tray.exports.register_column(what) or what

"""From when until when the register knows somebody, and other days by their number."""

from __future__ import annotations

import pandas as pd


def day_of(who: pd.Series, days: pd.Series) -> pd.Series:
    """Return the day of each person, from days by number; NaT where there is none.

    Examples
    --------
    >>> days = pd.Series({"a": pd.Timestamp("2025-03-31")})
    >>> day_of(pd.Series(["b", "a"]), days).dt.day.tolist()
    [nan, 31.0]
    """
    return pd.to_datetime(days).reindex(who.to_numpy()).set_axis(who.index)


def first_start(register: pd.DataFrame) -> pd.Series:
    """Return the first day on which each number of the register took part."""
    return pd.to_datetime(register["start"]).groupby(register["participant"]).min()


def last_end(register: pd.DataFrame) -> pd.Series:
    """Return the last day of each number of the register; NaT of who is still in."""
    ends = pd.to_datetime(register["end"]).groupby(register["participant"])
    closed = ends.count() == ends.size()
    return ends.max().where(closed)


def no_later(days: pd.Series, lock: pd.Timestamp | None) -> pd.Series:
    """Return days that end where the data end, also where no day is known."""
    if lock is None:
        return days
    return days.where(days <= lock, lock)

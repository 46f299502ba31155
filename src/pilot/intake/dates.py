"""Dates as people and Excel write them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd

ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[ T].*)?")
DUTCH = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})(?:[ T].*)?")
SERIAL = re.compile(r"\d{5}(?:[.,]\d+)?")
EXCEL_ZERO = date(1899, 12, 30)
YEARS = (1900, 2100)


@dataclass(frozen=True, slots=True)
class Day:
    """What a cell says of a date, and which rule tells how it was read."""

    day: date | None
    rule: str | None = None


def day_of(text: str) -> Day:
    """Return the day a cell means.

    Day before month, as the Dutch write it; month before day only where the other cannot
    be, which is told. A number of five digits is what Excel makes of a date.

    Examples
    --------
    >>> day_of("31-3-2025").day, day_of("2025-03-31 14:02").day
    (datetime.date(2025, 3, 31), datetime.date(2025, 3, 31))
    >>> day_of("45747")
    Day(day=datetime.date(2025, 3, 31), rule='serial-date')
    >>> day_of("03/31/2025").rule, day_of("in maart").rule
    ('turned-date', 'unreadable-date')
    """
    word = text.strip()
    if match := ISO.fullmatch(word):
        year, month, day = map(int, match.groups())
        return _day(year, month, day) or Day(None, "unreadable-date")
    if match := DUTCH.fullmatch(word):
        day, month, year = map(int, match.groups())
        year += 2000 if year < 100 else 0
        turned = _day(year, day, month)
        swapped = Day(turned.day, "turned-date") if turned else None
        return _day(year, month, day) or swapped or Day(None, "unreadable-date")
    if SERIAL.fullmatch(word):
        found = EXCEL_ZERO + timedelta(days=int(word[:5]))
        if YEARS[0] <= found.year <= YEARS[1]:
            return Day(found, "serial-date")
    return Day(None, "unreadable-date")


def _day(year: int, month: int, day: int) -> Day | None:
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return Day(found) if YEARS[0] <= year <= YEARS[1] else None


def days_of(texts: pd.Series) -> pd.Series:
    """Return the day of each cell, each different text read once.

    Examples
    --------
    >>> days_of(pd.Series(["1-2-2025", "x"], dtype="str")).tolist()
    [Day(day=datetime.date(2025, 2, 1), rule=None), Day(day=None, rule='unreadable-date')]
    """
    known = {text: day_of(text) for text in texts.dropna().unique()}
    return pd.Series([known.get(text, Day(None)) for text in texts], index=texts.index)


def latest(texts: pd.Series) -> date | None:
    """Return the latest day that a column tells, or None when it tells none."""
    days = [day for text in texts.dropna().unique() if (day := day_of(str(text)).day)]
    return max(days, default=None)

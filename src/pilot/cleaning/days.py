"""Dates as people and programs write them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from pilot.cleaning.vocabulary import fold

EXCEL_DAY_ZERO = date(1899, 12, 30)
SERIAL_NUMBERS = range(32874, 73051)  # 1990 to 2100: as dates, not as years or codes
YEARS = range(1900, 2101)

TIME = re.compile(r"(?:[t ]+\d{1,2}[:.]\d{2}.*|[.,]\d+)$")
YEAR_FIRST = re.compile(r"(\d{4})[-/.]?(\d{1,2})[-/.]?(\d{1,2})")
DAY_FIRST = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})")
NAMED_MONTH = re.compile(r"(\d{1,2})[-/. ]*([a-zë]{3,9})\.?[-/. ]*(\d{4}|\d{2})")

MONTHS = {
    month: number
    for number, names in enumerate(
        (
            "jan januari january",
            "feb februari february",
            "mrt maa mar maart march",
            "apr april",
            "mei may",
            "jun juni june",
            "jul juli july",
            "aug augustus august",
            "sep sept september",
            "okt oct oktober october",
            "nov november",
            "dec december",
        ),
        start=1,
    )
    for month in names.split()
}


@dataclass(frozen=True, slots=True)
class Written:
    """A date as it was read.

    Parameters
    ----------
    day : date or None
        None where it could not be read.
    serial : bool
        Whether it was the number by which Excel counts days.
    """

    day: date | None = None
    serial: bool = False


def read_date(word: str) -> Written:
    """Read a date: 2025-03-31, 31-3-2025, 31/03/25, 31 maart 2025, or Excel's 45747.

    Two figures for a year mean 20xx. A month without a day, such as ``mrt-24``, is not a
    date: nobody can say which day it was.

    Examples
    --------
    >>> read_date("1-2-2025")
    Written(day=datetime.date(2025, 2, 1), serial=False)
    >>> read_date("45747").day
    datetime.date(2025, 3, 31)
    >>> read_date("mrt-24").day is None
    True
    """
    plain = TIME.sub("", fold(word))
    if plain.isascii() and plain.isdigit() and len(plain) < 7 and int(plain) in SERIAL_NUMBERS:
        return Written(EXCEL_DAY_ZERO + timedelta(days=int(plain)), serial=True)
    if match := YEAR_FIRST.fullmatch(plain):
        year, month, day = match.groups()
        return Written(_day(int(year), int(month), int(day)))
    if match := DAY_FIRST.fullmatch(plain):
        day, month, year = match.groups()
        return Written(_day(_year(year), int(month), int(day)))
    match = NAMED_MONTH.fullmatch(plain)
    if match and match[2] in MONTHS:
        return Written(_day(_year(match[3]), MONTHS[match[2]], int(match[1])))
    return Written()


def _year(figures: str) -> int:
    return int(figures) if len(figures) == 4 else 2000 + int(figures)


def _day(year: int, month: int, day: int) -> date | None:
    if year not in YEARS:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None

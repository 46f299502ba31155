"""Dates as people, survey tools and Excel write them: one reader for every table."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

EXCEL_DAY_ZERO = date(1899, 12, 30)
SERIAL_NUMBERS = range(32874, 73051)  # 1990 to 2100: as dates, not as years or codes
YEARS = range(1900, 2101)

TIME = re.compile(r"(?<=\d)(?:t|\s+)\d{1,2}[:.]\d{2}.*$")
SERIAL = re.compile(r"(\d{5})(?:[.,]\d+)?")
AROUND = re.compile(r"\s*([-/.])\s*")
YEAR_FIRST = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})")
EIGHT_FIGURES = re.compile(r"(\d{4})(\d{2})(\d{2})")
DAY_FIRST = re.compile(r"(\d{1,2})([-/. ])(\d{1,2})\2(\d{4}|\d{2})")
NAMED_MONTH = re.compile(r"(\d{1,2})[-/. ]*([a-zë]{3,9})[-/. ]*(\d{4}|\d{2})")
MONTH_BEFORE = re.compile(r"([a-z]{3,9})\.? (\d{1,2}), ?(\d{4})")
WEEKDAY = re.compile(
    r"(?:(?:maan|dins|woens|donder|vrij|zater|zon)dag|ma|di|wo|do|vr|za|zo"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day|mon|tue|wed|thu|fri|sat|sun)[.,]? (?=\d)"
)

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
    """Read a date: 2025-03-31, 31-3-2025, 31/03/25, 31.03.2025, 31 mrt 2025, Excel's 45747.

    Day comes before month, as the Dutch write it, and two figures for a year mean 20xx.
    Never guessed: a day that does not exist (31-2-2025), month before day (03/31/2025: then
    its neighbour 03/04/2025 would be read wrong in silence), a month without a day, a year
    outside 1900 to 2100.

    Parameters
    ----------
    word : str
        A cell as it was written. A weekday before it and a time behind it are left out.

    Returns
    -------
    Written
        Without a day where the cell is none.

    Examples
    --------
    >>> read_date("1-2-2025")
    Written(day=datetime.date(2025, 2, 1), serial=False)
    >>> read_date("21.10.2024").day == read_date("21 okt. 2024 14:02").day
    True
    >>> read_date("45747")
    Written(day=datetime.date(2025, 3, 31), serial=True)
    >>> read_date("mrt-24").day is None, read_date("03/31/2025").day is None
    (True, True)
    """
    plain = WEEKDAY.sub("", " ".join(word.split()).casefold(), count=1)
    if match := SERIAL.fullmatch(plain):
        number = int(match[1])
        found = EXCEL_DAY_ZERO + timedelta(days=number)
        return Written(found, serial=True) if number in SERIAL_NUMBERS else Written()
    return Written(_day_in(AROUND.sub(r"\1", TIME.sub("", plain))))


def _day_in(plain: str) -> date | None:
    if match := YEAR_FIRST.fullmatch(plain):
        return _day(match[1], int(match[3]), match[4])
    if match := EIGHT_FIGURES.fullmatch(plain):
        return _day(match[1], int(match[2]), match[3])
    if match := DAY_FIRST.fullmatch(plain):
        return _day(match[4], int(match[3]), match[1])
    if match := NAMED_MONTH.fullmatch(plain):
        return _day(match[3], MONTHS.get(match[2], 0), match[1])
    if match := MONTH_BEFORE.fullmatch(plain):
        return _day(match[3], MONTHS.get(match[1], 0), match[2])
    return None


def _day(figures: str, month: int, day: str) -> date | None:
    year = int(figures) if len(figures) == 4 else 2000 + int(figures)
    if year not in YEARS:
        return None
    try:
        return date(year, month, int(day))
    except ValueError:
        return None

"""One reader of dates, for answers, events and register alike."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilot.design.dates import EXCEL_DAY_ZERO, read_date

MARCH, OCTOBER = date(2025, 3, 31), date(2024, 10, 21)


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2025-03-31", MARCH),
        ("2025-03-31 14:02:11", MARCH),
        ("2025-03-31T14:02", MARCH),
        ("2025/3/31", MARCH),
        ("20250331", MARCH),
        ("31-3-2025", MARCH),
        ("31/03/2025", MARCH),
        ("31/03/2025 10:30", MARCH),
        ("31.03.2025 9:15", MARCH),
        ("31 - 3 - 2025", MARCH),
        ("31-03-25", MARCH),
        (" 31 maart 2025 ", MARCH),
        ("maandag 31 maart 2025", MARCH),
        ("ma 31-3-2025", MARCH),
        ("31-mrt-25", MARCH),
        ("31 March 2025", MARCH),
        ("March 31, 2025", MARCH),
        ("45747", MARCH),
        ("45747.5", MARCH),
        ("45747,0", MARCH),
        ("21.10.2024", OCTOBER),
        ("21 okt 2024", OCTOBER),
        ("21 okt. 2024", OCTOBER),
        ("21 oktober 2024", OCTOBER),
        ("21-Oct-2024", OCTOBER),
        ("1-2-2025", date(2025, 2, 1)),
    ],
)
def test_dates_are_read_as_people_write_them(written: str, day: date) -> None:
    """Day before month, as in Dutch; Excel's numbers are told apart from dates."""
    assert read_date(written).day == day
    assert read_date(written).serial == written.startswith("457")


@pytest.mark.parametrize(
    "written",
    [
        "mrt-24",
        "in maart",
        "31-2-2025",
        "03/31/2025",
        "13/31/2025",
        "31-3/2025",
        "21.10",
        "2025",
        "202531",
        "12345",
        "99999",
        "31-3-1825",
        "3125-01-01",
        "",
        "31 foo 25",
        "rond 31 maart 2025",
    ],
)
def test_what_is_no_date_is_not_guessed(written: str) -> None:
    """A month without a day, month before day, or a day that does not exist, is no date."""
    assert read_date(written).day is None


@given(st.dates(date(1990, 1, 2), date(2099, 12, 31)))
def test_every_day_is_read_back_however_it_is_written(day: date) -> None:
    """ISO, with points, dashes and slashes, and by Excel's number: one and the same day."""
    serial = (day - EXCEL_DAY_ZERO) // timedelta(days=1)
    ways = (
        f"{day:%Y-%m-%d}",
        f"{day.day}.{day.month}.{day.year}",
        f"{day.day}-{day.month}-{day.year}",
        f"{day:%d/%m/%Y}",
        str(serial),
    )

    assert {read_date(way).day for way in ways} == {day}

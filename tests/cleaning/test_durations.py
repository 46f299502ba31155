"""How long a form took: read in minutes, and never guessed."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import pandas as pd
import pytest

from pilot.cleaning import clean


def in_unit(making: ModuleType, unit: str) -> Any:
    """Return a design whose exports have a column for the duration."""
    content = making.tomllib.loads(making.DESIGN)
    first, *others = content["sources"]
    first |= {"duration_column": "duur", "duration_unit": unit}
    return making.design(sources=[first, *others])


def minutes(making: ModuleType, unit: str, *written: str | None) -> list[float | None]:
    """Return what was read of durations as they were written."""
    forms = [making.form(f"p{n}", minutes=word) for n, word in enumerate(written)]
    station = clean(making.received(*forms), in_unit(making, unit))
    return [None if pd.isna(each) else each for each in station.responses["minutes"]]


def test_hours_become_minutes(making: ModuleType) -> None:
    """One and a half hours are 90 minutes, with a comma or a point; empty stays empty."""
    assert minutes(making, "hours", "1,5", "0.8", "2", None) == [90, 48, 120, None]


def test_minutes_stay_minutes(making: ModuleType) -> None:
    """The same words in minutes, where the design says nothing else."""
    assert minutes(making, "minutes", "1,5", "45", None) == [1.5, 45, None]


@pytest.mark.parametrize("written", ["0", "lang", "-5", "1441", "45 min"])
def test_what_is_no_duration_is_told_and_left_empty(making: ModuleType, written: str) -> None:
    """0, a word, less than nothing or more than a day: told, and the answers stay."""
    station = clean(making.received(making.form(minutes=written)), in_unit(making, "minutes"))

    assert station.responses["minutes"].isna().all()
    assert station.responses["gse_10_01"].tolist() == [3]
    (told,) = making.told(station, "unreadable-duration")
    assert (told["column"], told["found"], told["row"]) == ("duur", written, 2)
    assert told["expected"] == "how long this form took, such as 45 minutes, at most a day"


def test_the_finding_names_the_unit_of_its_file(making: ModuleType) -> None:
    """In a file in hours, 45 is two days: told with an example in hours."""
    station = clean(making.received(making.form(minutes="45")), in_unit(making, "hours"))

    (told,) = making.told(station, "unreadable-duration")
    assert told["expected"] == "how long this form took, such as 0,75 hours, at most a day"

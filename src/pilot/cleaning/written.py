"""The dates of a column, read: what cannot be read is told, never guessed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pilot.cleaning.desk import Desk
from pilot.cleaning.words import Column, Flags, Words, tally, words_of
from pilot.design.dates import read_date

Days = NDArray[np.datetime64]
EXPECTED = "a date such as 2025-03-31"


@dataclass(frozen=True, slots=True, eq=False)
class Dates:
    """A column of dates as read.

    Parameters
    ----------
    words : Words
        The cells as written, without a time of the day.
    days : array of datetime64
        NaT where there is none.
    serial, unreadable : array of bool
    """

    words: Words
    days: Days
    serial: Flags
    unreadable: Flags

    def series(self, column: Column) -> Column:
        """Return the days as a column with the index of `column`."""
        return pd.Series(self.days.astype("datetime64[us]"), index=column.index)


def dates_of(column: Column) -> Dates:
    """Read a column of dates, each different one once."""
    words = _without_times(words_of(column))
    each = [read_date(word) for word in words.each]
    days = [np.datetime64(written.day, "D") for written in each]
    return Dates(
        words,
        words.spread(days, "datetime64[D]", np.datetime64("NaT")),
        words.spread([written.serial for written in each], bool, empty=False),
        words.spread([written.day is None for written in each], bool, empty=False),
    )


def _without_times(words: Words) -> Words:
    """Leave the time of the day out, so that a web survey has few different dates."""
    each = pd.Series(words.each, dtype="str").str.replace(
        r"^(\s*\d{4}-\d{2}-\d{2})[ T]\d{1,2}:.*$", r"\1", regex=True
    )
    codes, days = pd.factorize(each)
    return Words(words.spread(codes.tolist(), np.intp, -1), [str(day) for day in days])


def read_written_dates(desk: Desk) -> None:
    """Read when each form was answered.

    A date that cannot be read is told and left empty; one that Excel wrote as a number is
    read and told. Day and month swapped is judged with the windows of the waves.
    """
    column = desk.forms["answered"]
    if pd.api.types.is_datetime64_any_dtype(column):
        desk.replace({"answered": column.dt.normalize().astype("datetime64[us]")})
        return
    dates = dates_of(column)
    for place in np.flatnonzero(dates.unreadable).tolist():
        where = {"column": date_heading(desk, place), "found": _found(dates, place)}
        desk.tell_of_row("unreadable-date", place, **where, expected=EXPECTED)
    _tell_of_serial_numbers(desk, dates)
    desk.replace({"answered": dates.series(column)})


def _tell_of_serial_numbers(desk: Desk, dates: Dates) -> None:
    places = np.flatnonzero(dates.serial)
    files = desk.forms["file"].iloc[places].to_numpy(dtype=object)
    for file in dict.fromkeys(files):
        here = places[files == file]
        heading = date_heading(desk, here[0])
        found = tally(dates.words.at(here))
        desk.tell("serial-date", file=file, column=heading, found=found)


def date_heading(desk: Desk, place: int) -> str:
    """Return what the export calls the date of answering."""
    file, wave = desk.forms["file"].iloc[place], desk.forms["wave"].iloc[place]
    return desk.exports.column(str(file), "answered", str(wave))


def _found(dates: Dates, place: int) -> str:
    return dates.words.each[int(dates.words.codes[place])]

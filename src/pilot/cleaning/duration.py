"""How long each form took, in minutes: what cannot be read is told, never guessed."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pandas as pd

from pilot.cleaning.desk import Desk
from pilot.cleaning.words import words_of

MOST = 24 * 60
EXPECTED = "how long this form took, such as {example}, at most a day"
NUMBER = re.compile(r"\d+(?:[.,]\d+)?")


def read_durations(desk: Desk) -> None:
    """Read how long each form took, in the unit that its source gives.

    A duration that cannot be read, is 0 or is longer than a day is told and left empty: it
    says nothing about the answers.
    """
    column = desk.forms["minutes"]
    words = words_of(column)
    files = desk.words("file")
    units = files.spread([_unit(desk, file) for file in files.each], np.intp, 1)
    minutes = np.full(len(column), np.nan)
    for unit in (1, 60):
        known = [minutes_in(word, unit) for word in words.each]
        minutes = np.where(units == unit, words.spread(known, np.float64, np.nan), minutes)
    for place in np.flatnonzero((words.codes >= 0) & np.isnan(minutes)).tolist():
        where = _where(desk, place, words.each[int(words.codes[place])], int(units[place]))
        desk.tell_of_row("unreadable-duration", place, **where)
    desk.replace({"minutes": pd.Series(minutes, index=column.index).astype("Float64")})


def minutes_in(word: str, unit: int) -> float | None:
    """Return a duration in minutes; None where it is none.

    Parameters
    ----------
    word : str
        As written, with a decimal point or a decimal comma.
    unit : int
        How many minutes a 1 is.

    Examples
    --------
    >>> minutes_in("1,5", 60), minutes_in("45", 1), minutes_in("lang", 1), minutes_in("0", 1)
    (90.0, 45.0, None, None)
    """
    if not NUMBER.fullmatch(word.strip()):
        return None
    minutes = round(float(word.strip().replace(",", ".")) * unit, 6)
    return minutes if 0 < minutes <= MOST else None


def _unit(desk: Desk, file: str) -> int:
    sources = desk.exports.sources(file)
    return 60 if any(source.duration_unit == "hours" for source in sources) else 1


def _where(desk: Desk, place: int, word: str, unit: int) -> dict[str, Any]:
    file = str(desk.forms["file"].iloc[place])
    example = "45 minutes" if unit == 1 else "0,75 hours"
    return {
        "column": desk.exports.column(file, "minutes"),
        "found": word,
        "expected": EXPECTED.format(example=example),
    }

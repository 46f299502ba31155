"""The cells of one event: its kind, status, rater and numbers, read or told."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pandas as pd

from pilot.design import EventKind
from pilot.design.happening import STAGES, folded
from pilot.findings import finding
from pilot.intake.records import Records
from pilot.intake.table import plain

DAY = 24 * 60  # minutes
FEW, FEW_AT_A_SESSION = 1, 9  # below so many, or with a decimal, hours may be meant
EXPECTED_MINUTES = "minutes of one day, such as 90"
LEVELS = (-2, -1, 0, 1, 2)  # of a goal: 0 is as expected


def kinds(event: EventKind | None) -> dict[str, str]:
    """Return the kinds of an event by the words that mean them."""
    known = event.kinds if event else {}
    return {
        plain(word): key for key, label in known.items() for word in (key, label.nl, label.en)
    }


def stages(records: Records, event: EventKind | None) -> pd.Series:
    """Return the status: a stage of the event where it has stages, else as written."""
    if event is None or event.staged_as not in STAGES:
        return records.text("status")
    return records.keys("status", event.stage, "unknown-status", keep=True)


def raters(records: Records, event: EventKind | None) -> pd.Series:
    """Return who rated, as the design spells them; who is none of them is told and kept.

    A rating counts for a rater of the design only, so that a row without one is told too.
    """
    texts = records.text("rater")
    if event is None or not event.raters:
        return texts
    known = {folded(rater): rater for rater in event.raters}
    raters = texts.map({text: known.get(folded(text)) for text in texts.dropna().unique()})
    rated = records.text("level").notna() & texts.isna()
    strange = (texts.notna() & raters.isna()) | rated
    expected = f"one of {', '.join(event.raters)}"
    records.tell("rater", texts.index[strange], "unknown-rater", expected)
    return raters.astype("str").fillna(texts)


def tell_spaces(records: Records) -> None:
    """Tell of numbers with spaces around them, once a file; they are read without."""
    if "participant" not in records.places:
        return
    written = records.frame["participant"]
    padded = int((written.notna() & (written != written.str.strip())).sum())
    if padded:
        where = {"file": records.table.file}
        column = records.table.header[records.places["participant"]]
        records.findings.append(finding("spaces", **where, column=column, found=f"{padded}x"))


def look_at_minutes(records: Records, minutes: pd.Series, event: EventKind | None) -> None:
    """Tell of minutes that look like hours, and of sessions that took none; all are kept."""
    few = FEW_AT_A_SESSION if event and event.dose else FEW
    parts = minutes.notna() & (minutes > 0) & (minutes < FEW_AT_A_SESSION)
    hours = parts & ((minutes < few) | (minutes % 1 > 0))
    records.tell("minutes", minutes.index[hours], "minutes-as-hours", EXPECTED_MINUTES)
    if event and event.dose:
        none = minutes.index[(minutes == 0).fillna(False)]
        records.tell("minutes", none, "session-without-minutes", EXPECTED_MINUTES)


def minutes_of(records: Records) -> pd.Series:
    """Return how long each took; more than a day is set aside."""
    return _numbers(records, "minutes", _minutes, EXPECTED_MINUTES)


def levels_of(records: Records) -> pd.Series:
    """Return how far goals were reached; another number is set aside."""
    return _numbers(records, "level", _level, "a level from -2 to 2")


def weights_of(records: Records) -> pd.Series:
    """Return how much goals weigh; 0 and less is set aside."""
    return _numbers(records, "weight", _weight, "a weight above 0, such as 1")


def _numbers(
    records: Records, name: str, read: Callable[[str], float | None], expected: str
) -> pd.Series:
    """Return a column as numbers; a number that cannot be is set aside as just that."""
    texts = records.text(name)
    given = texts.dropna()
    wrong = [math.isfinite(_number(text)) and read(text) is None for text in given]
    beyond = given.index[np.asarray(wrong, dtype=bool)].tolist()
    records.refuse(name, beyond, "impossible-number", expected)
    if beyond:
        records.frame.loc[beyond, name] = None
    return records.numbers(name, read, expected)


def _number(text: str) -> float:
    plain = text.replace(",", ".").replace("\N{MINUS SIGN}", "-").replace("\N{EN DASH}", "-")
    try:
        return float(plain)
    except ValueError:
        return math.nan


def _minutes(text: str) -> float | None:
    minutes = _number(text)
    return minutes if 0 <= minutes <= DAY else None


def _level(text: str) -> float | None:
    level = _number(text)
    return level if level in LEVELS else None


def _weight(text: str) -> float | None:
    weight = _number(text)
    return weight if math.isfinite(weight) and weight > 0 else None

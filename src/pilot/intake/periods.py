"""The periods of the register: whose number it is, from when to when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas as pd

from pilot.design import Trajectory, find
from pilot.design.dates import read_date
from pilot.intake.records import Records
from pilot.intake.table import plain


def refuse_twice(records: Records, trajectory: Trajectory) -> None:
    """Set aside rows whose number stands there already for the same period.

    Whoever left and came back, or changed role, has rows with periods that do not overlap;
    each guardian of a child has a row. Two roles at one time are two people: told and kept,
    since nobody knows which of them is which.
    """
    seen: dict[str, list[_Listed]] = {}
    again: list[int] = []
    shared: list[int] = []
    for at, code in zip(records.frame.index, records.text("participant"), strict=True):
        here = _listed(records, at, trajectory)
        before = [each for each in seen.get(str(code), []) if here.at_the_time_of(each)]
        if any(each.role != here.role for each in before):
            shared.append(at)
        elif before and here.giver in (None, *(each.giver for each in before)):
            again.append(at)
            continue
        seen.setdefault(str(code), []).append(here)
    records.tell("participant", shared, "two-roles", "one person a number")
    records.refuse_rows("participant", again, "register-twice")


@dataclass(frozen=True, slots=True)
class _Listed:
    """One row of the register: a role in a period, and who gave consent."""

    start: date | None
    end: date | None
    role: str | None
    giver: str | None

    def at_the_time_of(self, other: _Listed) -> bool:
        """Return whether the periods of two rows overlap."""
        return not (_before(self.end, other.start) or _before(other.end, self.start))


def _before(end: date | None, start: date | None) -> bool:
    return end is not None and start is not None and end <= start


def _listed(records: Records, at: int, trajectory: Trajectory) -> _Listed:
    role, giver = (_cell(records, name, at) for name in ("role", "consent_giver"))
    start, end = (read_date(_cell(records, n, at) or "").day for n in ("start", "end"))
    known = find(trajectory.roles, role) if role else None
    return _Listed(start, end, known or role, plain(giver) if giver else None)


def _cell(records: Records, name: str, at: int) -> str | None:
    text = records.text(name).get(at)
    return None if pd.isna(text) else str(text)

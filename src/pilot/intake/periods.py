"""The periods of the register: whose number it is, from when to when."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pandas as pd

from pilot.design import Trajectory, find
from pilot.design.dates import read_date
from pilot.intake.records import Records
from pilot.intake.table import plain

GUARDIANS = frozenset({"moeder", "mother", "vader", "father", "ouder", "parent", "voogd"})
GUARDIANS |= {"guardian"}
WHO = ("family", "birth_year")  # what two rows of one person have in common
PART = re.compile(r"\d+|[^\W\d_]+")

Twins = list[tuple[int, int, dict[str, str]]]


def refuse_twice(records: Records, trajectory: Trajectory) -> Twins:
    """Set aside rows whose number stands there already for the same period.

    Whoever left and came back, or changed role, has rows with periods that do not overlap;
    each guardian of a child has a row. Two roles at one time are two people: told and kept,
    since nobody knows which of them is which. Who moved to another site before the first
    period was closed is one person: told, and the first period ends where the second starts.

    Returns
    -------
    list of (int, int, dict)
        The row that stays, the one that is set aside, and every cell of the latter, so that
        a refusal in it is not lost.
    """
    seen: dict[str, list[_Listed]] = {}
    twins: Twins = []
    again: list[int] = []
    shared: list[int] = []
    texts = _texts(records)
    for at, code in zip(records.frame.index, records.text("participant"), strict=True):
        here = _listed(_row(texts, at), at, trajectory)
        before = [each for each in seen.get(str(code), []) if here.at_the_time_of(each)]
        twin = next((each for each in before if here.repeats(each)), None)
        if any(each.role != here.role for each in before):
            shared.append(at)
        elif twin is not None:
            twins.append((twin.at, at, here.cells))
            again.append(at)
            continue
        for each in before:
            if here.moved_from(each):
                _close(records, *sorted((each, here), key=lambda period: period.day))
        seen.setdefault(str(code), []).append(here)
    records.tell("participant", shared, "two-roles", "one person a number")
    records.refuse_rows("participant", again, "register-twice")
    return twins


def look_at_periods(records: Records, left: Callable[[str], bool]) -> None:
    """Tell of periods that end before they start, and of a reason for leaving without a day.

    Of the first nobody knows which day is right: both are set aside, told once.

    Parameters
    ----------
    left : callable
        Says of a word whether it is a reason for leaving.
    """
    texts = _texts(records)
    for at in records.frame.index:
        cells = _row(texts, at)
        start, end = (read_date(cells.get(name, "")).day for name in ("start", "end"))
        if start is not None and end is not None and start > end:
            told = records.finding_of("end", at, "period-reversed", f"a day from {start} on")
            records.refuse_together(("start", "end"), at, told)
        elif "end" not in cells and left(cells.get("reason", "")):
            records.tell("reason", [at], "leaving-undated", "the day of leaving")


def look_at_numbers(records: Records) -> None:
    """Tell of numbers that read alike and are spelt otherwise: 001 and 1, P2 and p-02."""
    first: dict[tuple[str, ...], str] = {}
    told: set[str] = set()
    for at, code in records.text("participant").dropna().items():
        parts = tuple(part.lstrip("0") or "0" for part in PART.findall(str(code).casefold()))
        other = first.setdefault(parts, str(code))
        if other != code and code not in told:
            told.add(str(code))
            records.tell(
                "participant", [int(str(at))], "register-spelt-otherwise", f"perhaps {other}"
            )


@dataclass(frozen=True, slots=True)
class _Listed:
    """One row of the register: a role in a period, and who gave consent."""

    at: int
    start: date | None
    end: date | None
    role: str | None
    giver: str | None
    site: str | None
    cells: dict[str, str] = field(default_factory=dict)

    @property
    def day(self) -> date:
        """The day on which the period starts; before all others where nobody wrote it."""
        return self.start or date.min

    def at_the_time_of(self, other: _Listed) -> bool:
        """Return whether the periods of two rows overlap."""
        return not (_before(self.end, other.start) or _before(other.end, self.start))

    def repeats(self, other: _Listed) -> bool:
        """Return whether a row gives a number again that may be somebody else's.

        Not a row of another guardian, who may be called by the same word; nor one of who
        moved to another site.
        """
        if self.role != other.role or self.giver not in (None, other.giver):
            return False
        guardian = self.giver in GUARDIANS and self.cells != other.cells
        return not (self.of_one_person(other) and (guardian or self.moved_from(other)))

    def moved_from(self, other: _Listed) -> bool:
        """Return whether a row is of the same person at another site, from another day on."""
        sites = None not in (self.site, other.site) and self.site != other.site
        days = None not in (self.start, other.start) and self.start != other.start
        return sites and days and self.role == other.role and self.of_one_person(other)

    def of_one_person(self, other: _Listed) -> bool:
        """Return whether nothing in two rows says that they are of two people."""
        both = [(self.cells.get(name), other.cells.get(name)) for name in WHO]
        return all(one == two or None in (one, two) for one, two in both)


def _before(end: date | None, start: date | None) -> bool:
    return end is not None and start is not None and end <= start


def _texts(records: Records) -> dict[str, dict[Any, Any]]:
    names = [name for name in records.places if name != "participant"]
    return {name: records.text(name).dropna().to_dict() for name in names}


def _row(texts: dict[str, dict[Any, Any]], at: int) -> dict[str, str]:
    """Return the cells of one row that hold something."""
    return {name: str(column[at]) for name, column in texts.items() if at in column}


def _listed(cells: dict[str, str], at: int, trajectory: Trajectory) -> _Listed:
    role, giver, site = (cells.get(name) for name in ("role", "consent_giver", "site"))
    start, end = (read_date(cells.get(name, "")).day for name in ("start", "end"))
    known = find(trajectory.roles, role) if role else None
    place = find(trajectory.sites, site) if site else None
    given = plain(giver) if giver else None
    return _Listed(at, start, end, known or role, given, place or site, cells)


def _close(records: Records, first: _Listed, second: _Listed) -> None:
    """Let a period end where the next one starts; what stood there is set aside."""
    if "end" not in records.places:
        return
    held = records.frame["end"].get(first.at)
    until = None if pd.isna(held) else read_date(str(held)).day
    if until is not None and until <= second.day:
        return
    told = records.finding_of("end", first.at, "periods-overlap", f"before {second.start}")
    if pd.isna(held):
        records.findings.append(told | {"found": "no end"})
    else:
        records.refuse_together(("end",), first.at, told)
    records.frame.loc[first.at, "end"] = str(second.start)

"""One person of the register: who was asked what about them, and how old they were."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import pandas as pd

from pilot.design import Trajectory

OF_AGE = 16
NOT_ASKED, REFUSED, NO_GUARDIAN, WITHDRAWN = "not asked", "refused", "no guardian", "withdrawn"
GUARDIANS = ("guardian_1", "guardian_2")


@dataclass(frozen=True, slots=True)
class Asked:
    """The rows of one person, one a period or guardian.

    Parameters
    ----------
    rows : list of named tuple
        Rows of the register.
    minor : bool
        Whether this person may have been under 16 when consent was first given.
    young : bool
        Whether this person's role has people under 16.
    children : set of str
        The numbers of children, none of whom is a guardian.
    opens : Timestamp or None
        When the first wave opens.
    """

    rows: list[Any]
    minor: bool
    young: bool
    children: frozenset[str]
    opens: pd.Timestamp | None

    @property
    def number(self) -> str:
        """The person's number."""
        return str(self.rows[0].participant)

    def giver(self, row: Any) -> str | None:
        """Return who speaks in a row: self, guardian, or None where nobody says it.

        A child's own number is itself, and another child is no guardian.
        """
        if pd.isna(row.consent_giver):
            return None
        word = _alike(row.consent_giver)
        if word in ("self", _alike(self.number)):
            return "self"
        return None if word in self.children else "guardian"

    def said(self, use: str) -> Iterator[tuple[Any, str | None, str | None]]:
        """Give each row with its word for a use and who says it."""
        for row in self.rows:
            word = getattr(row, f"consent_{use}")
            yield row, None if pd.isna(word) else str(word), self.giver(row)

    @property
    def columns(self) -> list[str]:
        """What the guardians' own columns say, where they say anything."""
        said = [getattr(row, name) for row in self.rows for name in GUARDIANS]
        return [str(word) for word in said if pd.notna(word)]

    def guarded(self, use: str = "answers") -> bool:
        """Return whether a guardian said yes to a use."""
        rows = [giver for _, word, giver in self.said(use) if word == "yes"]
        return "guardian" in rows or "yes" in self.columns

    @property
    def waiting(self) -> bool:
        """Whether a guardian has not been asked, or said nothing clear.

        Whoever a row is of, where that is not said to be the child.
        """
        said = list(self.said("answers"))
        unclear = [word for _, word, giver in said if giver != "self" and word == "unclear"]
        rows = [
            _yes_in_columns(row)
            for row, word, giver in said
            if giver == "guardian" and word not in ("yes", "no")
        ]
        return bool(unclear) or "unknown" in self.columns or not all(rows)

    def doubtful(self, use: str) -> list[Any]:
        """Return the unclear rows, without a young person's own beside a guardian's yes."""
        guarded = self.young and self.guarded(use)
        return [
            row
            for row, word, giver in self.said(use)
            if word == "unclear" and not (guarded and giver == "self")
        ]

    @property
    def stopped(self) -> pd.Timestamp | None:
        """The day on which a young person said no, after a guardian's yes."""
        days = [row.consent_date for row in self.own("no")]
        return min(days, default=None) if self.guarded() else None

    @property
    def own_since(self) -> pd.Timestamp | None:
        """The day from which a young person's own yes holds without a guardian's.

        That is when they are 16 for certain; in the year of turning 16 only where they had
        started in an earlier year, so that somebody asked them since.
        """
        days = [
            row.consent_date
            for row in self.own("yes")
            if not self.minor
            or years_at(row, row.consent_date) > OF_AGE
            or self._started_before(row.consent_date.year)
        ]
        return min(days, default=None)

    @property
    def alone_since(self) -> pd.Timestamp | None:
        """The day from which the answers rest on a young person's own yes only."""
        return None if self.guarded() else self.own_since

    def own(self, word: str) -> list[Any]:
        """Return the rows in which a young person speaks at 16, as far as the year tells."""
        return [
            row
            for row, said, giver in self.said("answers")
            if self.young
            and said == word
            and giver == "self"
            and pd.notna(row.consent_date)
            and pd.notna(row.birth_year)
            and years_at(row, row.consent_date) >= OF_AGE
        ]

    def _started_before(self, year: int) -> bool:
        starts = [pd.Timestamp(row.start) for row in self.rows if pd.notna(row.start)]
        first = min(starts, default=self.opens)
        return first is not None and first.year < year


def everybody(register: pd.DataFrame, trajectory: Trajectory) -> list[Asked]:
    """Return the people of a register, in its order."""
    children = frozenset(
        _alike(row.participant)
        for row in register.itertuples(index=False)
        if youngest_in(row, trajectory) < OF_AGE
    )
    people: dict[str, list[Any]] = {}
    for row in register.itertuples(index=False):
        people.setdefault(str(row.participant), []).append(row)
    opens = trajectory.waves[0].opens
    return [
        Asked(
            rows,
            under_16(min(rows, key=_day_of), trajectory),
            any(youngest_in(row, trajectory) < OF_AGE for row in rows),
            children,
            None if opens is None else pd.Timestamp(opens),
        )
        for rows in people.values()
    ]


def under_16(row: Any, trajectory: Trajectory, on: pd.Timestamp | None = None) -> bool:
    """Return whether a person of the register may be under 16 when they gave consent.

    Only in a role that has people under 16: a parent born in 2015 is a slip of the pen,
    which is told as such.

    Parameters
    ----------
    row : named tuple
        One row of the register.
    on : Timestamp, optional
        Another day than that of consent.
    """
    if youngest_in(row, trajectory) >= OF_AGE:
        return False
    if pd.isna(row.birth_year):
        return True
    opens = trajectory.waves[0].opens
    days: Iterable[Any] = (on, row.consent_date, row.start, opens)
    known = [pd.Timestamp(day) for day in days if day is not None and pd.notna(day)]
    return bool(known) and known[0].year - int(row.birth_year) <= OF_AGE


def youngest_in(row: Any, trajectory: Trajectory) -> int:
    """Return the least age of a row's role; of an unknown role, 16 without a year of birth."""
    youngest = {role.key: role.ages[0] for role in trajectory.roles}
    return youngest.get(row.role, OF_AGE if pd.isna(row.birth_year) else 0)


def years_at(row: Any, day: pd.Timestamp) -> int:
    """Return the age that somebody reaches in the year of a day."""
    return int(day.year - int(row.birth_year))


def _day_of(row: Any) -> pd.Timestamp:
    return row.consent_date if pd.notna(row.consent_date) else pd.Timestamp.max


def _yes_in_columns(row: Any) -> bool:
    return any(getattr(row, name) == "yes" for name in GUARDIANS)


def _alike(number: Any) -> str:
    """Return a number without case and the zeros that Excel takes away."""
    word = str(number).strip().casefold()
    return word.lstrip("0") or word

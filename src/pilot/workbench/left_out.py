"""Who of the register has no row on a form, and why: told to who makes it, not on the form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

import pandas as pd

from pilot.cleaning.consent import consent_table
from pilot.design import Trajectory, Wave
from pilot.design.forms import Blank, blanks_of
from pilot.forms import Person

Reason = Literal["refused", "no guardian", "not asked", "withdrawn", "age"]

DAYS_A_MONTH = 365.25 / 12


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Somebody who is in at the wave and yet has no row, or not all of one.

    Parameters
    ----------
    number : str
    reason : {"refused", "no guardian", "not asked", "withdrawn", "age"}
    instruments : tuple of str
        What is for another age, where the row stays for the rest.
    """

    number: str
    reason: Reason
    instruments: tuple[str, ...] = ()


def without_consent(register: pd.DataFrame, design: Trajectory, wave: str) -> dict[str, Reason]:
    """Return who does not consent, or withdrew before the wave, with the reason."""
    consent = consent_table(register, design)
    answers = consent[consent["use"] == "answers"]
    opens = pd.Timestamp(str(design.wave(wave).opens or "2261-01-01"))
    withdrew = answers["withdrawal"].notna() & ~(answers["withdrawn"] > opens)
    gone = answers[~answers["given"].astype(bool) | withdrew]
    why = gone["why"].fillna("withdrawn").mask(withdrew[gone.index], "withdrawn")
    return dict(zip(gone["participant"].astype(str), why, strict=True))


def fit_for_age(
    people: Sequence[Person], register: pd.DataFrame, asked: Asked
) -> tuple[list[Person], list[LeftOut]]:
    """Return the people with at least one question for their age, and who is left out of what.

    Judged by the year of birth over the whole wave: on any day of a year somebody may be of
    two ages, and both have to lie outside. Whose year is not known has the whole row.
    """
    born = register.dropna(subset=["birth_year"]).drop_duplicates("participant")
    years = dict(zip(born["participant"].astype(str), born["birth_year"], strict=True))
    starts = dict(zip(born["participant"].astype(str), born["start"], strict=True))
    kept, left = [], []
    for person in people:
        if person.number not in years:
            kept.append(person)
            continue
        number = person.number
        strange = asked.for_others(int(years[number]), starts[number])
        if strange:
            every = len(strange) == len({blank.instrument for blank in asked.blanks})
            left.append(LeftOut(number, "age", () if every else tuple(strange)))
            if every:
                continue
        closed = {each.column for each in asked.blanks if each.instrument in strange}
        kept.append(replace(person, closed=frozenset(closed)))
    return kept, left


@dataclass(frozen=True, slots=True)
class Asked:
    """What a role is asked at one wave."""

    design: Trajectory
    wave: Wave
    blanks: Sequence[Blank]

    @classmethod
    def at(cls, design: Trajectory, wave: str, role: str, rater: str) -> Asked:
        """Return what a role is asked, or a rater about it."""
        return cls(design, design.wave(wave), blanks_of(design, role, wave, rater))

    def for_others(self, born: int, start: Any) -> list[str]:
        """Return the instruments that are for another age than somebody has at the wave."""
        years = self._years(start)
        if years is None:
            return []
        youngest, oldest = min(years) - born - 1, max(years) - born
        keys = dict.fromkeys(blank.instrument for blank in self.blanks)
        ages = {key: self.design.instruments[key].ages for key in keys}
        return [key for key, (low, high) in ages.items() if oldest < low or youngest > high]

    def _years(self, start: Any) -> list[int] | None:
        """Return the years in which the wave may be answered; None where nobody knows."""
        if not self.wave.rolling:
            return [pd.Timestamp(str(day)).year for day in (self.wave.opens, self.wave.closes)]
        if pd.isna(start):
            return None
        months = (self.wave.from_month or 0, self.wave.to_month or 0)
        return [(start + pd.Timedelta(days=m * DAYS_A_MONTH)).year for m in months]

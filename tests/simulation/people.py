"""Who takes part: their numbers, families, sites and years of birth, and when they leave."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from tests.simulation.dice import Dice

# What a register in Dutch calls the reasons for leaving.
REASONS = ("verhuisd", "gescheiden", "school gestopt", "gestopt", "overleden", "onbekend")


@dataclass(slots=True)
class Person:
    """One participant. ``last`` is the place of the last wave they are there for."""

    code: str
    role: str
    birth_year: int
    family: str = ""
    site: str = ""
    organisation: str = ""
    start: date = date(2024, 1, 15)
    last: int = 99
    end: date | None = None
    reason: str = ""
    misses: set[str] = field(default_factory=set)
    language: str = "Nederlands"

    @property
    def unit(self) -> str:
        """The family, or the person where there are no families."""
        return self.family or self.code


def leave(people: Iterable[Person], after: int, end: date, reason: str) -> None:
    """Let people leave after a wave, on a day and for a reason."""
    for person in people:
        person.last, person.end, person.reason = after, end, reason


def lowest_first(people: list[Person], scores: dict[str, float], dice: Dice) -> list[Person]:
    """Order people by who is likely to leave: low scores first, half of it chance.

    Parameters
    ----------
    people : list of Person
        Who could leave.
    scores : dict
        A standardised earlier score by number.
    dice : Dice
        The chance in it.
    """
    pull = {person.code: scores[person.code] + dice.normal() for person in people}
    return sorted(people, key=lambda person: pull[person.code])


def miss_now_and_then(people: list[Person], waves: list[str], share: float, dice: Dice) -> None:
    """Let people miss a later wave now and then; nobody misses the first."""
    for person in people:
        person.misses |= {wave for wave in waves[1:] if dice.chance(share)}


def some_day(first: date, last: date, dice: Dice) -> date:
    """Return a working day from ``first`` to ``last``."""
    day = first + timedelta(days=dice.below((last - first).days + 1))
    if day.weekday() > 4:
        day -= timedelta(days=day.weekday() - 4)
    return max(day, first)


def speak(people: list[Person], languages: list[tuple[str, float]], dice: Dice) -> None:
    """Give each family a language, by its share; the first one takes what remains."""
    spoken: dict[str, str] = {}
    for person in people:
        if person.unit not in spoken:
            draw, spoken[person.unit] = dice.uniform(), languages[0][0]
            for language, share in languages[1:]:
                if 0 <= draw < share:
                    spoken[person.unit] = language
                draw -= share
        person.language = spoken[person.unit]

"""What a register says of consent: whose, for what, when, and whether it was withdrawn."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from tests.simulation.course import Course
from tests.simulation.dice import Dice
from tests.simulation.people import Person
from tests.simulation.sheets import Sheet

USES = {"toestemming citaten": 0.8, "toestemming delen": 0.9, "toestemming archief": 0.9}
OWN = ["toestemming", *USES, "toestemming genoemd", "datum toestemming", "toestemming door"]
GUARDIANS = ["toestemming ouder 1", "toestemming ouder 2"]
WITHDRAWN = ["ingetrokken", "intrekking"]


def with_consent(course: Course, register: Sheet, removed: str = "") -> Sheet:
    """Add the columns of consent to a register; everyone consented to the use of answers.

    The first who stopped of their own will also withdrew consent on that day, and `removed`
    asked on the day of leaving that all they gave be removed. Children of whom the last form
    came in the year in which they turn 16, or later, are noted: they should have been asked
    themselves.
    """
    people = {person.code: person for person in course.people}
    minors = any(_under_16(person) for person in course.people)
    register.columns += OWN + (GUARDIANS if minors else []) + WITHDRAWN
    stopped = [p for p in course.people if p.reason == "gestopt" and _silent_since(course, p)]
    for row in register.rows:
        person = people[row.code]
        row.cells |= consent_cells(course, person, minors=minors)
        if stopped and person is stopped[0]:
            row.cells |= {"ingetrokken": person.end, "intrekking": "stoppen"}
            course.damage.note_row("consent withdrawn", "withdrawn", register, row)
        if person.code == removed:
            row.cells |= {"ingetrokken": person.end, "intrekking": "stoppen en verwijderen"}
            course.damage.note_row("consent withdrawn", "withdrawn", register, row)
        if _under_16(person) and _last_year(course, person) - person.birth_year >= 16:
            course.damage.note_row("turned 16", "turned-16", register, row)
    return register


def consent_cells(course: Course, person: Person, *, minors: bool) -> dict[str, Any]:
    """Return what a register says of somebody who consented to the use of answers."""
    dice = Dice(course.seed, "consent", person.code)
    child = _under_16(person)
    said = {use: "ja" if dice.chance(share) else "nee" for use, share in USES.items()}
    cells = {"toestemming": "ja"} | said
    cells["toestemming genoemd"] = "ja" if dice.chance(0.2) and not child else "nee"
    day = person.start - timedelta(days=14 + dice.below(14))
    cells |= {"datum toestemming": day, "toestemming door": "ouder" if child else "zelf"}
    if minors:
        second = "ja" if dice.chance(0.6) else None
        cells |= dict(zip(GUARDIANS, ("ja", second) if child else (None, None), strict=True))
    return cells | dict.fromkeys(WITHDRAWN)


def _under_16(person: Person) -> bool:
    return person.start.year - person.birth_year < 16


def _last_year(course: Course, person: Person) -> int:
    days = [course.day(person, w) for w in course.waves if person in course.there(w)]
    return max((day.year for day in days), default=person.start.year)


def _silent_since(course: Course, person: Person) -> bool:
    days = [course.day(person, w) for w in course.waves if person in course.there(w)]
    return person.end is not None and all(day <= person.end for day in days)

"""People whose form came in and may not be used: they or a guardian refused.

They stand in the register and in the export, and nowhere in the truth of the course: what
they said is nobody's to know.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.simulation.consent import consent_cells
from tests.simulation.course import Course, register_of
from tests.simulation.people import Person
from tests.simulation.sheets import Sheet


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody who filled in one form, and what the register says of consent."""

    person: Person
    wave: str
    refused: dict[str, str]


def visit(
    course: Course,
    guests: list[Guest],
    sheet_of: Callable[[Guest], Sheet],
    cells: Callable[[Course, Person, str], dict[str, Any]],
) -> None:
    """Put the form of each guest at the end of its sheet, once all harm is done."""
    own = _course_of(course, guests)
    for guest in guests:
        row = own.row(guest.person, guest.wave, cells(own, guest.person, guest.wave))
        sheet_of(guest).rows.append(row)


def enrol(
    course: Course, register: Sheet, guests: list[Guest], columns: dict[str, str]
) -> None:
    """Put the guests into the register, in the order of the numbers.

    Parameters
    ----------
    course : Course
        Whose register it is; notes that each refusal should be found.
    register : Sheet
        With its columns of consent.
    guests : list of Guest
    columns : dict
        As `register_of` takes them.
    """
    minors = "toestemming ouder 1" in register.columns
    listed = register_of(_course_of(course, guests), columns)
    for guest in guests:
        row = listed.of(guest.person.code)
        row.cells |= consent_cells(course, guest.person, minors=minors) | guest.refused
        register.rows.append(row)
        course.damage.note_row("consent refused", "no-consent", register, row)
    register.rows.sort(key=lambda row: row.code)


def _course_of(course: Course, guests: list[Guest]) -> Course:
    """Return a course of their own, so that nobody else's answers move."""
    people = [guest.person for guest in guests]
    return Course(course.design, course.seed + 1, people, course.gains, course.pace)

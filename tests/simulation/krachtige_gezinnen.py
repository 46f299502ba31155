"""Krachtige Gezinnen: 14 families at 4 schools, five waves, school workbooks at the first."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.simulation.consent import with_consent
from tests.simulation.course import (
    Course,
    course_of,
    leave_open,
    mark_simulated,
    register_of,
    truth_of,
)
from tests.simulation.dice import Dice
from tests.simulation.guests import Guest, enrol, visit
from tests.simulation.krachtige_gezinnen_events import attendance, burdens, harm_attendance
from tests.simulation.krachtige_gezinnen_harm import harm
from tests.simulation.krachtige_gezinnen_people import (
    FOUR_FAMILIES,
    GAINS,
    GUESTS,
    KEY,
    PACE,
    SEED_FOUR,
    families,
    lived,
)
from tests.simulation.krachtige_gezinnen_stories import STORIES
from tests.simulation.people import Person
from tests.simulation.sheets import Row, Sheet, cells_of, columns_of
from tests.simulation.stories import quotes
from tests.simulation.writers import Csv, write_csv, write_workbook

SHEETS = {"parent": "Ouders", "child": "Kinderen"}
REGISTER = {
    "nummer": "code",
    "gezin": "family",
    "school": "site",
    "organisatie": "organisation",
    "rol": "role",
    "geboortejaar": "birth_year",
    "van": "start",
    "tot": "end",
    "reden": "reason",
}


def exports(course: Course) -> dict[str, Sheet]:
    """Return every sheet of the waves, by ``t0 school role`` and later by ``wave role``."""
    sheets = {}
    for wave in course.waves:
        for role, name in SHEETS.items():
            for school in [site.key for site in course.design.sites] if wave == "t0" else [""]:
                file = f"t0-{school}.xlsx" if school else f"{wave}.xlsx"
                sheet = Sheet(file, _columns(course, wave, role), name=name)
                sheet.rows = [
                    course.row(person, wave, _cells(course, person, wave))
                    for person in course.there(wave, role)
                    if not school or person.site == school
                ]
                sheets[f"{wave} {school} {role}".replace("  ", " ")] = sheet
    return sheets


def _columns(course: Course, wave: str, role: str) -> list[str]:
    who = ["nummer", "gezin"] + (["school"] if wave != "t0" else []) + ["datum", "afname"]
    how = ["taal", "interviewer", "tolk", "minuten"] if role == "parent" else ["ingevuld door"]
    forms = course.forms_for(role, wave)
    about = ["over kind"] if any(form.asked.index_child for form in forms) else []
    return [*who, *how, *about, *columns_of(forms)]


def _cells(course: Course, person: Person, wave: str) -> dict[str, Any]:
    dice = Dice(course.seed, "occasion", person.unit, wave)
    foreign = person.language != "Nederlands"
    return {
        "nummer": person.code,
        "gezin": person.family,
        "school": next(s.label.nl for s in course.design.sites if s.key == person.site),
        "datum": course.day(person, wave),
        "afname": "interview" if foreign else dice.one_of(["papier", "papier", "interview"]),
        "ingevuld door": "zelf",
        "taal": person.language,
        "interviewer": dice.one_of(["I1", "I2", "I3"]),
        "tolk": "ja" if foreign and not _without_interpreter(course, person, wave) else "nee",
        "minuten": _minutes(course, person, wave),
        "over kind": _index_child(course, person),
    } | cells_of(course.forms_for(person.role, wave), course.answers(person, wave), wave)


def _index_child(course: Course, person: Person) -> str | None:
    """Return the number of the family's first child in the register, whoever may be counted."""
    listed = [*course.people, *(guest.person for guest in GUESTS)]
    children = [p.code for p in listed if (p.family, p.role) == (person.family, "child")]
    return min(children, default=None)


def _without_interpreter(course: Course, person: Person, wave: str) -> bool:
    """In half of the families that needed one, nobody has to interpret after a year."""
    able = Dice(course.seed, "interpreter", person.unit).chance(0.5)
    return able and course.waves.index(wave) > 2


def _minutes(course: Course, person: Person, wave: str) -> int | None:
    """How long a form took: longer with an interpreter, and not always written down."""
    dice = Dice(course.seed, "minutes", person.code, wave)
    longer = 12 if person.language != "Nederlands" else 0
    took = 5 * round((28 + longer + 18 * dice.uniform()) / 5)
    return None if dice.chance(0.2) else took


def write(
    folder: Path, course: Course, sheets: dict[str, Sheet], *, stray: bool, guests: bool
) -> dict[str, Any]:
    """Write the folder, and return the truth of it."""
    folder.mkdir(parents=True, exist_ok=True)
    files = dict.fromkeys(sheet.file for sheet in sheets.values())
    for file in files:
        pages = [sheet for sheet in sheets.values() if sheet.file == file]
        if any(page.rows for page in pages):
            write_workbook(folder, pages)
    register = with_consent(course, register_of(course, REGISTER))
    if stray:
        write_workbook(folder, [quotes(course, register, STORIES)])
    if guests:
        enrol(course, register, GUESTS, REGISTER)
    write_workbook(folder, [register])
    sessions = attendance(course)
    if stray:
        harm_attendance(course, sessions)
    for events in (sessions, burdens(course)):
        write_csv(folder, events, Csv(delimiter=";"))
    if stray:
        write_workbook(folder, [stray_list()])
        course.damage.stray(stray_list().file)
    mark_simulated(folder)
    return truth_of(course)


def stray_list() -> Sheet:
    """Return a file that got among the exports."""
    sheet = Sheet("kopie van groepsfoto-lijst.xlsx", ["foto", "akkoord"], name="Blad1")
    sheet.rows = [Row("", "", {"foto": n, "akkoord": "ja"}) for n in range(1, 5)]
    return sheet


def simulate(folder: Path) -> dict[str, Any]:
    """Write the whole course."""
    course = lived(interim=False)
    sheets = exports(course)
    harm(course, sheets, whole=True)
    _let_visit(course, sheets)
    return write(folder, course, sheets, stray=True, guests=True)


def _let_visit(course: Course, sheets: dict[str, Sheet]) -> None:
    def first_form(guest: Guest) -> Sheet:
        return sheets[f"t0 {guest.person.site} {guest.person.role}"]

    visit(course, GUESTS, first_form, _cells)


def simulate_interim(folder: Path) -> dict[str, Any]:
    """Write the course as it stood with the fifth wave still to come."""
    course = lived(interim=True)
    for person in course.people:
        if person.end and person.end > course.lock:
            person.end, person.reason, person.last = None, "", 99
    sheets = exports(course)
    harm(course, sheets, whole=False)
    _let_visit(course, sheets)
    return write(folder, course, sheets, stray=False, guests=True)


def simulate_four(folder: Path) -> dict[str, Any]:
    """Write the course with one family at each school: too few for any mean."""
    course = course_of(
        KEY, SEED_FOUR, people=families(FOUR_FAMILIES, SEED_FOUR), gains=GAINS, pace=PACE
    )
    leave_open(course)
    sheets = exports(course)
    first = sheets["t0 noord parent"]
    course.damage.no_answer(first, first.rows[0], "BRS_2", 99)
    course.damage.count_from_zero(
        sheets["t2 parent"], [f"GSE_{n}" for n in range(1, 11)], declared=True
    )
    return write(folder, course, sheets, stray=False, guests=False)

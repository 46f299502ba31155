"""Krachtige Gezinnen: 14 families at 4 schools, five waves, school workbooks at the first."""

from __future__ import annotations

from datetime import date, timedelta
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
from tests.simulation.krachtige_gezinnen_harm import harm
from tests.simulation.krachtige_gezinnen_people import (
    FOUR_FAMILIES,
    GAINS,
    KEY,
    PACE,
    SEED_FOUR,
    families,
    lived,
)
from tests.simulation.krachtige_gezinnen_stories import STORIES
from tests.simulation.people import Person, some_day
from tests.simulation.sheets import Row, Sheet, cells_of, columns_of
from tests.simulation.stories import quotes
from tests.simulation.writers import Csv, write_csv, write_workbook

LAST_DAY = date(2026, 4, 10)  # activities go on after the last wave has closed
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
ACTIVITIES = {
    "parent": [
        ("oudercursus", 120),
        ("opvoedcursus", 120),
        ("dialoogtafel", 90),
        ("coaching", 60),
    ],
    "child": [("workshop", 90), ("kunst", 120)],
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
    how = ["taal", "interviewer", "tolk"] if role == "parent" else ["ingevuld door"]
    return [*who, *how, *columns_of(course.forms_for(role))]


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
        "tolk": "ja" if foreign else "nee",
    } | cells_of(course.forms_for(person.role), course.answers(person, wave), wave)


def attendance(course: Course) -> Sheet:
    """Return who was at what: nothing of those who had left, and nothing after the lock."""
    sheet = Sheet("aanwezigheid.csv", ["nummer", "datum", "activiteit", "minuten"])
    for person in course.people:
        dice = Dice(course.seed, "attendance", person.code)
        last = min(person.end or LAST_DAY, course.lock)
        been: set[tuple[date, str]] = set()
        for _ in range(12 + dice.below(30)):
            day = some_day(date(2024, 2, 12), LAST_DAY, dice)
            activity, minutes = dice.one_of(ACTIVITIES[person.role])
            while (day, activity) in been:
                day -= timedelta(days=1)
            been.add((day, activity))
            if day <= last:
                cells = {
                    "nummer": person.code,
                    "datum": day,
                    "activiteit": activity,
                    "minuten": minutes,
                }
                sheet.rows.append(Row(person.code, "", cells))
    sheet.rows.sort(key=lambda row: (row.cells["datum"], row.code))
    return sheet


def harm_attendance(course: Course, sessions: Sheet) -> None:
    """Let a session stand there twice, one be of nobody, and one lie forty years ahead."""
    again, nobody, ahead = course.damage.pick(sessions, 3)
    course.damage.repeat_event(sessions, again)
    course.damage.strange_event(sessions, nobody, "KG-99-1")
    course.damage.far_event(sessions, ahead, date(2064, 3, 4))


def write(
    folder: Path, course: Course, sheets: dict[str, Sheet], *, stray: bool
) -> dict[str, Any]:
    """Write the folder, and return the truth of it."""
    folder.mkdir(parents=True, exist_ok=True)
    files = dict.fromkeys(sheet.file for sheet in sheets.values())
    for file in files:
        pages = [sheet for sheet in sheets.values() if sheet.file == file]
        if any(page.rows for page in pages):
            write_workbook(folder, pages)
    register = with_consent(course, register_of(course, REGISTER))
    write_workbook(folder, [register])
    if stray:
        write_workbook(folder, [quotes(course, register, STORIES)])
    sessions = attendance(course)
    if stray:
        harm_attendance(course, sessions)
    write_csv(folder, sessions, Csv(delimiter=";"))
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
    return write(folder, course, sheets, stray=True)


def simulate_interim(folder: Path) -> dict[str, Any]:
    """Write the course as it stood with the fifth wave still to come."""
    course = lived(interim=True)
    for person in course.people:
        if person.end and person.end > course.lock:
            person.end, person.reason, person.last = None, "", 99
    sheets = exports(course)
    harm(course, sheets, whole=False)
    return write(folder, course, sheets, stray=False)


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
    return write(folder, course, sheets, stray=False)

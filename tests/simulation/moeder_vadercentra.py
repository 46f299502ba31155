"""Moeder- en vadercentra: 60 visitors of five centres, each with a clock of their own."""

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
from tests.simulation.moeder_vadercentra_events import (
    CENTRES,
    LOCK,
    checklist,
    exchanges,
    role_changes,
)
from tests.simulation.people import (
    Person,
    leave,
    lowest_first,
    miss_now_and_then,
    some_day,
    speak,
)
from tests.simulation.sheets import Row, Sheet, cells_of, columns_of
from tests.simulation.writers import Csv, write_csv

KEY, SEED, VISITORS = "moeder-vadercentra", 20240115, 60
PACE = [0.0, 0.6, 1.0]
CALLED = {"start": "start", "half-year": "halfjaar", "year": "jaar"}
PLAIN = Csv()
GAINS: dict[tuple[str, str], tuple[float, float | None]] = {
    ("visitor", "gse-10"): (0.16, None),
    ("visitor", "lsns-6"): (0.35, 2.20),
    ("visitor", "osss-3"): (0.30, None),
    ("visitor", "djg-6"): (-0.25, 1.9),
    ("visitor", "brs"): (0.05, None),
    ("visitor", "rses"): (0.12, None),
    ("visitor", "life-satisfaction"): (0.35, None),
    ("visitor", "self-rated-health"): (0.00, None),
    ("visitor", "participatieladder"): (0.60, 2.3),
    ("visitor", "talent-use"): (0.50, None),
}
REGISTER = {
    "nummer": "code",
    "centrum": "site",
    "organisatie": "organisation",
    "rol": "role",
    "geboortejaar": "birth_year",
    "van": "start",
    "tot": "end",
    "reden": "reason",
}


def visitors() -> list[Person]:
    """Return the visitors: they walk in all year round, the last too late for a year."""
    dice = Dice(SEED, "visitors")
    people = [
        Person(
            code=f"MV-{number:02d}",
            role="visitor",
            birth_year=1950 + dice.below(53),
            site=CENTRES[(number - 1) % 5],
            organisation=f"centrum {1 + (number - 1) % 5}",
            start=some_day(date(2024, 1, 15), date(2025, 6, 13), dice),
        )
        for number in range(1, VISITORS + 1)
    ]
    speak(people, [("Nederlands", 0.0), ("Turks", 0.2), ("Arabisch", 0.2)], dice)
    return people


def lived() -> Course:
    """Return the course: a quarter leaves, those with the smallest network sooner."""
    course = course_of(KEY, SEED, people=visitors(), gains=GAINS, pace=PACE, lock=LOCK)
    order = lowest_first(course.people, course.paths.standard("lsns-6"), Dice(SEED, "leaving"))
    for place, person in enumerate(order[:16]):
        first = place < 7
        reason = ("gestopt", "verhuisd", "gestopt", "onbekend")[place % 4]
        gone = min(person.start + timedelta(days=100 if first else 260), LOCK)
        leave([person], 0 if first else 1, gone, "overleden" if place == 10 else reason)
    miss_now_and_then(course.people, course.waves, 0.05, Dice(SEED, "missing"))
    leave_open(course)
    return course


def export(course: Course) -> Sheet:
    """Return the one long file, in the order in which the forms came in."""
    who = ["nummer", "centrum", "meting", "datum", "taal", "afname"]
    sheet = Sheet("metingen.csv", [*who, *columns_of(course.forms)])
    sheet.rows = [
        course.row(person, wave, _cells(course, person, wave))
        for wave in course.waves
        for person in course.there(wave)
    ]
    sheet.rows.sort(key=lambda row: (row.cells["datum"], row.code))
    return sheet


def _cells(course: Course, person: Person, wave: str) -> dict[str, Any]:
    dice = Dice(SEED, "occasion", person.code, wave)
    return {
        "nummer": person.code,
        "centrum": next(s.label.nl for s in course.design.sites if s.key == person.site),
        "meting": CALLED[wave],
        "datum": course.day(person, wave),
        "taal": person.language,
        "afname": dice.one_of(["papier", "papier", "online", "interview"]),
    } | cells_of(course.forms, course.answers(person, wave), wave)


def harm(course: Course, sheet: Sheet) -> None:
    """Do the harm: first what touches a whole column, then rows, then cells."""
    course.damage.turn_item(sheet, "brs_04", (1, 5))
    _harm_rows(course, sheet)
    _harm_dates(course, sheet)
    _harm_cells(course, sheet)


def _of_wave(course: Course, sheet: Sheet, wave: str) -> list[Row]:
    return [row for row in course.damage.pick(sheet, 999) if row.wave == wave]


def _harm_rows(course: Course, sheet: Sheet) -> None:
    damage = course.damage
    copied, nameless, somewhere, sometime = _of_wave(course, sheet, "half-year")[:4]
    damage.copy_row(sheet, copied)
    damage.lose_code(sheet, nameless, "nummer")
    damage.write("unknown site", "unknown-site", sheet, somewhere, ("centrum", "De Hafen"))
    damage.write("unknown wave", "unknown-wave", sheet, sometime, ("meting", "tussentijds"))
    damage.blank_rows(sheet, 2)


def _harm_dates(course: Course, sheet: Sheet) -> None:
    damage = course.damage
    early, late, later = _of_wave(course, sheet, "year")[:3]
    begun = {person.code: person.start for person in course.people}
    damage.before_the_first(sheet, early, "datum", begun[early.code] - timedelta(days=330))
    damage.late(sheet, late, "datum", begun[late.code] + timedelta(days=500))
    half_year = {row.code for row in sheet.rows if row.wave == "half-year"}
    alone = [row for row in _of_wave(course, sheet, "half-year") if row.code != later.code]
    mislabelled = next(
        r for r in alone if r.code in half_year and not _has(sheet, r.code, "year")
    )
    mislabelled.cells["meting"] = "jaar"
    damage.mislabel(sheet, mislabelled, "meting", "jaar")


def _has(sheet: Sheet, code: str, wave: str) -> bool:
    return any(row.code == code and row.wave == wave for row in sheet.rows)


def _harm_cells(course: Course, sheet: Sheet) -> None:
    damage = course.damage
    one, two, three, four, five, six, seven = damage.pick(sheet, 7)
    damage.no_answer(sheet, one, "rses_03", 99)
    damage.no_answer(sheet, two, "talent_use_01", "n.v.t.")
    damage.write("word", "not-a-number", sheet, three, ("gse_10_02", "drie"))
    damage.pad(sheet, four, "centrum")
    damage.write("bare code", "bare-code", sheet, five, ("djg_6_09", 2))
    damage.write("off the form", "out-of-range", sheet, six, ("rses_07", 4))
    same = [c for c in sheet.columns if c.startswith(("gse", "lsns", "brs", "rses", "osss"))]
    damage.same_everywhere(sheet, seven, same, 3)


def simulate(folder: Path) -> dict[str, Any]:
    """Write the whole course."""
    folder.mkdir(parents=True, exist_ok=True)
    course = lived()
    sheet = export(course)
    harm(course, sheet)
    write_csv(folder, sheet, PLAIN)
    register = register_of(course, REGISTER, "register.csv")
    write_csv(folder, with_consent(course, register), PLAIN)
    write_csv(folder, role_changes(course), PLAIN)
    write_csv(folder, checklist(course), PLAIN)
    write_csv(folder, exchanges(course), PLAIN)
    mark_simulated(folder)
    return truth_of(course)

"""Meet the Parents: 40 single parents, three waves, a web form that exports words."""

from __future__ import annotations

import csv
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
from tests.simulation.krachtige_gezinnen import stray_list
from tests.simulation.meet_the_parents_stories import STORIES
from tests.simulation.people import (
    Person,
    leave,
    lowest_first,
    miss_now_and_then,
    some_day,
    speak,
)
from tests.simulation.sheets import Row, Sheet, cells_of, columns_of, words
from tests.simulation.stories import quotes
from tests.simulation.writers import Csv, write_csv, write_workbook

KEY, SEED, PARENTS = "meet-the-parents", 20240903, 40
FILES = {"start": "start.csv", "end": "eind.csv", "follow-up": "nameting.csv"}
LAST_DAY = date(2026, 1, 23)  # the coffee hour stays
WEB = Csv(encoding="utf-8-sig", day="{0.day}-{0.month}-{0.year}", quoting=csv.QUOTE_ALL)
GAINS: dict[tuple[str, str], tuple[float, float | None]] = {
    ("parent", "gse-10"): (0.14, None),
    ("parent", "lsns-6"): (0.32, 2.05),
    ("parent", "osss-3"): (0.30, 2.7),
    ("parent", "djg-6"): (-0.22, 1.95),
    ("parent", "brs"): (0.08, None),
    ("parent", "pfw"): (0.05, 3.9),
    ("parent", "life-satisfaction"): (0.35, 6.2),
    ("parent", "self-rated-health"): (0.10, None),
    ("parent", "participatieladder"): (0.40, 3.0),
    ("parent", "exercise-days"): (0.60, None),
    ("parent", "healthy-food"): (-0.10, None),
    ("parent", "making-ends-meet"): (0.00, None),
}
REGISTER = {
    "nummer": "code",
    "organisatie": "organisation",
    "rol": "role",
    "geboortejaar": "birth_year",
    "van": "start",
    "tot": "end",
    "reden": "reason",
}
WHO = ["nummer", "datum", "afname", "taal", "duur in minuten"]
STEPS = ["grens", "grens", "baan", "opleiding", "sport"]


def parents() -> list[Person]:
    """Return the parents, one a household."""
    dice = Dice(SEED, "parents")
    people = [
        Person(
            code=f"AP-{number:02d}",
            role="parent",
            birth_year=1972 + dice.below(29),
            organisation="platform",
            start=some_day(date(2024, 8, 12), date(2024, 8, 30), dice),
        )
        for number in range(1, PARENTS + 1)
    ]
    speak(people, [("Nederlands", 0.0), ("Engels", 0.15)], dice)
    return people


def lived() -> Course:
    """Return the course: a third leaves, the less confident sooner."""
    course = course_of(KEY, SEED, people=parents(), gains=GAINS, pace=[0.0, 0.9, 1.0])
    order = lowest_first(course.people, course.paths.standard("gse-10"), Dice(SEED, "leaving"))
    leave(order[:4], 0, date(2024, 12, 20), "gestopt")
    leave(order[4:7], 0, date(2025, 3, 31), "verhuisd")
    leave(order[7:11], 1, date(2025, 9, 12), "gestopt")
    leave(order[11:12], 1, date(2025, 8, 29), "verhuisd")
    miss_now_and_then(course.people, course.waves, 0.05, Dice(SEED, "missing"))
    leave_open(course)
    return course


def exports(course: Course) -> dict[str, Sheet]:
    """Return the file of each wave, in the order in which the forms came in."""
    sheets = {}
    for wave, file in FILES.items():
        sheet = Sheet(file, [*WHO, *columns_of(course.forms)])
        sheet.rows = [course.row(p, wave, _cells(course, p, wave)) for p in course.there(wave)]
        sheet.rows.sort(key=lambda row: (row.cells["datum"], row.code))
        sheets[wave] = sheet
    return sheets


def _cells(course: Course, person: Person, wave: str) -> dict[str, Any]:
    dice = Dice(SEED, "occasion", person.code, wave)
    mode = dice.one_of(["online", "online", "online", "telefoon"])
    return {
        "nummer": person.code,
        "datum": course.day(person, wave),
        "afname": mode,
        "taal": person.language,
        "duur in minuten": _minutes(person, wave) if mode == "online" else None,
    } | cells_of(course.forms, course.answers(person, wave), wave, words)


def _minutes(person: Person, wave: str) -> int:
    """Return how long somebody took, which the web form knows; nobody timed the telephone."""
    return 12 + Dice(SEED, "minutes", person.code, wave).below(24)


def coffee_hours(course: Course) -> Sheet:
    """Return who came to the coffee hour and what grew from it."""
    sheet = Sheet("koffie-uur.csv", ["nummer", "datum", "activiteit", "minuten"])
    for person in course.people:
        dice = Dice(SEED, "coffee", person.code)
        been: set[tuple[date, str]] = set()
        for _ in range(6 + dice.below(32)):
            day = some_day(date(2024, 9, 9), LAST_DAY, dice)
            activity = dice.one_of(
                ["koffie-uur", "koffie-uur", "koffie-uur", "sport", "gezinsactiviteit"]
            )
            while (day, activity) in been:
                day -= timedelta(days=1)
            been.add((day, activity))
            minutes = 120 if activity == "gezinsactiviteit" else 60
            cells = {
                "nummer": person.code,
                "datum": day,
                "activiteit": activity,
                "minuten": minutes,
            }
            if day <= (person.end or LAST_DAY):
                sheet.rows.append(Row(person.code, "", cells))
    sheet.rows.sort(key=lambda row: (row.cells["datum"], row.code))
    return sheet


def steps(course: Course) -> Sheet:
    """Return the steps that parents took."""
    sheet = Sheet("stappen.csv", ["nummer", "datum", "stap"])
    for person in course.people:
        dice = Dice(SEED, "steps", person.code)
        for _ in range(dice.below(3)):
            day = some_day(date(2024, 11, 4), date(2025, 12, 19), dice)
            if day <= (person.end or LAST_DAY):
                cells = {"nummer": person.code, "datum": day, "stap": dice.one_of(STEPS)}
                sheet.rows.append(Row(person.code, "", cells))
    sheet.rows.sort(key=lambda row: (row.cells["datum"], row.code))
    return sheet


def harm(course: Course, sheets: dict[str, Sheet]) -> None:
    """Do the harm."""
    _harm_start(course, sheets["start"])
    _harm_end(course, sheets["end"])
    _harm_last(course, sheets["follow-up"], sheets["end"])
    course.damage.stray(stray_list().file)


def _harm_start(course: Course, start: Sheet) -> None:
    damage = course.damage
    can_turn = [row for row in damage.pick(start, 99) if _turns_out(row.cells["datum"])]
    damage.turn_date(start, can_turn[0], "datum")
    one, two, three, four = damage.pick(start, 4)
    damage.write("word", "not-a-number", start, one, ("Zelfvertrouwen 6", "helemal"))
    damage.pad(start, two, "Zelfvertrouwen 3")
    damage.no_answer(start, three, "Eenzaam 4", "weet ik niet")
    same = [column for column in start.columns if column.startswith("Veerkracht")]
    damage.same_everywhere(start, four, same, "eens")
    damage.copy_row(start, damage.pick(start, 1)[0])


def _turns_out(day: date) -> bool:
    """Whether day and month can be swapped, and the swapped date lies outside the window."""
    return day.day <= 8


def _harm_end(course: Course, end: Sheet) -> None:
    damage = course.damage
    one, two, three, four = damage.pick(end, 4)
    damage.late(end, one, "datum", date(2025, 7, 9))
    damage.no_answer(end, two, "Geld 7", 99)
    damage.no_answer(end, three, "Steun 3", "n.v.t.")
    damage.add_column(
        end, "opmerkingen", {four.code: "graag een oproep per app", one.code: "was op reis"}
    )
    damage.blank_rows(end, 2)


def _harm_last(course: Course, last: Sheet, end: Sheet) -> None:
    damage = course.damage
    first, second, other = damage.pick(last, 3)
    damage.share_code(last, (first, second), "nummer")
    damage.write("off the form", "out-of-range", last, other, ("Geld 2", 11))
    at_end = {row.code for row in end.rows}
    filed_late = next((row for row in damage.pick(last, 99) if row.code not in at_end), None)
    if filed_late:
        person = next(p for p in course.people if p.code == filed_late.code)
        filed_late.cells, filed_late.wave = _cells(course, person, "end"), "end"
        damage.mislabel(last, filed_late, None, filed_late.cells["datum"])


def _who_wants_all_removed(course: Course) -> str:
    """Return the last of those who stopped after the first form, which is in order."""
    faulty = {fault.participant for fault in course.damage.faults}
    gone = [p.code for p in course.people if p.reason == "gestopt" and p.last == 0]
    return [code for code in gone if code not in faulty][-1]


def simulate(folder: Path) -> dict[str, Any]:
    """Write the whole course."""
    folder.mkdir(parents=True, exist_ok=True)
    course = lived()
    sheets = exports(course)
    harm(course, sheets)
    removed = _who_wants_all_removed(course)
    happened = [coffee_hours(course), steps(course)]
    for sheet in happened:
        for row in sheet.rows:
            if row.code == removed:
                course.damage.note_row("event of who withdrew", "withdrawn", sheet, row)
    for sheet in [*sheets.values(), *happened]:
        write_csv(folder, sheet, WEB)
    register = with_consent(course, register_of(course, REGISTER), removed)
    too_young = course.damage.pick(register, 1)[0]
    course.damage.write(
        "year of birth", "age-outside", register, too_young, ("geboortejaar", 2012)
    )
    for sheet in sheets.values():
        for row in sheet.rows:
            if row.code == too_young.code:
                course.damage.note_row("form for another age", "age-of-form", sheet, row)
    write_workbook(folder, [register])
    write_workbook(folder, [quotes(course, register, STORIES)])
    write_workbook(folder, [stray_list()])
    mark_simulated(folder)
    return truth_of(course)

"""What Krachtige Gezinnen registers: who was at what, and what weighed on a family."""

from __future__ import annotations

from datetime import date, timedelta

from tests.simulation.course import Course
from tests.simulation.dice import Dice
from tests.simulation.people import some_day
from tests.simulation.sheets import Row, Sheet

LAST_DAY = date(2026, 4, 10)  # activities go on after the last wave has closed
ACTIVITIES = {
    "parent": [
        ("oudercursus", 120),
        ("opvoedcursus", 120),
        ("dialoogtafel", 90),
        ("coaching", 60),
    ],
    "child": [("workshop", 90), ("kunst", 120)],
}
BURDENS = ["ziekte", "verlies", "schuld", "baan kwijt"]


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


def burdens(course: Course) -> Sheet:
    """Return what happened to a few families that weighs on them, a line a family and event."""
    sheet = Sheet("ingrijpend.csv", ["gezin", "datum", "gebeurtenis"])
    ends = {person.family: person.end or LAST_DAY for person in course.people}
    for family, end in ends.items():
        dice = Dice(course.seed, "burdens", family)
        day = some_day(date(2024, 3, 4), LAST_DAY, dice)
        what = dice.one_of(BURDENS)
        if dice.chance(0.42) and day <= min(end, course.lock):
            cells = {"gezin": family, "datum": day, "gebeurtenis": what}
            sheet.rows.append(Row("", "", cells))
    sheet.rows.sort(key=lambda row: (row.cells["datum"], row.cells["gezin"]))
    return sheet

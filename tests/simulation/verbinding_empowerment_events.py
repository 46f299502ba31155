"""What Verbinding & Empowerment registers: contacts, requests, and help that was not used."""

from __future__ import annotations

from datetime import date

from tests.simulation.course import Course
from tests.simulation.dice import Dice
from tests.simulation.people import Person, some_day
from tests.simulation.sheets import Row, Sheet

LAST_DAY = date(2026, 3, 20)  # contacts go on after the last wave has closed
CONTACTS = ["huisbezoek", "telefoon", "app", "inloop"]
TOPICS = ["geld", "papieren", "opvoeden", "stress", "kleding"]
REQUESTS = ["kleding", "speelgoed", "geldzaken", "papieren", "maatje"]
WORK = ["kledingbank", "spreekuur", "maatje", "training"]
BURDENS = ["verhuizing", "ziekte", "schuld", "scheiding", "baan kwijt"]
WHY_NOT = ["onbekend", "schaamte", "moeilijk", "vertrouwen", "afgewezen"]


def contacts(course: Course) -> Sheet:
    """Return the coaches' logbook: who was seen when, how, for how long, about what."""
    sheet = Sheet(
        "contacten.csv", ["nummer", "datum", "contact", "minuten", "vorm", "onderwerp"]
    )
    for person in _parents(course):
        dice = Dice(course.seed, "contacts", person.code)
        for _ in range(4 + dice.below(12)):
            kind, day = dice.one_of(CONTACTS), some_day(date(2025, 2, 3), LAST_DAY, dice)
            cells = {
                "nummer": person.code,
                "datum": day,
                "contact": kind,
                "minuten": dice.one_of([10, 15, 30, 45, 60]),
                "vorm": "op afstand" if kind in ("telefoon", "app") else "in persoon",
                "onderwerp": dice.one_of(TOPICS),
            }
            if day <= (person.end or LAST_DAY):
                sheet.rows.append(Row(person.code, "", cells))
    sheet.rows.sort(key=lambda row: (row.cells["datum"], row.code))
    return sheet


def logbook(course: Course) -> Sheet:
    """Return the volunteers' logbook: what they did when, and for how long."""
    sheet = Sheet(
        "logboek vrijwilligers.csv", ["nummer", "datum", "werk", "minuten", "bijzonderheden"]
    )
    for person in course.people:
        if person.role != "volunteer":
            continue
        dice = Dice(course.seed, "logbook", person.code)
        for _ in range(6 + dice.below(10)):
            day = some_day(date(2025, 2, 3), LAST_DAY, dice)
            cells = {
                "nummer": person.code,
                "datum": day,
                "werk": dice.one_of(WORK),
                "minuten": dice.one_of([60, 90, 120, 180]),
                "bijzonderheden": dice.one_of(["druk", "rustig", None, None]),
            }
            if day <= (person.end or LAST_DAY):
                sheet.rows.append(Row(person.code, "", cells))
    sheet.rows.sort(key=lambda row: (row.cells["datum"], row.code))
    return sheet


def _parents(course: Course) -> list[Person]:
    return [person for person in course.people if person.role == "parent"]


def requests(course: Course) -> Sheet:
    """Return what parents asked, what was matched, and what was fulfilled."""
    columns = ["nummer", "volgnummer", "datum", "vraag", "status"]
    sheet = Sheet("hulpvragen.xlsx", columns, name="Hulpvragen")
    for person in _parents(course):
        dice = Dice(course.seed, "requests", person.code)
        for place in range(dice.below(4)):
            asked, wanted = (
                some_day(date(2025, 2, 3), date(2025, 8, 29), dice),
                dice.one_of(REQUESTS),
            )
            reached = 1 + dice.chance(0.8) + dice.chance(0.7)
            for step, status in enumerate(["gevraagd", "gekoppeld", "vervuld"][:reached]):
                day = asked.replace(month=asked.month + step, day=min(asked.day, 28))
                who = {"nummer": person.code, "volgnummer": place + 1}
                cells = who | {"datum": day, "vraag": wanted, "status": status}
                sheet.rows.append(Row(person.code, "", cells))
    return sheet


def burdens(course: Course) -> Sheet:
    """Return what happened to families that weighs on them, as their coach wrote it down."""
    sheet = Sheet("ingrijpend.csv", ["nummer", "datum", "gebeurtenis"])
    for person in _parents(course):
        dice = Dice(course.seed, "burdens", person.code)
        day = some_day(date(2025, 2, 3), LAST_DAY, dice)
        what = dice.one_of(BURDENS)
        if dice.chance(0.25) and day <= (person.end or LAST_DAY):
            cells = {"nummer": person.code, "datum": day, "gebeurtenis": what}
            sheet.rows.append(Row(person.code, "", cells))
    return sheet


def unused(course: Course) -> Sheet:
    """Return why parents had not used help that exists."""
    sheet = Sheet("niet-gebruik.csv", ["nummer", "datum", "reden"])
    for person in _parents(course):
        dice = Dice(course.seed, "unused", person.code)
        if dice.chance(0.6):
            cells = {
                "nummer": person.code,
                "datum": course.day(person, "t0"),
                "reden": dice.one_of(WHY_NOT),
            }
            sheet.rows.append(Row(person.code, "", cells))
    return sheet

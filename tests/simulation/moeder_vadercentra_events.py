"""What the centres register: roles, talents passed on, and the principles of the method."""

from __future__ import annotations

from datetime import date, timedelta

from tests.simulation.course import Course
from tests.simulation.dice import Dice
from tests.simulation.people import some_day
from tests.simulation.sheets import Row, Sheet

LOCK = date(2026, 2, 27)
CENTRES = ["de-haven", "de-tuin", "het-plein", "de-keuken", "de-brug"]
ROLES = ["bezoeker", "meehelper", "vrijwilliger", "coördinator"]
OF_FATHERS = {"vaderschap", "zorg", "leiderschap", "integraal"}  # with chance of their own
TALENTS = ["koken", "taal", "handwerk", "computer", "papieren"]


def role_changes(course: Course) -> Sheet:
    """Return who took which role in a centre, and from when."""
    sheet = Sheet("rollen.csv", ["nummer", "datum", "rol"])
    for person in course.people:
        dice, day = Dice(course.seed, "roles", person.code), person.start
        taken = ROLES[: 1 + sum(dice.chance(share) for share in (0.55, 0.35, 0.12))]
        if len(taken) == 3 and Dice(course.seed, "coordinator", person.code).chance(0.5):
            taken = ROLES
        for role in taken:
            if day <= min(person.end or LOCK, LOCK):
                cells = {"nummer": person.code, "datum": day, "rol": role}
                sheet.rows.append(Row(person.code, "", cells))
            day = some_day(day + timedelta(days=40), day + timedelta(days=200), dice)
    sheet.rows.sort(key=lambda row: (row.cells["datum"], row.code))
    return sheet


def checklist(course: Course) -> Sheet:
    """Return how the centres kept to the principles: twice a year, a line each."""
    sheet = Sheet("uitgangspunten.csv", ["centrum", "datum", "uitgangspunt", "gelukt"])
    label = {site.key: site.label.nl for site in course.design.sites}
    event = next(each for each in course.design.events if each.means == "principle")
    for site in CENTRES:
        dice = Dice(course.seed, "principles", site)
        ease = 0.45 + 0.3 * dice.uniform()
        for place, month in enumerate([date(2024, 6, 3), date(2024, 12, 2), date(2025, 6, 2)]):
            day = month + timedelta(days=dice.below(20))
            for kind in event.kinds:
                later = Dice(course.seed, "principles", site, kind, str(month))
                own = later if kind in OF_FATHERS else dice
                luck = own.uniform() - 0.08 * place
                kept = "ja" if luck < ease else "deels" if luck < ease + 0.3 else "nee"
                cells = {"centrum": label[site], "datum": day, "uitgangspunt": kind}
                told = {"gelukt": None if own.chance(0.04) else kept}
                sheet.rows.append(Row("", "", cells | told))
    sheet.rows.sort(key=lambda row: (row.cells["datum"], row.cells["centrum"]))
    return sheet


def exchanges(course: Course) -> Sheet:
    """Return who passed on a talent and who received one; some do neither."""
    sheet = Sheet("talentenruil.csv", ["nummer", "datum", "talent", "gegeven of gekregen"])
    for person in course.people:
        dice, end = Dice(course.seed, "exchanges", person.code), min(person.end or LOCK, LOCK)
        gives, receives = dice.chance(0.45), dice.chance(0.65)
        for side, does in (("gegeven", gives), ("gekregen", receives)):
            for _ in range(1 + dice.below(3)):
                day = some_day(person.start, person.start + timedelta(days=400), dice)
                talent = dice.one_of(TALENTS)
                if does and day <= end:
                    cells = {"nummer": person.code, "datum": day, "talent": talent}
                    told = {"gegeven of gekregen": side}
                    sheet.rows.append(Row(person.code, "", cells | told))
    sheet.rows.sort(key=lambda row: (row.cells["datum"], row.code, row.cells["talent"]))
    return sheet

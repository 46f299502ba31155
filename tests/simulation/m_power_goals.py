"""The goals of the men of M-pOwer: set before the start, rated by himself and his coach."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from tests.simulation.course import Course
from tests.simulation.dice import Dice
from tests.simulation.people import Person
from tests.simulation.sheets import Row, Sheet

COLUMNS = ["nummer", "doel", "datum", "wat", "niveau", "gewicht", "door"]
CHANGED = 0.15  # of the men with a form halfway who change their first goal there


def goals(course: Course) -> Sheet:
    """Return the register of goals, in the order of the days."""
    sheet = Sheet("doelen.csv", COLUMNS)
    for man in course.people:
        sheet.rows += _of(course, man)
    sheet.rows.sort(key=lambda row: (row.cells["datum"], row.code, row.cells["doel"]))
    return sheet


def _of(course: Course, man: Person) -> list[Row]:
    dice = Dice(course.seed, "goal register", man.code)
    there = [wave for wave in course.waves[1:] if man in course.there(wave)]
    changed = "halfway" in there and dice.chance(CHANGED)
    rows = []
    for number in range(1, 4):
        item = f"gas_{number:02d}"
        if course.answers(man, course.waves[0])[item] is None:
            continue
        weight = (1 + dice.below(3)) * (1 + dice.below(3))
        day = man.start - timedelta(days=1 + dice.below(9))
        name = f"doel {number}"
        rows.append(_row(man, name, day, {"wat": "gesteld", "gewicht": weight}))
        for wave in there:
            on, level = course.day(man, wave), course.answers(man, wave)[item]
            if level is None:
                continue
            coach = min(2, max(-2, level + dice.one_of([-1, 0, 0, 0, 1])))
            for rater, said in (("man", level), ("coach", coach)):
                told = {"wat": "beoordeeld", "niveau": said, "door": rater}
                rows.append(_row(man, name, on, told))
            if changed and number == 1 and wave == "halfway":
                rows.append(_row(man, name, on, {"wat": "gewijzigd"}))
                name = "doel 1, nieuw"
                rows.append(_row(man, name, on, {"wat": "gesteld", "gewicht": weight}))
    return rows


def _row(man: Person, goal: str, day: date, told: dict[str, Any]) -> Row:
    return Row(man.code, "", {"nummer": man.code, "doel": goal, "datum": day} | told)

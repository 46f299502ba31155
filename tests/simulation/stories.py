"""Simulated stories: what people said, coded by two, and not all of it fit to be shown."""

from __future__ import annotations

from dataclasses import dataclass

from tests.simulation.course import Course
from tests.simulation.dice import Dice
from tests.simulation.sheets import Row, Sheet

COLUMNS = [
    "nummer",
    "rol",
    "domein",
    "richting",
    "codeur",
    "richting tweede codeur",
    "toestemming",
    "goedgekeurd",
    "tekst",
]


@dataclass(frozen=True, slots=True)
class Said:
    """One invented story: in which role, about what, and which way for both coders."""

    role: str
    domain: str
    direction: str
    text: str
    second: str | None = None
    fault: str = ""


def quotes(course: Course, register: Sheet, stories: list[Said]) -> Sheet:
    """Return the quotes of a course, each of somebody else where there are people enough.

    Whoever consented to quotes said what may be shown. Planted are a story without consent,
    one that its person has not approved, and one by which somebody may be recognised. What
    children said counts, and is not shown.
    """
    sheet = Sheet("quotes.xlsx", COLUMNS, name="Verhalen")
    willing = _willing(course, register, "ja")
    unwilling = _willing(course, register, "nee")
    for place, story in enumerate(stories):
        able = (unwilling if story.fault == "no consent" else willing)[story.role]
        row = Row(able[place % len(able)], "", {})
        row.cells = {
            "nummer": row.code,
            "rol": next(r.label.nl for r in course.design.roles if r.key == story.role),
            "domein": story.domain,
            "richting": story.direction,
            "codeur": "C1",
            "richting tweede codeur": story.second or story.direction,
            "toestemming": "ja",
            "goedgekeurd": "nee" if story.fault == "not approved" else "ja",
            "tekst": story.text,
        }
        sheet.rows.append(row)
    for row, story in zip(sheet.rows, stories, strict=True):
        fault = story.fault or ("" if course.design.role(story.role).adult else "of a child")
        if fault:
            course.damage.note_row(f"quote: {fault}", RULES[fault], sheet, row)
    return sheet


RULES = {
    "no consent": "quote-without-consent",
    "not approved": "quote-not-approved",
    "recognisable": "quote-may-identify",
    "of a child": "quote-of-child",
}


def _willing(course: Course, register: Sheet, said: str) -> dict[str, list[str]]:
    """Return who answered so to the use of quotes, by role, in an order that dice chose."""
    people: dict[str, list[str]] = {role.key: [] for role in course.design.roles}
    roles = {person.code: person.role for person in course.people}
    rows = [row for row in register.rows if row.cells["toestemming citaten"] == said]
    kept = [row.code for row in rows if not row.cells["ingetrokken"]]
    for code in sorted(kept, key=lambda code: Dice(course.seed, "quotes", code).below(10**6)):
        people[roles[code]].append(code)
    return people

"""Verbinding & Empowerment: parents, coaches and volunteers, two waves side by side in SPSS."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from tests.simulation.answers import Form
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
from tests.simulation.people import (
    Person,
    leave,
    lowest_first,
    miss_now_and_then,
    some_day,
    speak,
)
from tests.simulation.sheets import Row, Sheet, cells_of, columns_of
from tests.simulation.verbinding_empowerment_events import (
    burdens,
    contacts,
    logbook,
    requests,
    unused,
)
from tests.simulation.writers import Csv, Spss, write_csv, write_sav, write_workbook

KEY, SEED = "verbinding-empowerment", 20250120
FILES = {"parent": "ouders.sav", "coach": "coaches.sav", "volunteer": "vrijwilligers.sav"}
MISSING = {98: "weet niet", 99: "geen antwoord"}
# The options as this file labels them: loneliness and health run the other way round.
LABELS = {
    "djg-6": {1: "ja", 2: "min of meer", 3: "nee"},
    "self-rated-health": {
        1: "zeer goed",
        2: "goed",
        3: "gaat wel",
        4: "slecht",
        5: "zeer slecht",
    },
}
GAINS: dict[tuple[str, str], tuple[float, float | None]] = {
    ("parent", "gse-10"): (0.12, 2.65),
    ("parent", "lsns-6"): (0.05, 2.10),
    ("parent", "osss-3"): (0.20, None),
    ("parent", "djg-6"): (-0.10, 1.9),
    ("parent", "brs"): (-0.05, 2.9),
    ("parent", "pfw"): (0.70, 3.4),
    ("parent", "life-satisfaction"): (0.30, 5.9),
    ("parent", "self-rated-health"): (-0.10, 3.1),
    ("parent", "participatieladder"): (0.30, 2.4),
    ("parent", "making-ends-meet"): (0.30, 1.8),
    ("parent", "talk-about-money"): (0.60, None),
    ("parent", "feeling-safe"): (0.00, 3.1),
    ("coach", "gse-10"): (0.05, 3.15),
    ("coach", "pss-4"): (0.15, 1.3),
    ("coach", "life-satisfaction"): (0.10, 7.0),
    ("volunteer", "gse-10"): (0.20, 2.90),
    ("volunteer", "rses"): (0.20, None),
    ("volunteer", "lsns-6"): (0.30, None),
    ("volunteer", "participatieladder"): (0.90, 3.0),
}
REGISTER = {
    "nummer": "code",
    "gezin": "family",
    "organisatie": "organisation",
    "rol": "role",
    "geboortejaar": "birth_year",
    "van": "start",
    "tot": "end",
    "reden": "reason",
}
DUTCH = Csv(delimiter=";", day="{0:%d-%m-%Y}")


def everyone() -> list[Person]:
    """Return thirty parents in 24 families, six coaches and eight volunteers."""
    dice = Dice(SEED, "people")
    people = [
        _one(f"VE-{number:02d}-{place}", "parent", f"VE-{number:02d}", dice)
        for number in range(1, 25)
        for place in range(1, 3 if number % 4 == 0 else 2)
    ]
    people += [_one(f"VE-C{number}", "coach", "", dice) for number in range(1, 7)]
    people += [_one(f"VE-V{number}", "volunteer", "", dice) for number in range(1, 9)]
    speak(people, [("Nederlands", 0.0), ("Papiaments", 0.2), ("Arabisch", 0.15)], dice)
    return people


def _one(code: str, role: str, family: str, dice: Dice) -> Person:
    return Person(
        code=code,
        role=role,
        birth_year=1962 + dice.below(38),
        family=family,
        organisation="platform",
        start=some_day(date(2025, 1, 6), date(2025, 1, 17), dice),
    )


def lived() -> Course:
    """Return the course: seven parents, a coach and two volunteers are gone by the end."""
    course = course_of(KEY, SEED, people=everyone(), gains=GAINS, pace=[0.0, 1.0])
    dice, standing = Dice(SEED, "leaving"), course.paths.standard("gse-10")
    first = [p for p in course.people if p.role == "parent" and p.code.endswith("-1")]
    gone = [person.family for person in lowest_first(first, standing, dice)][:6]
    leave([p for p in course.people if p.family in gone[:4]], 0, date(2025, 9, 5), "gestopt")
    leave([p for p in course.people if p.family in gone[4:]], 0, date(2025, 7, 18), "verhuisd")
    for role, how_many in (("coach", 1), ("volunteer", 2)):
        others = lowest_first([p for p in course.people if p.role == role], standing, dice)
        leave(others[:how_many], 0, date(2025, 10, 31), "gestopt")
    miss_now_and_then(course.people, course.waves, 0.03, Dice(SEED, "missing"))
    leave_open(course)
    return course


def exports(course: Course) -> dict[str, Sheet]:
    """Return the file of each role: one row a person, both waves in its columns."""
    return {role: _side_by_side(course, role, file) for role, file in FILES.items()}


def _side_by_side(course: Course, role: str, file: str) -> Sheet:
    forms = course.forms_for(role)
    columns = ["nummer", "gezin"] if role == "parent" else ["nummer"]
    for wave in course.waves:
        columns += [f"datum_{wave}", f"afname_{wave}", *columns_of(forms, wave)]
    sheet = Sheet(file, columns)
    for person in course.people:
        if person.role == role:
            cells: dict[str, Any] = {"nummer": person.code, "gezin": person.family}
            for wave in course.waves:
                if person in course.there(wave):
                    cells |= _cells(course, person, wave)
            sheet.rows.append(Row(person.code, "", cells))
    return sheet


def _cells(course: Course, person: Person, wave: str) -> dict[str, Any]:
    dice = Dice(SEED, "occasion", person.code, wave)
    mode = (
        "interview" if person.language != "Nederlands" else dice.one_of(["papier", "telefoon"])
    )
    return {f"datum_{wave}": course.day(person, wave), f"afname_{wave}": mode} | cells_of(
        course.forms_for(person.role), course.answers(person, wave), wave, _numbered
    )


def _numbered(form: Form, value: int) -> int:
    """Turn the two forms whose numbers run the other way round in this file."""
    turned = form.instrument.key in LABELS
    return (
        form.instrument.responses.low + form.instrument.responses.high - value
        if turned
        else value
    )


def spss_of(course: Course, role: str, sheet: Sheet) -> Spss:
    """Return the value labels, user-missing codes and variable labels of a file."""
    value_labels, labels, missing = {}, {}, {}
    for form in course.forms_for(role):
        options = LABELS.get(form.instrument.key) or {
            number: word for word, number in form.instrument.responses.options.items()
        }
        for item in form.items:
            for wave in course.waves:
                column = form.asked.column(item, wave)
                value_labels[column] = options | MISSING
                missing[column] = list(MISSING)
                labels[column] = f"{form.instrument.items[item].nl} ({wave})"
    return Spss(value_labels, missing, labels)


def harm(course: Course, sheets: dict[str, Sheet]) -> None:
    """Do the harm."""
    parents, volunteers = sheets["parent"], sheets["volunteer"]
    _harm_cells(course, parents)
    _harm_rows(course, parents)
    damage = course.damage
    damage.no_answer(volunteers, damage.pick(volunteers, 1)[0], "rses_04_t0", 98)


def _harm_cells(course: Course, parents: Sheet) -> None:
    damage = course.damage
    one, two, three, four, five = damage.pick(parents, 5)
    damage.no_answer(parents, one, "talk_about_money_01_t0", 98)
    damage.no_answer(parents, two, "osss_3_03_t0", 99)
    damage.no_answer(parents, three, "djg_6_10_t0", 99)
    damage.write("off the form", "out-of-range", parents, four, ("gse_10_06_t0", 5))
    same = [
        c for c in parents.columns if c.endswith("_t0") and c.startswith(("gse", "lsns", "brs"))
    ]
    damage.same_everywhere(parents, five, same, 2)
    marked = {row.code: 1 for row in parents.rows if row.cells.get("datum_t1")}
    damage.add_column(parents, "filter_$", marked)


def _harm_rows(course: Course, parents: Sheet) -> None:
    damage = course.damage
    both = [row for row in damage.pick(parents, 99) if row.cells.get("datum_t1")]
    early, late = both[:2]
    damage.before_the_first(parents, early, "datum_t1", date(2024, 2, 13))
    damage.late(parents, late, "datum_t1", date(2026, 3, 13))
    once = [row for row in damage.pick(parents, 99) if not row.cells.get("datum_t1")]
    damage.recode(parents, once[0], "nummer", "VE-42-1")
    damage.copy_row(parents, damage.pick(parents, 1)[0])
    damage.blank_rows(parents, 2)


def simulate(folder: Path) -> dict[str, Any]:
    """Write the whole course."""
    folder.mkdir(parents=True, exist_ok=True)
    course = lived()
    sheets = exports(course)
    harm(course, sheets)
    for role, sheet in sheets.items():
        write_sav(folder, sheet, spss_of(course, role, sheet))
    write_workbook(folder, [with_consent(course, register_of(course, REGISTER))])
    write_csv(folder, contacts(course), DUTCH)
    asked = requests(course)
    course.damage.note_after_leaving(asked, {p.code: p.end for p in course.people})
    write_workbook(folder, [asked])
    write_csv(folder, logbook(course), DUTCH)
    write_csv(folder, burdens(course), DUTCH)
    write_csv(folder, unused(course), DUTCH)
    mark_simulated(folder)
    return truth_of(course)

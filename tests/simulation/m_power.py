"""M-pOwer: 36 men in five groups, three waves, Dutch Excel CSV in cp1252."""

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
from tests.simulation.m_power_goals import goals
from tests.simulation.m_power_stories import STORIES
from tests.simulation.people import (
    Person,
    leave,
    lowest_first,
    miss_now_and_then,
    some_day,
    speak,
)
from tests.simulation.sheets import Row, Sheet, cells_of, columns_of
from tests.simulation.stories import quotes
from tests.simulation.writers import Csv, write_csv, write_workbook

KEY, SEED, MEN = "m-power", 20240902, 36
PACE = [0.0, 0.6, 1.0]
FILES = {"intake": "intake.csv", "halfway": "halverwege.csv", "end": "eind.csv"}
EXCEL = Csv(encoding="cp1252", delimiter=";", decimal_comma=True, day="{0:%d-%m-%Y}")
GAINS: dict[tuple[str, str], tuple[float, float | None]] = {
    ("man", "gse-10"): (0.20, 2.60),
    ("man", "lsns-6"): (0.18, 2.00),
    ("man", "osss-3"): (0.25, None),
    ("man", "djg-6"): (-0.15, 2.0),
    ("man", "brs"): (0.12, None),
    ("man", "life-satisfaction"): (0.60, 5.6),
    ("man", "self-rated-health"): (0.05, None),
    ("man", "participatieladder"): (0.70, 2.0),
    ("man", "gas"): (1.30, None),
    ("man", "day-activity-hours"): (4.0, None),
}
REGISTER = {
    "nummer": "code",
    "groep": "site",
    "organisatie": "organisation",
    "rol": "role",
    "geboortejaar": "birth_year",
    "van": "start",
    "tot": "end",
    "reden": "reason",
}
PARTNERS = ["welzijn", "vluchtelingenwerk", "vrijwilligerspunt", "zelforganisatie", "moskee"]
NOTES = ["financiële vraag", "wil één doel tegelijk", "komt via het café", "", "", "", "", ""]


def men() -> list[Person]:
    """Return the men, group by group."""
    dice = Dice(SEED, "men")
    people = [
        Person(
            code=f"MP-{number:02d}",
            role="man",
            birth_year=1959 + dice.below(42),
            site=f"groep-{1 + (number - 1) % 5}",
            organisation=dice.one_of(PARTNERS),
            start=some_day(date(2024, 8, 19), date(2024, 8, 30), dice),
        )
        for number in range(1, MEN + 1)
    ]
    speak(people, [("Nederlands", 0.0), ("Tigrinya", 0.2), ("Arabisch", 0.25)], dice)
    return people


def lived() -> Course:
    """Return the course: nearly a third leaves, the least confident sooner."""
    course = course_of(KEY, SEED, people=men(), gains=GAINS, pace=PACE)
    order = lowest_first(course.people, course.paths.standard("gse-10"), Dice(SEED, "leaving"))
    leave(order[:2], 0, date(2024, 12, 13), "gestopt")
    leave(order[2:4], 0, date(2025, 1, 31), "verhuisd")
    leave(order[4:8], 1, date(2025, 6, 20), "gestopt")
    leave(order[8:10], 1, date(2025, 7, 4), "onbekend")
    leave(order[-1:], 99, date(2025, 11, 28), "verhuisd")
    miss_now_and_then(course.people, course.waves, 0.04, Dice(SEED, "missing"))
    _own_goals(course)
    leave_open(course)
    return course


def _own_goals(course: Course) -> None:
    """Each man sets one to three goals; those he did not set stay empty at every wave."""
    dice = Dice(SEED, "goals")
    for man in course.people:
        unset = [f"gas_{n:02d}" for n in range(2 + dice.below(3), 4)]
        for wave in course.waves:
            course.answers(man, wave).update(dict.fromkeys(unset))


def exports(course: Course) -> dict[str, Sheet]:
    """Return the file of each wave."""
    sheets = {}
    for wave, file in FILES.items():
        above = ["M-pOwer eindmeting", "gemaakt met het deelnemersvolgsysteem"]
        who = ["nummer", "groep", "datum", "afname", "taal", "notitie coördinator", "duur"]
        columns = [*who, "ladder_coach", *columns_of(course.forms)]
        sheet = Sheet(file, columns, above=above if wave == "end" else [])
        sheet.rows = [course.row(m, wave, _cells(course, m, wave)) for m in course.there(wave)]
        sheets[wave] = sheet
    return sheets


def _cells(course: Course, man: Person, wave: str) -> dict[str, Any]:
    dice = Dice(SEED, "occasion", man.code, wave)
    rung = course.answers(man, wave)["participatieladder_01"] or 2
    return {
        "nummer": man.code,
        "groep": next(s.label.nl for s in course.design.sites if s.key == man.site),
        "datum": course.day(man, wave),
        "afname": "interview"
        if man.language != "Nederlands"
        else dice.one_of(["papier", "interview"]),
        "taal": man.language,
        "notitie coördinator": dice.one_of(NOTES) or None,
        "duur": dice.one_of([0.5, 0.8, 1.0, 1.2, 1.5]),
        "ladder_coach": min(6, max(1, rung + dice.one_of([-1, 0, 0, 0, 1]))),
    } | cells_of(course.forms, course.answers(man, wave), wave, _said)


def _said(form: Form, value: int) -> Any:
    """Write an answer as this system does: 1 = very good health, marks with a decimal."""
    if form.instrument.key == "self-rated-health":
        return 6 - value
    if form.instrument.key == "life-satisfaction":
        return float(value)
    if form.instrument.key == "djg-6":
        return ("nee", "min of meer", "ja")[value - 1]
    return value


def harm(course: Course, sheets: dict[str, Sheet]) -> None:
    """Do the harm."""
    _harm_intake(course, sheets["intake"])
    _harm_halfway(course, sheets["halfway"])
    _harm_end(course, sheets["end"], sheets["halfway"])
    course.damage.stray("notities begeleiders.csv")


def _harm_intake(course: Course, intake: Sheet) -> None:
    damage = course.damage
    one, two, three, four, five, six, seven = damage.pick(intake, 7)
    for row in (one, two, three):
        damage.number_date(intake, row, "datum")
    damage.no_answer(intake, four, "djg07", "weet niet")
    damage.pad(intake, five, "groep")
    damage.pad(intake, six, "nummer")
    same = [c for c in intake.columns if c.startswith(("gse", "lsns", "osss", "brs"))]
    damage.same_everywhere(intake, seven, same, 2)
    damage.copy_row(intake, damage.pick(intake, 1)[0])


def _harm_halfway(course: Course, halfway: Sheet) -> None:
    damage = course.damage
    damage.count_from_zero(halfway, [f"gse{n:02d}" for n in range(1, 11)], declared=False)
    one, two, three, four = damage.pick(halfway, 4)
    damage.recode(halfway, one, "nummer", "MP-63")
    damage.no_answer(halfway, two, "osss02", 99)
    damage.write("word", "not-a-number", halfway, three, ("uren", "ongeveer 10"))
    damage.no_answer(halfway, four, "uren", "n.v.t.")


def _harm_end(course: Course, end: Sheet, halfway: Sheet) -> None:
    damage = course.damage
    one, two, three, gone = damage.pick(end, 4)
    damage.before_the_first(end, one, "datum", one.cells["datum"].replace(year=2023))
    damage.write("off the form", "out-of-range", end, two, ("tevredenheid", "7,5"))
    damage.no_answer(end, three, "brs05", 99)
    left = next(person for person in course.people if person.code == gone.code)
    left.end, left.reason = date(2025, 8, 15), "gestopt"
    damage.note_row("answered after leaving", "after-leaving", end, gone)
    absent = [
        row for row in damage.pick(end, 99) if row.code not in {r.code for r in halfway.rows}
    ]
    filed_late = absent[0] if absent else damage.pick(end, 1)[0]
    _late_form(course, end, filed_late)
    damage.blank_rows(end, 3)


def _late_form(course: Course, end: Sheet, row: Row) -> None:
    """Put a form of halfway into the last file, with its own date."""
    man = next(person for person in course.people if person.code == row.code)
    row.cells = _cells(course, man, "halfway")
    row.wave = "halfway"
    course.damage.mislabel(end, row, None, row.cells["datum"])


def simulate(folder: Path) -> dict[str, Any]:
    """Write the whole course."""
    folder.mkdir(parents=True, exist_ok=True)
    course = lived()
    sheets = exports(course)
    harm(course, sheets)
    for sheet in sheets.values():
        write_csv(folder, sheet, EXCEL)
    register = with_consent(course, register_of(course, REGISTER))
    write_workbook(folder, [register])
    write_workbook(folder, [quotes(course, register, STORIES)])
    own_goals = goals(course)
    course.damage.note_after_leaving(own_goals, {man.code: man.end for man in course.people})
    write_csv(folder, own_goals, EXCEL)
    notes = Sheet("notities begeleiders.csv", ["week", "onderwerp"])
    notes.rows = [
        Row("", "", {"week": week, "onderwerp": "groepsgesprek"}) for week in (36, 40, 44)
    ]
    write_csv(folder, notes, EXCEL)
    mark_simulated(folder)
    return truth_of(course)

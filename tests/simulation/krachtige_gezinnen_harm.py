"""What goes wrong with the exports of Krachtige Gezinnen, wave by wave."""

from __future__ import annotations

from datetime import date

from tests.simulation.course import Course
from tests.simulation.sheets import Row, Sheet


def harm(course: Course, sheets: dict[str, Sheet], *, whole: bool) -> None:
    """Do the harm. The interim exports are the same files, without the last wave."""
    _harm_first(course, sheets)
    _harm_second(course, sheets)
    _harm_third(course, sheets)
    _harm_fourth(course, sheets)
    if whole:
        _harm_last(course, sheets)


def _harm_first(course: Course, sheets: dict[str, Sheet]) -> None:
    damage = course.damage
    oost, zuid, noord = (sheets[f"t0 {school} parent"] for school in ("oost", "zuid", "noord"))
    first, second = damage.pick(oost, 2)
    damage.no_answer(oost, first, "BRS_3", 99)
    damage.no_answer(oost, second, "OSSS_2", "weet niet")
    turned = next(row for row in zuid.rows if _turns_out(row.cells["datum"]))
    damage.turn_date(zuid, turned, "datum")
    padded, other = damage.pick(noord, 2)
    damage.pad(noord, padded, "nummer")
    damage.pad(noord, other, "GSE_7")


def _turns_out(day: date) -> bool:
    """Whether day and month can be swapped, and the swapped date is another, outside t0."""
    return day.day <= 12 and day.day not in (2, 3)


def _harm_second(course: Course, sheets: dict[str, Sheet]) -> None:
    damage, parents, children = course.damage, sheets["t1 parent"], sheets["t1 child"]
    one, two, three = damage.pick(parents, 3)
    damage.write("word", "not-a-number", parents, one, ("GSE_4", "vier"))
    damage.number_date(parents, two, "datum")
    damage.no_answer(parents, three, "hulp gekregen", "weet niet")
    damage.share_code(children, (children.of("KG-05-3"), children.of("KG-05-4")), "nummer")
    damage.blank_rows(children, 2)


def _harm_third(course: Course, sheets: dict[str, Sheet]) -> None:
    damage, parents, children = course.damage, sheets["t2 parent"], sheets["t2 child"]
    damage.count_from_zero(parents, [f"GSE_{n}" for n in range(1, 11)], declared=True)
    answered_by_parent = damage.pick(children, 1)[0]
    damage.write(
        "another answered",
        "proxy",
        children,
        answered_by_parent,
        ("ingevuld door", "ouder"),
    )
    damage.no_answer(parents, damage.pick(parents, 1)[0], "PSOC_13", "n.v.t.")


def _harm_fourth(course: Course, sheets: dict[str, Sheet]) -> None:
    damage, parents, before = course.damage, sheets["t3 parent"], sheets["t2 parent"]
    late, same, noted, off, elsewhere, *others = damage.pick(parents, 99)
    straight = [
        c for c in parents.columns if c.startswith(("GSE", "LSNS", "BRS", "PSOC", "OSSS"))
    ]
    damage.same_everywhere(parents, same, straight, 3)
    damage.late(parents, late, "datum", date(2025, 10, 23))
    damage.write("off the form", "out-of-range", parents, off, ("GSE_9", 6))
    school = "School Zuid" if elsewhere.cells["school"] != "School Zuid" else "School Oost"
    damage.write("another school", "site-differs", parents, elsewhere, ("school", school))
    remarks = {noted.code: "komt later terug", late.code: "thuis ingevuld"}
    damage.add_column(parents, "opmerking", remarks)
    earlier = {row.code: row for row in before.rows if not damage.touched(row)}
    moved = next(row for row in others if row.code in earlier)
    siblings = {row.cells["gezin"] for row in sheets["t3 child"].rows if row.code[-1] == "4"}
    other = next(row for row in others if row.cells["gezin"] in siblings and row is not moved)
    sibling = next(
        row.code
        for row in reversed(sheets["t3 child"].rows)
        if row.cells["gezin"] == other.cells["gezin"]
    )
    damage.write("another child", "another-child", parents, other, ("over kind", sibling))
    _type_in_at_the_wrong_wave(course, (before, earlier[moved.code]), (parents, moved))


def _type_in_at_the_wrong_wave(
    course: Course, before: tuple[Sheet, Row], now: tuple[Sheet, Row]
) -> None:
    """Somebody missed a wave, and their form of the wave before was typed in there."""
    (sheet, form), (wrong_sheet, gone) = before, now
    sheet.rows.remove(form)
    for column in [f"GSE_{n}" for n in range(1, 11)]:  # typed by hand, from 1
        if isinstance(form.cells[column], int):
            form.cells[column] += 1
    wrong_sheet.rows[wrong_sheet.rows.index(gone)] = form
    course.damage.mislabel(wrong_sheet, form, None, form.cells["datum"])


def _harm_last(course: Course, sheets: dict[str, Sheet]) -> None:
    damage, parents, children = course.damage, sheets["t4 parent"], sheets["t4 child"]
    damage.copy_row(children, damage.pick(children, 1)[0])
    damage.no_answer(parents, damage.pick(parents, 1)[0], "BRS_5", 99)

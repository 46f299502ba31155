"""Both times of typing beside each other: what agrees goes on, what differs is set aside."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path

import pandas as pd

from pilot.design import Source, Trajectory, find
from pilot.design.dates import read_date
from pilot.design.forms import ABOUT, OCCASION, WHO, as_asked_on_form
from pilot.findings import finding
from pilot.intake.claims import Claim
from pilot.intake.entry import Entry, entry_of, may_be
from pilot.intake.forms import Typed, is_form, read_form
from pilot.intake.gathering import Gathered
from pilot.intake.plan import plan_of
from pilot.intake.routing import route
from pilot.intake.table import Table, plain

Row = tuple[Entry, int]


def sheets_of_form(path: Path, name: str, gathered: Gathered) -> list[Typed] | None:
    """Return the sheets of this trajectory's form that a file is; None when it is no form.

    A form of another trajectory, and a sheet that somebody added, are told of.

    Raises
    ------
    IntakeError
        When it cannot be read.
    """
    sheets = read_form(path, name) if is_form(path, name) else None
    if sheets is None:
        return None
    typed = [sheet for sheet in sheets if isinstance(sheet, Typed)]
    for sheet in sheets:
        if isinstance(sheet, Table):
            gathered.unclaimed_sheet(sheet, path)
    for each in typed:
        if each.marker.trajectory != gathered.trajectory.key:
            gathered.other_form(each.table, path, each.marker.trajectory)
    return [each for each in typed if each.marker.trajectory == gathered.trajectory.key]


def take_forms(sheets: Sequence[Typed], gathered: Gathered) -> None:
    """Add what was typed on forms to what all files gave.

    The sheets may stand in one workbook or in several, so that two people can each type in
    one of their own. An answer typed twice counts once. Where the two differ neither
    counts, and both values are told; a row that was typed only once counts, and is told.
    Family, site and group are compared too, and so are rows of which only the number is
    spelt otherwise.

    Parameters
    ----------
    sheets : sequence of Typed
        Of all files, of this trajectory.
    gathered : Gathered
    """
    entries = []
    for typed in sheets:
        entry = entry_of(typed, gathered.trajectory)
        if entry is None:
            gathered.untouched_form(typed.table, typed.path)
        else:
            entries.append(entry)
    for _, same in groupby(sorted(entries, key=_order), key=lambda entry: entry.group):
        _compare(list(same))
    for entry in entries:
        _hand_over(entry, gathered)


def _order(entry: Entry) -> tuple[object, ...]:
    return (*entry.group, entry.typed.marker.entry, entry.table.file)


def _compare(entries: Sequence[Entry]) -> None:
    first = [entry for entry in entries if entry.typed.marker.entry == 1]
    second = [entry for entry in entries if entry.typed.marker.entry != 1]
    if not first or not second:
        return
    rows, again = dict(_own_rows(first)), dict(_own_rows(second))
    _settle_spellings(rows, again)
    for number, row in rows.items():
        if number in again:
            _compare_rows(row, again[number])
        else:
            _tell_once(row)
    for number, row in again.items():
        if number not in rows:
            _tell_once(row)


def _own_rows(entries: Iterable[Entry]) -> Iterator[tuple[str, Row]]:
    """Give the rows whose number stands there once; cleaning judges the others."""
    rows = [
        (number, (entry, at))
        for entry in entries
        for at, number in enumerate(entry.numbers)
        if number is not None and entry.kept[at]
    ]
    times = Counter(number for number, _ in rows)
    return (each for each in rows if times[each[0]] == 1)


def _settle_spellings(rows: dict[str, Row], again: dict[str, Row]) -> None:
    """Settle numbers that the two typings spell otherwise: 7 and 007, q1 and Q1.

    The number of the row that the form made holds. Where both were typed by hand nobody
    can say which is right: neither row counts, so that one person never becomes two.
    """
    for number in [number for number in rows if number not in again]:
        alike = [other for other in again if other not in rows and may_be(other, number)]
        if len(alike) != 1:
            continue
        one, two = rows[number], again[alike[0]]
        owners = [entry.owner(at) for entry, at in (one, two)]
        if not any(owners):
            _set_both_aside(rows.pop(number), again.pop(alike[0]))
        elif not owners[0]:
            rows[owners[1]] = rows.pop(number)
            one[0].restore(one[1], owners[1])
        elif not owners[1]:
            again[owners[0]] = again.pop(alike[0])
            two[0].restore(two[1], owners[0])


def _set_both_aside(one: Row, two: Row) -> None:
    said = [_said(row, "participant") for row in (one, two)]
    told = _tell_difference(one, two, "participant", said)
    one[0].row_aside(one[1], told)
    other, at = two
    for place in other.answers:
        other.cell_aside(at, place, told)
    other.kept[at] = False
    other.rows_aside += 1


def _tell_once(row: Row) -> None:
    entry, at = row
    entry.findings.append(finding("entry-once", **entry.where(at)))


def _compare_rows(one: Row, two: Row) -> None:
    """Compare a row with its second typing, which is then only a second look."""
    for column in dict.fromkeys((*one[0].table.header, *two[0].table.header)):
        if column in (*WHO[1:], *OCCASION, ABOUT):
            _compare_occasion(one, two, column)
        elif column in one[0].blanks:
            _compare_answers(one, two, column)
    _set_strays_aside(two)
    two[0].kept[two[1]] = False


def _compare_answers(one: Row, two: Row, column: str) -> None:
    said = [_said(row, column) for row in (one, two)]
    if _same(*said):
        return
    told = _tell_difference(one, two, column, said)
    for (entry, at), text in zip((one, two), said, strict=True):
        place = entry.place(column)
        if place is not None and text is not None:
            entry.cell_aside(at, place, told)
    _empty(one, column)


def _compare_occasion(one: Row, two: Row, column: str) -> None:
    """Compare when and how: what stands in one of the two only is taken from there."""
    said = [_said(row, column) for row in (one, two)]
    meant = [_meant(row, column, text) for row, text in zip((one, two), said, strict=True)]
    if said[0] is None and said[1] is not None:
        _write(one, column, said[1])
    elif said[1] is not None and not (_same(*said) or (meant[0] and meant[0] == meant[1])):
        _tell_difference(one, two, column, said)
        _empty(one, column)


def _meant(row: Row, column: str, text: str | None) -> object:
    """Return the day or the site that a text stands for, if it stands for one."""
    if text and column == "answered":
        return read_date(text).day
    return find(list(row[0].sites), text) if text and column == "site" else None


def _said(row: Row, column: str) -> str | None:
    entry, at = row
    place = entry.place(column)
    return None if place is None else entry.cell(at, place)


def _same(one: str | None, two: str | None) -> bool:
    if one is None or two is None:
        return one is two
    return plain(one).replace(",", ".") == plain(two).replace(",", ".")


def _tell_difference(
    one: Row, two: Row, column: str, said: Sequence[str | None]
) -> dict[str, object]:
    shown = " | ".join("\u2026" if text is None else text for text in said)
    other, at = two
    told = finding(
        "entry-differs",
        column=column,
        found=shown,
        expected=f"{other.table.file}, row {int(other.table.rows[at])}: the same",
        **one[0].where(one[1]),
    )
    one[0].findings.append(told)
    return told


def _empty(row: Row, column: str) -> None:
    _write(row, column, None)


def _write(row: Row, column: str, text: str | None) -> None:
    entry, at = row
    place = entry.place(column)
    if place is not None:
        entry.table.columns[place][at] = pd.NA if text is None else text


def _set_strays_aside(row: Row) -> None:
    """Set aside what a second typing holds in columns that nobody asked for."""
    entry, at = row
    for place in entry.answers:
        name = entry.table.header[place]
        if name not in entry.blanks and entry.table.filled(place)[at]:
            rule = "personal-data" if entry.aside.hide(place) else "unknown-column"
            told = finding(rule, file=entry.table.file, column=name)
            entry.findings.append(told)
            entry.cell_aside(at, place, told)


def _hand_over(entry: Entry, gathered: Gathered) -> None:
    """Send what is left of a sheet the way of all tables."""
    table = entry.left()
    claim = Claim(_source(entry, table))
    design = _as_on_form(gathered.trajectory)
    plan = plan_of(table, [claim], design)
    routed = route(plan, design)
    aside = entry.aside.pieces
    routed.aside += aside
    routed.answers_in += sum(int(piece["column"].notna().sum()) for piece in aside)
    routed.rows_aside += entry.rows_aside
    every = [*routed.findings, *entry.findings, *entry.aside.findings]
    routed.findings = list({told["id"]: told for told in every[::-1]}.values())[::-1]
    plan.table = entry.table
    gathered.take_responses(plan, routed, entry.typed.path)


def _source(entry: Entry, table: Table) -> Source:
    """Return what a design would have to say of this sheet."""
    marker = entry.typed.marker
    columns = {f"{name}_column": name for name in OCCASION if name != "answered"}
    columns |= {f"{n}_column": n for n in (*WHO[1:], ABOUT) if n in table.header}
    said = {"wave": marker.wave, "role": marker.role, "site": marker.site or None}
    if marker.site:
        columns.pop("site_column", None)
    return Source.model_validate(
        {"files": entry.table.name, "code": WHO[0], "date_column": "answered"} | said | columns
    )


def _as_on_form(trajectory: Trajectory) -> Trajectory:
    asked = [as_asked_on_form(each, trajectory) for each in trajectory.asked]
    return trajectory.model_copy(update={"asked": asked})

"""Both times of typing beside each other: what agrees goes on, what differs is set aside."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from pathlib import Path

from pilot.design import Source, Trajectory
from pilot.design.forms import ABOUT, FORM_VERSION, OCCASION, WHO, as_asked_on_form
from pilot.findings import finding
from pilot.intake.claims import Claim
from pilot.intake.compare import (
    Row,
    compare_rows,
    said_in,
    set_disputed_aside,
    site_in,
    tell_difference,
)
from pilot.intake.copies import set_copies_aside
from pilot.intake.entry import Entry, entry_of, may_be
from pilot.intake.forms import Typed, is_form, read_form
from pilot.intake.gathering import Gathered
from pilot.intake.plan import plan_of
from pilot.intake.routing import route
from pilot.intake.table import Table

SAID_OTHERWISE = ("answered", "minutes")  # a source has other names for their columns


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
    spelt otherwise. Whoever was typed on the form of one site and on that of all sites was
    typed twice as well.

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
    set_copies_aside(entries)
    for _, same in groupby(sorted(entries, key=_order), key=lambda entry: entry.group):
        _compare(list(same))
    _compare_with_sites(entries)
    for entry in entries:
        set_disputed_aside(entry)
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
            compare_rows(row, again[number])
        else:
            _tell_once(row)
    for number, row in again.items():
        if number not in rows:
            _tell_once(row)


def _compare_with_sites(entries: Iterable[Entry]) -> None:
    """Compare forms of one site with the form of all sites, for the people on both.

    A number that both forms have at another site is left to cleaning: it may be two people.
    Of a row without a site, the number alone tells who it is, where one site has it.
    """
    for _, alike in groupby(sorted(entries, key=_asking), key=_asking):
        same = list(alike)
        whole = dict(_own_rows(entry for entry in same if not entry.typed.marker.site))
        sites = sorted({entry.typed.marker.site for entry in same} - {""})
        own = {
            site: dict(_own_rows(entry for entry in same if entry.typed.marker.site == site))
            for site in sites
        }
        times = Counter(number for rows in own.values() for number in rows)
        for site, rows in own.items():
            at_site = {
                number: row
                for number, row in whole.items()
                if site_in(row) in ((site, None) if times[number] <= 1 else (site,))
            }
            _settle_spellings(rows, at_site)
            for number, row in rows.items():
                if number in at_site:
                    compare_rows(row, at_site[number])


def _asking(entry: Entry) -> str:
    """Return what a form says of itself but for its site, its language and which typing."""
    return str(replace(entry.typed.marker, site="", language="", entry=1))


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
    said = [said_in(row, "participant") for row in (one, two)]
    told = tell_difference(one, two, "participant", said)
    one[0].row_aside(one[1], told)
    other, at = two
    for place in other.answers:
        other.cell_aside(at, place, told)
    other.kept[at] = False
    other.rows_aside += 1


def _tell_once(row: Row) -> None:
    entry, at = row
    entry.findings.append(finding("entry-once", **entry.where(at)))


def _hand_over(entry: Entry, gathered: Gathered) -> None:
    """Send what is left of a sheet the way of all tables."""
    table = entry.left()
    claim = Claim(_source(entry, table))
    design = _as_on_form(gathered.trajectory, entry.typed.marker.rater)
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
    columns = {f"{name}_column": name for name in OCCASION if name not in SAID_OTHERWISE}
    optional = (*WHO[1:], ABOUT, FORM_VERSION)
    columns |= {f"{name}_column": name for name in optional if name in table.header}
    if "minutes" in table.header:  # forms made before had none
        columns["duration_column"] = "minutes"
    said = {"wave": marker.wave, "role": marker.role, "site": marker.site or None}
    if marker.rater:
        said["rated_by"] = marker.rater
        columns = {key: name for key, name in columns.items() if name in table.header}
    if marker.site:
        columns.pop("site_column", None)
    return Source.model_validate(
        {"files": entry.table.name, "code": WHO[0], "date_column": "answered"} | said | columns
    )


def _as_on_form(trajectory: Trajectory, rater: str) -> Trajectory:
    """Return the design as a form asks it: of the people themselves, or of who rates them."""
    asked = [
        as_asked_on_form(each, trajectory)
        for each in trajectory.asked
        if (each.rated_by or "") == rater
    ]
    return trajectory.model_copy(update={"asked": asked})

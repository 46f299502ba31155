"""Forms that pilot made itself: recognised by what they say, whatever they are called."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from pilot.design.forms import EXPLANATION, MARK, SUFFIX, Marker, read_marker
from pilot.errors import IntakeError
from pilot.findings import finding
from pilot.intake.delimited import read_delimited
from pilot.intake.grid import Grid, table_of
from pilot.intake.layout import FIRST_FILLED
from pilot.intake.opening import TEXT, WORKBOOK, read_bytes
from pilot.intake.plan import Finding
from pilot.intake.table import Table
from pilot.intake.workbook import DAMAGED, read_workbook

ZIP = b"PK"  # how every workbook begins
HEAD = 64 * 1024  # bytes of a sheet or text file; the marker stands in the first cell
ABOVE = 40  # rows in which the marker and the names are looked for
NAMES = "participant"  # the column by which the row of names is known
NAMELESS = re.compile(r"\(column [A-Z]+\)")
COPY_OVER = "make a new one with `pilot form` and copy the answers into it"
MARKS = (MARK.encode(), MARK.encode("utf-16-le"))


@dataclass(frozen=True, slots=True, eq=False)
class Typed:
    """One sheet of a form, as a table of the columns that have names.

    Parameters
    ----------
    marker : Marker
    table : Table
    path : Path
    findings : tuple of finding
        What was done to the sheet since it was made.
    """

    marker: Marker
    table: Table
    path: Path
    findings: tuple[Finding, ...] = ()


def is_form(path: Path, name: str) -> bool:
    """Return whether a file is a form that pilot made, by a quick look inside.

    Raises
    ------
    IntakeError
        When the file cannot be opened.
    """
    suffix = path.suffix.lower()
    if suffix in TEXT:
        return any(mark in read_bytes(path, name, HEAD) for mark in MARKS)
    if suffix not in WORKBOOK:
        return False
    raw = read_bytes(path, name)
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            return any(MARKS[0] in text for text in _texts(archive))
    except (zipfile.BadZipFile, EOFError) as fault:
        if raw.startswith(ZIP):  # it may be half a form, which no source would claim
            raise IntakeError(name, "is only half a workbook", DAMAGED) from fault
        return False  # reading it as an export tells what is wrong with it


def _texts(archive: zipfile.ZipFile) -> Iterator[bytes]:
    """Give the parts of a workbook in which the marker may stand, whoever saved it."""
    for name in archive.namelist():
        if name in ("xl/workbook.xml", "xl/sharedStrings.xml"):
            yield archive.read(name)
        elif name.startswith("xl/worksheets/sheet"):
            with archive.open(name) as part:
                yield part.read(HEAD)


def form_elsewhere(path: Path, name: str) -> Marker | None:
    """Return what a form says of itself that somebody saved as ODS, which nothing reads."""
    if path.suffix.lower() not in (".ods", ".fods"):
        return None
    raw = read_bytes(path, name)
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            raw = archive.read("content.xml")
    except (zipfile.BadZipFile, EOFError, KeyError):
        pass  # a flat ODS is one XML file; what is damaged has no marker that can be seen
    marks = re.findall(MARKS[0] + rb"/[^<\s]+", raw)
    return next((marker for each in marks if (marker := read_marker(each.decode()))), None)


def read_form(path: Path, name: str) -> list[Typed | Table] | None:
    """Read the sheets of a form that hold answers, and those that are not the form's.

    Returns
    -------
    list of Typed or Table, or None
        None when no sheet says that it belongs to a form.

    Raises
    ------
    IntakeError
        When it is damaged, or a sheet has lost the row with the names of its columns.
    """
    raw = read_bytes(path, name)
    if path.suffix.lower() in TEXT:
        grids, told = [read_delimited(raw, name, FIRST_FILLED)], {}
    else:
        grids, told = read_workbook(raw, name), _seen_in(raw, name)
    listed = _listed(grids)
    markers = [_marker_in(grid) or listed.get(str(grid.sheet)) for grid in grids]
    if not any(markers):
        return None
    sheets: list[Typed | Table] = []
    for grid, marker in zip(grids, markers, strict=True):
        if marker is None:
            sheets.append(table_of(grid, FIRST_FILLED))
        elif marker.entry != EXPLANATION:
            table = _named(table_of(grid, _row_of_names(grid)))
            table = replace(table, file=table.file + SUFFIX)
            sheets.append(Typed(marker, table, path, told.get(str(grid.sheet), ())))
    return sheets


def typed_in(path: Path, name: str) -> list[Typed]:
    """Return the sheets of a form that hold answers; none when a file is no form.

    Raises
    ------
    IntakeError
        When it cannot be read.
    """
    sheets = read_form(path, name) if is_form(path, name) else None
    return [sheet for sheet in sheets or () if isinstance(sheet, Typed)]


def _cells(grid: Grid) -> Iterator[tuple[int, list[str]]]:
    for number, cells in zip(grid.numbers[:ABOVE], grid.rows[:ABOVE], strict=True):
        yield number, [text.strip() for text in cells if text is not None]


def _marker_in(grid: Grid) -> Marker | None:
    """Return the marker of a sheet: its first, wherever rows or columns were put before it."""
    for _, cells in _cells(grid):
        for text in cells:
            marker = read_marker(text)
            if marker is not None:
                return marker
    return None


def _listed(grids: Iterable[Grid]) -> dict[str, Marker]:
    """Return the markers by title, for sheets that lost their first cell."""
    known = {}
    for grid in grids:
        for _, cells in _cells(grid) if grid.sheet == MARK else ():
            marker = read_marker(cells[-1]) if len(cells) == 2 else None
            if marker is not None:
                known[cells[0]] = marker
    return known


def _row_of_names(grid: Grid) -> int:
    for number, cells in _cells(grid):
        if NAMES in cells:
            return number
    raise IntakeError(
        grid.file,
        "is a form without the row that names its columns",
        COPY_OVER,
    )


def _named(table: Table) -> Table:
    """Return a table without the empty columns that somebody put between the others."""
    places = [
        place
        for place, name in enumerate(table.header)
        if not NAMELESS.fullmatch(name) or table.filled(place).any()
    ]
    return replace(
        table,
        header=tuple(table.header[place] for place in places),
        columns=[table.columns[place] for place in places],
    )


def _seen_in(raw: bytes, name: str) -> dict[str, tuple[Finding, ...]]:
    """Return what was done to each sheet that the cells alone do not tell."""
    from openpyxl import load_workbook

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # as `read_workbook` does
        book = load_workbook(io.BytesIO(raw))
    found = {}
    for sheet in book.worksheets:
        where = {"file": f"{name}[{sheet.title}]{SUFFIX}"}
        hidden = sum(row.hidden for row in sheet.row_dimensions.values())
        merged = [str(each) for each in sheet.merged_cells.ranges]
        told = []
        if hidden:
            told.append(finding("hidden-rows", found=f"{hidden} rows", **where))
        if merged:
            told.append(finding("merged-cells", found=", ".join(merged), **where))
        found[sheet.title] = tuple(told)
    return found

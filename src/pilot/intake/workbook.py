"""XLSX workbooks, sheet by sheet, each cell as a person sees it."""

from __future__ import annotations

import datetime
import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from typing import Any

from pilot.errors import IntakeError
from pilot.intake.grid import Grid
from pilot.intake.table import Cells, cell

DAMAGED = "open it in Excel, save it again and copy the whole file"
LEADING_ZEROS = re.compile(r"0{2,}")


def read_workbook(raw: bytes, name: str) -> list[Grid]:
    """Read every sheet that holds a cell, hidden sheets and filtered rows too.

    Raises
    ------
    IntakeError
        When it is only half a workbook, or a zip that is no workbook.
    """
    with warnings.catch_warnings():
        # openpyxl warns of drop-down lists and missing styles, which hold no answers.
        warnings.simplefilter("ignore", UserWarning)
        return list(_grids(raw, name))


def _grids(raw: bytes, name: str) -> Iterator[Grid]:
    try:
        values = _sheets(raw, formulas=False)
        formulas = _sheets(raw, formulas=True) if _holds_formulas(raw) else {}
    except (zipfile.BadZipFile, EOFError) as fault:
        raise IntakeError(name, "is only half a workbook", DAMAGED) from fault
    except Exception as fault:
        # openpyxl fails in as many ways as a file can be damaged.
        raise IntakeError(name, f"is a damaged workbook: {fault}", DAMAGED) from fault
    for sheet, rows in values.items():
        written = formulas.get(sheet, [])
        cells = [_row(row, written[at] if written else ()) for at, row in enumerate(rows)]
        if any(each is not None for row in cells for each in row):
            told = {
                (number, place): str(each.value)
                for number, row in enumerate(written, start=1)
                for place, each in enumerate(row)
                if each.data_type == "f"
            }
            yield Grid(name, sheet, "xlsx", cells, range(1, len(cells) + 1), formulas=told)


def _sheets(raw: bytes, *, formulas: bool) -> dict[str, list[tuple[Any, ...]]]:
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(raw), read_only=True, data_only=not formulas)
    sheets = {}
    try:
        for sheet in book.worksheets:
            # Some programs state a wrong size, and openpyxl would stop there.
            sheet.reset_dimensions()
            sheets[sheet.title] = list(sheet.iter_rows())
    finally:
        book.close()
    return sheets


def _holds_formulas(raw: bytes) -> bool:
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        names = [name for name in archive.namelist() if name.startswith("xl/worksheets/")]
        return any(re.search(rb"<(\w+:)?f[ >/]", archive.read(name)) for name in names)


def _row(values: tuple[Any, ...], written: tuple[Any, ...]) -> Cells:
    cells = [cell(shown(each.value, each.number_format or "")) for each in values]
    for place, each in enumerate(written[: len(cells)]):
        # A formula that was never computed has no value, yet the cell is not empty.
        if cells[place] is None and each.value is not None:
            cells[place] = str(each.value)
    return cells


def shown(value: object, number_format: str = "") -> str | None:
    """Return a cell's value as text: a date as ISO, a whole number without a point.

    Examples
    --------
    >>> shown(3.0), shown(2.5), shown(True), shown(None)
    ('3', '2.5', 'TRUE', None)
    >>> shown(7, "000"), shown(datetime.datetime(2025, 4, 3))
    ('007', '2025-04-03')
    """
    match value:
        case None:
            return None
        case bool():
            return str(value).upper()
        case int() | float():
            return _number(value, number_format)
        case datetime.datetime():
            midnight = value.time() == datetime.time()
            return value.date().isoformat() if midnight else value.isoformat(" ", "seconds")
        case datetime.date() | datetime.time():
            return value.isoformat()
        case _:
            return str(value)


def _number(value: float, number_format: str) -> str:
    text = str(int(value)) if float(value).is_integer() and abs(value) < 1e15 else repr(value)
    return text.zfill(len(number_format)) if LEADING_ZEROS.fullmatch(number_format) else text

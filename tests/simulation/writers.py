"""One writer for each kind of export. The same sheet gives the same bytes every time."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pandas as pd
import pyreadstat
from openpyxl import Workbook
from tests.simulation.sheets import Sheet

MADE = datetime(2026, 4, 1, 9, 0, 0)  # no file tells when it was really written
SAV_CLOCK = slice(92, 109)  # date and time in the header of a .sav file


@dataclass(frozen=True, slots=True)
class Csv:
    """How one programme writes CSV."""

    encoding: str = "utf-8"
    delimiter: str = ","
    decimal_comma: bool = False
    day: str = "{0:%Y-%m-%d}"
    quoting: int = csv.QUOTE_MINIMAL

    def cell(self, value: Any) -> str:
        """Return one cell as text."""
        if value is None:
            return ""
        if isinstance(value, date):
            return self.day.format(value)
        if isinstance(value, float):
            text = f"{value:.1f}"
            return text.replace(".", ",") if self.decimal_comma else text
        return str(value)


def write_csv(folder: Path, sheet: Sheet, style: Csv) -> None:
    """Write one flat file."""
    text = io.StringIO(newline="")
    for line in sheet.above:
        text.write(line + "\r\n")
    lines = csv.writer(
        text, delimiter=style.delimiter, quoting=style.quoting, lineterminator="\r\n"
    )
    lines.writerow(sheet.columns)
    for row in sheet.rows:
        lines.writerow([style.cell(row.cells.get(column)) for column in sheet.columns])
    (folder / sheet.file).write_bytes(text.getvalue().encode(style.encoding))


def write_workbook(folder: Path, sheets: list[Sheet]) -> None:
    """Write the sheets of one workbook."""
    book = Workbook()
    book.remove(book.active)
    for sheet in sheets:
        page = book.create_sheet(sheet.name or "Blad1")
        for line in sheet.above:
            page.append([line])
        page.append(sheet.columns)
        for row in sheet.rows:
            page.append([row.cells.get(column) for column in sheet.columns])
    book.properties.creator = "simulatie"
    book.properties.created = book.properties.modified = MADE
    made = io.BytesIO()
    book.save(made)
    (folder / sheets[0].file).write_bytes(_without_clock(made.getvalue()))


def _without_clock(workbook: bytes) -> bytes:
    """Write the zip anew with fixed times, and the saving time that openpyxl sets itself."""
    whole = io.BytesIO()
    with ZipFile(io.BytesIO(workbook)) as old, ZipFile(whole, "w", ZIP_DEFLATED) as new:
        for name in sorted(old.namelist()):
            content = old.read(name)
            if name == "docProps/core.xml":
                content = re.sub(
                    rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", b"2026-04-01T09:00:00Z", content
                )
            info = ZipInfo(name, MADE.timetuple()[:6])
            info.compress_type, info.external_attr = ZIP_DEFLATED, 0o600 << 16
            new.writestr(info, content)
    return whole.getvalue()


@dataclass(frozen=True, slots=True)
class Spss:
    """What SPSS knows of its variables beside the numbers."""

    value_labels: dict[str, dict[int, str]]
    missing: dict[str, list[int]]
    labels: dict[str, str]


def write_sav(folder: Path, sheet: Sheet, spss: Spss) -> None:
    """Write one SPSS file: numbers with value labels and user-missing codes, dates as dates."""
    frame = pd.DataFrame(
        [[row.cells.get(column) for column in sheet.columns] for row in sheet.rows],
        columns=sheet.columns,
    )
    for column in frame:
        frame[column] = _variable(frame[column])
    path = folder / sheet.file
    pyreadstat.write_sav(
        frame,
        str(path),
        column_labels=[spss.labels.get(column, "") for column in sheet.columns],
        variable_value_labels=spss.value_labels,
        missing_ranges=spss.missing,
    )
    content = bytearray(path.read_bytes())
    content[SAV_CLOCK] = b"01 Apr 2609:00:00"
    path.write_bytes(bytes(content))


def _variable(cells: pd.Series) -> pd.Series:
    kinds = {type(cell) for cell in cells.dropna()}
    if kinds <= {int, float} and kinds:
        return cells.astype(float)
    return (
        cells.astype(object).where(cells.notna(), None) if date in kinds else cells.fillna("")
    )

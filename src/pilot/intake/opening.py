"""Opening one export, whatever program wrote it, or saying why that cannot be done."""

from __future__ import annotations

from pathlib import Path
from typing import NoReturn

from pilot.errors import IntakeError
from pilot.intake.columnar import read_big
from pilot.intake.delimited import read_delimited
from pilot.intake.grid import Grid, table_of
from pilot.intake.layout import Layout
from pilot.intake.spss import read_spss
from pilot.intake.table import Table
from pilot.intake.workbook import read_workbook

BIG = 2 * 2**20  # bytes; from here on a text file goes the way that saves time and memory
TEXT = (".csv", ".txt", ".tsv", ".tab")
WORKBOOK = (".xlsx", ".xlsm")
SPSS = (".sav", ".zsav")
EXPORTS = (*TEXT, *WORKBOOK, *SPSS)

OTHERS = (".xls", ".xlsb", ".ods", ".fods", ".numbers")
"""Spreadsheets that people type in and that nothing here reads."""

AS_XLSX = "open it in Excel or LibreOffice, save it as XLSX, and use that file"
NO_PASSWORD = "open it in Excel, remove the password (File, Info, Protect), and save it"
AGAIN = "export the answers again, as CSV, XLSX or SAV"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
STRANGERS = (
    (b"\x89PNG", "is a picture (PNG)"),
    (b"\xff\xd8\xff", "is a picture (JPEG)"),
    (b"GIF8", "is a picture (GIF)"),
    (b"%PDF", "is a PDF"),
    (b"{\\rtf", "is a text document (RTF)"),
    (b"\x1f\x8b", "is a compressed file (gzip)"),
    (b"<!doctype html", "is a web page, perhaps of a login that had run out"),
    (b"<html", "is a web page, perhaps of a login that had run out"),
)


def read_tables(path: Path, name: str, layout: Layout | None = None) -> list[Table]:
    r"""Read every sheet of one export as text.

    Parameters
    ----------
    path : Path
        A CSV, XLSX or SAV file.
    name : str
        What findings call it: its name below the trajectory's folder.
    layout : Layout, optional
        Where the header stands in each sheet. The first row that holds a cell by default.

    Returns
    -------
    list of Table
        One a sheet, in the workbook's order; sheets without any cell are left out. A text
        or SPSS file gives one.

    Raises
    ------
    IntakeError
        When the file is locked, empty, damaged, protected, or no export at all.

    Examples
    --------
    >>> import tempfile
    >>> path = Path(tempfile.mkdtemp()) / "t0.csv"
    >>> _ = path.write_text("nummer;q1\nP1;3,5\n", encoding="cp1252")
    >>> read_tables(path, "t0.csv")[0].header
    ('nummer', 'q1')
    """
    layout = layout or Layout()
    suffix = path.suffix.lower()
    head = read_bytes(path, name, 4096)
    refuse_stranger(path, name, head)
    if suffix in SPSS:
        return [read_spss(path, name)]
    if suffix in WORKBOOK:
        grids = read_workbook(read_bytes(path, name), name)
        rows = [layout.header_row(grid.sheet, first=grid is grids[0]) for grid in grids]
        return [table_of(grid, row) for grid, row in zip(grids, rows, strict=True)]
    if path.stat().st_size > BIG:
        table = read_big(path, name, layout)
        if table is not None:
            return [table]
    return [_small(path, name, layout)]


def _small(path: Path, name: str, layout: Layout) -> Table:
    header_row = layout.header_row(None, first=True)
    grid: Grid = read_delimited(read_bytes(path, name), name, header_row)
    return table_of(grid, header_row)


def read_bytes(path: Path, name: str, most: int = -1) -> bytes:
    """Return a file's first bytes, or all of them.

    Raises
    ------
    IntakeError
        When the file cannot be opened, with the likeliest reason.
    """
    try:
        with path.open("rb") as stream:
            return stream.read(most)
    except PermissionError as fault:
        raise IntakeError(
            name, "another program holds it open", "close it in Excel and try again"
        ) from fault
    except OSError as fault:
        raise IntakeError(
            name, f"cannot be opened: {fault.strerror or fault}", "copy the file here again"
        ) from fault


def refuse_stranger(path: Path, name: str, head: bytes) -> None:
    """Refuse what cannot be an export, by its first bytes and its name.

    Raises
    ------
    IntakeError
        Saying what it is instead, and what to do.
    """
    suffix = path.suffix.lower()
    if not head.strip(b"\0 \t\r\n\xef\xbb\xbf"):
        raise IntakeError(name, "is empty", AGAIN)
    if head.startswith(OLE):
        _refuse_ole(path, name)
    for magic, what in STRANGERS:
        if head.lstrip().lower().startswith(magic.lower()):
            raise IntakeError(name, f"{what}, not an export", AGAIN)
    if suffix not in EXPORTS:
        _refuse_suffix(name, suffix)
    _refuse_wrong_name(name, suffix, head)


def rule_of_stranger(path: Path, name: str) -> str | None:
    """Return the rule for a spreadsheet that holds answers nobody can read; None for others.

    Raises
    ------
    IntakeError
        When the file cannot be opened.
    """
    suffix = path.suffix.lower()
    if read_bytes(path, name, len(OLE)) == OLE:
        protected = "EncryptedPackage".encode("utf-16-le") in read_bytes(path, name)
        if protected:
            return "protected-file"
        return "other-spreadsheet" if suffix in (*OTHERS, *WORKBOOK) else None
    return "other-spreadsheet" if suffix in OTHERS else None


def _refuse_ole(path: Path, name: str) -> NoReturn:
    if "EncryptedPackage".encode("utf-16-le") in read_bytes(path, name):
        raise IntakeError(name, "is protected with a password", NO_PASSWORD)
    raise IntakeError(name, "is in the old Excel format (XLS)", AS_XLSX)


def _refuse_suffix(name: str, suffix: str) -> NoReturn:
    if suffix in OTHERS:
        raise IntakeError(name, f"is a spreadsheet pilot does not read ({suffix})", AS_XLSX)
    raise IntakeError(name, f"has a name that no export has ({suffix or 'no suffix'})", AGAIN)


def _refuse_wrong_name(name: str, suffix: str, head: bytes) -> None:
    holds = _holds(head)
    named = {".xlsm": ".xlsx", ".zsav": ".sav"}.get(suffix, suffix)
    named = ".csv" if suffix in TEXT else named
    if holds == named:
        return
    if named == ".csv":
        raise IntakeError(
            name, f"holds {WHAT[holds]}, but is named {suffix}", f"rename it to {holds}"
        )
    raise IntakeError(
        name,
        f"is named {suffix}, but holds {WHAT[holds]}",
        "it was not saved whole, or renamed: save it again from the program it comes from",
    )


WHAT = {".xlsx": "a workbook", ".sav": "SPSS data", ".csv": "something else"}


def _holds(head: bytes) -> str:
    if head.startswith(b"PK\x03\x04"):
        return ".xlsx"
    return ".sav" if head[:4] in (b"$FL2", b"$FL3") else ".csv"

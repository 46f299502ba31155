"""Workbooks come in as a person sees them, sheet by sheet."""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from pilot.intake.layout import Layout
from pilot.intake.opening import read_tables
from pilot.intake.table import Table
from pilot.intake.workbook import _holds_formulas


def saved(path: Path, sheets: dict[str, list[list[Any]]]) -> Path:
    """Write a workbook with these sheets."""
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def column(table: Table, name: str) -> list[str | None]:
    """Return a column's cells, None where empty."""
    text = table.text(table.header.index(name))
    return [None if each != each else each for each in text]


def test_cells_read_as_they_look(tmp_path: Path) -> None:
    """Dates are ISO, whole numbers have no point, and every other cell is its own text."""
    values = [
        3.0,
        2.5,
        1 / 3,
        1e20,
        "3",
        " 3 ",
        True,
        datetime.date(2025, 4, 3),
        datetime.datetime(2025, 4, 3, 9, 5),
        datetime.time(9, 5),
        "#N/A",
        None,
    ]
    rows = [["nummer", "q"], *[[f"P{i}", value] for i, value in enumerate(values)]]
    table = read_tables(saved(tmp_path / "a.xlsx", {"Blad1": rows}), "a.xlsx")[0]

    assert column(table, "q") == [
        "3",
        "2.5",
        "0.3333333333333333",
        "1e+20",
        "3",
        " 3 ",
        "TRUE",
        "2025-04-03",
        "2025-04-03 09:05:00",
        "09:05:00",
        "#N/A",
        None,
    ]


def test_a_number_shown_with_zeros_keeps_them(tmp_path: Path) -> None:
    """A participant's number 7 that Excel shows as 007 is 007."""
    book = Workbook()
    book.active.append(["nummer", "q"])
    book.active.append([7, 3])
    book.active["A2"].number_format = "000"
    book.save(tmp_path / "a.xlsx")

    assert column(read_tables(tmp_path / "a.xlsx", "a.xlsx")[0], "nummer") == ["007"]


def test_every_sheet_and_its_own_header(tmp_path: Path) -> None:
    """Sheets are told apart, each with its own header row; empty sheets are none."""
    sheets = {
        "Ouders": [["nummer", "q"], ["P1", 1]],
        "Kinderen": [["Meting"], [None], ["nummer", "q"], ["K1", 2]],
        "Blad3": [],
    }
    path = saved(tmp_path / "a.xlsx", sheets)
    tables = read_tables(path, "a.xlsx", Layout((("kinderen ", 3), (None, 1))))

    assert [(table.file, table.header, list(table.rows)) for table in tables] == [
        ("a.xlsx[Ouders]", ("nummer", "q"), [2]),
        ("a.xlsx[Kinderen]", ("nummer", "q"), [4]),
    ]


def test_rows_hidden_by_a_filter_are_read(tmp_path: Path) -> None:
    """A filter that was left on, or a hidden sheet, hides no answers."""
    path = saved(tmp_path / "a.xlsx", {"A": [["nummer", "q"], ["P1", 1], [], ["P2", 2]]})
    from openpyxl import load_workbook

    book = load_workbook(path)
    book["A"].auto_filter.ref = "A1:B4"
    book["A"].row_dimensions[2].hidden = True
    book.create_sheet("B").append(["x"])
    book["A"].sheet_state = "hidden"
    book.save(path)
    table = read_tables(path, "a.xlsx")[0]

    assert column(table, "nummer") == ["P1", "P2"]
    assert list(table.rows) == [2, 4]


def test_a_formula_that_was_never_computed(tmp_path: Path) -> None:
    """A formula without a stored value comes as its own text: the cell is not empty."""
    path = saved(tmp_path / "a.xlsx", {"A": [["nummer", "q"], ["P1", "=1+2"], ["P2", 3]]})

    assert column(read_tables(path, "a.xlsx")[0], "q") == ["=1+2", "3"]


def test_a_wrong_size_stated_in_the_file(tmp_path: Path) -> None:
    """A workbook that says it ends at A1 is read to its last cell."""
    path = saved(tmp_path / "a.xlsx", {"A": [["nummer", "q"], ["P1", 3]]})
    source = zipfile.ZipFile(path)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            target.writestr(name, content.replace(b'ref="A1:B2"', b'ref="A1"'))
    path.write_bytes(made.getvalue())

    assert column(read_tables(path, "a.xlsx")[0], "q") == ["3"]


def test_columns_beyond_the_names(tmp_path: Path) -> None:
    """A remark typed beside the table is a column of its own, called by its letter."""
    path = saved(tmp_path / "a.xlsx", {"A": [["nummer", "q"], ["P1", 3, None, "nabellen"]]})
    table = read_tables(path, "a.xlsx")[0]

    assert table.header == ("nummer", "q", "(column C)", "(column D)")
    assert table.too_long == ()


@pytest.mark.parametrize("suffix", [".xlsx", ".xlsm"])
def test_both_suffixes(tmp_path: Path, suffix: str) -> None:
    """A workbook with macros is read like one without."""
    path = saved(tmp_path / f"a{suffix}", {"A": [["nummer"], ["P1"]]})

    assert column(read_tables(path, path.name)[0], "nummer") == ["P1"]


def test_a_sheet_of_explanation_stops_nothing(tmp_path: Path) -> None:
    """A sheet that nobody asks for may begin with blank rows; the others are read."""
    sheets = {"Ouders": [["nummer"], ["P1"]], "Uitleg": [[None], [None], ["Lees dit eerst"]]}
    path = saved(tmp_path / "a.xlsx", sheets)
    tables = read_tables(path, "a.xlsx", Layout((("Ouders", 1),)))

    assert [table.header for table in tables] == [("nummer",), ("Lees dit eerst",)]


def prefixed(path: Path, *, formula: bool) -> Path:
    """Write a workbook whose XML carries a prefix on every name, as some programs write it."""
    book = Workbook()
    book.active.append(["nummer", "q"])
    book.active.append(["P1", "=1+2" if formula else 3])
    book.save(path)
    parts = {}
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            parts[name] = archive.read(name)
    name = "xl/worksheets/sheet1.xml"
    text = parts[name].decode()
    text = re.sub(r"<(/?)(?![?!])", r"<\1x:", text).replace("xmlns=", "xmlns:x=")
    parts[name] = text.encode()
    with zipfile.ZipFile(path, "w") as archive:
        for each, content in parts.items():
            archive.writestr(each, content)
    return path


def test_a_formula_under_a_prefix_is_seen(tmp_path: Path) -> None:
    """``<x:f>`` is a formula too: its cell, never computed, is not taken for an empty one."""
    path = prefixed(tmp_path / "a.xlsx", formula=True)

    assert column(read_tables(path, "a.xlsx")[0], "q") == ["=1+2"]
    assert _holds_formulas(path.read_bytes())


def test_a_prefix_alone_is_no_formula(tmp_path: Path) -> None:
    """``<x:font>`` and the like are none; such a workbook is read once only."""
    path = prefixed(tmp_path / "a.xlsx", formula=False)

    assert column(read_tables(path, "a.xlsx")[0], "q") == ["3"]
    assert not _holds_formulas(path.read_bytes())

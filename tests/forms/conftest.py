"""A form, somebody who types in it, and a place for it among the exports."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from pilot.design import Trajectory, load_trajectory
from pilot.forms import Form, Person, form_workbook

DESIGN = """
key = "tables"
title = { nl = "Tafels", en = "Tables" }
purpose = "reanalysis"
[about]
place = "Nergens"
what = { nl = "Eten.", en = "Eating." }
done = { nl = "Samen.", en = "Together." }
[participant]
code = "nummer"
family = "gezin"
[[roles]]
key = "parent"
label = { nl = "ouder", en = "parent" }
[[roles]]
key = "child"
label = { nl = "kind", en = "child" }
ages = [8, 17]
[[sites]]
key = "noord"
label = { nl = "School Noord", en = "North School" }
[[sites]]
key = "zuid"
label = { nl = "School Zuid", en = "South School" }
[[waves]]
key = "t0"
label = { nl = "begin", en = "start" }
opens = 2025-01-01
closes = 2025-01-31
[[waves]]
key = "t1"
label = { nl = "eind", en = "end" }
opens = 2025-06-01
closes = 2025-06-30
[[sources]]
files = "t0*"
wave = "t0"
role = "parent"
shift = { "brs" = 1 }
[[asked]]
instrument = "brs"
role = "parent"
columns = "b{item}"
[[asked]]
instrument = "help-given"
role = "parent"
columns = "hulp"
[[asked]]
instrument = "djg-6"
role = "parent"
waves = ["t1"]
[[asked]]
instrument = "self-rated-health"
role = "parent"
columns = "gezondheid"
answers = { "1" = 5, "2" = 4, "3" = 3, "4" = 2, "5" = 1 }
[[asked]]
instrument = "life-satisfaction"
role = "child"
columns = "cijfer"
[[planned]]
outcome = "brs_total"
domain = "coping"
"""
PEOPLE = {
    "parent": [
        Person("007", "G1", "noord"),
        Person("008", "G1", "noord"),
        Person("P3", "G2", "zuid"),
    ],
    "child": [Person("K1", "G1", "noord")],
}
BRS = {f"brs_{item:02d}": answer for item, answer in enumerate((3, 2, 4, 1, 5, 2), start=1)}
ANSWERS: dict[str, Any] = {
    "answered": "2025-01-20",
    "mode": "papier",
    **BRS,
    "help_given_01": "1 - een enkele keer",
    "self_rated_health_01": "1 - zeer goed",
}

Cells = Mapping[str, Any]


@dataclass
class Typist:
    """Somebody who opens a form, types, and saves it."""

    path: Path

    def __post_init__(self) -> None:
        self.book: Workbook = load_workbook(self.path)

    def sheet(self, role: str = "ouder", entry: int = 1) -> Worksheet:
        """Return the sheet of a role."""
        return self.book[f"{role} {entry}"]

    def columns(self, sheet: Worksheet) -> dict[str, int]:
        """Return where each column stands, by its name."""
        row = next(row for row in sheet.iter_rows() if "participant" in [c.value for c in row])
        return {str(cell.value): cell.column for cell in row if cell.value}

    def row(self, sheet: Worksheet, number: str | None) -> int:
        """Return the row of a number, or the first open one."""
        place = self.columns(sheet)["participant"]
        top = next(c.row for c in sheet[chr(64 + place)] if c.value == "participant")
        for row in range(top + 1, sheet.max_row + 1):
            if sheet.cell(row, place).value == number:
                return row
        raise LookupError(number)

    def types(
        self, number: str | None, cells: Cells, *, role: str = "ouder", entry: int = 1
    ) -> Typist:
        """Type in one row."""
        sheet = self.sheet(role, entry)
        row, columns = self.row(sheet, number), self.columns(sheet)
        for name, value in cells.items():
            sheet.cell(row, columns[name]).value = value
        return self

    def types_twice(self, number: str | None, cells: Cells, **also: str) -> Typist:
        """Type the same on both sheets."""
        return self.types(number, cells, **also).types(number, cells, **also, entry=2)

    def saves(self) -> Path:
        """Save the workbook where it stood."""
        self.book.save(self.path)
        return self.path


@pytest.fixture(scope="session")
def design(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Trajectory]:
    """Give a function that loads the small design, with words of it replaced."""
    folder = tmp_path_factory.mktemp("designs")

    def load(*changes: tuple[str, str]) -> Trajectory:
        text = DESIGN
        for old, new in changes:
            assert old in text
            text = text.replace(old, new)
        path = folder / f"design-{len(list(folder.iterdir()))}.toml"
        path.write_text(text, encoding="utf-8")
        return load_trajectory(path)

    return load


@pytest.fixture
def form(design: Callable[..., Trajectory], tmp_path: Path) -> Callable[..., Typist]:
    """Give a function that makes a form of the small design and opens it."""

    def make(name: str = "form.xlsx", wave: str = "t0", **also: Any) -> Typist:
        roles = tuple(role for role in ("parent", "child"))
        made = Form(design(), wave, roles, **also)
        folder = tmp_path / "exports"
        folder.mkdir(exist_ok=True)
        path = folder / name
        path.write_bytes(form_workbook(made, PEOPLE))
        return Typist(path)

    return make


@pytest.fixture
def typist() -> type[Typist]:
    """Give the class of people who type."""
    return Typist


@pytest.fixture
def answers() -> dict[str, Any]:
    """Give the answers of one parent, as typed."""
    return dict(ANSWERS)

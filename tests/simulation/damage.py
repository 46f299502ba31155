"""What goes wrong with exports. Each fault does its harm and writes down what it did.

A fault names the rule that should find it, the file, row and column where a person would
look, and what stands there now. Rows are numbered when all harm is done.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from tests.simulation.dice import Dice
from tests.simulation.sheets import Row, Sheet

EXCEL_DAY_ZERO = date(1899, 12, 30)


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that was done to an export. No rule: nothing should be found."""

    kind: str
    rule: str | None
    sheet: Sheet | None
    row: Row | None = None
    column: str | None = None
    participant: str | None = None
    wave: str | None = None
    found: Any = None
    file: str = ""

    def told(self) -> dict[str, Any]:
        """Return the fault as it stands in the truth."""
        row = self.sheet.number(self.row) if self.sheet and self.row else None
        return {
            "kind": self.kind,
            "rule": self.rule,
            "file": self.file or (self.sheet.place if self.sheet else ""),
            "row": row,
            "column": self.column,
            "participant": self.participant,
            "wave": self.wave,
            "found": None if self.found is None else str(self.found),
        }


@dataclass(slots=True)
class Damage:
    """The faults of one trajectory, in the order they were made."""

    seed: int
    waves: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    copied: list[Row] = field(default_factory=list)

    def pick(self, sheet: Sheet, how_many: int) -> list[Row]:
        """Return some rows to which nothing has been done yet."""
        order = Dice(self.seed, "harm", sheet.place).shuffled(sheet.rows)
        return [row for row in order if row.code and not self.touched(row)][:how_many]

    def _note(self, kind: str, rule: str | None, sheet: Sheet, row: Row, **more: Any) -> None:
        column = more.get("column") or ""
        named = [wave for wave in self.waves if column.endswith(f"_{wave}")]
        wave = row.wave or (named[0] if named else None)
        self.faults.append(
            Fault(kind, rule, sheet, row, participant=row.code, wave=wave, **more)
        )

    def touched(self, row: Row) -> bool:
        """Return whether something was done to a row already."""
        return row in self.copied or any(fault.row is row for fault in self.faults)

    # -- cells ---------------------------------------------------------------------------

    def write(
        self, kind: str, rule: str, sheet: Sheet, row: Row, cell: tuple[str, Any]
    ) -> None:
        """Write something else into a cell: a code, a word, a number off the form."""
        column, value = cell
        row.cells[column] = value
        self._note(kind, rule, sheet, row, column=column, found=value)

    def no_answer(self, sheet: Sheet, row: Row, column: str, code: Any) -> None:
        """Write 99, 'weet niet' or 'n.v.t.' where an answer was."""
        self.write("no answer", "no-answer-code", sheet, row, (column, code))

    def pad(self, sheet: Sheet, row: Row, column: str) -> None:
        """Put a space behind a value."""
        self.write("spaces", "spaces", sheet, row, (column, f"{row.cells[column]} "))

    def turn_date(self, sheet: Sheet, row: Row, column: str) -> None:
        """Swap day and month, as Excel does with a date it reads the American way."""
        day = row.cells[column]
        self.write(
            "turned date",
            "turned-date",
            sheet,
            row,
            (column, day.replace(month=day.day, day=day.month)),
        )

    def number_date(self, sheet: Sheet, row: Row, column: str) -> None:
        """Write a date as the number that Excel keeps inside."""
        serial = (row.cells[column] - EXCEL_DAY_ZERO).days
        self.write("serial date", "serial-date", sheet, row, (column, str(serial)))

    def late(self, sheet: Sheet, row: Row, column: str, day: date) -> None:
        """Let somebody answer outside the window."""
        self.write("outside window", "outside-window", sheet, row, (column, day))

    def before_the_first(self, sheet: Sheet, row: Row, column: str, day: date) -> None:
        """Date a later wave before the earlier one: a wrong year typed."""
        self.write("post before pre", "wrong-order", sheet, row, (column, day))

    # -- forms ---------------------------------------------------------------------------

    def same_everywhere(self, sheet: Sheet, row: Row, columns: list[str], value: Any) -> None:
        """Let somebody tick the same answer down a form."""
        for column in columns:
            row.cells[column] = value
        self._note("straight-lining", "straight-lining", sheet, row, found=value)

    def count_from_zero(self, sheet: Sheet, columns: list[str], *, declared: bool) -> None:
        """Write a form from 0 where it runs from 1, in a whole file."""
        for row in sheet.rows:
            for column in columns:
                if isinstance(row.cells.get(column), int):
                    row.cells[column] -= 1
        rule = "shifted" if declared else "shifted-coding"
        self.faults.append(Fault("0-3 for 1-4", rule, sheet, column=columns[0]))

    def turn_item(self, sheet: Sheet, column: str, ends: tuple[int, int]) -> None:
        """Export an item already turned round, which nobody remembers afterwards."""
        for row in sheet.rows:
            if isinstance(row.cells.get(column), int):
                row.cells[column] = sum(ends) - row.cells[column]
        self.faults.append(Fault("turned item", "item-against-scale", sheet, column=column))

    # -- rows ----------------------------------------------------------------------------

    def copy_row(self, sheet: Sheet, row: Row) -> None:
        """Let a row stand there twice; the copy lands at the end."""
        copy = Row(row.code, row.wave, dict(row.cells))
        sheet.rows.append(copy)
        self.copied.append(row)
        self._note("duplicate", "duplicate", sheet, copy)

    def share_code(self, sheet: Sheet, rows: tuple[Row, Row], column: str) -> None:
        """Give two people, twins perhaps, the number of the first."""
        first, second = rows
        second.cells[column] = first.cells[column]
        for row in rows:
            self._note(
                "one code, two people",
                "same-code-twice",
                sheet,
                row,
                column=column,
                found=first.cells[column],
            )

    def recode(self, sheet: Sheet, row: Row, column: str, code: str) -> None:
        """Mistype a number, so that the register does not know it."""
        self.write("unknown number", "not-in-register", sheet, row, (column, code))

    def lose_code(self, sheet: Sheet, row: Row, column: str) -> None:
        """Leave the number out."""
        row.cells[column] = None
        self._note("no number", "no-code", sheet, row, column=column)

    def note_row(self, kind: str, rule: str, sheet: Sheet, row: Row) -> None:
        """Note a row that is at fault because of what stands elsewhere."""
        self._note(kind, rule, sheet, row)

    def mislabel(self, sheet: Sheet, row: Row, column: str | None, found: Any) -> None:
        """Note a row that stands under the wrong wave: its date belongs to another one."""
        self._note(
            "wave mislabelled", "mislabelled-wave", sheet, row, column=column, found=found
        )

    def blank_rows(self, sheet: Sheet, how_many: int) -> None:
        """Leave rows empty before the last one, as Excel does after deleting."""
        for _ in range(how_many):
            row = Row("", "", {})
            sheet.rows.insert(len(sheet.rows) - 1, row)
            self.faults.append(Fault("empty row", None, sheet, row))

    # -- events --------------------------------------------------------------------------

    def repeat_event(self, sheet: Sheet, row: Row) -> None:
        """Let an event stand there twice; the copy lands at the end."""
        copy = Row(row.code, row.wave, dict(row.cells))
        sheet.rows.append(copy)
        self.copied.append(row)
        self._note("event twice", "event-repeated", sheet, copy)

    def strange_event(self, sheet: Sheet, row: Row, code: str) -> None:
        """Let an event be of a number that the register does not know."""
        copy = Row(code, row.wave, row.cells | {"nummer": code})
        sheet.rows.append(copy)
        self._note("event of nobody", "event-of-stranger", sheet, copy)

    def far_event(self, sheet: Sheet, row: Row, day: date) -> None:
        """Let an event lie where no pilot is any more: a wrong year typed."""
        copy = Row(row.code, row.wave, row.cells | {"datum": day})
        sheet.rows.append(copy)
        self._note("far event", "date-beyond-course", sheet, copy, column="datum", found=day)

    def note_after_leaving(self, sheet: Sheet, ends: dict[str, date | None]) -> None:
        """Note events after the day on which the register lets their person go."""
        for row in sheet.rows:
            end = ends.get(row.code)
            if end and row.cells["datum"] > end:
                self._note("event after leaving", "after-leaving", sheet, row, column="datum")

    # -- columns and files ---------------------------------------------------------------

    def add_column(self, sheet: Sheet, column: str, cells: dict[str, Any]) -> None:
        """Add a column that the design does not know, with something in some rows."""
        sheet.columns.append(column)
        for code, value in cells.items():
            sheet.of(code).cells[column] = value
        self.faults.append(Fault("unknown column", "unknown-column", sheet, column=column))

    def stray(self, file: str) -> None:
        """Note a file that nobody claims."""
        self.faults.append(Fault("stray file", "unclaimed-file", None, file=file))

"""What is in an export, told without showing a person."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from pilot.design import Source, load_trajectory, trajectory_names
from pilot.design.dates import read_date
from pilot.intake.claims import Claim
from pilot.intake.forms import Typed, typed_in
from pilot.intake.likeness import Guess, likeliest
from pilot.intake.opening import read_tables
from pilot.intake.table import Table, plain

FEW = 12  # at most so many different values are shown
OFTEN = 5  # a word is shown when at least so many rows hold it
NUMBER = re.compile(r"-?\d+([.,]\d+)?")
SMALL = re.compile(r"-?\d{1,3}")
# Columns that may name a person or a place to find them: their values are never shown.
PERSONAL = re.compile(
    r"na(a)?m|name|code|nummer|number|^nr|^id$|gezin|famil|mail|tel|phone|adres|address|post"
    r"|geboort|birth|opmerk|notitie|toelicht|remark|comment|interviewer|coach"
)


@dataclass(frozen=True, slots=True)
class Column:
    """One column: what kind of cells it holds, how many are empty, and common values."""

    name: str
    kind: str
    filled: int
    empty: int
    different: int
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet, or the one table of a text or SPSS file."""

    name: str | None
    rows: int
    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class Description:
    """What is in an export: its form, its sheets and columns, and whose it may be.

    Attributes
    ----------
    file, kind, encoding, delimiter : str
        The last two are empty where they mean nothing.
    sheets : tuple of Sheet
        Sheets without any cell are left out.
    guesses : tuple of Guess
        Trajectories on the shelf whose sources know the columns, the likeliest first.
    """

    file: str
    kind: str
    encoding: str
    delimiter: str
    sheets: tuple[Sheet, ...]
    guesses: tuple[Guess, ...] = ()

    def frame(self) -> pd.DataFrame:
        """Return the columns of all sheets as a table, one row a column."""
        return pd.DataFrame(
            [
                {
                    "sheet": sheet.name,
                    "column": column.name,
                    "kind": column.kind,
                    "filled": column.filled,
                    "empty": column.empty,
                    "different": column.different,
                    "examples": ", ".join(column.examples),
                }
                for sheet in self.sheets
                for column in sheet.columns
            ]
        )

    def __str__(self) -> str:
        delimiter = {"": "", "\t": "delimiter tab"}.get(
            self.delimiter, f"delimiter {self.delimiter!r}"
        )
        lines = [
            f"{self.file}: " + ", ".join(filter(None, (self.kind, self.encoding, delimiter)))
        ]
        for sheet in self.sheets:
            name = "" if sheet.name is None else f"[{sheet.name}] "
            columns = ", ".join(column.name for column in sheet.columns)
            lines.append(f"  {name}{sheet.rows} rows, {len(sheet.columns)} columns: {columns}")
        for guess in self.guesses:
            sheet_ = "" if guess.sheet is None else f"[{guess.sheet}]"
            lines.append(
                f"  looks like {guess.files}{sheet_} of {guess.trajectory}, "
                f"which knows {guess.share:.0%} of its columns"
            )
        return "\n".join(lines)


def describe_export(path: Path) -> Description:
    """Return what is in an export, and which trajectory on the shelf would claim it.

    Values are shown only of columns with few different ones that do not look personal:
    small numbers, and words that several rows share.

    Raises
    ------
    IntakeError
        When it cannot be read.
    """
    typed = typed_in(path, path.name)
    if typed:
        tables, found = [each.table for each in typed], [_says(each) for each in typed[:1]]
    else:
        tables = read_tables(path, path.name)
        found = likeliest(path, (load_trajectory(key) for key in trajectory_names()))
    if found and not typed:
        # The design may know on which row the header stands.
        better = {guess.table.sheet: guess.table for guess in reversed(found)}
        tables = [better.get(table.sheet, table) for table in tables]
    first = tables[0]
    return Description(
        file=path.name,
        kind=first.kind,
        encoding=first.encoding,
        delimiter=first.delimiter,
        sheets=tuple(_sheet(table) for table in tables),
        guesses=tuple(found),
    )


def _says(typed: Typed) -> Guess:
    """Return what a form says of itself, which is no guess."""
    marker, name = typed.marker, typed.table.name
    source = Source(files=name, wave=marker.wave, role=marker.role)
    return Guess(marker.trajectory, name, None, 1.0, Claim(source), typed.table)


def _sheet(table: Table) -> Sheet:
    columns = [_column(table, place) for place in range(len(table.header))]
    return Sheet(table.sheet, len(table.rows) + len(table.too_long), tuple(columns))


def _column(table: Table, place: int) -> Column:
    text = table.text(place)
    counts = text.value_counts()
    return Column(
        name=table.header[place],
        kind=_kind([str(value) for value in counts.index[:200]]),
        filled=int(text.notna().sum()),
        empty=int(text.isna().sum()),
        different=len(counts),
        examples=_examples(table.header[place], counts),
    )


def _kind(values: list[str]) -> str:
    if not values:
        return "empty"
    if all(NUMBER.fullmatch(value.strip()) for value in values):
        whole = all("," not in value and "." not in value for value in values)
        return "whole numbers" if whole else "numbers"
    if all(read_date(value).day for value in values):
        return "dates"
    return "text"


def _examples(name: str, counts: pd.Series) -> tuple[str, ...]:
    if len(counts) > FEW or PERSONAL.search(plain(name)):
        return ()
    shown = [
        str(value)
        for value, count in counts.items()
        if SMALL.fullmatch(str(value).strip()) or count >= OFTEN
    ]
    return tuple(sorted(shown, key=lambda value: (len(value), value)))

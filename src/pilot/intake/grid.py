"""The cells of a sheet, and how a header row makes a table of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

import numpy as np

from pilot.errors import IntakeError
from pilot.intake.layout import FIRST_FILLED
from pilot.intake.table import Cells, Table, text_array


@dataclass(frozen=True, slots=True)
class Grid:
    """The cells of one sheet before anyone said which row is the header.

    ``numbers`` are the rows' own numbers in Excel; ``exact`` says that a row's length means
    something (it does in CSV, not in a workbook, which leaves empty cells out).
    ``formulas`` are what stands behind cells with an outcome, by row number and place.
    """

    name: str
    sheet: str | None
    kind: str
    rows: Sequence[Cells]
    numbers: Sequence[int]
    exact: bool = False
    encoding: str = ""
    delimiter: str = ""
    formulas: Mapping[tuple[int, int], str] = field(default_factory=dict)

    @property
    def file(self) -> str:
        """The name that responses carry."""
        return self.name if self.sheet is None else f"{self.name}[{self.sheet}]"


def table_of(grid: Grid, header_row: int) -> Table:
    """Make a table of a grid of cells.

    Rows without any cell are no rows. Columns without a name and without a cell are no
    columns. `FIRST_FILLED` takes the first row that holds a cell for the header.

    Raises
    ------
    IntakeError
        When the header row holds no names.
    """
    header, body, numbers = _split(grid, header_row)
    width = len(header)
    fits, long, short = [], [], []
    for number, cells in zip(numbers, body, strict=True):
        if grid.exact and any(cell is not None for cell in cells[width:]):
            long.append((number, tuple(cells)))
            continue
        if grid.exact and len(cells) < width:
            short.append(number)
        fits.append((number, cells))
    columns = list(zip_longest(*(cells[:width] for _, cells in fits)))
    columns += [(None,) * len(fits)] * (width - len(columns))
    return Table(
        file=grid.file,
        name=grid.name,
        sheet=grid.sheet,
        kind=grid.kind,
        header=header,
        columns=[text_array(column) for column in columns],
        rows=np.array([number for number, _ in fits], dtype=np.int32),
        too_long=tuple(long),
        too_short=tuple(short),
        encoding=grid.encoding,
        delimiter=grid.delimiter,
        formulas=_formulas(grid, header, {number for number, _ in fits}),
    )


def _formulas(grid: Grid, header: tuple[str, ...], rows: set[int]) -> dict[str, dict[int, str]]:
    """Return the formulas below a header, by column and row."""
    told: dict[str, dict[int, str]] = {}
    for (number, place), formula in grid.formulas.items():
        if number in rows and place < len(header):
            told.setdefault(header[place], {})[number] = formula
    return told


def _split(grid: Grid, header_row: int) -> tuple[tuple[str, ...], list[Cells], list[int]]:
    names: Cells = ()
    body, numbers = [], []
    for number, cells in zip(grid.numbers, grid.rows, strict=True):
        filled = any(cell is not None for cell in cells)
        if header_row == FIRST_FILLED and filled:
            header_row = number
        if number == header_row:
            names = cells
        elif number > header_row > FIRST_FILLED and filled:
            body.append(cells)
            numbers.append(number)
    if not any(names):
        raise IntakeError(
            f"{grid.file}, row {header_row}",
            "holds no column names",
            "put the names of the columns there, or say with `header_row` where they stand",
        )
    return names_of(names, body, exact=grid.exact), body, numbers


def names_of(names: Cells, body: Sequence[Cells], *, exact: bool) -> tuple[str, ...]:
    """Return the column names, a nameless column called by its letter.

    Examples
    --------
    >>> names_of(["nummer", None, "q1", None], [["P1", "x", "3", None]], exact=True)
    ('nummer', '(column B)', 'q1')
    """
    last = max((place for place, name in enumerate(names, start=1) if name), default=0)
    if not exact:
        last = max([last, *(_length(cells) for cells in body)])
    wide = [names[place] if place < len(names) else None for place in range(last)]
    return tuple(
        name if name else f"(column {letter(place)})"
        for place, name in enumerate(wide, start=1)
    )


def letter(place: int) -> str:
    """Return what Excel calls a column, counted from 1.

    Examples
    --------
    >>> letter(1), letter(26), letter(27), letter(703)
    ('A', 'Z', 'AA', 'AAA')
    """
    letters = ""
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _length(cells: Cells) -> int:
    return max(
        (place for place, cell in enumerate(cells, start=1) if cell is not None), default=0
    )

"""Where the header of each sheet stands, and which columns must stay text."""

from __future__ import annotations

from dataclasses import dataclass
from fnmatch import fnmatchcase

from pilot.intake.table import plain

FIRST_FILLED = 0  # the header is the first row that holds a cell


@dataclass(frozen=True, slots=True)
class Layout:
    """What sources expect of a file's form.

    ``header_rows`` holds (sheet, row) pairs, a sheet of None meaning the first one;
    ``text`` holds the names of columns that are never read as numbers, in small letters.
    """

    header_rows: tuple[tuple[str | None, int], ...] = ()
    text: frozenset[str] = frozenset()

    def header_row(self, sheet: str | None, *, first: bool) -> int:
        """Return the row, counted from 1, that holds a sheet's names, or `FIRST_FILLED`.

        Examples
        --------
        >>> Layout(header_rows=(("Ouders", 3),)).header_row("ouders ", first=False)
        3
        >>> Layout().header_row("Ouders", first=True) == FIRST_FILLED
        True
        """
        for wanted, row in self.header_rows:
            if wanted is not None and fnmatchcase(plain(sheet or ""), plain(wanted)):
                return row
        rows = [row for wanted, row in self.header_rows if wanted is None or sheet is None]
        return rows[0] if rows and first else FIRST_FILLED

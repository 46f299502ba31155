"""One sheet as a person sees it: a header, columns of text, and the row numbers of Excel."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

Cells = Sequence[str | None]


@dataclass(frozen=True, slots=True)
class Labels:
    """What an SPSS file says of one column's codes: their labels, and which mean nothing."""

    texts: Mapping[str, str] = field(default_factory=dict)
    missing: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """One file or sheet, read.

    Attributes
    ----------
    file : str
        As it stands in a response's `file`: the name, with ``[sheet]`` for a workbook.
    kind : str
        ``csv``, ``xlsx`` or ``sav``.
    header : tuple of str
        The column names as written; a column without a name is called by its letter.
    columns : list of arrays
        One a column: text with NA where empty, or whole numbers of one byte.
    rows : array of int32
        The number that each row has in Excel: the header is 1, the first data row 2.
    too_long : tuple of (row, cells)
        Rows with more cells than the header has names: which cell is which is unknown.
    too_short : tuple of int
        Rows that stop before the last column.
    formulas : mapping of str to mapping of int to str
        By column and row: the formula of which a cell holds the outcome.
    """

    file: str
    name: str
    sheet: str | None
    kind: str
    header: tuple[str, ...]
    columns: list[Any]
    rows: np.ndarray
    too_long: tuple[tuple[int, Cells], ...] = ()
    too_short: tuple[int, ...] = ()
    labels: Mapping[int, Labels] = field(default_factory=dict)
    encoding: str = ""
    delimiter: str = ""
    formulas: Mapping[str, Mapping[int, str]] = field(default_factory=dict)

    @property
    def big(self) -> bool:
        """Whether it came by the way for big files, which saves memory where it can."""
        return any(str(column.dtype) != "str" for column in self.columns)

    def text(self, position: int) -> pd.Series:
        """Return one column as text."""
        return as_text(self.columns[position])

    def filled(self, position: int) -> np.ndarray:
        """Return which rows hold something in a column."""
        column = self.columns[position]
        if isinstance(column, np.ndarray):
            return np.ones(len(column), dtype=bool)
        return ~np.asarray(column.isna())


def text_array(cells: Sequence[str | None]) -> Any:
    """Return cells as an array of text, NA where empty."""
    return pd.array(list(cells), dtype="str")


def as_text(column: Any) -> pd.Series:
    """Return a column as text, numbers as a person would write them."""
    series = pd.Series(column)
    return series if series.dtype == "str" else series.astype("str")


def cell(text: str | None) -> str | None:
    """Return a cell as it was written, or None where a person sees nothing.

    Examples
    --------
    >>> cell(" 3 "), cell("  "), cell("")
    (' 3 ', None, None)
    """
    return text if text and not text.isspace() else None


def plain(word: str) -> str:
    """Return a word without the differences that people do not see: case and spaces.

    Examples
    --------
    >>> plain("  Hulp  Gegeven ")
    'hulp gegeven'
    """
    return " ".join(word.split()).casefold()

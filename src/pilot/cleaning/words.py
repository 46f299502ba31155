"""A column as its different words: each word is read once, however many rows hold it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Places: TypeAlias = NDArray[np.intp]
Flags: TypeAlias = NDArray[np.bool_]
Column: TypeAlias = "pd.Series[Any]"

BLOCK = 65_536


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """The different words of a column, and which of them each row holds.

    Parameters
    ----------
    codes : array of int
        The place of each row's word in `each`; -1 where the cell is empty.
    each : list of str
        The different words, as they were written.
    """

    codes: Places
    each: list[str]

    def spread(self, values: Sequence[Any], dtype: Any, empty: Any) -> NDArray[Any]:
        """Give every row what was made of its word; `empty` where the cell is empty."""
        table = np.empty(len(self.each) + 1, dtype=dtype)
        table[:-1] = values
        table[-1] = empty
        return np.asarray(table[self.codes])

    def word(self, code: int) -> str | None:
        """Return one word; None for the code of an empty cell."""
        return None if code < 0 else self.each[code]

    def at(self, places: Places) -> list[str]:
        """Return the words of some rows, none of which is empty."""
        return [self.each[code] for code in self.codes[places]]


def words_of(column: Column) -> Words:
    """Return a column's words; numbers become the words a person would write.

    Examples
    --------
    >>> words_of(pd.Series(["3", None, "3", "4"])).each
    ['3', '4']
    """
    if column.isna().all():
        return Words(np.broadcast_to(np.intp(-1), len(column)), [])
    codes, each = pd.factorize(column)
    return Words(np.asarray(codes, dtype=np.intp), [word_of(value) for value in each])


def word_of(value: object) -> str:
    """Return a cell as it would be written.

    Examples
    --------
    >>> word_of(3.0), word_of("n.v.t.")
    ('3', 'n.v.t.')
    """
    if isinstance(value, float | np.floating) and float(value).is_integer():
        return str(int(value))
    return str(value)


def text(column: Column) -> Column:
    """Return a column as text without outer spaces; cells of spaces alone become empty."""
    if isinstance(column.dtype, pd.StringDtype):
        if column.isna().all():
            return column
        trimmed = column.str.strip()
        return trimmed.where(trimmed != "") if (trimmed == "").any() else trimmed
    trimmed = translated(words_of(column), lambda word: word.strip() or None)
    return trimmed.set_axis(column.index)


def translated(words: Words, meaning: Callable[[str], str | None]) -> Column:
    """Return the rows of a column with each word replaced by what it means."""
    each = [meaning(word) for word in words.each]
    if len({*each}) <= 1 and (not each or words.codes.min(initial=0) >= 0):
        return _everywhere(each[0] if each else None, len(words.codes))
    return pd.Series(pd.array([*each, None], dtype="str").take(words.codes))


def _everywhere(word: str | None, rows: int) -> Column:
    """Return a column of one word, in memory no longer than a block of it."""
    block = pd.Series(
        pd.array([word], dtype="str").take(np.zeros(min(rows, BLOCK), dtype=np.intp))
    )
    blocks = [block] * (rows // BLOCK) + [block[: rows % BLOCK]]
    return pd.concat(blocks, ignore_index=True)


def tally(words: Iterable[str]) -> str:
    """Return which words were seen and how often, most frequent first.

    Examples
    --------
    >>> tally(["99", "weet niet", "99"])
    '99 (2x), weet niet (1x)'
    """
    counted = sorted(Counter(words).items(), key=lambda pair: (-pair[1], pair[0]))
    return ", ".join(f"{word} ({count}x)" for word, count in counted)

"""One column of answers, read as whole numbers; what no answer may be is told, not repaired."""

from __future__ import annotations

import re
from dataclasses import dataclass
from numbers import Real
from typing import Any, TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pilot.design import Instrument, Scale

Codes: TypeAlias = NDArray[np.integer[Any]]
Flags: TypeAlias = NDArray[np.bool_]

WHOLE_NUMBER = re.compile(r"[+-]?\d{1,9}(\.0+)?")
NO_ANSWER = object()


@dataclass(frozen=True, slots=True, eq=False)
class Answers:
    """The answers to one item: whole numbers, and 0 where nobody answered.

    Parameters
    ----------
    codes : array of int
        In the smallest integers that hold them, never a view of the caller's data
        that is written to.
    missing : array of bool or None
        Who gave no answer; None when everybody did.
    outside : array of bool or None
        Which answers the form does not offer; None when there are none.
    """

    codes: Codes
    missing: Flags | None
    outside: Flags | None

    def keyed(self, item: str, scale: Scale, form: Instrument) -> Codes:
        """Return the answers as one scale counts them: reversed, or counted as 0 and 1."""
        if scale.combine == "count":
            hits = np.isin(self.codes, scale.counted.get(item, []))
            return self._blank(hits.astype(np.int8))
        if item in scale.reverse:
            return self._blank(form.low(item) + form.high(item) - self.codes)
        return self.codes

    def _blank(self, codes: Codes) -> Codes:
        if self.missing is not None:
            codes[self.missing] = 0
        return codes


def read_answers(column: pd.Series[Any], item: str, form: Instrument) -> Answers:
    """Read one item's column, whatever its type.

    Whole numbers are read as they are. Words are read where they equal one of the form's
    options, apart from case and spaces; an empty cell is no answer.
    """
    low, high = form.low(item), form.high(item)
    if pd.api.types.is_bool_dtype(column.dtype):
        return _read_words(column.astype(object), low, high, {})
    if pd.api.types.is_integer_dtype(column.dtype):
        return _read_integers(column, low, high)
    if pd.api.types.is_float_dtype(column.dtype):
        return _read_floats(column, low, high)
    return _read_words(column, low, high, form.responses.options)


def _read_integers(column: pd.Series[Any], low: int, high: int) -> Answers:
    missing = _flags(column.isna().to_numpy())
    fill = _inside(low, high)
    if missing is None:
        values = column.to_numpy(dtype=_bare(column))
    else:
        values = column.to_numpy(dtype=_bare(column), na_value=fill)
    outside = _beyond(values, low, high)
    codes: Codes = values.astype(_width(low, high), copy=False)
    if missing is not None and fill:
        codes[missing] = 0  # with something missing, `values` is a copy already
    return Answers(codes, missing, outside)


def _read_floats(column: pd.Series[Any], low: int, high: int) -> Answers:
    values = column.to_numpy(dtype=np.float64, na_value=np.nan)
    missing = _flags(np.isnan(values))
    with np.errstate(invalid="ignore"):  # NaN and huge numbers are told below
        codes: Codes = values.astype(_width(low, high))
    broken = codes != values
    if missing is not None:
        codes[missing] = _inside(low, high)
        broken &= ~missing
    beyond = _beyond(codes, low, high)
    if beyond is not None:
        broken |= beyond
    if missing is not None:
        codes[missing] = 0
    return Answers(codes, missing, _flags(broken))


def _read_words(
    column: pd.Series[Any], low: int, high: int, options: dict[str, int]
) -> Answers:
    places, words = pd.factorize(column)
    offered = {plain(word): code for word, code in options.items()}
    found = [_meaning(word, low, high, offered) for word in words]
    # one entry more than there are words: place -1, an empty cell, lands on the last
    numbers = [n if isinstance(n, int) else 0 for n in found]
    codes: Codes = np.array([*numbers, 0], _width(low, high))
    missing = np.array([n is NO_ANSWER for n in found] + [True])
    outside = np.array([n is None for n in found] + [False])
    return Answers(codes[places], _flags(missing[places]), _flags(outside[places]))


def _meaning(word: object, low: int, high: int, offered: dict[str, int]) -> object:
    if isinstance(word, str):
        text = plain(word)
        if not text:
            return NO_ANSWER
        if text in offered:
            word = offered[text]
        elif WHOLE_NUMBER.fullmatch(text):
            word = float(text)
    if isinstance(word, bool | np.bool_) or not isinstance(word, Real):
        return None
    number = float(word)
    return int(number) if number.is_integer() and low <= number <= high else None


def plain(word: str) -> str:
    """Return a word as it is compared: one space between parts, no upper case.

    Examples
    --------
    >>> plain(" Min  of meer ")
    'min of meer'
    """
    return " ".join(word.split()).casefold()


def _bare(column: pd.Series[Any]) -> np.dtype[Any]:
    dtype: Any = column.dtype
    bare: np.dtype[Any] = np.dtype(getattr(dtype, "numpy_dtype", dtype))
    return bare


def _inside(low: int, high: int) -> int:
    return max(low, min(high, 0))


def _width(low: int, high: int) -> np.dtype[np.integer[Any]]:
    """Return the integers in which ``low + high - answer`` cannot overflow."""
    return np.dtype(np.int8) if low > -64 and high < 64 else np.dtype(np.int32)


def _flags(flags: Flags) -> Flags | None:
    return flags if flags.any() else None


def _beyond(values: NDArray[Any], low: int, high: int) -> Flags | None:
    if not values.size or (values.min() >= low and values.max() <= high):
        return None
    beyond: Flags = (values < low) | (values > high)
    return beyond

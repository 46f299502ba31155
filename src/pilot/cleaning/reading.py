"""One column of answers, read: what is kept, and which rules the rest breaks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pilot.cleaning.desk import Numbers, numbers_of
from pilot.cleaning.meaning import Way
from pilot.cleaning.questions import Occasions, Question
from pilot.cleaning.shifts import NO_NUMBER, Bare, BareNumbers
from pilot.cleaning.words import Column, Flags, Places, Words, words_of

RULES = (
    "",
    "no-answer-code",
    "out-of-range",
    "not-a-number",
    "bare-code",
    "not-asked",
    "shifted-coding",
)
"""What may be wrong with an answer; its place here is how a row remembers it."""

NO_ANSWER, NOT_ASKED, SHIFTED = (
    RULES.index(rule) for rule in ("no-answer-code", "not-asked", "shifted-coding")
)
NOWHERE: Places = np.empty(0, dtype=np.intp)
NO_RULES = np.empty(0, dtype=np.uint8)
SMALL = np.iinfo(np.int8)


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """One column as read.

    Parameters
    ----------
    column : Series
        The answers, empty where a rule is broken; the received column itself where
        nothing had to change.
    faulty : array of int
        The rows that break a rule, in their order.
    rules : array of int
        The rule that each of them breaks, as its place in `RULES`.
    spaced : array of int
        The rows with spaces around their value.
    bare : Bare or None
        What is needed to see answers counted from 0; None where a shift is declared.
    """

    column: Column
    faulty: Places
    rules: NDArray[np.uint8]
    spaced: Places
    bare: Bare | None


def read_column(
    question: Question, column: Column, ways: list[Way | None], occasions: Occasions
) -> Reading:
    """Read a column: each different word once, and whole columns of numbers at a stroke."""
    first = ways[0] if ways else None
    alike = all(way is first for way in ways)
    if first is not None and alike and first.plain and pd.api.types.is_integer_dtype(column):
        return _read_numbers(question, column, first)
    return _read_words(question, column, ways, occasions)


def _read_numbers(question: Question, column: Column, way: Way) -> Reading:
    low, high = question.bounds
    plain = numbers_of(column, empty=int(low))
    numbers = plain.codes
    inside = low <= numbers.min(initial=int(low)) and numbers.max(initial=int(low)) <= high
    if inside and question.scale is None and numbers.dtype.itemsize == 1:
        bare = Bare(int(high), False, lambda: _bare_numbers(plain))
        return Reading(column, NOWHERE, NO_RULES, NOWHERE, bare)
    return _judge_numbers(question, column, way, plain)


def _judge_numbers(question: Question, column: Column, way: Way, plain: Numbers) -> Reading:
    numbers = plain.codes
    outside = (numbers < way.low) | (numbers > way.high)
    faulty = np.flatnonzero(outside)
    different, which = np.unique(numbers[faulty], return_inverse=True)
    meanings = [way.read(str(number)) for number in different.tolist()]
    broken = np.array([RULES.index(each.rule or "") for each in meanings], dtype=np.uint8)
    zero_seen = any(each.number == 0 for each in meanings)
    bare = Bare(int(way.high), zero_seen, lambda: _bare_numbers(plain))
    taken = outside if plain.answered is None else outside | ~plain.answered
    judged = _column(question, numbers, taken, column.index)
    return Reading(judged, faulty, broken[which], NOWHERE, bare)


def _read_words(
    question: Question, column: Column, ways: list[Way | None], occasions: Occasions
) -> Reading:
    words = words_of(column)
    filled = words.codes >= 0
    values = np.zeros(len(words.codes), dtype=np.float64)
    rules = np.where(filled, np.uint8(NOT_ASKED), np.uint8(0))
    numbers = np.full(len(words.codes), NO_NUMBER, dtype=np.int32)
    for way in {id(way): way for way in ways if way is not None}.values():
        places = occasions.where([each is way for each in ways])
        here = Words(words.codes[places], words.each)
        meanings = [way.read(word) for word in words.each]
        broken = [RULES.index(each.rule or "") for each in meanings]
        bare = [NO_NUMBER if each.number is None else each.number for each in meanings]
        values[places] = here.spread([each.value or 0 for each in meanings], np.float64, 0)
        rules[places] = here.spread(broken, np.uint8, 0)
        numbers[places] = here.spread(bare, np.int32, NO_NUMBER)
    faulty = np.flatnonzero(rules)
    judged = _column(question, values, ~filled | (rules > 0), column.index)
    spaced = words.spread([word != word.strip() for word in words.each], bool, empty=False)
    return Reading(judged, faulty, rules[faulty], np.flatnonzero(spaced), _bare(ways, numbers))


def _bare(ways: list[Way | None], numbers: BareNumbers) -> Bare | None:
    asked = [way for way in ways if way is not None]
    if not asked or any(way.shift for way in asked):
        return None
    return Bare(int(asked[0].high), bool((numbers == 0).any()), lambda: numbers)


def _bare_numbers(plain: Numbers) -> BareNumbers:
    bare = plain.codes.astype(np.int32)
    if plain.answered is not None:
        bare[~plain.answered] = NO_NUMBER
    return bare


def _column(question: Question, values: NDArray[Any], taken: Flags, index: pd.Index) -> Column:
    """Return a judged column: small nullable whole numbers, or decimals for totals."""
    if question.scale is not None:
        return pd.Series(np.where(taken, np.nan, values.astype(np.float64)), index=index)
    low, high = question.bounds
    small = SMALL.min <= low and high <= SMALL.max
    safe = np.where(taken, 0, values)
    whole = safe.astype(np.int8) if small else safe.astype(np.int16)
    return pd.Series(pd.arrays.IntegerArray(whole, taken), index=index)


def with_emptied(column: Column, places: Places) -> Column:
    """Return a judged column without the answers of some rows."""
    if not len(places):
        return column
    emptied = np.zeros(len(column), dtype=bool)
    emptied[places] = True
    nullable = column.astype("Int8") if column.dtype == np.int8 else column
    return nullable.mask(emptied)

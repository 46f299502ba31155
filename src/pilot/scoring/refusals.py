"""What cannot be scored, said in place, cause and mend."""

from __future__ import annotations

from numbers import Real
from typing import Any

import numpy as np
import pandas as pd

from pilot.design import Instrument
from pilot.errors import ScoringError, nearest
from pilot.scoring.answers import WHOLE_NUMBER, Flags, plain


def refuse_absent(responses: pd.DataFrame, items: list[str], form: Instrument) -> None:
    """Refuse a frame that lacks an item's column or has it twice.

    Raises
    ------
    ScoringError
        Naming the item and the column that comes nearest to it.
    """
    columns = [str(column) for column in responses.columns]
    absent = [item for item in items if item not in columns]
    if absent:
        near = nearest(absent[0], [column for column in columns if column not in form.items])
        more = f", nor for {len(absent) - 1} more" if len(absent) > 1 else ""
        raise ScoringError(
            f"item {absent[0]!r} of {form.key}",
            f"the table has no column for it{more}",
            (f"is it {near!r}? " if near else "")
            + "name the columns by item id, or say in the trajectory file, [asked] columns, "
            "how the export names them",
        )
    twice = [item for item in items if columns.count(item) > 1]
    if twice:
        raise ScoringError(
            f"item {twice[0]!r} of {form.key}",
            f"the table has {columns.count(twice[0])} columns of that name",
            "keep one of them",
        )


def refuse_outside(found: dict[str, Flags], responses: pd.DataFrame, form: Instrument) -> None:
    """Refuse answers that the form does not offer: the first of them, and how many.

    Raises
    ------
    ScoringError
        When `found` holds any.
    """
    if not found:
        return
    item = next(iter(found))
    row = int(found[item].argmax())
    count = sum(int(flags.sum()) for flags in found.values())
    others = f" ({count} such answers, in {len(found)} of its items)" if count > 1 else ""
    raise ScoringError(
        f"item {item!r}, row {row_label(responses.index, row)}",
        _why_outside(responses[item].iloc[row], item, form) + others,
        "correct the answer or clear it, or say what it means in the trajectory file, "
        "[asked] answers or [sources] shift",
    )


def row_label(index: pd.Index[Any], row: int) -> str:
    """Return a row's label as a person reads it.

    Examples
    --------
    >>> row_label(pd.MultiIndex.from_tuples([("p01", "pre")]), 0)
    'p01 / pre'
    """
    label: Any = index[row]
    return " / ".join(map(str, label)) if isinstance(label, tuple) else str(label)


def _why_outside(value: Any, item: str, form: Instrument) -> str:
    low, high = form.low(item), form.high(item)
    if isinstance(value, bool | np.bool_) or not isinstance(value, str | Real):
        return f"answer {value} is not a whole number from {low} to {high}"
    if isinstance(value, Real):
        number = float(value)
        if not number.is_integer():
            return f"answer {number:g} is not a whole number from {low} to {high}"
        return f"answer {number:.0f} is outside {low} to {high}"
    if WHOLE_NUMBER.fullmatch(plain(value)):
        return f"answer {value!r} is outside {low} to {high}"
    if form.responses.options:
        return f"answer {value!r} is not one of: {', '.join(form.responses.options)}"
    return f"answer {value!r} is a word, and this form is answered with {low} to {high}"

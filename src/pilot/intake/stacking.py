"""Responses of many files below each other, in columns that fit all of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from pandas.api.types import union_categoricals

from pilot.design import Trajectory
from pilot.frames import GROUP, RATED_BY, RESPONSES
from pilot.intake.table import as_text


def stack(parts: Sequence[pd.DataFrame], trajectory: Trajectory) -> pd.DataFrame:
    """Return responses of all tables as one, items in the order of the design.

    A column is text, unless it is made of small whole numbers in every table that has it.

    Examples
    --------
    >>> from pilot.design import load_trajectory
    >>> stack([], load_trajectory("m-power")).shape[0]
    0
    """
    parts = [_with_rater(part) for part in parts] if trajectory.rated else parts
    found = {column for part in parts for column in part.columns}
    given = [name for name in given_by(trajectory) if name in found]
    own = (RATED_BY, trajectory.rated), (GROUP, trajectory.groups)
    columns = [*RESPONSES, *(name for name, wanted in own if wanted), *given]
    if len(parts) == 1:
        return parts[0][columns]
    if parts and all(map(_is_text, parts)):
        return pd.concat(parts, ignore_index=True)[columns]
    lengths = [len(part) for part in parts]
    data = {
        column: _together([part.get(column) for part in parts], lengths) for column in columns
    }
    data["row"] = np.asarray(data["row"].astype("float"), dtype=np.int32)
    return pd.DataFrame(data, columns=columns)


def given_by(trajectory: Trajectory) -> list[str]:
    """Return every item and ready-made score that the design asks for, in its order."""
    return list(
        dict.fromkeys(
            name
            for asked in trajectory.asked
            for name in (
                *asked.items_of(trajectory.instruments[asked.instrument]),
                *asked.totals,
            )
        )
    )


def _with_rater(part: pd.DataFrame) -> pd.DataFrame:
    """Return a part that says who rated; a form of the people themselves says nobody."""
    if RATED_BY in part:
        return part
    return part.assign(**{RATED_BY: pd.array([None] * len(part), dtype="str")})


def _is_text(part: pd.DataFrame) -> bool:
    """Return whether a table did not come by the way for big files."""
    return all(kind in ("str", "int32") for kind in part.dtypes)


def _together(columns: list[pd.Series | None], lengths: list[int]) -> Any:
    there = [column for column in columns if column is not None]
    if there and all(isinstance(column.dtype, pd.CategoricalDtype) for column in there):
        return union_categoricals(there)
    numbers = bool(there) and all(column.dtype in ("int8", "Int8", "int32") for column in there)
    if numbers and len(there) == len(columns):
        return pd.concat(there, ignore_index=True)
    fitting = [
        _nothing(length, numbers=numbers)
        if column is None
        else (column.astype("Int8") if numbers else as_text(column))
        for column, length in zip(columns, lengths, strict=True)
    ]
    return pd.concat(fitting, ignore_index=True) if fitting else _nothing(0, numbers=False)


def _nothing(length: int, *, numbers: bool) -> pd.Series:
    return pd.Series([None] * length, dtype="Int8" if numbers else "str")

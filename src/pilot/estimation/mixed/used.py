"""The rows and columns of the data that a model uses, checked before anything is computed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from pilot.errors import suggestion
from pilot.estimation.mixed.refusals import refused, wrong_call


@dataclass(frozen=True, slots=True, eq=False)
class Used:
    """The rows that have every value, and how many were left out.

    `rows` names each row that is kept, as the data's index does.
    """

    frame: pd.DataFrame
    rows: pd.Index[Any]
    n_dropped: int


def used_rows(data: pd.DataFrame, columns: Iterable[tuple[str, str]]) -> Used:
    """Take the columns a model names, without the rows in which one is missing.

    Parameters
    ----------
    data : DataFrame
    columns : iterable of (argument, column)
        Which argument of the call names each column, for the error.

    Raises
    ------
    CallError
        When a column is not there.
    Refusal
        When no row is left, or a value is infinite.
    """
    given: object = data
    if not isinstance(given, pd.DataFrame):
        cause = f"is a {type(given).__name__}, not a table"
        raise wrong_call("data", cause, "give a pandas DataFrame, one row a score")
    names = _known(data, columns)
    picked = {name: data[name] for name in names}
    present = np.ones(len(data), dtype=bool)
    for column in picked.values():
        present &= ~np.asarray(pd.isna(column.array))
    kept = int(present.sum())
    if not kept:
        where = f"columns {', '.join(names)}"
        raise refused("no_rows", where, "see which values are missing", n=len(data))
    whole = kept == len(data)
    rows = data.index if whole else data.index[present]
    plain = {name: _plain(column.array, present, whole) for name, column in picked.items()}
    for name, values in plain.items():
        _refuse_infinite(name, values, rows)
    return Used(pd.DataFrame(plain, copy=False), rows, len(data) - kept)


def _known(data: pd.DataFrame, columns: Iterable[tuple[str, str]]) -> list[str]:
    arguments = {name: argument for argument, name in columns}
    for name, argument in arguments.items():
        if name not in data.columns:
            known = [str(column) for column in data.columns]
            cause = f"the data have no column {name!r}"
            raise wrong_call(argument, cause, suggestion(name, known))
    return list(arguments)


def _plain(values: Any, present: np.ndarray, whole: bool) -> Any:
    """Return the kept values of a column; nullable numbers become plain ones."""
    kept = values if whole else values[present]
    if isinstance(kept, pd.arrays.NumpyExtensionArray):
        return kept.to_numpy()
    if pd.api.types.is_numeric_dtype(kept.dtype):
        return kept.to_numpy(dtype=float)
    return kept


def _refuse_infinite(name: str, values: Any, rows: pd.Index[Any]) -> None:
    if not isinstance(values, np.ndarray) or values.dtype.kind != "f":
        return
    wrong = np.flatnonzero(np.isinf(values))
    if len(wrong):
        raise refused(
            "infinite",
            f"column {name!r}",
            "correct the value, or leave it empty if it is not known",
            n=len(wrong),
            row=rows[wrong[0]],
        )

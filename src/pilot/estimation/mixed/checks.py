"""What rows and columns cannot carry, found before anything is estimated."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from pilot.estimation.mixed.refusals import refused, worded
from pilot.estimation.mixed.terms import Floats
from pilot.estimation.mixed.used import Used

DEPENDENT = 1e-9  # share of a column left over, below which it follows from the others


def refuse_levels(names: Sequence[str], used: Used) -> None:
    """Refuse a column of words with one value, and a category that nobody has."""
    for name in names:
        column = used.frame[name]
        if column.dtype.kind in "iufbM":
            continue
        if isinstance(column.dtype, pd.CategoricalDtype):
            _refuse_empty_level(name, column, used.n_dropped)
        first = column.iloc[0]
        if (column.to_numpy() == first).all():
            raise refused(
                "one_level",
                f"column {name!r}",
                "leave it out of the formula",
                n=len(column),
                level=worded(first),
            )


def _refuse_empty_level(name: str, column: pd.Series, n_dropped: int) -> None:
    counts = np.bincount(column.cat.codes, minlength=len(column.cat.categories))
    empty = column.cat.categories[counts == 0]
    if not len(empty):
        return
    after = f" after {n_dropped} rows with missing values were left out"
    after_nl = f" nadat {n_dropped} rijen met ontbrekende waarden zijn weggelaten"
    raise refused(
        "empty_level",
        f"column {name!r}",
        f"leave it out: data[{name!r}].cat.remove_unused_categories()",
        level=worded(empty[0]),
        after=after if n_dropped else "",
        after_nl=after_nl if n_dropped else "",
    )


def refuse_undefined(names: Sequence[str], values: Floats, used: Used) -> None:
    """Refuse values that a transformation in the formula made missing or infinite."""
    if np.isfinite(values.sum()):
        return
    wrong = ~np.isfinite(values)
    if not wrong.any():
        return
    column = int(np.argmax(wrong.any(axis=0)))
    raise refused(
        "undefined",
        f"term {names[column]!r}",
        "use a transformation that exists for every value",
        n=int(wrong[:, column].sum()),
        row=used.rows[int(np.argmax(wrong[:, column]))],
    )


def refuse_dependent(names: Sequence[str], x: Floats, root: Floats) -> None:
    """Refuse the first column that follows from those before it, and say from which.

    Parameters
    ----------
    names : sequence of str
    x : array, shape (n, p)
    root : array, shape (p, p)
        The triangular factor of x.
    """
    size = np.sqrt((root**2).sum(axis=0))
    empty = np.flatnonzero(size == 0)
    if len(empty):
        raise refused("empty_cell", f"term {names[empty[0]]!r}", "leave the interaction out")
    follows = np.flatnonzero(np.abs(root.diagonal()) <= DEPENDENT * size)
    if not len(follows):
        return
    column = int(follows[0])
    weights = np.linalg.lstsq(x[:, :column], x[:, column])[0]
    share = np.abs(weights) * size[:column] / size[column]
    others = [names[place] for place in np.flatnonzero(share > 1e-6).tolist()]
    raise refused(
        "collinear",
        f"term {names[column]!r}",
        "leave one of them out of the formula",
        others=others,
    )


def refuse_without_spread(outcome: str, y: Floats, x: Floats) -> None:
    """Refuse an outcome that is the same everywhere, or exactly what the columns give."""
    n, size = len(y), float(np.abs(y).max())
    where, mend = f"outcome {outcome!r}", "show the values one by one"
    if np.ptp(y) <= 1e-12 * size:
        raise refused("no_spread", where, mend, n=n, value=float(y[0]))
    weights = np.linalg.lstsq(x, y)[0]
    if float(np.abs(y - x @ weights).max()) <= 1e-11 * size:
        raise refused("exact_fit", where, mend, n=n)

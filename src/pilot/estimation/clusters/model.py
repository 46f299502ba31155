"""A formula and a frame, read into a design matrix, its response and its clusters."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pilot.errors import EstimationError, suggestion
from pilot.estimation.clusters.sandwich import Floats
from pilot.estimation.formula import Formula


@dataclass(frozen=True, slots=True, eq=False)
class ClusteredModel:
    """What a formula made of a frame.

    Attributes
    ----------
    terms : tuple of str
        The names of the columns of `design`.
    design, response : array
    clusters : array of int
        The cluster of each row, counted from 0 in order of appearance.
    n_dropped : int
        Rows left out because something in them is missing.
    """

    terms: tuple[str, ...]
    design: Floats
    response: Floats
    clusters: NDArray[np.intp]
    n_dropped: int

    @property
    def n_clusters(self) -> int:
        """How many clusters there are."""
        return int(self.clusters.max()) + 1


def read_model(formula: str, data: pd.DataFrame, cluster: str) -> ClusteredModel:
    """Read a formula against a frame.

    Raises
    ------
    EstimationError
        When the cluster column is unknown, the formula cannot be read, a number is
        infinite, columns depend on each other, or there are fewer than two clusters.
    """
    if cluster not in data:
        raise EstimationError(
            "cluster",
            f"no column is called {cluster!r}",
            suggestion(cluster, [str(column) for column in data.columns]),
        )
    read = Formula(formula, EstimationError)
    rows = _complete(data, read, cluster)
    terms, design = read.design(rows)
    response = read.outcome(rows)
    # What a transformation makes missing, as the logarithm of -1, is missing too.
    kept = ~(np.isnan(design).any(axis=1) | np.isnan(response))
    clusters, _ = pd.factorize(rows.loc[kept, cluster])
    # One layout, so that no last digit hangs on which way the formula was worked out.
    model = ClusteredModel(
        terms=terms,
        design=np.asfortranarray(design[kept]),
        response=response[kept],
        clusters=clusters,
        n_dropped=len(data) - int(kept.sum()),
    )
    _refuse(model, read.where, cluster)
    return model


def _complete(data: pd.DataFrame, read: Formula, cluster: str) -> pd.DataFrame:
    """Return the rows and columns that the formula and the clusters use, missing nothing."""
    names = list(dict.fromkeys([*read.columns(data.columns), cluster]))
    for name in names:
        if name not in data:
            known = [str(column) for column in data.columns]
            cause = f"the data have no column {name!r}"
            raise EstimationError(read.where, cause, suggestion(name, known))
    return data[names].dropna()


def _refuse(model: ClusteredModel, where: str, cluster: str) -> None:
    n, p = model.design.shape
    if not (np.isfinite(model.design).all() and np.isfinite(model.response).all()):
        raise EstimationError(where, "holds an infinite number", "find and correct it")
    if n == 0 or model.n_clusters < 2:
        raise EstimationError(
            f"cluster {cluster!r}",
            f"{model.n_clusters if n else 0} with complete rows; two are the least",
            "describe them instead",
        )
    if np.linalg.matrix_rank(model.design) < p:
        raise EstimationError(
            where,
            f"its {p} columns depend on each other: {', '.join(model.terms)}",
            "leave out a term that follows from the others",
        )

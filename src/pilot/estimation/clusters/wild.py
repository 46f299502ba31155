"""The wild cluster bootstrap: how often signs drawn by cluster give as much."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import Literal

import numpy as np
import pandas as pd

from pilot.errors import EstimationError, suggestion
from pilot.estimation.clusters.model import ClusteredModel, read_model
from pilot.estimation.clusters.sandwich import Floats

Weights = Literal["rademacher", "webb"]
VALUES: dict[str, Floats] = {
    "rademacher": np.array([-1.0, 1.0]),
    "webb": np.sqrt([1.5, 1.0, 0.5, 0.5, 1.0, 1.5]) * [-1, -1, -1, 1, 1, 1],
}
MOST_ENUMERATED = 2**14
PRIMARY_FROM = 6
TIE = 1e-9


@dataclass(frozen=True, slots=True)
class WildBootstrap:
    """The answer of `wild_bootstrap`.

    Attributes
    ----------
    term : str
    statistic : float
        The coefficient over its cluster-robust (CR0) standard error.
    p_value, smallest_p : float
        Two-sided, and the smallest one that so many clusters can reach.
    draws : int
    enumerated : bool
        Whether every draw there is was taken.
    may_be_primary : bool
        Never with fewer than 6 clusters.
    """

    term: str
    statistic: float
    p_value: float
    smallest_p: float
    draws: int
    enumerated: bool
    may_be_primary: bool


def wild_bootstrap(  # noqa: PLR0913 - a model, a term and three ways to draw
    formula: str,
    data: pd.DataFrame,
    *,
    cluster: str,
    term: str = "Intercept",
    weights: Weights = "webb",
    draws: int = 9999,
    seed: int = 0,
) -> WildBootstrap:
    """Test that one coefficient is zero by the restricted wild cluster bootstrap.

    Residuals of the fit without the term are multiplied by one random weight a cluster;
    the studentised coefficient of each such data set is compared with the observed one.
    All weights are enumerated where they are at most 16,384, else sampled by `seed`.

    Parameters
    ----------
    formula, data, cluster
        As for `cluster_robust`.
    term : str
        The coefficient that is zero under the null hypothesis.
    weights : {"webb", "rademacher"}
        Six points, or two; with few clusters two points give few different draws.

    References
    ----------
    Cameron, Gelbach & Miller (2008). Bootstrap-based improvements for inference with
    clustered errors. Review of Economics and Statistics, 90, 414-427.
    Webb (2023). Reworking wild bootstrap-based inference for clustered errors. Canadian
    Journal of Economics, 56, 839-858.

    Examples
    --------
    >>> data = pd.DataFrame({"change": [1.0, 2.0, 3.0, 2.5], "site": ["a", "b", "c", "d"]})
    >>> wild_bootstrap("change ~ 1", data, cluster="site", weights="rademacher").p_value
    0.125
    """
    if weights not in VALUES:
        raise EstimationError(
            "weights", f"nothing is called {weights!r}", suggestion(weights, VALUES)
        )
    model = read_model(formula, data, cluster)
    if term not in model.terms:
        raise EstimationError(
            "term", f"the model has no term {term!r}", suggestion(term, model.terms)
        )
    numerators, scores = _by_cluster(model, model.terms.index(term))
    every = len(VALUES[weights]) ** model.n_clusters
    enumerated = every <= MOST_ENUMERATED
    drawn = (
        _all(weights, model.n_clusters) if enumerated else _some(weights, model, draws, seed)
    )
    statistics = np.abs(_statistics(drawn, numerators, scores))
    observed = float(_statistics(np.ones((1, model.n_clusters)), numerators, scores)[0])
    as_much = int(np.sum(statistics >= abs(observed) * (1 - TIE)))
    return WildBootstrap(
        term=term,
        statistic=observed,
        p_value=as_much / len(drawn) if enumerated else (as_much + 1) / (len(drawn) + 1),
        smallest_p=2 / every if enumerated else max(2 / every, 1 / (len(drawn) + 1)),
        draws=len(drawn),
        enumerated=enumerated,
        may_be_primary=model.n_clusters >= PRIMARY_FROM,
    )


def _by_cluster(model: ClusteredModel, place: int) -> tuple[Floats, Floats]:
    """Return what each weight adds to the coefficient, and to the score of each cluster."""
    design, response = model.design, model.response
    bread = np.linalg.inv(design.T @ design)
    kept = np.delete(design, place, axis=1)
    restricted = response.copy()
    if kept.shape[1]:
        restricted -= kept @ np.linalg.lstsq(kept, response, rcond=None)[0]
    sums, squares = [], []
    for cluster in range(model.n_clusters):
        own = design[model.clusters == cluster]
        sums.append(own.T @ restricted[model.clusters == cluster])
        squares.append(own.T @ own)
    moved = np.stack(sums) @ bread  # (m, p): how the coefficients move with each weight
    numerators = moved[:, place]
    scores = np.diag(numerators) - np.einsum("a,gab,hb->gh", bread[place], squares, moved)
    return numerators, scores


def _statistics(drawn: Floats, numerators: Floats, scores: Floats) -> Floats:
    with np.errstate(divide="ignore", invalid="ignore"):
        found = (drawn @ numerators) / np.sqrt(np.sum((drawn @ scores.T) ** 2, axis=1))
    return np.asarray(np.nan_to_num(found, nan=0.0), dtype=np.float64)


def _all(weights: Weights, clusters: int) -> Floats:
    return np.array(list(product(VALUES[weights], repeat=clusters)))


def _some(weights: Weights, model: ClusteredModel, draws: int, seed: int) -> Floats:
    rng = np.random.default_rng(seed)
    return np.asarray(rng.choice(VALUES[weights], size=(draws, model.n_clusters)))

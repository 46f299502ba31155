"""Cohen's kappa, plain or weighted, with its large-sample interval."""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from pilot.estimation.reasons import refusal

Weights = Literal["none", "linear", "quadratic"]
Floats = NDArray[np.float64]


def kappa(
    table: Floats, weights: Weights = "none", conf_level: float = 0.95
) -> tuple[float, float, float]:
    r"""Return kappa with its interval, from a table of the two raters' counts.

    Parameters
    ----------
    table : array of float, shape (categories, categories)
        Rows are the first rater's categories, columns the second's, in one order.
    weights : {"none", "linear", "quadratic"}
        What being one category apart costs; with ``none`` every difference is total.
    conf_level : float

    Returns
    -------
    tuple of float
        Estimate, lower and upper end; the ends stay within -1 and 1.

    Raises
    ------
    Refusal
        Where both raters used one and the same category only.

    Notes
    -----
    :math:`\kappa_w = (p_o - p_e) / (1 - p_e)` with :math:`p_o = \sum w_{ij} p_{ij}` and
    :math:`p_e = \sum w_{ij} p_{i.} p_{.j}`. The standard error is the large-sample one for
    a kappa that is not 0 (formula 16 of Fleiss, Cohen and Everitt): with few pairs it is
    too small. Kappa also falls where one category is much more common than the others, so
    that two kappas with other margins do not compare.

    References
    ----------
    Fleiss, Cohen & Everitt (1969). Large sample standard errors of kappa and weighted
    kappa. Psychological Bulletin, 72, 323-327.

    Examples
    --------
    >>> [round(x, 2) for x in kappa(np.array([[20.0, 5.0], [10.0, 15.0]]))]
    [0.4, 0.15, 0.65]
    """
    n = table.sum()
    shares = table / n
    rows, columns = shares.sum(axis=1), shares.sum(axis=0)
    w = _weights(len(table), weights)
    observed = float((w * shares).sum())
    expected = float((w * np.outer(rows, columns)).sum())
    if expected >= 1:
        raise refusal("one_category", "kappa", "rate more, and more different, cases")
    estimate = (observed - expected) / (1 - expected)
    mean_w = (w @ columns)[:, None] + (rows @ w)[None, :]
    inner = shares * (w * (1 - expected) - mean_w * (1 - observed)) ** 2
    spread = inner.sum() - (observed * expected - 2 * expected + observed) ** 2
    error = np.sqrt(max(float(spread), 0.0) / n) / (1 - expected) ** 2
    margin = float(stats.norm.ppf((1 + conf_level) / 2) * error)
    return estimate, max(estimate - margin, -1.0), min(estimate + margin, 1.0)


def _weights(size: int, weights: Weights) -> Floats:
    steps = np.abs(np.subtract.outer(np.arange(size), np.arange(size))).astype(np.float64)
    if weights == "none":
        return np.eye(size)
    scaled = steps / max(size - 1, 1)
    return 1 - (scaled if weights == "linear" else scaled**2)

"""Intraclass correlations of single ratings, with their F intervals."""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from pilot.estimation.reasons import refusal

Floats = NDArray[np.float64]


def intraclass(
    ratings: Floats,
    about: Literal["agreement", "consistency"] = "agreement",
    conf_level: float = 0.95,
) -> tuple[float, float, float]:
    r"""Return the intraclass correlation of single ratings with its interval.

    Parameters
    ----------
    ratings : array of float, shape (people, raters)
        Whole: everybody rated by every rater.
    about : {"agreement", "consistency"}
        ``agreement``, ICC(2,1) or ICC(A,1), falls where one rater is always higher;
        ``consistency``, ICC(3,1) or ICC(C,1), does not mind.
    conf_level : float

    Returns
    -------
    tuple of float
        Estimate, lower and upper end.

    Raises
    ------
    Refusal
        Where there is no variance at all.

    Notes
    -----
    With the mean squares of people, raters and error of a two-way layout,
    :math:`ICC(2,1) = (B - E) / (B + (k-1) E + k (J - E) / n)` and
    :math:`ICC(3,1) = (B - E) / (B + (k-1) E)`. It compares the spread between people with
    that between raters: among people who are alike it is low, however well raters agree.
    Not for categories; not a reason to average raters.

    References
    ----------
    Shrout & Fleiss (1979). Intraclass correlations: uses in assessing rater reliability.
    Psychological Bulletin, 86, 420-428.
    McGraw & Wong (1996). Forming inferences about some intraclass correlation
    coefficients. Psychological Methods, 1, 30-46.

    Examples
    --------
    >>> judges = np.array(
    ...     [
    ...         [9, 2, 5, 8],
    ...         [6, 1, 3, 2],
    ...         [8, 4, 6, 8],
    ...         [7, 1, 2, 6],
    ...         [10, 5, 6, 9],
    ...         [6, 2, 4, 7],
    ...     ],
    ...     dtype=float,
    ... )
    >>> [round(x, 2) for x in intraclass(judges)]
    [0.29, 0.02, 0.76]
    """
    people, raters, error = _mean_squares(ratings)
    n, k = ratings.shape
    if error == 0 and (people == 0 or raters == 0):
        if people == 0:
            raise refusal("no_differences", "intraclass", "rate people who differ")
        return 1.0, 1.0, 1.0
    quantile = (1 + conf_level) / 2
    if about == "consistency":
        return _consistency(people, error, (n, k), quantile)
    return _agreement((people, raters, error), (n, k), quantile)


def _mean_squares(ratings: Floats) -> tuple[float, float, float]:
    n, k = ratings.shape
    grand = ratings.mean()
    by_person, by_rater = ratings.mean(axis=1), ratings.mean(axis=0)
    people = k * ((by_person - grand) ** 2).sum() / (n - 1)
    raters = n * ((by_rater - grand) ** 2).sum() / (k - 1)
    left = ratings - by_person[:, None] - by_rater[None, :] + grand
    error = (left**2).sum() / ((n - 1) * (k - 1))
    small = 1e-12 * max(float((ratings**2).mean()), 1.0)
    people, raters, error = (0.0 if x < small else float(x) for x in (people, raters, error))
    return people, raters, error


def _consistency(
    people: float, error: float, shape: tuple[int, int], quantile: float
) -> tuple[float, float, float]:
    n, k = shape
    if error == 0:
        return 1.0, 1.0, 1.0
    ratio, free = people / error, (n - 1) * (k - 1)
    low = ratio / stats.f.ppf(quantile, n - 1, free)
    high = ratio * stats.f.ppf(quantile, free, n - 1)
    estimate, low, high = ((x - 1) / (x + k - 1) for x in (ratio, low, high))
    return float(estimate), float(low), float(high)


def _agreement(
    squares: tuple[float, float, float], shape: tuple[int, int], quantile: float
) -> tuple[float, float, float]:
    (b, j, e), (n, k) = squares, shape
    estimate = (b - e) / (b + (k - 1) * e + k * (j - e) / n)
    if e == 0:
        return estimate, float("nan"), float("nan")
    ratio = j / e
    share = n * (1 + (k - 1) * estimate) - k * estimate
    above = (k - 1) * (n - 1) * (k * estimate * ratio + share) ** 2
    free = above / ((n - 1) * k**2 * estimate**2 * ratio**2 + share**2)
    upper = stats.f.ppf(quantile, n - 1, free)
    lower = stats.f.ppf(quantile, free, n - 1)
    rest = k * j + (k * n - k - n) * e
    low = n * (b - upper * e) / (upper * rest + n * b)
    high = n * (lower * b - e) / (rest + n * lower * b)
    return float(estimate), float(low), float(high)

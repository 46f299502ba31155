"""One answer from several completed data sets: Rubin's rules with Barnard and Rubin's df."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from pilot.errors import EstimationError
from pilot.estimation.t import t_quantile

LEAST_MISSING = 1e-4  # mice's floor under the share of variance due to missing answers


@dataclass(frozen=True, slots=True)
class Pooled:
    """An estimate over imputations, with its interval.

    Parameters
    ----------
    missing_share : float
        The share of the variance that is there because answers are missing (lambda).
    """

    estimate: float
    std_error: float
    df: float
    conf_low: float
    conf_high: float
    missing_share: float


def pool_imputations(
    estimates: ArrayLike,
    std_errors: ArrayLike,
    complete_df: float,
    *,
    conf_level: float = 0.95,
) -> Pooled:
    """Pool the estimates of m completed data sets.

    With w the mean of the squared standard errors and b the variance of the estimates, the
    total variance is t = w + (1 + 1/m) b and lambda = (1 + 1/m) b / t. The df are those of
    Barnard and Rubin, 1 / (1 / old + 1 / seen), with old = (m - 1) / lambda^2 and
    seen = complete_df (complete_df + 1) (1 - lambda) / (complete_df + 3): never more than
    complete data would have had.

    Parameters
    ----------
    estimates, std_errors : array of float
        One a completed data set.
    complete_df : float
        Degrees of freedom had nothing been missing: n - 1 for a mean over n families,
        ``math.inf`` where they do not matter.
    conf_level : float
        Coverage of the interval.

    Returns
    -------
    Pooled
        ``estimate, std_error, df, conf_low, conf_high, missing_share``.

    Notes
    -----
    It pools; it does not make the imputations good. Do not impute below 20 families, nor
    where who left depends on how they fared: read the tipping point there. Rubin's own df
    (without Barnard) are larger than n at small n: never use them here.

    References
    ----------
    Rubin (1987). Multiple imputation for nonresponse in surveys.
    Barnard & Rubin (1999). Small-sample degrees of freedom with multiple imputation.
    Biometrika, 86(4), 948-955.
    Van Buuren & Groothuis-Oudshoorn (2011). mice. Journal of Statistical Software, 45(3).

    Examples
    --------
    >>> pooled = pool_imputations([1.0, 1.4, 0.9], [0.5, 0.6, 0.5], complete_df=24)
    >>> f"{pooled.estimate:.2f} {pooled.std_error:.3f} {pooled.df:.2f}"
    '1.10 0.616 11.13'
    """
    q, u = _both(estimates, std_errors)
    if not complete_df > 0:
        raise EstimationError(
            where="pool_imputations, complete_df",
            cause=f"is {complete_df:g}",
            mend="give the degrees of freedom of the complete data, e.g. families - 1",
        )
    m = len(q)
    between = (1 + 1 / m) * float(q.var(ddof=1))
    total = float((u**2).mean()) + between
    missing = max(between / total, LEAST_MISSING)
    df = _barnard_rubin((m - 1) / missing**2, missing, complete_df)
    estimate, std_error = float(q.mean()), math.sqrt(total)
    half = std_error * t_quantile(conf_level, df)
    return Pooled(estimate, std_error, df, estimate - half, estimate + half, between / total)


def _barnard_rubin(old: float, missing: float, complete_df: float) -> float:
    if math.isinf(complete_df):
        return old
    seen = (complete_df + 1) / (complete_df + 3) * complete_df * (1 - missing)
    return old * seen / (old + seen)


def _both(
    estimates: ArrayLike, std_errors: ArrayLike
) -> tuple[np.ndarray[tuple[int], np.dtype[np.float64]], ...]:
    q, u = (np.asarray(values, dtype=float).ravel() for values in (estimates, std_errors))
    if len(q) != len(u) or len(q) < 2:
        raise EstimationError(
            where="pool_imputations",
            cause=f"{len(q)} estimates and {len(u)} standard errors",
            mend="give both of each completed data set, from two on",
        )
    if not (np.isfinite(q).all() and np.isfinite(u).all() and (u > 0).all()):
        raise EstimationError(
            where="pool_imputations",
            cause="an estimate is missing or infinite, or a standard error is not above 0",
            mend="find the data set whose model failed",
        )
    return q, u

"""The mean of changes and its t intervals."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

from pilot.errors import EstimationError
from pilot.estimation.reasons import refusal


@dataclass(frozen=True, slots=True)
class MeanT:
    """A mean with its t statistic and its 75 % and 95 % intervals, in broom's words."""

    estimate: float
    std_error: float
    statistic: float
    df: float
    p_value: float
    conf_low: float
    conf_high: float
    conf_low_75: float
    conf_high_75: float


def mean_t(changes: ArrayLike, where: str = "changes") -> MeanT:
    """Estimate the mean of independent changes, with t intervals.

    With n changes of mean m and standard deviation s, the standard error is s / sqrt(n)
    and the interval m plus and minus t(n - 1) times that.

    Parameters
    ----------
    changes : array of float
        One a family (or a site): what n counts must be independent.
    where : str
        The place an error names.

    Returns
    -------
    MeanT

    Raises
    ------
    Refusal
        With fewer than two changes, or when all are equal.

    Notes
    -----
    Near 95 % at any n when changes are roughly symmetric (94.8 at n = 4); with strong
    skew or a ceiling it covers 88-93 %. Do not use it on persons who share a family, nor
    on steps that are an order only.

    References
    ----------
    Student (1908). The probable error of a mean. Biometrika, 6(1), 1-25.

    Examples
    --------
    >>> sleep = [1.2, 2.4, 1.3, 1.3, 0.0, 1.0, 1.8, 0.8, 4.6, 1.4]  # Student's ten patients
    >>> mean = mean_t(sleep)
    >>> f"{mean.estimate:.2f} [{mean.conf_low:.7f}, {mean.conf_high:.7f}]"
    '1.58 [0.7001142, 2.4598858]'
    """
    values = finite(changes, where)
    n = len(values)
    if n < 2:
        raise refusal("fewer_than_two", where, "follow up more families", n=n)
    mean = float(values.mean())
    if no_spread(values):
        raise refusal("no_spread", where, "show the changes one by one", n=n, value=mean + 0.0)
    return by_t(mean, float(values.std(ddof=1)) / math.sqrt(n), float(n - 1))


def by_t(estimate: float, std_error: float, df: float) -> MeanT:
    """Return the t statistic and intervals of an estimate with its standard error and df.

    Examples
    --------
    >>> f"{by_t(1.58, 0.38896, 9.0).conf_low:.2f}"
    '0.70'
    """
    statistic = estimate / std_error
    half, half_75 = (std_error * t_quantile(level, df) for level in (0.95, 0.75))
    return MeanT(
        estimate=estimate,
        std_error=std_error,
        statistic=statistic,
        df=df,
        p_value=float(2 * special.stdtr(df, -abs(statistic))),
        conf_low=estimate - half,
        conf_high=estimate + half,
        conf_low_75=estimate - half_75,
        conf_high_75=estimate + half_75,
    )


def t_quantile(conf_level: float, df: float) -> float:
    """Return the t that an interval of this coverage reaches out to.

    Examples
    --------
    >>> f"{t_quantile(0.95, 9):.6f}"
    '2.262157'
    """
    return float(special.stdtrit(df, (1 + conf_level) / 2))


def finite(values: ArrayLike, where: str) -> NDArray[np.float64]:
    """Return values as a sorted array, so that the order of families changes no digit.

    Raises
    ------
    EstimationError
        When one is missing or infinite.
    """
    array = np.sort(np.asarray(values, dtype=float).ravel())
    wrong = int((~np.isfinite(array)).sum())
    if wrong:
        raise EstimationError(
            where=where,
            cause=f"{wrong} of {len(array)} values are missing or infinite",
            mend="leave out who has no score, and say how many",
        )
    return array


def no_spread(values: NDArray[np.float64]) -> bool:
    """Say whether values are equal but for rounding, as R's t.test does.

    Examples
    --------
    >>> no_spread(np.array([0.3 - 0.1, 0.2, 0.2]))
    True
    """
    largest = float(np.abs(values).max(initial=0.0))
    return bool(np.ptp(values) <= 1e-12 * max(largest, 1e-300))

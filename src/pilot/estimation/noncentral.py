"""The noncentral t distribution, by quadrature, and the limits of its noncentrality."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray
from scipy import special

from pilot.estimation.root import falling_root

NODES, WEIGHTS = np.polynomial.legendre.leggauss(24)
FARTHEST = 1e-17  # tail of the chi distribution that the quadrature leaves out, at each end
MOST_PANELS = 4096


def noncentral_t_cdf(t: float, df: float, noncentrality: float) -> float:
    """Return the probability that a noncentral t is at most `t`.

    With Z standard normal and S = sqrt(chi2_df / df), P(T <= t) is the mean of
    Phi(t S - noncentrality) over S, taken here by composite Gauss-Legendre quadrature.

    Parameters
    ----------
    t, df, noncentrality : float
        Any finite t and noncentrality; df above 0.

    Notes
    -----
    Not for speed over many values: it is exact to about 1e-13 where
    ``scipy.stats.nct.cdf`` returns NaN (some noncentralities far from t), and that is
    what it is for.

    References
    ----------
    Johnson, Kotz & Balakrishnan (1995). Continuous univariate distributions, vol. 2,
    ch. 31.

    Examples
    --------
    >>> noncentral_t_cdf(2.7, 9, 1.2)  # R: pt(2.7, 9, ncp = 1.2)
    0.887100834710...
    >>> noncentral_t_cdf(-2.0, 14, 30) < 1e-200  # scipy 1.17: nan
    True
    """
    spread, density = _spread(df, abs(t))
    return float(density @ special.ndtr(t * spread - noncentrality))


def noncentral_limits(
    statistic: float, df: float, conf_level: float = 0.95
) -> tuple[float, float]:
    """Return the noncentralities between which a t statistic lies in the middle.

    The low limit is the noncentrality at which a statistic this large or larger has
    probability (1 - conf_level) / 2, the high limit the one at which one this small or
    smaller has.

    Parameters
    ----------
    statistic, df : float
        An observed t and its degrees of freedom.
    conf_level : float
        Coverage of the interval.

    References
    ----------
    Steiger & Fouladi (1997). Noncentrality interval estimation and the evaluation of
    statistical models. In Harlow, Mulaik & Steiger, What if there were no significance
    tests?, 221-257.

    Examples
    --------
    >>> low, high = noncentral_limits(4.062127683382037, 9)
    >>> f"{low:.6f} {high:.6f}"  # R: uniroot on pt(4.062128, 9, ncp)
    '1.311168 6.697756'
    """
    tail = (1 - conf_level) / 2
    spread, density = _spread(df, abs(statistic))
    reached = statistic * spread
    return (
        _solve(reached, density, 1 - tail, statistic),
        _solve(reached, density, tail, statistic),
    )


def _solve(
    reached: NDArray[np.float64], density: NDArray[np.float64], target: float, start: float
) -> float:
    def above(noncentrality: float) -> float:
        return float(density @ special.ndtr(reached - noncentrality)) - target

    width = 8.0 + abs(start)
    low, high = start - width, start + width
    while above(low) < 0:
        low -= width
    while above(high) > 0:
        high += width
    return falling_root(above, low, high)


def _spread(df: float, steepness: float) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return nodes of S = sqrt(chi2_df / df) and the probability each stands for.

    The panels are narrow enough for a normal step of width 1 / steepness.
    """
    low = math.sqrt(2 * float(special.gammaincinv(df / 2, FARTHEST)) / df)
    high = math.sqrt(2 * float(special.gammainccinv(df / 2, FARTHEST)) / df)
    panels = min(MOST_PANELS, 24 + math.ceil((high - low) * steepness / 2))
    edges = np.linspace(low, high, panels + 1)
    half = (edges[1] - edges[0]) / 2
    middles = (edges[:-1] + edges[1:]) / 2
    nodes = (middles[:, None] + half * NODES).ravel()
    log_density = (
        math.log(2)
        + df / 2 * math.log(df / 2)
        - math.lgamma(df / 2)
        + (df - 1) * np.log(nodes)
        - df * nodes**2 / 2
    )
    weights = np.tile(WEIGHTS * half, panels) * np.exp(log_density)
    return nodes, weights / weights.sum()

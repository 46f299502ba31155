"""How many degrees of freedom a CR2 variance has: Satterthwaite, and HTZ for several rows."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import stats

from pilot.estimation.clusters.sandwich import Floats, Sandwich, cross_products


@dataclass(frozen=True, slots=True)
class ContrastTest:
    """A test of one contrast or of several together.

    Attributes
    ----------
    statistic : float
        F, or Hotelling's T squared over its degrees of freedom.
    df_num, df_den : float
    p_value : float
    """

    statistic: float
    df_num: float
    df_den: float
    p_value: float


def satterthwaite(fit: Sandwich, contrast: Floats) -> float:
    """Return the degrees of freedom of one contrast's CR2 variance.

    The variance is a sum of squares ``sum_i (g_i'e)^2``; for independent rows its df is
    ``2 E^2 / Var = (sum_i g_i'g_i)^2 / sum_ij (g_i'g_j)^2``.

    References
    ----------
    Bell & McCaffrey (2002), Survey Methodology, 28, 169-181.
    """
    products = cross_products(fit, contrast.reshape(1, -1))[0, :, 0, :]
    return float(np.trace(products) ** 2 / np.sum(products**2))


def htz(fit: Sandwich, contrast: Floats) -> ContrastTest:
    """Test several contrasts together by the approximate Hotelling test.

    References
    ----------
    Pustejovsky & Tipton (2018). Small-sample methods for cluster-robust variance estimation
    and hypothesis testing in fixed effects models. Journal of Business & Economic
    Statistics, 36, 672-683; the test they call HTZ.
    """
    q = len(contrast)
    working = contrast @ fit.bread @ contrast.T
    root = np.linalg.cholesky(np.linalg.inv(working)).T
    products = cross_products(fit, root @ contrast)
    own = np.einsum("sisj,titj->", products, products)
    crossed = np.einsum("sitj,tisj->", products, products)
    eta = q * (q + 1) / float(own + crossed)
    estimate = contrast @ fit.coefficients
    robust = contrast @ fit.covariance @ contrast.T
    squared = float(estimate @ np.linalg.solve(robust, estimate))
    df_den = eta - q + 1
    statistic = squared * df_den / (eta * q)
    p_value = float(stats.f.sf(statistic, q, df_den)) if df_den > 0 else float("nan")
    return ContrastTest(statistic, float(q), df_den, p_value)

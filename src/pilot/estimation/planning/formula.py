"""What follows from n alone: margins, the change that can be seen, the smallest p."""

from __future__ import annotations

import math
from dataclasses import dataclass

from scipy import special

from pilot.errors import CallError
from pilot.estimation.noncentral import noncentral_t_cdf
from pilot.estimation.root import falling_root
from pilot.estimation.t import t_quantile

POWER = 0.80
ALPHA = 0.05


@dataclass(frozen=True, slots=True)
class Reach:
    """What n independent changes reach, in standard deviations of change.

    Attributes
    ----------
    half_width_95, half_width_75 : float
        What the t interval of the mean reaches to each side.
    detectable : float
        The mean change that a two-sided t test at .05 sees in 80 of 100 pilots (d_z).
    smallest_p : float
        The smallest two-sided p that flipping signs can reach.
    """

    half_width_95: float
    half_width_75: float
    detectable: float
    smallest_p: float


def reach_of(n: float) -> Reach:
    """Return what so many independent changes reach.

    The half-width is t(n - 1) / sqrt(n), the detectable change the d for which
    P(|T'(n - 1, d sqrt(n))| > t) is .80, the smallest p 2 / 2^n.

    Parameters
    ----------
    n : float
        Families (or sites) with both waves, above 1; an expected number need not be whole,
        the smallest p then takes the whole number below it.

    Notes
    -----
    With the standard deviation taken as known in size: a real pilot's own one is 10-35 %
    off at 5 to 30 families, and so are its margins. Not for people who share a family.

    References
    ----------
    Cohen (1988). Statistical power analysis for the behavioral sciences, 2nd ed., ch. 2.
    R Core Team: ``power.t.test(strict = TRUE)``.

    Examples
    --------
    >>> reach = reach_of(12)
    >>> f"{reach.half_width_95:.2f} {reach.half_width_75:.2f} {reach.detectable:.2f}"
    '0.64 0.35 0.89'
    >>> reach_of(4).smallest_p
    0.125
    """
    if not (math.isfinite(n) and n > 1):
        raise CallError("n", f"{n:g} has no spread", "give more than one")
    root, df = math.sqrt(n), n - 1
    return Reach(
        half_width_95=t_quantile(0.95, df) / root,
        half_width_75=t_quantile(0.75, df) / root,
        detectable=detectable_noncentrality(df) / root,
        smallest_p=2.0 ** (1 - math.floor(n + 1e-9)),
    )


def t_power(noncentrality: float, df: float, alpha: float = ALPHA) -> float:
    """Return how often a two-sided t test rejects.

    Examples
    --------
    >>> f"{t_power(0.888654 * 12**0.5, 11):.4f}"  # R: power.t.test(n = 12, type = "paired")
    '0.8000'
    """
    limit = float(special.stdtrit(df, 1 - alpha / 2))
    above = 1 - noncentral_t_cdf(limit, df, noncentrality)
    return above + noncentral_t_cdf(-limit, df, noncentrality)


def detectable_noncentrality(df: float, alpha: float = ALPHA, power: float = POWER) -> float:
    """Return the noncentrality at which a two-sided t test rejects so often."""
    high = 4.0
    while t_power(high, df, alpha) < power:
        high *= 2
    return falling_root(lambda ncp: power - t_power(ncp, df, alpha), 0.0, high)

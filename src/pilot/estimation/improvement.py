"""Two more ways to say how large a change is: Becker's d, and the chance to have improved."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from pilot.design.instrument import HigherIs
from pilot.estimation.reasons import refusal
from pilot.estimation.standardised import paired, standardised_change
from pilot.results import Standardised

NEAR = 1e-9  # changes this near 0 are no change


@dataclass(frozen=True, slots=True)
class Improvement:
    """The probability that somebody's later score is the better one, with its interval.

    Parameters
    ----------
    estimate, conf_low, conf_high : float
        Under normal changes.
    observed : float
        The share of people who were better, plus half of those who stayed the same.
    """

    estimate: float
    conf_low: float
    conf_high: float
    observed: float


def becker_d(
    before: ArrayLike,
    after: ArrayLike,
    *,
    family: ArrayLike | None = None,
    conf_level: float = 0.95,
) -> Standardised:
    """Return Becker's standardised mean change: J(n - 1) times m / s_before.

    What meta-analyses of pre/post designs pool (metafor's ``SMCR``). The limits are those
    of Glass's delta, whose parameter it estimates without bias: noncentral ones, which at
    n = 6 to 20 cover 94-96 % where those of the usual large-sample variance,
    2 (1 - r) / n + d^2 / (2 n), cover 91-95 %.

    Parameters
    ----------
    before, after : array of float
        Scores of the same persons in the same order.
    family : array, optional
        The family of each person (see `standardised_change`).
    conf_level : float
        Coverage of the interval.

    Returns
    -------
    Standardised
        Named ``becker_d``.

    Notes
    -----
    Not where scores before are at the floor or were selected for being low: s_before is
    then too small, and the change looks large.

    References
    ----------
    Becker (1988). Synthesizing standardized mean-change measures. British Journal of
    Mathematical and Statistical Psychology, 41(2), 257-278.
    Morris (2000). Distribution of the standardized mean change effect size. British
    Journal of Mathematical and Statistical Psychology, 53(1), 17-29.

    Examples
    --------
    >>> one = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0]
    >>> other = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]
    >>> f"{becker_d(one, other).estimate:.4f}"  # R: metafor::escalc("SMCR", ...)
    '0.8071'
    """
    corrected = standardised_change(
        before, after, by="before", corrected=True, family=family, conf_level=conf_level
    )
    return replace(corrected, name="becker_d")


def probability_of_improvement(
    before: ArrayLike,
    after: ArrayLike,
    *,
    higher_is: HigherIs = "better",
    family: ArrayLike | None = None,
    conf_level: float = 0.95,
) -> Improvement:
    """Return the probability that a person like these has the better score later.

    With normal changes it is Phi(d_z), towards better; its limits are Phi of d_z's
    noncentral ones, and as exact as those. .5 says nothing changed.

    Parameters
    ----------
    before, after : array of float
        Scores of the same persons in the same order.
    higher_is : {"better", "worse"}
        Which way is better.
    family : array, optional
        The family of each person (see `standardised_change`).
    conf_level : float
        Coverage of the interval.

    Returns
    -------
    Improvement

    Notes
    -----
    It counts any improvement, however small, and measurement error with it: the poorer the
    form, the nearer to .5. Not for coarse scales, where many stay the same: read
    ``observed`` there, or the net share. (effectsize's ``p_superiority(paired = TRUE)``
    divides d_z by sqrt(2), which belongs to two independent groups.)

    References
    ----------
    McGraw & Wong (1992). A common language effect size statistic. Psychological Bulletin,
    111(2), 361-365.

    Examples
    --------
    >>> one = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0]
    >>> other = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]
    >>> chance = probability_of_improvement(one, other)
    >>> f"{chance.estimate:.2f} [{chance.conf_low:.2f}, {chance.conf_high:.2f}]"
    '0.90 [0.66, 0.98]'
    >>> chance.observed
    0.95
    """
    if higher_is == "neither":
        raise refusal("individual_neither", "probability_of_improvement", "leave it out")
    first, second = paired(before, after)
    if higher_is == "worse":
        first, second = second, first
    d_z = standardised_change(first, second, family=family, conf_level=conf_level)
    change = second - first
    moved = np.where(np.abs(change) <= NEAR, 0.0, np.sign(change))
    low, middle, high = special.ndtr([d_z.conf_low, d_z.estimate, d_z.conf_high])
    return Improvement(
        float(middle), float(low), float(high), observed=float((1 + moved.mean()) / 2)
    )

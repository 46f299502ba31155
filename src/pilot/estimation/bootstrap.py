"""The mean change by drawing families again and again: an alternative for the team."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

from pilot.design.text import Text
from pilot.errors import CallError
from pilot.estimation.reasons import FAMILIES, refusal
from pilot.estimation.t import finite, no_spread

FAMILIES_FROM = 12
FEWEST_DRAWS = 1_000
SEED = 1987
LEVELS = (0.95, 0.75)

Numbers = NDArray[np.float64]

_WORDS = Text(
    en="drawing {n} {units} again and again gives {low} to {high}; such an interval is too "
    "narrow with few (it holds the truth 78, 91 and 94% of the time at 4, 8 and 16 families), "
    "so the t interval stands first",
    nl="steeds opnieuw trekken uit {n} {units} geeft {low} tot {high}; zo'n marge is bij "
    "weinig gezinnen te smal (hij bevat de waarheid bij 4, 8 en 16 gezinnen in 78, 91 en 94% "
    "van de keren), daarom staat de t-marge voorop",
)


@dataclass(frozen=True, slots=True)
class BootstrapChange:
    """A mean change with its BCa intervals, and what moved their ends.

    ``bias`` is z0, the normal quantile of the share of draws below the mean;
    ``acceleration`` is a, a sixth of the skewness of the jackknifed means.
    """

    estimate: float
    conf_low: float
    conf_high: float
    conf_low_75: float
    conf_high_75: float
    bias: float
    acceleration: float
    resamples: int
    n: int
    words: Text


def bootstrap_change(
    changes: ArrayLike, *, resamples: int = 10_000, seed: int = SEED, units: Text = FAMILIES
) -> BootstrapChange:
    """Resample families to give the mean change a bias-corrected and accelerated interval.

    Families are drawn with replacement, as many as there are, `resamples` times over. The
    interval's ends are the quantiles Phi(z0 + (z0 +- z) / (1 - a (z0 +- z))) of the drawn
    means, with z0 their median bias and a = sum d^3 / (6 (sum d^2)^1.5), d each change
    minus the mean.

    Parameters
    ----------
    changes : array of float
        One a family, from 12.
    resamples : int
        Draws, 1,000 or more.
    seed : int
        The same changes and seed give the same digits, in whatever order the families stand.
    units : Text
        What each change is of, for the words.

    Returns
    -------
    BootstrapChange

    Raises
    ------
    Refusal
        Below 12 families, and when all changes are equal.
    CallError
        With fewer than 1,000 draws.

    Notes
    -----
    An alternative for the team, never primary: at 4, 8 and 16 families with normal changes
    its 95 % interval covers 78, 91 and 94 %, the t interval 95. It is no help against few
    families, sites that differ, or an end of the scale. Not for persons who share a family:
    average them first.

    References
    ----------
    Efron (1987). Better bootstrap confidence intervals. JASA, 82(397), 171-185.
    Efron & Tibshirani (1993). An introduction to the bootstrap, section 14.3.

    Examples
    --------
    >>> told = bootstrap_change([3, 5, 1, 4, 0, 2, 6, 2, -1, 3, 4, 7])
    >>> f"{told.estimate:.1f} [{told.conf_low:.1f}, {told.conf_high:.1f}]"
    '3.0 [1.8, 4.2]'
    """
    values = finite(changes, "bootstrap_change")
    n = len(values)
    if n < FAMILIES_FROM:
        raise refusal(
            "few_to_resample",
            "bootstrap_change",
            "read the t interval",
            n=n,
            units=units,
            needed=FAMILIES_FROM,
        )
    if no_spread(values):
        raise refusal(
            "no_spread", "changes", "show the changes one by one", n=n, value=float(values[0])
        )
    if resamples < FEWEST_DRAWS:
        raise CallError(
            "bootstrap_change",
            f"{resamples} draws tell too little of an interval's ends",
            f"ask for {FEWEST_DRAWS} or more",
        )
    mean = float(values.mean())
    means = drawn_means(values, resamples, seed)
    below = ((means < mean).mean() + (means <= mean).mean()) / 2
    bias = float(special.ndtri(below))
    apart = values - mean
    acceleration = float((apart**3).sum() / (6 * (apart**2).sum() ** 1.5))
    low, high, low_75, high_75 = np.quantile(means, _levels(bias, acceleration)).tolist()
    return BootstrapChange(
        estimate=mean,
        conf_low=low,
        conf_high=high,
        conf_low_75=low_75,
        conf_high_75=high_75,
        bias=bias,
        acceleration=acceleration,
        resamples=resamples,
        n=n,
        words=_words(n, low, high, units),
    )


def drawn_means(values: Numbers, resamples: int, seed: int) -> Numbers:
    """Return the means of so many draws of all families, with replacement.

    Examples
    --------
    >>> drawn_means(np.array([2.0, 2.0]), 3, seed=1)
    array([2., 2., 2.])
    """
    n = len(values)
    width = np.uint8 if n <= 256 else np.int64
    who = np.random.default_rng(seed).integers(0, n, (n, resamples), dtype=width)
    means: Numbers = values[who].sum(axis=0) / n
    return means


def _levels(bias: float, acceleration: float) -> list[float]:
    """Return the shares at which the ends lie: low and high of 95 %, then of 75 %."""
    levels = []
    for level in LEVELS:
        z = float(special.ndtri((1 + level) / 2))
        for side in (-z, z):
            moved = bias + (bias + side) / (1 - acceleration * (bias + side))
            levels.append(float(special.ndtr(moved)))
    return levels


def _words(n: int, low: float, high: float, units: Text) -> Text:
    ends = f"{low:+.1f}", f"{high:+.1f}"
    commas = [end.replace(".", ",") for end in ends]
    return Text(
        en=_WORDS.en.format(n=n, units=units.en, low=ends[0], high=ends[1]),
        nl=_WORDS.nl.format(n=n, units=units.nl, low=commas[0], high=commas[1]),
    )

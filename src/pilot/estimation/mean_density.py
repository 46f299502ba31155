"""The distribution of a mean change of families under a prior, by quadrature."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import special

from pilot.estimation.pairs import Pairs

Floats = NDArray[np.float64]
NODES, WEIGHTS = np.polynomial.legendre.leggauss(64)
CORRELATIONS, SHARES = (NODES + 1) / 2, WEIGHTS / 2
POINTS = 8_001
LOOK = 1_001  # points of each of four looks at where the density lies
NEGLIGIBLE = 50.0  # log density this far below its peak is left out
PEAK = 2.0
RARE = 1e-13


@dataclass(frozen=True, slots=True, eq=False)
class Families:
    """Mean change and number of members of each family, and the squares within families."""

    means: Floats
    members: Floats
    within: float


def _families(pairs: Pairs) -> Families:
    change = pairs.table["after"] - pairs.table["before"]
    family = pairs.table["family"]
    within = float(((change - change.groupby(family).transform("mean")) ** 2).sum())
    order = np.lexsort((pairs.families["members"], pairs.families["change"]))
    means = pairs.changes[order]
    members = pairs.families["members"].to_numpy(dtype=float)[order]
    if within <= 1e-12 * float((change**2).sum()):  # members alike: each family is one
        return Families(means, np.ones(len(means)), 0.0)
    return Families(means, members, within)


def _log_likelihood(data: Families, at: Floats) -> Floats:
    """Return the log likelihood of mean changes, s and c integrated out."""
    n, people = len(data.means), float(data.members.sum())
    if people == n:
        spread = data.means.var() + (at - data.means.mean()) ** 2
        return np.asarray(-n / 2 * np.log(spread))
    c = CORRELATIONS[:, None]
    variances = c + (1 - c) / data.members
    weights = 1 / variances
    total = weights.sum(axis=1)
    centre = weights @ data.means / total
    about = (weights * (data.means - centre[:, None]) ** 2).sum(axis=1)
    rest = about + data.within / (1 - CORRELATIONS)
    constant = (
        np.log(SHARES)
        - (people - n) / 2 * np.log1p(-CORRELATIONS)
        - np.log(variances).sum(axis=1) / 2
    )
    found = np.full(len(at), -np.inf)
    for place in range(len(CORRELATIONS)):
        spread = rest[place] + total[place] * (at - centre[place]) ** 2
        found = np.logaddexp(found, constant[place] - people / 2 * np.log(spread))
    return found


@dataclass(frozen=True, slots=True, eq=False)
class UnitPrior:
    """A normal prior in standard deviations, over a standard deviation that is estimated.

    Parameters
    ----------
    mean, sd : float
        In units of the standard deviation, signed as the score is.
    units : array
        Values the standard deviation may have, in points.
    shares : array
        The probability of each.
    """

    mean: float
    sd: float
    units: Floats
    shares: Floats

    @classmethod
    def over(cls, mean: float, sd: float, unit: float, df: float) -> UnitPrior:
        """Return the prior where unit^2 was estimated with so many degrees of freedom."""
        low = math.sqrt(2 * float(special.gammaincinv(df / 2, RARE)) / df)
        high = math.sqrt(2 * float(special.gammainccinv(df / 2, RARE)) / df)
        chi = low + (high - low) * CORRELATIONS
        log_density = (df - 1) * np.log(chi) - df * chi**2 / 2
        shares = SHARES * np.exp(log_density - log_density.max())
        return cls(mean, sd, unit / chi, shares / shares.sum())

    @property
    def ends(self) -> tuple[float, float]:
        """How far out the prior reaches, in points."""
        far = self.units.max()
        return (self.mean - 12 * self.sd) * far, (self.mean + 12 * self.sd) * far

    def log_density(self, at: Floats) -> Floats:
        """Return the log density in points, but for a constant."""
        found = np.full(len(at), -np.inf)
        for unit, share in zip(self.units, self.shares, strict=True):
            away = (at / unit - self.mean) / self.sd
            found = np.logaddexp(found, math.log(share / unit) - away**2 / 2)
        return found


@dataclass(frozen=True, slots=True, eq=False)
class MeanDistribution:
    """What is believed of a mean change, on points that are even in arcsinh."""

    even: Floats
    density: Floats
    below: Floats
    centre: float
    scale: float

    @property
    def mean(self) -> float:
        """The expected change."""
        return float(self._at(self.even) @ self.density)

    def quantile(self, share: float) -> float:
        """Return the change below which it lies with this probability."""
        place = int(np.clip(np.searchsorted(self.below, share) - 1, 0, len(self.even) - 2))
        start, end = self.density[place], self.density[place + 1]
        part = (share - self.below[place]) / (self.below[place + 1] - self.below[place])
        inside = _risen(part, start, end)
        step = self.even[1] - self.even[0]
        return float(self._at(self.even[place] + inside * step))

    def share_below(self, change: float) -> float:
        """Return the probability that the mean change is smaller."""
        where = math.asinh((change - self.centre) / self.scale)
        if not self.even[0] < where < self.even[-1]:
            return float(where >= self.even[-1])
        place = int(np.searchsorted(self.even, where) - 1)
        start, end = self.density[place], self.density[place + 1]
        inside = (where - self.even[place]) / (self.even[1] - self.even[0])
        part = inside * (2 * start + (end - start) * inside) / (start + end)
        return float(self.below[place] + part * (self.below[place + 1] - self.below[place]))

    def _at(self, even: Floats) -> Floats:
        return self.centre + self.scale * np.sinh(even)


def _risen(part: float, start: float, end: float) -> float:
    """Return how far into a step a density that goes straight has gathered its `part`."""
    if abs(end - start) <= 1e-9 * (start + end):
        return part
    return (math.sqrt(start**2 + part * (end**2 - start**2)) - start) / (end - start)


def distribution(pairs: Pairs, prior: UnitPrior) -> MeanDistribution:
    """Return the posterior of the mean change.

    Its points are even in arcsinh about the peak: dense where most of it lies, and far
    enough out for the tails of a t.

    Parameters
    ----------
    pairs : Pairs
    prior : UnitPrior

    Examples
    --------
    >>> from pilot.estimation.example import sleep_pairs
    >>> flat = UnitPrior.over(mean=0.0, sd=1e6, unit=1.9, df=12)
    >>> posterior = distribution(sleep_pairs(), flat)
    >>> f"{posterior.mean:.2f} {posterior.quantile(0.025):.6f}"  # the t interval
    '1.58 0.700114'
    """
    data = _families(pairs)

    def log_posterior(at: Floats) -> Floats:
        return _log_likelihood(data, at) + prior.log_density(at)

    error = float(data.means.std()) / math.sqrt(len(data.means))
    ends = [*prior.ends]
    ends += [data.means.min() - 12 * error, data.means.max() + 12 * error]
    whole = _held(log_posterior, (min(ends), max(ends)), NEGLIGIBLE)
    low, high = _held(log_posterior, whole, PEAK)
    centre, scale = (low + high) / 2, (high - low) / 4
    first, last = (math.asinh((end - centre) / scale) for end in whole)
    even = np.linspace(first, last, POINTS)
    seen = log_posterior(centre + scale * np.sinh(even))
    density = np.exp(seen - seen.max()) * np.cosh(even)
    density /= density.sum()
    return MeanDistribution(even, density, _cumulated(density), centre, scale)


def _held(
    log_density: Callable[[Floats], Floats], ends: tuple[float, float], depth: float
) -> tuple[float, float]:
    """Narrow two ends down to where the density is not lower than its peak by `depth`."""
    low, high = ends
    for _ in range(4):
        at = np.linspace(low, high, LOOK)
        seen = log_density(at)
        held = np.flatnonzero(seen > seen.max() - depth)
        low, high = float(at[max(held[0] - 1, 0)]), float(at[min(held[-1] + 1, LOOK - 1)])
    return low, high


def _cumulated(density: Floats) -> Floats:
    """Return the probability below each point: trapezoids with their end correction."""
    summed = np.concatenate([[0.0], np.cumsum((density[1:] + density[:-1]) / 2)])
    slope = np.gradient(density)
    return np.asarray(np.clip(summed - (slope - slope[0]) / 12, 0.0, 1.0))

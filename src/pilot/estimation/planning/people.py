"""Pilots that could have been: families, their scores at each wave, and who left when."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import special

from pilot.results.prospect import Assumptions

Floats = NDArray[np.float64]
Codes = NDArray[np.intp]
LEANING = 0.5  # correlation between a first score and staying, where families leave by score


@dataclass(frozen=True, slots=True, eq=False)
class Pilots:
    """Many pilots of one shape.

    Attributes
    ----------
    scores : array, shape (pilots, families, members, waves)
        Of everyone at every wave, also after a family left; NaN where a family has fewer
        members than the largest.
    last : array of int, shape (pilots, families)
        The last wave at which a family was still there.
    members, sites : array of int, shape (families,)
    """

    scores: Floats
    last: Codes
    members: Codes
    sites: Codes

    def of(self, pilots: Codes) -> Pilots:
        """Return some of the pilots."""
        return Pilots(self.scores[pilots], self.last[pilots], self.members, self.sites)

    @property
    def stayed(self) -> np.ndarray:
        """Whether a family was there at the last wave, shape (pilots, families)."""
        return np.asarray(self.last == self.scores.shape[-1] - 1)


@dataclass(frozen=True, slots=True)
class Shape:
    """How many families there are, and which change is drawn, signed, in points."""

    families: int
    change: float
    direction: int = 1


def draw(
    assumed: Assumptions, shape: Shape, pilots: int, random: np.random.Generator
) -> Pilots:
    """Draw pilots.

    A score is the mean of its wave + level + change drawn out over time + what comes and
    goes, each of the last three a sum of parts of site, family and person. With V the
    variance of change between persons, 2 sd^2 (1 - retest), the drawn-out part has
    lasting x V and what comes and goes (1 - lasting) x V / 2 at each wave; the level has
    what is left of sd^2, so that the first and the last wave have sd and correlate by
    retest. Scores are then rounded to steps and clipped to the scale.
    """
    members = member_counts(shape.families, assumed.members)
    sites = np.arange(shape.families) % assumed.sites
    parts = _Parts(assumed, members, sites, pilots, random)
    time = np.asarray(assumed.months) / (assumed.months[-1] - assumed.months[0])
    time = time - time[0] - 0.5
    lasting = 1.0 if len(time) == 2 else assumed.lasting
    spread = assumed.sd_change**2
    level = assumed.sd**2 - lasting * spread / 4 - (1 - lasting) * spread / 2
    alike = 0.0 if members.max() == 1 else assumed.family_icc
    scores = assumed.mean + shape.direction * shape.change * (time + 0.5)
    scores = scores + math.sqrt(max(level, 0.0)) * parts.draws((0.0, alike), 1)
    skew = shape.direction * assumed.skew / lasting**1.5 if assumed.skew else 0.0
    drawn_out = parts.draws(parts.of_change, 1, skew)
    scores = scores + math.sqrt(lasting * spread) * drawn_out * time
    if lasting < 1:
        noise = math.sqrt((1 - lasting) * spread / 2)
        scores += noise * parts.draws(parts.of_change, len(time))
    scores = as_asked(scores, assumed)
    scores[:, np.arange(members.max()) >= members[:, None]] = np.nan
    return Pilots(scores, _last(scores, assumed, shape, random), members, sites)


def member_counts(families: int, mean: float) -> Codes:
    """Return how many members each family has, spread evenly.

    Examples
    --------
    >>> member_counts(4, 1.5)
    array([1, 2, 1, 2])
    """
    edges = np.floor(np.arange(families + 1) * mean + 1e-9)
    return np.asarray(np.diff(edges), dtype=np.intp)


def as_asked(scores: Floats, assumed: Assumptions) -> Floats:
    """Round scores to the steps of the scale and keep them on it.

    Examples
    --------
    >>> as_asked(np.array([8.0, 20.4, 41.2]), Assumptions(mean=30, low=10, high=40, step=1))
    array([10., 20., 40.])
    """
    if assumed.step:
        start = assumed.low or 0.0
        scores = start + assumed.step * np.round((scores - start) / assumed.step)
    if assumed.low is None and assumed.high is None:
        return scores
    return np.clip(scores, assumed.low, assumed.high)


def expected_change(assumed: Assumptions, shape: Shape, seed: int) -> float:
    """Return the mean change on the scale itself, of which floor or ceiling take a part.

    Over 400,000 persons where the scale has ends; else the change that was drawn.
    """
    if assumed.low is None and assumed.high is None:
        return shape.direction * shape.change
    many = Shape(20, shape.change, shape.direction)
    alone = assumed.with_given(members=1.0, lost=0.0, sites=1)
    seen = draw(alone, many, 20_000, np.random.default_rng([seed, 0])).scores
    return float((seen[..., -1] - seen[..., 0]).mean())


class _Parts:
    """Draws in which members of a family, and families of a site, share a part."""

    def __init__(
        self,
        assumed: Assumptions,
        members: Codes,
        sites: Codes,
        pilots: int,
        random: np.random.Generator,
    ) -> None:
        self.random, self.sites, self.pilots = random, sites, pilots
        self.shape = (len(members), int(members.max()))
        of_family = assumed.change_icc if members.max() > 1 else 0.0  # alone it is all one
        self.of_change = (assumed.site_icc, of_family)

    def draws(self, shares: tuple[float, float], waves: int, skew: float = 0.0) -> Floats:
        """Return draws of variance 1, shape (pilots, families, members, waves)."""
        of_site, of_family = shares
        families, members = self.shape
        rest = 1 - of_site - of_family
        drawn = math.sqrt(max(rest, 0.0)) * self._standard((families, members, waves), skew)
        if of_family:
            drawn += math.sqrt(of_family) * self._standard((families, 1, waves), skew)
        if of_site:
            sites = self._standard((int(self.sites.max()) + 1, 1, waves), skew)
            drawn += math.sqrt(of_site) * sites[:, self.sites]
        return drawn

    def _standard(self, shape: tuple[int, ...], skew: float) -> Floats:
        whole = (self.pilots, *shape)
        if not skew:
            return self.random.standard_normal(whole)
        shape_of_gamma = 4 / skew**2
        drawn = self.random.standard_gamma(shape_of_gamma, whole) - shape_of_gamma
        return np.asarray(math.copysign(1.0, skew) * drawn / math.sqrt(shape_of_gamma))


def _last(
    scores: Floats, assumed: Assumptions, shape: Shape, random: np.random.Generator
) -> Codes:
    """Return each family's last wave: the larger its draw, the sooner it leaves."""
    pilots, families = scores.shape[:2]
    leaving = random.standard_normal((pilots, families))
    if assumed.lost_by == "score":
        first = np.nanmean(scores[..., 0], axis=2)
        worse = -shape.direction * (first - first.mean()) / max(float(first.std()), 1e-12)
        leaving = LEANING * worse + math.sqrt(1 - LEANING**2) * leaving
    time = (np.asarray(assumed.months) - assumed.months[0]) / (
        assumed.months[-1] - assumed.months[0]
    )
    limits = special.ndtri(1 - assumed.lost * time[1:])
    return np.asarray((leaving[..., None] <= limits).sum(axis=2), dtype=np.intp)

"""Data sets of a cell, all at once: scores of people at waves, and what is true of them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from zlib import crc32

import numpy as np
from numpy.typing import NDArray
from scipy import optimize, special
from tests.validation.cells import N_SITES, Cell

Floats = NDArray[np.float64]

SEED = 20261122
BETWEEN_FAMILIES = 0.4  # variance of levels; a wave adds a variance of 1
BETWEEN_PEOPLE = 0.6
SPREAD = math.sqrt(BETWEEN_FAMILIES + BETWEEN_PEOPLE + 1)
"""Standard deviation between people at the first wave."""
MOVED = 0.5 * SPREAD
LOST = 0.35
STEEPNESS = 1.5  # log odds of leaving for one standard deviation lower at the start
BOUNDED = {"ceiling": 0.47, "strong ceiling": 0.70}
MONTHS = 24.0


@dataclass(frozen=True, slots=True, eq=False)
class Draw:
    """Data sets of one cell.

    Attributes
    ----------
    cell : Cell
    scores : array, shape (sets, people, waves)
        NaN where somebody had left.
    family : array of int, shape (people,)
    site : array of int, shape (families,)
    truth : float
        The mean change of everyone who started.
    """

    cell: Cell
    scores: Floats
    family: NDArray[np.intp]
    site: NDArray[np.intp]
    truth: float

    @property
    def changes(self) -> Floats:
        """Each person's last score minus the first, NaN without both."""
        return self.scores[:, :, -1] - self.scores[:, :, 0]

    @property
    def family_changes(self) -> Floats:
        """The mean change of each family's members with both, NaN without any."""
        return self.by_family(self.changes)

    def by_family(self, values: Floats) -> Floats:
        """Return the mean over members that have a value, NaN where none has."""
        here = np.isfinite(values)
        members = np.eye(self.cell.families)[self.family]
        counts = here @ members
        with np.errstate(invalid="ignore"):
            return np.where(here, values, 0.0) @ members / counts

    @property
    def months(self) -> Floats:
        """When each wave was, in months since the start."""
        return np.linspace(0.0, MONTHS, self.cell.waves)


def draw(cell: Cell, sets: int, stream: int = 0) -> Draw:
    """Draw data sets of a cell; the same ones whenever and wherever it is asked.

    Parameters
    ----------
    cell : Cell
    sets : int
    stream : int
        Another number gives other sets of the same cell.
    """
    seeds = np.random.SeedSequence([SEED, crc32(cell.name.encode()), stream])
    dice = np.random.default_rng(seeds)
    family = np.repeat(np.arange(cell.families), cell.sizes)
    site = np.array(cell.site_of)
    scores = _levels(dice, sets, family)[:, :, None] + _waves(dice, cell, sets, family)
    scores += _sites(dice, cell, sets)[:, site[family], None] * np.linspace(0, 1, cell.waves)
    scores, truth = _cut_off(cell, scores)
    return Draw(cell, _lose(dice, cell, scores), family, site, truth)


def _levels(dice: np.random.Generator, sets: int, family: NDArray[np.intp]) -> Floats:
    families = dice.standard_normal((sets, family[-1] + 1)) * math.sqrt(BETWEEN_FAMILIES)
    people = dice.standard_normal((sets, len(family))) * math.sqrt(BETWEEN_PEOPLE)
    return families[:, family] + people


def _waves(
    dice: np.random.Generator, cell: Cell, sets: int, family: NDArray[np.intp]
) -> Floats:
    """Return what each wave adds: noise, or noise once and a skewed change after it."""
    if cell.shape in ("skew 1", "exponential"):
        noise = dice.standard_normal((sets, len(family)))
        change = math.sqrt(2) * _skewed(dice, cell, (sets, cell.families))
        return np.stack([noise, noise + change[:, family]], axis=2)
    shared = _autocorrelated(dice, cell, (sets, cell.families)) * math.sqrt(cell.icc)
    own = _autocorrelated(dice, cell, (sets, len(family))) * math.sqrt(1 - cell.icc)
    slope = dice.standard_normal((sets, cell.families)) * math.sqrt(cell.slopes)
    shared += slope[:, :, None] * np.linspace(0, 1, cell.waves)
    return shared[:, family] + own


def _skewed(dice: np.random.Generator, cell: Cell, shape: tuple[int, int]) -> Floats:
    """Return gamma changes of mean 0 and variance 1: skewness 1, or exponential (2)."""
    form = {"skew 1": 4.0, "exponential": 1.0}[cell.shape]
    return (dice.standard_gamma(form, shape) - form) / math.sqrt(form)


def _autocorrelated(dice: np.random.Generator, cell: Cell, shape: tuple[int, int]) -> Floats:
    series = dice.standard_normal((*shape, cell.waves))
    kept = cell.autocorrelation
    for wave in range(1, cell.waves):
        fresh = math.sqrt(1 - kept**2) * series[..., wave]
        series[..., wave] = kept * series[..., wave - 1] + fresh
    return series


def _sites(dice: np.random.Generator, cell: Cell, sets: int) -> Floats:
    """Return the change of each site; its mean over the families that started is the truth.

    Where the truth is that of these sites, it is taken out, so that the truth is 0.
    """
    change = dice.standard_normal((sets, N_SITES)) * cell.site_change
    if cell.generalises_to == "families":
        weights = np.bincount(cell.site_of, minlength=N_SITES) / cell.families
        change -= (change @ weights)[:, None]
    return change


def bound_of(cell: Cell) -> float:
    """Return the highest score there is; infinite without a bound."""
    share = BOUNDED.get(cell.shape.removesuffix(" moved"))
    return math.inf if share is None else SPREAD * float(special.ndtri(1 - share))


def _cut_off(cell: Cell, scores: Floats) -> tuple[Floats, float]:
    bound = bound_of(cell)
    if math.isinf(bound):
        return scores, 0.0
    if not cell.shape.endswith("moved"):
        return np.minimum(scores, bound), 0.0
    scores[:, :, -1] += MOVED
    return np.minimum(scores, bound), _mean_below(bound, MOVED) - _mean_below(bound, 0.0)


def _mean_below(bound: float, mean: float) -> float:
    """Return the mean of min(score, bound) for a normal score."""
    z = (bound - mean) / SPREAD
    density = math.exp(-z * z / 2) / math.sqrt(2 * math.pi)
    below = float(special.ndtr(z))
    return mean * below - SPREAD * density + bound * (1 - below)


def _lose(dice: np.random.Generator, cell: Cell, scores: Floats) -> Floats:
    """Take away the scores of who left, from a wave after the first on."""
    if cell.loss == "none":
        return scores
    sets, people, waves = scores.shape
    chance = np.full((sets, people), LOST)
    if cell.loss == "score":
        chance = special.expit(_shift() - STEEPNESS * scores[:, :, 0] / SPREAD)
    leaves = dice.random((sets, people)) < chance
    last = np.where(leaves, dice.integers(1, waves, (sets, people)), waves)
    return np.where(np.arange(waves) < last[:, :, None], scores, np.nan)


@cache
def _shift() -> float:
    """Return the log odds at the mean first score at which 35 % leave."""
    nodes, weights = np.polynomial.hermite_e.hermegauss(60)
    weights = weights / weights.sum()
    return float(
        optimize.brentq(
            lambda shift: weights @ special.expit(shift - STEEPNESS * nodes) - LOST, -5, 5
        )
    )

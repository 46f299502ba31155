"""Whether intervals of standardised changes hold a true change of half an SD."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
from tests.validation.answers import LEVELS, Answers, Floats
from tests.validation.cells import Cell
from tests.validation.draw import MOVED, SPREAD, Draw
from tests.validation.means import enough, mean_and_error

from pilot.estimation.noncentral import noncentral_limits, noncentral_t_cdf
from pilot.estimation.standardised import standardise
from pilot.estimation.t import MeanT, mean_t

WITH_LIMITS = 500  # data sets of which the limits are worked out, for their width


def d_z(drawn: Draw) -> Answers:
    """Answer as the registry's `paired_t` in its d_z."""
    return _standardised(drawn, _spread_of_change, MOVED / _true_spread_of_change(drawn.cell))


def d_av(drawn: Draw) -> Answers:
    """Answer as the registry's `paired_t` in its d_av."""
    return _standardised(drawn, _spread_on_average, MOVED / _true_spread(drawn.cell))


def moved(drawn: Draw) -> Draw:
    """Return the data sets with half an SD added to the last wave."""
    scores = drawn.scores.copy()
    scores[:, :, -1] += MOVED
    return Draw(drawn.cell, scores, drawn.family, drawn.site, MOVED)


def _standardised(drawn: Draw, spread: Callable[[Draw], Floats], truth: float) -> Answers:
    mean, error, n = mean_and_error(moved(drawn).family_changes)
    kept = enough(drawn) & np.isfinite(error)
    scale = spread(moved(drawn))
    below = np.full(len(mean), np.nan)
    limits = np.full((4, len(mean)), np.nan)
    for place, row in enumerate(np.flatnonzero(kept)):
        t, df = mean[row] / error[row], float(n[row] - 1)
        below[row] = noncentral_t_cdf(t, df, truth * scale[row] / error[row])
        if place < WITH_LIMITS:
            limits[:, row] = [
                end for level in LEVELS for end in noncentral_limits(t, df, level)
            ]
    nothing = np.full(len(mean), np.nan)
    return Answers(
        np.where(kept, mean / scale, np.nan),
        nothing,
        np.where(kept, n - 1.0, np.nan),
        *(limits * error / scale),
        truth=truth,
        tested=False,
        held=(_holds(below, LEVELS[0]), _holds(below, LEVELS[1])),
    )


def _holds(below: Floats, level: float) -> Floats:
    """Return 1 where an interval holds the truth: t lies in the middle of its distribution."""
    held = np.abs(below - 0.5) <= level / 2
    return np.where(np.isfinite(below), held, np.nan)


def limits_75(drawn: Draw, row: int, spread: float, name: str) -> tuple[float, float]:
    """Return the 75 % limits of one data set by the package's own functions."""
    changes = moved(drawn).family_changes[row]
    mean: MeanT = mean_t(changes[np.isfinite(changes)])
    answer = standardise(mean, spread, name, 0.75)
    return answer.conf_low, answer.conf_high


def _spread_of_change(drawn: Draw) -> Floats:
    return np.sqrt(_between_people(drawn, drawn.changes))


def _spread_on_average(drawn: Draw) -> Floats:
    first, last = (_between_people(drawn, drawn.scores[:, :, wave]) for wave in (0, -1))
    return np.sqrt((first + last) / 2)


def _between_people(drawn: Draw, scores: Floats) -> Floats:
    """Return the variance between people, families and members together, of whole sets."""
    sizes = np.bincount(drawn.family)
    people, families = scores.shape[1], len(sizes)
    if people == families:
        return np.asarray(scores.var(axis=1, ddof=1))
    means = drawn.by_family(scores)
    within = ((scores - means[:, drawn.family]) ** 2).sum(axis=1) / (people - families)
    away = means - scores.mean(axis=1, keepdims=True)
    between = (sizes * away**2).sum(axis=1) / (families - 1)
    size = (people - float(sizes @ sizes) / people) / (families - 1)
    return np.asarray(between / size + within * (1 - 1 / size))


def _true_spread(cell: Cell) -> float:
    return math.sqrt(SPREAD**2 + cell.slopes / 2)


def _true_spread_of_change(cell: Cell) -> float:
    alike = cell.autocorrelation ** (cell.waves - 1)
    return math.sqrt(2 * (1 - alike) + cell.slopes)

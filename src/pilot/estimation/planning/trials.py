"""Thousands of pilots drawn and analysed as planned."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy import special

from pilot.estimation.everyone import SHARED_FROM
from pilot.estimation.ladder import INTERVAL_FROM, SITES_FROM
from pilot.estimation.planning.assume import Ask
from pilot.estimation.planning.cells import Model, cells_of, model_of
from pilot.estimation.planning.formula import POWER
from pilot.estimation.planning.people import Codes, Floats, Pilots, Shape, draw, expected_change
from pilot.estimation.planning.together import Answers, answers
from pilot.estimation.root import falling_root
from pilot.results.prospect import Assumptions

SCORES_AT_ONCE = 2_000_000
SAME = 1e-9  # spread, in SD between persons, at which all changes are equal but for rounding
METHODS = {"families": "mixed_kr", "sites": "site_means_t"}


@dataclass(frozen=True, slots=True)
class Tally:
    """How one method did over the simulated pilots that were answered.

    ``change_left`` is what floor and ceiling leave of the change that was drawn, signed.
    """

    power: float
    power_holm: float
    half_width_95: float
    half_width_75: float
    coverage_95: float
    coverage_75: float
    detectable: float
    answered: float
    change_left: float


def trials(ask: Ask, families: int, simulations: int, seed: int) -> tuple[Tally, Tally]:
    """Return how the planned method did, and the paired t, at one number of families.

    Pilots are drawn with ``numpy.random.default_rng([seed, families])``: a number of
    families gives the same whichever others are asked. A pilot is answered when the ladder
    lets it: five families with both waves, under ``sites`` four sites with one.
    """
    shape = Shape(families, ask.change, ask.outcome.better_sign or 1)
    planned: list[Answers] = []
    paired: list[Answers] = []
    random = np.random.default_rng([seed, families])
    for count in _portions(ask.assumptions, families, simulations):
        pilots = draw(ask.assumptions, shape, count, random)
        changes = family_changes(pilots)
        paired_t = t_of(changes, INTERVAL_FROM, SAME * ask.assumptions.sd)
        paired.append(paired_t)
        answer = site_t if ask.generalises_to == "sites" else mixed
        planned.append(answer(pilots, ask.assumptions))
    truth = expected_change(ask.assumptions, shape, seed)
    return tally(_together(planned), truth), tally(_together(paired), truth)


def family_changes(pilots: Pilots) -> Floats:
    """Return each family's mean change, NaN for those that left."""
    changes = pilots.scores[..., -1] - pilots.scores[..., 0]
    means = np.nansum(changes, axis=2) / pilots.members
    return np.where(pilots.stayed, means, np.nan)


def t_of(values: Floats, least: int, same: float) -> Answers:
    """Return the t interval of the mean of each row, NaN apart and below so many values."""
    there = np.isfinite(values)
    count = there.sum(axis=1)
    filled = np.where(there, values, 0.0)
    mean = filled.sum(axis=1) / np.maximum(count, 1)
    squares = (np.where(there, values - mean[:, None], 0.0) ** 2).sum(axis=1)
    deviation = np.sqrt(squares / np.maximum(count - 1, 1))
    known = (count >= least) & (deviation > same)
    error = np.where(known, deviation / np.sqrt(np.maximum(count, 1)), np.nan)
    return Answers(np.where(known, mean, np.nan), error, count - 1.0)


def site_t(pilots: Pilots, assumed: Assumptions) -> Answers:
    """Return the t interval over site means, of pilots with four sites and five families."""
    changes = family_changes(pilots)
    there = np.isfinite(changes)
    member = (pilots.sites[:, None] == np.arange(pilots.sites.max() + 1)).astype(float)
    count = there @ member
    sums = np.where(there, changes, 0.0) @ member
    means = np.where(count > 0, sums / np.maximum(count, 1.0), np.nan)
    means[there.sum(axis=1) < INTERVAL_FROM] = np.nan
    return t_of(means, SITES_FROM, SAME * assumed.sd)


def mixed(pilots: Pilots, assumed: Assumptions) -> Answers:
    """Return the planned mixed model's answer, of pilots with five pairs.

    As in `pilot.estimation.everyone`, members stand apart where three families have two of
    them at two waves, and are averaged elsewhere.
    """
    told = np.full((3, len(pilots.scores)), np.nan)
    changes = family_changes(pilots)
    known = np.isfinite(t_of(changes, INTERVAL_FROM, SAME * assumed.sd).std_error)
    together = ((pilots.last > 0) & (pilots.members > 1)).sum(axis=1) >= SHARED_FROM
    for people in (False, True):
        kept: Codes = np.flatnonzero(known & (together == people))
        if len(kept):
            model = model_of(assumed.months, people=people)
            cells = cells_of(pilots.of(kept), model, assumed.sd)
            found = answers(cells, model, true_variances(assumed, model))
            told[:, kept] = found.estimate * assumed.sd, found.std_error * assumed.sd, found.df
    return Answers(*told)


def true_variances(assumed: Assumptions, model: Model) -> Floats:
    """Return about what the variances of the model are, in units of the score's variance."""
    spread = assumed.sd_change**2 / assumed.sd**2
    people = [spread / 8, (1 - spread / 2) / 2] if model.people else []
    if model.time is None:
        return np.array([1 - spread / 2, *people, spread / 2])
    lasting = assumed.lasting * spread
    slopes = [1 - spread / 2 + lasting / 4, -lasting / 2, max(lasting, 0.01)]
    return np.array([*slopes, *people, max((1 - assumed.lasting) * spread / 2, 0.01)])


def tally(told: Answers, truth: float) -> Tally:
    """Count what answers say of a known change.

    Without an answer a change is not seen: power is over all pilots, the rest over those
    that were answered, NaN where none was.
    """
    known = np.isfinite(told.std_error) & np.isfinite(told.df) & (told.df > 0)
    nothing = float("nan")
    if not known.any():
        return Tally(0.0, 0.0, nothing, nothing, nothing, nothing, math.inf, 0.0, truth)
    estimate, error, df = told.estimate[known], told.std_error[known], told.df[known]
    half_95, half_75 = (error * special.stdtrit(df, level) for level in (0.975, 0.875))
    p_value = 2 * special.stdtr(df, -np.abs(estimate / error))
    off = estimate - truth
    share = float(known.mean())
    return Tally(
        power=share * float((p_value < 0.05).mean()),
        power_holm=share * float((p_value < 0.025).mean()),
        half_width_95=float(np.median(half_95)),
        half_width_75=float(np.median(half_75)),
        coverage_95=float((np.abs(off) <= half_95).mean()),
        coverage_75=float((np.abs(off) <= half_75).mean()),
        detectable=_detectable(off, half_95, share),
        answered=share,
        change_left=truth,
    )


def _detectable(off: Floats, half: Floats, share: float) -> float:
    """Return the change that 80 of 100 pilots see, drawn pilots being moved by it."""
    if share < POWER:
        return math.inf

    def lacking(change: float) -> float:
        return POWER - share * float((np.abs(off + change) > half).mean())

    return falling_root(lacking, 0.0, float((np.abs(off) + half).max()))


def _portions(assumed: Assumptions, families: int, simulations: int) -> Iterator[int]:
    """Yield how many pilots are drawn at a time, so that memory stays small."""
    size = families * int(assumed.members + 1) * len(assumed.months)
    most = max(SCORES_AT_ONCE // size, 1)
    for first in range(0, simulations, most):
        yield min(most, simulations - first)


def _together(parts: list[Answers]) -> Answers:
    names = Answers.__slots__
    return Answers(*(np.concatenate([getattr(part, name) for part in parts]) for name in names))

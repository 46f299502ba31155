"""The variances at which the (restricted) likelihood is largest.

The first steps score: with the expected information, in the variances themselves, which
for balanced data arrives at once; a variance that would be negative is set to zero and the
others are solved again. Then Newton's method in the Cholesky entries, with the curvature's
negative directions turned: it cannot leave the possible matrices, and doubles the number of
right digits at each step. What ends in a saddle (a variance at zero that wants to grow) is
pushed off it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from pilot.estimation.mixed.coordinates import Coordinates
from pilot.estimation.mixed.likelihood import Likelihood
from pilot.estimation.mixed.terms import Floats

Surface = Callable[[Floats], Likelihood | None]

SCORINGS = 2
STEPS = 100
HALVINGS = 30
CLOSE = 1e-12  # expected gain in deviance at which the search has arrived
NOISE = 1e-9  # gain below which rounding decides
FLOOR = 1e-2  # smallest eigenvalue that scoring leaves a slope's covariance matrix
GONE = 1e-9  # share of the largest variance at which the residual has gone
VANISHED = 1e-7  # variance, in units of the residual spread, below which zero is tried


@dataclass(frozen=True, slots=True, eq=False)
class Arrival:
    """Where the search ended, after how many looks at the likelihood, and whether well."""

    likelihood: Likelihood
    looks: int
    converged: bool


@dataclass(frozen=True, slots=True, eq=False)
class _Step:
    """A Newton step, what it should gain, and the direction of least curvature."""

    move: Floats
    gain: float
    curvature: float
    lowest: Floats


def search(
    surface: Surface, layout: Coordinates, start: Likelihood, *, scoring: bool = True
) -> Arrival:
    """Find the largest likelihood from a start inside the possible variances.

    Parameters
    ----------
    surface : callable
        The likelihood at a theta, or None where there is none.
    layout : Coordinates
    start : Likelihood
    scoring : bool
        False to climb the hill on which the start lies; scoring may leap to another.
    """
    scorings = 0
    if scoring:
        scorings = 1 if max(layout.sizes) > 1 else SCORINGS
    return _Walk(surface, layout).from_(start, scorings)


def vanishing(here: Likelihood, layout: Coordinates) -> bool:
    """Say whether the last variance has all but gone: the fit is exact, or on its way.

    Without a residual it is the smallest eigenvalue of the last term's covariance matrix.
    """
    last = layout.places[-1]
    least = here.theta[-1] if len(last) == 1 else np.linalg.eigvalsh(here.theta[last])[0]
    return bool(least < GONE * max(1.0, float(here.theta.max())))


class _Walk:
    def __init__(self, surface: Surface, layout: Coordinates) -> None:
        self.surface, self.layout, self.looks = surface, layout, 1

    def look(self, theta: Floats) -> Likelihood | None:
        self.looks += 1
        return self.surface(theta)

    def from_(self, here: Likelihood, scorings: int) -> Arrival:
        for number in range(STEPS):
            if number < scorings:
                here = self.score(here)
            if vanishing(here, self.layout):
                break
            self.layout = self.layout.pivoted(here.theta)
            factors = self.layout.factors(here.theta)
            step = newton_step(here, factors, self.layout)
            if step.gain < CLOSE:
                settled = self.settle(here, factors, step)
                if settled is None:
                    return Arrival(here, self.looks, converged=True)
                here = settled
            elif number + 1 >= scorings:
                moved = self.descend(here, factors, step.move)
                if moved is None:
                    return Arrival(here, self.looks, converged=step.gain < NOISE)
                here = moved
        return Arrival(here, self.looks, converged=False)

    def score(self, here: Likelihood) -> Likelihood:
        """Take a step with the expected information; where it does not gain, stay."""
        target, share = scored(here, self.layout), 1.0
        while share > 0.01:
            there = self.look(here.theta + share * (target - here.theta))
            if there is not None and there.deviance < here.deviance:
                return there
            share /= 4
        return here

    def descend(self, here: Likelihood, factors: Floats, move: Floats) -> Likelihood | None:
        """Halve a move until the deviance falls."""
        longest = float(np.abs(move).max())
        share = min(1.0, 2.0 / longest) if longest else 1.0
        for _ in range(HALVINGS):
            tried = factors + share * move
            there = self.look(self.layout.theta(tried))
            if there is not None and there.deviance < here.deviance:
                return there
            share /= 2
        return None

    def settle(self, here: Likelihood, factors: Floats, step: _Step) -> Likelihood | None:
        """Leave a saddle, or try whether what is nearly zero is zero; None: stay."""
        if step.curvature < -1e-7:
            return self.descend(here, factors, 0.1 * step.lowest)
        theta = emptied(here.theta, self.layout)
        if theta is None:
            return None
        there = self.look(theta)
        if there is None or there.deviance > here.deviance + NOISE:
            return None
        return there


def newton_step(here: Likelihood, factors: Floats, layout: Coordinates) -> _Step:
    """Return the step in Cholesky entries, negative curvature turned into positive.

    Notes
    -----
    With theta_k = l' T_k l / 2 the slope by l is J's and the curvature J'HJ + sum s_k T_k,
    where J = T l.
    """
    jacobian = layout.tensor @ factors
    slope = here.slope @ jacobian
    curvature = jacobian.T @ here.observed @ jacobian
    curvature += layout.curved(here.slope)
    values, vectors = np.linalg.eigh(curvature)
    steep = np.abs(values)
    steep = np.maximum(steep, 1e-8 * steep.max())
    along = slope @ vectors
    move = -(vectors @ (along / steep))
    return _Step(move, float((along**2 / steep).sum()), float(values[0]), vectors[:, 0])


def scored(here: Likelihood, layout: Coordinates) -> Floats:
    """Return the variances of one scoring step, those that would be negative at zero."""
    free = np.ones(layout.count, dtype=bool)
    target = here.theta
    for _ in range(layout.count):
        target = np.zeros(layout.count)
        pull = here.expected[:, ~free] @ here.theta[~free] - here.slope
        inside = np.ix_(free, free)
        target[free] = here.theta[free] + np.linalg.solve(here.expected[inside], pull[free])
        negative = layout.single[target[layout.single] < 0]
        if not len(negative):
            break
        free[negative] = False
    last = layout.places[-1]
    if len(last) == 1:
        target[last[0, 0]] = max(target[last[0, 0]], 0.1 * here.theta[last[0, 0]])
    return layout.possible(target, FLOOR)


def emptied(theta: Floats, layout: Coordinates) -> Floats | None:
    """Return theta with nearly vanished variances at zero; None when there are none."""
    mended, changed = theta.copy(), False
    for places in layout.places[:-1]:
        values, vectors = np.linalg.eigh(theta[places])
        rounding = 0.0 if len(places) == 1 else 1e-14 * values[-1]
        small = (values < VANISHED) & (values > rounding)
        if small.any():
            mended[places] = (vectors * np.where(small, 0.0, values)) @ vectors.T
            changed = True
    return mended if changed else None

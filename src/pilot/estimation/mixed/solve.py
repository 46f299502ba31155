"""From fixed effects and random terms to the variances that fit them best."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from pilot.estimation.mixed.coordinates import Coordinates, coordinates
from pilot.estimation.mixed.layout import Layout, lay_out
from pilot.estimation.mixed.likelihood import Likelihood, likelihood
from pilot.estimation.mixed.moments import moments_at
from pilot.estimation.mixed.refusals import refused
from pilot.estimation.mixed.search import NOISE, Arrival, Surface, search, vanishing
from pilot.estimation.mixed.terms import Floats, Term
from pilot.estimation.mixed.threads import one_thread
from pilot.estimation.mixed.wide import put_on_top

FEW_LEVELS = 8  # below, slopes are looked for from a second start
NOT_APART = 1e-8  # eigenvalue of the variances' correlation at which they are one


@dataclass(frozen=True, slots=True, eq=False)
class Problem:
    """A layout with the basis in which its fixed effects are orthonormal.

    Attributes
    ----------
    layout : Layout
    x : array, shape (n, p)
        Orthonormal columns.
    turn : array, shape (p, p)
        From coefficients of x to those of the columns as given.
    terms : tuple of Term
    restricted, residual : bool
    """

    layout: Layout
    x: Floats
    turn: Floats
    terms: tuple[Term, ...]
    restricted: bool
    residual: bool


@dataclass(frozen=True, slots=True, eq=False)
class Solution:
    """The likelihood at its largest, and the way back to the units of the data.

    Attributes
    ----------
    at : Likelihood
        In the units of the search.
    variances : Coordinates
    coefficients : array, shape (p,)
    turn : array, shape (p, p)
        A contrast c of the coefficients is c @ turn in the units of the search.
    residuals : array, shape (n,)
        From ordinary least squares, in the units of the search.
    scale : float
        Standard deviation about the fixed effects by ordinary least squares.
    deviance : float
        -2 (restricted) log-likelihood with all constants, as lme4's.
    looks : int
        How often the likelihood was worked out.
    """

    at: Likelihood
    variances: Coordinates
    coefficients: Floats
    turn: Floats
    residuals: Floats
    scale: float
    deviance: float
    looks: int


def pose(
    x: Floats, terms: Sequence[Term], *, restricted: bool = True, residual: bool = True
) -> Problem:
    """Lay out rows and covariances; scores come later, once or many times.

    Parameters
    ----------
    x : array, shape (n, p)
        Columns of full rank.
    terms : sequence of Term
    restricted : bool
        REML, else ML.
    residual : bool
        False when a term already says all about the rows' variances.
    """
    turn = np.linalg.inv(np.linalg.qr(x, mode="r"))
    layout = lay_out(x, terms, turn, residual=residual)
    return Problem(layout, x @ turn, turn, tuple(terms), restricted, residual)


def solve(problem: Problem, y: Floats) -> Solution:
    """Find the variances and coefficients of one set of scores.

    Raises
    ------
    Refusal
        When variances cannot be told apart, or no residual is left.
    EstimationError
        When no largest likelihood is found.
    """
    n, p = problem.x.shape
    plain = problem.x.T @ y
    residuals = y - problem.x @ plain
    scale = math.sqrt(float(residuals @ residuals) / (n - p))
    residuals /= scale
    with one_thread():
        arrival = _arrive(problem, residuals)
    _refuse_no_arrival(arrival, problem)
    at = arrival.likelihood
    return Solution(
        at=at,
        variances=coordinates(problem.layout.sizes),
        coefficients=problem.turn @ (plain + scale * at.coefficients),
        turn=problem.turn,
        residuals=residuals,
        scale=scale,
        deviance=at.deviance + _constants(problem, scale),
        looks=arrival.looks,
    )


def _arrive(problem: Problem, residuals: Floats) -> Arrival:
    surface = _surface(problem, residuals)
    variances = coordinates(problem.layout.sizes)
    start = np.zeros(variances.count)
    start[variances.diagonal] = 1 / len(variances.diagonal)
    here = surface(start)
    if here is None:
        raise refused("not_found", "formula", "use fewer terms in it", looks=1)
    _refuse_inseparable(here, problem, variances)
    arrival = search(surface, variances, here)
    sure = arrival.converged and not _may_be_low(problem)
    if sure or vanishing(arrival.likelihood, variances):
        return arrival
    start = np.where(start > 0, 0.05, 0.0)
    start[-1] = 0.9
    again = search(surface, variances, surface(start) or here, scoring=False)
    return _better(arrival, again)


def _surface(problem: Problem, residuals: Floats) -> Surface:
    stacks, rest = problem.layout.with_scores(residuals)
    wide = problem.layout.wide

    def surface(theta: Floats) -> Likelihood | None:
        sums = moments_at(theta if wide is None else theta[wide.others], stacks, rest)
        if sums is None:
            return None
        if wide is not None:
            sums = put_on_top(sums, theta, wide)
        return likelihood(theta, sums, restricted=problem.restricted)

    return surface


def _may_be_low(problem: Problem) -> bool:
    """Say whether the likelihood may have a second hill: slopes of few families.

    One in a hundred pilots of 4 families with slopes has; with 8 none was seen in 700.
    """
    sizes = zip(problem.terms, problem.layout.sizes, strict=False)
    return any(size == 2 and term.levels < FEW_LEVELS for term, size in sizes)


def _better(one: Arrival, other: Arrival) -> Arrival:
    """Return the arrival with the larger likelihood, one that converged before one that not."""
    if one.converged != other.converged:
        return one if one.converged else other
    lower = other.likelihood.deviance < one.likelihood.deviance - NOISE
    return other if lower else one


def _constants(problem: Problem, scale: float) -> float:
    """Return what the units of the search and 2 pi add to the deviance."""
    n, p = problem.x.shape
    count = n - p if problem.restricted else n
    units: float = count * (math.log(2 * math.pi) + 2 * math.log(scale))
    if problem.restricted:
        units -= 2 * float(np.log(np.abs(np.diagonal(problem.turn))).sum())
    return units


def _refuse_inseparable(here: Likelihood, problem: Problem, variances: Coordinates) -> None:
    """Refuse when the expected information about the variances is singular."""
    information = here.expected
    size = np.sqrt(np.maximum(information.diagonal(), 0.0))
    nothing = np.flatnonzero(size <= 1e-7 * size.max())
    if len(nothing):
        raise refused(
            "told_by_fixed",
            f"groups {_owners(problem, variances)[nothing[0]]!r}",
            "leave it out of groups, or out of the formula",
        )
    values, vectors = np.linalg.eigh(information / size / size[:, None])
    if values[0] > NOT_APART:
        return
    owners = _owners(problem, variances)
    involved = np.flatnonzero(np.abs(vectors[:, 0]) > 0.05)
    names = list(dict.fromkeys(owners[place] for place in involved))
    raise refused(
        "not_apart",
        f"groups {names[0]!r}",
        "leave one of them, or a slope, out of groups",
        terms=names,
    )


def _owners(problem: Problem, variances: Coordinates) -> list[str]:
    """Return, for each variance, the group it belongs to."""
    owners = ["residual"] * variances.count
    for term, places in zip(problem.terms, variances.places, strict=False):
        for place in places.ravel():
            owners[place] = term.group
    return owners


def _refuse_no_arrival(arrival: Arrival, problem: Problem) -> None:
    groups = ", ".join(repr(term.group) for term in problem.terms)
    where = f"groups {groups}"
    if vanishing(arrival.likelihood, coordinates(problem.layout.sizes)):
        key = "no_residual" if problem.residual else "waves_follow"
        raise refused(key, where, "show the changes one by one")
    if not arrival.converged:
        mend = "use fewer groups, or paired changes"
        raise refused("not_found", where, mend, looks=arrival.looks)

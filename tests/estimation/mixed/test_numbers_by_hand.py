"""Likelihood, slopes and curvature beside n x n matrices written out as the books do."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_allclose

from pilot.estimation.mixed import mixed_model
from pilot.estimation.mixed.coordinates import coordinates
from pilot.estimation.mixed.likelihood import Likelihood, likelihood
from pilot.estimation.mixed.moments import moments_at
from pilot.estimation.mixed.search import search
from pilot.estimation.mixed.solve import Problem, pose
from pilot.estimation.mixed.terms import Term, intercept, with_effects

Pilot = Callable[..., pd.DataFrame]


def terms_of(data: pd.DataFrame) -> list[Term]:
    """Return a slope of families, an intercept of people and one of family by wave."""
    ones = np.column_stack([np.ones(len(data)), data.months])
    together = pd.factorize(data.family.astype(str) + data.wave)[0]
    return [
        with_effects("family", ("Intercept", "months"), pd.factorize(data.family)[0], ones),
        intercept("participant", pd.factorize(data.participant)[0]),
        intercept("family:wave", together),
    ]


def dense(theta: np.ndarray, terms: list[Term], n: int) -> tuple[np.ndarray, list[np.ndarray]]:
    """Return V and every G_k as n x n matrices."""
    g = []
    for term in terms:
        same = (term.codes[:, None] == term.codes).astype(float)
        for row in range(len(term.effects)):
            for column in range(row + 1):
                one, other = term.columns[:, row], term.columns[:, column]
                product = np.outer(one, other)
                g.append(same * (product if row == column else product + product.T))
    g.append(np.eye(n))
    return sum(t * part for t, part in zip(theta, g, strict=True)), g


def dense_deviance(theta: np.ndarray, terms: list[Term], x: np.ndarray, y: np.ndarray) -> float:
    """Return the restricted deviance without constants."""
    v, _ = dense(theta, terms, len(y))
    a = np.linalg.inv(v)
    b = np.linalg.solve(x.T @ a @ x, x.T @ a @ y)
    logs = np.linalg.slogdet(v)[1] + np.linalg.slogdet(x.T @ a @ x)[1]
    return float(logs + (y - x @ b) @ a @ (y - x @ b))


def at(problem: Problem, y: np.ndarray, theta: np.ndarray) -> Likelihood:
    """Return the likelihood as the blocks give it."""
    stacks, rest = problem.layout.with_scores(y)
    sums = moments_at(theta, stacks, rest)
    assert sums is not None
    found = likelihood(theta, sums, restricted=problem.restricted)
    assert found is not None
    return found


@pytest.fixture
def case(pilot: Pilot) -> tuple[list[Term], np.ndarray, np.ndarray, Problem]:
    """Return terms, fixed effects, scores and the problem that they pose."""
    data = pilot(families=9, waves=3)
    x = np.column_stack([np.ones(len(data)), data.wave == "t1", data.wave == "t2"]).astype(
        float
    )
    terms = terms_of(data)
    problem = pose(x, terms)
    y = data.score.to_numpy()
    y = y - problem.x @ (problem.x.T @ y)
    return terms, problem.x, y, problem


THETA = np.array([0.8, -0.1, 0.3, 0.5, 0.2, 0.9])


def test_deviance_slope_and_curvature(
    case: tuple[list[Term], np.ndarray, np.ndarray, Problem],
) -> None:
    """What comes block by block is what n x n matrices and differences of them give."""
    terms, x, y, problem = case
    found = at(problem, y, THETA)
    step = 1e-5
    grid = np.eye(6) * step

    assert found.deviance == pytest.approx(dense_deviance(THETA, terms, x, y), abs=1e-10)
    slope = [
        (dense_deviance(THETA + h, terms, x, y) - dense_deviance(THETA - h, terms, x, y))
        / (2 * step)
        for h in grid
    ]
    assert_allclose(found.slope, slope, atol=1e-6, rtol=1e-6)
    curvature = [
        (at(problem, y, THETA + h).slope - at(problem, y, THETA - h).slope) / (2 * step)
        for h in grid
    ]
    assert_allclose(found.observed, curvature, atol=1e-5, rtol=1e-6)


def test_expected_information_is_the_trace_formula(
    case: tuple[list[Term], np.ndarray, np.ndarray, Problem],
) -> None:
    """tr(P G_k P G_l), with P written out."""
    terms, x, y, problem = case
    v, g = dense(THETA, terms, len(y))
    a = np.linalg.inv(v)
    p = a - a @ x @ np.linalg.solve(x.T @ a @ x, x.T @ a)
    traces = [[np.trace(p @ one @ p @ other) for one in g] for other in g]

    assert_allclose(at(problem, y, THETA).expected, traces, rtol=1e-9)


def test_a_start_at_zero_is_left_when_a_variance_wants_to_grow(pilot: Pilot) -> None:
    """Zero is level ground for a standard deviation; the search sees the way down beside it."""
    data = pilot(people=(1,), families=14)
    x = np.column_stack([np.ones(len(data)), data.wave == "t1"]).astype(float)
    problem = pose(x, [intercept("family", pd.factorize(data.family)[0])])
    y = data.score.to_numpy()
    y = y - problem.x @ (problem.x.T @ y)
    flat = at(problem, y, np.array([0.0, float(y.var())]))

    arrival = search(
        lambda theta: at(problem, y, theta), coordinates((1, 1)), flat, scoring=False
    )
    expected = mixed_model("score ~ wave", data, groups="family").variances.variance
    assert arrival.converged
    assert_allclose(arrival.likelihood.theta, expected, rtol=1e-5)


def test_the_higher_of_two_hills() -> None:
    """Six families whose likelihood has two hills: lme4's 72.90229, not 73.50469."""
    scores = [9.104, 2.612, 9.068, 9.318, 10.282, 8.683, 9.823, 8.699, 10.72, 14.881, 16.128]
    scores += [7.609, 8.816, 10.67, 3.377, 5.116, 7.522]
    months = [
        0,
        6,
        -0.1,
        6,
        12,
        0,
        6.48,
        12.44,
        -0.03,
        5.57,
        12.85,
        0,
        6.98,
        12.29,
        -0.69,
        6,
        12,
    ]
    waves = ["t0", "t1"] + ["t0", "t1", "t2"] * 5
    family = [0, 0] + [number for number in range(1, 6) for _ in range(3)]
    data = pd.DataFrame({"score": scores, "months": months, "wave": waves, "family": family})
    fit = mixed_model("score ~ wave", data, groups="months | family")

    assert fit.deviance == pytest.approx(72.9022881, abs=1e-6)
    assert fit.coefficients().df[2] == pytest.approx(5.549992, rel=1e-5)


def test_slopes_that_nearly_lack_an_intercept_take_few_looks() -> None:
    """Entered intercept first, a Cholesky factor near zero takes 38 looks; turned it takes 7.

    lme4 1.1-31 stops at 497.0528657509 as well.
    """
    draw = np.random.default_rng(1)
    family, wave = np.repeat(np.arange(16), 10), np.tile(np.arange(5), 32)
    person = np.repeat(np.arange(32), 5)
    score = 10 + 0.3 * wave + draw.normal(size=16)[family]
    score += draw.normal(size=16)[family] * 0.05 * wave * 6
    score += draw.normal(size=80)[family * 5 + wave] * 0.5
    score += draw.normal(size=32)[person] * 0.7 + draw.normal(size=160) * 0.8
    data = pd.DataFrame({"family": family, "person": person, "score": score})
    data["wave"] = [f"t{number}" for number in wave]
    data["months"] = 6.0 * wave
    fit = mixed_model("score ~ wave", data, groups=["months | family", "family:wave", "person"])

    assert fit.deviance == pytest.approx(497.0528657509, abs=1e-8)
    assert fit.singular
    assert fit._solution.looks <= 12

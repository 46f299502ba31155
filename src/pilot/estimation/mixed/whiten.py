"""Rows made independent by the covariance that a model found for them."""

from __future__ import annotations

import numpy as np

from pilot.estimation.mixed.solve import Problem, Solution
from pilot.estimation.mixed.terms import Codes, Floats


def whitened(problem: Problem, solution: Solution, blocks: Codes, columns: Floats) -> Floats:
    """Return columns, each block's multiplied by the inverse of L in V = LL'.

    Least squares of what comes out is generalised least squares of what went in, and its
    rows are independent with one variance if the model holds.

    Parameters
    ----------
    problem : Problem
        With a residual.
    solution : Solution
        Its V is taken in the units of the search, so the variance that is left is not 1 but
        the square of `solution.scale`.
    blocks : array of int, shape (n,)
        Rows of two blocks share no level of any term.
    columns : array, shape (n, m)

    Examples
    --------
    >>> from pilot.estimation.mixed.solve import pose, solve
    >>> from pilot.estimation.mixed.terms import intercept
    >>> family = np.array([0, 0, 1, 1, 2, 2])
    >>> problem = pose(np.ones((6, 1)), [intercept("family", family)])
    >>> solution = solve(problem, np.array([1.0, 2.0, 4.0, 5.0, 9.0, 6.0]))
    >>> white = whitened(problem, solution, family, np.ones((6, 1)))
    >>> bool(np.isclose((white**2).sum(), 1 / (solution.at.phi[0, 0] / 6)))
    True
    """
    found = np.empty_like(columns)
    order = np.argsort(blocks, kind="stable")
    for rows in np.split(order, np.flatnonzero(np.diff(blocks[order])) + 1):
        lower = np.linalg.cholesky(_covariance(problem, solution, rows))
        found[rows] = np.linalg.solve(lower, columns[rows])
    return found


def _covariance(problem: Problem, solution: Solution, rows: Codes) -> Floats:
    theta, places = solution.at.theta, solution.variances.places
    found = theta[-1] * np.eye(len(rows))
    for term, place in zip(problem.terms, places, strict=False):
        columns, codes = term.columns[rows], term.codes[rows]
        found += (codes[:, None] == codes) * (columns @ theta[place] @ columns.T)
    return np.asarray(found)

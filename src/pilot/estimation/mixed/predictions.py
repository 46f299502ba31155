"""What each level's own effects are estimated to be, drawn towards the mean."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from pilot.estimation.mixed.grouping import Grouping, level_name
from pilot.estimation.mixed.layout import Bed
from pilot.estimation.mixed.solve import Problem, Solution
from pilot.estimation.mixed.terms import Floats


def effect_frame(
    problem: Problem, solution: Solution, groupings: Sequence[Grouping], frame: pd.DataFrame
) -> pd.DataFrame:
    """Return best linear unbiased predictions, one row a level and effect.

    With D a term's covariance matrix and r the residuals from the fixed effects they are
    D Z' V^-1 r: the level's own mean residual, or line through it, drawn towards zero the
    more the fewer its rows.

    Returns
    -------
    DataFrame
        ``group, level, effect, estimate``.

    References
    ----------
    Robinson (1991). That BLUP is a good thing. Statistical Science, 6, 15-32.
    """
    weighted = _weighted(problem, solution)
    tables = []
    for term, grouping, places in zip(
        problem.terms, groupings, solution.variances.places, strict=False
    ):
        sums = [
            np.bincount(term.codes, weighted * column, term.levels) for column in term.columns.T
        ]
        drawn = np.column_stack(sums) @ solution.at.theta[places] / term.scales
        _, first = np.unique(term.codes, return_index=True)
        table = {
            "group": term.group,
            "level": np.repeat(
                [level_name(grouping, frame, row) for row in first], places.shape[0]
            ),
            "effect": list(term.effects) * term.levels,
            "estimate": (solution.scale * drawn).ravel(),
        }
        tables.append(pd.DataFrame(table))
    return pd.concat(tables, ignore_index=True)


def _weighted(problem: Problem, solution: Solution) -> Floats:
    """Return V^-1 r in the units of the search, in the order of the data."""
    theta, wide = solution.at.theta, problem.layout.wide
    residuals = (solution.residuals - problem.x @ solution.at.coefficients)[:, None]
    if wide is None:
        return _over_blocks(problem, theta, residuals)[:, 0]
    inner = _over_blocks(
        problem, theta[wide.others], np.concatenate([wide.columns, residuals], axis=1)
    )
    drawn = np.tensordot(theta[wide.places], wide.shapes, 1)
    sums = wide.columns.T @ inner
    grown = np.eye(len(drawn)) + drawn @ sums[:, :-1]
    return np.asarray(
        inner[:, -1] - inner[:, :-1] @ np.linalg.solve(grown, drawn @ sums[:, -1])
    )


def _over_blocks(problem: Problem, theta: Floats, columns: Floats) -> Floats:
    """Return B^-1 times columns, block by block."""
    found = np.empty_like(columns)
    for bed in problem.layout.beds:
        pattern = bed.pattern
        rows = np.where(pattern.filled[:, :, None], columns[pattern.rows], 0.0)
        inverse = np.linalg.inv(_covariance(bed, theta))[pattern.look]
        if bed.basis is None:
            values = inverse @ rows
        else:
            basis = bed.basis[pattern.look]
            inside = basis.transpose(0, 2, 1) @ rows
            values = basis @ (inverse @ inside) + (rows - basis @ inside) / theta[-1]
        found[pattern.rows[pattern.filled]] = values[pattern.filled]
    return found


def _covariance(bed: Bed, theta: Floats) -> Floats:
    covariance = np.tensordot(bed.derivatives, theta, axes=([1], [0]))
    return np.asarray(covariance if bed.padding is None else covariance + bed.padding)

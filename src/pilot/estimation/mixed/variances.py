"""The variances of a fit in the units of the data."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pandas as pd

from pilot.estimation.mixed.solve import Solution
from pilot.estimation.mixed.terms import Floats, Term

EDGE = 1e-4  # Cholesky diagonal, relative to the residual's, that counts as zero: lme4's
COLUMNS = ("group", "term", "variance", "sd", "covariance", "correlation")


def term_matrices(terms: Sequence[Term], solution: Solution) -> Iterator[tuple[Term, Floats]]:
    """Yield each random term with the covariance matrix of its effects."""
    theta = solution.at.theta * solution.scale**2
    for term, places in zip(terms, solution.variances.places, strict=False):
        yield term, theta[places] / np.outer(term.scales, term.scales)


def variance_frame(terms: Sequence[Term], solution: Solution) -> pd.DataFrame:
    """Return one row a variance, and one a covariance between two effects of a group."""
    rows: list[tuple[Any, ...]] = []
    nothing = math.nan
    for term, matrix in term_matrices(terms, solution):
        sds = np.sqrt(np.diagonal(matrix))
        for place, effect in enumerate(term.effects):
            own = float(matrix[place, place])
            rows.append((term.group, effect, own, float(sds[place]), nothing, nothing))
        for place, effect in enumerate(term.effects):
            for other in range(place):
                between, both = float(matrix[place, other]), float(sds[place] * sds[other])
                name = f"{term.effects[other]}, {effect}"
                correlation = between / both if both else nothing
                rows.append((term.group, name, nothing, nothing, between, correlation))
    if len(solution.variances.sizes) > len(terms):
        own = float(solution.at.theta[-1]) * solution.scale**2
        rows.append(("residual", "residual", own, math.sqrt(own), nothing, nothing))
    return pd.DataFrame(dict(zip(COLUMNS, zip(*rows, strict=True), strict=True)))


def singular_groups(terms: Sequence[Term], solution: Solution) -> tuple[str, ...]:
    """Return the groups whose covariance matrix has, but for rounding, no inverse."""
    theta = solution.at.theta
    layout = solution.variances.pivoted(theta)
    factors = np.abs(layout.factors(theta))
    residual = len(layout.sizes) > len(terms)
    unit = factors[-1] if residual else math.sqrt(float(theta[layout.diagonal].max()))
    return tuple(
        term.group
        for term, places in zip(terms, layout.places, strict=False)
        if factors[np.diagonal(places)].min() < EDGE * unit
    )

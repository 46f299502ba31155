"""From a cell to its rows of the table."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from tests.validation.answers import LEVELS, Answers, Floats
from tests.validation.cells import Cell
from tests.validation.draw import Draw, draw
from tests.validation.means import enough
from tests.validation.methods import METHODS, Validated
from tests.validation.same import compare

SETS = 4_000
COMPARED = 3  # data sets of a cell that are also given to the public method
ALPHA = 0.05


@dataclass(frozen=True, slots=True)
class Row:
    """What one method did in one cell. Shares are of data sets; NaN where there is none.

    Parameters
    ----------
    cell : Cell
    method : Validated
    sets : int
        Data sets drawn.
    pairs : float
        Median number of families with both waves, of the data sets the ladder lets through.
    refused : float
        Share without an answer.
    coverage_95, coverage_75 : float
        Share of the intervals that hold the truth.
    intervals_95, intervals_75, tests : int
        Of how many.
    rejection : float
        Share of true nulls rejected at .05.
    width, df : float
        Mean width of the 95 % interval, median degrees of freedom.
    """

    cell: Cell
    method: Validated
    sets: int
    pairs: float
    refused: float
    coverage_95: float
    coverage_75: float
    intervals_95: int
    intervals_75: int
    rejection: float
    tests: int
    width: float
    df: float

    def figures(self) -> dict[str, Any]:
        """Return the numbers by name."""
        skipped = ("cell", "method")
        names = [each.name for each in fields(self) if each.name not in skipped]
        return {name: getattr(self, name) for name in names}


def measure(cell: Cell, sets: int = SETS, compared: int = COMPARED) -> list[Row]:
    """Draw the data sets of a cell and return a row for every method that is measured there.

    The first `compared` data sets are given to the public methods too.

    Raises
    ------
    DifferError
        When a method in bulk says something else than the one people call.
    """
    drawn = draw(cell, sets)
    methods = [method for method in METHODS if method.in_cell(cell)]
    return [_row(method, drawn, compared) for method in methods]


def _row(method: Validated, drawn: Draw, compared: int) -> Row:
    answers = method.answer(drawn)
    for row in range(min(compared, len(drawn.scores))):
        compare(method, drawn, answers, row)
    held_95, held_75 = answers.held or (held(answers, level) for level in LEVELS)
    coverage_95, intervals_95 = _share(held_95)
    coverage_75, intervals_75 = _share(held_75)
    rejection, tests = rejected(answers)
    given = np.isfinite(held_95) | np.isfinite(answers.p_value)
    return Row(
        cell=drawn.cell,
        method=method,
        sets=len(drawn.scores),
        pairs=usual_pairs(drawn),
        refused=float(1 - given.mean()),
        coverage_95=coverage_95,
        coverage_75=coverage_75,
        intervals_95=intervals_95,
        intervals_75=intervals_75,
        rejection=rejection,
        tests=tests,
        width=_known(np.mean, answers.high - answers.low),
        df=_known(np.median, answers.df),
    )


def usual_pairs(drawn: Draw) -> float:
    """Return the median number of families with both waves where the ladder allows them."""
    pairs = np.isfinite(drawn.family_changes).sum(axis=1)
    return _known(np.median, np.where(enough(drawn), pairs, np.nan))


def held(answers: Answers, level: float) -> Floats:
    """Return 1 for an interval that holds the truth, 0 for one that misses, NaN for none."""
    at_95 = level == LEVELS[0]
    low, high = (answers.low, answers.high) if at_95 else (answers.low_75, answers.high_75)
    holds = (low <= answers.truth) & (answers.truth <= high)
    return np.where(np.isfinite(low), holds, np.nan)


def rejected(answers: Answers) -> tuple[float, int]:
    """Return the share of p-values of at most .05, and how many there are."""
    known = np.isfinite(answers.p_value) & answers.tested
    return _share(np.where(known, answers.p_value <= ALPHA, np.nan))


def _share(flags: Floats) -> tuple[float, int]:
    known = flags[np.isfinite(flags)]
    return _known(np.mean, known), len(known)


def _known(summary: Any, values: Floats) -> float:
    known = values[np.isfinite(values)]
    return float(summary(known)) if len(known) else float("nan")

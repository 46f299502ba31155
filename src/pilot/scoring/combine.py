"""How the items of a scale become one score: one entry of `COMBINE` for each way.

Every way reads the items one by one and keeps a running total, so that a million people
cost one column of memory at a time and never a second copy of their answers.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol, TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pilot.design import Instrument, Scale
from pilot.errors import ScoringError
from pilot.scoring.answers import Answers, Codes, Flags
from pilot.scoring.refusals import row_label

Scores: TypeAlias = NDArray[np.float64]

GAS_RHO = 0.30  # the agreed correlation between goals, Kiresuk & Sherman (1968)


class Running(Protocol):
    """A score in the making: items are added one by one, then it is asked for."""

    def add(self, item: str, answers: Answers) -> None:
        """Take in the answers to one item."""

    def score(self) -> Scores:
        """Return the score a row, NaN where too few items were answered."""


class _Tally:
    """The total of the keyed answers, and how many are lacking."""

    def __init__(self, scale: Scale, form: Instrument, responses: pd.DataFrame) -> None:
        self.scale, self.form = scale, form
        self.items = len(scale.items)
        furthest = sum(max(abs(form.low(i)), abs(form.high(i))) for i in scale.items)
        width = np.dtype(np.int16 if furthest < 2**15 else np.int64)
        self.total: Codes = np.zeros(len(responses), width)
        self.lacking: NDArray[np.int16] | None = None

    def add(self, item: str, answers: Answers) -> None:
        self.total += answers.keyed(item, self.scale, self.form)
        if answers.missing is None:
            return
        if self.lacking is None:
            self.lacking = np.zeros(len(self.total), np.int16)
        self.lacking += answers.missing

    def _enough(self) -> tuple[NDArray[np.int16], Flags]:
        answered = np.int16(self.items) - (0 if self.lacking is None else self.lacking)
        answered = np.broadcast_to(np.asarray(answered, np.int16), self.total.shape)
        return answered, answered >= self.scale.min_answered


class Mean(_Tally):
    """The mean of what was answered, times ``times``."""

    factor = 1

    def score(self) -> Scores:
        """Return the score a row, NaN where too few items were answered."""
        answered, enough = self._enough()
        score = np.full(len(self.total), np.nan)
        np.multiply(self.total, float(self.factor), out=score, where=enough)
        np.divide(score, answered, out=score, where=enough)
        if self.scale.times != 1:
            score *= self.scale.times
        return score


class Sum(Mean):
    """The own mean times the number of items: the sum, prorated where items are lacking."""

    def __init__(self, scale: Scale, form: Instrument, responses: pd.DataFrame) -> None:
        super().__init__(scale, form, responses)
        self.factor = self.items


class Count(_Tally):
    """How many items were answered in a way that counts; a lacking one does not.

    With something lacking the count is a lower bound, and it is not prorated.
    """

    def score(self) -> Scores:
        """Return the count a row, NaN where too few items were answered."""
        _, enough = self._enough()
        return np.where(enough, self.total * self.scale.times, np.nan)


class GoalAttainment:
    """T of the rated goals: 50 when all went as expected, 10 points a standard deviation.

    A goal's weight stands in the column ``<item>_weight``; without such columns each
    weighs 1.

    References
    ----------
    Kiresuk & Sherman (1968). Goal attainment scaling. Community Mental Health Journal, 4,
    443-453. Turner-Stokes (2009), doi 10.1177/0269215508101742, misprints the formula on
    pages 364 and 367; its erratum has the one used here.
    """

    def __init__(self, scale: Scale, form: Instrument, responses: pd.DataFrame) -> None:
        self.scale = scale
        self.weights = _weights(scale, responses)
        self.index = responses.index
        self.reached, self.squares, self.sum, self.rated = np.zeros((4, len(responses)))

    def add(self, item: str, answers: Answers) -> None:
        """Take in how far one goal was reached."""
        rated = (
            np.ones(len(self.sum), np.bool_) if answers.missing is None else ~answers.missing
        )
        weight = self._weight(item, rated)
        self.reached += weight * answers.codes
        self.squares += weight**2
        self.sum += weight
        self.rated += rated

    def score(self) -> Scores:
        """Return T a row, NaN where too few goals were rated."""
        spread = np.sqrt((1 - GAS_RHO) * self.squares + GAS_RHO * self.sum**2)
        enough = self.rated >= self.scale.min_answered
        score = np.full(len(spread), np.nan)
        np.divide(10 * self.reached, spread, out=score, where=enough)
        return (50 + score) * self.scale.times

    def _weight(self, item: str, rated: Flags) -> Scores:
        if not self.weights:
            return rated.astype(np.float64)
        given = self.weights[item]
        weight = pd.to_numeric(given, errors="coerce").to_numpy(np.float64, na_value=np.nan)
        wrong = rated & ~((weight > 0) & np.isfinite(weight))
        if wrong.any():
            row = int(wrong.argmax())
            raise ScoringError(
                f"column {given.name!r}, row {row_label(self.index, row)}",
                f"weight {given.iloc[row]} of a rated goal is not a number above 0",
                "give each rated goal a weight above 0, or drop all weights: each goal is 1",
            )
        return np.where(rated, weight, 0.0)


def _weights(scale: Scale, responses: pd.DataFrame) -> dict[str, pd.Series[Any]]:
    names = {item: f"{item}_weight" for item in scale.items}
    there = [name for name in names.values() if name in responses.columns]
    absent = [name for name in names.values() if name not in responses.columns]
    if there and absent:
        raise ScoringError(
            f"column {absent[0]!r}",
            f"is not there, but {there[0]!r} is: some goals would weigh 1 by default",
            "give every goal its column of weights, or drop them all: each goal is 1",
        )
    return {item: responses[name] for item, name in names.items() if there}


COMBINE: dict[str, Callable[[Scale, Instrument, pd.DataFrame], Running]] = {
    "sum": Sum,
    "mean": Mean,
    "single": Mean,
    "count": Count,
    "goal_attainment": GoalAttainment,
}

"""The two phases of a family that was measured often, and the lot that set its start."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from pilot.design.instrument import HigherIs
from pilot.errors import EstimationError
from pilot.estimation.reasons import refusal

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Phases:
    """Measurements of one family or person before and during the programme.

    Parameters
    ----------
    baseline, programme : array of float
        In order of time.
    higher_is : {"better", "worse"}
        Which way is better.
    starts : tuple of int
        The numbers of baseline measurements among which the design drew this one by lot;
        empty where nothing was drawn.
    """

    baseline: Numbers
    programme: Numbers
    higher_is: HigherIs = "better"
    starts: tuple[int, ...] = ()

    @property
    def series(self) -> Numbers:
        """All measurements in order of time."""
        return np.concatenate([self.baseline, self.programme])

    def towards_better(self) -> tuple[Numbers, Numbers]:
        """Return both phases so that higher is better."""
        sign = 1.0 if self.higher_is == "better" else -1.0
        return sign * self.baseline, sign * self.programme


def phases_of(
    baseline: ArrayLike,
    programme: ArrayLike,
    *,
    higher_is: HigherIs = "better",
    starts: Sequence[int] = (),
) -> Phases:
    """Make the two phases of one course from what was measured, checked.

    Parameters
    ----------
    baseline, programme : array of float
        In order of time, each measurement a number.
    higher_is : {"better", "worse"}
        Which way is better; with "neither" nothing can be called an improvement.
    starts : sequence of int
        How many measurements could have come before the start, as the design lists them
        before the draw; the drawn one must be among them.

    Returns
    -------
    Phases

    Examples
    --------
    >>> phases_of([2, 3, 2], [4, 5, 5, 4], starts=[3, 4, 5]).series
    array([2., 3., 2., 4., 5., 5., 4.])
    """
    if higher_is == "neither":
        raise refusal("individual_neither", "phases", "leave it out")
    before, during = (
        np.asarray(series, dtype=float).ravel() for series in (baseline, programme)
    )
    for name, series in (("baseline", before), ("programme", during)):
        wrong = int((~np.isfinite(series)).sum())
        if wrong:
            raise EstimationError(
                where=f"phases, {name}",
                cause=f"{wrong} of {len(series)} measurements are missing or infinite",
                mend="leave out what was not measured, and keep the order of time",
            )
    listed = tuple(sorted(set(starts)))
    _refuse_another_start(len(before), len(before) + len(during), listed)
    return Phases(before, during, higher_is, listed)


def _refuse_another_start(drawn: int, total: int, listed: tuple[int, ...]) -> None:
    if not listed:
        return
    if drawn not in listed:
        raise EstimationError(
            where="phases, starts",
            cause=f"the start after {drawn} measurements is not among {list(listed)}",
            mend="list every start that could have been drawn, the drawn one too",
        )
    if listed[0] < 1 or listed[-1] >= total:
        raise EstimationError(
            where="phases, starts",
            cause=f"{list(listed)} leaves a phase of {total} measurements empty",
            mend="list starts after the first and before the last measurement",
        )

"""What one method said of every data set of a cell."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import special

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
LEVELS = (0.95, 0.75)


@dataclass(frozen=True, slots=True, eq=False)
class Answers:
    """Numbers of one method, one a data set; NaN where it gave none.

    Attributes
    ----------
    estimate, p_value, df : array, shape (sets,)
    low, high, low_75, high_75 : array, shape (sets,)
    truth : float
        What the method estimates, as simulated.
    tested : bool
        Whether p-values test something true.
    held : pair of arrays, or None
        Whether the 95 % and the 75 % intervals hold the truth, where that is known without
        working out every limit; else the limits say.
    """

    estimate: Floats
    p_value: Floats
    df: Floats
    low: Floats
    high: Floats
    low_75: Floats
    high_75: Floats
    truth: float = 0.0
    tested: bool = True
    held: tuple[Floats, Floats] | None = None

    def only(self, kept: Flags) -> Answers:
        """Return the same with NaN for the data sets that are refused."""
        numbers = (
            np.where(kept, getattr(self, name), np.nan)
            for name in ("estimate", "p_value", "df", "low", "high", "low_75", "high_75")
        )
        return Answers(*numbers, truth=self.truth, tested=self.tested)


def from_t(estimate: Floats, std_error: Floats, df: Floats, truth: float) -> Answers:
    """Return t intervals and p-values."""
    with np.errstate(invalid="ignore", divide="ignore"):
        p_value = 2 * special.stdtr(df, -np.abs(estimate / std_error))
        half, half_75 = (std_error * special.stdtrit(df, (1 + level) / 2) for level in LEVELS)
    return Answers(
        estimate,
        p_value,
        df,
        estimate - half,
        estimate + half,
        estimate - half_75,
        estimate + half_75,
        truth=truth,
        tested=truth == 0,
    )


def no_interval(estimate: Floats, p_value: Floats) -> Answers:
    """Return a test that has no interval."""
    nothing = np.full(len(estimate), np.nan)
    return Answers(estimate, p_value, nothing, nothing, nothing, nothing, nothing)

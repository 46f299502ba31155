"""How long something took, where some of it has not happened yet: the Kaplan-Meier median."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special
from statsmodels.duration.survfunc import SurvfuncRight

from pilot.errors import EstimationError
from pilot.estimation.reasons import refusal

COUNTED_BELOW = 10
NEAR = 1e-9


@dataclass(frozen=True, slots=True)
class Waiting:
    """The median time until something, with those that still wait counted as waiting.

    Parameters
    ----------
    median : float or None
        In the unit of the times; None where fewer than half are done in the time seen.
    conf_low, conf_high : float or None
        None where that end is not reached in the time seen.
    n, done : int
        How many were followed, and of how many it happened.
    method : str
    """

    median: float | None
    conf_low: float | None
    conf_high: float | None
    n: int
    done: int
    method: str = "Kaplan-Meier"


def median_wait(days: ArrayLike, done: ArrayLike, *, conf_level: float = 0.95) -> Waiting:
    """Return the median time until something happened, by Kaplan and Meier.

    S(t) is the product over times t_i <= t of 1 - d_i / n_i; the median is where S falls
    below 1/2, halfway between two times where S is 1/2 in between. Its limits are where the
    interval of S (on the log-log scale, Greenwood's variance) leaves 1/2.

    Parameters
    ----------
    days : array of float
        How long each was followed, 0 or more.
    done : array of bool
        Whether it had happened by then; False still waits.
    conf_level : float

    Returns
    -------
    Waiting

    Raises
    ------
    EstimationError
        For a time below 0 or not known, and for another number of times than marks.
    Refusal
        Below 10: plain counts say it there.

    Notes
    -----
    Leaving out what is still open makes every waiting time look shorter. Not right where
    the open ones are open because they are harder: then the median is too short as well.
    Several requests of one person are taken as apart from each other, so the interval is
    somewhat too narrow.

    References
    ----------
    Kaplan & Meier (1958). Nonparametric estimation from incomplete observations. JASA,
    53(282), 457-481. Brookmeyer & Crowley (1982). A confidence interval for the median
    survival time. Biometrics, 38(1), 29-41.

    Examples
    --------
    >>> waits = median_wait(
    ...     [3, 5, 8, 8, 13, 21, 21, 30, 34, 55], [1, 1, 1, 0, 1, 1, 1, 0, 1, 0]
    ... )
    >>> waits.median, waits.done, waits.n
    (21.0, 7, 10)
    """
    times = np.asarray(days, dtype=float).ravel()
    marks = np.asarray(done, dtype=bool).ravel()
    _refuse_no_times(times, marks)
    n = len(times)
    if n < COUNTED_BELOW:
        raise refusal("few_waits", "median_wait", "give the counts", n=n, needed=COUNTED_BELOW)
    if not marks.any():
        return Waiting(None, None, None, n, 0)
    curve = SurvfuncRight(times, marks.astype(float))
    at = np.asarray(curve.surv_times, dtype=float)
    left = np.asarray(curve.surv_prob, dtype=float)
    low, high = _band(left, np.asarray(curve.surv_prob_se, dtype=float), conf_level)
    return Waiting(
        median=_crossing(at, left),
        conf_low=_crossing(at, low),
        conf_high=_crossing(at, high),
        n=n,
        done=int(marks.sum()),
    )


def _band(
    left: NDArray[np.float64], se: NDArray[np.float64], conf_level: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the limits of S on the log-log scale; none where S is 0."""
    low, high = np.full((2, len(left)), np.nan)
    inside = (left > 0) & (left < 1)
    share = left[inside]
    reach = special.ndtri((1 + conf_level) / 2) * se[inside] / (share * np.abs(np.log(share)))
    low[inside] = share ** np.exp(reach)
    high[inside] = share ** np.exp(-reach)
    return low, high


def _crossing(at: NDArray[np.float64], left: NDArray[np.float64]) -> float | None:
    """Return where a falling curve leaves 1/2; halfway where it lies on 1/2 for a while."""
    known = ~np.isnan(left)
    below = np.flatnonzero(known & (left < 0.5 - NEAR))
    on = np.flatnonzero(known & (np.abs(left - 0.5) <= NEAR))
    if len(on):
        beyond = at[on[-1] + 1] if on[-1] + 1 < len(at) else at[on[0]]
        return float((at[on[0]] + beyond) / 2)
    return float(at[below[0]]) if len(below) else None


def _refuse_no_times(times: NDArray[np.float64], marks: NDArray[np.bool_]) -> None:
    if len(times) != len(marks):
        raise EstimationError(
            where="median_wait",
            cause=f"{len(times)} times and {len(marks)} marks",
            mend="say of each time whether it was done by then",
        )
    if not (np.isfinite(times) & (times >= 0)).all():
        raise EstimationError(
            where="median_wait",
            cause="a time is below 0 or not known",
            mend="take out what has no day, and tell how many that were",
        )

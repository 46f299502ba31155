"""Which persons changed by more than the questionnaire's own error, from plain scores."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from pilot.design.instrument import HigherIs
from pilot.errors import CallError, EstimationError, suggestion
from pilot.estimation.reasons import refusal
from pilot.estimation.t import finite

CERTAIN = 1.96  # the published cut-off: 5 % of people who did not change lie beyond it


def reliable_change(  # noqa: PLR0913 - keywords a reader needs to see, each with one meaning
    before: ArrayLike,
    after: ArrayLike,
    *,
    reliability: float,
    sd: float | None = None,
    method: str = "jacobson-truax",
    higher_is: HigherIs = "better",
) -> pd.DataFrame:
    """Tell for each person whether they changed by more than measurement error.

    The index is (after - before) / s_diff with s_diff = SD sqrt(2 (1 - r)); beyond 1.96 a
    person improved or is worse, within it nobody can tell.

    Parameters
    ----------
    before, after : array of float
        Scores of the same persons in the same order; a Series keeps its index.
    reliability : float
        Of one measurement, published: an alpha from a pilot's few families is not one.
    sd : float, optional
        Between persons, published; without it the SD of `before`.
    method : {"jacobson-truax"}
        How s_diff and the change to judge are got.
    higher_is : {"better", "worse"}
        Which way is better.

    Returns
    -------
    DataFrame
        One row a person: ``change, se_difference, index, verdict, threshold``; verdict is
        ``improved``, ``cannot tell`` or ``worse``, threshold the points beyond which one
        can tell.

    Notes
    -----
    Of people who did not change at all, 5 % are flagged: say how many that is. It is no
    proof that the programme did it, and not for scales whose steps are only an order.

    References
    ----------
    Jacobson & Truax (1991). Clinical significance: a statistical approach to defining
    meaningful change in psychotherapy research. Journal of Consulting and Clinical
    Psychology, 59(1), 12-19.

    Examples
    --------
    >>> reliable_change([32.5], [47.5], reliability=0.80, sd=7.5).round(2)  # p. 14
       change  se_difference  index   verdict  threshold
    0    15.0           4.74   3.16  improved        9.3
    """
    if method not in METHODS:
        raise CallError("reliable_change", f"no method {method!r}", suggestion(method, METHODS))
    if higher_is == "neither":
        raise refusal("individual_neither", "reliable_change", "leave it out")
    people = _people(before, after)
    error = METHODS[method](people, _reliability(reliability), _sd(people, sd))
    index = people["change"] / error
    towards = index if higher_is == "better" else -index
    return pd.DataFrame(
        {
            "change": people["change"],
            "se_difference": error,
            "index": index,
            "verdict": np.select(
                [towards > CERTAIN, towards < -CERTAIN], ["improved", "worse"], "cannot tell"
            ),
            "threshold": CERTAIN * error,
        },
        index=people.index,
    )


def _jacobson_truax(people: pd.DataFrame, reliability: float, sd: float) -> float:
    return sd * math.sqrt(2 * (1 - reliability))


METHODS: dict[str, Callable[[pd.DataFrame, float, float], float]] = {
    "jacobson-truax": _jacobson_truax,
}


def _people(before: ArrayLike, after: ArrayLike) -> pd.DataFrame:
    first = np.asarray(before, dtype=float).ravel()
    second = np.asarray(after, dtype=float).ravel()
    if len(first) != len(second):
        raise EstimationError(
            where="reliable_change",
            cause=f"{len(first)} scores before and {len(second)} after",
            mend="give both waves of the same persons, in the same order",
        )
    finite(np.concatenate([first, second]), "reliable_change")
    index = before.index if isinstance(before, pd.Series) else pd.RangeIndex(len(first))
    return pd.DataFrame({"before": first, "after": second, "change": second - first}, index)


def _reliability(value: float) -> float:
    if not 0 < value < 1:
        raise EstimationError(
            where="reliable_change, reliability",
            cause=f"is {value:g}, outside 0 to 1",
            mend="give the published reliability of one measurement, e.g. 0.86",
        )
    return value


def _sd(people: pd.DataFrame, published: float | None) -> float:
    sd = float(people["before"].std(ddof=1)) if published is None else published
    if not (math.isfinite(sd) and sd > 0):
        raise refusal(
            "no_spread_before", "reliable_change", "give a published sd", n=len(people)
        )
    return sd

"""Which persons changed by more than the questionnaire's own error, from plain scores."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy import special

from pilot.design.instrument import HigherIs
from pilot.errors import CallError, EstimationError, suggestion
from pilot.estimation.indices import METHODS, TWO_SIDED, Group, Method
from pilot.estimation.reasons import refusal
from pilot.estimation.root import falling_root
from pilot.estimation.t import finite

NODES, WEIGHTS = np.polynomial.hermite_e.hermegauss(61)
WEIGHTS = WEIGHTS / WEIGHTS.sum()
FAR = 60.0  # standard errors beyond which nobody looks for a threshold


def reliable_change(  # noqa: PLR0913 - keywords a reader needs to see, each with one meaning
    before: ArrayLike,
    after: ArrayLike,
    *,
    reliability: float,
    sd: float | None = None,
    method: str = "jacobson-truax",
    higher_is: HigherIs = "better",
    mean: float | None = None,
    mean_after: float | None = None,
    sd_after: float | None = None,
    reliability_after: float | None = None,
    reliability_range: tuple[float, float] | None = None,
) -> pd.DataFrame:
    """Tell for each person whether they changed by more than measurement error.

    The index is a change over its standard error; beyond 1.96 a person improved or is
    worse, within it nobody can tell. With r the reliability, x before and y after:

    - ``jacobson-truax``: (y - x) / (SD sqrt(2 (1 - r))).
    - ``maassen``: (y - x) / sqrt((SD^2 + SD_after^2) (1 - r)), for unequal spreads.
    - ``gulliksen-lord-novick``: (y - M - r (x - M)) / (SD sqrt(1 - r^2)).
    - ``hsu-linn-lord``: (y - M_after - r (x - M)) / (SD sqrt(1 - r^2)).
    - ``edwards-nunnally``: (y - M - r (x - M)) / (SD sqrt(1 - r)).
    - ``nunnally-kotsch``: (y - M - r (x - M)) / sqrt(SD^2 r^2 (1 - r)
      + SD_after^2 (1 - r_after)).
    - ``hageman-arrindell``: ((y - x) R + (m_y - m_x) (1 - R)) / (SD sqrt(2 (1 - r) R)),
      with 1.65 for 1.96; R is the reliability of these people's differences, m their means.

    Parameters
    ----------
    before, after : array of float
        Scores of the same persons in the same order; a Series keeps its index.
    reliability : float
        Of one measurement, published: an alpha from a pilot's few families is not one.
    sd : float, optional
        Between persons, published; without it the SD of `before`, where the method allows.
    method : str
        One of the seven above.
    higher_is : {"better", "worse"}
        Which way is better.
    mean, mean_after : float, optional
        M and M_after, of a published population: before, and as long after without a
        programme. The four methods that take M refuse without `mean` and `sd`.
    sd_after : float, optional
        Published; without it the SD of `after` (``maassen``) or `sd` (``nunnally-kotsch``).
    reliability_after : float, optional
        Of the later measurement (``nunnally-kotsch``); without it `reliability`.
    reliability_range : (float, float), optional
        The published 95 % interval of `reliability`. Its uncertainty is then carried:
        ln(1 - r) is taken as normal, as Feldt's interval has it, and the probability is the
        mean over it. Not for ``hageman-arrindell``.

    Returns
    -------
    DataFrame
        One row a person: ``change, se_difference, index, verdict, threshold, probability``.
        Verdict is ``improved``, ``cannot tell`` or ``worse``; threshold the points beyond
        which one can tell (of the numerator above; NaN where no single number says it);
        probability that the person truly moved the way the index points, as far as normal
        error goes and before anything is known of how people usually change.

    Notes
    -----
    Of people who did not change at all, 5 % are flagged: say how many that is
    (`false_flags`). It is no proof that the programme did it, and not for scales whose
    steps are only an order. With a retest over a year for reliability it says who moved
    more than people usually do, which is no measurement error. Methods that take M expect
    a return to M: with another population's M they flag whoever lives elsewhere (EN's
    standard error leaves out the error of x, and flags most). HA's means, spreads and R
    are those of the people at hand: below some 30 of them prefer Jacobson-Truax.

    References
    ----------
    Jacobson & Truax (1991). Clinical significance: a statistical approach to defining
    meaningful change in psychotherapy research. Journal of Consulting and Clinical
    Psychology, 59(1), 12-19.
    Hsu (1989). Reliable changes in psychotherapy: taking into account regression toward
    the mean. Behavioral Assessment, 11(4), 459-467 (GLN, HLL).
    Speer (1992). Clinically significant change: Jacobson and Truax (1991) revisited.
    Journal of Consulting and Clinical Psychology, 60(3), 402-408 (EN).
    Nunnally & Kotsch (1983). Studies of individual subjects. British Journal of Clinical
    Psychology, 22(2), 83-93.
    Hageman & Arrindell (1999). Establishing clinically significant change. Behaviour
    Research and Therapy, 37(12), 1169-1193.
    Maassen (2004). The standard error in the Jacobson and Truax Reliable Change Index.
    Journal of the International Neuropsychological Society, 10(6), 888-893.

    Examples
    --------
    >>> people = reliable_change([32.5], [47.5], reliability=0.80, sd=7.5)  # p. 14
    >>> people.drop(columns="probability").round(2)
       change  se_difference  index   verdict  threshold
    0    15.0           4.74   3.16  improved        9.3
    >>> f"{people['probability'][0]:.4f}"
    '0.9992'
    """
    if method not in METHODS:
        raise CallError("reliable_change", f"no method {method!r}", suggestion(method, METHODS))
    if higher_is == "neither":
        raise refusal("individual_neither", "reliable_change", "leave it out")
    people = _people(before, after)
    later = None if reliability_after is None else _reliability(reliability_after)
    group = Group(
        before=people["before"].to_numpy(),
        after=people["after"].to_numpy(),
        reliability=_reliability(reliability),
        reliability_after=later,
        sd=sd,
        sd_after=sd_after,
        mean=mean,
        mean_after=mean_after,
    )
    judged = _judged(group, METHODS[method])
    if reliability_range is not None:
        likely = _likely(group.reliability, reliability_range, METHODS[method])
        judged = _judged_over(judged, [group.at(r) for r in likely], METHODS[method])
    towards = judged.index if higher_is == "better" else -judged.index
    verdict = np.where(towards > 0, "improved", "worse")
    return pd.DataFrame(
        {
            "change": people["change"],
            "se_difference": judged.error,
            "index": judged.index,
            "verdict": np.where(judged.certain, verdict, "cannot tell"),
            "threshold": judged.threshold,
            "probability": judged.probability,
        },
        index=people.index,
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Judgement:
    error: float
    index: NDArray[np.float64]
    probability: NDArray[np.float64]
    certain: NDArray[np.bool_]
    threshold: float


def _judged(group: Group, method: Method) -> _Judgement:
    numerator, error = method.index(group)
    index = numerator / error
    return _Judgement(
        error,
        index,
        probability=special.ndtr(np.abs(index)),
        certain=np.abs(index) > method.certain,
        threshold=method.certain * error,
    )


def _judged_over(stated: _Judgement, likely: list[Group], method: Method) -> _Judgement:
    """Judge by the mean probability over likely reliabilities, instead of the stated one."""
    indices = [method.index(group) for group in likely]
    up = WEIGHTS @ np.array([special.ndtr(numerator / error) for numerator, error in indices])
    enough = float(special.ndtr(method.certain))
    return replace(
        stated,
        probability=np.where(stated.index < 0, 1 - up, up),
        certain=np.maximum(up, 1 - up) > enough,
        threshold=_threshold([error for _, error in indices], enough)
        if method.plain
        else math.nan,
    )


def _threshold(errors: list[float], enough: float) -> float:
    spread = np.array(errors)

    def doubt(points: float) -> float:
        return enough - float(WEIGHTS @ special.ndtr(points / spread))

    return falling_root(doubt, 0.0, FAR * float(spread.max()))


def _likely(
    reliability: float, limits: tuple[float, float], method: Method
) -> NDArray[np.float64]:
    """Return the reliabilities that the published interval allows, one a node."""
    low, high = (_reliability(limit, "reliability_range") for limit in limits)
    if not low <= reliability <= high:
        raise EstimationError(
            where="reliable_change, reliability_range",
            cause=f"{low:g} to {high:g} does not hold the reliability {reliability:g}",
            mend="give the 95 % interval that was published with it",
        )
    if not method.carries_range:
        raise CallError(
            "reliable_change, reliability_range",
            "the reliability of a difference may fall to 0 within it, where "
            "hageman-arrindell has no answer",
            "leave it out, or take another method",
        )
    spread = (math.log1p(-low) - math.log1p(-high)) / (2 * TWO_SIDED)
    return np.clip(1 - (1 - reliability) * np.exp(spread * NODES), 0.0, None)


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


def _reliability(value: float, name: str = "reliability") -> float:
    if not 0 < value < 1:
        raise EstimationError(
            where=f"reliable_change, {name}",
            cause=f"is {value:g}, outside 0 to 1",
            mend="give the published reliability of one measurement, e.g. 0.86",
        )
    return value

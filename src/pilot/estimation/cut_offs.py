"""Jacobson and Truax's cut-offs: from which score on somebody is among the others again."""

from __future__ import annotations

from typing import Literal, get_args

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from pilot.design.instrument import HigherIs, Reference
from pilot.errors import CallError, EstimationError, suggestion
from pilot.estimation.reasons import Refusal, refusal

Criterion = Literal["a", "b", "c"]
WHERE = "clinical_cut_off"


def clinical_cut_off(
    criterion: Criterion,
    *,
    clinical: Reference | None = None,
    reference: Reference | None = None,
    higher_is: HigherIs = "better",
) -> float:
    """Return the score at which somebody passes from one published group to another.

    ``a``: two SDs beyond the clinical mean, in the better direction. ``b``: two SDs from
    the reference mean, in the worse direction. ``c``: where both groups are equally likely
    in their own SDs, (s_ref m_clin + s_clin m_ref) / (s_ref + s_clin).

    Parameters
    ----------
    criterion : {"a", "b", "c"}
    clinical : Reference
        Published mean and SD of people who sought help; for ``a`` and ``c``.
    reference : Reference
        Published mean and SD of people in general; for ``b`` and ``c``.
    higher_is : {"better", "worse"}

    Raises
    ------
    Refusal
        Without the published mean and SD it needs, or where the clinical group does better
        than the reference group.

    Notes
    -----
    Not for families who were not chosen for being badly off, and not with another country's
    or age's norm: then passing the line says who was asked, not who recovered. Use ``c``
    where both groups are known and overlap.

    References
    ----------
    Jacobson & Truax (1991). Clinical significance. Journal of Consulting and Clinical
    Psychology, 59(1), 12-19.

    Examples
    --------
    >>> clinic = Reference(population="couples in therapy", mean=40, sd=7.5, source="p. 13")
    >>> others = Reference(population="other couples", mean=60, sd=7.5, source="p. 13")
    >>> [clinical_cut_off(each, clinical=clinic, reference=others) for each in "abc"]
    [55.0, 45.0, 50.0]
    """
    if criterion not in get_args(Criterion):
        raise CallError(
            WHERE, f"no criterion {criterion!r}", suggestion(criterion, get_args(Criterion))
        )
    better = _better(higher_is)
    if criterion == "a":
        low = _published(clinical, "clinical")
        return low[0] + better * 2 * low[1]
    high = _published(reference, "reference")
    if criterion == "b":
        return high[0] - better * 2 * high[1]
    low = _published(clinical, "clinical")
    if (high[0] - low[0]) * better <= 0:
        raise EstimationError(
            where=WHERE,
            cause=f"the clinical mean {low[0]:g} is no worse than the reference mean "
            f"{high[0]:g}",
            mend="check the two groups and `higher_is`",
        )
    return (high[1] * low[0] + low[1] * high[0]) / (high[1] + low[1])


def clinical_change(
    people: pd.DataFrame,
    before: ArrayLike,
    after: ArrayLike,
    *,
    cut_off: float,
    higher_is: HigherIs = "better",
) -> pd.Series:
    """Tell who recovered: changed reliably, and passed the cut-off on the way.

    Parameters
    ----------
    people : DataFrame
        What `reliable_change` returned for the same scores.
    before, after : array of float
    cut_off : float
        As `clinical_cut_off` returns it.

    Returns
    -------
    Series
        ``recovered``, ``improved``, ``cannot tell`` or ``worse``, one a person.

    Notes
    -----
    Only who stood on the worse side before can recover. Whoever crosses the line without
    reliable change may have done so by measurement error: ``cannot tell``.

    References
    ----------
    Jacobson & Truax (1991). Journal of Consulting and Clinical Psychology, 59(1), 12-19.

    Examples
    --------
    >>> from pilot.estimation.reliable import reliable_change
    >>> before, after = [32.5, 32.5], [52.5, 47.5]
    >>> people = reliable_change(before, after, reliability=0.80, sd=7.5)
    >>> list(clinical_change(people, before, after, cut_off=50))
    ['recovered', 'improved']
    """
    better = _better(higher_is)
    first, second = (np.asarray(wave, dtype=float).ravel() for wave in (before, after))
    if not len(people) == len(first) == len(second):
        raise EstimationError(
            where="clinical_change",
            cause=f"{len(people)} people, {len(first)} scores before and {len(second)} after",
            mend="give what reliable_change returned for these scores",
        )
    passed = (better * first < better * cut_off) & (better * second > better * cut_off)
    verdict = people["verdict"].to_numpy()
    told = np.where((verdict == "improved") & passed, "recovered", verdict)
    return pd.Series(told, index=people.index, name="clinical_change")


def _better(higher_is: HigherIs) -> int:
    if higher_is == "neither":
        raise refusal("individual_neither", WHERE, "leave it out")
    return 1 if higher_is == "better" else -1


def _published(group: Reference | None, name: str) -> tuple[float, float]:
    if group is None or group.sd is None or group.sd <= 0:
        raise _unpublished(name)
    return group.mean, group.sd


def _unpublished(name: str) -> Refusal:
    return refusal(f"no_{name}_group", WHERE, "give one with its source, or leave it out")

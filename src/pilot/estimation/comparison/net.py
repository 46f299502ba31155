"""Two groups compared on an ordinal outcome, by their net shares."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from pilot.estimation.comparison.arms import Arms, Floats
from pilot.estimation.comparison.rows import comparison
from pilot.estimation.ordinal import counts, signs, tango_interval
from pilot.estimation.reasons import refusal


@comparison(
    "difference between the groups in the share of {units} better minus the share worse, over "
    "those with both waves",
    level="ordinal",
)
def net_difference(arms: Arms) -> dict[str, Any]:
    """Estimate by how much one group's share better minus worse exceeds the other's.

    d = d1 - d0, each with Tango's limits (l, u); the limits of d are
    d - sqrt((d1 - l1)^2 + (u0 - d0)^2) and d + sqrt((u1 - d1)^2 + (d0 - l0)^2), which
    recovers the variance from each side's own limits.

    Use it for ladders, single answers and counted scales. Not where whole sites are in one
    group: refused, for it knows nothing of sites.

    References
    ----------
    Zou & Donner (2008). Construction of confidence limits about effect measures: a general
    approach. Statistics in Medicine, 27, 1693-1702.
    Tango (1998). Statistics in Medicine, 17, 891-908.

    Examples
    --------
    >>> net_shares((6, 1, 10), (2, 3, 10))[0]
    0.6
    """
    if arms.by_site:
        raise refusal("ordinal_by_site", arms.where, "describe the groups")
    sides = [counts(signs(side, arms.pairs)) for side in _changes(arms)]
    estimate, low, high = net_shares(sides[0], sides[1])
    _, low_75, high_75 = net_shares(sides[0], sides[1], conf_level=0.75)
    return {
        "estimate": estimate,
        "conf_low": low,
        "conf_high": high,
        "conf_low_75": low_75,
        "conf_high_75": high_75,
    }


def net_shares(
    group: tuple[int, int, int], reference: tuple[int, int, int], conf_level: float = 0.95
) -> tuple[float, float, float]:
    """Return the difference of two shares better minus worse, and its limits.

    Parameters
    ----------
    group, reference : tuple of int
        How many are better, worse, and there in all.

    Examples
    --------
    >>> [round(each, 3) for each in net_shares((6, 1, 10), (2, 3, 10))]
    [0.6, -0.08, 1.095]
    """
    (d1, l1, u1), (d0, l0, u0) = (
        ((better - worse) / n, *tango_interval(better, worse, n, conf_level))
        for better, worse, n in (group, reference)
    )
    difference = d1 - d0
    low = difference - math.hypot(d1 - l1, u0 - d0)
    high = difference + math.hypot(u1 - d1, d0 - l0)
    return difference, low, high


def _changes(arms: Arms) -> tuple[Floats, Floats]:
    first, second = arms.changes
    return np.asarray(first), np.asarray(second)

"""Outcomes whose steps are an order only: better against worse, and who went where."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import special

from pilot.errors import EstimationError
from pilot.estimation.pairs import Pairs
from pilot.estimation.plan import Plan
from pilot.estimation.root import falling_root
from pilot.estimation.rows import estimator

NEAR = 1e-9  # changes this near 0 are no change; and how near the limits start to the estimate
MOST_STEPS = 15

_WHO = "at the sites that took part, over those with both waves, by the family's mean change"


@estimator("share of {units} better minus the share worse, " + _WHO, level="ordinal")
def net_better(pairs: Pairs, plan: Plan) -> dict[str, Any]:
    """Estimate the share of families better minus the share worse, with Tango's interval.

    (b - w) / n, where a family is better when the mean change of its members is; p is the
    exact sign test's. Where neither way is better, 'better' is higher.

    Use it for ladders, single answers and counted scales. Not for a sum the design calls
    interval: there it throws away how far each one moved.

    References
    ----------
    Tango (1998). Equivalence test and confidence interval for the difference in
    proportions for the paired-sample design. Statistics in Medicine, 17(8), 891-908.

    Examples
    --------
    >>> from pilot.estimation.example import ladder_pairs
    >>> net_better(ladder_pairs(), Plan("net_better"))
    Estimate(ladder, other - one: 0.50 [-0.10, 0.82], n = 8, net_better)
    """
    better, worse, n = counts(family_signs(pairs))
    low, high = tango_interval(better, worse, n)
    low_75, high_75 = tango_interval(better, worse, n, conf_level=0.75)
    return {
        "estimate": (better - worse) / n,
        "p_value": exact_sign_test(better, worse),
        "conf_low": low,
        "conf_high": high,
        "conf_low_75": low_75,
        "conf_high_75": high_75,
    }


@estimator("share of {units} better minus the share worse, " + _WHO, level="ordinal")
def sign_test(pairs: Pairs, plan: Plan) -> dict[str, Any]:
    """Test whether better and worse are equally likely among the families that moved.

    Use it for the p-value that stands beside `net_better`. Not below 6 families that
    moved: it cannot reach .05 there.

    References
    ----------
    Arbuthnott (1710). An argument for divine providence. Philosophical Transactions, 27,
    186-190.

    Examples
    --------
    >>> from pilot.estimation.example import ladder_pairs
    >>> sign_test(ladder_pairs(), Plan("net_better")).p_value
    0.21875
    """
    better, worse, n = counts(family_signs(pairs))
    return {"estimate": (better - worse) / n, "p_value": exact_sign_test(better, worse)}


def tango_interval(
    better: int, worse: int, n: int, conf_level: float = 0.95
) -> tuple[float, float]:
    """Return Tango's score interval of (better - worse) / n.

    The limits are the d at which the score statistic
    (b - w - n d) / sqrt(n (2 q + d (1 - d))) is plus or minus z, q being the share worse
    that is most likely under d.

    Parameters
    ----------
    better, worse, n : int
        Units that moved each way, and all units.
    conf_level : float
        Coverage of the interval.

    Notes
    -----
    Unlike Wald's it never leaves [-1, 1] and has a width when all moved one way.

    References
    ----------
    Tango (1998). Statistics in Medicine, 17(8), 891-908.
    Fagerland, Lydersen & Laake (2014). Recommended tests and confidence intervals for
    paired binomial proportions. Statistics in Medicine, 33(16), 2850-2875.

    Examples
    --------
    >>> low, high = tango_interval(6, 16, 161)  # Cavo et al. (2012)
    >>> f"{low:.4f} {high:.4f}"
    '-0.1240 -0.0054'
    """
    if min(better, worse) < 0 or n < 1 or better + worse > n:
        raise EstimationError(
            where="tango_interval",
            cause=f"{better} better and {worse} worse of {n}",
            mend="give counts of units that moved each way and of all units",
        )
    z = float(special.ndtri((1 + conf_level) / 2))
    net = (better - worse) / n

    def score(difference: float, side: float) -> float:
        b = -better - worse + (2 * n - better + worse) * difference
        c = -worse * difference * (1 - difference)
        q = (math.sqrt(max(0.0, b * b - 8 * n * c)) - b) / (4 * n)
        variance = max(0.0, n * (2 * q + difference * (1 - difference)))
        return better - worse - n * difference + side * z * math.sqrt(variance)

    low = falling_root(lambda d: score(d, -1.0), -1.0, net - NEAR)
    high = falling_root(lambda d: score(d, 1.0), net + NEAR, 1.0)
    return (-1.0 if worse == n else low), (1.0 if better == n else high)


def exact_sign_test(better: int, worse: int) -> float:
    """Return the two-sided exact p of as many better and worse under a fair coin.

    Examples
    --------
    >>> exact_sign_test(7, 1), exact_sign_test(0, 0)
    (0.0703125, 1.0)
    """
    moved = better + worse
    tail = sum(math.comb(moved, k) for k in range(min(better, worse) + 1))
    return float(min(1.0, 2 * tail / 2**moved))


def family_signs(pairs: Pairs) -> NDArray[np.int_]:
    """Return +1 for a family that is better, -1 for worse, 0 for the same."""
    return signs(pairs.changes, pairs)


def signs(changes: NDArray[np.float64], pairs: Pairs) -> NDArray[np.int_]:
    """Return which way each change goes, +1 being better (higher where neither way is)."""
    towards = changes * (pairs.outcome.better_sign or 1)
    return np.where(np.abs(towards) <= NEAR, 0, np.sign(towards)).astype(int)


def counts(moves: NDArray[np.int_]) -> tuple[int, int, int]:
    """Return how many are better, how many worse, and how many there are."""
    return int((moves > 0).sum()), int((moves < 0).sum()), len(moves)


def transition_table(pairs: Pairs) -> pd.DataFrame:
    """Count who went from which step to which: rows before, columns after.

    All steps of the scale are there, empty ones too, when it has whole steps and at most
    15 of them; else those that occur. It counts persons, so its cells are small: disclosure
    decides who may see it.

    Examples
    --------
    >>> from pilot.estimation.example import ladder_pairs
    >>> int(transition_table(ladder_pairs()).loc[2, 3])
    2
    """
    steps = _steps(pairs)
    table = pd.crosstab(
        pd.Series(pairs.before, name="before"), pd.Series(pairs.after, name="after")
    )
    return table.reindex(index=steps, columns=steps, fill_value=0)


def _steps(pairs: Pairs) -> list[float]:
    seen = np.unique(np.concatenate([pairs.before, pairs.after]))
    low, high = pairs.outcome.low, pairs.outcome.high
    whole = list(range(math.ceil(low), math.floor(high) + 1))
    if len(whole) <= MOST_STEPS and np.isin(seen, whole).all():
        return list(whole)
    return [float(step) for step in seen]

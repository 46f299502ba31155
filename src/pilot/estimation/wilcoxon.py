"""The Wilcoxon signed-rank test as Pratt has it: zeros keep their rank, p is exact."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy import special

from pilot.estimation.ordinal import NEAR, counts, family_signs
from pilot.estimation.pairs import Pairs
from pilot.estimation.plan import Plan
from pilot.estimation.reasons import refusal
from pilot.estimation.rows import estimator
from pilot.estimation.t import finite

COUNTED = 400  # changes up to which every sum of ranks is counted: 0.4 s, growing as n^3


@dataclass(frozen=True, slots=True)
class WilcoxonPratt:
    """A p, the smallest one so many moves could have given, and the sums of ranks.

    `exact` is False where a normal distribution stood in for counting.
    """

    p_value: float
    smallest_p: float
    ranks_up: float
    ranks_down: float
    n: int
    n_same: int
    exact: bool = True


def wilcoxon_pratt(changes: ArrayLike) -> WilcoxonPratt:
    """Test whether steps up and down are alike, by the ranks of their sizes.

    Sizes are ranked with the zeros among them (ties share their mean rank), then the zeros
    are left out; p is the share of the 2^m ways to give the m other ranks a sign whose sum
    of positive ranks is at least as far from the middle. Those ways are counted by sums,
    not one by one, so p is exact up to 400 changes; beyond, the sum is taken as normal.

    Parameters
    ----------
    changes : array of float
        One a family.

    Returns
    -------
    WilcoxonPratt
        ``p_value, smallest_p, ranks_up, ranks_down, n, n_same, exact``.

    Notes
    -----
    The null is that each change is symmetric about 0; given who did not move, that is all
    it says. Not below 6 moves, where it cannot reach .05, and not where a step of two is
    not larger than a step of one: read the sign test there. Dropping zeros before ranking
    (``scipy``'s and R's default) lets a change of one outweigh what it should.

    References
    ----------
    Pratt (1959). Remarks on zeros and ties in the Wilcoxon signed rank procedures. JASA,
    54(287), 655-667.
    Hothorn, Hornik, van de Wiel & Zeileis (2008). Implementing a class of permutation
    tests: the coin package. Journal of Statistical Software, 28(8).

    Examples
    --------
    >>> result = wilcoxon_pratt([0, 1, 1, 2, -1, 3, 0, 1])
    >>> result.ranks_up, result.ranks_down, result.p_value
    (28.5, 4.5, 0.15625)
    """
    values = finite(changes, "wilcoxon_pratt")
    n = len(values)
    if n < 1:
        raise refusal("fewer_than_two", "wilcoxon_pratt", "follow up more families", n=n)
    values = np.where(np.abs(values) <= NEAR, 0.0, values)
    ranks = pd.Series(np.abs(values).round(9)).rank().to_numpy()
    moved = values != 0
    up, exact = float(ranks[values > 0].sum()), n <= COUNTED
    return WilcoxonPratt(
        p_value=_share_as_far(ranks[moved], up) if exact else _normal(ranks[moved], up),
        smallest_p=min(1.0, 2.0 ** (1 - int(moved.sum()))),
        ranks_up=up,
        ranks_down=float(ranks[values < 0].sum()),
        n=n,
        n_same=int((~moved).sum()),
        exact=exact,
    )


@estimator(
    "share of {units} better minus the share worse, at the sites that took part, over those "
    "with both waves; tested: steps up and down are alike in number and size",
    level="ordinal",
)
def signed_ranks(pairs: Pairs, plan: Plan) -> dict[str, Any]:
    """Test the steps of families by their ranks; see `wilcoxon_pratt`.

    Examples
    --------
    >>> from pilot.estimation.example import ladder_pairs
    >>> signed_ranks(ladder_pairs(), Plan("net_better")).p_value
    0.21875
    """
    better, worse, n = counts(family_signs(pairs))
    tested = wilcoxon_pratt(pairs.changes)
    return {
        "estimate": (better - worse) / n,
        "p_value": tested.p_value,
        "smallest_p": tested.smallest_p,
    }


def _normal(ranks: NDArray[np.float64], up: float) -> float:
    away = abs(up - ranks.sum() / 2) / (math.sqrt(float(ranks @ ranks)) / 2)
    return float(2 * special.ndtr(-away))


def _share_as_far(ranks: NDArray[np.float64], up: float) -> float:
    """Return how many sign patterns lie as far out, as a share; half ranks count double."""
    doubled = np.rint(2 * ranks).astype(int)
    total = int(doubled.sum())
    shares = np.zeros(total + 1)
    shares[0] = 1.0
    for rank in doubled:
        shares[rank:] = (shares[rank:] + shares[: total + 1 - rank]) / 2
        shares[:rank] /= 2
    distance = np.abs(2 * np.arange(total + 1) - total)
    return float(min(1.0, shares[distance >= abs(2 * round(2 * up) - total)].sum()))

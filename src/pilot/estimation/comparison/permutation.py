"""The studentised permutation test of two groups."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from pilot.design.text import Text
from pilot.estimation.comparison.arms import Arms, Floats
from pilot.estimation.comparison.rows import comparison
from pilot.estimation.comparison.welch import units
from pilot.estimation.reasons import refusal
from pilot.estimation.t import finite, no_spread

ENUMERATED = 2**20  # arrangements that are counted one by one; beyond, draws stand in
DRAWS = 99_999
CHUNK = 5_000
TIE = 1e-9
SEED = 1938
DRAWN = Text(
    en="{draws} arrangements were drawn, for all of them are too many",
    nl="er zijn {draws} indelingen getrokken, want allemaal is te veel",
)


@dataclass(frozen=True, slots=True)
class Permutation:
    """A difference of means, its exact p, and the smallest one these units could give.

    `sampled` says that arrangements were drawn; `arrangements` how many there are or were.
    """

    estimate: float
    statistic: float
    p_value: float
    smallest_p: float
    arrangements: int
    sampled: bool = False


def permute(group: ArrayLike, reference: ArrayLike, *, seed: int = SEED) -> Permutation:
    """Test whether two groups changed alike, by all ways to divide the same units in two.

    The statistic is Welch's t, (m1 - m0) / sqrt(s1^2/n1 + s0^2/n0). Its p is the share of
    the choose(n, n1) arrangements in which it lies at least as far from 0 as observed, ties
    within 1e-9 included. All are counted up to 2^20; beyond, 99,999 are drawn and
    p = (1 + as far) / (1 + drawn).

    Parameters
    ----------
    group, reference : array of float
        Changes of independent units: families, or sites where whole sites are compared.
    seed : int
        Of the draws.

    Returns
    -------
    Permutation
        ``estimate, statistic, p_value, smallest_p, arrangements, sampled``.

    Raises
    ------
    Refusal
        With fewer than two in a group, or when all changes are equal.

    Notes
    -----
    Exact where both groups' changes have one distribution. Studentising makes it hold, as
    the groups grow, for equal means with unequal variances too, where the plain difference
    rejects too often. Not for families with members in both groups: their two sides are
    not independent. With 3 and 3 units no p is below .10.

    References
    ----------
    Janssen (1997). Studentized permutation tests for non-i.i.d. hypotheses and the
    generalized Behrens-Fisher problem. Statistics & Probability Letters, 36, 9-21.
    Neuhaus (1993). Conditional rank tests for the two-sample problem under random
    censorship. Annals of Statistics, 21, 1760-1779.
    Phipson & Smyth (2010). Permutation p-values should never be zero. SAGMB, 9(1), 39.

    Examples
    --------
    >>> found = permute([5.0, 6.0, 9.0], [1.0, 2.0, 4.0])
    >>> found.p_value, found.smallest_p, found.arrangements
    (0.1, 0.1, 20)
    """
    first, second = (finite(values, "permute") for values in (group, reference))
    for values in (first, second):
        if len(values) < 2:
            raise refusal("fewer_than_two", "permute", "follow up more families", n=len(values))
    everyone = np.concatenate([first, second])
    if no_spread(everyone):
        raise refusal(
            "no_spread",
            "permute",
            "show the changes one by one",
            n=len(everyone),
            value=float(everyone[0]),
        )
    estimate = float(first.mean() - second.mean())
    centred = np.sort(everyone - everyone.mean())
    n_first, arrangements = len(first), math.comb(len(everyone), len(first))
    sampled = arrangements > ENUMERATED
    chosen = (_drawn if sampled else _all)(centred, n_first, seed)
    reached = _distances(chosen, centred, n_first)
    own = first - everyone.mean()
    observed = float(_distances(np.array([[own.sum()], [own @ own]]), centred, n_first)[0])
    sign = math.copysign(1.0, estimate) if observed else 0.0
    as_far = int((reached >= observed * (1 - TIE)).sum())
    farthest = int((reached >= float(reached.max()) * (1 - TIE)).sum())
    return Permutation(
        estimate=estimate,
        statistic=sign * observed,
        p_value=(1 + as_far) / (1 + DRAWS) if sampled else as_far / arrangements,
        smallest_p=1 / (1 + DRAWS) if sampled else farthest / arrangements,
        arrangements=DRAWS if sampled else arrangements,
        sampled=sampled,
    )


@comparison(
    "difference between the groups in mean change, over {units} with both waves, each weighing "
    "1; tested: the change is distributed alike in both groups"
)
def permutation(arms: Arms) -> dict[str, Any]:
    """Test the difference in mean change by dividing families in two in every other way.

    See `permute` for formula, sources and when not to use it.

    Examples
    --------
    >>> from pilot.estimation.comparison.example import TWO_GROUPS, two_groups
    >>> from pilot.estimation.plan import Plan
    >>> permutation(two_groups(), Plan("ancova", versus=TWO_GROUPS)).smallest_p
    0.015873015873015872
    """
    found = permute(*units(arms))
    drawn = {language: DRAWN.in_(language).format(draws=DRAWS) for language in ("nl", "en")}
    return {
        "estimate": found.estimate,
        "statistic": found.statistic if math.isfinite(found.statistic) else None,
        "p_value": found.p_value,
        "smallest_p": found.smallest_p,
        "reason": drawn["en"] if found.sampled else None,
        "reason_nl": drawn["nl"] if found.sampled else None,
    }


def _all(values: Floats, n_first: int, seed: int) -> NDArray[np.float64]:
    """Return sum and sum of squares of every subset of this size."""
    sums, squares, sizes = np.zeros(1), np.zeros(1), np.zeros(1, dtype=np.int64)
    for place, value in enumerate(values):
        sums = np.concatenate([sums, sums + value])
        squares = np.concatenate([squares, squares + value * value])
        sizes = np.concatenate([sizes, sizes + 1])
        left = len(values) - place - 1
        fits = (sizes <= n_first) & (sizes + left >= n_first)
        sums, squares, sizes = sums[fits], squares[fits], sizes[fits]
    return np.stack([sums, squares])


def _drawn(values: Floats, n_first: int, seed: int) -> NDArray[np.float64]:
    drawn = np.random.default_rng(seed)
    parts = []
    for rows in [CHUNK] * (DRAWS // CHUNK) + [DRAWS % CHUNK]:
        order = drawn.permuted(np.broadcast_to(values, (rows, len(values))), axis=1)
        chosen = order[:, :n_first]
        parts.append(np.stack([chosen.sum(axis=1), (chosen**2).sum(axis=1)]))
    return np.concatenate(parts, axis=1)


def _distances(chosen: NDArray[np.float64], values: Floats, n_first: int) -> Floats:
    """Return |t| of each arrangement; infinite where both sides have no spread left.

    The values sum to 0, so that squares lose no digits.
    """
    n_second = len(values) - n_first
    sums, squares = chosen
    other_sums, other_squares = values.sum() - sums, values @ values - squares
    scale = float(values @ values)
    variance = np.zeros_like(sums)
    for total, square, n in ((sums, squares, n_first), (other_sums, other_squares, n_second)):
        variance += np.maximum(square - total**2 / n, 0.0) / (n - 1) / n
    apart = np.abs(sums / n_first - other_sums / n_second)
    none = variance <= 1e-14 * scale
    with np.errstate(divide="ignore", invalid="ignore"):
        distance = apart / np.sqrt(np.where(none, np.nan, variance))
    moved = apart > 1e-9 * math.sqrt(scale)
    return np.where(none, np.where(moved, np.inf, 0.0), distance)

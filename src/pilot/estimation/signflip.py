"""The exact sign-flip test, and the interval that goes with it."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from pilot.design.text import Text
from pilot.estimation.reasons import refusal
from pilot.estimation.t import finite, no_spread

ENUMERATED = 20  # 2^20 sign patterns are counted one by one; beyond, draws stand in
DRAWS = 99_999
CHUNK = 10_000
TIE = 1e-9  # sums this near (of the sum of absolute changes) count as equal
SEED = 1938

Interval = tuple[float, float] | None
Subsets = tuple[NDArray[np.float64], NDArray[np.float64]]


@dataclass(frozen=True, slots=True)
class SignFlip:
    """An exact p, the smallest one these changes could have given, and an interval.

    `reason` says why an interval is None; `sampled` that sign patterns were drawn.
    """

    p_value: float
    smallest_p: float
    conf_low: float | None
    conf_high: float | None
    conf_low_75: float | None = None
    conf_high_75: float | None = None
    reason: str | None = None
    sampled: bool = False


def sign_flip(changes: ArrayLike, *, seed: int = SEED) -> SignFlip:
    """Test whether each family's change is symmetric about 0, by flipping signs.

    The p-value is the share of the 2^n sign patterns whose sum is at least as far from 0
    as the observed one, ties within 1e-9 included. The smallest p that can come out is
    2^(z + 1) / 2^n with z changes of zero. The interval inverts the test: with
    k = floor(alpha 2^(n-1)), it runs from the k-th smallest to the k-th largest mean over
    the 2^n - 1 subsets of changes.

    Parameters
    ----------
    changes : array of float
        One a family.
    seed : int
        Of the 99,999 draws that stand in for patterns when more than 20 changes are not
        zero (p) or n is above 20 (interval).

    Returns
    -------
    SignFlip
        ``p_value, smallest_p, conf_low, conf_high, conf_low_75, conf_high_75, reason``.

    Notes
    -----
    The null is symmetry, not a mean of 0: under a skewed null it rejects too often (6.6,
    8.1 and 9.8 % at n = 6, 8 and 12 for exponential changes). Below 6 changes it cannot
    reach .05 at all: do not use it there to conclude that nothing changed.

    References
    ----------
    Fisher (1935). The design of experiments, section 21.
    Hartigan (1969). Using subsample values as typical values. JASA, 64, 1303-1317.
    Phipson & Smyth (2010). Permutation p-values should never be zero. SAGMB, 9(1), 39.

    Examples
    --------
    >>> result = sign_flip([1.0, 2.0, 3.0, 4.0, 5.0, 6.0])
    >>> result.p_value, result.smallest_p
    (0.03125, 0.03125)
    >>> result.conf_low, result.conf_high
    (1.0, 6.0)
    """
    values = finite(changes, "changes")
    if len(values) < 2:
        raise refusal("fewer_than_two", "changes", "follow up more families", n=len(values))
    moved = values[np.abs(values) > _tie(values)]
    subsets = _subsets(values, seed)
    at_95, at_75 = _intervals(values, subsets)
    return SignFlip(
        p_value=_p_value(moved, subsets if len(moved) > ENUMERATED else _subsets(moved, seed)),
        smallest_p=smallest_p(values),
        conf_low=at_95[0] if at_95 else None,
        conf_high=at_95[1] if at_95 else None,
        conf_low_75=at_75[0] if at_75 else None,
        conf_high_75=at_75[1] if at_75 else None,
        reason=None if at_95 else _why_no_interval(values),
        sampled=len(moved) > ENUMERATED,
    )


def drawn_note(changes: ArrayLike) -> tuple[Text, ...]:
    """Return what of `sign_flip` was drawn and not counted, with draws and seed.

    Examples
    --------
    >>> drawn_note([1.0, -2.0, 3.0])
    ()
    >>> drawn_note(range(1, 31))[0].en[:46]
    'p and interval come from 99,999 draws of signs'
    """
    values = finite(changes, "changes")
    if len(values) <= ENUMERATED:
        return ()
    moved = int((np.abs(values) > _tie(values)).sum())
    what = _DRAWN_P if moved > ENUMERATED else _DRAWN_INTERVAL
    draws = {"en": f"{DRAWS:,}", "nl": f"{DRAWS:,}".replace(",", ".")}
    parts = {"most": ENUMERATED, "seed": SEED}
    return (
        Text(
            en=f"{what.en} {_DRAWN.en}".format(draws=draws["en"], **parts),
            nl=f"{what.nl} {_DRAWN.nl}".format(draws=draws["nl"], **parts),
        ),
    )


_DRAWN_P = Text(en="p and interval come", nl="p en marge komen")
_DRAWN_INTERVAL = Text(en="the interval comes", nl="de marge komt")
_DRAWN = Text(
    en="from {draws} draws of signs with seed {seed}: the patterns of more than {most} "
    "changes are too many to count one by one",
    nl="uit {draws} lotingen van tekens met startgetal {seed}: bij meer dan {most} "
    "veranderingen zijn er te veel patronen om ze een voor een te tellen",
)


def smallest_p(changes: ArrayLike) -> float:
    """Return the smallest exact two-sided p that so many changes can give.

    Examples
    --------
    >>> smallest_p([1, -2, 3, 1]), smallest_p([1, 0, 3, 0]), smallest_p([0, 0, 0])
    (0.125, 0.5, 1.0)
    """
    values = finite(changes, "changes")
    zeros = int((np.abs(values) <= _tie(values)).sum())
    return min(1.0, 2.0 ** (zeros + 1 - len(values)))


def _tie(values: NDArray[np.float64]) -> float:
    return TIE * float(np.abs(values).sum())


def _subsets(values: NDArray[np.float64], seed: int) -> Subsets:
    """Return sum and size of every subset, the empty one first, or of DRAWS random ones.

    A subset is who keeps the sign; flipping all others gives 2 sum - total.
    """
    if len(values) > ENUMERATED:
        return _drawn_subsets(values, seed)
    sums, sizes = np.zeros(1), np.zeros(1)
    for value in values:
        sums = np.concatenate([sums, sums + value])
        sizes = np.concatenate([sizes, sizes + 1])
    return sums, sizes


def _drawn_subsets(values: NDArray[np.float64], seed: int) -> Subsets:
    drawn, n = np.random.default_rng(seed), len(values)
    sums, sizes = [], []
    for rows in [CHUNK] * (DRAWS // CHUNK) + [DRAWS % CHUNK]:
        bits = np.frombuffer(drawn.bytes(rows * n // 8 + 1), dtype=np.uint8)
        members = np.unpackbits(bits, count=rows * n).reshape(rows, n).astype(float)
        sums.append(members @ values)
        sizes.append(members.sum(axis=1))
    return np.concatenate(sums), np.concatenate(sizes)


def _p_value(moved: NDArray[np.float64], subsets: Subsets) -> float:
    """Return the share of patterns at least as far out; changes of 0 cancel from it."""
    total = float(moved.sum())
    far = np.abs(2 * subsets[0] - total) >= abs(total) - _tie(moved)
    if len(moved) > ENUMERATED:
        return (1 + int(far.sum())) / (1 + DRAWS)
    return float(far.mean())


def _intervals(values: NDArray[np.float64], subsets: Subsets) -> tuple[Interval, Interval]:
    if no_spread(values):
        return None, None
    sums, sizes = subsets
    some = sizes > 0
    means = sums[some] / sizes[some]
    ranks = [math.floor(alpha * (len(means) + 1) / 2 + TIE) for alpha in (0.05, 0.25)]
    means.partition([place for k in ranks if k for place in (k - 1, len(means) - k)])
    first, second = ((float(means[k - 1]), float(means[-k])) if k else None for k in ranks)
    return first, second


def _why_no_interval(values: NDArray[np.float64]) -> str:
    n, value = len(values), float(values.mean())
    if no_spread(values):
        return refusal("no_spread", "changes", "", n=n, value=value).cause
    return refusal("too_few_for_interval", "changes", "", n=n, level=0.95).cause

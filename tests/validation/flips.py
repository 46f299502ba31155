"""The exact sign-flip test and its interval, for all data sets of a cell at once."""

from __future__ import annotations

import math
from functools import cache

import numpy as np
from tests.validation.answers import Answers, Flags, Floats
from tests.validation.cells import BASE, Cell
from tests.validation.draw import Draw
from tests.validation.means import enough, mean_and_error

from pilot.estimation.signflip import CHUNK, DRAWS, ENUMERATED, SEED, TIE

AT_ONCE = 6_000_000  # sums held in memory
MOST_FAMILIES = 12  # beyond, in a few cells only


def feasible(cell: Cell) -> bool:
    """Say whether counting all patterns of thousands of data sets takes seconds, not hours."""
    usual = cell.icc in (0.0, BASE.icc) and cell.sites == BASE.sites
    whole = cell.loss == "none" and cell.shape in ("normal", "exponential")
    plain = cell.waves == BASE.waves and not cell.site_change
    return cell.families <= MOST_FAMILIES or (usual and whole and plain)


def sign_flip(drawn: Draw) -> Answers:
    """Answer as the registry's `sign_flip`."""
    changes = np.sort(drawn.family_changes, axis=1)  # NaN last
    n = np.isfinite(changes).sum(axis=1)
    found = np.full((5, len(changes)), np.nan)
    for size in np.unique(n[enough(drawn)]):
        rows = np.flatnonzero(n == size)
        step = max(1, AT_ONCE // len(_members(int(size))))
        for start in range(0, len(rows), step):
            some = rows[start : start + step]
            found[:, some] = _flip(changes[some, :size])
    mean, _, _ = mean_and_error(changes)
    answers = Answers(
        mean,
        found[0],
        np.full(len(mean), np.nan),
        *found[1:],
        truth=drawn.truth,
        tested=drawn.truth == 0,
    )
    return answers.only(enough(drawn))


def _flip(values: Floats) -> Floats:
    """Return p and the limits, one column a data set."""
    members = _members(values.shape[1])
    sums = values @ members.T
    total, size = values.sum(axis=1), np.abs(values).sum(axis=1)
    far = np.abs(2 * sums - total[:, None]) >= (np.abs(total) - TIE * size)[:, None]
    p_value = far.mean(axis=1)
    if values.shape[1] > ENUMERATED:
        p_value = (1 + far.sum(axis=1)) / (1 + DRAWS)
    limits = _limits(sums, members.sum(axis=1))
    limits[:, _flat(values)] = np.nan
    return np.vstack([p_value, limits])


def _limits(sums: Floats, sizes: Floats) -> Floats:
    means = sums[:, sizes > 0] / sizes[sizes > 0]
    count = means.shape[1]
    ranks = [math.floor(alpha * (count + 1) / 2 + TIE) for alpha in (0.05, 0.25)]
    places = [place for k in ranks if k for place in (k - 1, count - k)]
    if places:
        means.partition(places, axis=1)
    nothing = np.full(len(means), np.nan)
    ends = [(means[:, k - 1], means[:, -k]) if k else (nothing, nothing) for k in ranks]
    return np.array([end for pair in ends for end in pair])


def _flat(values: Floats) -> Flags:
    largest = np.abs(values).max(axis=1)
    return np.ptp(values, axis=1) <= 1e-12 * np.maximum(largest, 1e-300)


@cache
def _members(n: int) -> Floats:
    """Return who keeps the sign: every pattern, or those that the method draws."""
    if n <= ENUMERATED:
        patterns = np.arange(2**n)[:, None] >> np.arange(n)
        return (patterns & 1).astype(float)
    drawn, parts = np.random.default_rng(SEED), []
    for rows in [CHUNK] * (DRAWS // CHUNK) + [DRAWS % CHUNK]:
        bits = np.frombuffer(drawn.bytes(rows * n // 8 + 1), dtype=np.uint8)
        parts.append(np.unpackbits(bits, count=rows * n).reshape(rows, n))
    return np.concatenate(parts).astype(float)

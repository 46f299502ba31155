"""Terms whose levels run through many blocks, taken out of the blocks and put on top.

Two hundred families at four sites are one block when sites differ, and so are they when ten
interviewers see them all. With B the covariance that is left when such terms are taken out
(small blocks again) and U their columns, V = B + U D U', and Woodbury's identity gives every
sum over V from sums over B in which U stands beside X.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from pilot.estimation.mixed.blocks import connected
from pilot.estimation.mixed.moments import Moments
from pilot.estimation.mixed.terms import Floats, Term

LARGE = 120  # rows of a block from which terms are taken out
MOST = 400  # columns of U above which they are not


@dataclass(frozen=True, slots=True, eq=False)
class Wide:
    """The terms taken out.

    Attributes
    ----------
    columns : array, shape (n, s)
        U: one column a level and effect.
    shapes : array, shape (variances, s, s)
        What each of their variances adds to D.
    places, others : array of int
        Where their variances stand in theta, and where those of the blocks stand.
    """

    columns: Floats
    shapes: Floats
    places: np.ndarray
    others: np.ndarray


def split(terms: Sequence[Term]) -> tuple[list[Term], list[Term]]:
    """Return the terms that stay in the blocks, and those that are taken out.

    Terms are taken out, those with the fewest columns first, until no block is large; when
    that does not help, none is.
    """
    inner = sorted(terms, key=_width, reverse=True)
    outer: list[Term] = []
    while _largest_block(inner) > LARGE:
        if len(inner) == 1 or sum(map(_width, outer)) + _width(inner[-1]) > MOST:
            return list(terms), []
        outer.append(inner.pop())
    kept = [term for term in terms if term not in outer]
    return kept, [term for term in terms if term in outer]


def taken_out(terms: Sequence[Term], outer: Sequence[Term], *, residual: bool) -> Wide:
    """Return the columns and places of the terms that are taken out."""
    width = sum(map(_width, outer))
    columns, shapes = [], []
    places, others = [], []
    first, start = 0, 0
    for term in terms:
        effects = len(term.effects)
        count = effects * (effects + 1) // 2
        mine = list(range(first, first + count))
        first += count
        if term not in outer:
            others += mine
            continue
        places += mine
        columns.append(_columns(term))
        pairs = [(row, column) for row in range(effects) for column in range(row + 1)]
        shapes += [_shape(term, pair, start, width) for pair in pairs]
        start += _width(term)
    if residual:
        others.append(first)
    return Wide(
        np.concatenate(columns, axis=1), np.array(shapes), np.array(places), np.array(others)
    )


def put_on_top(inner: Moments, theta: Floats, wide: Wide) -> Moments:
    """Return the sums over V from those over B.

    Parameters
    ----------
    inner : Moments
        Over B, with W = [X, U, y].
    theta : array, shape (K,)
    wide : Wide

    Notes
    -----
    With S = U'B^-1 U and M = (I + D S)^-1 D the inverse of V is
    B^-1 - B^-1 U M U'B^-1, so that V^-1 [X, y] = B^-1 [U, X, y] N for a matrix N that is
    worked out here once, and V^-1 U likewise.

    References
    ----------
    Woodbury (1950). Inverting modified matrices. Memorandum 42, Princeton.
    """
    top = _Top(inner, theta, wide)
    count, width = len(theta), len(inner.plain) - wide.columns.shape[1]
    sums = Moments(
        log_det=inner.log_det + top.log_det,
        plain=top.plain,
        once=np.empty((count, width, width)),
        twice=np.empty((count, count, width, width)),
        trace_once=np.empty(count),
        trace_twice=np.empty((count, count)),
        spread=inner.spread,
        spread_once=np.zeros(count),
        spread_twice=np.zeros((count, count)),
    )
    mine, others = wide.places, wide.others
    sums.spread_once[others] = inner.spread_once
    sums.spread_twice[np.ix_(others, others)] = inner.spread_twice
    sums.once[others], sums.once[mine] = top.once_blocks, top.once_wide
    sums.trace_once[others], sums.trace_once[mine] = top.traces()
    blocks, across, both = top.twice()
    sums.twice[np.ix_(others, others)], sums.twice[np.ix_(mine, mine)] = blocks, both
    sums.twice[np.ix_(others, mine)] = across
    sums.twice[np.ix_(mine, others)] = across.transpose(1, 0, 3, 2)
    blocks, across, both = top.traces_twice()
    sums.trace_twice[np.ix_(others, others)], sums.trace_twice[np.ix_(mine, mine)] = (
        blocks,
        both,
    )
    sums.trace_twice[np.ix_(others, mine)] = across
    sums.trace_twice[np.ix_(mine, others)] = across.T
    return sums


class _Top:
    """The small matrices that carry sums over B to sums over V."""

    def __init__(self, inner: Moments, theta: Floats, wide: Wide) -> None:
        s = wide.columns.shape[1]
        p = len(inner.plain) - s - 1
        u, w = slice(p, p + s), np.r_[0:p, p + s]
        self.inner, self.u, self.shapes = inner, u, wide.shapes
        middle = inner.plain[u, u]
        drawn = np.tensordot(theta[wide.places], wide.shapes, 1)
        grown = np.eye(s) + drawn @ middle
        sign, log_det = np.linalg.slogdet(grown)
        self.log_det = float(log_det) if sign > 0 else np.inf
        self.m = np.linalg.solve(grown, drawn)
        self.m = (self.m + self.m.T) / 2
        beside = inner.plain[u][:, w]
        self.n = np.zeros((len(inner.plain), len(w)))
        self.n[w, np.arange(len(w))] = 1.0
        self.n[u] = -self.m @ beside
        self.n_u = np.zeros((len(inner.plain), s))
        self.n_u[u] = np.eye(s) - self.m @ middle
        self.plain = inner.plain[np.ix_(w, w)] - beside.T @ self.m @ beside
        self.t = beside - middle @ self.m @ beside
        self.k = middle - middle @ self.m @ middle
        self.once_blocks = self.n.T @ inner.once @ self.n
        self.once_wide = self.t.T @ wide.shapes @ self.t
        self.half = np.swapaxes(self.n, 0, 1) @ inner.once[:, :, u]

    def traces(self) -> tuple[Floats, Floats]:
        at_u = self.inner.once[:, self.u, self.u]
        blocks = self.inner.trace_once - np.tensordot(at_u, self.m, axes=([1, 2], [1, 0]))
        return blocks, np.tensordot(self.shapes, self.k, axes=([1, 2], [1, 0]))

    def twice(self) -> tuple[Floats, Floats, Floats]:
        inside = self.n.T @ self.inner.twice @ self.n
        blocks = inside - (self.half @ self.m)[:, None] @ np.swapaxes(self.half, 1, 2)[None]
        pulled = self.shapes @ self.t
        across = (self.n.T @ self.inner.once @ self.n_u)[:, None] @ pulled[None]
        both = np.swapaxes(pulled, 1, 2)[:, None] @ self.k @ pulled[None]
        return blocks, across, both

    def traces_twice(self) -> tuple[Floats, Floats, Floats]:
        inner, u = self.inner, self.u
        at_u = inner.once[:, u, u] @ self.m
        twice = np.tensordot(inner.twice[:, :, u, u], self.m, axes=([2, 3], [1, 0]))
        again = np.tensordot(at_u, at_u, axes=([1, 2], [2, 1]))
        blocks = inner.trace_twice - 2 * twice + again
        seen = self.n_u.T @ inner.once @ self.n_u
        across = np.tensordot(seen, self.shapes, axes=([1, 2], [2, 1]))
        shaped = self.shapes @ self.k
        return blocks, across, np.tensordot(shaped, shaped, axes=([1, 2], [2, 1]))


def _width(term: Term) -> int:
    return term.levels * len(term.effects)


def _largest_block(terms: Sequence[Term]) -> int:
    return int(np.bincount(connected(terms)).max())


def _columns(term: Term) -> Floats:
    indicators = (term.codes[:, None] == np.arange(term.levels)).astype(float)
    return np.concatenate([indicators * column[:, None] for column in term.columns.T], axis=1)


def _shape(term: Term, pair: tuple[int, int], start: int, width: int) -> Floats:
    """Return what the covariance of two effects adds to D, in each of the levels."""
    shape = np.zeros((width, width))
    level = np.arange(term.levels)
    one, other = (start + effect * term.levels + level for effect in pair)
    shape[one, other] = shape[other, one] = 1.0
    return shape

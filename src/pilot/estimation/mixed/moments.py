"""One pass over the blocks: every sum that likelihood, slopes and curvature need."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from pilot.estimation.mixed.terms import Floats

AT_ONCE = 400_000  # numbers handled at once, so that they stay in the cache


@dataclass(frozen=True, slots=True, eq=False)
class Stack:
    """Blocks that are handled together, one entry for each way they look.

    Attributes
    ----------
    derivatives : array, shape (looks, variances, size, size)
        G_k: what each variance adds to the covariance.
    padding : array, shape (looks, size, size), or None
        Ones on the diagonal where a block has no row.
    work : array, shape (looks, size, width)
        W = [X, y] with the mean scores of the blocks, times the root of `counts`.
    spread : array, shape (looks, size, size), or None
        Cross products of scores about that mean; None when every block is one of a kind.
    counts : array, shape (looks,)
        How many blocks share each look.
    """

    derivatives: Floats
    padding: Floats | None
    work: Floats
    spread: Floats | None
    counts: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Rest:
    """What is orthogonal to every random effect: it has the residual variance only."""

    count: float
    products: Floats
    spread: float


@dataclass(slots=True, eq=False)
class Moments:
    """Sums over blocks at one theta, with A the inverse of V and W = [X, y].

    Attributes
    ----------
    log_det : float
        log |V|.
    plain, once, twice : arrays, shapes (p + 1, p + 1), (K, p + 1, p + 1) and (K, K, ...)
        W'AW, W'A G_k A W and W'A G_k A G_l A W.
    trace_once, trace_twice : arrays, shapes (K,) and (K, K)
        tr(A G_k) and tr(A G_k A G_l).
    spread, spread_once, spread_twice : float and arrays
        What scores about the mean of blocks that look alike add to the last entry of
        plain, once and twice.
    """

    log_det: float
    plain: Floats
    once: Floats
    twice: Floats
    trace_once: Floats
    trace_twice: Floats
    spread: float
    spread_once: Floats
    spread_twice: Floats


def moments_at(theta: Floats, stacks: list[Stack], rest: Rest) -> Moments | None:
    """Sum over all blocks, or return None where V is not positive definite.

    Notes
    -----
    V = LL' is taken apart block by block; with C the inverse of L, all sums are inner
    products of C W, of H_k = C G_k C' and of H_k C W.
    """
    found: Moments | None = None
    for stack in stacks:
        for part in _parts(stack):
            try:
                sums = _sums(theta, part)
            except np.linalg.LinAlgError:
                return None
            found = sums if found is None else _together(found, sums)
    if found is not None and rest.count:
        _add_rest(found, float(theta[-1]), rest)
    return found


def _parts(stack: Stack) -> Iterator[Stack]:
    looks, count, size, width = *stack.derivatives.shape[:3], stack.work.shape[2]
    volume = count * size * max(size, width)
    if looks * volume <= AT_ONCE:
        yield stack
        return
    step = max(1, AT_ONCE // volume)
    for start in range(0, looks, step):
        cut = slice(start, start + step)
        yield Stack(
            stack.derivatives[cut],
            None if stack.padding is None else stack.padding[cut],
            stack.work[cut],
            None if stack.spread is None else stack.spread[cut],
            stack.counts[cut],
        )


def _sums(theta: Floats, stack: Stack) -> Moments:
    looks, count, size, _ = stack.derivatives.shape
    covariance = (theta @ stack.derivatives.reshape(looks, count, -1)).reshape(-1, size, size)
    if stack.padding is not None:
        covariance += stack.padding
    lower = np.linalg.cholesky(covariance)
    whiten = np.linalg.inv(lower)
    across = whiten.transpose(0, 2, 1)
    work = whiten @ stack.work
    turned = whiten[:, None] @ stack.derivatives @ across[:, None]
    products = _products(work, turned @ work[:, None])
    flat = turned.transpose(1, 0, 2, 3).reshape(count, looks, -1)
    weighted = (flat * stack.counts[:, None]).reshape(count, -1)
    about = None if stack.spread is None else whiten @ stack.spread @ across
    spread, spread_once, spread_twice = _spread_sums(turned, about)
    return Moments(
        log_det=float(2 * (stack.counts @ np.log(_diagonals(lower))).sum()),
        plain=products[0, 0],
        once=products[0, 1:],
        twice=products[1:, 1:],
        trace_once=stack.counts @ _diagonals(turned).sum(axis=-1),
        trace_twice=weighted @ flat.reshape(count, -1).T,
        spread=spread,
        spread_once=spread_once,
        spread_twice=spread_twice,
    )


def _diagonals(matrices: np.ndarray) -> Floats:
    """Return a view of the diagonals of matrices whose memory is in order."""
    size = matrices.shape[-1]
    return matrices.reshape(*matrices.shape[:-2], -1)[..., :: size + 1]


def _products(work: Floats, pushed: Floats) -> Floats:
    """Return inner products of the whitened work and of what each G_k makes of it."""
    looks, count, size, width = pushed.shape
    wide = np.empty((looks, size, count + 1, width))
    wide[:, :, 0] = work
    wide[:, :, 1:] = pushed.transpose(0, 2, 1, 3)
    flat = wide.reshape(looks * size, -1)
    products = (flat.T @ flat).reshape(count + 1, width, count + 1, width)
    return np.ascontiguousarray(products.transpose(0, 2, 1, 3))


def _spread_sums(turned: Floats, spread: Floats | None) -> tuple[float, Floats, Floats]:
    count = turned.shape[1]
    if spread is None:
        return 0.0, np.zeros(count), np.zeros((count, count))
    flat = turned.transpose(1, 0, 2, 3).reshape(count, -1)
    pushed = (turned @ spread[:, None]).transpose(1, 0, 2, 3).reshape(count, -1)
    return float(_diagonals(spread).sum()), flat @ spread.ravel(), pushed @ flat.T


def _together(one: Moments, other: Moments) -> Moments:
    return Moments(*(getattr(one, name) + getattr(other, name) for name in Moments.__slots__))


def _add_rest(sums: Moments, variance: float, rest: Rest) -> None:
    sums.log_det += rest.count * math.log(variance)
    sums.plain += rest.products / variance
    sums.once[-1] += rest.products / variance**2
    sums.twice[-1, -1] += rest.products / variance**3
    sums.trace_once[-1] += rest.count / variance
    sums.trace_twice[-1, -1] += rest.count / variance**2
    sums.spread += rest.spread / variance
    sums.spread_once[-1] += rest.spread / variance**2
    sums.spread_twice[-1, -1] += rest.spread / variance**3

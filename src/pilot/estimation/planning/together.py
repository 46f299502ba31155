"""The planned mixed model of many pilots at once, as `pilot.estimation.everyone` has it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from pilot.estimation.everyone import ALIKE
from pilot.estimation.planning.cells import Cell, Model
from pilot.estimation.planning.edge import at_zero, by_families
from pilot.estimation.planning.likelihood import Look, look_at, small_sample
from pilot.estimation.planning.people import Codes, Floats

AT_ONCE = 1_000  # pilots handled together, so that their arrays stay in the processor's cache
SOON, STEPS = 12, 200  # steps; who has not arrived soon walks on with the others like that
PATIENCE = 30  # steps after which one that creeps towards a variance of zero is near enough
CLOSE, NEAR = 1e-11, 1e-7  # expected gain in deviance at which one has arrived, and later
NOISE = 1e-10  # rise of the deviance that rounding may cause
SMALLEST = 1e-8  # curvature, as a share of the largest, below which a step is held back
LARGEST_STEP = 1.0  # in the roots of variances, the unit being the SD between persons


@dataclass(frozen=True, slots=True, eq=False)
class Answers:
    """An estimate a pilot: shape (B,) each; NaN where the search found no end."""

    estimate: Floats
    std_error: Floats
    df: Floats


def answers(cells: Sequence[Cell], model: Model, start: Floats) -> Answers:
    """Estimate the change from the first to the last wave in each pilot.

    Parameters
    ----------
    cells : sequence of Cell
    model : Model
    start : array, shape (K,)
        Variances to search from: in a simulation the true ones.

    Notes
    -----
    Newton's method in square roots of variances (Cholesky entries for slopes), curvature
    turned where it is negative, each pilot with its own step: what `change_of_everyone`
    finds, to about 1e-6. With slopes of fewer than 8 families about one likelihood in a
    hundred has a second hill, and the one nearer to the start is taken.

    References
    ----------
    Patterson & Thompson (1971). Biometrika, 58, 545-554.
    Kenward & Roger (1997). Biometrics, 53, 983-997.
    """
    pilots = len(cells[0].counts)
    roots = np.repeat(roots_of(start, model)[:, None], pilots, axis=1)
    found, open_ = np.full((3, pilots), np.nan), np.arange(pilots)
    for steps in (range(SOON), range(SOON, STEPS)):
        arrived = np.zeros(pilots, dtype=bool)
        for part in _parts(open_):
            with np.errstate(all="ignore"):  # without a likelihood a step is shortened
                mine = [cell.of(part) for cell in cells]
                end = _search(mine, model, roots[:, part], steps)
                roots[:, part], arrived[part] = end.roots, end.arrived
                found[:, part[end.arrived]] = _told(mine, model, end)
        open_ = open_[~arrived[open_]]
    return Answers(*found)


def _parts(pilots: Codes) -> Iterator[Codes]:
    for first in range(0, len(pilots), AT_ONCE):
        yield pilots[first : first + AT_ONCE]


@dataclass(frozen=True, slots=True, eq=False)
class _End:
    """Where the search of some pilots ended, and which of them have arrived."""

    roots: Floats
    effects: Floats
    arrived: np.ndarray


def _told(cells: Sequence[Cell], model: Model, end: _End) -> Floats:
    arrived = np.flatnonzero(end.arrived)
    theta = _theta(model.squares, end.roots[:, arrived])
    mine = [cell.of(arrived) for cell in cells]
    known = small_sample(mine, theta, model.waves)
    error, df = np.sqrt(known.variance), known.df
    edge = np.flatnonzero(at_zero(model, end.roots[:, arrived]))
    if len(edge):
        spread = by_families([cell.of(edge) for cell in mine], theta[:, edge], model.waves)
        apart = np.flatnonzero(spread.variance > ALIKE**2)
        error[edge[apart]] = np.sqrt(spread.variance[apart])
        df[edge[apart]] = spread.df[apart]
    effects = end.effects[:, arrived]
    return np.array([effects[-1] - effects[0], error, df])


def _theta(squares: Floats, roots: Floats) -> Floats:
    """Return the variances that roots stand for."""
    return np.asarray(np.einsum("kij,ib,jb->kb", squares, roots, roots, optimize=True))


def _step(squares: Floats, at: Look, roots: Floats) -> tuple[Floats, Floats]:
    """Return Newton's step for each pilot and the gain it promises."""
    grown = 2 * np.einsum("kij,jb->kib", squares, roots)
    slope = np.einsum("kib,kb->ib", grown, at.slope)
    curved = np.einsum("kib,klb,ljb->bij", grown, at.curvature, grown, optimize=True)
    curved += 2 * np.einsum("kij,kb->bij", squares, at.slope)
    values, vectors = np.linalg.eigh(curved)
    size = np.abs(values)
    size = np.maximum(size, SMALLEST * size.max(axis=1, keepdims=True))
    along = np.einsum("bji,jb->bi", vectors, slope)
    step = -np.einsum("bij,bj->ib", vectors, along / size)
    longest = np.sqrt((step**2).sum(axis=0))
    step *= np.minimum(1.0, LARGEST_STEP / np.maximum(longest, 1e-300))
    return step, (along**2 / size).sum(axis=1) / 2


def _search(cells: Sequence[Cell], model: Model, start: Floats, steps: range) -> _End:
    """Walk on from roots, shape (K, B), for so many steps."""
    squares, roots = model.squares, start
    at = look_at(cells, _theta(squares, roots), model.waves)
    ends, effects = roots.copy(), at.effects.copy()
    arrived = np.zeros(roots.shape[1], dtype=bool)
    open_, share = np.arange(roots.shape[1]), np.ones(roots.shape[1])
    step, gain = _step(squares, at, roots)
    for count in steps:
        done = gain < (CLOSE if count < PATIENCE else NEAR)
        arrived[open_[done]] = True
        if done.all():
            break
        if done.any():
            kept = np.flatnonzero(~done)
            open_, share, at = open_[kept], share[kept], _of(at, kept)
            roots, step = roots[:, kept], step[:, kept]
            cells = [cell.of(kept) for cell in cells]
        tried = roots + share * step
        seen = look_at(cells, _theta(squares, tried), model.waves)
        better = np.isfinite(seen.deviance) & (seen.deviance <= at.deviance + NOISE)
        share = np.where(better, 1.0, share / 4)
        roots, at = np.where(better, tried, roots), _chosen(seen, at, better)
        step, gain = _step(squares, at, roots)
        ends[:, open_], effects[:, open_] = roots, at.effects
    return _End(ends, effects, arrived)


def roots_of(theta: Floats, model: Model) -> Floats:
    """Return roots that stand for variances, none of them quite at zero.

    Examples
    --------
    >>> roots_of(np.array([4.0, 1.0]), Model(None, False, 2))
    array([2., 1.])
    """
    floor = 1e-3 * theta[-1]
    roots = np.sqrt(np.maximum(theta, floor))
    if model.time is not None:
        roots[1] = theta[1] / roots[0]
        roots[2] = np.sqrt(max(theta[2] - roots[1] ** 2, floor))
    return np.asarray(roots)


def _of(at: Look, kept: Codes) -> Look:
    return Look(*(getattr(at, name)[..., kept] for name in Look.__slots__))


def _chosen(new: Look, old: Look, better: np.ndarray) -> Look:
    pairs = ((getattr(new, name), getattr(old, name)) for name in Look.__slots__)
    return Look(*(np.where(better, one, other) for one, other in pairs))

"""Scores and fixed effects, block by block, as the likelihood wants them.

The layout knows the rows' places and covariances but no scores, so that many sets of scores
(simulated pilots) can be laid over it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from pilot.estimation.mixed.blocks import Pattern, patterns
from pilot.estimation.mixed.covariance import (
    derivatives,
    directions,
    effect_columns,
    identity,
    turned_columns,
)
from pilot.estimation.mixed.moments import Rest, Stack
from pilot.estimation.mixed.terms import Floats, Term
from pilot.estimation.mixed.wide import Wide, split, taken_out


@dataclass(frozen=True, slots=True, eq=False)
class Bed:
    """The places of blocks of like size, and what their rows have in common.

    Attributes
    ----------
    pattern : Pattern
    derivatives : array, shape (looks, variances, size, size)
    padding : array, shape (looks, size, size), or None
    columns : array, shape (looks, size, p + s)
        Fixed effects' columns, and those of terms taken out, times the root of how many
        blocks share each look.
    basis : array, shape (looks, rows, size), or None
        The directions of all random effects, when blocks are turned to them.
    """

    pattern: Pattern
    derivatives: Floats
    padding: Floats | None
    columns: Floats
    basis: Floats | None


@dataclass(frozen=True, slots=True, eq=False)
class Layout:
    """Where rows stand, for a set of fixed and random effects.

    `sizes` counts the effects of each term, the residual last; `wide` are the terms that
    were taken out of the blocks.
    """

    beds: tuple[Bed, ...]
    sizes: tuple[int, ...]
    wide: Wide | None

    def with_scores(self, y: Floats) -> tuple[list[Stack], Rest]:
        """Lay scores over it.

        Parameters
        ----------
        y : array, shape (n,)
            In the order of the data.
        """
        stacks, rest = [], Rest(0.0, np.zeros(()), 0.0)
        for bed in self.beds:
            work, spread, outside = _loaded(bed, y)
            if bed.basis is not None:
                inside = np.swapaxes(bed.basis, 1, 2) @ work
                left = work - bed.basis @ inside
                rows = bed.pattern.filled[bed.pattern.first].sum(axis=1)
                over = np.maximum(rows - bed.basis.shape[2], 0)
                rest = Rest(
                    count=rest.count + float(bed.pattern.counts @ over),
                    products=rest.products + np.tensordot(left, left, axes=([0, 1], [0, 1])),
                    spread=rest.spread + outside,
                )
                work = inside
            stacks.append(Stack(bed.derivatives, bed.padding, work, spread, bed.pattern.counts))
        return stacks, rest


def lay_out(x: Floats, terms: Sequence[Term], turn: Floats, *, residual: bool) -> Layout:
    """Find the blocks and what each variance adds to them.

    Parameters
    ----------
    x : array, shape (n, p)
        The fixed effects' columns as they are.
    terms : sequence of Term
    turn : array, shape (p, p)
        Makes the columns orthonormal: x @ turn.
    residual : bool
        False when a term already says all about the rows' variances.
    """
    inner, outer = split(terms)
    wide = taken_out(terms, outer, residual=residual) if outer else None
    alike = x if wide is None else np.concatenate([x, wide.columns], axis=1)
    beds = []
    for pattern in patterns(inner, alike):
        filled = pattern.filled[pattern.first]
        effects = effect_columns(pattern, inner)
        basis = directions(pattern, effects) if residual else None
        if basis is not None:
            effects = turned_columns(effects, basis)
        weight = np.where(filled, np.sqrt(pattern.counts)[:, None], 0.0)
        columns = alike[pattern.rows[pattern.first]] * weight[:, :, None]
        columns[:, :, : x.shape[1]] @= turn
        bed = Bed(
            pattern=pattern,
            derivatives=derivatives(effects, identity(filled, basis) if residual else None),
            padding=None if filled.all() else identity(~filled, basis),
            columns=columns,
            basis=basis,
        )
        beds.append(bed)
    sizes = tuple(len(term.effects) for term in terms)
    return Layout(tuple(beds), (*sizes, 1) if residual else sizes, wide)


def _loaded(bed: Bed, y: Floats) -> tuple[Floats, Floats | None, float]:
    """Return columns and mean scores of each look, and what scores are about the means.

    The last two are products within the directions of the random effects, None when every
    block is one of a kind, and the sum of squares outside of them.
    """
    pattern = bed.pattern
    scores = np.where(pattern.filled, y[pattern.rows], 0.0)
    if len(pattern.first) == len(scores):
        return np.concatenate([bed.columns, scores[pattern.first, :, None]], axis=2), None, 0.0
    means = np.zeros((len(pattern.first), scores.shape[1]))
    np.add.at(means, pattern.look, scores)
    means /= pattern.counts[:, None]
    spread, outside = _spread(bed, scores - means[pattern.look])
    weighted = means * np.sqrt(pattern.counts)[:, None]
    return np.concatenate([bed.columns, weighted[:, :, None]], axis=2), spread, outside


def _spread(bed: Bed, away: Floats) -> tuple[Floats, float]:
    looks, size = bed.derivatives.shape[0], bed.derivatives.shape[-1]
    spread, outside = np.zeros((looks, size, size)), 0.0
    order = np.argsort(bed.pattern.look, kind="stable")
    ends = np.cumsum(bed.pattern.counts).astype(np.intp)
    for look in np.flatnonzero(bed.pattern.counts > 1):
        first = ends[look] - int(bed.pattern.counts[look])
        alike = away[order[first : ends[look]]]
        if bed.basis is not None:
            inside = alike @ bed.basis[look]
            outside += float(((alike - inside @ bed.basis[look].T) ** 2).sum())
            alike = inside
        spread[look] = alike.T @ alike
    return spread, outside

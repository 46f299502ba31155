"""Rows that can be correlated stand in one block; blocks are independent of each other.

Families are blocks; crossed factors make one block of all they connect. Blocks that look
alike (the same waves, the same people in them, the same fixed effects) share one covariance
matrix, and enter the likelihood together.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from pilot.estimation.mixed.terms import Codes, Floats, Term

FEW = 30_000  # padded cells below which all blocks are handled together, whatever their size


@dataclass(frozen=True, slots=True, eq=False)
class Pattern:
    """Blocks of nearly one size, one entry for each way they look.

    Attributes
    ----------
    rows : array of int, shape (blocks, size)
        Row of the data at each place; 0 where `filled` is False.
    filled : array of bool, shape (blocks, size)
        Whether a row stands there; blocks are padded at the end.
    first : array of int, shape (looks,)
        A block of each look.
    look : array of int, shape (blocks,)
        Which look each block has.
    counts : array of float, shape (looks,)
        How many blocks share each look.
    levels : array of int, shape (looks, size, terms)
        Level of each row within its block, a term; -1 in the padding.
    """

    rows: Codes
    filled: np.ndarray
    first: Codes
    look: Codes
    counts: Floats
    levels: Codes


def connected(terms: Sequence[Term]) -> Codes:
    """Return the block of each row, counted from 0.

    Examples
    --------
    >>> from pilot.estimation.mixed.terms import intercept
    >>> family = intercept("family", np.array([0, 0, 1, 1]))
    >>> connected([family, intercept("participant", np.array([0, 1, 2, 3]))])
    array([0, 0, 1, 1])
    >>> connected([family, intercept("interviewer", np.array([0, 1, 1, 2]))])
    array([0, 0, 0, 0])
    """
    coarsest = min(terms, key=lambda term: term.levels)
    if all(_nested(term, coarsest.codes) for term in terms):
        return coarsest.codes
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    starts = np.cumsum([0, *(term.levels for term in terms)])
    nodes = [term.codes + start for term, start in zip(terms, starts, strict=False)]
    edges = np.concatenate(nodes[1:]), np.tile(nodes[0], len(nodes) - 1)
    graph = coo_array((np.ones(len(edges[0])), edges), shape=(starts[-1], starts[-1]))
    _, of_node = connected_components(graph, directed=False)
    return np.asarray(of_node[nodes[0]], dtype=np.intp)


def patterns(terms: Sequence[Term], x: Floats) -> Iterator[Pattern]:
    """Yield the blocks, those of like size together.

    Parameters
    ----------
    terms : sequence of Term
    x : array, shape (n, p)
        The fixed effects' columns: blocks look alike only if these are equal too.
    """
    block = connected(terms)
    order = np.argsort(block, kind="stable")
    sizes = np.bincount(block)
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    table = _table(terms, x, order, starts, sizes)
    for picked in _alike_in_size(sizes):
        size = int(sizes[picked].max())
        filled = np.arange(size) < sizes[picked, None]
        slots = np.where(filled, starts[picked, None] + np.arange(size), 0)
        padded = table[slots]
        padded[~filled] = -1.0
        first, look = _distinct(padded.reshape(len(picked), -1))
        counts = np.bincount(look).astype(float)
        levels = padded[first][:, :, : len(terms)].astype(np.intp)
        yield Pattern(order[slots], filled, first, look, counts, levels)


def _nested(term: Term, coarser: Codes) -> bool:
    of_level = np.empty(term.levels, dtype=np.intp)
    of_level[term.codes] = coarser
    return bool((of_level[term.codes] == coarser).all())


def _table(
    terms: Sequence[Term], x: Floats, order: Codes, starts: Codes, sizes: Codes
) -> Floats:
    """Return, a row in block order, its levels within the block and all that it holds."""
    levels = [_within_blocks(term.codes[order], starts, sizes) for term in terms]
    slopes = [term.columns[order] for term in terms if len(term.effects) > 1]
    return np.column_stack([*levels, *slopes, x[order]]).astype(float, copy=False)


def _within_blocks(codes: Codes, starts: Codes, sizes: Codes) -> Codes:
    """Return levels numbered by first appearance, from 0 in each block."""
    appeared, _ = pd.factorize(codes)
    return np.asarray(appeared - np.repeat(appeared[starts], sizes))


def _alike_in_size(sizes: Codes) -> list[Codes]:
    largest = int(sizes.max())
    if len(sizes) * largest**2 <= FEW:
        return [np.arange(len(sizes))]
    octave = np.maximum(np.floor(np.log2(sizes)) - 2, 0).astype(np.intp)
    rounded = -(-sizes // 2**octave) * 2**octave  # four sizes to a doubling
    return [np.flatnonzero(rounded == size) for size in np.unique(rounded)]


def _distinct(rows: Floats) -> tuple[Codes, Codes]:
    """Return a place of each distinct row, and which of them each row equals."""
    seen: dict[bytes, int] = {}
    first: list[int] = []
    look = np.empty(len(rows), dtype=np.intp)
    for place, row in enumerate(rows):
        key = row.tobytes()
        if key not in seen:
            seen[key] = len(first)
            first.append(place)
        look[place] = seen[key]
    return np.array(first, dtype=np.intp), look

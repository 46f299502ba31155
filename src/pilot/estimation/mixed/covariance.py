"""What each variance adds to the covariance of a block's rows: V = sum of theta_k G_k."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from pilot.estimation.mixed.blocks import Pattern
from pilot.estimation.mixed.refusals import refused
from pilot.estimation.mixed.terms import Floats, Term

WORTH_IT = 0.75  # turn a block to its random effects when they are this few of its rows
LARGE = 9  # rows from which turning pays
TOO_LARGE = 50_000_000  # rows times levels of one block


def effect_columns(pattern: Pattern, terms: Sequence[Term]) -> list[list[Floats]]:
    """Return, a term and effect, the columns Z by which a block's levels enter its rows.

    Returns
    -------
    list of list of array, shape (looks, size, levels in a block)
    """
    size, most = pattern.filled.shape[1], pattern.levels.max(axis=(0, 1)) + 1
    if size > LARGE and size * int(most.sum()) > TOO_LARGE:
        where = " and ".join(repr(term.group) for term in terms)
        mend = "leave one of the groups out that cross each other"
        raise refused("too_large", f"groups {where}", mend, rows=size, levels=int(most.sum()))
    found = []
    for place, term in enumerate(terms):
        levels = pattern.levels[:, :, place]
        indicators = levels[:, :, None] == np.arange(int(most[place]))
        found.append([indicators * column[..., None] for column in _columns(pattern, term)])
    return found


def directions(pattern: Pattern, columns: list[list[Floats]]) -> Floats | None:
    """Return orthonormal directions that hold all random effects, if they are few.

    Scores of a block, turned to these directions, carry everything about the random
    effects; what is orthogonal to them has the residual variance only. A family of four
    over five waves needs 8 directions for its 20 rows.

    Returns
    -------
    array, shape (looks, size, directions), or None when turning would not pay.
    """
    size = pattern.filled.shape[1]
    width = sum(column.shape[-1] for effects in columns for column in effects)
    if size < LARGE or width > WORTH_IT * size:
        return None
    flat = [column for effects in columns for column in effects]
    return np.asarray(np.linalg.qr(np.concatenate(flat, axis=-1))[0])


def turned_columns(columns: list[list[Floats]], basis: Floats) -> list[list[Floats]]:
    """Return Q'Z for every effect's columns."""
    across = np.swapaxes(basis, 1, 2)
    return [[across @ column for column in effects] for effects in columns]


def derivatives(columns: list[list[Floats]], residual: Floats | None) -> Floats:
    """Return G_k of every variance and covariance, the residual's last.

    Parameters
    ----------
    columns : list of list of array
        As `effect_columns` gives them, turned or not.
    residual : array, shape (looks, size, size), or None
        What the residual variance multiplies.

    Returns
    -------
    array, shape (looks, variances, size, size)
    """
    found = []
    for effects in columns:
        for row, one in enumerate(effects):
            for other in effects[: row + 1]:
                product = one @ np.swapaxes(other, 1, 2)
                found.append(product if other is one else product + np.swapaxes(product, 1, 2))
    if residual is not None:
        found.append(residual)
    return np.stack(found, axis=1)


def identity(filled: np.ndarray, basis: Floats | None) -> Floats:
    """Return the identity over the places that are filled, turned where there is a basis."""
    if basis is not None:
        return np.asarray(np.swapaxes(basis * filled[:, :, None], 1, 2) @ basis)
    return np.asarray(filled[:, :, None] * np.eye(filled.shape[1]))


def _columns(pattern: Pattern, term: Term) -> list[Floats]:
    rows, filled = pattern.rows[pattern.first], pattern.filled[pattern.first]
    if len(term.effects) == 1:
        return [filled.astype(float)]
    return [np.where(filled, column[rows], 0.0) for column in term.columns.T]

"""Many pilots with a variance at zero: what families' own spread says of the change."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from pilot.estimation.planning.cells import Cell, Model
from pilot.estimation.planning.likelihood import Fitted, Small, beside, fitted_at
from pilot.estimation.planning.people import Floats

EDGE = 1e-3  # root of a variance, relative to the residual's, that counts as zero
DETERMINED = 1e-10  # share of a direction that other families leave a family


def at_zero(model: Model, roots: Floats) -> np.ndarray:
    """Say which pilots have a variance at zero, or a slope that follows from its intercept.

    Parameters
    ----------
    model : Model
    roots : array, shape (K, B)

    Examples
    --------
    >>> at_zero(Model(None, False, 2), np.array([[0.5, 0.0], [1.0, 1.0]]))
    array([False,  True])
    """
    alone = roots[:-1] if model.time is None else roots[3:-1]
    least = np.abs(alone).min(axis=0, initial=np.inf)
    if model.time is not None:
        level, across, slope = roots[:3]
        whole = np.hypot(across, slope)
        unit = float(np.sqrt(np.mean(model.time**2)))
        last = np.abs(level * slope) / np.maximum(whole, 1e-300)  # of the level, slopes known
        last = np.where(unit * whole > np.abs(level), last, unit * np.abs(slope))
        least = np.minimum(least, last)
    return np.asarray(least < EDGE * np.abs(roots[-1]))


def by_families(cells: Sequence[Cell], theta: Floats, waves: int) -> Small:
    """Return CR2's variance of the last wave minus the first, and Satterthwaite's df.

    Families of one cell have one loading h = L'^-1 Q^-1/2 L^-1 X M c, with V = LL',
    Q = I - L^-1 X M X' L'^-1 and M the covariance of the means; their deviations of members
    have none, as no fixed effect touches these.

    References
    ----------
    Pustejovsky & Tipton (2018). Small-sample methods for cluster-robust variance estimation
    and hypothesis testing in fixed effects models. Journal of Business & Economic
    Statistics, 36, 672-683.
    """
    fitted = fitted_at(cells, theta, waves)
    pilots = theta.shape[1]
    variance, trace, square = np.zeros(pilots), np.zeros(pilots), np.zeros(pilots)
    shared = np.zeros((waves, waves, pilots))
    for cell, inverse in zip(cells, fitted.inverses, strict=True):
        if cell.means is None:
            continue
        size = len(inverse)
        away, inside = beside(cell, fitted, size)
        loading = _loading(inverse, inside, fitted)
        variance += _form(loading, cell.products + cell.counts * away[:, None] * away)
        spread = np.einsum("kij,kb->ijb", cell.shapes, theta)
        own, known = _form(loading, spread), _form(loading, inside)
        trace += cell.counts * (own - known)
        square += cell.counts * own * (own - 2 * known)
        shared[:size, :size] += cell.counts * loading[:, None] * loading
    carried = np.einsum("ijb,jkb->ikb", fitted.phi, shared)
    square += np.einsum("ijb,jib->b", carried, carried)
    return Small(variance, trace**2 / square)


def _loading(inverse: Floats, inside: Floats, fitted: Fitted) -> Floats:
    """Return h for every pilot, shape (w, B)."""
    root = np.linalg.cholesky(inverse.transpose(2, 0, 1))  # V^-1 = C'C with C = root'
    turned = root.transpose(0, 2, 1) @ inside.transpose(2, 0, 1) @ root
    values, vectors = np.linalg.eigh(np.eye(len(inverse)) - turned)
    known = values > DETERMINED
    power = np.where(known, 1 / np.sqrt(np.where(known, values, 1.0)), 0.0)
    held = (fitted.phi[:, -1] - fitted.phi[:, 0])[: len(inverse)].T[:, :, None]
    along = vectors.transpose(0, 2, 1) @ root.transpose(0, 2, 1) @ held
    return np.asarray((root @ vectors @ (power[:, :, None] * along))[:, :, 0].T)


def _form(vector: Floats, matrix: Floats) -> Floats:
    return np.asarray(np.einsum("ib,ijb,jb->b", vector, matrix, vector, optimize=True))

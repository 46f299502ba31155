"""The restricted likelihood of many pilots at once, with its slopes and curvature."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from pilot.estimation.planning.cells import Cell
from pilot.estimation.planning.people import Floats


@dataclass(frozen=True, slots=True, eq=False)
class Look:
    """What is known of each pilot at its variances; the last axis runs over pilots.

    Attributes
    ----------
    deviance : array, shape (B,)
        -2 restricted log-likelihood, apart from constants.
    slope : array, shape (K, B)
        By each variance.
    curvature : array, shape (K, K, B)
    effects : array, shape (W, B)
        Means of the waves.
    phi : array, shape (W, W, B)
        Their covariance, the variances taken as known.
    """

    deviance: Floats
    slope: Floats
    curvature: Floats
    effects: Floats
    phi: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Small:
    """Kenward and Roger's answer for one contrast: its variance and df, shape (B,)."""

    variance: Floats
    df: Floats


def look_at(cells: Sequence[Cell], theta: Floats, waves: int) -> Look:
    """Work out the likelihood at variances `theta`, shape (K, B).

    With A the inverse of a cell's covariance V, G_k what variance k adds to it, T its
    products about the fitted means, phi the covariance of these means:
    slope_k = sum of n tr(A G_k) - n tr(A G_k A phi) - tr(A G_k A T) and
    curvature_kl = sum of tr(A G_k A G_l (A (2 T + 2 n phi) - n)) - tr(phi Q_k phi Q_l)
    - 2 c_k' phi c_l, Q_k = sum of n A G_k A, c_k = sum of n A G_k A r, r the mean
    residuals.
    """
    fitted = fitted_at(cells, theta, waves)
    count, pilots = theta.shape
    deviance = fitted.log_det.copy()
    slope, curvature = np.zeros((count, pilots)), np.zeros((count, count, pilots))
    grown, pull = np.zeros((count, waves, waves, pilots)), np.zeros((count, waves, pilots))
    for cell, inverse in zip(cells, fitted.inverses, strict=True):
        size = len(inverse)
        pushed = _pushed(cell.shapes, inverse)
        twice = _times(inverse, pushed)
        away, inside = beside(cell, fitted, size)
        about = cell.products + cell.counts * away[:, None] * away
        deviance += np.einsum("ijb,ijb->b", inverse, about)
        slope += cell.counts * np.einsum("kiib->kb", pushed)
        slope -= np.einsum("kijb,ijb->kb", twice, about + cell.counts * inside)
        rest = _less_one(inverse, 2 * (about + cell.counts * inside), cell.counts)
        curvature += np.einsum("kijb,ljib->klb", twice, _pushed(cell.shapes, rest))
        if cell.means is not None:
            grown[:, :size, :size] += cell.counts * twice
            pull[:, :size] += cell.counts * np.einsum("kijb,jb->kib", twice, away)
    carried = _times(fitted.phi, grown)
    curvature -= np.einsum("kijb,ljib->klb", carried, carried)
    curvature -= 2 * _through(pull, fitted.phi)
    return Look(deviance, slope, curvature, fitted.effects, fitted.phi)


def small_sample(cells: Sequence[Cell], theta: Floats, waves: int) -> Small:
    """Return Kenward and Roger's variance and df of the last wave minus the first.

    The formulas are those of `pilot.estimation.mixed.kenward_roger`, for one contrast.

    References
    ----------
    Kenward & Roger (1997). Small sample inference for fixed effects from restricted maximum
    likelihood. Biometrics, 53, 983-997.
    """
    fitted = fitted_at(cells, theta, waves)
    count, pilots = theta.shape
    held = fitted.phi[:, -1] - fitted.phi[:, 0]
    known, inner = np.zeros((count, count, pilots)), np.zeros((count, count, pilots))
    grown = np.zeros((count, waves, waves, pilots))
    for cell, inverse in zip(cells, fitted.inverses, strict=True):
        size, pushed = len(inverse), _pushed(cell.shapes, inverse)
        twice = _times(inverse, pushed)
        _, inside = beside(cell, fitted, size)
        rest = -_less_one(inverse, 2 * cell.counts * inside, cell.counts)
        known += np.einsum("kijb,ljib->klb", twice, _pushed(cell.shapes, rest))
        if cell.means is not None:
            grown[:, :size, :size] += cell.counts * twice
            left, right = (_at(many, held[:size]) for many in (twice, pushed))
            inner += cell.counts * np.einsum("kib,lib->klb", left, right)
    carried = _times(fitted.phi, grown)
    known += np.einsum("kijb,ljib->klb", carried, carried)
    weights = 2 * np.linalg.inv(known.transpose(2, 0, 1)).transpose(1, 2, 0)
    pulled = _at(grown, held)
    inner -= _through(pulled, fitted.phi)
    plain = held[-1] - held[0]
    share = np.einsum("ib,kib->kb", held, pulled)
    variance = plain + 2 * np.einsum("klb,klb->b", weights, inner)
    df = 2 * plain**2 / np.einsum("kb,klb,lb->b", share, weights, share, optimize=True)
    return Small(variance, df)


@dataclass(frozen=True, slots=True, eq=False)
class Fitted:
    """Inverses of the cells' covariances, fitted means with theirs, log determinants."""

    inverses: list[Floats]
    effects: Floats
    phi: Floats
    log_det: Floats


def fitted_at(cells: Sequence[Cell], theta: Floats, waves: int) -> Fitted:
    """Fit the means of the waves at variances `theta`, shape (K, B)."""
    pilots = theta.shape[1]
    information, right = np.zeros((waves, waves, pilots)), np.zeros((waves, pilots))
    whole, inverses = np.zeros(pilots), []
    for cell in cells:
        size = cell.shapes.shape[1]
        spread = cell.shapes.reshape(len(theta), -1).T @ theta
        inverse, log_det = inverted(spread.reshape(size, size, pilots))
        inverses.append(inverse)
        whole += cell.counts * log_det
        if cell.means is not None:
            weighted = cell.counts * inverse
            information[:size, :size] += weighted
            right[:size] += np.einsum("ijb,jb->ib", weighted, cell.means)
    phi, log_det = inverted(information)
    return Fitted(inverses, np.einsum("ijb,jb->ib", phi, right), phi, whole + log_det)


def beside(cell: Cell, fitted: Fitted, size: int) -> tuple[Floats, Floats]:
    """Return the mean residuals and the fitted means' covariance at a cell's waves."""
    if cell.means is None:
        return np.zeros((size, len(cell.counts))), np.zeros((size, size, 1))
    return cell.means - fitted.effects[:size], fitted.phi[:size, :size]


def _less_one(inverse: Floats, many: Floats, counts: Floats) -> Floats:
    """Return A M - n."""
    rest = np.asarray(np.einsum("ijb,jlb->ilb", inverse, np.broadcast_to(many, inverse.shape)))
    rest[np.arange(len(rest)), np.arange(len(rest))] -= counts
    return rest


def _through(pull: Floats, phi: Floats) -> Floats:
    """Return c_k' phi c_l."""
    return np.asarray(np.einsum("kib,ijb,ljb->klb", pull, phi, pull, optimize=True))


def _at(many: Floats, vector: Floats) -> Floats:
    return np.asarray(np.einsum("kijb,jb->kib", many, vector))


def inverted(matrices: Floats) -> tuple[Floats, Floats]:
    """Invert positive definite matrices, shape (w, w, B), and return log determinants.

    Gauss-Jordan on the diagonal: it needs no exchange of rows for such matrices, and runs
    over all of them at once, which LAPACK's one by one does not.

    Examples
    --------
    >>> inverse, log_det = inverted(np.array([[[2.0], [1.0]], [[1.0], [2.0]]]))
    >>> inverse[..., 0].round(4).tolist(), round(float(log_det[0]), 4)
    ([[0.6667, -0.3333], [-0.3333, 0.6667]], 1.0986)
    """
    work = matrices.copy()
    log_det = np.zeros(work.shape[-1])
    for place in range(len(work)):
        pivot = work[place, place].copy()
        log_det += np.log(pivot)
        column, row = work[:, place].copy(), work[place] / pivot
        column[place] = 0.0
        work -= column[:, None] * row
        work[:, place] = -column / pivot
        work[place] = row
        work[place, place] = 1 / pivot
    return work, log_det


def _pushed(shapes: Floats, matrix: Floats) -> Floats:
    """Return G_k times a matrix, for every k."""
    count, size, _ = shapes.shape
    pushed = shapes.reshape(-1, size) @ matrix.reshape(size, -1)
    return np.asarray(pushed.reshape(count, *matrix.shape))


def _times(matrix: Floats, many: Floats) -> Floats:
    """Return a matrix times each of many."""
    return np.asarray(np.einsum("ijb,kjlb->kilb", matrix, many))

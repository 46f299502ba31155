"""Kenward and Roger's covariance of the fixed effects and their degrees of freedom."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from pilot.estimation.mixed.likelihood import Likelihood
from pilot.estimation.mixed.terms import Floats

NEAR_TWO = 1e-2  # of two df, where F has no mean to be scaled to


@dataclass(frozen=True, slots=True, eq=False)
class Corrected:
    """What the variances' own uncertainty does to the covariance of the fixed effects.

    Attributes
    ----------
    phi : array, shape (p, p)
        (X'AX)^-1, the variances taken as known.
    covariance : array, shape (p, p)
        The same, corrected.
    weights : array, shape (K, K)
        Covariance of the estimated variances: twice the inverse of the expected information,
        with every variance in it, also one at zero.
    pushes : array, shape (K, p, p)
        phi X'A G_k A X phi: how phi grows with each variance.
    """

    phi: Floats
    covariance: Floats
    weights: Floats
    pushes: Floats


def corrected(at: Likelihood) -> Corrected:
    """Return the small-sample covariance of the fixed effects.

    With P_k = -X'A G_k A X, Q_kl = X'A G_k A G_l A X and W the covariance of the estimated
    variances it is phi + 2 phi (sum over k, l of W_kl (Q_kl - P_k phi P_l)) phi. The G_k are
    linear in the variances, so that the second derivatives of V drop out.

    References
    ----------
    Kenward & Roger (1997). Small sample inference for fixed effects from restricted maximum
    likelihood. Biometrics, 53, 983-997.
    Halekoh & Hojsgaard (2014). A Kenward-Roger approximation and parametric bootstrap methods
    for tests in linear mixed models - the R package pbkrtest. J Stat Softw, 59(9).
    """
    p = len(at.phi)
    weights = 2 * np.linalg.inv(at.expected)
    weights = (weights + weights.T) / 2
    once, twice = at.moments.once[:, :p, :p], at.moments.twice[:, :, :p, :p]
    inner = np.tensordot(weights, twice, axes=2)
    pushed = once @ at.phi
    inner = inner - np.tensordot(np.tensordot(weights, pushed, 1), once, axes=([0, 2], [0, 1]))
    inner = (inner + inner.T) / 2
    return Corrected(
        phi=at.phi,
        covariance=at.phi + 2 * at.phi @ inner @ at.phi,
        weights=weights,
        pushes=at.phi @ once @ at.phi,
    )


def single_df(rows: Floats, found: Corrected) -> Floats:
    """Return the degrees of freedom of each row's t.

    For one row the formulas of `several_df` shrink to 2 / A with
    A = sum of W_kl (c' S_k c) (c' S_l c) / (c' phi c)^2, S_k = phi X'A G_k A X phi.

    Parameters
    ----------
    rows : array, shape (m, p)
    """
    variance = np.einsum("ri,ij,rj->r", rows, found.phi, rows)
    share = np.einsum("ri,kij,rj->rk", rows, found.pushes, rows) / variance[:, None]
    return np.asarray(2.0 / np.einsum("rk,kl,rl->r", share, found.weights, share))


def several_df(rows: Floats, found: Corrected) -> tuple[float, float] | None:
    """Return what F of several rows together is multiplied by, and its second df.

    None where two moments are not matched by any F distribution: so few families tell too
    little of how the rows spread together.

    Notes
    -----
    The constants are Kenward and Roger's: with q rows, F's mean and variance are matched
    to those of an F(q, m), and so that known special cases come out exactly.
    """
    q = len(rows)
    if q == 1:
        return 1.0, float(single_df(rows, found)[0])
    inverse = np.linalg.inv(rows @ found.phi @ rows.T)
    parts = inverse @ (rows @ found.pushes @ rows.T)
    traces = np.trace(parts, axis1=1, axis2=2)
    a1 = traces @ found.weights @ traces
    a2 = (found.weights * np.tensordot(parts, parts, axes=([1, 2], [2, 1]))).sum()
    with np.errstate(all="ignore"):
        b = (a1 + 6 * a2) / (2 * q)
        g = ((q + 1) * a1 - (q + 4) * a2) / ((q + 2) * a2)
        below = 3 * q + 2 * (1 - g)
        c1, c2, c3 = g / below, (q - g) / below, (q + 2 - g) / below
        ratio = (1 - a2 / q) / (1 - c2 * b)
        rho = ratio**2 * (1 + c1 * b) / ((1 - c3 * b) * q)
        df = 4 + (q + 2) / (q * rho - 1)
        scaling = df * (1 - a2 / q) / (df - 2)
    if abs(df - 2) < NEAR_TWO:
        scaling = 1.0
    if not (a2 < q and scaling > 0 and math.isfinite(df) and df > 2 - NEAR_TWO):
        return None
    return float(scaling), float(df)

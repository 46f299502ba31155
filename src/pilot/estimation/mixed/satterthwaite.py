"""Satterthwaite's degrees of freedom for the fixed effects."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pilot.estimation.mixed.coordinates import Coordinates
from pilot.estimation.mixed.likelihood import Likelihood
from pilot.estimation.mixed.terms import Floats

DEAD = 1e-10  # curvature, relative to the largest, that tells nothing


@dataclass(frozen=True, slots=True, eq=False)
class Uncertain:
    """How the covariance of the fixed effects moves with the variances, and they with it.

    Attributes
    ----------
    phi : array, shape (p, p)
        Covariance of the fixed effects.
    spread : array, shape (K, K)
        Covariance of the Cholesky entries of the variances.
    pushes : array, shape (K, p, p)
        Derivative of phi by each of them: zero for the entries of a variance at zero, which
        therefore drops out, as in lmerTest.
    """

    phi: Floats
    spread: Floats
    pushes: Floats


def uncertain(at: Likelihood, layout: Coordinates) -> Uncertain:
    """Return what the observed curvature of the likelihood says about phi.

    Notes
    -----
    The spread is twice the inverse of the second derivatives of -2 log-likelihood, here
    exact where lmerTest differentiates numerically.
    """
    p = len(at.phi)
    layout = layout.pivoted(at.theta)
    factors = layout.factors(at.theta)
    jacobian = layout.tensor @ factors
    curvature = jacobian.T @ at.observed @ jacobian + layout.curved(at.slope)
    values, vectors = np.linalg.eigh(curvature)
    known = values > DEAD * values[-1]
    spread = 2 * (vectors[:, known] / values[known]) @ vectors[:, known].T
    once = at.phi @ at.moments.once[:, :p, :p] @ at.phi
    return Uncertain(at.phi, spread, np.tensordot(jacobian.T, once, axes=1))


def single_df(rows: Floats, found: Uncertain) -> Floats:
    """Return the degrees of freedom of each row's t.

    With v = c' phi c they are 2 v^2 / Var(v), where Var(v) = g' S g follows from the slopes
    g of v by the variances and their covariance S.

    Parameters
    ----------
    rows : array, shape (m, p)

    References
    ----------
    Satterthwaite (1946). An approximate distribution of estimates of variance components.
    Biometrics Bulletin, 2, 110-114.
    """
    variance = np.einsum("ri,ij,rj->r", rows, found.phi, rows)
    slopes = np.einsum("ri,kij,rj->rk", rows, found.pushes, rows)
    return np.asarray(2 * variance**2 / np.einsum("rk,kl,rl->r", slopes, found.spread, slopes))


def several_df(rows: Floats, found: Uncertain) -> float:
    """Return the second df of an F over several rows.

    The rows are turned into uncorrelated ones, whose t have df n_m; with
    E = sum of n_m / (n_m - 2) over q of them the F has 2 E / (E - q) df.

    References
    ----------
    Fai & Cornelius (1996). Approximate F-tests of multiple degree of freedom hypotheses in
    generalized least squares analyses of unbalanced split-plot experiments. J Stat Comput
    Simul, 54, 363-378.
    """
    _, vectors = np.linalg.eigh(rows @ found.phi @ rows.T)
    each = single_df(vectors.T @ rows, found)
    if np.ptp(each) < 1e-8:
        return float(each.mean())
    if (each <= 2).any():
        return 2.0
    expected = float((each / (each - 2)).sum())
    return 2 * expected / (expected - len(each))

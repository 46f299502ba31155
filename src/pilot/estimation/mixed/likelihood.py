"""The (restricted) likelihood at one theta, with its slope and curvature."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from pilot.estimation.mixed.moments import Moments
from pilot.estimation.mixed.terms import Floats


@dataclass(frozen=True, slots=True, eq=False)
class Likelihood:
    """-2 log-likelihood at one theta and how it bends.

    Attributes
    ----------
    theta : array, shape (K,)
    deviance : float
        In the units of the search: orthonormal X, scaled scores.
    slope : array, shape (K,)
        First derivatives by theta.
    expected, observed : arrays, shape (K, K)
        Second derivatives: their expectation, and as they are.
    coefficients : array, shape (p,)
        Fixed effects, relative to ordinary least squares.
    phi : array, shape (p, p)
        Covariance of the fixed effects, theta taken as known.
    moments : Moments
    """

    theta: Floats
    deviance: float
    slope: Floats
    expected: Floats
    observed: Floats
    coefficients: Floats
    phi: Floats
    moments: Moments


def likelihood(theta: Floats, sums: Moments, *, restricted: bool) -> Likelihood | None:
    """Put the sums over blocks together; None where X'AX is not positive definite.

    With P = A - A X (X'AX)^-1 X'A the restricted deviance is log|V| + log|X'AX| + y'Py,
    its slope tr(P G_k) - y'P G_k P y, its curvature 2 y'P G_k P G_l P y - tr(P G_k P G_l),
    whose expectation is tr(P G_k P G_l). Without restriction A stands in the traces.

    References
    ----------
    Patterson & Thompson (1971). Recovery of inter-block information when block sizes are
    unequal. Biometrika, 58, 545-554.
    Gilmour, Thompson & Cullis (1995). Average information REML. Biometrics, 51, 1440-1450.
    """
    count, width = sums.once.shape[:2]
    p = width - 1
    fixed = _fixed(sums.plain)
    if fixed is None:
        return None
    phi, left, log_det = fixed
    weights = np.zeros((2, width, width))  # y'.y over what X leaves, and traces with phi
    weights[0] = left[:, None] * left
    weights[1, :p, :p] = phi
    pairs = weights.reshape(2, -1).T
    quadratic, leverage = (sums.once.reshape(count, -1) @ pairs).T
    bend, overlap = (sums.twice.reshape(count * count, -1) @ pairs).T.reshape(2, count, count)
    across = (sums.once @ left)[:, :p]
    bend = 2 * (bend + sums.spread_twice - across @ phi @ across.T)
    deviance = sums.log_det + float(sums.plain[p] @ left) + sums.spread
    first, second = sums.trace_once, sums.trace_twice
    if restricted:
        deviance += log_det
        pushed = sums.once[:, :p, :p] @ phi
        turned = pushed.transpose(0, 2, 1).reshape(count, -1)
        first = first - leverage
        second = second - 2 * overlap + pushed.reshape(count, -1) @ turned.T
    if not math.isfinite(deviance):
        return None
    return Likelihood(
        theta=theta,
        deviance=deviance,
        slope=first - quadratic - sums.spread_once,
        expected=second,
        observed=bend - second,
        coefficients=-left[:p],
        phi=phi,
        moments=sums,
    )


def _fixed(plain: Floats) -> tuple[Floats, Floats, float] | None:
    """Return phi, the weights (-b, 1) that leave residuals of [X, y], and log |X'AX|."""
    p = len(plain) - 1
    try:
        root = np.linalg.cholesky(plain[:p, :p])
    except np.linalg.LinAlgError:
        return None
    inverse = np.linalg.inv(root)
    phi = inverse.T @ inverse
    left = np.ones(p + 1)
    left[:p] = -(phi @ plain[:p, p])
    return phi, left, 2 * float(np.log(root.diagonal()).sum())

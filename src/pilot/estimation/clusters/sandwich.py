"""The bias-reduced sandwich (CR2) of a least-squares fit, cluster by cluster."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Sandwich:
    """A least-squares fit and what its clusters add to the uncertainty.

    Attributes
    ----------
    coefficients : array, shape (p,)
    covariance : array, shape (p, p)
        CR2: cluster-robust, unbiased if the rows were independent with one variance.
    bread : array, shape (p, p)
        ``(X'X)^-1``.
    loadings : tuple of array, each of shape (n_g, p)
        ``A_g X_g (X'X)^-1`` of each cluster: how its residuals enter the coefficients.
    designs : tuple of array, each of shape (n_g, p)
        The rows of X of each cluster.
    """

    coefficients: Floats
    covariance: Floats
    bread: Floats
    loadings: tuple[Floats, ...]
    designs: tuple[Floats, ...]


def sandwich(design: Floats, response: Floats, clusters: NDArray[np.intp]) -> Sandwich:
    """Fit by least squares and take the CR2 covariance over clusters.

    The residuals of cluster g are multiplied by ``A_g = (I - X_g (X'X)^-1 X_g')^(-1/2)``,
    a pseudo-inverse where a cluster determines a coefficient by itself.

    Parameters
    ----------
    design : array, shape (n, p)
        Of full column rank.
    response : array, shape (n,)
    clusters : array of int, shape (n,)
        The cluster of each row, counted from 0.

    References
    ----------
    Bell & McCaffrey (2002). Bias reduction in standard errors for linear regression with
    multi-stage samples. Survey Methodology, 28, 169-181.

    Examples
    --------
    >>> fit = sandwich(np.ones((4, 1)), np.array([1.0, 2.0, 4.0, 5.0]), np.array([0, 0, 1, 1]))
    >>> fit.coefficients, fit.covariance.ravel()
    (array([3.]), array([2.25]))
    """
    bread: Floats = np.linalg.inv(design.T @ design).astype(np.float64)
    coefficients = bread @ (design.T @ response)
    residuals = response - design @ coefficients
    designs, loadings = [], []
    meat = np.zeros_like(bread)
    for rows in _rows_of(clusters):
        own = design[rows]
        loading = _adjusted(own, bread) @ bread
        score = loading.T @ residuals[rows]
        meat += np.outer(score, score)
        designs.append(own)
        loadings.append(loading)
    return Sandwich(coefficients, meat, bread, tuple(loadings), tuple(designs))


def _rows_of(clusters: NDArray[np.intp]) -> list[NDArray[np.intp]]:
    order = np.argsort(clusters, kind="stable")
    return np.split(order, np.flatnonzero(np.diff(clusters[order])) + 1)


def _adjusted(own: Floats, bread: Floats) -> Floats:
    """Return ``A_g X_g``.

    ``I - X_g B X_g'`` differs from the identity in the p columns of X_g only, so with the
    singular values s of ``X_g B^(1/2) = U S V'`` it is ``U (1 - s^2)^(-1/2) S V' B^(-1/2)``:
    p x p work, however large the cluster.
    """
    root = np.linalg.cholesky(bread)
    left, singular, right = np.linalg.svd(own @ root, full_matrices=False)
    left_over = 1 - singular**2
    whole = left_over > 1e-10
    power = np.zeros_like(singular)
    power[whole] = left_over[whole] ** -0.5
    scaled: Floats = (left * (singular * power)) @ right
    return np.asarray(np.linalg.solve(root.T, scaled.T).T, dtype=np.float64)


def cross_products(fit: Sandwich, contrast: Floats) -> NDArray[np.float64]:
    """Return how contrasts vary between clusters if all rows were independent.

    Parameters
    ----------
    contrast : array, shape (q, p)

    Returns
    -------
    array, shape (q, m, q, m)
        ``[s, i, t, j]`` is the covariance of cluster i's part of contrast s with cluster
        j's part of contrast t, for residuals with variance 1.
    """
    parts = [loading @ contrast.T for loading in fit.loadings]
    sums = np.stack(
        [own.T @ part for own, part in zip(fit.designs, parts, strict=True)]
    )  # (m, p, q)
    shared = -np.einsum("ias,ab,jbt->sitj", sums, fit.bread, sums)
    for i, part in enumerate(parts):
        shared[:, i, :, i] += part.T @ part
    return np.asarray(shared, dtype=np.float64)

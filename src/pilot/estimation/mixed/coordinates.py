"""The variances of a mixed model, and the Cholesky factors that keep them possible.

A random intercept has one variance; a slope with its intercept has two variances and a
covariance, the lower triangle of a 2 x 2 matrix S read row by row. `theta` is all of them
in a row, the residual variance last. A search over theta may leave the matrices that are
possible; one over the entries of L in S = L L' cannot. Since each theta is a quadratic form
in those entries, theta_k = l' T_k l / 2 with a constant T, every derivative is a product
with T.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from pilot.estimation.mixed.terms import Floats


@dataclass(frozen=True, slots=True, eq=False)
class Coordinates:
    """Where each term's variances stand in theta.

    `sizes` counts the effects of each term (1 for an intercept, 2 with a slope); `places`
    gives, a term, the positions in theta of its matrix; `tensor` is T; `diagonal` are the
    positions of variances, `single` of those that stand alone, but for the last term.
    """

    sizes: tuple[int, ...]
    places: tuple[np.ndarray, ...]
    tensor: Floats
    diagonal: np.ndarray
    single: np.ndarray

    @property
    def count(self) -> int:
        """How many variances and covariances there are."""
        return len(self.tensor)

    def curved(self, slope: Floats) -> Floats:
        """Return the sum of slope_k T_k: how theta's own bending bends the likelihood."""
        flat = slope @ self.tensor.reshape(self.count, -1)
        return np.asarray(flat.reshape(self.count, self.count))

    def pivoted(self, theta: Floats) -> Coordinates:
        """Return coordinates that take the larger variance of a slope's matrix first.

        Taken last, a small variance leaves a small last entry; taken first, it would leave
        a first entry near zero, around which the others turn without any effect.
        """
        if 2 not in self.sizes:
            return self
        orders = []
        for size, places in zip(self.sizes, self.places, strict=True):
            first, last = sorted((places[0, 0], places[-1, -1]))
            swap = size == 2 and theta[last] > theta[first]
            orders.append((1, 0) if swap else tuple(range(size)))
        return coordinates(self.sizes, tuple(orders))

    def theta(self, factors: Floats) -> Floats:
        """Return the variances that Cholesky entries stand for."""
        return np.asarray(self.tensor @ factors @ factors / 2)

    def matrix(self, theta: Floats, term: int) -> Floats:
        """Return the covariance matrix of one term's effects."""
        return np.asarray(theta[self.places[term]])

    def factors(self, theta: Floats) -> Floats:
        """Return Cholesky entries of variances that are possible, also at their edge."""
        found = np.zeros(self.count)
        for size, places in zip(self.sizes, self.places, strict=True):
            if size == 1:
                found[places[0, 0]] = math.sqrt(max(theta[places[0, 0]], 0.0))
            else:
                lower = np.tril_indices(size)
                found[places[lower]] = cholesky_at_edge(theta[places])[lower]
        return found

    def possible(self, theta: Floats, floor: float) -> Floats:
        """Return the nearest variances whose covariance matrices are positive definite."""
        mended = theta.copy()
        for size, places in zip(self.sizes, self.places, strict=True):
            if size > 1:
                values, vectors = np.linalg.eigh(theta[places])
                mended[places] = (vectors * np.maximum(values, floor)) @ vectors.T
        return mended


@lru_cache(maxsize=64)
def coordinates(
    sizes: tuple[int, ...], orders: tuple[tuple[int, ...], ...] | None = None
) -> Coordinates:
    """Lay out theta for terms with so many effects each.

    Parameters
    ----------
    sizes : tuple of int
    orders : tuple of tuples of int, optional
        In which order a term's effects enter its factor; theta itself stays as it is.

    Examples
    --------
    >>> two = coordinates((2, 1))  # a slope with its intercept, then the residual
    >>> two.theta(np.array([2.0, 1.0, 3.0, 5.0]))  # [[2, 0], [1, 3]] and 5
    array([ 4.,  2., 10., 25.])
    >>> two.factors(np.array([4.0, 2.0, 10.0, 25.0]))
    array([2., 1., 3., 5.])
    """
    count = sum(size * (size + 1) // 2 for size in sizes)
    tensor, places, first = np.zeros((count, count, count)), [], 0
    for size, order in zip(sizes, orders or map(range, sizes), strict=True):
        place = np.zeros((size, size), dtype=np.intp)
        rows, columns = np.tril_indices(size)
        place[rows, columns] = place[columns, rows] = first + np.arange(len(rows))
        place = place[np.ix_(order, order)]
        for row, column in zip(rows, columns, strict=True):
            for inner in range(column + 1):  # S_rc = sum over k of L_rk L_ck, k up to c
                one, other = place[row, inner], place[column, inner]
                tensor[place[row, column], one, other] += 1
                tensor[place[row, column], other, one] += 1
        places.append(place)
        first += len(rows)
    single = [place[0, 0] for place in places[:-1] if len(place) == 1]
    return Coordinates(
        sizes=sizes,
        places=tuple(places),
        tensor=tensor,
        diagonal=np.concatenate([np.diagonal(place) for place in places]),
        single=np.array(single, dtype=np.intp),
    )


def cholesky_at_edge(matrix: Floats) -> Floats:
    """Return lower triangular L with L L' = matrix, which may be singular.

    Examples
    --------
    >>> cholesky_at_edge(np.array([[4.0, 2.0], [2.0, 1.0]]))
    array([[2., 0.],
           [1., 0.]])
    """
    size = len(matrix)
    lower = np.zeros((size, size))
    for k in range(size):
        left = matrix[k, k] - lower[k, :k] @ lower[k, :k]
        if left <= 1e-14 * matrix[k, k]:
            continue
        lower[k, k] = math.sqrt(left)
        below = matrix[k + 1 :, k] - lower[k + 1 :, :k] @ lower[k, :k]
        lower[k + 1 :, k] = below / lower[k, k]
    return lower

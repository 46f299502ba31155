"""A random term: rows that share a level share one draw of its effects."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Codes = NDArray[np.intp]


@dataclass(frozen=True, slots=True, eq=False)
class Term:
    """One entry of `groups`, read against the data.

    Attributes
    ----------
    group : str
        What the levels are levels of: ``family`` or ``family:participant``.
    effects : tuple of str
        ``("Intercept",)``, or ``("Intercept", "months")`` with a slope.
    codes : array of int, shape (n,)
        The level of each row, counted from 0.
    levels : int
        How many levels there are.
    columns : array of float, shape (n, len(effects))
        What each effect is multiplied by, divided by its scale.
    scales : array of float, shape (len(effects),)
        Root mean square of each column as given, so that variances compare.
    """

    group: str
    effects: tuple[str, ...]
    codes: Codes
    levels: int
    columns: Floats
    scales: Floats


def intercept(group: str, codes: Codes) -> Term:
    """Return a random intercept.

    Examples
    --------
    >>> intercept("family", np.array([0, 0, 1, 1])).levels
    2
    """
    return with_effects(group, ("Intercept",), codes, np.ones((len(codes), 1)))


def with_effects(group: str, effects: tuple[str, ...], codes: Codes, columns: Floats) -> Term:
    """Return a random term whose effects multiply these columns.

    Examples
    --------
    >>> months = np.array([[1.0, 0.0], [1.0, 6.0]])
    >>> with_effects("family", ("Intercept", "months"), np.array([0, 0]), months).scales
    array([1.        , 4.24264069])
    """
    scales = np.sqrt(np.mean(columns**2, axis=0))
    scales[scales == 0] = 1.0
    return Term(group, effects, codes, int(codes.max()) + 1, columns / scales, scales)

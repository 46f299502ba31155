"""The variance between persons when several of them share a family."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from pilot.errors import EstimationError

Scores = NDArray[np.float64]


def persons_variance(scores: Scores, family: ArrayLike | None = None) -> float:
    """Return the variance between persons, between families and within them together.

    Members of a family are alike, so the plain variance of n persons is too small. By
    one-way analysis of variance the two parts are estimated without bias, and their sum is
    MSB / n0 + MSW (1 - 1 / n0), with n0 = (N - sum m^2 / N) / (families - 1), m members
    each. With one member a family it is the plain variance, to the digit.

    Parameters
    ----------
    scores : array of float
        One a person.
    family : array, optional
        The family of each person.

    Returns
    -------
    float
        Never below 0; with one family only, the plain variance.

    Raises
    ------
    EstimationError
        When there are not as many families as scores.

    Notes
    -----
    Not the variance of family means, which is what the mean's error rests on.

    References
    ----------
    Hedges (2007). Effect sizes in cluster-randomized designs. Journal of Educational and
    Behavioral Statistics, 32(4), 341-370 (the total variance, equation 16).

    Examples
    --------
    >>> persons_variance(np.array([1.0, 3.0, 6.0, 8.0]), ["a", "a", "b", "b"])
    13.5
    >>> float(np.var([1.0, 3.0, 6.0, 8.0], ddof=1))  # as if all four were strangers
    9.666666666666666
    """
    persons, plain = len(scores), float(np.sort(scores).var(ddof=1))
    if family is None:
        return plain
    member_of = members_of(family, persons)
    sizes = np.bincount(member_of)
    families = len(sizes)
    if families in (1, persons):
        return plain
    order = np.argsort(scores, kind="stable")  # so that no order of people changes a digit
    ranked, member_of = scores[order], member_of[order]
    means = np.bincount(member_of, ranked) / sizes
    squares = np.sort(sizes * (means - ranked.mean()) ** 2)
    within = float(((ranked - means[member_of]) ** 2).sum()) / (persons - families)
    between = float(squares.sum()) / (families - 1)
    size = (persons - float(sizes @ sizes) / persons) / (families - 1)
    return between / size + within * (1 - 1 / size)


def members_of(family: ArrayLike, persons: int) -> NDArray[np.intp]:
    """Return the place of each person's family among the families.

    Examples
    --------
    >>> members_of(["b", "a", "b"], 3)
    array([1, 0, 1])
    """
    names = np.asarray(family).ravel()
    if len(names) != persons:
        raise EstimationError(
            where="standardised_change, family",
            cause=f"{len(names)} families for {persons} people",
            mend="give the family of each person, in the same order",
        )
    _, member_of = np.unique(names.astype(str), return_inverse=True)
    return member_of

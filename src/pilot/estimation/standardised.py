"""A change in standard deviations, named by its standardiser, with its interval."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from pilot.errors import CallError, EstimationError, suggestion
from pilot.estimation.noncentral import noncentral_limits
from pilot.estimation.reasons import refusal
from pilot.estimation.spread import members_of, persons_variance
from pilot.estimation.t import MeanT, finite, mean_t, no_spread
from pilot.results import Standardised

By = Literal["change", "average", "before", "repeated"]
Scores = NDArray[np.float64]
TIE = 1e-12


@dataclass(frozen=True, slots=True)
class _Standardiser:
    name: str
    spread: Callable[[Scores, Scores, ArrayLike | None], float]
    df: Callable[[int, float], float]
    """Of the small-sample correction, from n and the correlation of the two waves."""


def spread_of_change(before: Scores, after: Scores, family: ArrayLike | None = None) -> float:
    """Return the SD of the changes between persons, d_z's standardiser."""
    return math.sqrt(persons_variance(after - before, family))


def spread_on_average(before: Scores, after: Scores, family: ArrayLike | None = None) -> float:
    """Return the root of the mean variance of the two waves, d_av's standardiser."""
    first, second = persons_variance(before, family), persons_variance(after, family)
    return math.sqrt((first + second) / 2)


def _spread_before(before: Scores, after: Scores, family: ArrayLike | None = None) -> float:
    return math.sqrt(persons_variance(before, family))


def _spread_repeated(before: Scores, after: Scores, family: ArrayLike | None = None) -> float:
    of_change = spread_of_change(before, after, family)
    return of_change / math.sqrt(2 * (1 - _correlation(before, after)))


STANDARDISERS: dict[str, _Standardiser] = {
    "change": _Standardiser("d_z", spread_of_change, lambda n, r: n - 1),
    "average": _Standardiser("d_av", spread_on_average, lambda n, r: 2 * (n - 1) / (1 + r**2)),
    "before": _Standardiser("glass_delta", _spread_before, lambda n, r: n - 1),
    "repeated": _Standardiser("d_rm", _spread_repeated, lambda n, r: 2 * (n - 1) / (1 + r**2)),
}


def standardised_change(  # noqa: PLR0913 - keywords a reader needs to see
    before: ArrayLike,
    after: ArrayLike,
    *,
    by: By = "change",
    corrected: bool = False,
    family: ArrayLike | None = None,
    conf_level: float = 0.95,
) -> Standardised:
    """Divide a mean change by a standard deviation between persons.

    ``change``: d_z = m / s_change. ``average``: d_av = m / s_av with
    s_av = sqrt((s_before^2 + s_after^2) / 2). ``before``: Glass's delta = m / s_before.
    ``repeated``: d_rm = m sqrt(2 (1 - r)) / s_change. The interval takes the
    noncentralities between which the paired t lies in the middle, times
    s_change / (sqrt(n) s): exact for d_z, Algina and Keselman's for d_av and the others.

    Parameters
    ----------
    before, after : array of float
        Scores of the same persons in the same order, each person independent of the others.
    by : {"change", "average", "before", "repeated"}
        The standardiser.
    corrected : bool
        Multiply the estimate by J(df) = G(df / 2) / (sqrt(df / 2) G((df - 1) / 2)), with df
        n - 1 for d_z and Glass's delta and 2 (n - 1) / (1 + r^2) for d_av and d_rm. The
        limits stay: they hold for the parameter itself and need no correction
        (effectsize multiplies them too).
    family : array, optional
        The family of each person. The mean and its error are then those of the families'
        mean changes, n is the number of families, and the SDs stay those between persons
        (`persons_variance`, families and their members together): so a family of two does
        not look like one calmer person.
    conf_level : float
        Coverage of the interval.

    Returns
    -------
    Standardised
        ``name, estimate, conf_low, conf_high``.

    Notes
    -----
    d_z grows with the correlation of the waves: use it to plan, never to compare with a
    published d, which is mostly d_av. At n = 6 to 20 intervals of d_av and Glass's delta
    cover 93-96 %; those of d_rm 89-94 % at n = 6, and its correction takes off too much
    there (r is estimated too): below n = 10 use d_av. With families of one to three whose
    scores correlate .4, intervals of d_av and d_z cover 93-98 % at 6 to 16 families; above
    97 only where the true d_av is 1.

    References
    ----------
    Algina & Keselman (2003). Approximate confidence intervals for effect sizes.
    Educational and Psychological Measurement, 63(4), 537-553.
    Lakens (2013). Calculating and reporting effect sizes. Frontiers in Psychology, 4, 863.
    Hedges (2007). Effect sizes in cluster-randomized designs. Journal of Educational and
    Behavioral Statistics, 32(4), 341-370 (the total SD of persons in clusters).
    Hedges (1981). Distribution theory for Glass's estimator of effect size. Journal of
    Educational Statistics, 6(2), 107-128.

    Examples
    --------
    >>> one = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0]
    >>> other = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]
    >>> d_z = standardised_change(one, other)
    >>> f"{d_z.estimate:.2f} [{d_z.conf_low:.2f}, {d_z.conf_high:.2f}]"
    '1.28 [0.41, 2.12]'
    """
    if by not in STANDARDISERS:
        raise CallError("standardised_change", f"no by={by!r}", suggestion(by, STANDARDISERS))
    first, second = paired(before, after)
    changes = family_means(second - first, family)
    mean = mean_t(changes, "changes")
    standardiser = STANDARDISERS[by]
    if by in ("before", "repeated"):
        _refuse_no_standardiser(first, second, by)
    spread = standardiser.spread(first, second, family)
    result = standardise(mean, spread, standardiser.name, conf_level)
    if not corrected:
        return result
    if len(changes) < 3:
        raise refusal("no_correction", "standardised_change", "take it off", n=len(changes))
    r = 0.0 if no_spread(first) or no_spread(second) else _correlation(first, second)
    bias = small_sample_factor(standardiser.df(len(changes), r))
    return Standardised(result.name, result.estimate * bias, result.conf_low, result.conf_high)


def standardise(
    mean: MeanT, spread: float, name: str, conf_level: float = 0.95
) -> Standardised:
    """Divide a mean by a spread that may come from other units than the mean.

    The limits are the noncentral limits of the mean's t, times its standard error, divided
    by the spread. For families the mean and its standard error are those of the family
    changes, the spread that between persons of the role: so a family of two does not look
    like one calmer person, and the number can stand beside published ones.

    Examples
    --------
    >>> sleep = mean_t([1.2, 2.4, 1.3, 1.3, 0.0, 1.0, 1.8, 0.8, 4.6, 1.4])
    >>> f"{standardise(sleep, 2.0, 'd_av').estimate:.2f}"
    '0.79'
    """
    low, high = noncentral_limits(mean.statistic, mean.df, conf_level)
    unit = mean.std_error / spread
    return Standardised(name, mean.estimate / spread, low * unit, high * unit)


def family_means(changes: Scores, family: ArrayLike | None) -> Scores:
    """Return each family's mean change; without families the changes themselves.

    Examples
    --------
    >>> family_means(np.array([1.0, 3.0, 5.0]), ["a", "a", "b"])
    array([2., 5.])
    """
    if family is None:
        return changes
    member_of = members_of(family, len(changes))
    return np.bincount(member_of, changes) / np.bincount(member_of)


def small_sample_factor(df: float) -> float:
    """Return Hedges' exact correction J, which takes the bias out of a standardised mean.

    Examples
    --------
    >>> f"{small_sample_factor(9):.4f}"
    '0.9139'
    """
    return math.exp(math.lgamma(df / 2) - math.lgamma((df - 1) / 2)) / math.sqrt(df / 2)


def _refuse_no_standardiser(first: Scores, second: Scores, by: By) -> None:
    for wave, scores in (("before", first), ("after", second)):
        if no_spread(scores):
            raise refusal(
                "no_standardiser",
                "standardised_change",
                "use by='change'",
                n=len(scores),
                wave=wave,
                value=float(scores[0]),
            )
    if by == "repeated" and 1 - _correlation(first, second) < TIE:
        raise refusal("perfect_correlation", "standardised_change", "use by='average'")


def paired(before: ArrayLike, after: ArrayLike) -> tuple[Scores, Scores]:
    """Return both waves as arrays, refusing what is no pair of finite scores.

    Examples
    --------
    >>> first, second = paired([1, 2], [2, 5])
    >>> second - first
    array([1., 3.])
    """
    first = np.asarray(before, dtype=float).ravel()
    second = np.asarray(after, dtype=float).ravel()
    if len(first) != len(second):
        raise EstimationError(
            where="standardised_change",
            cause=f"{len(first)} scores before and {len(second)} after",
            mend="give both waves of the same persons, in the same order",
        )
    finite(np.concatenate([first, second]), "standardised_change")
    return first, second


def _correlation(before: Scores, after: Scores) -> float:
    order = np.lexsort((after, before))
    return float(np.corrcoef(before[order], after[order])[0, 1])

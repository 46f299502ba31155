"""The model that keeps everyone with at least one score: which one it is, and its change.

What is primary where a design generalises to families. Which model fits follows from who was
asked when, never from what they answered.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from pilot.estimation.clusters.degrees import satterthwaite
from pilot.estimation.clusters.sandwich import sandwich
from pilot.estimation.everyone_rows import Everyone, averaged
from pilot.estimation.mixed import kenward_roger
from pilot.estimation.mixed.grouping import crossed
from pilot.estimation.mixed.refusals import refused
from pilot.estimation.mixed.solve import Problem, Solution, pose, solve
from pilot.estimation.mixed.terms import Floats, Term, intercept, with_effects
from pilot.estimation.mixed.variances import singular_groups
from pilot.estimation.mixed.whiten import whitened
from pilot.estimation.t import MeanT, by_t

SHARED_FROM = 3  # families with two members, below which members are averaged
SLOPES_FROM = 3  # waves
ALIKE = 1e-6  # of the scores' spread, below which families show none of their own


@dataclass(frozen=True, slots=True)
class Model:
    """What is fitted to everyone's scores.

    Attributes
    ----------
    formula, groups
        As `mixed_model` takes them.
    averaged : bool
        Whether members of a family are averaged at each wave first.
    """

    formula: str
    groups: tuple[str, ...]
    averaged: bool


@dataclass(frozen=True, slots=True)
class EveryonesChange:
    """A change between two waves, from everyone with at least one score.

    Attributes
    ----------
    change : MeanT
        With Kenward and Roger's standard error and degrees of freedom, or those of
        `by_families`.
    model : Model
    at_zero : tuple of str
        Groups without a variance, or with a slope that follows from its intercept.
    by_families : bool
        Whether the standard error and degrees of freedom follow from how families differ
        (CR2), since a variance is at zero.
    """

    change: MeanT
    model: Model
    at_zero: tuple[str, ...]
    by_families: bool

    @property
    def singular(self) -> bool:
        """Whether the data show less variance than the model asks."""
        return bool(self.at_zero)


def model_of(everyone: Everyone) -> Model:
    """Return the model of these rows, by who was asked when.

    Two waves: ``score ~ wave`` with a variance between families, between waves within a
    family, and between people. From three waves each family has a line of its own over
    months. Where fewer than 3 families have two members who answered at the same wave (and
    somebody at another), members are averaged first: too little tells what they share from
    what is their own.

    Examples
    --------
    >>> import pandas as pd
    >>> from pilot.estimation.everyone_rows import everyone_of
    >>> rows = pd.DataFrame(
    ...     {"participant": ["a", "a", "b"], "wave": ["m0", "m24", "m0"], "score": [1.0, 2, 3]}
    ... )
    >>> model_of(everyone_of(rows))
    Model(formula='score ~ wave', groups=('family',), averaged=True)
    """
    lines = len(everyone.waves) >= SLOPES_FROM
    family = "months | family" if lines else "family"
    if _families_of_two(everyone) < SHARED_FROM:
        return Model("score ~ wave", (family,), averaged=True)
    return Model("score ~ wave", (family, "family:wave", "participant"), averaged=False)


def change_of_everyone(
    everyone: Everyone, earlier: str, later: str, where: str = "scores"
) -> EveryonesChange:
    """Estimate a change between two waves from everyone with at least one score.

    Parameters
    ----------
    everyone : Everyone
    earlier, later : str
        Two of its waves.
    where : str
        The place an error names.

    Returns
    -------
    EveryonesChange

    Raises
    ------
    Refusal
        When a wave has no scores, all scores are equal, there is one family, no family has
        two waves, or no family's change differs from another's.

    Notes
    -----
    REML with Kenward and Roger's covariance and degrees of freedom, no term for sites: it
    speaks of the families at the sites that took part. People with one wave count as far as
    that wave tells something: it is right when who leaves follows from earlier scores
    (missing at random), where complete pairs are not.

    Kenward and Roger expand about variances inside their range. With one at zero, in four
    of ten pilots of 5 families of one to four, their interval holds the truth 99 times in
    100 instead of 95. The estimate then stays as it is, and its error follows from how
    families differ: the CR2 sandwich of rows made independent by the model's covariance,
    with Satterthwaite's degrees of freedom. Variances below zero, as one might allow
    instead, leave a single largest family to settle the mean. Where families show no spread
    of their own, Kenward and Roger's answer stays.

    When everyone has both of two waves and families are of one size, it is the paired t on
    family means.

    References
    ----------
    Kenward & Roger (1997). Small sample inference for fixed effects from restricted maximum
    likelihood. Biometrics, 53, 983-997.
    Pustejovsky & Tipton (2018). Small-sample methods for cluster-robust variance estimation
    and hypothesis testing in fixed effects models. Journal of Business & Economic
    Statistics, 36, 672-683.

    Examples
    --------
    >>> import pandas as pd
    >>> from pilot.estimation.everyone_rows import everyone_of
    >>> rows = pd.DataFrame(
    ...     {
    ...         "participant": ["a", "b", "c", "d", "a", "b", "c"],
    ...         "wave": ["m0"] * 4 + ["m24"] * 3,
    ...         "score": [10.0, 14.0, 19.0, 12.0, 13.0, 15.0, 23.0],
    ...     }
    ... )
    >>> found = change_of_everyone(everyone_of(rows), "m0", "m24").change
    >>> f"{found.estimate:.3f}, df {found.df:.2f}"
    '2.705, df 2.03'
    """
    model = model_of(everyone)
    _refuse(everyone, (earlier, later), where)
    used = averaged(everyone) if model.averaged else everyone
    _refuse_equal_within_waves(used, where)
    problem = _posed(used, model, where)
    solution = solve(problem, used.score)
    contrast = np.zeros(len(used.waves))
    contrast[used.waves.index(later)] = 1.0
    contrast[used.waves.index(earlier)] -= 1.0
    known = kenward_roger.corrected(solution.at)
    turned = contrast @ solution.turn
    df = float(kenward_roger.single_df(turned[None], known)[0])
    std_error = solution.scale * float(np.sqrt(turned @ known.covariance @ turned))
    at_zero = singular_groups(problem.terms, solution)
    spread = _spread_of_families(used, problem, solution, contrast) if at_zero else None
    if spread is not None:
        std_error, df = spread
    return EveryonesChange(
        change=by_t(float(contrast @ solution.coefficients), std_error, df),
        model=model,
        at_zero=at_zero,
        by_families=spread is not None,
    )


def _spread_of_families(
    used: Everyone, problem: Problem, solution: Solution, contrast: Floats
) -> tuple[float, float] | None:
    """Return CR2's error over families and Satterthwaite's df; None where all are alike."""
    waves = _by_wave(used)
    left = used.score - waves @ solution.coefficients
    white = whitened(problem, solution, used.family, np.column_stack([waves, left]))
    fit = sandwich(white[:, :-1], white[:, -1], used.family)
    variance = float(contrast @ fit.covariance @ contrast)
    if variance <= (ALIKE * solution.scale) ** 2:
        return None
    return math.sqrt(variance), satterthwaite(fit, contrast)


def _families_of_two(everyone: Everyone) -> int:
    """Count families of which two members answered at one wave, and somebody at another."""
    waves = len(everyone.waves)
    cells = np.bincount(
        everyone.family * waves + everyone.wave, minlength=everyone.n_families * waves
    ).reshape(-1, waves)
    return int(((cells.max(axis=1) > 1) & ((cells > 0).sum(axis=1) > 1)).sum())


def terms_of(model: Model, used: Everyone, where: str) -> list[Term]:
    """Return the random terms of a model, over rows that are averaged where it says so."""
    return [_term(entry, used, where) for entry in model.groups]


def _posed(used: Everyone, model: Model, where: str) -> Problem:
    return pose(_by_wave(used), terms_of(model, used, where))


def _by_wave(used: Everyone) -> Floats:
    return np.asarray(used.wave[:, None] == np.arange(len(used.waves)), dtype=float)


def _term(entry: str, used: Everyone, where: str) -> Term:
    if entry == "family:wave":
        return intercept(entry, crossed([used.family, used.wave]))
    if entry == "participant":
        return intercept(entry, used.participant)
    if entry == "family":
        return intercept(entry, used.family)
    columns = np.column_stack([np.ones(len(used.score)), known_months(used, where)])
    return with_effects("family", ("Intercept", "months"), used.family, columns)


def known_months(used: Everyone, where: str) -> Floats:
    """Return months; a form without a date stands at the middle of its wave."""
    unknown = np.isnan(used.months)
    months = used.months.copy()
    for place in np.unique(used.wave[unknown]):
        here = used.wave == place
        if unknown[here].all():
            mend = "give months since the start, or compare two waves"
            raise refused("no_months", where, mend, wave=repr(used.waves[place]))
        months[here & unknown] = np.median(used.months[here & ~unknown])
    if np.ptp(months) <= 1e-9 * np.abs(months).max():
        mend = "give months since each one's own start"
        value = float(months[0])
        raise refused("no_spread", f"{where}, months", mend, n=len(months), value=value)
    return months


def _refuse(everyone: Everyone, asked: tuple[str, str], where: str) -> None:
    """Refuse rows that no model of change can be fitted to."""
    for wave in asked:
        if wave not in everyone.waves:
            mend = "look in the flow at who is due and who left"
            raise refused("wave_empty", where, mend, wave=repr(wave))
    n, score = len(everyone.score), everyone.score
    if everyone.n_families == 1:
        mend = "follow more families, or show this one by itself"
        raise refused("one_family", where, mend, n=n)
    cells = np.unique(everyone.family * len(everyone.waves) + everyone.wave)
    if len(cells) == everyone.n_families:
        mend = "link the waves, or follow the same people"
        raise refused("waves_apart", where, mend, n=len(cells))
    if np.ptp(score) <= 1e-12 * np.abs(score).max():
        mend = "show the values one by one"
        raise refused("no_spread", where, mend, n=n, value=float(score[0]))


def _refuse_equal_within_waves(used: Everyone, where: str) -> None:
    away = used.score - (np.bincount(used.wave, used.score) / np.bincount(used.wave))[used.wave]
    if np.abs(away).max() <= 1e-11 * np.abs(used.score).max():
        mend = "show the values one by one"
        raise refused("exact_fit", where, mend, n=len(used.score))

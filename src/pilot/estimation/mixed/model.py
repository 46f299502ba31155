"""The call: a formula, the data, and what scores share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import pandas as pd

from pilot.errors import suggestion
from pilot.estimation.mixed.fit import MixedFit
from pilot.estimation.mixed.fixed import fixed_effects, read_formula
from pilot.estimation.mixed.grouping import random_terms, read_groups
from pilot.estimation.mixed.refusals import wrong_call
from pilot.estimation.mixed.solve import pose, solve
from pilot.estimation.mixed.used import used_rows
from pilot.estimation.mixed.waves import wave_term

METHODS = ("reml", "ml")


def mixed_model(
    formula: str,
    data: pd.DataFrame,
    *,
    groups: str | Sequence[str],
    method: Literal["reml", "ml"] = "reml",
    within: str | None = None,
) -> MixedFit:
    """Fit a linear mixed model by (restricted) maximum likelihood.

    y = X b + Z u + e: fixed effects b by formula, a normal draw u for every level of every
    group, and a residual e. Everyone with at least one score is used.

    Parameters
    ----------
    formula : str
        Outcome and fixed effects in formulaic's grammar: ``"score ~ wave"``.
    data : DataFrame
        One row a score. A row with a missing value in a column used is left out and
        counted in ``fit.n_dropped``.
    groups : str or sequence of str
        ``"family"`` is a random intercept; ``"family:participant"`` one for each pair;
        ``"months | family"`` an intercept and a slope with a covariance of their own.
        Groups may be nested or crossed.
    method : "reml" or "ml"
        REML estimates variances without the bias of ML; only REML has Kenward-Roger.
    within : str, optional
        Column of the waves: every pair of waves gets a covariance of its own within the
        one group, with no residual beside it. Needs twice as many complete groups as
        waves.

    Returns
    -------
    MixedFit
        ``coefficients()``, ``contrast(matrix)``, ``variances``, ``deviance``, ``singular``.

    Raises
    ------
    Refusal
        When the data cannot carry the model: one level, two groups that are the same
        partition, columns that follow from each other, no spread, too few rows.
    CallError
        When a column is unknown, or formula or groups cannot be understood.

    Notes
    -----
    Do not use it for what holds beyond the sites that took part: a random-intercept model
    rejects 10-22 % when sites differ in change (use a site-level analysis). With repeated
    waves, intercepts of family and participant alone reject 9-21 %: add ``family:wave``.
    Steps that are an order only, and counts near a bound, are not for a normal model.
    A fit that is `singular` is no fault: the data show no variance there.

    References
    ----------
    Patterson & Thompson (1971). Biometrika, 58, 545-554 (REML).
    Gilmour, Thompson & Cullis (1995). Biometrics, 51, 1440-1450 (how it is found).
    Kenward & Roger (1997). Biometrics, 53, 983-997 (covariance and df).
    Satterthwaite (1946). Biometrics Bulletin, 2, 110-114; Fai & Cornelius (1996). J Stat
    Comput Simul, 54, 363-378 (the other df).

    Examples
    --------
    Student's ten patients, each with two drugs: the paired t is the simplest mixed model.

    >>> first = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0]
    >>> second = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]
    >>> data = pd.DataFrame(
    ...     {"gained": first + second, "drug": ["a"] * 10 + ["b"] * 10, "who": [*range(10)] * 2}
    ... )
    >>> fit = mixed_model("gained ~ drug", data, groups="who")
    >>> fit.coefficients().iloc[:, :6].round(4)
            term  estimate  std_error  statistic       df  p_value
    0  Intercept      0.75     0.6004     1.2492  11.0814   0.2373
    1  drug[T.b]      1.58     0.3890     4.0621   9.0000   0.0028
    """
    if method not in METHODS:
        raise wrong_call("method", f"no method {method!r}", suggestion(str(method), METHODS))
    entries = read_groups(groups)
    known = getattr(data, "columns", ())
    read = read_formula(formula)
    columns = [("formula", name) for name in read.columns(known)]
    columns += [("groups", name) for entry in entries for name in entry.names]
    columns += [("within", within)] if within is not None else []
    used = used_rows(data, columns)
    if within is None:
        terms = random_terms(entries, used.frame)
    else:
        terms = [wave_term(entries, within, used.frame)]
    sizes = [len(term.effects) for term in terms]
    variances = sum(size * (size + 1) // 2 for size in sizes) + (within is None)
    fixed = fixed_effects(read, used, variances)
    problem = pose(fixed.x, terms, restricted=method == "reml", residual=within is None)
    return MixedFit(
        formula=formula,
        groups=(groups,) if isinstance(groups, str) else tuple(groups),
        method=method,
        terms=fixed.names,
        n=len(fixed.y),
        n_dropped=used.n_dropped,
        levels={term.group: term.levels for term in terms},
        _groupings=tuple(entries),
        _frame=used.frame,
        _problem=problem,
        _solution=solve(problem, fixed.y),
    )

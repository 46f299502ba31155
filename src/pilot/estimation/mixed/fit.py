"""A fitted mixed model, and what can be asked of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from scipy import special

from pilot.errors import suggestion
from pilot.estimation.mixed import kenward_roger, satterthwaite
from pilot.estimation.mixed.grouping import Grouping
from pilot.estimation.mixed.predictions import effect_frame
from pilot.estimation.mixed.refusals import refused, wrong_call
from pilot.estimation.mixed.solve import Problem, Solution
from pilot.estimation.mixed.terms import Floats
from pilot.estimation.mixed.variances import singular_groups, variance_frame

DfMethod = Literal["kenward-roger", "satterthwaite"]
DF_METHODS = ("kenward-roger", "satterthwaite")


class Contrast(NamedTuple):
    """An F test of one or more linear combinations of the fixed effects."""

    F: float
    ndf: float
    ddf: float
    p_value: float


@dataclass(frozen=True, eq=False, repr=False)
class MixedFit:
    """A linear mixed model with its variances, made by `mixed_model`.

    Attributes
    ----------
    formula : str
    groups : tuple of str
        As given.
    method : str
        ``reml`` or ``ml``.
    terms : tuple of str
        Names of the fixed effects, in the order of a contrast's columns.
    n, n_dropped : int
        Rows used, and rows left out because a value was missing.
    levels : dict of str to int
        How many levels each group has.
    """

    formula: str
    groups: tuple[str, ...]
    method: str
    terms: tuple[str, ...]
    n: int
    n_dropped: int
    levels: Mapping[str, int]
    _groupings: tuple[Grouping, ...]
    _frame: pd.DataFrame
    _problem: Problem
    _solution: Solution

    @property
    def deviance(self) -> float:
        """-2 log-likelihood with all constants; for REML what lme4 calls REMLcrit."""
        return self._solution.deviance

    @property
    def log_likelihood(self) -> float:
        """The (restricted) log-likelihood."""
        return -self.deviance / 2

    @property
    def at_zero(self) -> tuple[str, ...]:
        """Groups with a variance at zero, or a slope that follows from its intercept."""
        return singular_groups(self._problem.terms, self._solution)

    @property
    def singular(self) -> bool:
        """Whether a variance is zero, or a correlation one: the data show less than asked."""
        return bool(self.at_zero)

    @cached_property
    def variances(self) -> pd.DataFrame:
        """Variances of the random effects and the residual: one row each.

        Columns ``group, term, variance, sd, covariance, correlation``; the last two are
        filled in the row that stands between an intercept and its slope.
        """
        return variance_frame(self._problem.terms, self._solution)

    def random_effects(self) -> pd.DataFrame:
        """Return each level's own effects, drawn towards zero (empirical Bayes).

        Returns
        -------
        DataFrame
            ``group, level, effect, estimate``: what a family's intercept or slope differs
            from the fixed effects'. At a variance of zero all are zero.
        """
        return effect_frame(self._problem, self._solution, self._groupings, self._frame)

    @property
    def covariance(self) -> pd.DataFrame:
        """Covariance of the fixed effects, the variances taken as known."""
        solution = self._solution
        values = solution.scale**2 * solution.turn @ solution.at.phi @ solution.turn.T
        return pd.DataFrame(values, index=list(self.terms), columns=list(self.terms))

    def coefficients(
        self, df: DfMethod = "kenward-roger", conf_level: float = 0.95
    ) -> pd.DataFrame:
        """Return the fixed effects with t tests and intervals.

        Parameters
        ----------
        df : "kenward-roger" or "satterthwaite"
            Kenward-Roger also corrects the standard errors; it needs ``method="reml"``.
        conf_level : float
            Coverage of the intervals.

        Returns
        -------
        DataFrame
            ``term, estimate, std_error, statistic, df, p_value, conf_low, conf_high``.
        """
        return self._table(list(self.terms), np.eye(len(self.terms)), df, conf_level)

    def combinations(
        self,
        rows: Mapping[str, Mapping[str, float]],
        df: DfMethod = "kenward-roger",
        conf_level: float = 0.95,
    ) -> pd.DataFrame:
        """Return named linear combinations of the fixed effects, each with its t test.

        Parameters
        ----------
        rows : mapping of name to weights
            ``{"t2 - t1": {"wave[T.t2]": 1, "wave[T.t1]": -1}}``; what is not named weighs 0.
        df, conf_level
            As for `coefficients`.

        Returns
        -------
        DataFrame
            As `coefficients` gives it.
        """
        matrix = np.zeros((len(rows), len(self.terms)))
        for place, (name, weights) in enumerate(rows.items()):
            for term, weight in weights.items():
                if term not in self.terms:
                    raise wrong_call(
                        f"combination {name!r}",
                        f"no fixed effect {term!r}",
                        suggestion(term, self.terms),
                    )
                matrix[place, self.terms.index(term)] = weight
        _refuse_dependent_rows(matrix, each=True)
        return self._table(list(rows), matrix, df, conf_level)

    def contrast(self, matrix: ArrayLike, df: DfMethod = "kenward-roger") -> Contrast:
        """Test that linear combinations of the fixed effects are all zero.

        Parameters
        ----------
        matrix : array of float, shape (rows, terms) or (terms,)
            One combination a row, in the order of `terms`.
        df : "kenward-roger" or "satterthwaite"

        Returns
        -------
        Contrast
            ``F, ndf, ddf, p_value``. Kenward-Roger scales F so that it follows an F
            distribution more nearly.
        """
        rows = np.atleast_2d(np.asarray(matrix, dtype=float))
        if rows.ndim != 2 or rows.shape[1] != len(self.terms):
            cause = f"a row has {rows.shape[-1]} weights, the model {len(self.terms)} terms"
            mend = f"give a weight for each of {', '.join(self.terms)}"
            raise wrong_call("contrast", cause, mend)
        _refuse_dependent_rows(rows, each=False)
        solution = self._solution
        turned = rows @ solution.turn
        estimates = rows @ solution.coefficients / solution.scale
        if self._checked(df) == "kenward-roger":
            matched = kenward_roger.several_df(turned, self._corrected)
            if matched is None:
                mend = "test fewer of them together, or each by itself"
                raise refused("no_f", "contrast", mend, q=len(rows))
            scaling, ddf = matched
            spread = self._corrected.covariance
        else:
            scaling, ddf = 1.0, satterthwaite.several_df(turned, self._uncertain)
            spread = self._uncertain.phi
        inside = turned @ spread @ turned.T
        wald = float(estimates @ np.linalg.solve(inside, estimates))
        statistic = scaling * wald / len(rows)
        p_value = float(special.fdtrc(len(rows), ddf, statistic))
        return Contrast(statistic, float(len(rows)), ddf, p_value)

    def __repr__(self) -> str:
        found = ", ".join(f"{count} {group}" for group, count in self.levels.items())
        edge = f", zero for {' and '.join(self.at_zero)}" if self.singular else ""
        return f"MixedFit({self.formula}, {self.method}, {self.n} rows, {found}{edge})"

    def _table(
        self, names: Sequence[str], rows: Floats, method: DfMethod, conf_level: float
    ) -> pd.DataFrame:
        if not 0 < conf_level < 1:
            raise wrong_call("conf_level", f"{conf_level} is no coverage", "give 0.95")
        solution = self._solution
        turned = rows @ solution.turn
        if self._checked(method) == "kenward-roger":
            df = kenward_roger.single_df(turned, self._corrected)
            spread = self._corrected.covariance
        else:
            df = satterthwaite.single_df(turned, self._uncertain)
            spread = self._uncertain.phi
        estimate = rows @ solution.coefficients
        error = solution.scale * np.sqrt(np.einsum("ri,ij,rj->r", turned, spread, turned))
        statistic = estimate / error
        half = special.stdtrit(df, (1 + conf_level) / 2) * error
        return pd.DataFrame(
            {
                "term": names,
                "estimate": estimate,
                "std_error": error,
                "statistic": statistic,
                "df": df,
                "p_value": 2 * special.stdtr(df, -np.abs(statistic)),
                "conf_low": estimate - half,
                "conf_high": estimate + half,
            }
        )

    def _checked(self, method: str) -> str:
        if method not in DF_METHODS:
            raise wrong_call("df", f"no method {method!r}", suggestion(method, DF_METHODS))
        if method == "kenward-roger" and self.method != "reml":
            raise refused(
                "kenward_roger_ml",
                f"df {method!r}",
                "fit with method='reml', or ask for df='satterthwaite'",
            )
        return method

    @cached_property
    def _corrected(self) -> kenward_roger.Corrected:
        return kenward_roger.corrected(self._solution.at)

    @cached_property
    def _uncertain(self) -> satterthwaite.Uncertain:
        return satterthwaite.uncertain(self._solution.at, self._solution.variances)


def _refuse_dependent_rows(rows: Floats, *, each: bool) -> None:
    """Refuse a row of zeros, and unless each stands alone one that follows from others."""
    if not np.isfinite(rows).all():
        raise wrong_call("contrast", "a weight is missing or infinite", "give finite weights")
    if not len(rows):
        raise wrong_call("contrast", "no row is given", "give one combination a row")
    for place in range(len(rows)):
        first = place if each else 0
        if np.linalg.matrix_rank(rows[first : place + 1]) < place + 1 - first:
            raise refused("rows_depend", "contrast", "leave it out", row=place + 1)

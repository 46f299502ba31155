"""Least squares whose uncertainty is told by clusters: CR2 with Satterthwaite's df."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import stats

from pilot.errors import EstimationError
from pilot.estimation.clusters.degrees import ContrastTest, htz, satterthwaite
from pilot.estimation.clusters.model import read_model
from pilot.estimation.clusters.sandwich import Floats, Sandwich, cross_products, sandwich

NOTHING = 1e-12


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class ClusterRobust:
    """A fit made by `cluster_robust`.

    Attributes
    ----------
    terms : tuple of str
    fit : Sandwich
    n, n_clusters, n_dropped : int
    """

    terms: tuple[str, ...]
    fit: Sandwich
    n: int
    n_clusters: int
    n_dropped: int

    def coefficients(self, conf_level: float = 0.95) -> pd.DataFrame:
        """Return one row a term, with CR2 standard errors and Satterthwaite's df.

        Returns
        -------
        DataFrame
            ``term, estimate, std_error, statistic, df, p_value, conf_low, conf_high``.
        """
        each = np.eye(len(self.terms))
        for row, term in zip(each, self.terms, strict=True):
            self._refuse_known_from_one_cluster(row, f"term {term!r}")
        estimate = self.fit.coefficients
        std_error = np.sqrt(np.diag(self.fit.covariance))
        df = np.array([satterthwaite(self.fit, row) for row in each])
        statistic = estimate / std_error
        half = stats.t.ppf((1 + conf_level) / 2, df) * std_error
        return pd.DataFrame(
            {
                "term": self.terms,
                "estimate": estimate,
                "std_error": std_error,
                "statistic": statistic,
                "df": df,
                "p_value": 2 * stats.t.sf(np.abs(statistic), df),
                "conf_low": estimate - half,
                "conf_high": estimate + half,
            }
        )

    def __repr__(self) -> str:
        return f"{self._head()}\n{self.coefficients().to_string(index=False)}"

    def _repr_html_(self) -> str:
        return f"<p>{self._head()}</p>{self.coefficients().to_html(index=False, border=0)}"

    def _head(self) -> str:
        return f"ClusterRobust({self.n} rows, {self.n_clusters} clusters, CR2, Satterthwaite)"

    def contrast(self, matrix: Floats) -> ContrastTest:
        """Test several contrasts of the coefficients together (HTZ).

        Parameters
        ----------
        matrix : array, shape (q, p)
            One row a contrast, one column a term.

        Raises
        ------
        EstimationError
            When the shape does not fit, rows depend on each other, there are fewer
            clusters than the test needs, or single clusters determine a contrast.
        """
        rows = np.atleast_2d(np.asarray(matrix, dtype=float))
        if rows.shape[1] != len(self.terms):
            raise EstimationError(
                "contrast",
                f"has {rows.shape[1]} columns, and the model {len(self.terms)} terms",
                f"give one number for each of: {', '.join(self.terms)}",
            )
        if np.linalg.matrix_rank(rows) < len(rows):
            raise EstimationError(
                "contrast", "its rows depend on each other", "leave out what follows"
            )
        for row in rows:
            self._refuse_known_from_one_cluster(row, "contrast")
        test = htz(self.fit, rows)
        if test.df_den <= 0:
            raise EstimationError(
                "contrast",
                f"{len(rows)} rows are too many for {self.n_clusters} clusters",
                "test fewer contrasts together",
            )
        return test

    def _refuse_known_from_one_cluster(self, row: Floats, where: str) -> None:
        shared = cross_products(self.fit, row.reshape(1, -1))[0, :, 0, :]
        if np.trace(shared) <= NOTHING * float(row @ self.fit.bread @ row):
            raise EstimationError(
                where,
                "is constant within clusters and known from single ones, so no other "
                "cluster tells how sure it is",
                "leave it out, or take larger clusters",
            )


def cluster_robust(formula: str, data: pd.DataFrame, *, cluster: str) -> ClusterRobust:
    """Fit by least squares and tell the uncertainty by clusters.

    CR2 standard errors, ``sqrt(c' V c)`` with
    ``V = B (sum_g X_g' A_g e_g e_g' A_g' X_g) B`` and ``B = (X'X)^-1``, and Satterthwaite's
    degrees of freedom, both with independent rows as the working model.

    Parameters
    ----------
    formula : str
        Such as ``"change ~ arm"``; rows with something missing are left out and counted.
    data : DataFrame
    cluster : str
        The column that says which rows belong together.

    Raises
    ------
    EstimationError
        For an unknown column, fewer than two clusters, columns that depend on each other.

    Notes
    -----
    Do not use it to compare arms of fewer than four sites each: there is nothing to learn
    how sites differ from, however many families each site has.

    References
    ----------
    Bell & McCaffrey (2002). Bias reduction in standard errors for linear regression with
    multi-stage samples. Survey Methodology, 28, 169-181.
    Pustejovsky & Tipton (2018). Journal of Business & Economic Statistics, 36, 672-683.

    Examples
    --------
    >>> data = pd.DataFrame(
    ...     {"change": [1.0, 2.0, 3.0, 0.0, 2.0, 4.0], "site": ["a", "a", "b", "b", "c", "c"]}
    ... )
    >>> cluster_robust("change ~ 1", data, cluster="site").coefficients().round(3)
            term  estimate  std_error  statistic   df  p_value  conf_low  conf_high
    0  Intercept       2.0        0.5        4.0  2.0    0.057    -0.151      4.151
    """
    model = read_model(formula, data, cluster)
    fit = sandwich(model.design, model.response, model.clusters)
    return ClusterRobust(
        model.terms, fit, len(model.response), model.n_clusters, model.n_dropped
    )

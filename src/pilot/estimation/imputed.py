"""The mean change with those who left filled in from how they started, many times over."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import special

from pilot.estimation.imputation import Pooled, pool_imputations
from pilot.estimation.pairs import Pairs
from pilot.estimation.plan import Plan
from pilot.estimation.reasons import refusal
from pilot.estimation.rows import estimator, from_mean
from pilot.estimation.t import mean_t, no_spread, t_quantile

Floats = NDArray[np.float64]
FAMILIES_FROM = 20
IMPUTATIONS = 100
SEED = 1987


@estimator(
    "mean change of {units} that started, at the sites that took part, had those who left "
    "changed as others who started alike",
    level="interval",
)
def imputed_t(pairs: Pairs, plan: Plan) -> dict[str, Any]:
    """Estimate the mean change of all families that started, by multiple imputation.

    Families without a pair get a change drawn 100 times from the normal regression of
    change on the first score among those who stayed, with its own doubt (sigma^2 =
    RSS / chi2, beta normal about the fit); who has no first score gets one drawn first. The
    100 means are pooled with Barnard and Rubin's df (`pool_imputations`).

    Use it from 20 families with both waves, where some left and how they started may say
    why. Not below 20: refused. Not where leaving depends on how they fared: it then takes
    the stayers' word for the leavers; read the tipping point.

    References
    ----------
    Rubin (1987). Multiple imputation for nonresponse in surveys, example 5.1.
    Barnes, Lindborg & Seaman (2006). Multiple imputation techniques in small sample
    clinical trials. Statistics in Medicine, 25(2), 233-245.

    Examples
    --------
    >>> from pilot.estimation.example import sleep_pairs
    >>> imputed_t(sleep_pairs(left=2), Plan("paired_t")).reason
    '10 participants with both waves; filling in who left is done from 20'
    """
    if len(pairs.families) < FAMILIES_FROM:
        raise refusal(
            "few_to_impute",
            pairs.where,
            "read the bounds and the tipping point",
            n=len(pairs.families),
            units=pairs.units,
            needed=FAMILIES_FROM,
        )
    left = _first_scores_of_left(pairs)
    if not len(left):
        return from_mean(mean_t(pairs.changes, pairs.where))
    pooled = impute_changes(_first_scores(pairs), pairs.changes, left)
    statistic = pooled.estimate / pooled.std_error
    half_75 = pooled.std_error * t_quantile(0.75, pooled.df)
    return {
        "estimate": pooled.estimate,
        "std_error": pooled.std_error,
        "statistic": statistic,
        "df": pooled.df,
        "p_value": float(2 * special.stdtr(pooled.df, -abs(statistic))),
        "conf_low": pooled.conf_low,
        "conf_high": pooled.conf_high,
        "conf_low_75": pooled.estimate - half_75,
        "conf_high_75": pooled.estimate + half_75,
        "smallest_p": None,
        "n_families": len(pairs.families) + len(left),
        "n_participants": len(pairs.table) + len(_gone(pairs)),
    }


def impute_changes(
    before: Floats, changes: Floats, left: Floats, *, imputations: int = IMPUTATIONS
) -> Pooled:
    """Pool the mean change over families whose missing changes are drawn from a regression.

    Parameters
    ----------
    before, changes : array of float
        First score and change of each family that stayed.
    left : array of float
        First score of each that left, NaN where unknown.
    imputations : int
        How many times; always from the same seed, whatever the order of families.

    Examples
    --------
    >>> before = np.arange(20.0)
    >>> changes = 10 - before / 2 + np.tile([-1.0, 1.0], 10)
    >>> f"{impute_changes(before, changes, np.array([0.0, 1.0, 2.0])).estimate:.1f}"
    '5.8'
    """
    drawn = np.random.default_rng(SEED)
    order = np.lexsort((changes, before))
    first, seen = before[order], changes[order]
    starts = _starts(drawn, first, np.sort(left), imputations)
    filled = _filled(drawn, first, seen, starts)
    whole = np.concatenate([np.tile(seen, (imputations, 1)), filled], axis=1)
    n = whole.shape[1]
    errors = whole.std(axis=1, ddof=1) / math.sqrt(n)
    return pool_imputations(whole.mean(axis=1), errors, n - 1)


def _starts(drawn: np.random.Generator, first: Floats, left: Floats, m: int) -> Floats:
    """Return the leavers' first scores, drawn anew each time where unknown (sorted last)."""
    starts = np.tile(left, (m, 1))
    unknown = np.isnan(left)
    spread = first.std(ddof=1) * np.sqrt((len(first) - 1) / drawn.chisquare(len(first) - 1, m))
    centre = first.mean() + spread * drawn.standard_normal(m) / math.sqrt(len(first))
    noise = drawn.standard_normal((m, int(unknown.sum())))
    starts[:, unknown] = centre[:, None] + spread[:, None] * noise
    return starts


def _filled(drawn: np.random.Generator, first: Floats, seen: Floats, starts: Floats) -> Floats:
    """Return drawn changes: two coefficients where first scores differ, else the mean."""
    m = len(starts)
    centre = first.mean()
    flat = no_spread(first)
    design = np.column_stack([np.ones(len(first)), first - centre])[:, : 1 if flat else 2]
    fit, *_ = np.linalg.lstsq(design, seen, rcond=None)
    df = len(first) - design.shape[1]
    squares = float(((seen - design @ fit) ** 2).sum())
    sigma = np.sqrt(squares / drawn.chisquare(df, m))
    # columns of the design are orthogonal: each coefficient is drawn by itself
    errors = sigma[:, None] / np.sqrt((design**2).sum(axis=0))
    beta = fit + errors * drawn.standard_normal((m, len(fit)))
    predicted = beta[:, :1] + (0.0 if flat else beta[:, 1:] * (starts - centre))
    return np.asarray(predicted + sigma[:, None] * drawn.standard_normal(starts.shape))


def _gone(pairs: Pairs) -> pd.DataFrame:
    return pairs.lost[~pairs.lost["family"].isin(pairs.families.index)]


def _first_scores_of_left(pairs: Pairs) -> Floats:
    gone = _gone(pairs)
    return np.asarray(gone["before"].groupby(gone["family"]).mean(), dtype=np.float64)


def _first_scores(pairs: Pairs) -> Floats:
    firsts = pairs.table["before"].groupby(pairs.table["family"]).mean()
    return np.asarray(firsts.reindex(pairs.families.index), dtype=np.float64)

"""Who left: stayers beside leavers at the first wave."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

import pandas as pd

from pilot.estimation.noncentral import noncentral_limits
from pilot.estimation.pairs import Pairs
from pilot.results import Standardised

COLUMNS = (
    "outcome",
    "role",
    "contrast",
    "n_stayed",
    "n_left",
    "n_left_unknown",
    "mean_stayed",
    "sd_stayed",
    "median_stayed",
    "mean_left",
    "sd_left",
    "median_left",
    "difference",
    "d",
    "d_low",
    "d_high",
)


def attrition_table(contrasts: Pairs | Iterable[Pairs]) -> pd.DataFrame:
    """Compare the first scores of people who stayed and of people who left.

    The difference is left minus stayed; d divides it by the pooled SD of both, with the
    limits of the noncentral t of two groups. Medians stand for outcomes whose steps are an
    order only, where means, SDs and d are empty.

    Parameters
    ----------
    contrasts : Pairs or iterable of Pairs
        One an outcome, with everyone who started (`complete_pairs(..., started=...)`).

    Returns
    -------
    DataFrame
        One row an outcome: ``outcome, role, contrast, n_stayed, n_left, n_left_unknown``
        (left without a first score), ``mean_, sd_, median_stayed``, ``mean_, sd_,
        median_left``, ``difference, d, d_low, d_high``; persons, not families. NaN where
        there are too few.

    Notes
    -----
    It has no p-value: with a handful of leavers 'no significant difference' would hide any.
    Equal first scores do not show that leavers changed alike: read `tipping_point` too. It
    describes few people: the team's table, not the public page's.

    References
    ----------
    Hansen, Tobler & Graham (1990). Attrition in substance abuse prevention research.
    Evaluation Review, 14(6), 677-685.
    Hedges (1981). Journal of Educational Statistics, 6(2), 107-128 (d and its limits).

    Examples
    --------
    >>> from pilot.estimation.example import sleep_pairs
    >>> row = attrition_table(sleep_pairs(left=2)).iloc[0]
    >>> f"{row['n_stayed']} stayed, {row['n_left']} left, {row['difference']:+.2f}"
    '10 stayed, 2 left, -0.25'
    """
    chosen = [contrasts] if isinstance(contrasts, Pairs) else list(contrasts)
    return pd.DataFrame([_row(pairs) for pairs in chosen], columns=list(COLUMNS))


def _row(pairs: Pairs) -> dict[str, Any]:
    stayed, left = pairs.table["before"], pairs.lost["before"].dropna()
    row: dict[str, Any] = {
        "outcome": pairs.outcome.key,
        "role": pairs.outcome.role,
        "contrast": pairs.contrast,
        "n_stayed": len(stayed),
        "n_left": len(left),
        "n_left_unknown": len(pairs.lost) - len(left),
        "median_stayed": stayed.median(),
        "median_left": left.median(),
    }
    if pairs.outcome.level == "ordinal":
        return row
    difference = left.mean() - stayed.mean()
    d = _cohens_d(stayed, left)
    return row | {
        "mean_stayed": stayed.mean(),
        "sd_stayed": stayed.std(ddof=1),
        "mean_left": left.mean(),
        "sd_left": left.std(ddof=1),
        "difference": difference,
        "d": d.estimate,
        "d_low": d.conf_low,
        "d_high": d.conf_high,
    }


def _cohens_d(stayed: pd.Series, left: pd.Series) -> Standardised:
    n, m = len(stayed), len(left)
    df = n + m - 2
    squares = (n - 1) * (stayed.var(ddof=1) if n > 1 else 0.0)
    squares += (m - 1) * (left.var(ddof=1) if m > 1 else 0.0)
    if min(n, m) < 1 or df < 1 or not squares > 0:
        return Standardised("d", math.nan, math.nan, math.nan)
    d = float((left.mean() - stayed.mean()) / math.sqrt(squares / df))
    unit = math.sqrt(1 / n + 1 / m)
    low, high = noncentral_limits(d / unit, df)
    return Standardised("d", d, low * unit, high * unit)

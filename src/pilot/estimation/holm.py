"""Several outcomes at once: Holm's correction, over the two that were planned."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import pandas as pd

from pilot.errors import EstimationError
from pilot.results import Estimate


def holm(p_values: Sequence[float]) -> list[float]:
    """Return p-values adjusted for being several, in the order they came.

    With p(1) <= ... <= p(m), the i-th becomes the largest of (m - j + 1) p(j) over j <= i,
    at most 1. Strong control of the familywise error, whatever their dependence.

    Parameters
    ----------
    p_values : sequence of float
        Of the outcomes that were planned as one family, none left out.

    Notes
    -----
    Intervals stay as they are. Not for exploratory outcomes, which get no verdict at all.

    References
    ----------
    Holm (1979). A simple sequentially rejective multiple test procedure. Scandinavian
    Journal of Statistics, 6(2), 65-70.

    Examples
    --------
    >>> holm([0.01, 0.04, 0.03])
    [0.03, 0.06, 0.06]
    """
    for p_value in p_values:
        if not 0 <= p_value <= 1:
            raise EstimationError("holm", f"p = {p_value:g} is outside 0 to 1", "give p-values")
    adjusted = [0.0] * len(p_values)
    so_far = 0.0
    for rank, place in enumerate(sorted(range(len(p_values)), key=lambda i: p_values[i])):
        so_far = max(so_far, min(1.0, (len(p_values) - rank) * p_values[place]))
        adjusted[place] = so_far
    return adjusted


def with_holm(estimates: Iterable[Estimate]) -> list[Estimate]:
    """Return the estimates, the planned primary ones with their adjusted p.

    Every other row, and a primary one without a p-value (refused), has none; the refused
    one still counts as a test, as in `holm_primaries`.

    Parameters
    ----------
    estimates : iterable of Estimate
        As `estimate_change` returns them.

    Examples
    --------
    >>> from pilot.estimation.example import SLEEP
    >>> both = [
    ...     Estimate(replace(SLEEP, key=key, primary=True), "b - a", "", "paired_t", p_value=p)
    ...     for key, p in (("gse", 0.03), ("lsns", 0.2))
    ... ]
    >>> [row.p_adjusted for row in with_holm(both)]
    [0.06, 0.2]
    """
    rows = list(estimates)
    places = [place for place, row in enumerate(rows) if _is_planned_primary(row)]
    known = dict(zip(places, _adjusted([rows[place] for place in places]), strict=True))
    return [replace(row, p_adjusted=known.get(place)) for place, row in enumerate(rows)]


def holm_primaries(estimates: Iterable[Estimate]) -> pd.DataFrame:
    """Adjust the p-values of the planned estimates of the primary outcomes.

    A primary outcome without a p-value (refused) still counts: the number of tests was
    fixed before anyone knew who would come back.

    Parameters
    ----------
    estimates : iterable of Estimate
        As `estimate_change` returns them; only planned rows of primary outcomes are used.

    Returns
    -------
    DataFrame
        ``outcome, method, p_value, p_adjusted``, NaN where there is no p-value.

    Examples
    --------
    >>> from pilot.estimation.example import SLEEP
    >>> both = [
    ...     Estimate(replace(SLEEP, key=key, primary=True), "b - a", "", "paired_t", p_value=p)
    ...     for key, p in (("gse", 0.03), ("lsns", None))
    ... ]
    >>> holm_primaries(both)
      outcome    method  p_value  p_adjusted
    0     gse  paired_t     0.03        0.06
    1    lsns  paired_t      NaN         NaN
    """
    primary = [row for row in estimates if _is_planned_primary(row)]
    return pd.DataFrame(
        {
            "outcome": [row.outcome.key for row in primary],
            "method": [row.method for row in primary],
            "p_value": pd.Series([row.p_value for row in primary], dtype=float),
            "p_adjusted": pd.Series(_adjusted(primary), dtype=float),
        }
    )


def _is_planned_primary(row: Estimate) -> bool:
    return row.outcome.primary and row.standing == "planned"


def _adjusted(primary: Sequence[Estimate]) -> list[float | None]:
    """Return the adjusted p of each; none for one without a p, which counts as a 1."""
    adjusted = holm([1.0 if row.p_value is None else row.p_value for row in primary])
    return [
        None if row.p_value is None else p for row, p in zip(primary, adjusted, strict=True)
    ]

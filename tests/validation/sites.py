"""Methods that know sites, for all data sets of a cell at once."""

from __future__ import annotations

from functools import cache

import numpy as np
import pandas as pd
from tests.validation.answers import Answers, Floats, from_t, no_interval
from tests.validation.cells import N_SITES
from tests.validation.draw import Draw
from tests.validation.means import by_site, enough, mean_and_error

from pilot.estimation.clusters import cluster_robust, wild_bootstrap

POOLED_FROM = 4  # families more than sites
INTERVAL_75_FROM = 3.0 - 1e-9  # degrees of freedom


def pooled_within_sites(drawn: Draw) -> Answers:
    """Answer as the registry's `pooled_within_sites`."""
    sums, counts = by_site(drawn)
    n, sites = counts.sum(axis=1), (counts > 0).sum(axis=1)
    changes = drawn.family_changes
    with np.errstate(invalid="ignore", divide="ignore"):
        off = changes - (sums / counts)[:, drawn.site]
        df = np.where(n - sites >= POOLED_FROM, n - sites, np.nan)
        error = np.sqrt(np.nansum(off**2, axis=1) / df / n)
    _, some, _ = mean_and_error(changes)
    kept = enough(drawn) & np.isfinite(some) & np.isfinite(df) & (error > 0)
    return from_t(sums.sum(axis=1) / np.maximum(n, 1), error, df, drawn.truth).only(kept)


def site_cr2(drawn: Draw) -> Answers:
    """Answer as the registry's `site_cr2`: family changes, clusters by site, CR2."""
    sums, counts = by_site(drawn)
    n = counts.sum(axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = sums.sum(axis=1) / n
        off = sums - counts * mean[:, None]
        error = np.sqrt(np.nansum(off**2 / (1 - counts / n[:, None]), axis=1)) / n
    whole = (counts > 0).all(axis=1)
    kept = enough(drawn) & whole & (error > 0)
    df = np.array(
        [_df(tuple(row)) if here else np.nan for row, here in zip(counts, kept, strict=True)]
    )
    answers = from_t(mean, error, df, drawn.truth).only(kept)
    answers.low_75[df < INTERVAL_75_FROM] = np.nan
    answers.high_75[df < INTERVAL_75_FROM] = np.nan
    return answers


@cache
def _df(counts: tuple[float, ...]) -> float:
    """Return Satterthwaite's df; it follows from the sizes of the sites alone."""
    site = np.repeat(np.arange(len(counts)), np.array(counts, dtype=int))
    data = pd.DataFrame({"change": np.arange(len(site), dtype=float) ** 2, "site": site})
    return float(
        cluster_robust("change ~ 1", data, cluster="site").coefficients()["df"].iloc[0]
    )


def site_wild(drawn: Draw) -> Answers:
    """Answer as the registry's `site_wild`, data set by data set."""
    changes, kept = drawn.family_changes, enough(drawn)
    p_value = np.full(len(changes), np.nan)
    for row in np.flatnonzero(kept):
        here = np.isfinite(changes[row])
        if len(np.unique(drawn.site[here])) == N_SITES:
            p_value[row] = wild_p(changes[row, here], drawn.site[here])
    return no_interval(np.nanmean(changes, axis=1), p_value)


def wild_p(changes: Floats, site: Floats) -> float:
    """Return the p of one data set."""
    data = pd.DataFrame({"change": changes, "site": site})
    return wild_bootstrap("change ~ 1", data, cluster="site").p_value

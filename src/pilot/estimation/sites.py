"""Methods that look at families by their site: what holds beyond them, and within them."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pandas as pd

from pilot.design.text import Text
from pilot.estimation.clusters import wild_bootstrap
from pilot.estimation.clusters.degrees import satterthwaite
from pilot.estimation.clusters.sandwich import sandwich
from pilot.estimation.clusters.wild import PRIMARY_FROM
from pilot.estimation.ladder import SITES_FROM
from pilot.estimation.means import by_persons
from pilot.estimation.pairs import Pairs
from pilot.estimation.plan import Plan
from pilot.estimation.reasons import refusal
from pilot.estimation.rows import estimator, from_mean
from pilot.estimation.signflip import smallest_p
from pilot.estimation.t import by_t, mean_t, no_spread

NARROW_FROM = 3  # df, below which no 75 % interval is given
NOISE = 1e-9  # of four equal sites the df are 3 but for rounding
WITHIN_FROM = 4  # families more than sites

_NEVER_PLANNED = Text(
    en="a bootstrap over fewer than {needed} sites has too few different draws to decide by",
    nl="een bootstrap over minder dan {needed} locaties heeft te weinig verschillende "
    "trekkingen om op te beslissen",
)


@estimator(
    "mean change at sites like these, over {units} with both waves, each site weighing 1",
    level="interval",
)
def site_means_t(pairs: Pairs, plan: Plan) -> dict[str, Any]:
    """Estimate the unweighted mean over sites of the mean family change, t with S - 1 df.

    Use it where the design generalises to sites. Refused with fewer than 4 sites with a
    pair, and where some families have no site. With 4 sites no permutation of sites can
    reach .05: its smallest exact p is .125.

    References
    ----------
    Murray, Varnell & Blitstein (2004). Design and analysis of group-randomized trials.
    American Journal of Public Health, 94(3), 423-432 (analysis of group means).

    Examples
    --------
    >>> from pilot.estimation.example import sleep_pairs
    >>> site_means_t(sleep_pairs(), Plan("site_means_t", generalises_to="sites")).reason
    '10 of 10 participants have no site, so site means would leave them out'
    """
    means = np.sort(site_means(pairs).to_numpy(dtype=float))
    _refuse_few(len(means), pairs)
    mean = mean_t(means, pairs.where)
    return from_mean(mean) | {
        "standardised": by_persons(mean, pairs),
        "smallest_p": smallest_p(means),
    }


@estimator(
    "mean change at sites like these, over {units} with both waves, each of them weighing 1",
    level="interval",
)
def site_cr2(pairs: Pairs, plan: Plan) -> dict[str, Any]:
    """Estimate the mean family change, its uncertainty told by sites (CR2).

    The intercept of the family changes by least squares, with the bias-reduced sandwich over
    sites and Satterthwaite's df. Below 3 df a 75 % interval covers too little: it is empty.

    Use it beside site means, to see whether large sites decide. Not alone with fewer than
    10 sites, nor where their sizes differ much: its df then falls below 3.

    References
    ----------
    Bell & McCaffrey (2002). Bias reduction in standard errors for linear regression with
    multi-stage samples. Survey Methodology, 28, 169-181.
    Pustejovsky & Tipton (2018). Journal of Business & Economic Statistics, 36, 672-683.

    Examples
    --------
    >>> from pilot.estimation.example import sleep_pairs
    >>> site_cr2(sleep_pairs(), Plan("site_cr2", generalises_to="sites")).refused
    True
    """
    families = _by_site(pairs)
    sites, _ = pd.factorize(families["site"])
    changes = families["change"].to_numpy(dtype=float)
    fit = sandwich(np.ones((len(changes), 1)), changes, np.asarray(sites, dtype=np.intp))
    df = satterthwaite(fit, np.ones(1))
    mean = by_t(float(fit.coefficients[0]), math.sqrt(fit.covariance[0, 0]), df)
    narrow = {} if df >= NARROW_FROM - NOISE else {"conf_low_75": None, "conf_high_75": None}
    return from_mean(mean) | narrow | {"standardised": by_persons(mean, pairs)}


@estimator(
    "mean change at sites like these, over {units} with both waves, each of them weighing 1; "
    "tested: the mean is 0",
    level="interval",
)
def site_wild(pairs: Pairs, plan: Plan) -> dict[str, Any]:
    """Test the mean family change by the wild bootstrap over sites, with its smallest p.

    Webb's six weights, one a site; enumerated to five sites, sampled by a fixed seed beyond.

    For the team to look at from 4 sites. Never the planned method under 6 sites.

    References
    ----------
    Webb (2023). Reworking wild bootstrap-based inference for clustered errors. Canadian
    Journal of Economics, 56, 839-858.

    Examples
    --------
    >>> from pilot.estimation.example import sleep_pairs
    >>> site_wild(sleep_pairs(), Plan("site_wild", generalises_to="sites")).refused
    True
    """
    families = _by_site(pairs)
    found = wild_bootstrap("change ~ 1", families, cluster="site")
    never = Text(
        nl=_NEVER_PLANNED.nl.format(needed=PRIMARY_FROM),
        en=_NEVER_PLANNED.en.format(needed=PRIMARY_FROM),
    )
    return {
        "estimate": float(families["change"].mean()),
        "statistic": found.statistic,
        "p_value": found.p_value,
        "smallest_p": found.smallest_p,
        "notes": () if found.may_be_primary else (never,),
    }


@estimator(
    "mean change of {units} at these very sites, over those with both waves, each weighing 1",
    level="interval",
)
def pooled_within_sites(pairs: Pairs, plan: Plan) -> dict[str, Any]:
    """Estimate the mean family change, its uncertainty told by families within sites.

    sum of n_s d_s / N over S sites with n_s families of mean change d_s; its variance is the
    pooled one within sites over N, with N - S df. How much sites differ is left out of it,
    since it speaks of these sites only.

    Use it beside the planned method where a design generalises to families. Not for other
    sites; not with fewer than 4 families more than sites, where it is refused.

    References
    ----------
    Cochran (1977). Sampling techniques, 3rd ed., chapter 5 (stratified means). Wiley.

    Examples
    --------
    >>> from pilot.estimation.example import sleep_pairs
    >>> pooled_within_sites(sleep_pairs(), Plan("paired_t")).reason
    '10 of 10 participants have no site, so site means would leave them out'
    """
    means = site_means(pairs)
    changes = pairs.changes
    n, df = len(changes), len(changes) - len(means)
    if df < WITHIN_FROM:
        raise refusal(
            "few_within_sites",
            pairs.where,
            "read the planned estimate",
            n=n,
            units=pairs.units,
            sites=len(means),
            needed=WITHIN_FROM,
        )
    away = np.sort(changes - means.reindex(pairs.families["site"]).to_numpy(dtype=float))
    if no_spread(np.append(np.sort(changes), changes.mean())) or not np.abs(away).max() > 0:
        raise refusal("no_spread_within", pairs.where, "show the changes one by one", n=n)
    std_error = math.sqrt(float(away @ away) / df / n)
    mean = by_t(float(np.sort(changes).mean()), std_error, float(df))
    return from_mean(mean) | {"standardised": by_persons(mean, pairs)}


def site_means(pairs: Pairs) -> pd.Series:
    """Return the mean family change of each site.

    Raises
    ------
    Refusal
        When a family has no site.
    """
    unknown = int(pairs.families["site"].isna().sum())
    if unknown:
        raise refusal(
            "site_unknown",
            pairs.where,
            "give each family its site in the register",
            unknown=unknown,
            n=len(pairs.families),
            units=pairs.units,
        )
    return pairs.families.groupby("site")["change"].mean()


def _by_site(pairs: Pairs) -> pd.DataFrame:
    """Return families' changes in an order that owes nothing to their names.

    Raises
    ------
    Refusal
        When a site is unknown, sites are few, or their means are all equal.
    """
    means = site_means(pairs)
    _refuse_few(len(means), pairs)
    if no_spread(means.to_numpy(dtype=float)):
        raise refusal(
            "no_spread",
            pairs.where,
            "show the changes one by one",
            n=len(means),
            value=float(means.iloc[0]) + 0.0,
        )
    return pairs.families[["site", "change"]].sort_values(["site", "change"], kind="stable")


def _refuse_few(sites: int, pairs: Pairs) -> None:
    if sites < SITES_FROM:
        raise refusal(
            "few_sites",
            pairs.where,
            "declare generalises_to = 'families', or follow more sites",
            n=sites,
            needed=SITES_FROM,
        )

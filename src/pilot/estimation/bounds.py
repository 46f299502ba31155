"""How far those who left, and single sites, could move the estimate."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pilot.estimation.ordinal import counts, signs
from pilot.estimation.pairs import Pairs
from pilot.estimation.plan import Plan
from pilot.estimation.reasons import refusal
from pilot.estimation.rows import estimator

_ALL = "change of all {units} that started, had those who left moved to the scale's "


@estimator(_ALL + "worst end")
def worst_case(pairs: Pairs, plan: Plan) -> dict[str, Any]:
    """Estimate the change had every family that left changed for the worse as far as it goes.

    A family with a pair keeps its change. A family without one gets, for each member who
    started, the scale's worst score minus the score before (the whole range where there is
    none); a family's members are averaged. For an ordinal outcome the sign of that counts.
    No interval: this is a bound, not an estimate. Where neither way is better, the worst is
    the lowest.

    Use it beside the planned estimate to say what those who left could hide. Not as a
    likely value: hardly anyone ends at the bottom of a scale.

    References
    ----------
    Horowitz & Manski (2000). Nonparametric analysis of randomized experiments with missing
    covariate and outcome data. JASA, 95(449), 77-84.

    Examples
    --------
    >>> from pilot.estimation.example import ladder_pairs
    >>> worst_case(ladder_pairs(), Plan("net_better")).estimate
    0.3
    """
    return _bound(pairs, worst=True)


@estimator(_ALL + "best end")
def best_case(pairs: Pairs, plan: Plan) -> dict[str, Any]:
    """Estimate the change had every family that left changed for the better as far as it goes.

    The mirror image of `worst_case`, with the same rules, source and caution.

    References
    ----------
    Horowitz & Manski (2000). JASA, 95(449), 77-84.

    Examples
    --------
    >>> from pilot.estimation.example import ladder_pairs
    >>> best_case(ladder_pairs(), Plan("net_better")).estimate
    0.5
    """
    return _bound(pairs, worst=False)


def leave_one_site_out(pairs: Pairs) -> pd.DataFrame:
    """Return the estimate without each site in turn.

    Parameters
    ----------
    pairs : Pairs
        Of families at two sites or more, each with a known site.

    Returns
    -------
    DataFrame
        ``site_left_out, estimate, n``, one row a site; n counts the families that remain.
        Its smallest and largest estimate are the range to tell.

    Notes
    -----
    It shows whether one site carries the result. It is no interval, and with four sites no
    ground to compare them.

    Examples
    --------
    >>> from pilot.estimation.example import ladder_pairs
    >>> leave_one_site_out(ladder_pairs())
      site_left_out  estimate  n
    0          east      0.25  4
    1          west      0.75  4
    """
    sites = pairs.families["site"]
    known = sorted(sites.dropna().unique())
    if len(known) < 2 or sites.isna().any():
        raise refusal(
            "site_unknown" if sites.isna().any() else "one_site",
            pairs.where,
            "give each family its site in the register",
            unknown=int(sites.isna().sum()),
            n=len(sites),
            units=pairs.units,
        )
    rest = {site: pairs.changes[(sites != site).to_numpy()] for site in known}
    return pd.DataFrame(
        {
            "site_left_out": known,
            "estimate": [central(changes, pairs) for changes in rest.values()],
            "n": [len(changes) for changes in rest.values()],
        }
    )


def central(changes: NDArray[np.float64], pairs: Pairs) -> float:
    """Return the mean of changes, or better minus worse where the outcome is ordinal."""
    if pairs.outcome.level == "interval":
        return float(changes.mean())
    better, worse, n = counts(signs(changes, pairs))
    return (better - worse) / n


def left_families(pairs: Pairs, *, up: bool = False) -> NDArray[np.float64]:
    """Return the farthest mean change the scale allows of each family without a pair.

    Up is towards the scale's high end. Whoever has one of the two scores keeps it; the
    other, and both of who has none, are the ends of the scale.

    Examples
    --------
    >>> from pilot.estimation.example import ladder_pairs
    >>> left_families(ladder_pairs()), left_families(ladder_pairs(), up=True)
    (array([-5.,  0.]), array([0., 5.]))
    """
    gone = pairs.lost[~pairs.lost["family"].isin(pairs.families.index)]
    low, high = pairs.outcome.low, pairs.outcome.high
    after = gone["after"].fillna(high if up else low)
    before = gone["before"].fillna(low if up else high)
    return (after - before).groupby(gone["family"], sort=False).mean().to_numpy(dtype=float)


def _bound(pairs: Pairs, *, worst: bool) -> dict[str, Any]:
    up = (pairs.outcome.better_sign or 1) * (-1 if worst else 1) > 0
    reachable = left_families(pairs, up=up)
    gone = pairs.lost[~pairs.lost["family"].isin(pairs.families.index)]
    return {
        "estimate": central(np.concatenate([pairs.changes, reachable]), pairs),
        "smallest_p": None,
        "n_participants": len(pairs.table) + len(gone),
        "n_families": len(pairs.families) + len(reachable),
    }

"""Two groups compared on mean change, each with a variance of its own."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from pilot.estimation.comparison.arms import Arms, Floats
from pilot.estimation.comparison.rows import comparison
from pilot.estimation.noncentral import noncentral_limits
from pilot.estimation.reasons import refusal
from pilot.estimation.rows import from_mean
from pilot.estimation.standardised import small_sample_factor
from pilot.estimation.t import MeanT, by_t, finite, no_spread
from pilot.results import Standardised


@comparison(
    "difference between the groups in mean change, over {units} with both waves, each "
    "weighing 1"
)
def welch_change(arms: Arms) -> dict[str, Any]:
    """Estimate by how much more one group's families changed than the other's, by Welch's t.

    m1 - m0 over sqrt(s1^2/n1 + s0^2/n0), with Welch and Satterthwaite's df; n counts
    families (each side of a family in both groups by itself), or sites where whole sites
    are in one group. Beside it Glass's delta of the changes: the difference over the SD of
    the reference's changes between persons.

    Use it beside `ancova`: it needs no model of the start and no equal variances. Not
    where many left: it keeps complete pairs only.

    References
    ----------
    Welch (1947). The generalization of Student's problem when several different population
    variances are involved. Biometrika, 34, 28-35.

    Examples
    --------
    >>> from pilot.estimation.comparison.example import TWO_GROUPS, two_groups
    >>> from pilot.estimation.plan import Plan
    >>> welch_change(two_groups(), Plan("ancova", versus=TWO_GROUPS))
    Estimate(sleep, other - one: 0.68 [-1.24, 2.60], n = 10, welch_change)
    """
    group, reference = units(arms)
    found = from_mean(welch(group, reference, arms.where))
    change = (arms.table["after"] - arms.table["before"]).to_numpy(dtype=float)
    alone = arms.alone and not arms.by_site
    if not alone or no_spread(reference) or no_spread(group):
        return found
    own = arms.table["arm"].to_numpy() == 1
    return found | {"standardised": (glass_delta(change[own], change[~own]),)}


def units(arms: Arms) -> tuple[Floats, Floats]:
    """Return what is independent: the mean changes of families, or of sites.

    Raises
    ------
    Refusal
        When sites are compared that hold people of both groups.
    """
    if not arms.by_site:
        return arms.changes
    if arms.split_sites:
        raise refusal("sites_in_both", arms.where, "use method='ancova'", n=arms.split_sites)
    return arms.site_changes


def welch(group: ArrayLike, reference: ArrayLike, where: str = "changes") -> MeanT:
    """Estimate the difference of two means with Welch's standard error and df.

    Parameters
    ----------
    group, reference : array of float
        Changes of independent units.

    Returns
    -------
    MeanT

    Raises
    ------
    Refusal
        With fewer than two in a group, or no spread in both.

    Examples
    --------
    >>> found = welch([1.0, 2.0, 4.0], [0.0, 1.0, 1.0, 2.0])
    >>> f"{found.estimate:.3f} {found.df:.3f}"  # R: t.test(c(1, 2, 4), c(0, 1, 1, 2))
    '1.333 2.861'
    """
    sides = [finite(values, where) for values in (group, reference)]
    for values in sides:
        if len(values) < 2:
            raise refusal("fewer_than_two", where, "follow up more families", n=len(values))
    if all(no_spread(values) for values in sides):
        raise refusal("changes_same_in_groups", where, "show each person's change")
    parts = [float(values.var(ddof=1)) / len(values) for values in sides]
    df = sum(parts) ** 2 / sum(
        part**2 / (len(values) - 1) for part, values in zip(parts, sides, strict=True)
    )
    means = [float(values.mean()) for values in sides]
    return by_t(means[0] - means[1], math.sqrt(sum(parts)), df)


def glass_delta(
    group: ArrayLike,
    reference: ArrayLike,
    *,
    corrected: bool = False,
    conf_level: float = 0.95,
) -> Standardised:
    """Divide the difference of two means by the reference's standard deviation.

    delta = (m1 - m0) / s0. The interval takes the noncentralities between which
    (m1 - m0) / (s0 h), h = sqrt(1/n0 + s1^2 / (n1 s0^2)), lies in the middle with n0 - 1 df,
    times h. `corrected` multiplies the estimate by J(n0 - 1), which takes its bias out.

    Parameters
    ----------
    group, reference : array of float
        Independent persons.

    Notes
    -----
    Use it where the programme may change the spread too. Not with fewer than about ten in
    the reference: s0 alone is then off by a quarter or more.

    References
    ----------
    Glass (1976). Primary, secondary, and meta-analysis of research. Educational
    Researcher, 5(10), 3-8.
    Hedges (1981). Journal of Educational Statistics, 6(2), 107-128.

    Examples
    --------
    >>> found = glass_delta([3.0, 4.0, 6.0], [1.0, 2.0, 2.0, 3.0])
    >>> f"{found.estimate:.4f}"
    '2.8577'
    """
    first, second = (finite(values, "glass_delta") for values in (group, reference))
    for values in (first, second):
        if len(values) < 2:
            raise refusal(
                "fewer_than_two", "glass_delta", "follow up more families", n=len(values)
            )
    if no_spread(second):
        raise refusal(
            "no_standardiser",
            "glass_delta",
            "show the difference in points",
            n=len(second),
            wave="of the reference",
            value=float(second[0]),
        )
    spread, df = float(second.std(ddof=1)), len(second) - 1
    delta = (float(first.mean()) - float(second.mean())) / spread
    unit = math.sqrt(1 / len(second) + float(np.var(first, ddof=1)) / len(first) / spread**2)
    low, high = noncentral_limits(delta / unit, df, conf_level)
    if corrected:
        delta *= small_sample_factor(df) if df > 1 else float("nan")
    return Standardised("glass_delta", delta, low * unit, high * unit)

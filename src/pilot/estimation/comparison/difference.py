"""Two groups compared on how much they changed, everyone with a score included."""

from __future__ import annotations

from typing import Any

from pilot.estimation.clusters import cluster_robust
from pilot.estimation.comparison.arms import Arms
from pilot.estimation.comparison.rows import coefficient, comparison
from pilot.estimation.comparison.welch import units
from pilot.estimation.mixed import mixed_model
from pilot.estimation.reasons import refusal
from pilot.estimation.t import no_spread


@comparison(
    "difference between the groups in mean change, over everyone with a score at one of the "
    "two waves"
)
def difference_in_differences(arms: Arms) -> dict[str, Any]:
    """Estimate by how much more one group changed than the other, by a mixed model.

    score = wave * group + family + family:wave + participant + e, the last three random,
    by REML; the estimate is the interaction, with Kenward-Roger's standard error and df.
    Where everyone is a family of one, only the participant's intercept. Where whole sites
    are in one group: change = a + d group by least squares over those with both waves, CR2
    with Satterthwaite's df by site.

    Use it where groups were not drawn by lot, and beside `ancova` where they were. It
    rests on one thing that no data can show: that without the programme both groups would
    have changed equally. With complete data and people alone it equals the t-test on
    changes with equal variances.

    References
    ----------
    Angrist & Pischke (2009). Mostly harmless econometrics, chapter 5. Princeton.
    Kenward & Roger (1997). Biometrics, 53, 983-997.

    Examples
    --------
    >>> from pilot.estimation.comparison.example import TWO_GROUPS, two_groups
    >>> from pilot.estimation.plan import Plan
    >>> difference_in_differences(two_groups(), Plan("ancova", versus=TWO_GROUPS))
    Estimate(sleep, other - one: 0.68 [-1.14, 2.50], n = 10, difference_in_differences)
    """
    if all(no_spread(side) for side in units(arms)):
        raise refusal("changes_same_in_groups", arms.where, "show each person's change")
    if arms.by_site:
        people = arms.table.assign(change=arms.table["after"] - arms.table["before"])
        found = cluster_robust("change ~ arm", people, cluster="site").coefficients()
        return coefficient(found, "arm")
    rows = arms.everyone
    groups = ["participant"]
    if rows.drop_duplicates("participant")["family"].duplicated().any():
        groups = ["family", "family:later", "participant"]
    fit = mixed_model("score ~ later * arm", rows, groups=groups)
    families = rows["family"].nunique()
    return coefficient(fit.coefficients(), "later:arm") | {
        "n_participants": int(rows["participant"].nunique()),
        "n_families": int(families),
        "n_sites": int(rows["site"].nunique()),
        "incomplete_participants": int(rows["participant"].nunique()) - len(arms.table),
        "incomplete_families": int(families - arms.table["family"].nunique()),
    }

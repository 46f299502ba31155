"""Two groups compared on the score after, at the same score before."""

from __future__ import annotations

from typing import Any

import numpy as np

from pilot.estimation.clusters import cluster_robust
from pilot.estimation.comparison.arms import Arms
from pilot.estimation.comparison.rows import coefficient, comparison
from pilot.estimation.mixed import mixed_model
from pilot.estimation.reasons import refusal
from pilot.estimation.rows import from_mean
from pilot.estimation.t import MeanT, by_t, no_spread

FORMULA = "after ~ before + arm"


@comparison(
    "difference between the groups in the score at the later wave, at the same score at the "
    "earlier one, over {units} with both waves"
)
def ancova(arms: Arms) -> dict[str, Any]:
    """Estimate the difference between two groups after, adjusted for before (ANCOVA).

    after = a + b before + d group + e; d is the estimate. Where people are alone, least
    squares with n - 3 df; where families have several members, a random intercept by
    family with Kenward-Roger's standard error and df; where whole sites are in one group,
    least squares with CR2 and Satterthwaite's df by site.

    Use it where the groups were drawn by lot: it is then the most precise of the fair
    ways. Not where people chose their group or were chosen for a low start: then groups
    that differ before drift towards each other's mean and ANCOVA and the difference in
    change answer differently (Lord's paradox): tell both.

    Raises
    ------
    Refusal
        When all scores before are equal or follow from the group, or nothing is left over.

    References
    ----------
    Vickers & Altman (2001). Analysing controlled trials with baseline and follow up
    measurements. BMJ, 323, 1123-1124.
    Kenward & Roger (1997). Biometrics, 53, 983-997.
    Pustejovsky & Tipton (2018). Journal of Business & Economic Statistics, 36, 672-683.
    Lord (1967). A paradox in the interpretation of group comparisons. Psychological
    Bulletin, 68, 304-305.

    Examples
    --------
    >>> from pilot.estimation.comparison.example import TWO_GROUPS, two_groups
    >>> from pilot.estimation.plan import Plan
    >>> ancova(two_groups(), Plan("ancova", versus=TWO_GROUPS))
    Estimate(sleep, other - one: 2.00 [-0.39, 4.40], n = 10, ancova)
    """
    _refuse_before(arms)
    if arms.by_site:
        found = cluster_robust(FORMULA, arms.table, cluster="site").coefficients()
        return coefficient(found, "arm")
    if arms.alone:
        return from_mean(_least_squares(arms))
    fit = mixed_model(FORMULA, arms.table, groups="family")
    return coefficient(fit.coefficients(), "arm")


def _least_squares(arms: Arms) -> MeanT:
    design = _design(arms)
    after = arms.table["after"].to_numpy(dtype=float)
    bread = np.linalg.inv(design.T @ design)
    coefficients = bread @ (design.T @ after)
    left = after - design @ coefficients
    df = len(after) - design.shape[1]
    variance = float(left @ left) / df * float(bread[2, 2])
    return by_t(float(coefficients[2]), float(np.sqrt(variance)), float(df))


def _design(arms: Arms) -> np.ndarray:
    before, arm = (arms.table[name].to_numpy(dtype=float) for name in ("before", "arm"))
    return np.column_stack([np.ones(len(arm)), before, arm])


def _refuse_before(arms: Arms) -> None:
    before = arms.table["before"].to_numpy(dtype=float)
    n = len(before)
    if no_spread(before):
        raise refusal(
            "before_same", arms.where, "use the difference", n=n, value=float(before[0])
        )
    design = _design(arms)
    if np.linalg.matrix_rank(design) < design.shape[1]:
        raise refusal("before_follows", arms.where, "use the difference")
    after = arms.table["after"].to_numpy(dtype=float)
    left = after - design @ np.linalg.lstsq(design, after, rcond=None)[0]
    if n <= design.shape[1] or float(np.abs(left).max()) <= 1e-11 * float(np.abs(after).max()):
        raise refusal("no_spread_in_groups", arms.where, "show each person's scores", n=n)

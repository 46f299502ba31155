"""Groups described: their means, and a difference that carries no verdict."""

from __future__ import annotations

from typing import Any

import pandas as pd

from pilot.estimation.comparison.arms import Arms, arms_of, refuse_arms
from pilot.estimation.comparison.rows import comparison
from pilot.estimation.comparison.welch import units
from pilot.estimation.pairs import Pairs
from pilot.estimation.plan import Versus
from pilot.estimation.reasons import Refusal, refusal


@comparison(
    "difference between the groups in mean change, described only, over {units} with both "
    "waves, each weighing 1",
    described=True,
)
def group_difference(arms: Arms) -> dict[str, Any]:
    """Return the difference between the groups' mean changes, without interval or p.

    What is left where whole sites are compared and are too few: it says what was seen, and
    nothing about how sure that is.

    References
    ----------
    Murray (1998). Design and analysis of group-randomized trials, chapter 2. Oxford (one
    site an arm cannot be analysed).

    Examples
    --------
    >>> from pilot.estimation.comparison.example import TWO_GROUPS, two_groups
    >>> from pilot.estimation.plan import Plan
    >>> group_difference(two_groups(), Plan("ancova", versus=TWO_GROUPS))
    Estimate(sleep, other - one: 0.68, n = 10, group_difference)
    """
    sides = units(arms)
    for side, values in zip((arms.versus.group, arms.versus.reference), sides, strict=True):
        if not len(values):
            raise refusal("group_empty", arms.where, "look in the findings", group=side)
    found: dict[str, Any] = {"estimate": float(sides[0].mean() - sides[1].mean())}
    try:
        refuse_arms(arms)
    except Refusal as why:
        found |= {"reason": why.cause, "reason_nl": why.reason_nl}
    return found


def group_table(pairs: Pairs, versus: Versus) -> pd.DataFrame:
    """Return what each group looked like: who, before, after and change.

    Parameters
    ----------
    pairs : Pairs
        Made of scores with a column ``group``.
    versus : Versus

    Returns
    -------
    DataFrame
        One row a group: ``group, n_participants, n_families, n_sites, before, after,
        change, sd_change``, the means and the SD between persons over those with both
        waves; NaN where nobody is. For the team: a small group tells of its people.

    Examples
    --------
    >>> from pilot.estimation.comparison.example import TWO_GROUPS, two_groups
    >>> group_table(two_groups(), TWO_GROUPS)[["group", "n_families", "change"]]
       group  n_families  change
    0    new           5    1.92
    1  usual           5    1.24
    """
    arms = arms_of(pairs, versus)
    table = arms.table.assign(change=arms.table["after"] - arms.table["before"])
    rows = []
    for name, arm in ((versus.group, 1), (versus.reference, 0)):
        own = table[table["arm"] == arm]
        rows.append(
            {
                "group": name,
                "n_participants": len(own),
                "n_families": int(own["family"].nunique()),
                "n_sites": int(own["site"].nunique()),
                "before": own["before"].mean(),
                "after": own["after"].mean(),
                "change": own["change"].mean(),
                "sd_change": own["change"].std(ddof=1),
            }
        )
    return pd.DataFrame(rows)

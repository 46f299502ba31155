"""From a plan for one group to a plan for two: which method answers, what stands beside."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from pilot.design.groups import Groups
from pilot.design.text import Text
from pilot.estimation.comparison.arms import arms_of, refuse_arms
from pilot.estimation.means import paired_t
from pilot.estimation.ordinal import net_better
from pilot.estimation.pairs import Pairs
from pilot.estimation.plan import Plan, Versus
from pilot.estimation.reasons import Refusal
from pilot.results import Estimate

COMPARED = (
    "ancova",
    "difference_in_differences",
    "welch_change",
    "permutation",
    "group_difference",
)
REASONS = {
    "ancova": Text(
        en="the design has a comparison group, so the answer is the difference between the "
        "groups, at the same start",
        nl="dit traject heeft een vergelijkingsgroep; het antwoord is dus het verschil tussen "
        "de groepen, bij een gelijk begin",
    ),
    "net_difference": Text(
        en="the design has a comparison group, and the steps of this outcome are an order",
        nl="dit traject heeft een vergelijkingsgroep, en de stappen van deze uitkomst zijn "
        "een volgorde",
    ),
}


def versus_of(groups: Groups) -> Versus:
    """Return the comparison that a design declares.

    Examples
    --------
    >>> versus_of(Groups(reference="waiting list", levels=["waiting list", "taking part"]))
    Versus(group='taking-part', reference='waiting-list', in_turns=False, cluster=None)
    """
    return Versus(
        groups.taking_part.key, groups.compared_with.key, in_turns=groups.start == "in turns"
    )


def plan_of_groups(plan: Plan, level: str, versus: Versus) -> Plan:
    """Return the plan of a comparison: the difference is the answer, planned beforehand.

    Parameters
    ----------
    plan : Plan
        Of the same outcome without groups.
    level : {"interval", "ordinal"}
    versus : Versus

    Examples
    --------
    >>> plan = plan_of_groups(Plan("paired_t"), "interval", Versus("new", "usual"))
    >>> plan.planned, plan.alternatives[0]
    ('ancova', 'difference_in_differences')
    """
    planned, *others = ("net_difference",) if level == "ordinal" else COMPARED
    return replace(
        plan,
        planned=planned,
        alternatives=tuple(others),
        sensitivities=(),
        reason=REASONS[planned],
        versus=versus,
    )


def within_groups(pairs: Pairs, plan: Plan, versus: Versus) -> list[Estimate]:
    """Return the change within each group: its mean with a t interval, or its net share.

    Two intervals beside each other are no comparison: the difference is. Where the groups
    may only be described, their intervals and p-values are left out.
    """
    arms = arms_of(pairs, versus)
    reason = _why_described(pairs, versus)
    rows, simple = [], net_better if pairs.outcome.level == "ordinal" else paired_t
    for name, arm in ((versus.group, 1), (versus.reference, 0)):
        people = set(arms.table.loc[arms.table["arm"] == arm, "participant"])
        people |= set(arms.everyone.loc[arms.everyone["arm"] == arm, "participant"])
        row = replace(simple(_only(pairs, people), plan).as_("alternative"), group=name)
        rows.append(row if reason is None else _described(row, reason))
    return rows


def _why_described(pairs: Pairs, versus: Versus) -> Refusal | None:
    """Return why groups may only be described: too few sites, and no other reason."""
    try:
        refuse_arms(arms_of(pairs, versus))
    except Refusal as why:
        return why
    return None


def _described(row: Estimate, why: Refusal) -> Estimate:
    if row.refused:
        return row
    return replace(
        row,
        std_error=None,
        statistic=None,
        df=None,
        p_value=None,
        smallest_p=None,
        conf_low=None,
        conf_high=None,
        conf_low_75=None,
        conf_high_75=None,
        standardised=(),
        reason=why.cause,
        reason_nl=why.reason_nl,
    )


def _only(pairs: Pairs, people: set[object]) -> Pairs:
    def those(rows: pd.DataFrame) -> pd.DataFrame:
        if rows.empty:
            return rows
        return rows[rows["participant"].isin(people)].reset_index(drop=True)

    return Pairs(
        pairs.outcome,
        pairs.earlier,
        pairs.later,
        table=those(pairs.table),
        lost=those(pairs.lost),
        everyone=those(pairs.everyone),
    )

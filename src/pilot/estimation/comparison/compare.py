"""The call: two groups of a table of scores, compared on one outcome."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal, get_args

import pandas as pd

from pilot.design.outcome import Outcome
from pilot.errors import CallError, suggestion
from pilot.estimation.comparison.ancova import ancova
from pilot.estimation.comparison.described import group_difference
from pilot.estimation.comparison.difference import difference_in_differences
from pilot.estimation.comparison.net import net_difference
from pilot.estimation.comparison.permutation import permutation
from pilot.estimation.comparison.planning import within_groups
from pilot.estimation.comparison.welch import welch_change
from pilot.estimation.pairs import pairs_of
from pilot.estimation.panel import rows_of
from pilot.estimation.plan import Versus, plan_for
from pilot.estimation.reasons import refusal
from pilot.estimation.rows import Method
from pilot.frames import GROUP
from pilot.results import Estimate

By = Literal["ancova", "difference", "welch", "permutation", "net", "described"]
METHODS: dict[str, Method] = {
    "ancova": ancova,
    "difference": difference_in_differences,
    "welch": welch_change,
    "permutation": permutation,
    "net": net_difference,
    "described": group_difference,
}
Cluster = Literal["family", "site"]


def compare_groups(  # noqa: PLR0913 - keywords a reader needs to see
    scores: pd.DataFrame,
    outcome: Outcome,
    waves: Sequence[str],
    *,
    group: str = "group",
    reference: str,
    method: By = "ancova",
    cluster: Cluster | None = None,
) -> list[Estimate]:
    """Compare how two groups changed between the first and the last of some waves.

    Parameters
    ----------
    scores : DataFrame
        One row a participant and wave: ``participant, family, site, role, wave``, the
        group's column and one column an outcome, NaN where missing.
    outcome : Outcome
        Its key names the column. An ordinal one takes ``method="net"``.
    waves : sequence of str
        In the order they were lived; the first and the last are compared.
    group : str
        The column that says which group a person is in; the first wave that says it counts.
    reference : str
        The group that the other is compared with.
    method : {"ancova", "difference", "welch", "permutation", "net", "described"}
        ANCOVA on the later score, difference in differences by a mixed model of everyone,
        Welch's t on family mean changes, the studentised permutation test of the same, the
        difference in net shares, or the difference without any verdict.
    cluster : {"family", "site"}, optional
        What shares its group and its luck. Left out, it follows from the data: sites where
        every site is in one group as a whole, else families. ``"family"`` says that people
        were put in groups one family at a time, though each site holds one group only;
        ``"site"`` leaves nothing to chance.

    Returns
    -------
    list of Estimate
        First the difference, group minus reference; then the change within each group. What
        the data cannot carry is a refused row with its reason; fewer than 4 sites in a group
        where whole sites are compared leave the means and nothing about how sure they are.

    Raises
    ------
    CallError
        For an unknown column, group or method.
    Refusal
        When there is one group, or more than two.
    EstimationError
        For scores that are infinite, or a person who stands at a wave twice.

    Notes
    -----
    A difference between groups that were not drawn by lot is no effect of a programme:
    whoever waits may differ in more than waiting. Never compare a p-value or interval of
    one group with that of the other; the difference is the comparison.

    References
    ----------
    Vickers & Altman (2001). BMJ, 323, 1123-1124 (ANCOVA).
    Janssen (1997). Statistics & Probability Letters, 36, 9-21 (permutation).
    Murray (1998). Design and analysis of group-randomized trials. Oxford (whole sites).
    Bland & Altman (2011). Comparisons against baseline within randomised groups are often
    used and can be highly misleading. Trials, 12, 264.

    Examples
    --------
    >>> from pilot.estimation.comparison.example import group_scores
    >>> from pilot.estimation.example import SLEEP
    >>> for row in compare_groups(group_scores(), SLEEP, ["one", "other"], reference="usual"):
    ...     print(row.group, row)
    new - usual Estimate(sleep, other - one: 2.00 [-0.39, 4.40], n = 10, ancova)
    new Estimate(sleep, other - one: 1.92 [-0.00, 3.84], n = 5, paired_t)
    usual Estimate(sleep, other - one: 1.24 [0.18, 2.30], n = 5, paired_t)
    """
    _refuse_words(scores, waves, (group, method, cluster))
    named = scores.assign(**{GROUP: _words(scores[group])})
    versus = _versus(named[GROUP], scores[group], outcome, reference)
    rows = rows_of(named, outcome, list(waves))
    pairs = pairs_of(rows, outcome, (waves[0], waves[-1]))
    plan = plan_for(outcome, "families", (waves[0], waves[-1]))
    versus = replace(versus, cluster=cluster)
    plan = replace(plan, versus=versus)
    return [METHODS[method](pairs, plan), *within_groups(pairs, plan, versus)]


def _refuse_words(
    scores: pd.DataFrame, waves: Sequence[str], words: tuple[str, str, str | None]
) -> None:
    group, method, cluster = words
    if group not in scores:
        known = [str(name) for name in scores.columns]
        raise CallError(
            "compare_groups, group", f"no column {group!r}", suggestion(group, known)
        )
    if method not in METHODS:
        raise CallError(
            "compare_groups, method", f"no method {method!r}", suggestion(method, METHODS)
        )
    if cluster not in (None, *get_args(Cluster)):
        raise CallError(
            "compare_groups, cluster",
            f"no cluster {cluster!r}",
            suggestion(str(cluster), get_args(Cluster)),
        )
    if len(waves) < 2 or isinstance(waves, str):
        raise CallError(
            "compare_groups, waves", "a change needs two waves", "give the first and the last"
        )


def _words(column: pd.Series) -> pd.Series:
    """Return a column of groups as words, empty where nobody says it."""
    return column.astype("object").map(str, na_action="ignore").astype("str")


def _versus(words: pd.Series, given: pd.Series, outcome: Outcome, reference: str) -> Versus:
    known = list(dict.fromkeys(words.dropna()))
    if isinstance(given.dtype, pd.CategoricalDtype):
        known = [str(level) for level in given.cat.categories]
    if str(reference) not in known:
        raise CallError(
            "compare_groups, reference",
            f"no group is called {reference!r}",
            suggestion(str(reference), known),
        )
    where = f"outcome {outcome.key!r}"
    if len(known) == 1:
        n = int(words.notna().sum())
        raise refusal("group_same", where, "compare with somebody else", n=n, group=known[0])
    if len(known) > 2:
        raise refusal(
            "groups_many",
            where,
            "keep the rows of two groups",
            n=len(known),
            groups=", ".join(known),
        )
    other = next(level for level in known if level != str(reference))
    return Versus(other, str(reference))

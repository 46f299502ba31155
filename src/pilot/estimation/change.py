"""From scores to estimates: every outcome, every method of its plan, nothing absent."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import pandas as pd

from pilot.design.groups import Groups
from pilot.design.outcome import Outcome
from pilot.estimation.bounds import leave_one_site_out
from pilot.estimation.comparison.planning import plan_of_groups, versus_of, within_groups
from pilot.estimation.contrasts import Contrast, Contrasts, contrasts_of
from pilot.estimation.individual import individual_change, individual_refused
from pilot.estimation.ladder import refuse_below_the_ladder, rung_for
from pilot.estimation.pairs import Pairs
from pilot.estimation.plan import GeneralisesTo, Plan, plan_for
from pilot.estimation.reasons import FAMILIES, Refusal
from pilot.estimation.registry import method
from pilot.estimation.rows import ESTIMANDS, refused
from pilot.results import Estimate, IndividualChange

LEFT_OUT = ("outcome", "role", "contrast", "site_left_out", "estimate", "n")


def estimate_change(  # noqa: PLR0913 - keywords a reader needs to see
    scores: pd.DataFrame,
    outcomes: Outcome | Iterable[Outcome],
    waves: Sequence[str],
    *,
    generalises_to: GeneralisesTo = "families",
    started: pd.DataFrame | None = None,
    groups: Groups | None = None,
) -> list[Estimate]:
    """Estimate how much each outcome changed between its first and its last wave.

    Parameters
    ----------
    scores : DataFrame
        One row a participant and wave: ``participant, family, site, role, wave, months``
        and one column an outcome, NaN where missing.
    outcomes : Outcome or iterable of Outcome
    waves : sequence of str
        The waves held so far, in the order they were lived. The contrast of an outcome is
        the last of its waves with data minus the first.
    generalises_to : {"families", "sites"}
        What the design says the estimates hold for.
    started : DataFrame, optional
        Everyone whose later score is due (see `complete_pairs`), for the bounds.
    groups : Groups, optional
        The comparison groups of the design, told by a column ``group`` of the scores. The
        planned row is then the difference between them, at the waves where they differ.

    Returns
    -------
    list of Estimate
        For each outcome the planned method first, then alternatives and sensitivities. What
        the data cannot carry is a refused row with its reason.

    Notes
    -----
    A change between two waves of one group: growing older, other help and a changed
    neighbourhood are in it. It is no effect of the programme.

    References
    ----------
    Kenward & Roger (1997) for the model of everyone; Student (1908) for the mean; Fisher
    (1935) and Hartigan (1969) for sign flips; Tango (1998) for net shares. Each method's
    docstring has its own.

    Examples
    --------
    >>> from pilot.estimation.example import SLEEP, sleep_pairs
    >>> people = sleep_pairs().table
    >>> scores = pd.concat(
    ...     people[["participant"]].assign(wave=wave, sleep=people[column])
    ...     for wave, column in (("one", "before"), ("other", "after"))
    ... )
    >>> for row in estimate_change(scores, SLEEP, ["one", "other"])[:2]:
    ...     print(row)
    Estimate(sleep, other - one: 1.58 [0.70, 2.46], n = 10, mixed_kr)
    Estimate(sleep, other - one: 1.58 [0.70, 2.46], n = 10, paired_t)
    """
    if groups is None:
        return estimates_of(contrasts_of(scores, outcomes, waves, started), generalises_to)
    contrasts = contrasts_of(scores, outcomes, groups.waves(list(waves)))
    return [
        row
        for contrast in contrasts.each
        for row in _compared(contrast, contrasts.waves, generalises_to, groups)
    ]


def estimates_of(
    contrasts: Contrasts, generalises_to: GeneralisesTo = "families"
) -> list[Estimate]:
    """Estimate the change of each outcome whose pairs were made before.

    Returns
    -------
    list of Estimate
        What `estimate_change` returns without comparison groups.

    Examples
    --------
    >>> from pilot.estimation.example import SLEEP
    >>> nobody = pd.DataFrame({"participant": ["a"], "wave": ["one"], "sleep": [1.0]})
    >>> estimates_of(contrasts_of(nobody, SLEEP, ["one"]))[0].reason
    'has scores at one wave only so far; a change needs two'
    """
    return [
        row
        for contrast in contrasts.each
        for row in _estimates(contrast, contrasts.waves, generalises_to)
    ]


def individual_changes(contrasts: Contrasts) -> list[IndividualChange]:
    """Count reliable change of persons for each outcome, over the same contrast.

    Examples
    --------
    >>> from pilot.estimation.example import SLEEP
    >>> nobody = pd.DataFrame({"participant": ["a"], "wave": ["one"], "sleep": [1.0]})
    >>> individual_changes(contrasts_of(nobody, SLEEP, ["one"]))[0].reason
    'has scores at one wave only so far; a change needs two'
    """
    return [
        individual_refused(contrast.outcome, contrast.words, contrast.pairs)
        if isinstance(contrast.pairs, Refusal)
        else individual_change(contrast.pairs)
        for contrast in contrasts.each
    ]


def sites_left_out(contrasts: Contrasts) -> pd.DataFrame:
    """Return `leave_one_site_out` of every outcome that has five families and two sites.

    Returns
    -------
    DataFrame
        ``outcome, role, contrast, site_left_out, estimate, n``.

    Examples
    --------
    >>> from pilot.estimation.example import SLEEP
    >>> nobody = pd.DataFrame({"participant": ["a"], "wave": ["one"], "sleep": [1.0]})
    >>> len(sites_left_out(contrasts_of(nobody, SLEEP, ["one"])))
    0
    """
    parts = [
        _left_out(contrast.pairs)
        for contrast in contrasts.each
        if isinstance(contrast.pairs, Pairs)
    ]
    told = [part for part in parts if part is not None]
    return pd.concat(told, ignore_index=True) if told else pd.DataFrame(columns=list(LEFT_OUT))


def _estimates(
    contrast: Contrast, waves: Sequence[str], generalises_to: GeneralisesTo
) -> list[Estimate]:
    if isinstance(contrast.pairs, Refusal):
        plan = plan_for(contrast.outcome, generalises_to, waves)
        return [refused(_open(contrast, plan), contrast.pairs)]
    pairs = contrast.pairs
    plan = plan_for(contrast.outcome, generalises_to, waves, len(pairs.families))
    rows = [method(name)(pairs, plan).as_(standing) for name, standing in plan]
    return [replace(rows[0], chosen=plan.reason), *rows[1:]]


def _compared(
    contrast: Contrast, waves: Sequence[str], generalises_to: GeneralisesTo, groups: Groups
) -> list[Estimate]:
    """Estimate the difference between two groups, and the change within each."""
    outcome, versus = contrast.outcome, versus_of(groups)
    plan = plan_of_groups(plan_for(outcome, generalises_to, waves), outcome.level, versus)
    if isinstance(contrast.pairs, Refusal):
        return [refused(replace(_open(contrast, plan), group=versus.words), contrast.pairs)]
    pairs = contrast.pairs
    rows = [method(name)(pairs, plan).as_(standing) for name, standing in plan]
    rows[0] = replace(rows[0], chosen=plan.reason)
    return [*rows, *within_groups(pairs, plan, versus)]


def _open(contrast: Contrast, plan: Plan) -> Estimate:
    """Return the planned row of an outcome that has no pairs yet."""
    return Estimate(
        contrast.outcome,
        contrast.words,
        ESTIMANDS[plan.planned].format(units=FAMILIES.en),
        plan.planned,
        rung=rung_for(0).name,
        chosen=plan.reason,
    )


def _left_out(pairs: Pairs) -> pd.DataFrame | None:
    try:
        refuse_below_the_ladder(pairs)
        rows = leave_one_site_out(pairs)
    except Refusal:
        return None
    outcome = pairs.outcome
    told = rows.assign(outcome=outcome.key, role=outcome.role, contrast=pairs.contrast)
    return told[list(LEFT_OUT)]

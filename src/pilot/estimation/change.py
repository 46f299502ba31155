"""From scores to estimates: every outcome, every method of its plan, nothing absent."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import pandas as pd

from pilot.design.groups import Groups
from pilot.design.outcome import Outcome
from pilot.estimation.bounds import leave_one_site_out
from pilot.estimation.comparison.planning import plan_of_groups, versus_of, within_groups
from pilot.estimation.individual import individual_change, individual_refused
from pilot.estimation.ladder import refuse_below_the_ladder, rung_for
from pilot.estimation.pairs import Pairs, pairs_of
from pilot.estimation.panel import rows_of
from pilot.estimation.plan import GeneralisesTo, plan_for
from pilot.estimation.reasons import FAMILIES, Refusal, refusal
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
    chosen = [outcomes] if isinstance(outcomes, Outcome) else list(outcomes)
    return [
        row
        for outcome in chosen
        for row in (
            _estimates(scores, outcome, waves, generalises_to, started)
            if groups is None
            else _compared(scores, outcome, waves, generalises_to, groups)
        )
    ]


def individual_changes(
    scores: pd.DataFrame, outcomes: Outcome | Iterable[Outcome], waves: Sequence[str]
) -> list[IndividualChange]:
    """Count reliable change of persons for each outcome, over the same contrast.

    Examples
    --------
    >>> from pilot.estimation.example import SLEEP
    >>> nobody = pd.DataFrame({"participant": ["a"], "wave": ["one"], "sleep": [1.0]})
    >>> individual_changes(nobody, SLEEP, ["one"])[0].reason
    'has scores at one wave only so far; a change needs two'
    """
    chosen = [outcomes] if isinstance(outcomes, Outcome) else list(outcomes)
    return [_individual(scores, outcome, waves) for outcome in chosen]


def sites_left_out(
    scores: pd.DataFrame, outcomes: Outcome | Iterable[Outcome], waves: Sequence[str]
) -> pd.DataFrame:
    """Return `leave_one_site_out` of every outcome that has five families and two sites.

    Returns
    -------
    DataFrame
        ``outcome, role, contrast, site_left_out, estimate, n``.

    Examples
    --------
    >>> from pilot.estimation.example import SLEEP
    >>> nobody = pd.DataFrame({"participant": ["a"], "wave": ["one"], "sleep": [1.0]})
    >>> len(sites_left_out(nobody, SLEEP, ["one"]))
    0
    """
    chosen = [outcomes] if isinstance(outcomes, Outcome) else list(outcomes)
    parts = [_left_out(scores, outcome, waves) for outcome in chosen]
    told = [part for part in parts if part is not None]
    return pd.concat(told, ignore_index=True) if told else pd.DataFrame(columns=list(LEFT_OUT))


def contrast_pairs(
    scores: pd.DataFrame,
    outcome: Outcome,
    waves: Sequence[str],
    *,
    started: pd.DataFrame | None = None,
) -> Pairs:
    """Return the pairs of an outcome's contrast: its last wave with data minus its first.

    Raises
    ------
    Refusal
        When it was asked once only, or has scores at fewer than two waves so far.

    Examples
    --------
    >>> from pilot.estimation.example import SLEEP
    >>> two = pd.DataFrame(
    ...     {"participant": ["a", "a"], "wave": ["m0", "m24"], "sleep": [1.0, 2.0]}
    ... )
    >>> contrast_pairs(two, SLEEP, ["m0", "m12", "m24"]).contrast
    'm24 - m0'
    """
    where = f"outcome {outcome.key!r}"
    if outcome.key not in scores:
        raise refusal("no_scores", where, "see why scoring refused it")
    if len(outcome.waves) == 1:
        raise refusal("asked_once", where, "ask it at a later wave too")
    rows = rows_of(scores, outcome, _asked(outcome, waves))
    with_data = list(rows["wave"].unique())  # rows_of keeps the order of the waves
    if len(with_data) < 2:
        key = "one_wave" if with_data else "no_scores"
        raise refusal(key, where, "wait for the next wave")
    return pairs_of(rows, outcome, (with_data[0], with_data[-1]), started)


def _estimates(
    scores: pd.DataFrame,
    outcome: Outcome,
    waves: Sequence[str],
    generalises_to: GeneralisesTo,
    started: pd.DataFrame | None,
) -> list[Estimate]:
    try:
        pairs = contrast_pairs(scores, outcome, waves, started=started)
    except Refusal as why:
        plan = plan_for(outcome, generalises_to, waves)
        planned = Estimate(
            outcome,
            open_contrast(outcome, waves),
            ESTIMANDS[plan.planned].format(units=FAMILIES.en),
            plan.planned,
            rung=rung_for(0).name,
            chosen=plan.reason,
        )
        return [refused(planned, why)]
    plan = plan_for(outcome, generalises_to, waves, len(pairs.families))
    rows = [method(name)(pairs, plan).as_(standing) for name, standing in plan]
    return [replace(rows[0], chosen=plan.reason), *rows[1:]]


def _compared(
    scores: pd.DataFrame,
    outcome: Outcome,
    waves: Sequence[str],
    generalises_to: GeneralisesTo,
    groups: Groups,
) -> list[Estimate]:
    """Estimate the difference between two groups, and the change within each."""
    versus, until = versus_of(groups), groups.waves(list(waves))
    plan = plan_of_groups(plan_for(outcome, generalises_to, until), outcome.level, versus)
    try:
        pairs = contrast_pairs(scores, outcome, until)
    except Refusal as why:
        row = Estimate(
            outcome,
            open_contrast(outcome, until),
            ESTIMANDS[plan.planned].format(units=FAMILIES.en),
            plan.planned,
            rung=rung_for(0).name,
            chosen=plan.reason,
            group=versus.words,
        )
        return [refused(row, why)]
    rows = [method(name)(pairs, plan).as_(standing) for name, standing in plan]
    rows[0] = replace(rows[0], chosen=plan.reason)
    return [*rows, *within_groups(pairs, plan, versus)]


def _individual(
    scores: pd.DataFrame, outcome: Outcome, waves: Sequence[str]
) -> IndividualChange:
    try:
        return individual_change(contrast_pairs(scores, outcome, waves))
    except Refusal as why:
        return individual_refused(outcome, open_contrast(outcome, waves), why)


def _left_out(
    scores: pd.DataFrame, outcome: Outcome, waves: Sequence[str]
) -> pd.DataFrame | None:
    try:
        pairs = contrast_pairs(scores, outcome, waves)
        refuse_below_the_ladder(pairs)
        rows = leave_one_site_out(pairs)
    except Refusal:
        return None
    told = rows.assign(outcome=outcome.key, role=outcome.role, contrast=pairs.contrast)
    return told[list(LEFT_OUT)]


def _asked(outcome: Outcome, waves: Sequence[str]) -> list[str]:
    return [wave for wave in waves if not outcome.waves or wave in outcome.waves]


def open_contrast(outcome: Outcome, waves: Sequence[str]) -> str:
    """Name the contrast that is still to come: the last planned wave minus the first.

    Examples
    --------
    >>> from pilot.estimation.example import SLEEP
    >>> open_contrast(SLEEP, ["one", "other"]), open_contrast(SLEEP, ["one"])
    ('other - one', '? - one')
    """
    planned = list(outcome.waves) or list(waves)
    if len(planned) > 1:
        return f"{planned[-1]} - {planned[0]}"
    return " - ".join(["?", *planned])

"""How many persons of an outcome changed reliably, and how many would by chance."""

from __future__ import annotations

import numpy as np

from pilot.design.instrument import Reliability
from pilot.design.outcome import Outcome
from pilot.estimation.pairs import Pairs
from pilot.estimation.reasons import Refusal, refusal
from pilot.estimation.reliable import reliable_change
from pilot.estimation.t import no_spread
from pilot.results import IndividualChange

FALSE_FLAGS = 0.05
RETEST_DAYS = 90  # a longer interval measures how people move, not how the form errs
WITHIN = ("alpha", "kr20")
AGAIN = ("retest", "icc")


def individual_change(pairs: Pairs) -> IndividualChange:
    """Count who improved, who is worse and of whom nobody can tell, with the false flags.

    Reliability is the outcome's published internal consistency, else its retest within 90
    days: a retest over a year is how people move, not how the form errs. The SD is the
    published one of a reference group, else the pilot's own before, and the source says so.

    Parameters
    ----------
    pairs : Pairs
        Of one outcome; persons count here, not families.

    Returns
    -------
    IndividualChange
        Refused with the reason for ordinal outcomes, where neither way is better, without
        a published reliability, and without an SD.

    Examples
    --------
    >>> from dataclasses import replace
    >>> from pilot.estimation.example import SLEEP, sleep_pairs
    >>> known = Reliability(value=0.9, kind="alpha", source="made up for this example")
    >>> pairs = replace(sleep_pairs(), outcome=replace(SLEEP, reliability=(known,)))
    >>> counted = individual_change(pairs)
    >>> counted.improved, counted.cannot_tell, counted.worse, counted.expected_false
    (3, 7, 0, 0.5)
    """
    try:
        return _counted(pairs)
    except Refusal as why:
        return individual_refused(pairs.outcome, pairs.contrast, why)


def individual_refused(outcome: Outcome, contrast: str, why: Refusal) -> IndividualChange:
    """Return the counts that cannot be given, with the reason in both languages."""
    return IndividualChange(
        outcome,
        contrast,
        improved=0,
        cannot_tell=0,
        worse=0,
        expected_false=0.0,
        threshold=None,
        reliability=None,
        refused=True,
        reason=why.cause,
        reason_nl=why.reason_nl,
    )


def measurement_error(outcome: Outcome) -> Reliability | None:
    """Return the published reliability that tells an outcome's measurement error, if any.

    Examples
    --------
    >>> from dataclasses import replace
    >>> from pilot.estimation.example import SLEEP
    >>> year = Reliability(value=0.7, kind="retest", interval_days=365, source="made up")
    >>> measurement_error(replace(SLEEP, reliability=(year,))) is None
    True
    """
    within = [known for known in outcome.reliability if known.kind in WITHIN]
    soon = [
        known
        for known in outcome.reliability
        if known.kind in AGAIN
        and known.interval_days is not None
        and known.interval_days <= RETEST_DAYS
    ]
    return next(iter([*within, *soon]), None)


def _counted(pairs: Pairs) -> IndividualChange:
    outcome = pairs.outcome
    known = _refuse_or_known(pairs)
    sd, source = _published_sd(outcome)
    if sd is None and (len(pairs.before) < 2 or no_spread(np.sort(pairs.before))):
        raise refusal(
            "no_spread_before", pairs.where, "publish a reference SD", n=len(pairs.before)
        )
    people = reliable_change(
        pairs.before,
        pairs.after,
        reliability=known.value,
        sd=sd,
        higher_is=outcome.higher_is,
    )
    verdicts = people["verdict"].value_counts()
    return IndividualChange(
        outcome,
        pairs.contrast,
        improved=int(verdicts.get("improved", 0)),
        cannot_tell=int(verdicts.get("cannot tell", 0)),
        worse=int(verdicts.get("worse", 0)),
        expected_false=FALSE_FLAGS * len(people),
        threshold=float(people["threshold"].iloc[0]),
        reliability=known.value,
        source=f"{known.kind} {known.value:g} ({known.source}); {source}",
    )


def _refuse_or_known(pairs: Pairs) -> Reliability:
    outcome = pairs.outcome
    if outcome.level == "ordinal":
        raise refusal("individual_ordinal", pairs.where, "read the transition table")
    if outcome.higher_is == "neither":
        raise refusal("individual_neither", pairs.where, "read the profiles")
    if pairs.table.empty:
        raise refusal(
            "no_pairs",
            pairs.where,
            "look in the flow at who is due and who left",
            earlier=pairs.earlier,
            later=pairs.later,
        )
    known = measurement_error(outcome)
    if known is None:
        raise refusal(
            "no_reliability",
            pairs.where,
            "add a published one to the instrument, with its source",
            days=RETEST_DAYS,
        )
    return known


def _published_sd(outcome: Outcome) -> tuple[float | None, str]:
    for group in outcome.reference:
        if group.sd is not None:
            return group.sd, f"SD {group.sd:g} of {group.population} ({group.source})"
    return None, "SD of the people in this pilot, before"

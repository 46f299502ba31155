"""How many persons of an outcome changed reliably, and how many would by chance."""

from __future__ import annotations

from typing import Literal, get_args

import numpy as np

from pilot.design.instrument import Reliability
from pilot.design.outcome import Outcome
from pilot.design.text import Text
from pilot.errors import CallError, suggestion
from pilot.estimation.false_flags import FALSE_FLAGS, Estimated, false_flags
from pilot.estimation.pairs import Pairs
from pilot.estimation.reasons import Refusal, refusal
from pilot.estimation.reliable import reliable_change
from pilot.estimation.retest import (
    DAYS_A_MONTH,
    RETEST_DAYS,
    beyond,
    days_between,
    measurement_error,
    usual_movement,
)
from pilot.estimation.t import no_spread
from pilot.results import IndividualChange

Against = Literal["error", "usual movement"]
OWN_SD = Text(
    nl="SD van de mensen in deze pilot, vooraf", en="SD of the people in this pilot, before"
)
DUTCH = {"alpha": "alfa", "retest": "hertest", "icc": "ICC", "kr20": "KR-20"}


def individual_change(pairs: Pairs, *, against: Against = "error") -> IndividualChange:
    """Count who improved, who is worse and of whom nobody can tell, with the false flags.

    Reliability is the outcome's published internal consistency, else its retest within 90
    days: a retest over a year is how people move, not how the form errs. The SD is the
    published one of a reference group, else the pilot's own before, and the source says so.

    Parameters
    ----------
    pairs : Pairs
        Of one outcome; persons count here, not families.
    against : {"error", "usual movement"}
        What a change must exceed: the form's own error, or how much people usually move in
        about the time between the two waves, by a published retest over that time. The
        source then says in words that this is no measurement error.

    Returns
    -------
    IndividualChange
        Refused with the reason for ordinal outcomes, where neither way is better, without
        a published reliability, and without an SD. ``expected_false`` and ``false_at_95``
        are the persons flagged had nobody changed: on average, and in one pilot of twenty.

    Notes
    -----
    Not to compare persons, nor to add up over outcomes: each outcome has its own false
    flags.

    References
    ----------
    Jacobson & Truax (1991). Journal of Consulting and Clinical Psychology, 59(1), 12-19.

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
    if against not in get_args(Against):
        raise CallError(
            "individual_change, against",
            f"{against!r} is nothing a change is held against",
            suggestion(against, get_args(Against)),
        )
    try:
        return _counted(pairs, against)
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


def _counted(pairs: Pairs, against: Against) -> IndividualChange:
    outcome = pairs.outcome
    refuse_who_cannot_be_told(pairs)
    known = known_error(pairs) if against == "error" else _movement(pairs)
    sd, origin = published_sd(outcome)
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
    told = [_of_form(known), origin, *([] if against == "error" else [beyond(known)])]
    return IndividualChange(
        outcome,
        pairs.contrast,
        improved=int(verdicts.get("improved", 0)),
        cannot_tell=int(verdicts.get("cannot tell", 0)),
        worse=int(verdicts.get("worse", 0)),
        expected_false=FALSE_FLAGS * len(people),
        false_at_95=_likely_false(len(people), known.value, published=sd is not None),
        threshold=float(people["threshold"].iloc[0]),
        reliability=known.value,
        source="; ".join(each.en for each in told),
        source_nl="; ".join(each.nl for each in told),
    )


def refuse_who_cannot_be_told(pairs: Pairs) -> None:
    """Refuse outcomes of which no person's change can be judged.

    Raises
    ------
    Refusal
        For ordinal outcomes, where neither way is better, and without pairs.
    """
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


def known_error(pairs: Pairs) -> Reliability:
    """Return the published reliability that tells the measurement error, or refuse.

    Raises
    ------
    Refusal
        Where none is published.
    """
    known = measurement_error(pairs.outcome)
    if known is None:
        raise refusal(
            "no_reliability",
            pairs.where,
            "add a published one to the instrument, with its source",
            days=RETEST_DAYS,
        )
    return known


def _movement(pairs: Pairs) -> Reliability:
    days = days_between(pairs)
    if days is None:
        raise refusal("no_time", pairs.where, "give the dates of answering")
    known = usual_movement(pairs.outcome, days)
    if known is None:
        raise refusal(
            "no_retest_over",
            pairs.where,
            "add a published one to the instrument, with its source",
            months=round(days / DAYS_A_MONTH),
        )
    return known


def _likely_false(n: int, reliability: float, *, published: bool) -> int:
    estimated: Estimated = "nothing" if published or n < 2 else "sd"
    return false_flags(n, estimated=estimated, reliability=reliability).at_95


def _of_form(known: Reliability) -> Text:
    """Return a reliability as it is told, with its source."""
    value = f"{known.value:g}"
    return Text(
        en=f"{known.kind} {value} ({known.source})",
        nl=f"{DUTCH[known.kind]} {value.replace('.', ',')} ({known.source})",
    )


def published_sd(outcome: Outcome) -> tuple[float | None, Text]:
    """Return the published SD between persons, None without, and where the SD comes from.

    Examples
    --------
    >>> from pilot.estimation.example import SLEEP
    >>> sd, origin = published_sd(SLEEP)
    >>> sd, origin.en
    (None, 'SD of the people in this pilot, before')
    """
    for group in outcome.reference:
        if group.sd is not None:
            sd, name = f"{group.sd:g}", group.population
            return group.sd, Text(
                en=f"SD {sd} of {name.en} ({group.source})",
                nl=f"SD {sd.replace('.', ',')} van {name.nl} ({group.source})",
            )
    return None, OWN_SD

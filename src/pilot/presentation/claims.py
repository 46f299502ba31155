"""What the programme claims, what measures it, and what can be said."""

from __future__ import annotations

from collections.abc import Sequence

from pilot.design import Claim, EventKind, Outcome
from pilot.presentation.events import period_label
from pilot.presentation.markup import Column, Table, paragraph, section
from pilot.presentation.outcomes import interval
from pilot.presentation.piece import Piece, in_both
from pilot.presentation.saying import (
    digits_of,
    facing,
    label_until,
    moved,
    no_number,
    number_of,
    unit_of,
)
from pilot.presentation.words import Words
from pilot.results import Disclosed, PublicEstimate


def claims_section(disclosed: Disclosed) -> Piece:
    """Return every claim beside what measures it; what nobody measures stays visible."""
    return in_both(
        "claims",
        "public",
        lambda words: _section(words, disclosed),
        design=disclosed.trajectory,
    )


def _section(words: Words, disclosed: Disclosed) -> str:
    claims = disclosed.trajectory.claims
    if not claims:
        body = paragraph(words("claims.none"))
    else:
        names = ("claim", "who", "measured", "said")
        columns = tuple(Column(words(f"claims.{name}")) for name in names)
        rows = tuple(_row(words, disclosed, claim) for claim in claims)
        table = Table(words("claims.caption"), columns, rows, kind="wide blocks")
        body = table.without_empty().html()
    return section(
        "claims",
        words.language,
        words("claims.title"),
        paragraph(words("claims.intro")),
        _unmeasured(words, claims),
        body,
    )


def _unmeasured(words: Words, claims: Sequence[Claim]) -> str:
    """Return how many claims neither a questionnaire nor a count says anything about."""
    silent = sum(not claim.measured_by and not claim.seen_in for claim in claims)
    if not silent:
        return ""
    parts = {"all": words.whole(len(claims)), "silent": words.whole(silent)}
    return paragraph(words("claims.unmeasured", **parts))


def _row(words: Words, disclosed: Disclosed, claim: Claim) -> tuple[str, ...]:
    measures = _measures(words, disclosed, claim)
    said = [*_changes(words, disclosed, claim), *_events(words, disclosed, claim)]
    return (
        claim.text.in_(words.language),
        _who(words, disclosed, claim),
        "; ".join(measures) or words("claims.not_measured"),
        "; ".join(said) or words("claims.nothing"),
    )


def _who(words: Words, disclosed: Disclosed, claim: Claim) -> str:
    role = claim.role
    return "" if role is None else disclosed.trajectory.role(role).label.in_(words.language)


def _measures(words: Words, disclosed: Disclosed, claim: Claim) -> list[str]:
    outcomes = disclosed.trajectory.outcomes()
    measured = [
        next(o for o in outcomes if o.key == key and claim.role in (None, o.role))
        for key in claim.measured_by
    ]
    events = [each.label for each in disclosed.trajectory.events if each.key in claim.seen_in]
    labels = [_label(words, disclosed, each) for each in measured]
    return [*labels, *(label.in_(words.language) for label in events)]


def _label(words: Words, disclosed: Disclosed, outcome: Outcome) -> str:
    """Return an outcome's label, with its role where that is not the main one."""
    label = outcome.label.in_(words.language)
    if outcome.role == disclosed.role:
        return label
    role = disclosed.trajectory.role(outcome.role).label.in_(words.language)
    return f"{label} ({role})"


def _changes(words: Words, disclosed: Disclosed, claim: Claim) -> list[str]:
    return [
        _change(words, disclosed, each)
        for each in disclosed.estimates
        if each.outcome.key in claim.measured_by and claim.role in (None, each.outcome.role)
    ]


def _change(words: Words, disclosed: Disclosed, estimate: PublicEstimate) -> str:
    outcome = estimate.outcome
    if estimate.refused or estimate.estimate is None:
        unit = unit_of(words, disclosed, outcome.role)
        label = _label(words, disclosed, outcome)
        return no_number(words, estimate, unit, label=label).rstrip(".")
    digits = digits_of(estimate)
    size = moved(words, outcome, estimate.estimate, digits)
    parts = {
        "label": label_until(words, disclosed, estimate, _label(words, disclosed, outcome)),
        "size": f"{size}{facing(words, outcome)}",
    }
    if not outcome.primary:
        return words("claims.exploratory", **parts)
    parts["verdict"] = words(f"outcomes.{estimate.verdict.replace(' ', '_')}")
    parts["interval"] = interval(words, outcome, estimate.conf_low, estimate.conf_high, digits)
    return words("claims.primary", **parts)


def _events(words: Words, disclosed: Disclosed, claim: Claim) -> list[str]:
    return [
        _event(words, disclosed, event)
        for event in disclosed.trajectory.events
        if event.key in claim.seen_in
    ]


def _event(words: Words, disclosed: Disclosed, event: EventKind) -> str:
    """Return how often something was seen, in the form in which the page tells of it.

    Where the page has nothing, it is either kept nowhere or told of no group so small.
    """
    label = event.label.in_(words.language)
    counts = dict(disclosed.events)
    if event.means == "goal" and disclosed.goals:
        goals = {name: number_of(words, count) for name, count in disclosed.goals}
        return words("claims.goals", label=label, **goals)
    if event.means == "principle" and disclosed.happened.kept:
        kept = [
            words("claims.period", share=words.percent(share), when=period_label(words, period))
            for period, share in disclosed.happened.kept
        ]
        return words("claims.kept", label=label, shares=words.listed(kept))
    if event.key in counts:
        return words("claims.event", label=label, times=number_of(words, counts[event.key]))
    kept_somewhere = disclosed.trajectory.registers(event.key)
    return words("claims.hidden" if kept_somewhere else "claims.no_event", label=label)

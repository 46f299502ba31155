"""Sentences about counts and changes, in the words of the reports."""

from __future__ import annotations

from collections.abc import Iterable

from pilot.design import Outcome, Trajectory
from pilot.presentation.words import Words
from pilot.results import (
    Disclosed,
    Estimate,
    IndividualChange,
    PublicCount,
    PublicEstimate,
)


def unit(words: Words, families: bool) -> str:
    """Return what n counts, in the plural."""
    return words("unit.families" if families else "unit.participants")


def unit_of(words: Words, disclosed: Disclosed, role: str | None = None) -> str:
    """Return what n counts in a role (the main one unless told)."""
    return unit(words, (role or disclosed.role) in disclosed.family_roles)


def number_of(words: Words, count: PublicCount) -> str:
    """Return a count as it may be shown: exact, or between two numbers.

    Examples
    --------
    >>> number_of(Words("nl"), PublicCount(None, 9, 14))
    '9 tot 14'
    >>> number_of(Words("en"), PublicCount(None, 0, 5))
    'fewer than 5'
    """
    if count.exact is not None:
        return words.whole(count.exact)
    low, high = count.low or 0, count.high
    if high is None:
        return words("number.more", low=words.whole(low))
    if not low:
        return words("number.fewer", high=words.whole(high))
    return words("number.between", low=words.whole(low), high=words.whole(high))


def count_of(words: Words, count: PublicCount, what: str) -> str:
    """Return a count and what it counts: ``14 gezinnen``."""
    return f"{number_of(words, count)} {what}"


def wave_label(words: Words, trajectory: Trajectory, key: str) -> str:
    """Return what a wave is called."""
    return trajectory.wave(key).label.in_(words.language)


def site_label(words: Words, trajectory: Trajectory, site: object) -> str:
    """Return what a site is called; one that the design does not name by its own word."""
    if not isinstance(site, str):
        return words("number.dash")
    known = {each.key: each.label.in_(words.language) for each in trajectory.sites}
    return known.get(site, site)


def leading(estimates: Iterable[PublicEstimate]) -> list[PublicEstimate]:
    """Return the estimates that come first: the primary ones, or else the first two."""
    known = list(estimates)
    return [each for each in known if each.outcome.primary] or known[:2]


def is_share(outcome: Outcome) -> bool:
    """Say whether an estimate of this outcome is a share better minus a share worse."""
    return outcome.level == "ordinal"


def size_of(words: Words, outcome: Outcome, value: float) -> str:
    """Return the size of a change: points with a decimal, or a share in percents.

    Examples
    --------
    >>> from pilot.design import Text
    >>> total = Outcome("x", Text(nl="a", en="a"), "better", 10, 40)
    >>> size_of(Words("nl"), total, 1.84)
    '+1,8'
    """
    if is_share(outcome):
        return words.percent(value, signed=True)
    return words.number(value, signed=True)


def way_of(words: Words, value: float) -> str:
    """Return up or down."""
    return words("change.up" if value > 0 else "change.down")


def reading(estimate: PublicEstimate) -> str:
    """Return better, worse, cannot tell, or why there is no number."""
    return (estimate.reason or "method") if estimate.refused else estimate.verdict


def no_number(words: Words, estimate: PublicEstimate, what: str) -> str:
    """Return the sentence for an outcome without a number."""
    key = {"few": "few", "not yet": "not_yet", "same": "withheld_same"}
    label = estimate.outcome.label.in_(words.language)
    return words(f"change.{key.get(estimate.reason or '', 'method')}", label=label, unit=what)


def change_sentence(words: Words, estimate: PublicEstimate, what: str) -> str:
    """Return one sentence: which way, how far, and how doubtful."""
    outcome, value = estimate.outcome, estimate.estimate
    if estimate.refused or value is None:
        return no_number(words, estimate, what)
    label = outcome.label.in_(words.language)
    verdict = estimate.verdict.replace(" ", "_")
    if is_share(outcome):
        return words(f"change.net_{verdict}", label=label, net=words.percent(value))
    if words.number(value) == words.number(0.0):
        return words("change.same", label=label)
    return words(
        f"change.{verdict}",
        label=label,
        size=words.number(abs(value)),
        points=words("unit.points"),
        way=way_of(words, value),
    )


def doubt_sentence(words: Words, estimate: PublicEstimate) -> str:
    """Return between which two changes the real one probably lies; empty without interval."""
    low, high = estimate.conf_low, estimate.conf_high
    if low is None or high is None:
        return ""
    return words("change.doubt", range=range_of(words, estimate.outcome, low, high))


def scale_sentence(words: Words, outcome: Outcome) -> str:
    """Return from where to where a scale runs."""
    return words("change.scale", low=words.plain(outcome.low), high=words.plain(outcome.high))


def range_of(words: Words, outcome: Outcome, low: float, high: float) -> str:
    """Return an interval in words: between so much down and so much up.

    Examples
    --------
    >>> from pilot.design import Text
    >>> total = Outcome("x", Text(nl="a", en="a"), "better", 10, 40)
    >>> range_of(Words("nl"), total, -0.9, 2.1)
    'tussen 0,9 punt omlaag en 2,1 punt omhoog'
    >>> range_of(Words("en"), total, 0.2, 2.1)
    'between 0.2 and 2.1 points up'
    """
    if is_share(outcome):
        parts = {
            "low": words.percent(low, signed=True),
            "high": words.percent(high, signed=True),
        }
        return words("change.range_share", **parts)
    sizes = {
        "low": words.number(abs(low)),
        "high": words.number(abs(high)),
        "points": words("unit.points"),
    }
    if low < 0 < high:
        return words("change.range_across", **sizes)
    if high <= 0:
        sizes["low"], sizes["high"] = sizes["high"], sizes["low"]
    return words("change.range_one_way", **sizes, way=way_of(words, low + high))


def group_names(words: Words, names: Iterable[str], stem: str) -> str:
    """Return the names of a cell of people, joined where it holds several."""
    known = [words(f"{stem}.{name.replace(' ', '_')}") for name in names]
    first, *rest = known
    for second in rest:
        first = words(f"{stem}.or", first=first, second=second)
    return first


def reason_in(words: Words, refused: Estimate | IndividualChange) -> str:
    """Return why something was refused, in this language where it is known."""
    known = refused.reason_nl if words.language == "nl" else refused.reason
    return known or refused.reason or words("number.dash")

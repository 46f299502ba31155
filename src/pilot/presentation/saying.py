"""Sentences about counts and changes, in the words of the reports."""

from __future__ import annotations

from collections.abc import Iterable

from pilot.design import Outcome, Trajectory
from pilot.presentation.words import Words
from pilot.results import (
    Beside,
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
    """Return a count as it may be shown: exact, or in a band of numbers it may be.

    Examples
    --------
    >>> number_of(Words("nl"), PublicCount(None, 9, 14))
    '9 tot en met 13'
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
    return words("number.between", low=words.whole(low), high=words.whole(high - 1))


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


def size_of(words: Words, outcome: Outcome, value: float, digits: int = 1) -> str:
    """Return the signed size of a change in points, or of a share in whole percents.

    Examples
    --------
    >>> from pilot.design import Text
    >>> total = Outcome("x", Text(nl="a", en="a"), "better", 10, 40)
    >>> size_of(Words("nl"), total, 1.84)
    '+1,8'
    """
    if is_share(outcome):
        return words.number(100 * value, 0, signed=True)
    return words.number(value, digits, signed=True)


def digits_of(estimate: Estimate | PublicEstimate) -> int:
    """Return how many decimals an estimate may be shown with."""
    digits = getattr(estimate, "digits", None)
    return 1 if digits is None else int(digits)


def share_ways(words: Words, outcome: Outcome) -> tuple[str, str]:
    """Return the two ways a share tells apart: better and worse, or up and down."""
    if outcome.better_sign:
        return words("describe.better"), words("describe.worse")
    return words("change.up"), words("change.down")


def moved(words: Words, outcome: Outcome, value: float, digits: int = 1) -> str:
    """Return a change in words: which way and how far.

    Examples
    --------
    >>> from pilot.design import Text
    >>> steps = Outcome("x", Text(nl="a", en="a"), "better", 0, 4, level="ordinal")
    >>> moved(Words("en"), steps, 0.12)
    'more often better than worse: 12 percentage points'
    """
    if is_share(outcome):
        more, less = share_ways(words, outcome)
        net = words.number(abs(100 * value), 0)
        if net == "0":
            return words("change.share_equal", more=more, less=less)
        if value < 0:
            more, less = less, more
        size = words("change.share_size", size=net)
        return words("change.share_more", more=more, less=less, size=size)
    if words.number(value, digits) == words.number(0.0, digits):
        return words("figure.plain_same")
    return words(
        "figure.plain_mean",
        size=words.number(abs(value), digits),
        points=points_of(words, words.number(abs(value), digits)),
        way=way_of(words, value),
    )


def points_of(words: Words, size: str) -> str:
    """Return what a size is in: one point, but 1.0 points.

    Examples
    --------
    >>> points_of(Words("en"), "1"), points_of(Words("en"), "1.0"), points_of(Words("nl"), "2")
    ('point', 'points', 'punt')
    """
    return words("unit.point" if size == "1" else "unit.points")


def facing(words: Words, outcome: Outcome) -> str:
    """Return that up is worse, or neither, where a reader would take it for better."""
    if is_share(outcome) or outcome.better_sign > 0:
        return ""
    return words("change.faces_worse" if outcome.better_sign else "change.faces_neither")


def site_count(words: Words, disclosed: Disclosed) -> str:
    """Return how many sites a mean is over; empty where that is not known."""
    known = getattr(disclosed, "n_sites", None)
    if isinstance(known, PublicCount):
        return number_of(words, known)
    return words.whole(known) if known else ""


def weighing(words: Words, disclosed: Disclosed, outcome: Outcome) -> str:
    """Return over what a mean is taken where sites weigh the same; else nothing."""
    if disclosed.trajectory.generalises_to != "sites":
        return ""
    if is_share(outcome):
        return words("change.sites_share")
    n = site_count(words, disclosed)
    return words("change.sites_n", n=n) if n else words("change.sites")


def way_of(words: Words, value: float) -> str:
    """Return up or down."""
    return words("change.up" if value > 0 else "change.down")


def reading(estimate: PublicEstimate) -> str:
    """Return better, worse, cannot tell, or why there is no number."""
    return (estimate.reason or "method") if estimate.refused else estimate.verdict


def no_number(words: Words, estimate: PublicEstimate, what: str, *, label: str = "") -> str:
    """Return the sentence for an outcome without a number."""
    keys = {"few": "few", "not yet": "not_yet", "same": "withheld_same", "item": "item"}
    label = label or estimate.outcome.label.in_(words.language)
    return words(f"change.{keys.get(estimate.reason or '', 'method')}", label=label, unit=what)


def change_sentence(
    words: Words, estimate: PublicEstimate, what: str, *, label: str = ""
) -> str:
    """Return which way, how far, and for a primary outcome how doubtful."""
    outcome, value, digits = estimate.outcome, estimate.estimate, digits_of(estimate)
    label = label or outcome.label.in_(words.language)
    if estimate.refused or value is None:
        return no_number(words, estimate, what, label=label)
    said = moved(words, outcome, value, digits)
    verdict = estimate.verdict.replace(" ", "_")
    if not outcome.primary:
        faces = facing(words, outcome)
        return words("change.plain", label=label, moved=said, faces=faces)
    if is_share(outcome):
        key = "net" if verdict in ("better", "worse") else "net_cannot_tell"
        return words(f"change.{key}", label=label, moved=said)
    if words.number(value, digits) == words.number(0.0, digits):
        return words("change.same", label=label)
    return words(
        f"change.{verdict}",
        label=label,
        size=words.number(abs(value), digits),
        points=points_of(words, words.number(abs(value), digits)),
        way=way_of(words, value),
    )


def label_until(
    words: Words, disclosed: Disclosed, estimate: PublicEstimate, label: str
) -> str:
    """Return a label that says until when, where others were asked at a later wave."""
    order = disclosed.trajectory.wave_keys.index
    last = max((each.later for each in disclosed.estimates), key=order)
    if estimate.later == last:
        return label
    wave = wave_label(words, disclosed.trajectory, estimate.later)
    return words("change.until", label=label, wave=wave)


def doubt_sentence(words: Words, estimate: PublicEstimate) -> str:
    """Return between which two changes the real one probably lies; empty without interval."""
    low, high = estimate.conf_low, estimate.conf_high
    if low is None or high is None:
        return ""
    return words(
        "change.doubt",
        range=range_of(words, estimate.outcome, (low, high), digits_of(estimate)),
    )


def strict_sentence(words: Words, estimate: PublicEstimate) -> str:
    """Return why a change whose interval leaves out 0 is not called better or worse.

    Empty elsewhere. Two outcomes are primary, and the verdict follows Holm's correction,
    which the interval does not know of.
    """
    low, high = estimate.conf_low, estimate.conf_high
    if estimate.verdict != "cannot tell" or low is None or high is None or low <= 0 <= high:
        return ""
    return words("change.strict")


def scale_sentence(words: Words, outcome: Outcome) -> str:
    """Return from where to where a scale runs."""
    return words("change.scale", low=words.plain(outcome.low), high=words.plain(outcome.high))


def range_of(words: Words, outcome: Outcome, ends: tuple[float, float], digits: int = 1) -> str:
    """Return an interval in words: between so much down and so much up.

    Examples
    --------
    >>> from pilot.design import Text
    >>> total = Outcome("x", Text(nl="a", en="a"), "better", 10, 40)
    >>> range_of(Words("nl"), total, (-0.9, 2.1))
    'tussen 0,9 punt omlaag en 2,1 punt omhoog'
    >>> range_of(Words("en"), total, (0.2, 2.1))
    'between 0.2 and 2.1 points up'
    """
    low, high = ends
    if is_share(outcome):
        parts = {
            "low": size_of(words, outcome, low),
            "high": size_of(words, outcome, high),
        }
        return words("change.range_share", **parts)
    down, up = (words.number(abs(end), digits) for end in ends)
    if low < 0 < high:
        first = points_of(words, down)
        sizes = {"low": down, "high": up, "low_points": first, "points": points_of(words, up)}
        return words("change.range_across", **sizes)
    near, far = (up, down) if high <= 0 else (down, up)
    way = way_of(words, low + high)
    points = points_of(words, far)
    return words("change.range_one_way", low=near, high=far, points=points, way=way)


def group_names(words: Words, names: Iterable[str], stem: str) -> str:
    """Return the names of a cell of people, joined where it holds several."""
    known = [words(f"{stem}.{name.replace(' ', '_')}") for name in names]
    first, *rest = known
    for second in rest:
        first = words(f"{stem}.or", first=first, second=second)
    return first


def reason_in(words: Words, refused: Estimate | IndividualChange | Beside) -> str:
    """Return why something was refused, in this language where it is known."""
    known = refused.reason_nl if words.language == "nl" else refused.reason
    return known or refused.reason or words("number.dash")

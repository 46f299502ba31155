"""Two pages for residents, one figure each, in plain words."""

from __future__ import annotations

from pilot.presentation.figure_groups import groups_picture
from pilot.presentation.figure_plain import plain_picture
from pilot.presentation.markup import heading, lines, paragraph, section
from pilot.presentation.piece import Piece, in_both
from pilot.presentation.saying import (
    count_of,
    digits_of,
    doubt_sentence,
    group_names,
    is_share,
    leading,
    moved,
    number_of,
    points_of,
    site_count,
    strict_sentence,
    unit_of,
    wave_label,
    way_of,
)
from pilot.presentation.words import Words
from pilot.results import Disclosed, PublicEstimate

DOMAINS = ("self_efficacy", "network_strength")
ANSWERS = {"better": "yes", "worse": "no", "cannot tell": "unsure", "not yet": "not_yet"}


def residents_pages(disclosed: Disclosed) -> Piece:
    """Return a page about self-efficacy and one about the network, with a figure each.

    A study of too few families, or without outcomes chosen beforehand, has none.
    """
    shown = [each for each in leading(disclosed.estimates) if each.outcome.domain in DOMAINS]

    def write(words: Words) -> str:
        return "\n".join(_page(words, disclosed, each) for each in shown)

    return in_both("residents", "public", write, design=disclosed.trajectory)


def _page(words: Words, disclosed: Disclosed, estimate: PublicEstimate) -> str:
    domain = estimate.outcome.domain
    return section(
        f"residents-{domain.replace('_', '-')}",
        words.language,
        _title(words, estimate),
        heading(_about(words, "question", estimate), 3),
        paragraph(_answer(words, estimate), "answer"),
        _picture(words, disclosed, estimate),
        heading(words("residents.seen_title"), 3),
        lines(_seen(words, disclosed, estimate)),
        heading(words("residents.sure_title"), 3),
        lines(_sure(words, disclosed, estimate)),
        heading(words("residents.asked_title"), 3),
        paragraph(_asked(words, disclosed, estimate)),
        heading(words("residents.unknown_title"), 3),
        lines(_unknown(words, disclosed)),
        kind="sheet residents",
    )


def _title(words: Words, estimate: PublicEstimate) -> str:
    key = f"residents.title_{estimate.outcome.instrument}"
    return words(key) if words.has(key) else estimate.outcome.label.in_(words.language)


def _about(words: Words, stem: str, estimate: PublicEstimate) -> str:
    """Return what is said of this questionnaire, or of any by its label and direction."""
    outcome = estimate.outcome
    key = f"residents.{stem}_{outcome.instrument}"
    if words.has(key):
        return words(key)
    way = {1: "up", -1: "down", 0: "neither"}[outcome.better_sign]
    label = outcome.label.in_(words.language)
    return words(f"residents.{stem}_{way}", label=label[:1].lower() + label[1:])


def _answer(words: Words, estimate: PublicEstimate) -> str:
    said = estimate.reason if estimate.refused else estimate.verdict
    return words(f"residents.{ANSWERS.get(said or '', 'few')}")


def _picture(words: Words, disclosed: Disclosed, estimate: PublicEstimate) -> str:
    if estimate.refused:
        return ""
    if estimate.groups:
        return groups_picture(words, estimate, simulated=disclosed.simulated)
    whole = _whole(words, disclosed, estimate)
    return plain_picture(words, estimate, whole, simulated=disclosed.simulated)


def _whole(words: Words, disclosed: Disclosed, estimate: PublicEstimate) -> str:
    """Return what the mean is the mean of."""
    if disclosed.trajectory.generalises_to == "sites":
        n = site_count(words, disclosed)
        return words("figure.whole_sites_n", n=n) if n else words("figure.whole_sites")
    return words("figure.whole_units", unit=unit_of(words, disclosed, estimate.outcome.role))


def _seen(words: Words, disclosed: Disclosed, estimate: PublicEstimate) -> list[str]:
    unit = unit_of(words, disclosed, estimate.outcome.role)
    value = estimate.estimate
    if estimate.refused or value is None:
        keys = {"few": "few_reason", "same": "protect", "item": "item", "not yet": "when_once"}
        key = keys.get(estimate.reason or "", "no_mean")
        return [words(f"residents.{key}", unit=unit)]
    return [_average(words, estimate, value), *_groups(words, estimate)]


def _average(words: Words, estimate: PublicEstimate, value: float) -> str:
    if is_share(estimate.outcome):
        return words("residents.seen_share", moved=moved(words, estimate.outcome, value))
    digits = digits_of(estimate)
    if words.number(value, digits) == words.number(0.0, digits):
        return words("residents.seen_same")
    return words(
        "residents.seen",
        size=words.number(abs(value), digits),
        points=points_of(words, words.number(abs(value), digits)),
        way=way_of(words, value),
    )


def _groups(words: Words, estimate: PublicEstimate) -> list[str]:
    exact = [count.exact for _, count in estimate.groups]
    whole = sum(count for count in exact if count is not None)
    told = []
    for names, count in estimate.groups:
        parts = {"names": group_names(words, names, "residents")}
        if None in exact:
            parts["count"] = count_of(words, count, words("unit.people"))
            told.append(words("residents.group", **parts))
        else:
            parts |= {"count": number_of(words, count), "whole": words.whole(whole)}
            told.append(words("residents.group_of", **parts))
    return [each[:1].upper() + each[1:] for each in told]


def _sure(words: Words, disclosed: Disclosed, estimate: PublicEstimate) -> list[str]:
    unit = unit_of(words, disclosed, estimate.outcome.role)
    if estimate.refused:
        return [words("residents.sure_none")]
    clear = estimate.verdict in ("better", "worse")
    told = [words("residents.sure_clear" if clear else "residents.sure_unsure")]
    told += filter(None, [doubt_sentence(words, estimate), strict_sentence(words, estimate)])
    units = count_of(words, estimate.n_families, unit)
    return [*told, words("residents.sure_few", units=units[:1].upper() + units[1:], unit=unit)]


def _asked(words: Words, disclosed: Disclosed, estimate: PublicEstimate) -> str:
    trajectory = disclosed.trajectory
    when = "" if estimate.reason != "not yet" else words("residents.when_once")
    if not estimate.refused:
        when = words(
            "residents.when",
            earlier=wave_label(words, trajectory, estimate.earlier),
            later=wave_label(words, trajectory, estimate.later),
        )
    return f"{_about(words, 'asked', estimate)} {when}".strip()


def _unknown(words: Words, disclosed: Disclosed) -> list[str]:
    unit = unit_of(words, disclosed)
    told = [words("residents.unknown_control")]
    if disclosed.left:
        told.append(words("residents.unknown_left", unit=unit))
    return [*told, words("residents.unknown_more")]

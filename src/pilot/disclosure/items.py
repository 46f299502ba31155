"""The items of a public page that are shown anew or stay as they were, each as a whole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, replace
from hashlib import sha256
from typing import Any

from pilot.disclosure.feasibility import NOT_PEOPLE, OF_ANSWERS
from pilot.results import Disclosed, PublicCount, PublicEstimate, PublicStory
from pilot.results.published import count_from, count_record

Told = Mapping[str, Any]
SILENT = ("few", "not yet")
"""Reasons that say nothing about answers."""
OF_DESIGN = ("cost_per_family",)
APART = ("outcome", "n_families", "groups")


def items_of(public: Disclosed) -> dict[str, dict[str, Any]]:
    """Return every item of a page by its key, as JSON has it.

    Counts of families and people are in none of them but an estimate's: the ledger sees to
    those. What nothing was told of is no item.
    """
    return dict(
        item
        for found in (_estimates, _events, _rows, _words, _stories)
        for item in found(public)
    )


def put_back(public: Disclosed, kept: Mapping[str, Told]) -> Disclosed:
    """Return a page on which some items stand as they were told before."""
    if not kept:
        return public
    return _back_rows(_back_events(_back_estimates(public, kept), kept), kept)


def estimate_key(each: PublicEstimate) -> str:
    """Return the key of an estimate: what, whose, between which waves, of which groups."""
    outcome = each.outcome
    parts = (outcome.key, outcome.role, f"{each.later} - {each.earlier}", each.group)
    return "|".join(("estimate", *parts))


def mark_of(text: str) -> str:
    """Return a mark of words, so that a record does not keep the words themselves."""
    return sha256(text.encode()).hexdigest()


def _estimates(public: Disclosed) -> Iterator[tuple[str, dict[str, Any]]]:
    for each in public.estimates:
        if each.reason in SILENT:
            continue
        plain = {
            field.name: getattr(each, field.name)
            for field in fields(each)
            if field.name not in APART
        }
        groups = [[list(names), count_record(count)] for names, count in each.groups]
        yield (
            estimate_key(each),
            plain | {"n_families": count_record(each.n_families), "groups": groups},
        )


def _events(public: Disclosed) -> Iterator[tuple[str, dict[str, Any]]]:
    for event in public.trajectory.events:
        told = [
            [key, count_record(count)]
            for key, count in public.events
            if key.partition(".")[0] == event.key
        ]
        if told:
            yield f"event|{event.key}", {"counts": told}
    if public.goals:
        yield "goals", {"counts": _counted(public.goals)}
    if public.happened.requests:
        weeks = public.happened.waiting_weeks
        yield "requests", {"counts": _counted(public.happened.requests), "weeks": weeks}
    for period, share in public.happened.kept:
        yield f"kept|{period}", {"share": share}


def _rows(public: Disclosed) -> Iterator[tuple[str, dict[str, Any]]]:
    for row in public.feasibility.to_dict("records"):
        loose = row["measure"] in (*NOT_PEOPLE, *OF_ANSWERS)
        if loose and row["measure"] not in OF_DESIGN and _says(row):
            yield row_key(row), {name: _plain(row[name]) for name in ("count", "share", "line")}


def row_key(row: Mapping[Any, Any]) -> str:
    """Return the key of a row of the feasibility table."""
    return "|".join(["row", *(row[name] or "" for name in ("measure", "role", "wave"))])


def _plain(value: Any) -> Any:
    return value.item() if hasattr(value, "item") else value


def _says(row: Mapping[Any, Any]) -> bool:
    return row["count"] is not None or row["share"] is not None


def _words(public: Disclosed) -> Iterator[tuple[str, dict[str, Any]]]:
    if public.answers_in is not None:
        aside = public.answers_set_aside_share
        yield "answers", {"in": public.answers_in, "aside": aside}
    if not public.small:
        yield f"asked|{public.role}", {"ways": list(public.asked_otherwise)}


def _stories(public: Disclosed) -> Iterator[tuple[str, dict[str, Any]]]:
    for each in public.stories:
        marks = [mark_of(text) for _, text in each.quotes]
        yield (
            f"story|{each.role}|{each.domain}",
            {"families": _counted(each.families), "quotes": marks},
        )


def _counted(counts: tuple[tuple[str, PublicCount], ...]) -> list[list[Any]]:
    return [[name, count_record(count)] for name, count in counts]


def _count_back(counts: list[list[Any]]) -> tuple[tuple[str, PublicCount], ...]:
    return tuple((name, count_from(count)) for name, count in counts)


def _back_estimates(public: Disclosed, kept: Mapping[str, Told]) -> Disclosed:
    made = tuple(
        _estimate_back(each, kept[estimate_key(each)]) if estimate_key(each) in kept else each
        for each in public.estimates
    )
    stories = tuple(
        _story_back(each, kept.get(f"story|{each.role}|{each.domain}"))
        for each in public.stories
    )
    return replace(public, estimates=made, stories=tuple(s for s in stories if s is not None))


def _estimate_back(each: PublicEstimate, told: Told) -> PublicEstimate:
    groups = tuple((tuple(names), count_from(count)) for names, count in told["groups"])
    own = {"n_families": count_from(told["n_families"]), "groups": groups}
    return replace(each, **{**told, **own})


def _story_back(each: PublicStory, told: Told | None) -> PublicStory | None:
    """Return a story with the quotes of before that may still be shown, and no new ones."""
    if told is None:
        return each
    quotes = tuple((way, text) for way, text in each.quotes if mark_of(text) in told["quotes"])
    families = _count_back(told["families"])
    return replace(each, families=families, quotes=quotes) if families or quotes else None


def _back_events(public: Disclosed, kept: Mapping[str, Told]) -> Disclosed:
    counts: list[tuple[str, PublicCount]] = []
    for event in public.trajectory.events:
        before = kept.get(f"event|{event.key}")
        if before is not None:
            counts += _count_back(before["counts"])
        else:
            counts += [each for each in public.events if each[0].partition(".")[0] == event.key]
    happened = public.happened
    if "requests" in kept:
        told = kept["requests"]
        happened = replace(
            happened, requests=_count_back(told["counts"]), waiting_weeks=told["weeks"]
        )
    shares = tuple(
        (period, kept.get(f"kept|{period}", {"share": share})["share"])
        for period, share in happened.kept
    )
    goals = _count_back(kept["goals"]["counts"]) if "goals" in kept else public.goals
    happened = replace(happened, kept=shares)
    return replace(public, events=tuple(counts), goals=goals, happened=happened)


def _back_rows(public: Disclosed, kept: Mapping[str, Told]) -> Disclosed:
    table = public.feasibility.copy()
    for place, row in enumerate(public.feasibility.to_dict("records")):
        for name, value in kept.get(row_key(row), {}).items():
            table.iat[place, list(table.columns).index(name)] = value
    answers = kept.get("answers")
    asked = kept.get(f"asked|{public.role}")
    return replace(
        public,
        feasibility=table,
        answers_in=answers["in"] if answers else public.answers_in,
        answers_set_aside_share=answers["aside"] if answers else public.answers_set_aside_share,
        asked_otherwise=tuple(asked["ways"]) if asked else public.asked_otherwise,
    )

"""For everybody: what was done, who took another role, what was asked, and own goals."""

from __future__ import annotations

from collections.abc import Iterator

from pilot.design import EventKind
from pilot.presentation.earlier import earlier_notes
from pilot.presentation.markup import Column, Table, bullets, heading, paragraph, section
from pilot.presentation.piece import Piece, in_both
from pilot.presentation.saying import count_of, number_of, unit_of
from pilot.presentation.words import Words, capital
from pilot.results import Disclosed, PublicCount

Counts = dict[str, PublicCount]
NOT_DONE = {"critical": "burden", "unused": "unused"}
"""What happens without being done by the programme, and under which texts it is told."""


def events_section(disclosed: Disclosed) -> Piece:
    """Return what happened besides the questionnaires, as counts: events, roles, goals."""
    return in_both("events", "public", lambda words: _section(words, disclosed))


def units_told(words: Words, disclosed: Disclosed, event: EventKind, counts: Counts) -> str:
    """Return of how many families an event tells, or people where they are in none."""
    if f"{event.key}.people" in counts:
        return count_of(words, counts[f"{event.key}.people"], words("unit.people"))
    return count_of(words, counts[f"{event.key}.units"], unit_of(words, disclosed))


def _section(words: Words, disclosed: Disclosed) -> str:
    parts = [
        part
        for write in (_times, _moved, _requests, _giving, _kept, _goals, _apart)
        for part in write(words, disclosed)
    ]
    return section(
        "events",
        words.language,
        words("events.title"),
        paragraph(words("events.intro" if parts else "events.none")),
        *parts,
        *earlier_notes(words, disclosed, "event", "goals", "requests", "kept"),
    )


def _times(words: Words, disclosed: Disclosed) -> Iterator[str]:
    done = [each for each in disclosed.trajectory.events if each.means not in NOT_DONE]
    yield from _table(words, disclosed, done, "events.caption")


def _apart(words: Words, disclosed: Disclosed) -> Iterator[str]:
    """Yield what is nothing that the programme did, each kind of it in a place of its own."""
    for means, key in NOT_DONE.items():
        those = [each for each in disclosed.trajectory.events if each.means == means]
        for table in _table(words, disclosed, those, f"events.{key}_caption"):
            yield heading(words(f"events.{key}_title"), 3)
            yield table
            yield paragraph(words(f"events.{key}_note"), "note")


def _table(
    words: Words, disclosed: Disclosed, events: list[EventKind], caption: str
) -> Iterator[str]:
    counts = dict(disclosed.events)
    rows: list[tuple[str, str, str]] = []
    for event in events:
        if event.key in counts:
            label = capital(event.label.in_(words.language))
            units = units_told(words, disclosed, event, counts)
            rows.append((label, number_of(words, counts[event.key]), units))
            rows += _kinds(words, event, counts)
    if rows:
        columns = (
            Column(words("events.what")),
            Column(words("events.times"), numbers=True),
            Column(words("events.units")),
        )
        yield Table(words(caption), columns, tuple(rows)).html()


def _kinds(words: Words, event: EventKind, counts: Counts) -> Iterator[tuple[str, str, str]]:
    for kind, label in event.kinds.items():
        count = counts.get(f"{event.key}.{kind}")
        if count is not None:
            named = words("events.kind", label=label.in_(words.language))
            yield named, number_of(words, count), ""


def _moved(words: Words, disclosed: Disclosed) -> Iterator[str]:
    counts = dict(disclosed.happened.moved)
    if not counts:
        return
    ladders = [
        [label.in_(words.language) for label in event.kinds.values()]
        for event in disclosed.trajectory.events
        if event.means == "role"
    ]
    yield heading(words("events.moved_title"), 3)
    told = {"people": counts["people"], "up": counts["moved_up"]}
    said = words("events.moved", **{gap: number_of(words, n) for gap, n in told.items()})
    order = [words("events.ladder", roles=", ".join(each)) for each in ladders]
    yield paragraph(" ".join([said, *order]))


def _requests(words: Words, disclosed: Disclosed) -> Iterator[str]:
    told = disclosed.happened
    if not told.requests:
        return
    yield heading(words("events.requests_title"), 3)
    yield bullets(
        words(f"events.requests_{name}", count=number_of(words, count))
        for name, count in told.requests
    )
    if told.waiting_weeks is not None:
        yield paragraph(words("events.waiting", weeks=words.whole(told.waiting_weeks)))


def _giving(words: Words, disclosed: Disclosed) -> Iterator[str]:
    if not disclosed.happened.giving:
        return
    yield heading(words("events.giving_title"), 3)
    people = words("unit.people")
    yield bullets(
        words("events.giving", names=_or(words, names), count=count_of(words, count, people))
        for names, count in disclosed.happened.giving
    )


def _or(words: Words, names: tuple[str, ...]) -> str:
    first, *rest = (words(f"events.help_{name.replace(' ', '_')}") for name in names)
    for second in rest:
        first = words("residents.or", first=first, second=second)
    return first


def _kept(words: Words, disclosed: Disclosed) -> Iterator[str]:
    if not disclosed.happened.kept:
        return
    rows = tuple(
        (period_label(words, period), words.percent(share))
        for period, share in disclosed.happened.kept
    )
    columns = (Column(words("events.period")), Column(words("events.kept"), numbers=True))
    yield heading(words("events.kept_title"), 3)
    yield Table(words("events.kept_caption"), columns, rows).html()
    yield paragraph(words("events.kept_note"), "note")


def _goals(words: Words, disclosed: Disclosed) -> Iterator[str]:
    counts = {name: number_of(words, count) for name, count in disclosed.goals}
    if counts:
        yield heading(words("events.goals_title"), 3)
        yield paragraph(f"{words('payer.goals', **counts)} {words('events.goals_note')}")


def period_label(words: Words, period: object) -> str:
    """Return what a half-year such as ``2024-1`` is called."""
    year, half, number = str(period).partition("-")
    if not half or number not in ("1", "2"):
        return words("events.period_unknown")
    return words(f"events.half_{number}", year=year)

"""What stands as an earlier report had it, and why."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from pilot.presentation.markup import paragraph
from pilot.presentation.saying import unit_of
from pilot.presentation.words import Words
from pilot.results import Disclosed

TITLES = {
    "goals": "events.goals_title",
    "requests": "events.requests_title",
    "kept": "events.kept_title",
    "answers": "earlier.answers",
    "asked": "limits.otherwise_name",
    "story": "stories.title",
}


def earlier_notes(words: Words, disclosed: Disclosed, *kinds: str) -> list[str]:
    """Return a note for each earlier report of which something still stands; most often none.

    Parameters
    ----------
    kinds : str
        The kinds of items that are told of here, such as ``"estimate"``; ``"primary"`` for
        the primary estimates alone.
    """
    found: dict[str | None, list[str]] = {}
    for key, day in disclosed.kept:
        kind, *place = key.split("|")
        if kind in kinds or ("primary" in kinds and _is_primary(disclosed, key)):
            named = _NAMES.get(kind, _titled)(words, disclosed, [kind, *place])
            found.setdefault(day, []).append(named)
    unit = unit_of(words, disclosed)
    least = words.whole(disclosed.trajectory.thresholds.families)
    return [
        paragraph(
            words(
                "earlier.note",
                report=_report(words, day),
                what=words.listed(list(dict.fromkeys(names))),
                threshold=least,
                unit=unit,
            ),
            "note",
        )
        for day, names in found.items()
    ]


def _is_primary(disclosed: Disclosed, key: str) -> bool:
    kind, *place = key.split("|")
    return kind == "estimate" and any(
        each.primary and [each.key, each.role] == place[:2]
        for each in disclosed.trajectory.outcomes()
    )


def _report(words: Words, day: str | None) -> str:
    if day is None:
        return words("earlier.report_undated")
    return words("earlier.report", day=words.day(pd.Timestamp(day)))


def _outcome(words: Words, disclosed: Disclosed, place: list[str]) -> str:
    _, key, role, *_ = place
    outcome = next(
        each for each in disclosed.trajectory.outcomes() if (each.key, each.role) == (key, role)
    )
    label = outcome.label.in_(words.language)
    if role == disclosed.role:
        return label
    return f"{label} ({disclosed.trajectory.role(role).label.in_(words.language)})"


def _event(words: Words, disclosed: Disclosed, place: list[str]) -> str:
    events = {each.key: each.label for each in disclosed.trajectory.events}
    return events[place[1]].in_(words.language)


def _measure(words: Words, _: Disclosed, place: list[str]) -> str:
    key = f"measure.{place[1]}"
    return words(key) if words.has(key) else place[1].replace("_", " ")


def _titled(words: Words, _: Disclosed, place: list[str]) -> str:
    return words(TITLES[place[0]])


_NAMES: dict[str, Callable[[Words, Disclosed, list[str]], str]] = {
    "estimate": _outcome,
    "event": _event,
    "row": _measure,
}

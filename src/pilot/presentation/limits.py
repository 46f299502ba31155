"""What these numbers cannot show."""

from __future__ import annotations

from html import escape

from pilot.presentation.earlier import earlier_notes
from pilot.presentation.markup import bullets, heading, paragraph, section
from pilot.presentation.piece import Piece, in_both
from pilot.presentation.saying import unit_of
from pilot.presentation.words import Words
from pilot.results import Disclosed

ALWAYS = ("control", "few", "left", "mean", "shift", "asked", "many")
PER_INSTRUMENT = {"lsns-6": "lsns", "participatieladder": "ladder"}


def limits_section(disclosed: Disclosed) -> Piece:
    """Return what the design cannot show, and what else happened in those years."""
    return in_both(
        "limits",
        "public",
        lambda words: _section(words, disclosed),
        design=disclosed.trajectory,
    )


def _section(words: Words, disclosed: Disclosed) -> str:
    asked = {entry.instrument for entry in disclosed.trajectory.asked}
    keys = [*ALWAYS, *(key for form, key in PER_INSTRUMENT.items() if form in asked)]
    unit = unit_of(words, disclosed)
    items = "".join(
        f"<li><strong>{escape(words(f'limits.{key}_name'))}</strong> "
        f"{escape(words(f'limits.{key}', unit=unit))}</li>"
        for key in keys
    )
    items += _otherwise(words, disclosed)
    history = [text.in_(words.language) for text in disclosed.trajectory.about.history]
    return section(
        "limits",
        words.language,
        words("limits.title"),
        f"<ul>{items}</ul>",
        *earlier_notes(words, disclosed, "asked"),
        heading(words("limits.history_title"), 3),
        bullets(history) or paragraph(words("limits.history_none")),
    )


def _otherwise(words: Words, disclosed: Disclosed) -> str:
    """Return that people were not asked alike at both waves, where that may be told."""
    if not disclosed.asked_otherwise:
        return ""
    ways = [words(f"limits.otherwise_{way}") for way in disclosed.asked_otherwise]
    said = words("limits.otherwise", ways=words.listed(ways))
    return f"<li><strong>{escape(words('limits.otherwise_name'))}</strong> {escape(said)}</li>"

"""For the team: who left, beside who stayed, by their first scores."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pilot.presentation.markup import Column, Table, paragraph, section
from pilot.presentation.piece import Piece, in_both
from pilot.presentation.saying import is_share
from pilot.presentation.words import Words
from pilot.results import Beside, Study

COUNTS = ("n_stayed", "n_left", "n_left_unknown")
NUMBERS = (*COUNTS, "mean_stayed", "mean_left", "difference", "d")


def team_left(study: Study) -> Piece:
    """Return, per outcome, the first scores of those who stayed and of those who left."""
    told = [each for each in study.beside if each.name == "attrition" and not each.refused]

    def write(words: Words) -> str:
        return section(
            "team-left",
            words.language,
            words("team.left_title"),
            paragraph(words("team.left_intro")),
            _table(words, study, told) if told else paragraph(words("team.left_none")),
        )

    return in_both("team-left", "team", write)


def _table(words: Words, study: Study, told: list[Beside]) -> str:
    columns = (
        Column(words("team.outcome")),
        Column(words("team.who")),
        *(Column(words(f"team.{name}"), numbers=True) for name in NUMBERS),
    )
    rows = tuple(_row(words, study, each) for each in told)
    return Table(words("team.left_caption"), columns, rows, kind="wide").html()


def _row(words: Words, study: Study, told: Beside) -> tuple[str, ...]:
    numbers, outcome = told.numbers, told.outcome
    centre = "median" if is_share(outcome) else "mean"
    means = [numbers.get(f"{centre}_{who}") for who in ("stayed", "left")]
    difference = numbers.get("difference")
    dash = words("number.dash")
    return (
        outcome.label.in_(words.language),
        study.trajectory.role(outcome.role).label.in_(words.language),
        *(words.whole(numbers[name]) for name in COUNTS),
        *(dash if value is None else words.number(value) for value in means),
        dash if difference is None else words.number(difference, signed=True),
        _d(words, numbers),
    )


def _d(words: Words, numbers: Mapping[str, Any]) -> str:
    known = [numbers.get(name) for name in ("d", "d_low", "d_high")]
    if None in known:
        return words("number.dash")
    d, low, high = (words.number(value, 2) for value in known if value is not None)
    return f"{d} [{low}; {high}]"

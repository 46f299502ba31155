"""What each number of families can show, as a table."""

from __future__ import annotations

import math

import pandas as pd

from pilot.design import Language
from pilot.presentation.markup import Column, Table
from pilot.presentation.plan_words import refused_sentence, size, unit_word, whole_unit
from pilot.presentation.words import Words
from pilot.results import Prospect

SIZES = (
    "half_width_95",
    "half_width_75",
    "detectable_change",
)
SIMULATED = tuple(f"{name}_simulated" for name in SIZES)
SHORT = ("half_95", "half_75", "detectable", "power", "power_holm", "smallest_p")
COLUMNS = (
    "pairs",
    "half_95",
    "half_75",
    "detectable",
    "smallest_p",
    "half_95_simulated",
    "half_75_simulated",
    "detectable_simulated",
    "power",
    "power_holm",
    "power_t",
    "coverage",
    "given",
)


def plan_table(prospect: Prospect, language: Language = "en") -> Table:
    """Return a plan as a table: by formula, by simulation, and how the two tests do.

    Examples
    --------
    >>> from pilot.design import Outcome, Text
    >>> from pilot.results import Assumptions
    >>> total = Outcome("x", Text(nl="Score", en="Score"), "better", 0, 10)
    >>> prospect = Prospect(
    ...     total,
    ...     "sd",
    ...     0.5,
    ...     "given",
    ...     "mixed_kr",
    ...     "families",
    ...     Assumptions(),
    ...     9,
    ...     1,
    ...     pd.DataFrame(),
    ... )
    >>> plan_table(prospect).columns[0].label
    'families at the start'
    """
    words = Words(language)
    unit = unit_word(words, prospect)
    names = ("families", *COLUMNS)
    return Table(
        words(
            "plan.caption",
            label=prospect.outcome.label.in_(language),
            unit=whole_unit(words, prospect),
        ),
        tuple(Column(words(f"plan.{name}"), numbers=True) for name in names),
        tuple(_row(words, prospect, row) for _, row in prospect.frame.iterrows()),
        note=words(
            "plan.note",
            simulations=words.whole(prospect.simulations),
            change=size(words, prospect, prospect.change),
            unit=unit,
        ),
    )


def plan_lines(prospect: Prospect, language: Language = "nl") -> list[str]:
    """Return the columns people ask for first as lines of text, for a terminal."""
    words = Words(language)
    rows = [[words(f"plan.short_{name}") for name in ("families", "pairs", *SHORT)]]
    for _, row in prospect.frame.iterrows():
        simulated = [size(words, prospect, row[name]) for name in SIMULATED]
        rows.append(
            [
                words.whole(row["families"]),
                words.number(row["families_with_pair"], 1),
                *simulated,
                *(_hundred(words, row[name]) for name in ("power", "power_holm")),
                _smallest(words, row["smallest_p"]),
            ]
        )
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = [
        "  ".join(cell.rjust(width) for cell, width in zip(row, widths, strict=True))
        for row in rows
    ]
    refused = prospect.frame[prospect.frame["reason"] != ""]
    return lines + [refused_sentence(words, row) for _, row in refused.iterrows()]


def _row(words: Words, prospect: Prospect, row: pd.Series) -> tuple[str, ...]:
    return (
        words.whole(row["families"]),
        words.number(row["families_with_pair"], 1),
        *(size(words, prospect, row[name]) for name in SIZES),
        _smallest(words, row["smallest_p"]),
        *(size(words, prospect, row[name]) for name in SIMULATED),
        *(_hundred(words, row[name]) for name in ("power", "power_holm", "power_t")),
        _coverage(words, row),
        _hundred(words, row["answered"]),
    )


def _hundred(words: Words, share: float) -> str:
    return words("number.dash") if math.isnan(share) else words.percent(share)


def _smallest(words: Words, value: float) -> str:
    if math.isnan(value):
        return words("number.dash")
    return f"< {words.number(0.0001, 4)}" if value < 1e-4 else words.plain(value, 4)


def _coverage(words: Words, row: pd.Series) -> str:
    known = [row["coverage_95"], row["coverage_75"]]
    if any(math.isnan(each) for each in known):
        return words("number.dash")
    return " / ".join(words.number(100 * each, 1) for each in known)

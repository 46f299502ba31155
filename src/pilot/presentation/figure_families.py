"""Every family a line, for the team: before and after, without names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd
from numpy import linspace

from pilot.design import Outcome
from pilot.presentation.drawing import BETTER, GREY, INK, WORSE, bare, blank, embedded
from pilot.presentation.drawing import mark_simulated as mark
from pilot.presentation.words import Words

if TYPE_CHECKING:
    from pilot.presentation.picture import Picture


MOST_LINES = 200


@dataclass(frozen=True, slots=True, eq=False)
class Lines:
    """The scores of families at two waves.

    Parameters
    ----------
    table : DataFrame
        ``unit, site, before, after, change``, one row a family, largest change first.
    earlier, later : str
        What the two waves are called.
    unit : str
        What a row is, in the plural.
    """

    outcome: Outcome
    table: pd.DataFrame
    earlier: str
    later: str
    unit: str


def families_picture(words: Words, lines: Lines, *, simulated: bool) -> str:
    """Return the figure of every family as HTML, with alt text and caption."""
    label = lines.outcome.label.in_(words.language)
    return embedded(
        draw_families(words, lines, simulated=simulated),
        families_alt(words, lines),
        _caption(words, lines, label),
    )


def _caption(words: Words, lines: Lines, label: str) -> str:
    said = words("team.families_figure", label=label)
    if len(lines.table) <= MOST_LINES:
        return said
    counts = {"shown": words.whole(MOST_LINES), "all": words.whole(len(lines.table))}
    return f"{said} {words('team.families_drawn', **counts)}"


def draw_families(words: Words, lines: Lines, *, simulated: bool) -> Picture:
    """Draw a thin line a family, in the manner of its direction, and the mean in bold."""
    figure, (axes,) = blank(1, 4.2, width=5.0)
    bare(axes, "left")
    drawn = spread_out(lines.table)
    for before, after in zip(drawn["before"], drawn["after"], strict=True):
        way = lines.outcome.direction(after - before)
        colour, style = {
            "better": (BETTER, "solid"),
            "worse": (WORSE, (0, (4, 2))),
        }.get(way or "", (GREY, (0, (1, 1.5))))
        axes.plot(
            [0, 1], [before, after], color=colour, linestyle=style, linewidth=1.3, alpha=0.8
        )
    means = [lines.table["before"].mean(), lines.table["after"].mean()]
    axes.plot([0, 1], means, color=INK, linewidth=4, label="mean")
    axes.set_xticks([0, 1], [lines.earlier, lines.later])
    axes.set(xlim=(-0.15, 1.15))
    axes.set_title(lines.outcome.label.in_(words.language), loc="left", weight="bold")
    if simulated:
        mark(figure, words)
    return figure


def spread_out(table: pd.DataFrame) -> pd.DataFrame:
    """Return at most so many rows as can be told apart, evenly over their order.

    Examples
    --------
    >>> len(spread_out(pd.DataFrame({"change": range(3587)})))
    200
    """
    if len(table) <= MOST_LINES:
        return table
    return table.iloc[[round(place) for place in linspace(0, len(table) - 1, MOST_LINES)]]


def families_alt(words: Words, lines: Lines) -> str:
    """Return the lines in words: how many went which way."""
    ways = [lines.outcome.direction(change) for change in lines.table["change"]]
    return words(
        "figure.alt_families",
        label=lines.outcome.label.in_(words.language),
        unit=lines.unit,
        better=words.whole(ways.count("better")),
        same=words.whole(ways.count("same")),
        worse=words.whole(ways.count("worse")),
        n=words.whole(len(ways)),
    )

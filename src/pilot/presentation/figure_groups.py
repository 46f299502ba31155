"""Better, cannot tell, worse: how many people, as bars that differ without colour too."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from pilot.presentation.drawing import (
    BETTER,
    INK,
    UNSURE,
    WORSE,
    bare,
    beside,
    blank,
    embedded,
    mark_simulated,
)
from pilot.presentation.saying import count_of, group_names, number_of
from pilot.presentation.words import Words
from pilot.results import PublicCount, PublicEstimate

if TYPE_CHECKING:
    from pilot.presentation.picture import Picture

FACES = {"improved": (BETTER, ""), "cannot tell": (UNSURE, ""), "worse": (WORSE, "/")}


def groups_picture(words: Words, estimate: PublicEstimate, *, simulated: bool) -> str:
    """Return the bars of one outcome as HTML, with alt text and caption."""
    label = estimate.outcome.label.in_(words.language)
    return embedded(
        draw_groups(words, estimate, simulated=simulated),
        groups_alt(words, estimate, simulated=simulated),
        words("figure.groups_caption", label=label)
        + dashed(words, [count for _, count in estimate.groups]),
    )


def draw_groups(words: Words, estimate: PublicEstimate, *, simulated: bool) -> Picture:
    """Draw one bar a group; of a band the sure part is full and the rest is open."""
    groups = estimate.groups
    figure, (axes,) = blank(1, 0.85 * len(groups) + 0.55)
    bare(axes)
    for place, (names, count) in enumerate(groups):
        colour, hatch = FACES[names[0]]
        low, high = ends(count)
        axes.barh(-place, low, 0.6, color=colour, hatch=hatch, edgecolor=INK, linewidth=1.2)
        axes.barh(
            -place,
            high - low,
            0.6,
            left=low,
            color="white",
            edgecolor=INK,
            linewidth=1.2,
            linestyle=(0, (3, 2)),
        )
        beside(axes, (high, -place), number_of(words, count), fontsize=13, weight="bold")
        axes.text(
            0, -place + 0.36, group_names(words, names, "group"), va="bottom", fontsize=12
        )
    widest = max(ends(count)[1] for _, count in groups)
    axes.set(xlim=(0, widest * 1.45), ylim=(-len(groups) + 0.55, 0.85), xticks=[], yticks=[])
    if simulated:
        mark_simulated(figure, words)
    return figure


def ends(count: PublicCount) -> tuple[int, int]:
    """Return between which numbers a count lies, as lengths that can be drawn.

    Examples
    --------
    >>> ends(PublicCount(9)), ends(PublicCount(None, 9, 14)), ends(PublicCount(None, 50, None))
    ((9, 9), (9, 13), (50, 50))
    """
    if count.exact is not None:
        return count.exact, count.exact
    low = count.low or 0
    return low, low if count.high is None else count.high - 1


def dashed(words: Words, counts: Iterable[PublicCount | None]) -> str:
    """Return what a dashed part means, where one is drawn."""
    bands = (ends(count) for count in counts if count is not None)
    return f" {words('figure.dashed')}" if any(low < high for low, high in bands) else ""


def groups_alt(words: Words, estimate: PublicEstimate, *, simulated: bool) -> str:
    """Return the bars in words."""
    said = [
        words(
            "figure.alt_group",
            count=count_of(words, count, words("unit.people")),
            names=group_names(words, names, "group"),
        )
        for names, count in estimate.groups
    ]
    alt = words(
        "figure.alt_groups",
        label=estimate.outcome.label.in_(words.language),
        groups="; ".join(said),
    )
    return f"{alt} {words('figure.alt_simulated')}" if simulated else alt

"""A change for everybody: where the mean lies, and where the real one probably does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pilot.presentation.drawing import BETTER, GREY, INK, bare, blank, embedded, mark_simulated
from pilot.presentation.figure_change import change_alt, face_axis
from pilot.presentation.saying import digits_of, is_share, moved
from pilot.presentation.words import Words
from pilot.results import PublicEstimate

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from pilot.presentation.picture import Picture

BAND = "#cfe0ec"
LETTER = 0.0215  # how much of the figure's width one letter takes


def plain_picture(
    words: Words, estimate: PublicEstimate, whole: str, *, simulated: bool
) -> str:
    """Return the figure of one change as HTML, with alt text and caption."""
    banded = estimate.conf_low is not None
    caption = words("figure.plain_caption" if banded else "figure.plain_no_band", whole=whole)
    if is_share(estimate.outcome):
        caption = words("figure.plain_share")
    return embedded(
        draw_plain(words, estimate, simulated=simulated),
        change_alt(words, (estimate,), simulated=simulated, narrow=False),
        caption,
    )


def draw_plain(words: Words, estimate: PublicEstimate, *, simulated: bool) -> Picture:
    """Draw a band where the real change probably lies, and a dot for the mean."""
    figure, (axes,) = blank(1, 2.6)
    bare(axes, "bottom")
    face_axis(words, axes, estimate)
    value = estimate.estimate or 0.0
    axes.plot([0, 0], [-1, 0.6], color=GREY, linewidth=1.5, label="zero")
    low, high = estimate.conf_low, estimate.conf_high
    if low is not None and high is not None:
        axes.barh(0, high - low, 0.62, left=low, color=BAND, edgecolor=BETTER, linewidth=1.5)
        _label(axes, (low + high) / 2, -0.62, words("figure.plain_band"))
    axes.plot([value], [0], "o", markersize=14, color=INK, label="mean")
    said = moved(words, estimate.outcome, value, digits_of(estimate))
    _label(axes, value, 0.6, said, weight="bold")
    axes.set(ylim=(-1, 1.45))
    if simulated:
        mark_simulated(figure, words)
    return figure


def _label(axes: Axes, at: float, height: float, said: str, weight: str = "normal") -> None:
    """Write below or above a place, moved as far as it takes to stay inside the figure."""
    start, end = axes.get_xlim()
    half = LETTER * len(said) / 2
    share = min(max((at - start) / (end - start), half), 1 - half)
    place = start + share * (end - start)
    paper = {"facecolor": "white", "edgecolor": "none", "pad": 1.5}
    axes.text(
        place, height, said, ha="center", va="center", fontsize=12, weight=weight, bbox=paper
    )

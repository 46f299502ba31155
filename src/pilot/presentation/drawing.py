"""Drawing without a screen: one style, SVG that is the same at every run, words beside it."""

from __future__ import annotations

import base64
import io
import re
from html import escape
from typing import TYPE_CHECKING, Any

from pilot.presentation.words import Words

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from pilot.presentation.picture import Picture

INK, GREY, PALE = "#1a1a1a", "#5c5c5c", "#d9d9d9"
BETTER, UNSURE, WORSE = "#1f5a86", "#d9d9d9", "#c2620a"
NARROW = 4.4  # inches: its letters of 10 points can still be read on a screen of 360 pixels
FONTS = "'Segoe UI', Roboto, 'Helvetica Neue', Arial, 'Liberation Sans', sans-serif"
STYLE: Any = {
    "svg.fonttype": "none",
    "svg.hashsalt": "pilot",
    "font.size": 12,
    "text.color": INK,
    "axes.edgecolor": GREY,
    "axes.labelcolor": INK,
    "xtick.color": INK,
    "ytick.color": INK,
    "hatch.linewidth": 1.2,
    "path.simplify": False,
}


def blank(rows: int, height: float, width: float = NARROW) -> tuple[Picture, list[Axes]]:
    """Return a figure with so many panels below each other, sized in inches."""
    import matplotlib as mpl
    from matplotlib.layout_engine import ConstrainedLayoutEngine

    from pilot.presentation.picture import Picture

    with mpl.rc_context(STYLE):
        figure = Picture(figsize=(width, height), layout=ConstrainedLayoutEngine(hspace=0.14))
        panels = figure.subplots(rows, 1, squeeze=False)
    return figure, [panel[0] for panel in panels]


def bare(axes: Axes, *kept: str) -> None:
    """Take the frame off, but for the sides that are named."""
    for side in ("left", "right", "top", "bottom"):
        axes.spines[side].set_visible(side in kept)
    axes.tick_params(length=0, pad=6)


def beside(axes: Axes, at: tuple[float, float], said: str, **look: Any) -> None:
    """Write something just right of a place."""
    axes.annotate(said, at, xytext=(7, 0), textcoords="offset points", va="center", **look)


def mark_simulated(figure: Figure, words: Words) -> None:
    """Write on a figure that its data are simulated."""
    figure.supxlabel(
        words("page.figure_simulated"), x=0.995, ha="right", fontsize=10, color=GREY
    ).set_fontstyle("italic")


def svg_of(figure: Figure) -> str:
    """Return a figure as SVG, without a date and in the fonts of the page."""
    import matplotlib as mpl

    store = io.StringIO()
    with mpl.rc_context(STYLE):
        figure.savefig(store, format="svg", metadata={"Date": None, "Creator": None})
    drawn = store.getvalue()
    return re.sub(r"'DejaVu Sans'[^;\"]*", FONTS, drawn[drawn.index("<svg") :])


def embedded(figure: Figure, alt: str, caption: str) -> str:
    """Return a figure as HTML that needs nothing else: picture, alt text, caption."""
    code = base64.b64encode(svg_of(figure).encode()).decode()
    return (
        f'<figure tabindex="0"><img alt="{escape(alt, quote=True)}" '
        f'src="data:image/svg+xml;base64,{code}">'
        f"<figcaption>{escape(caption)}</figcaption></figure>"
    )

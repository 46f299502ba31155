"""How margin and chance grow with the number of families, as two curves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from pilot.design import Language
from pilot.presentation.drawing import BETTER, GREY, INK, PALE, WORSE, bare, beside, blank
from pilot.presentation.plan_words import size, unit_word, whole_unit
from pilot.presentation.words import Words
from pilot.results import Prospect

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from pilot.presentation.picture import Picture

USUAL, BEYOND = 0.5, 0.18  # d_av: without comparison, and beyond history in controlled studies
EIGHTY = 0.8
APART = 0.06  # share of the height below which two lines are too near for two labels
LABEL = 0.12  # share of the height that a label takes
ROOM = 1.4  # how much wider than the curves a panel is, for what is written beside them


def plot_plan(prospect: Prospect, language: Language = "en") -> Picture:
    """Draw the margin above and the chance of seeing the change below, against families.

    Parameters
    ----------
    prospect : Prospect
    language : {"en", "nl"}

    Returns
    -------
    Picture
        A matplotlib Figure that shows itself in a notebook, with its alt text beside it.

    Notes
    -----
    Curves differ in dash and marker, not only in colour, and each is named at its end. The
    line of change as usually seen without a comparison group (d_av .5) and the one beyond
    history in controlled Dutch studies (.18) stand beside the change that was asked.
    """
    words = Words(language)
    told = prospect.frame[prospect.frame["reason"] == ""]
    figure, (above, below) = blank(2, 6.4, width=6.4)
    figure.say(_alt(words, prospect, told))
    if told.empty:
        for axes in (above, below):
            bare(axes)
            axes.set(xticks=[], yticks=[])
        above.text(0.5, 0.5, words("plan.figure_alt_none"), ha="center", wrap=True)
        return figure
    _margins(words, above, prospect, told)
    _chances(words, below, prospect, told)
    for axes in (above, below):
        _families(words, axes, prospect.frame, told)
    return figure


def _margins(words: Words, axes: Axes, prospect: Prospect, told: pd.DataFrame) -> None:
    unit = whole_unit(words, prospect)
    axes.set_title(words("plan.figure_half", unit=unit), loc="left", fontsize=12, weight="bold")
    top = 1.12 * max(float(told["half_width_95_simulated"].max()), prospect.change)
    axes.set_ylim(0, top)
    for kind, look in (("95", _SOLID), ("75", _DASHED)):
        curve = told[f"half_width_{kind}_simulated"]
        axes.plot(told["families"], curve, label=f"margin {kind}", **look)
        end = (float(told["families"].iloc[-1]), float(curve.iloc[-1]))
        beside(axes, end, words(f"plan.figure_line_{kind}"), color=look["color"], fontsize=11)
    ends = [float(told[f"half_width_{kind}_simulated"].iloc[-1]) for kind in ("95", "75")]
    for value, name in _lines(prospect, top):
        said = words(f"plan.figure_{name}", change=size(words, prospect, value))
        taken = any(0 <= end - value < LABEL * top for end in ends)
        _across(axes, value, said, name, below=taken)


def _lines(prospect: Prospect, top: float) -> list[tuple[float, str]]:
    """Return the sizes of change that are drawn, without those that would overlap."""
    sd = prospect.assumptions.sd
    lines = [(prospect.change, "change")]
    for value, name in ((USUAL * sd, "usual"), (BEYOND * sd, "beyond")):
        if value < top and all(abs(value - other) > APART * top for other, _ in lines):
            lines.append((value, name))
    return lines


def _chances(words: Words, axes: Axes, prospect: Prospect, told: pd.DataFrame) -> None:
    unit = unit_word(words, prospect)
    change = size(words, prospect, prospect.change)
    title = words("plan.figure_power", change=change, unit=unit)
    axes.set_title(title, loc="left", fontsize=12, weight="bold")
    axes.set(ylim=(0, 1.02), yticks=[0, 0.25, 0.5, 0.75, 1])
    axes.set_yticks([0, 0.25, 0.5, 0.75, 1], [words.percent(t / 4) for t in range(5)])
    _across(axes, EIGHTY, words("plan.figure_eighty"), "eighty")
    for column, name, look in (("power", "05", _SOLID), ("power_holm", "025", _DASHED)):
        axes.plot(told["families"], told[column], label=f"power {name}", **look)
        end = (float(told["families"].iloc[-1]), float(told[column].iloc[-1]))
        said = words(f"plan.figure_power_{name}")
        beside(axes, end, said, color=look["color"], fontsize=11)


def _across(axes: Axes, value: float, said: str, name: str, *, below: bool = False) -> None:
    """Draw a dotted line, named at its right end."""
    axes.axhline(value, color=GREY, linewidth=1.2, linestyle=(0, (1, 2)), label=name)
    axes.annotate(
        said,
        (1, value),
        (0, -3 if below else 3),
        xycoords=("axes fraction", "data"),
        textcoords="offset points",
        ha="right",
        va="top" if below else "bottom",
        fontsize=10,
        color=GREY,
    )


def _families(words: Words, axes: Axes, frame: pd.DataFrame, told: pd.DataFrame) -> None:
    """Put the numbers of families on an axis, those without a mean in grey."""
    bare(axes, "bottom", "left")
    first, last = float(frame["families"].min()), float(frame["families"].max())
    room = max(last - first, 1.0)
    axes.set_xlim(first - 0.06 * room, first + room * ROOM)
    axes.set_xticks(frame["families"], [words.whole(n) for n in frame["families"]])
    axes.set_xlabel(words("plan.figure_families"), fontsize=11, loc="left")
    lowest = float(told["families"].min())
    if first < lowest:
        axes.axvspan(first - 0.06 * room, (first + lowest) / 2, color=PALE, zorder=0)
        axes.annotate(
            words("plan.figure_refused"),
            (first, 0.5),
            xycoords=("data", "axes fraction"),
            rotation=90,
            ha="center",
            va="center",
            fontsize=10,
            color=INK,
        )


def _alt(words: Words, prospect: Prospect, told: pd.DataFrame) -> str:
    if told.empty:
        return words("plan.figure_alt_none")
    first, last = told.iloc[0], told.iloc[-1]
    return words(
        "plan.figure_alt",
        label=prospect.outcome.label.in_(words.language),
        unit=unit_word(words, prospect),
        first=size(words, prospect, first["half_width_95_simulated"]),
        last=size(words, prospect, last["half_width_95_simulated"]),
        fewest=words.whole(first["families"]),
        most=words.whole(last["families"]),
        change=size(words, prospect, prospect.change),
        first_power=words.whole(100 * first["power"]),
        last_power=words.whole(100 * last["power"]),
    )


_SOLID: dict[str, Any] = {"color": BETTER, "linewidth": 2.5, "marker": "o", "markersize": 6}
_DASHED: dict[str, Any] = {
    "color": WORSE,
    "linewidth": 2.5,
    "linestyle": (0, (5, 2)),
    "marker": "s",
    "markersize": 6,
    "markerfacecolor": "white",
}

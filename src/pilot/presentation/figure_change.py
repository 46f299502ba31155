"""Mean change with its two intervals, against nothing and against what matters."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pilot.design import Outcome
from pilot.presentation.drawing import BETTER, GREY, INK, bare, blank, embedded, mark_simulated
from pilot.presentation.saying import (
    digits_of,
    facing,
    is_share,
    moved,
    share_ways,
    size_of,
)
from pilot.presentation.words import Words
from pilot.results import Estimate, PublicEstimate

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from pilot.presentation.picture import Picture

AnyEstimate = Estimate | PublicEstimate
THIN, THICK = 2.0, 8.0


def change_picture(
    words: Words, estimates: Sequence[PublicEstimate], *, simulated: bool
) -> str:
    """Return the figure of some changes as HTML, with alt text and caption."""
    figure = draw_change(words, estimates, simulated=simulated)
    return embedded(
        figure,
        change_alt(words, estimates, simulated=simulated),
        _caption(words, estimates),
    )


def _caption(words: Words, estimates: Sequence[PublicEstimate]) -> str:
    drawn = [each.outcome for each in estimates if each.estimate is not None]
    said = [words("outcomes.figure_caption")]
    if any(each.minimal_change is not None and not is_share(each) for each in drawn):
        said.append(words("outcomes.figure_minimal"))
    if len(drawn) > 1:
        said.append(words("outcomes.figure_scales"))
    return " ".join(said)


def draw_change(words: Words, estimates: Sequence[AnyEstimate], *, simulated: bool) -> Picture:
    """Draw each change on an axis of its own; better is always to the right."""
    drawn = [each for each in estimates if each.estimate is not None]
    figure, panels = blank(max(len(drawn), 1), 1.85 * max(len(drawn), 1) + 0.25)
    for axes, estimate in zip(panels, drawn, strict=False):
        _panel(words, axes, estimate)
    if not drawn:
        bare(panels[0])
        panels[0].set(xticks=[], yticks=[])
        panels[0].text(0.5, 0.5, words("figure.alt_none"), ha="center")
    if simulated:
        mark_simulated(figure, words)
    return figure


def _panel(words: Words, axes: Axes, estimate: AnyEstimate) -> None:
    outcome = estimate.outcome
    bare(axes, "bottom")
    axes.set_title(outcome.label.in_(words.language), loc="left", fontsize=13, weight="bold")
    axes.axvline(0, ymax=0.93, color=GREY, linewidth=1.2, label="zero")
    for low, high, width, name in (
        (estimate.conf_low, estimate.conf_high, THIN, "95"),
        (estimate.conf_low_75, estimate.conf_high_75, THICK, "75"),
    ):
        if low is not None and high is not None:
            axes.plot(
                [low, high],
                [0, 0],
                color=BETTER,
                linewidth=width,
                solid_capstyle="butt",
                label=name,
            )
    axes.plot(
        [estimate.estimate or 0.0],
        [0],
        "o",
        markersize=11,
        color=INK,
        markerfacecolor="white",
        markeredgewidth=2.5,
        label="mean",
    )
    _minimal(words, axes, outcome)
    face_axis(words, axes, estimate)


def _minimal(words: Words, axes: Axes, outcome: Outcome) -> None:
    if outcome.minimal_change is None or is_share(outcome):
        return
    value = outcome.minimal_change.value
    for side in (-value, value):
        axes.axvline(side, color=GREY, linewidth=1.2, linestyle=(0, (4, 3)), label="minimal")
    said = words("figure.minimal", value=words.plain(value))
    at = value if outcome.better_sign >= 0 else -value
    axes.annotate(
        said, (at, 0.62), xytext=(4, 0), textcoords="offset points", fontsize=10, color=GREY
    )


def face_axis(words: Words, axes: Axes, estimate: AnyEstimate) -> None:
    """Turn an axis so that better lies to the right, and say so in words."""
    outcome = estimate.outcome
    reach = _reach(estimate)
    turned = outcome.better_sign < 0 and not is_share(outcome)
    axes.set(ylim=(-1, 1), yticks=[], xlim=(reach, -reach) if turned else (-reach, reach))
    axes.locator_params(axis="x", nbins=7)
    ticks = [tick for tick in axes.get_xticks() if abs(tick) <= reach]
    axes.set_xticks(ticks, [_tick(words, outcome, tick) for tick in ticks])
    axes.set_xlabel(_axis_label(words, outcome), fontsize=11)
    worse, better = ("worse", "better") if outcome.better_sign else ("less", "more")
    axes.text(
        0.5,
        0.96,
        words("figure.zero"),
        transform=axes.transAxes,
        ha="center",
        va="top",
        fontsize=10,
        color=GREY,
        bbox={"facecolor": "white", "edgecolor": "none", "pad": 1.5},
    )
    sides = (
        (0.0, "left", f"\N{LEFTWARDS ARROW} {words(f'figure.{worse}')}"),
        (1.0, "right", f"{words(f'figure.{better}')} \N{RIGHTWARDS ARROW}"),
    )
    for place, side, said in sides:
        axes.text(place, 0.97, said, transform=axes.transAxes, ha=side, va="top", fontsize=12)


def _tick(words: Words, outcome: Outcome, tick: float) -> str:
    if is_share(outcome):
        return size_of(words, outcome, tick)
    return words.plain(tick) if tick <= 0 else f"+{words.plain(tick)}"


def _reach(estimate: AnyEstimate) -> float:
    minimal = estimate.outcome.minimal_change
    known = [estimate.estimate, estimate.conf_low, estimate.conf_high]
    sizes = [abs(value) for value in known if value is not None]
    if minimal is not None and not is_share(estimate.outcome):
        sizes.append(minimal.value)
    return 1.25 * max([*sizes, _tenth(estimate.outcome) / 1.25])


def _tenth(outcome: Outcome) -> float:
    """Return a tenth of what is possible: less would make a small change look large."""
    return 0.2 if is_share(outcome) else 0.1 * (outcome.high - outcome.low)


def _axis_label(words: Words, outcome: Outcome) -> str:
    if is_share(outcome):
        more, less = share_ways(words, outcome)
        return words("figure.change_share", better=more, worse=less)
    return words("figure.change", low=words.plain(outcome.low), high=words.plain(outcome.high))


def change_alt(
    words: Words, estimates: Sequence[AnyEstimate], *, simulated: bool, narrow: bool = True
) -> str:
    """Return the figure in words: direction, size, verdict and the intervals drawn."""
    said = [
        _said(words, each, narrow=narrow) for each in estimates if each.estimate is not None
    ]
    if simulated:
        said.append(words("figure.alt_simulated"))
    return " ".join(said)


def _said(words: Words, estimate: AnyEstimate, *, narrow: bool) -> str:
    outcome, digits = estimate.outcome, digits_of(estimate)
    parts = {
        "label": outcome.label.in_(words.language),
        "moved": moved(words, outcome, estimate.estimate or 0.0, digits),
        "faces": facing(words, outcome),
        "verdict": _verdict(words, estimate),
    }
    low, high = estimate.conf_low, estimate.conf_high
    if low is None or high is None:
        said = words("figure.alt_no_interval", **parts)
    else:
        inner = _narrow(words, estimate) if narrow else ""
        ends = {
            "low": size_of(words, outcome, low, digits),
            "high": size_of(words, outcome, high, digits),
        }
        said = words("figure.alt_change", **parts, **ends, narrow=inner)
    minimal = outcome.minimal_change
    if minimal is None or is_share(outcome):
        return said
    return f"{said} {words('figure.alt_minimal', value=words.plain(minimal.value))}"


def _verdict(words: Words, estimate: AnyEstimate) -> str:
    if not estimate.outcome.primary:
        return words("outcomes.exploratory")
    return words(f"describe.{estimate.verdict.replace(' ', '_')}")


def _narrow(words: Words, estimate: AnyEstimate) -> str:
    low, high = estimate.conf_low_75, estimate.conf_high_75
    if low is None or high is None:
        return ""
    outcome, digits = estimate.outcome, digits_of(estimate)
    return words(
        "figure.alt_narrow",
        low=size_of(words, outcome, low, digits),
        high=size_of(words, outcome, high, digits),
    )

"""How many answered at each wave, of those who started."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pilot.presentation.drawing import (
    BETTER,
    GREY,
    INK,
    bare,
    beside,
    blank,
    embedded,
    mark_simulated,
)
from pilot.presentation.figure_groups import dashed, ends
from pilot.presentation.saying import number_of, unit_of, wave_label
from pilot.presentation.words import Words, capital
from pilot.results import Disclosed, PublicCount

if TYPE_CHECKING:
    from pilot.presentation.picture import Picture

Bar = tuple[str, PublicCount | None]


def flow_picture(words: Words, disclosed: Disclosed) -> str:
    """Return the figure of who answered when as HTML, with alt text and caption."""
    caption = words("flow.figure", unit=capital(unit_of(words, disclosed)))
    caption = f"{caption}.{dashed(words, [count for _, count in _bars(words, disclosed)])}"
    return embedded(draw_flow(words, disclosed), flow_alt(words, disclosed), caption)


def draw_flow(words: Words, disclosed: Disclosed) -> Picture:
    """Draw a bar for the start and one for each wave; of a band the open part is dashed."""
    bars, running = _bars(words, disclosed), _running(words, disclosed)
    figure, (axes,) = blank(1, 0.62 * len(bars) + 0.45)
    bare(axes, "left")
    widest = max([ends(count)[1] for _, count in bars if count is not None], default=1) or 1
    for place, (name, count) in enumerate(bars):
        if count is None:
            beside(axes, (0, -place), words("flow.to_come"), color=GREY)
            continue
        low, high = ends(count)
        axes.barh(-place, low, 0.62, color=BETTER, edgecolor=INK, linewidth=1.2)
        axes.barh(
            -place,
            high - low,
            0.62,
            left=low,
            color="white",
            edgecolor=INK,
            linewidth=1.2,
            linestyle=(0, (3, 2)),
        )
        beside(axes, (high, -place), _told(words, name, count, running), weight="bold")
    axes.set(xlim=(0, widest * 1.5), ylim=(-len(bars) + 0.4, 0.6), xticks=[])
    axes.set_yticks([-place for place in range(len(bars))], [name for name, _ in bars])
    if disclosed.simulated:
        mark_simulated(figure, words)
    return figure


def flow_alt(words: Words, disclosed: Disclosed) -> str:
    """Return the bars in words."""
    running = _running(words, disclosed)
    said = [
        words(
            "figure.alt_wave",
            wave=name,
            count=words("flow.to_come")
            if count is None
            else _told(words, name, count, running),
        )
        for name, count in _bars(words, disclosed)
    ]
    unit = capital(unit_of(words, disclosed))
    alt = words("figure.alt_flow", unit=unit, waves="; ".join(said))
    return f"{alt} {words('figure.alt_simulated')}" if disclosed.simulated else alt


def _running(words: Words, disclosed: Disclosed) -> list[str]:
    waves = disclosed.waves
    keys = waves.loc[waves["state"] == "open", "wave"]
    return [wave_label(words, disclosed.trajectory, str(key)) for key in keys]


def _told(words: Words, name: str, count: PublicCount, running: list[str]) -> str:
    said = number_of(words, count)
    return words("flow.running_short", count=said) if name in running else said


def _bars(words: Words, disclosed: Disclosed) -> list[Bar]:
    answered = dict(disclosed.flow)
    bars: list[Bar] = [(words("flow.started"), disclosed.started)]
    for wave, state in zip(disclosed.waves["wave"], disclosed.waves["state"], strict=True):
        if wave in answered or state == "to come":
            label = wave_label(words, disclosed.trajectory, wave)
            bars.append((label, answered.get(wave)))
    return bars

"""Who took part, who answered when, and why people left."""

from __future__ import annotations

from pilot.design import Wave
from pilot.presentation.figure_flow import flow_picture
from pilot.presentation.markup import Column, Table, heading, paragraph, section
from pilot.presentation.piece import Piece, in_both
from pilot.presentation.saying import number_of, unit_of, wave_label
from pilot.presentation.words import Words
from pilot.results import Disclosed, PublicCount


def flow_section(disclosed: Disclosed) -> Piece:
    """Return who started, who answered at each wave, and who left why."""
    return in_both("flow", "public", lambda words: _section(words, disclosed))


def _section(words: Words, disclosed: Disclosed) -> str:
    unit = unit_of(words, disclosed)
    return section(
        "flow",
        words.language,
        words("flow.title"),
        paragraph(words("flow.intro")),
        flow_picture(words, disclosed),
        _waves(words, disclosed, unit).html(),
        heading(words("flow.left_title"), 3),
        _left(words, disclosed, unit),
        _bands(words, disclosed, unit),
    )


def _bands(words: Words, disclosed: Disclosed, unit: str) -> str:
    bands = [count for count in _counts(disclosed) if count.exact is None]
    if not bands:
        return ""
    example = next((count for count in bands if count.low), bands[0])
    said = [words("flow.bands", band=number_of(words, example))]
    if "other" in dict(disclosed.left):
        said.append(words("flow.bands_other", unit=unit))
    return paragraph(" ".join(said), "note")


def _counts(disclosed: Disclosed) -> list[PublicCount]:
    named = [*disclosed.flow, *disclosed.left, ("", disclosed.started)]
    return [count for _, count in named]


def _waves(words: Words, disclosed: Disclosed, unit: str) -> Table:
    answered = dict(disclosed.flow)
    rows = [(words("flow.started"), "", number_of(words, disclosed.started))]
    for key, state in zip(disclosed.waves["wave"], disclosed.waves["state"], strict=True):
        told = words("flow.not_held" if state == "not held" else "flow.to_come")
        if key in answered:
            told = number_of(words, answered[key])
            told = words("flow.running", count=told) if state == "open" else told
        wave = disclosed.trajectory.wave(key)
        label = wave_label(words, disclosed.trajectory, key)
        rows.append((label, _period(words, wave), told))
    columns = (
        Column(words("flow.wave")),
        Column(words("flow.period")),
        Column(words("flow.answered", unit=unit), numbers=True),
    )
    caption = words("flow.caption", unit=unit[:1].upper() + unit[1:])
    return Table(caption, columns, tuple(rows))


def _period(words: Words, wave: Wave) -> str:
    if wave.opens is not None and wave.closes is not None:
        return words("flow.dates", low=words.day(wave.opens), high=words.day(wave.closes))
    low, high = wave.from_month or 0.0, wave.to_month or 0.0
    return words("flow.months", low=words.plain(low), high=words.plain(high))


def _left(words: Words, disclosed: Disclosed, unit: str) -> str:
    if not disclosed.left:
        ends = [count.exact for _, count in disclosed.flow[-1:]]
        nobody = None not in ends and ends == [disclosed.started.exact]
        return paragraph(words("flow.left_none" if nobody else "flow.left_unknown"))
    rows = tuple(
        (
            words(f"reason.{reason}") if words.has(f"reason.{reason}") else reason,
            number_of(words, count),
        )
        for reason, count in disclosed.left
    )
    columns = (Column(words("flow.reason")), Column(unit, numbers=True))
    return Table(words("flow.left_caption"), columns, rows).html()

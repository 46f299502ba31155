"""The first page: one A4 for who pays, in the order in which funds ask."""

from __future__ import annotations

from pilot.presentation.earlier import earlier_notes
from pilot.presentation.events import NOT_DONE, units_told
from pilot.presentation.markup import bullets, heading, paragraph, section
from pilot.presentation.piece import Piece, in_both
from pilot.presentation.saying import (
    change_sentence,
    count_of,
    doubt_sentence,
    is_share,
    leading,
    number_of,
    scale_sentence,
    strict_sentence,
    unit_of,
    wave_label,
    weighing,
)
from pilot.presentation.words import Words, capital
from pilot.results import Disclosed, PublicEstimate


def payer_page(disclosed: Disclosed) -> Piece:
    """Return one A4: planned and reached, done, changed, learnt, next."""
    return in_both(
        "payer",
        "public",
        lambda words: _page(words, disclosed),
        design=disclosed.trajectory,
    )


def _page(words: Words, disclosed: Disclosed) -> str:
    about = disclosed.trajectory.about
    language = words.language
    lessons = [lesson.in_(language) for lesson in about.lessons]
    coming = [step.in_(language) for step in about.next]
    return section(
        "payer",
        language,
        words("payer.title"),
        paragraph(words("payer.aim", what=about.what.in_(language)), "lead"),
        _warning(words, disclosed),
        heading(words("payer.reached_title"), 3),
        bullets(_reached(words, disclosed)),
        heading(words("payer.done_title"), 3),
        paragraph(about.done.in_(language)),
        bullets(_events(words, disclosed)),
        heading(words("payer.changed_title"), 3),
        _changed(words, disclosed),
        *earlier_notes(words, disclosed, "primary"),
        heading(words("payer.lessons_title"), 3),
        bullets(lessons) or paragraph(words("payer.lessons_none")),
        heading(words("payer.next_title"), 3),
        bullets(coming) or paragraph(words("payer.next_none")),
        kind="sheet payer",
    )


def _warning(words: Words, disclosed: Disclosed) -> str:
    measured = any(not each.refused for each in disclosed.estimates)
    text = words("payer.warning_text" if measured else "payer.warning_none")
    return f'<div class="warning">{heading(words("payer.warning"), 3)}{paragraph(text)}</div>'


def _reached(words: Words, disclosed: Disclosed) -> list[str]:
    unit = unit_of(words, disclosed)
    lines = []
    if disclosed.planned_families:
        planned = words.whole(disclosed.planned_families)
        lines.append(words("payer.planned", planned=planned, unit=unit))
    started = words("payer.started", started=count_of(words, disclosed.started, unit))
    if disclosed.role in disclosed.family_roles:
        people = count_of(words, disclosed.started_participants, words("unit.people"))
        started = f"{started} {words('payer.people', people=people)}"
    return [*lines, started, *_answered(words, disclosed), *_still_open(words, disclosed)]


def _answered(words: Words, disclosed: Disclosed) -> list[str]:
    running = _waves_that(disclosed, "open")
    flow = [(wave, count) for wave, count in disclosed.flow if wave not in running]
    ends = dict([*flow[:1], *flow[1:][-1:]])
    unit = unit_of(words, disclosed)
    return [
        words(
            "payer.answered",
            wave=wave_label(words, disclosed.trajectory, wave),
            answered=count_of(words, count, unit),
        )
        for wave, count in ends.items()
    ]


def _still_open(words: Words, disclosed: Disclosed) -> list[str]:
    trajectory, unit = disclosed.trajectory, unit_of(words, disclosed)
    running = _waves_that(disclosed, "open")
    lines = [
        words(
            "payer.running",
            wave=wave_label(words, trajectory, wave),
            answered=count_of(words, count, unit),
        )
        for wave, count in disclosed.flow
        if wave in running
    ]
    coming = [wave_label(words, trajectory, wave) for wave in _waves_that(disclosed, "to come")]
    if coming:
        lines.append(words("payer.interim", waves=words.listed(coming)))
    return [*lines, words("payer.baseline")] if len(disclosed.flow) == 1 else lines


def _waves_that(disclosed: Disclosed, state: str) -> list[str]:
    waves = disclosed.waves
    return [str(wave) for wave in waves.loc[waves["state"] == state, "wave"]]


def _events(words: Words, disclosed: Disclosed) -> list[str]:
    counts = dict(disclosed.events)
    return [
        words(
            "payer.event",
            label=capital(event.label.in_(words.language)),
            times=number_of(words, counts[event.key]),
            units=units_told(words, disclosed, event, counts),
        )
        for event in disclosed.trajectory.events
        if event.key in counts and event.means not in NOT_DONE
    ]


def _changed(words: Words, disclosed: Disclosed) -> str:
    goals = _goals(words, disclosed)
    if disclosed.small:
        text = words(
            "payer.small",
            threshold=words.whole(disclosed.trajectory.thresholds.families),
            unit=unit_of(words, disclosed),
        )
        return paragraph(text) + bullets(goals)
    shown = leading(disclosed.estimates)
    roles = {each.outcome.role for each in shown} | {disclosed.role}
    blocks = [_change(words, disclosed, each, named=len(roles) > 1) for each in shown]
    if not any(each.outcome.primary for each in shown):
        blocks.append(paragraph(words("payer.unplanned")))
    return "".join(blocks) + bullets(goals)


def _change(
    words: Words, disclosed: Disclosed, estimate: PublicEstimate, *, named: bool
) -> str:
    outcome = estimate.outcome
    unit = unit_of(words, disclosed, outcome.role)
    label = outcome.label.in_(words.language)
    if named or (not outcome.primary and len(disclosed.trajectory.roles) > 1):
        role = disclosed.trajectory.role(outcome.role).label.in_(words.language)
        label = words("change.of_role", role=capital(role), label=label)
    said = paragraph(change_sentence(words, estimate, unit, label=label), "change")
    if estimate.refused:
        return said
    rest = [
        doubt_sentence(words, estimate),
        strict_sentence(words, estimate),
        "" if is_share(outcome) else scale_sentence(words, outcome),
        words("change.people", units=count_of(words, estimate.n_families, unit)),
        words("change.everyone") if estimate.everyone else "",
        weighing(words, disclosed, outcome),
    ]
    return said + paragraph(" ".join(each for each in rest if each), "doubt")


def _goals(words: Words, disclosed: Disclosed) -> list[str]:
    counts = {name: number_of(words, count) for name, count in disclosed.goals}
    return [words("payer.goals", **counts)] if counts else []

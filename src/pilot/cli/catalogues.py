"""``pilot instruments`` and ``pilot trajectories``: what is on the two shelves."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from pilot.design import Instrument, Scale, Trajectory

Name = Annotated[str | None, typer.Argument(metavar="NAME", show_default=False)]


def instruments(name: Name = None) -> None:
    """List the instruments, or show one: its items, scales and sources."""
    from pilot.design import instrument_names, load_instrument

    if name is not None:
        typer.echo("\n".join(_form(load_instrument(name))))
        return
    forms = [load_instrument(each) for each in instrument_names()]
    _table(
        ("name", "items", "ages", "title"),
        [(f.key, str(len(f.items)), f"{f.ages[0]}-{f.ages[1]}", f.title) for f in forms],
    )


def trajectories(name: Name = None) -> None:
    """List the trajectories, or show one: its waves, roles and what is asked."""
    from pilot.design import load_trajectory, trajectory_names

    if name is not None:
        typer.echo("\n".join(_course(load_trajectory(name))))
        return
    courses = [load_trajectory(each) for each in trajectory_names()]
    _table(
        ("name", "waves", "roles", "title"),
        [
            (c.key, " ".join(c.wave_keys), " ".join(role.key for role in c.roles), c.title.nl)
            for c in courses
        ],
    )


def _table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> None:
    widths = [max(len(row[place]) for row in [head, *rows]) for place in range(len(head))]
    for row in [head, *rows]:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        typer.echo("  ".join(cells).rstrip())


def _form(form: Instrument) -> Iterable[str]:
    yield f"{form.key}: {form.title}"
    yield f"  {form.cite}; {form.licence}"
    yield f"  ages {form.ages[0]} to {form.ages[1]}; one answer is {_answers(form)}"
    yield "items (our own labels, not the wording)"
    for item, says in form.items.items():
        yield f"  {item}  {says.nl} / {says.en}"
    for scale in form.scales:
        yield from _scale(form, scale)


def _answers(form: Instrument) -> str:
    low, high = form.responses.low, form.responses.high
    words = ", ".join(f"{value} {word}" for word, value in form.responses.options.items())
    return f"{low} to {high}" + (f" ({words})" if words else "")


def _scale(form: Instrument, scale: Scale) -> Iterable[str]:
    low, high = scale.range
    yield f"scale {form.score_name(scale)}: {scale.label.nl} / {scale.label.en}"
    yield f"  {scale.combine} of {len(scale.items)}, {low:g} to {high:g}, {scale.level}"
    yield f"  higher is {scale.higher_is}; scored from {scale.min_answered} answers"
    if scale.reverse:
        yield f"  reversed: {', '.join(scale.reverse)}"
    yield "  verified" if scale.verified else f"  not verified: {scale.why}"
    for known in scale.reliability:
        yield f"  {known.kind} {known.value:g} ({known.population}): {known.source}"
    if scale.minimal_change is not None:
        least = scale.minimal_change
        yield f"  smallest change that matters {least.value:g}: {least.source}"


def _course(course: Trajectory) -> Iterable[str]:
    yield f"{course.key}: {course.title.nl} / {course.title.en}"
    yield f"  {course.about.what.nl}"
    yield f"  estimates hold for: {course.generalises_to}"
    for wave in course.waves:
        window = (
            f"month {wave.from_month:g} to {wave.to_month:g} of a person's own start"
            if wave.rolling
            else f"{wave.opens} to {wave.closes}"
        )
        yield f"wave {wave.key}: {wave.label.nl}, {window}"
    for asked in course.asked:
        who = f"{asked.role} is asked"
        if asked.rated_by is not None:
            who = f"a {asked.rated_by} rates {asked.role} with"
        yield f"{who} {asked.instrument} at {' '.join(course.waves_of(asked))}"
    for outcome in course.outcomes():
        kind = "primary" if outcome.primary else "exploratory"
        yield f"outcome {outcome.key} ({outcome.role}, {kind}): {outcome.label.nl}"

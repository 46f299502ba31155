"""What the columns and codes of a design mean: one thing each, and within the form."""

from __future__ import annotations

from collections.abc import Iterator

from pilot.design.asking import Asked
from pilot.design.instrument import Instrument
from pilot.design.rated import rated_apart
from pilot.design.trajectory import Trajectory
from pilot.errors import DesignError


def check_columns(trajectory: Trajectory, name: str) -> None:
    """Refuse a column that would be the answer to two questions of one role at one wave.

    What a rater says in a file of its own may be called what the person's own is called.

    Raises
    ------
    DesignError
        Naming the column and both questions.
    """
    first: dict[tuple[str, str | None, str, str], str] = {}
    for place, asked in enumerate(trajectory.asked, start=1):
        for wave in trajectory.waves_of(asked):
            rater = asked.rated_by if rated_apart(trajectory, asked, wave) else None
            for what, column in _columns(trajectory, asked, wave):
                spelled = column.strip().casefold()
                other = first.setdefault((asked.role, rater, wave, spelled), what)
                if other != what:
                    raise DesignError(
                        f"{name} [asked[{place}].columns]",
                        f"column {column!r} is {other!r} and {what!r} at once, for role "
                        f"{asked.role!r} at wave {wave!r}",
                        "give each its own column; a pattern tells them apart with {item}, "
                        "{item:02d} or {id}",
                    )


def _columns(trajectory: Trajectory, asked: Asked, wave: str) -> Iterator[tuple[str, str]]:
    for item in asked.items_of(trajectory.instruments[asked.instrument]):
        yield item, asked.column(item, wave)
    for score, pattern in asked.totals.items():
        yield score, pattern.format(item=1, id=score, wave=wave)


def check_answers(trajectory: Trajectory, name: str) -> None:
    """Refuse an answer whose code no item that is asked can have.

    Raises
    ------
    DesignError
        Naming the answer and what the form allows.
    """
    for place, asked in enumerate(trajectory.asked, start=1):
        low, high = _ends(asked, trajectory.instruments[asked.instrument])
        for answer, code in asked.answers.items():
            if not low <= code <= high:
                raise DesignError(
                    f"{name} [asked[{place}].answers]",
                    f"{answer!r} means {code}, but answers on {asked.instrument!r} run from "
                    f"{low} to {high}",
                    "correct the code; what is no answer belongs under [missing]",
                )


def check_shifts(trajectory: Trajectory, name: str) -> None:
    """Refuse a shift that moves nothing, or every answer beyond the form.

    Raises
    ------
    DesignError
        Naming the shift and the form's ends.
    """
    for place, source in enumerate(trajectory.sources, start=1):
        for key, shift in source.shift.items():
            form = trajectory.instruments[key]
            ends = [_ends(asked, form) for asked in trajectory.asked if asked.instrument == key]
            low, high = min(end[0] for end in ends), max(end[1] for end in ends)
            if shift == 0 or abs(shift) > high - low + 1:
                raise DesignError(
                    f"{name} [sources[{place}].shift]",
                    f"adds {shift} to every answer of {key!r}, which run from {low} to {high}",
                    "give the small difference between the export's coding and the form's "
                    "(0-3 for 1-4: shift 1); other codes are explained under `answers`",
                )


def _ends(asked: Asked, form: Instrument) -> tuple[int, int]:
    items = asked.items_of(form) or list(form.items)
    if not items:
        return form.responses.low, form.responses.high
    return min(map(form.low, items)), max(map(form.high, items))

"""Which question a column answers, and how it is read in each file, role and wave."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pilot.cleaning.desk import Desk
from pilot.cleaning.meaning import Way, way_of_item, way_of_total
from pilot.cleaning.words import Flags, Places
from pilot.design import Asked, Instrument, Scale, Trajectory


@dataclass(frozen=True, slots=True)
class Question:
    """An item, or a scale whose total the export holds ready-made.

    Parameters
    ----------
    column : str
    instrument : Instrument
    asked : tuple of Asked
        Where it is asked; each may read the export's words in its own way.
    scale : Scale or None
        The scale of a ready-made total; None for an item.
    """

    column: str
    instrument: Instrument
    asked: tuple[Asked, ...]
    scale: Scale | None = None

    @property
    def bounds(self) -> tuple[float, float]:
        """The lowest and highest answer."""
        if self.scale is not None:
            return self.scale.range
        return self.instrument.low(self.column), self.instrument.high(self.column)

    @property
    def begins_at_one(self) -> bool:
        """Whether the form counts this item from 1, so that a 0 tells something."""
        return self.scale is None and self.bounds[0] == 1

    def way(self, trajectory: Trajectory, asked: Asked, shift: int) -> Way:
        """Return how its answers are read where `asked` asks it."""
        if self.scale is not None:
            return way_of_total(trajectory, self.instrument, self.scale)
        return way_of_item(trajectory, asked, self.column, shift)


def questions_of(trajectory: Trajectory) -> dict[str, Question]:
    """Return every question of a trajectory by its column in the responses."""
    questions = {}
    for instrument in trajectory.instruments.values():
        asked = tuple(each for each in trajectory.asked if each.instrument == instrument.key)
        for item in instrument.items:
            its = tuple(each for each in asked if item in each.items_of(instrument))
            questions[item] = Question(item, instrument, its)
        for scale in instrument.scales:
            score = instrument.score_name(scale)
            totals = tuple(each for each in asked if score in each.totals)
            if totals:
                questions[score] = Question(score, instrument, totals, scale)
    return questions


@dataclass(frozen=True, slots=True, eq=False)
class Occasions:
    """The different combinations of file, role and wave, and which one each form is.

    Parameters
    ----------
    codes : array of int
        The place of each form's combination in `each`.
    each : list of (file, role, wave)
    """

    codes: Places
    each: list[tuple[str, str, str]]

    def flags(self, chosen: list[bool]) -> Flags:
        """Return which forms have a chosen combination."""
        return np.array([*chosen, False])[self.codes]

    def where(self, chosen: list[bool]) -> Places:
        """Return the places of the forms whose combination is chosen."""
        if all(chosen):
            return np.arange(len(self.codes), dtype=np.intp)
        return np.flatnonzero(self.flags(chosen))


def occasions_of(desk: Desk) -> Occasions:
    """Return the combinations of file, role and wave on the desk."""
    codes = np.zeros(len(desk.forms), dtype=np.intp)
    each: list[tuple[str, ...]] = [()]
    for name in ("file", "role", "wave"):
        words = desk.words(name)
        codes = codes * len(words.each) + words.codes
        each = [(*before, word) for before in each for word in words.each]
    seen = np.flatnonzero(np.bincount(codes, minlength=len(each)))
    place = np.zeros(len(each), dtype=np.intp)
    place[seen] = np.arange(len(seen))
    return Occasions(place[codes], [(*_three(each[number]),) for number in seen])


def _three(words: tuple[str, ...]) -> tuple[str, str, str]:
    file, role, wave = words
    return file, role, wave


def ways_of(desk: Desk, question: Question, occasions: Occasions) -> list[Way | None]:
    """Return how a question is read at each occasion; None where nobody asks it."""
    made: dict[tuple[int, int], Way] = {}
    ways: list[Way | None] = []
    for file, role, wave in occasions.each:
        place = _asked_place(desk.trajectory, question, role, wave)
        if place is None:
            ways.append(None)
            continue
        shift = desk.exports.shift(file, question.instrument.key)
        if (place, shift) not in made:
            asked = question.asked[place]
            made[place, shift] = question.way(desk.trajectory, asked, shift)
        ways.append(made[place, shift])
    return ways


def _asked_place(
    trajectory: Trajectory, question: Question, role: str, wave: str
) -> int | None:
    for place, asked in enumerate(question.asked):
        if asked.role == role and wave in trajectory.waves_of(asked):
            return place
    return None

"""Straight lines: one answer everywhere, where the questions point both ways."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pilot.cleaning.desk import Desk, numbers_of
from pilot.cleaning.words import Column, Places
from pilot.design import Instrument, Scale
from pilot.frames import items_of

FEWEST_ITEMS = 6
FEWEST_OF_ALL = 20

EMPTY = np.int16(np.iinfo(np.int16).min)

Codes = NDArray[np.integer[Any]]


@dataclass(frozen=True, slots=True, eq=False)
class Lines:
    """Forms that give one answer to all of some questions that they answer.

    Parameters
    ----------
    places : array of int
        Their rows on the desk.
    answer : array of int
        What each of them answers.
    answered : array of int
        How many of these questions each of them answers.
    """

    places: Places
    answer: Codes
    answered: NDArray[np.int16]


def look_for_straight_lines(desk: Desk) -> None:
    """Tell of forms that give one answer to everything; they are kept.

    That is 6 or more items of an instrument whose items point both ways, or 20 or more
    items of all the forms together. A De Jong Gierveld form that says the same everywhere
    counts 3 or 6, hence look at it before it is scored.
    """
    present = set(items_of(desk.forms))
    items = {
        key: [item for item in instrument.items if item in present]
        for key, instrument in desk.trajectory.instruments.items()
    }
    rated = {asked.instrument for asked in desk.trajectory.rated}
    own = [item for key, its in items.items() if key not in rated for item in its]
    everywhere = _straight(desk, own, FEWEST_OF_ALL)
    _tell(desk, everywhere, "all forms", set())
    for key, its in items.items():
        if points_both_ways(desk.trajectory.instruments[key], its):
            _tell(desk, _straight(desk, its, FEWEST_ITEMS), key, {*everywhere.places.tolist()})


def points_both_ways(instrument: Instrument, asked: Collection[str]) -> bool:
    """Return whether some of the items asked point the other way than the others.

    Only scales that are asked whole tell: half a form may be all of one direction.

    Examples
    --------
    >>> from pilot.design import load_instrument
    >>> forms = [load_instrument(key) for key in ("rses", "gse-10")]
    >>> [points_both_ways(form, form.items) for form in forms]
    [True, False]
    """
    whole = (scale for scale in instrument.scales if set(scale.items) <= set(asked))
    return any(0 < len(against(instrument, scale)) < len(scale.items) for scale in whole)


def against(instrument: Instrument, scale: Scale) -> set[str]:
    """Return the items that point against their scale: reversed, or counted when low."""
    if scale.combine != "count":
        return set(scale.reverse)
    middle = {item: (instrument.low(item) + instrument.high(item)) / 2 for item in scale.items}
    return {item for item, hits in scale.counted.items() if np.mean(hits) < middle[item]}


def _straight(desk: Desk, columns: list[str], fewest: int) -> Lines:
    """Return the forms that give one answer to at least so many of these questions.

    Question by question, only the forms are looked at that are straight so far.
    """
    places = np.arange(len(desk.forms), dtype=np.intp)
    answer: Codes = np.full(len(places), EMPTY)
    answered = np.zeros(len(places), dtype=np.int16)
    for name in columns:
        codes = _codes(desk.forms[name].iloc[places])
        answer = np.where(answer == EMPTY, codes, answer)
        straight = np.flatnonzero((codes == answer) | (codes == EMPTY))
        places, answer = places[straight], answer[straight]
        answered = answered[straight] + (codes[straight] != EMPTY)
    enough = np.flatnonzero(answered >= fewest)
    return Lines(places[enough], answer[enough], answered[enough])


def _codes(column: Column) -> Codes:
    numbers = numbers_of(column)
    if numbers.answered is None:
        return numbers.codes
    return np.where(numbers.answered, numbers.codes, EMPTY)


def _tell(desk: Desk, lines: Lines, what: str, told: set[int]) -> None:
    each = zip(lines.places.tolist(), lines.answer, lines.answered, strict=True)
    for place, answer, answered in each:
        if place not in told:
            found = f"{what}: {answered} times {answer}"
            desk.tell_of_row(
                "straight-lining", place, found=found, expected="different answers"
            )

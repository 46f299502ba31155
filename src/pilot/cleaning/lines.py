"""Straight lines: one answer everywhere, where the questions point both ways."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pilot.cleaning.desk import Desk, numbers_of
from pilot.cleaning.words import Column, Flags
from pilot.design import Instrument, Scale
from pilot.frames import items_of

FEWEST_ITEMS = 6
FEWEST_OF_ALL = 20

Whole = NDArray[np.integer[Any]]


@dataclass(slots=True, eq=False)
class Line:
    """How the answers to some questions vary within each form.

    Parameters
    ----------
    lowest, highest : array of int
        Anything where nothing was answered.
    answered : array of int
        How many of these questions were answered.
    """

    lowest: Whole
    highest: Whole
    answered: NDArray[np.int16]

    def straight(self, fewest: int) -> Flags:
        """Return which forms give the same answer to at least so many questions."""
        return np.asarray((self.lowest == self.highest) & (self.answered >= fewest))

    def with_(self, other: Line) -> Line:
        """Return how the answers to both vary."""
        return Line(
            np.minimum(self.lowest, other.lowest),
            np.maximum(self.highest, other.highest),
            self.answered + other.answered,
        )


def look_for_straight_lines(desk: Desk) -> None:
    """Tell of forms that give one answer to everything; they are kept.

    That is 6 or more items of an instrument whose items point both ways, or 20 or more
    items of all the forms together. A De Jong Gierveld form that says the same everywhere
    counts 3 or 6, hence look at it before it is scored.
    """
    present = set(items_of(desk.forms))
    lines = {}
    for key, instrument in desk.trajectory.instruments.items():
        columns = [item for item in instrument.items if item in present]
        if columns:
            lines[key] = _line(desk, columns)
    if not lines:
        return
    together = reduce(Line.with_, lines.values())
    everywhere = together.straight(FEWEST_OF_ALL)
    _tell(desk, everywhere, together, "all forms")
    for key, line in lines.items():
        if points_both_ways(desk.trajectory.instruments[key]):
            _tell(desk, line.straight(FEWEST_ITEMS) & ~everywhere, line, key)


def points_both_ways(instrument: Instrument) -> bool:
    """Return whether some items of an instrument point the other way than its others.

    Examples
    --------
    >>> from pilot.design import load_instrument
    >>> points_both_ways(load_instrument("rses")), points_both_ways(load_instrument("gse-10"))
    (True, False)
    """
    both = (
        0 < len(against(instrument, scale)) < len(scale.items) for scale in instrument.scales
    )
    return any(both)


def against(instrument: Instrument, scale: Scale) -> set[str]:
    """Return the items that point against their scale: reversed, or counted when low."""
    if scale.combine != "count":
        return set(scale.reverse)
    middle = {item: (instrument.low(item) + instrument.high(item)) / 2 for item in scale.items}
    return {item for item, hits in scale.counted.items() if np.mean(hits) < middle[item]}


def _line(desk: Desk, columns: list[str]) -> Line:
    return reduce(Line.with_, (_point(desk.forms[column]) for column in columns))


def _point(column: Column) -> Line:
    """Return one question as a line; where nobody answered it changes no other."""
    numbers = numbers_of(column)
    codes, answered = numbers.codes, numbers.answered
    if answered is None:
        return Line(codes, codes, np.ones(len(codes), dtype=np.int16))
    largest = np.iinfo(codes.dtype).max
    lowest, highest = (np.where(answered, codes, end) for end in (largest, -largest))
    return Line(
        lowest.astype(codes.dtype), highest.astype(codes.dtype), answered.astype(np.int16)
    )


def _tell(desk: Desk, where: Flags, line: Line, what: str) -> None:
    for place in np.flatnonzero(where).tolist():
        found = f"{what}: {line.answered[place]} times {line.lowest[place]}"
        desk.tell_of_row("straight-lining", place, found=found, expected="different answers")

"""Answers counted from 0 where the form begins at 1: seen before any number is believed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from pilot.cleaning.words import Flags, Places

FEWEST_ANSWERS = 8
FEWEST_ZEROS = 2
FEWEST_ITEMS = 2

BareNumbers = NDArray[np.int32]
NO_NUMBER = int(np.iinfo(np.int32).min)


@dataclass(frozen=True, slots=True, eq=False)
class Bare:
    """The bare numbers in one item's column.

    Parameters
    ----------
    high : int
        The form's highest answer.
    zero_seen : bool
        Whether any of them is 0.
    numbers : callable
        Returns the number in each row, or `NO_NUMBER`; called only where it matters.
    """

    high: int
    zero_seen: bool
    numbers: Callable[[], BareNumbers]


@dataclass(slots=True)
class Tally:
    """What the bare numbers of one instrument look like, counted by file."""

    files: Places
    answers: Places = field(init=False)
    zeros: Places = field(init=False)
    tops: Places = field(init=False)
    items: Places = field(init=False)
    items_with_zero: Places = field(init=False)

    def __post_init__(self) -> None:
        none = np.zeros(int(self.files.max(initial=-1)) + 1, dtype=np.intp)
        self.answers, self.zeros, self.tops = none.copy(), none.copy(), none.copy()
        self.items, self.items_with_zero = none.copy(), none.copy()

    def add(self, numbers: BareNumbers, high: int) -> None:
        """Count one item."""
        answers = self._by_file((numbers >= 0) & (numbers <= high))
        zeros = self._by_file(numbers == 0)
        self.answers += answers
        self.zeros += zeros
        self.tops += self._by_file(numbers == high)
        self.items += answers > 0
        self.items_with_zero += zeros > 0

    def shifted(self) -> Flags:
        """Return which files look counted from 0.

        Zeros in more than one item, never the top answer, and enough of both to tell this
        from a slip of the pen. Eight answers and two zeros are our choice.
        """
        return np.asarray(
            (self.answers >= FEWEST_ANSWERS)
            & (self.tops == 0)
            & (self.zeros >= FEWEST_ZEROS)
            & (self.items_with_zero >= np.minimum(FEWEST_ITEMS, self.items))
        )

    def _by_file(self, which: Flags) -> Places:
        return np.bincount(self.files[which], minlength=len(self.answers))


def shifted_files(bare: list[Bare], files: Places) -> Flags:
    """Return which files hold an instrument's answers counted from 0.

    Parameters
    ----------
    bare : list of Bare
        One an item.
    files : array of int
        The number of each row's file.
    """
    tally = Tally(files)
    if any(item.zero_seen for item in bare):
        for item in bare:
            tally.add(item.numbers(), item.high)
    return tally.shifted()

"""Chance that falls the same way on every machine and with every version of numpy."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import NormalDist
from typing import TypeVar
from zlib import crc32

import numpy as np

Thing = TypeVar("Thing")
BELL = NormalDist()


class Dice:
    """A stream of chance of its own for each purpose, so that one more draw moves no other.

    numpy keeps the uniform doubles of PCG64 as they are from version to version, but not its
    normal draws: those are made here.

    Parameters
    ----------
    seed : int
        The trajectory's seed.
    *purpose : str
        What the draws are for.

    Examples
    --------
    >>> Dice(1, "leaving").uniform() == Dice(1, "leaving").uniform()
    True
    >>> Dice(1, "leaving").uniform() == Dice(1, "dates").uniform()
    False
    """

    def __init__(self, seed: int, *purpose: str) -> None:
        words = [crc32(word.encode()) for word in purpose]
        self._stream = np.random.Generator(
            np.random.PCG64(np.random.SeedSequence([seed, *words]))
        )

    def uniform(self) -> float:
        """Return a number from 0 up to 1."""
        return float(self._stream.random())

    def normal(self, mean: float = 0.0, sd: float = 1.0) -> float:
        """Return a normal draw."""
        return mean + sd * BELL.inv_cdf(max(self.uniform(), 2.0**-53))

    def below(self, end: int) -> int:
        """Return a whole number from 0 up to, not including, ``end``."""
        return int(self.uniform() * end)

    def chance(self, share: float) -> bool:
        """Return True in this share of the cases."""
        return self.uniform() < share

    def one_of(self, things: Sequence[Thing]) -> Thing:
        """Return one of these."""
        return things[self.below(len(things))]

    def shuffled(self, things: Sequence[Thing]) -> list[Thing]:
        """Return these in another order."""
        order = sorted(range(len(things)), key=lambda _: self.uniform())
        return [things[place] for place in order]

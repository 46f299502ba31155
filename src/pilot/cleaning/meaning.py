"""What one word of an export means as an answer to one question."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from pilot.cleaning.vocabulary import NO_ANSWER, NO_ANSWER_NUMBERS
from pilot.design import Asked, Instrument, Scale, Trajectory
from pilot.design.manner import fold

NUMBER = re.compile(r"[+-]?\d{1,9}(?:[.,]\d{1,9})?")
MINUS = str.maketrans({"\u2212": "-", "\u2013": "-"})


@dataclass(frozen=True, slots=True)
class Meaning:
    """An answer, or why it is none.

    Parameters
    ----------
    value : float or None
        The answer in the instrument's coding.
    rule : str or None
        The rule that a word breaks which is no answer.
    number : int or None
        The whole number that stood there, before any shift, unless it said 'no answer'.
    """

    value: float | None = None
    rule: str | None = None
    number: int | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Way:
    """How the words of one question are read: what the form offers and the design declares.

    A number that the form offers is an answer, also where it is elsewhere the code of 'no
    answer'. What the design declares under ``answers`` counts first.

    Parameters
    ----------
    low, high : float
        The form's lowest and highest answer.
    whole : bool
        Whether only whole numbers are answers; False for ready-made totals.
    trusted : bool
        Whether a bare number is an answer; False where files disagree about the numbers.
    declared, options : mapping of str to int
        Words and their answers, folded: of the trajectory, and of the form.
    missing : frozenset of str
        The trajectory's words for 'no answer', folded.
    shift : int
        What is added to a bare number.
    """

    low: float
    high: float
    whole: bool = True
    trusted: bool = True
    declared: Mapping[str, int] = field(default_factory=dict)
    options: Mapping[str, int] = field(default_factory=dict)
    missing: frozenset[str] = frozenset()
    shift: int = 0

    @property
    def plain(self) -> bool:
        """Whether every number means itself."""
        numeric = any(NUMBER.fullmatch(word) for word in self.declared)
        return self.trusted and not self.shift and not numeric

    @property
    def expected(self) -> str:
        """Return what an answer may be, as a person reads it."""
        words = [*self.declared] or [*self.options]
        numbers = f"{self.low:g} to {self.high:g}"
        if not self.trusted:
            return ", ".join(words)
        return f"{numbers}, or: {', '.join(words)}" if words else numbers

    def read(self, word: str) -> Meaning:
        """Return what a word means.

        Examples
        --------
        >>> way = Way(1, 4)
        >>> way.read(" 3,0 ").value, way.read("7").rule, way.read("99").rule
        (3.0, 'out-of-range', 'no-answer-code')
        """
        plain = fold(word.translate(MINUS))
        number = float(plain.replace(",", ".")) if NUMBER.fullmatch(plain) else None
        names = {plain} if number is None or number % 1 else {plain, str(int(number))}
        for name in names & self.declared.keys():
            return self._bounded(float(self.declared[name]))
        if number is None:
            return self._read_word(plain)
        return self._read_number(number, says_nothing=bool(names & self.missing))

    def _read_word(self, plain: str) -> Meaning:
        if plain in self.missing or not plain:
            return Meaning(rule="no-answer-code")
        if plain in self.options:
            return Meaning(value=float(self.options[plain]))
        return Meaning(rule="no-answer-code" if plain in NO_ANSWER else "not-a-number")

    def _read_number(self, number: float, *, says_nothing: bool) -> Meaning:
        offered = self.low <= number + self.shift <= self.high
        if not offered and (says_nothing or number in NO_ANSWER_NUMBERS):
            return Meaning(rule="no-answer-code")
        if not self.trusted:
            return Meaning(rule="bare-code")
        if self.whole and number % 1:
            return Meaning(rule="out-of-range")
        seen = int(number) if self.whole else None
        return self._bounded(number + self.shift, seen)

    def _bounded(self, value: float, number: int | None = None) -> Meaning:
        if self.low <= value <= self.high:
            return Meaning(value=value, number=number)
        return Meaning(rule="out-of-range", number=number)


def way_of_item(trajectory: Trajectory, asked: Asked, item: str, shift: int) -> Way:
    """Return how the answers to one item are read where `asked` asks it."""
    instrument = trajectory.instruments[asked.instrument]
    return Way(
        low=instrument.low(item),
        high=instrument.high(item),
        trusted=instrument.responses.coded == "numbers",
        declared=_folded(asked.answers),
        options=_folded(instrument.responses.options),
        missing=frozenset(fold(word) for word in trajectory.missing),
        shift=shift,
    )


def way_of_total(trajectory: Trajectory, instrument: Instrument, scale: Scale) -> Way:
    """Return how ready-made totals of a scale are read."""
    low, high = scale.range
    missing = frozenset(fold(word) for word in trajectory.missing)
    return Way(
        low, high, whole=False, missing=missing, options=_folded(instrument.responses.options)
    )


def _folded(words: Mapping[str, int]) -> dict[str, int]:
    return {fold(word): value for word, value in words.items()}

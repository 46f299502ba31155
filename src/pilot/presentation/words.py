"""All words of the reports, by key, and numbers as each language writes them."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from pilot.design import Language, Text
from pilot.errors import CallError, suggestion

MINUS = "\N{MINUS SIGN}"
NARROW = "\N{NO-BREAK SPACE}"


@dataclass(frozen=True, slots=True)
class Words:
    """Words and numbers in one language.

    Parameters
    ----------
    language : {"nl", "en"}
    groups : tuple of Text, optional
        The labels of the group and of its reference, where every number is a difference
        between the two: what would call it a change is then said in the words of
        ``[compared]``.

    Examples
    --------
    >>> nl = Words("nl")
    >>> nl.number(1.84, signed=True), Words("en").number(1234.5)
    ('+1,8', '1,234.5')
    >>> Words("en").percent(0.35)
    '35%'
    """

    language: Language
    groups: tuple[Text, Text] | None = None

    def __call__(self, key: str, **parts: str) -> str:
        """Return the words of a key, its gaps filled in.

        Raises
        ------
        CallError
            When there is no such key; the near one is suggested.
        """
        known = texts(self.language)
        if key not in known:
            raise CallError("texts", f"no text is called {key!r}", suggestion(key, known))
        if self.groups is None:
            return known[key].format(**parts)
        group, reference = (label.in_(self.language) for label in self.groups)
        said = known.get(f"compared.{key}", known[key])
        return said.format(**{"group": group, "reference": reference, **parts})

    def has(self, key: str) -> bool:
        """Say whether there are words for a key."""
        return key in texts(self.language)

    def number(self, value: float, decimals: int = 1, *, signed: bool = False) -> str:
        """Return a number as this language writes it, with a real minus sign."""
        written = f"{abs(value):,.{decimals}f}"
        if self.language == "nl":
            written = written.translate(str.maketrans(",.", ".,"))
        if float(f"{value:.{decimals}f}") == 0:
            return written
        return f"{MINUS if value < 0 else '+' if signed else ''}{written}"

    def whole(self, value: float) -> str:
        """Return a whole number as this language writes it."""
        return self.number(value, 0)

    def plain(self, value: float, most: int = 2) -> str:
        """Return a number with as many decimals as it needs, at most so many.

        Examples
        --------
        >>> Words("nl").plain(30.0), Words("nl").plain(30.166), Words("en").plain(0.845, 3)
        ('30', '30,17', '0.845')
        """
        rounded = round(value, most)
        decimals = next(d for d in range(most + 1) if round(rounded, d) == rounded)
        return self.number(rounded, decimals)

    def percent(self, share: float, *, signed: bool = False) -> str:
        """Return a share in whole percents."""
        gap = NARROW if self.language == "nl" else ""
        return f"{self.number(100 * share, 0, signed=signed)}{gap}%"

    def day(self, day: date) -> str:
        """Return a date in words.

        Examples
        --------
        >>> Words("nl").day(date(2025, 3, 1)), Words("en").day(date(2025, 3, 1))
        ('1 maart 2025', '1 March 2025')
        """
        months = self("number.months").split()
        return f"{day.day} {months[day.month - 1]} {day.year}"

    def listed(self, words: list[str]) -> str:
        """Return words as one enumeration.

        Examples
        --------
        >>> Words("nl").listed(["a", "b", "c"])
        'a, b en c'
        """
        if len(words) < 2:
            return "".join(words)
        return f"{', '.join(words[:-1])} {self('number.and')} {words[-1]}"


@cache
def texts(language: Language) -> dict[str, str]:
    """Return all words of a language, keyed ``section.name``."""
    source = files("pilot.presentation") / "texts" / f"{language}.toml"
    return dict(_flat(tomllib.loads(source.read_text(encoding="utf-8"))))


def _flat(branch: dict[str, Any], stem: str = "") -> list[tuple[str, str]]:
    leaves: list[tuple[str, str]] = []
    for name, value in branch.items():
        key = f"{stem}{name}"
        leaves += _flat(value, f"{key}.") if isinstance(value, dict) else [(key, value)]
    return leaves


def capital(text: str) -> str:
    """Return a text as a sentence opens.

    Examples
    --------
    >>> capital("gezinnen")
    'Gezinnen'
    """
    return text[:1].upper() + text[1:]

"""The course of a programme: its waves, roles and sites."""

from __future__ import annotations

from datetime import date
from typing import Self

from pydantic import Field, model_validator

from pilot.design.ages import Ages
from pilot.design.faults import PartError
from pilot.design.text import Part, Text

KEY = r"^[a-z0-9][a-z0-9_-]*$"


class Named(Part):
    """Something with a key, a label, and the other names that exports give it."""

    key: str = Field(pattern=KEY)
    label: Text
    names: list[str] = Field(default_factory=list)

    def is_called(self, word: str) -> bool:
        """Return whether a word of an export means this, apart from case and spaces."""
        return word.strip().casefold() in self._words()

    def _words(self) -> set[str]:
        labels = (self.label.nl, self.label.en)
        return {name.strip().casefold() for name in (self.key, *labels, *self.names)}


class Wave(Named):
    """One occasion of asking, with its window.

    The window is either a calendar one, ``opens`` to ``closes``, or, where everyone has
    a clock of their own, ``from_month`` to ``to_month`` since a person's start.
    """

    opens: date | None = None
    closes: date | None = None
    from_month: float | None = None
    to_month: float | None = None

    @model_validator(mode="after")
    def _check(self) -> Self:
        calendar = self.opens is not None and self.closes is not None
        own_clock = self.from_month is not None and self.to_month is not None
        if calendar == own_clock:
            raise PartError(
                f"wave {self.key!r} has no window, or two kinds of it",
                "give it `opens` and `closes`, or `from_month` and `to_month`",
            )
        if self.start > self.end:
            raise PartError(
                f"wave {self.key!r} ends before it begins", "swap the ends of its window"
            )
        return self

    @property
    def rolling(self) -> bool:
        """Whether everyone has a clock of their own."""
        return self.opens is None

    @property
    def start(self) -> float:
        """Where the window begins, as a number that orders waves."""
        return float(self.opens.toordinal()) if self.opens else float(self.from_month or 0)

    @property
    def end(self) -> float:
        """Where the window ends, as a number that orders waves."""
        return float(self.closes.toordinal()) if self.closes else float(self.to_month or 0)


class Role(Named):
    """A kind of person in the programme: parent, child, coach, volunteer ...

    ``answered_by`` says who answers for this role: ``self``, or another role's key where
    they answer in its place. What anybody else filled in is set aside: answers in
    somebody's place are never mixed with their own.
    """

    ages: Ages = (18, 120)
    answered_by: list[str] = Field(default_factory=lambda: ["self"], min_length=1)

    @property
    def adult(self) -> bool:
        """Whether everyone in this role is 18 or older."""
        return self.ages[0] >= 18


class Site(Named):
    """A school, centre or group. ``group``: which comparison group all of it belongs to."""

    group: str | None = None

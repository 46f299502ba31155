"""Comparison groups: who took part, who did not or not yet, and how far they compare."""

from __future__ import annotations

import re
from typing import Any, Literal, Self

from pydantic import Field, field_validator, model_validator

from pilot.design.course import Named
from pilot.design.faults import PartError
from pilot.design.text import Part


class Group(Named):
    """One of the two groups: those who take part, or those they are compared with."""


class Groups(Part):
    """The two groups of a trajectory, and where an export tells which one a person is in.

    Parameters
    ----------
    column : str, optional
        The column of the exports, or of the register, that names the group. Left out where
        each ``[[sites]]`` or ``[[sources]]`` says its ``group``.
    reference : str
        The group that the other is compared with: a waiting list, another neighbourhood.
    levels : list of Group
        Both groups, as tables with key and label or as plain words.
    until : str, optional
        The last wave at which the groups still differ: a waiting list that takes part
        later is compared up to here, and not beyond.
    start : {"together", "in turns"}
        ``in turns`` where sites start one after another and the later ones are the
        reference (a stepped start).
    """

    column: str | None = None
    reference: str
    levels: list[Group] = Field(min_length=2, max_length=2)
    until: str | None = None
    start: Literal["together", "in turns"] = "together"

    @field_validator("levels", mode="before")
    @classmethod
    def _from_words(cls, levels: Any) -> Any:
        if not isinstance(levels, list):
            return levels
        return [_from_word(level) if isinstance(level, str) else level for level in levels]

    @model_validator(mode="after")
    def _check(self) -> Self:
        one, other = self.levels
        if one.key == other.key:
            raise PartError(
                f"{one.key!r} stands there twice", "give each group a key of its own", "levels"
            )
        if not any(level.is_called(self.reference) for level in self.levels):
            raise PartError(
                f"no group is called {self.reference!r}",
                f"use one of: {one.key}, {other.key}",
                "reference",
            )
        return self

    @property
    def compared_with(self) -> Group:
        """The reference group."""
        return next(level for level in self.levels if level.is_called(self.reference))

    @property
    def taking_part(self) -> Group:
        """The group whose change is the question."""
        return next(level for level in self.levels if level.key != self.compared_with.key)

    def waves(self, keys: list[str]) -> list[str]:
        """Return the waves at which the groups differ.

        Examples
        --------
        >>> groups = Groups(reference="waiting list", levels=["waiting list", "taking part"])
        >>> groups.taking_part.key, groups.waves(["t0", "t1"])
        ('taking-part', ['t0', 't1'])
        """
        return keys[: keys.index(self.until) + 1] if self.until in keys else keys


def _from_word(word: str) -> dict[str, Any]:
    key = re.sub(r"[^a-z0-9]+", "-", word.casefold()).strip("-")
    return {"key": key, "label": {"nl": word, "en": word}, "names": [word]}

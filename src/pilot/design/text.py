"""Words in both languages of the reports."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

Language = Literal["nl", "en"]
LANGUAGES: tuple[Language, ...] = ("nl", "en")


class Part(BaseModel):
    """Base of every part of a design: frozen, and unknown keys are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class Text(Part):
    """The same words in Dutch and in English.

    Examples
    --------
    >>> Text(nl="gezin", en="family").in_("en")
    'family'
    """

    nl: str
    en: str

    def in_(self, language: Language) -> str:
        """Return the words in one language."""
        return self.nl if language == "nl" else self.en

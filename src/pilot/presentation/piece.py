"""A piece of a report: the same thing said in both languages, for one audience."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from pilot.design import LANGUAGES, Language, Trajectory
from pilot.presentation.words import Words

Audience = Literal["public", "team"]
PIECE_MIME = "application/vnd.pilot.piece+json"
CLOSING, BETWEEN = "\n</div>", "\n<hr>\n"


@dataclass(frozen=True, slots=True, repr=False)
class Piece:
    """A part of a page in Dutch and in English, and who may see it.

    A notebook shows both languages and keeps the piece itself beside them, from which
    the pages are put together. Nothing in it varies between runs.

    Parameters
    ----------
    key : str
        Its name on the page.
    audience : {"public", "team"}
    html : dict of language to HTML
    """

    key: str
    audience: Audience
    html: dict[Language, str]

    @classmethod
    def from_bundle(cls, bundle: dict[str, Any]) -> Piece:
        """Return the piece that a cell showed, from its mime bundle.

        Examples
        --------
        >>> one = Piece("flow", "public", {"nl": "<p>ja</p>", "en": "<p>yes</p>"})
        >>> Piece.from_bundle(one._repr_mimebundle_()) == one
        True
        """
        shown = dict(zip(LANGUAGES, bundle["text/html"].split(BETWEEN), strict=True))
        html: dict[Language, str] = {
            each: part.removeprefix(_opening(each)).removesuffix(CLOSING)
            for each, part in shown.items()
        }
        return cls(bundle[PIECE_MIME]["key"], bundle[PIECE_MIME]["audience"], html)

    def _repr_mimebundle_(self, **_: object) -> dict[str, Any]:
        shown = [f"{_opening(each)}{self.html[each]}{CLOSING}" for each in LANGUAGES]
        return {
            "text/plain": repr(self),
            "text/html": BETWEEN.join(shown),
            PIECE_MIME: {"key": self.key, "audience": self.audience},
        }

    def __repr__(self) -> str:
        return f"Piece({self.key}, {self.audience}, {', '.join(LANGUAGES)})"


def _opening(language: Language) -> str:
    return f'<div lang="{language}">\n'


def in_both(
    key: str,
    audience: Audience,
    write: Callable[[Words], str],
    *,
    design: Trajectory | None = None,
) -> Piece:
    """Return a piece written once for each language.

    With a `design` that has comparison groups, in the words of a comparison.
    """
    groups = design.groups if design else None
    labels = (groups.taking_part.label, groups.compared_with.label) if groups else None
    return Piece(key, audience, {each: write(Words(each, labels)) for each in LANGUAGES})

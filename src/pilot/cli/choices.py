"""Options that several commands share, and the words their values may be."""

from __future__ import annotations

import locale
import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pilot.errors import CallError, suggestion

if TYPE_CHECKING:
    from pilot.design import Language

LANGUAGES = ("nl", "en")  # those of pilot.design, which takes its time to import


def folder_of(words: str) -> Path:
    """Return a folder; an empty word, as of an unset variable, is not the current one.

    Raises
    ------
    CallError
        When nothing stands there.
    """
    if not words.strip():
        raise CallError("--data", "is empty", "name a folder, or leave --data out")
    return Path(words)


Demo = Annotated[bool, typer.Option("--demo", help="The simulated exports.")]
Data = Annotated[
    Path | None,
    typer.Option(
        "--data",
        metavar="FOLDER",
        parser=folder_of,
        help="Another folder of exports: itself, or its subfolder named by the trajectory.",
    ),
]


def languages_of(words: str) -> tuple[str, ...]:
    """Return languages from ``nl,en``.

    Raises
    ------
    CallError
        For a word that is none, with the near one.
    """
    chosen = tuple(word.strip() for word in words.split(",") if word.strip())
    for word in chosen:
        if word not in LANGUAGES:
            raise CallError(
                "--language", f"there is nothing in {word!r}", suggestion(word, LANGUAGES)
            )
    if not chosen:
        raise CallError("--language", "names none", f"name one of: {', '.join(LANGUAGES)}")
    return chosen


def own_language() -> Language:
    """Return the language of this machine if it is one of ours, else Dutch."""
    named = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG")
    word = named or locale.getlocale()[0] or ""
    return "en" if word.lower().startswith("en") else "nl"


def formats_of(words: str) -> tuple[str, ...]:
    """Return formats from ``html``; others do not exist yet.

    Raises
    ------
    CallError
        For every format but html.
    """
    chosen = tuple(word.strip().lower() for word in words.split(",") if word.strip())
    for word in chosen:
        if word != "html":
            raise CallError(
                "--format",
                f"there are no reports as {word!r} yet",
                "use html: it needs no network, and every browser prints it to PDF",
            )
    if not chosen:
        raise CallError("--format", "names none", "use html")
    return chosen

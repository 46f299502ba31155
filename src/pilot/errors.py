"""Errors that say place, cause and mend, and the exit code each stands for."""

from __future__ import annotations

from collections.abc import Iterable

from rapidfuzz import fuzz, process


class PilotError(Exception):
    """Base of every error this package raises on purpose.

    Parameters
    ----------
    where : str
        The place a person can open: a file and key, a file and row, a column.
    cause : str
        What was found there, quoting the value.
    mend : str
        The next thing to do, as an order.
    """

    exit_code = 1

    def __init__(self, where: str, cause: str, mend: str) -> None:
        super().__init__(where, cause, mend)
        self.where, self.cause, self.mend = where, cause, mend

    def __str__(self) -> str:
        return f"{self.where}: {self.cause}\n  mend: {self.mend}"


class CallError(PilotError):
    """The call was wrong: an unknown word, a missing path, a wrong type."""

    exit_code = 2


class DesignError(PilotError):
    """A design file (trajectory or instrument) says what cannot be right."""


class IntakeError(PilotError):
    """A file could not be read at all."""


class CleaningError(PilotError):
    """Cleaning cannot go on."""


class LinkageError(PilotError):
    """Linking cannot go on."""


class ScoringError(PilotError):
    """A scale cannot be scored from what was given."""


class EstimationError(PilotError):
    """An estimate cannot be made from what was given."""


class DisclosureError(PilotError):
    """Something was about to be shown that may not be shown."""


class RunError(PilotError):
    """A notebook run failed."""


def unforeseen(bug: Exception) -> PilotError:
    """Return an error that nobody wrote words for, with place, cause and mend.

    Examples
    --------
    >>> print(unforeseen(ZeroDivisionError("division by zero")))
    pilot: an error that nobody foresaw: ZeroDivisionError: division by zero
      mend: run it again with --debug and send what it prints to who looks after pilot
    """
    told = RunError(
        "pilot",
        f"an error that nobody foresaw: {type(bug).__name__}: {bug}",
        "run it again with --debug and send what it prints to who looks after pilot",
    )
    told.__cause__ = bug
    return told


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the known word nearest to a misspelt one, or None when none is near.

    Examples
    --------
    >>> nearest("m-powr", ["m-power", "krachtige-gezinnen"])
    'm-power'
    >>> nearest("zebra", ["m-power"]) is None
    True
    """
    best = process.extractOne(word, list(known), scorer=fuzz.ratio, score_cutoff=60)
    return None if best is None else str(best[0])


def suggestion(word: str, known: Iterable[str]) -> str:
    """Return a mend that names the near word first and then all of them.

    Examples
    --------
    >>> suggestion("colour", ["color", "size"])
    "did you mean 'color'? known: color, size"
    """
    words = list(known)
    near = nearest(word, words)
    listed = ", ".join(words) if words else "none"
    return f"did you mean {near!r}? known: {listed}" if near else f"use one of: {listed}"

"""Refusals: an answer that is a reason, in the words of ``reasons.toml``."""

from __future__ import annotations

import tomllib
from importlib.resources import files

from pilot.design.text import Text
from pilot.errors import EstimationError

FAMILIES = Text(nl="gezinnen", en="families")
PEOPLE = Text(nl="deelnemers", en="participants")


def _read() -> dict[str, Text]:
    source = files("pilot.estimation") / "reasons.toml"
    content = tomllib.loads(source.read_text(encoding="utf-8"))
    return {key: Text(**words) for key, words in content.items()}


REASONS = _read()
"""Each reason's sentence by its key, as ``reasons.toml`` has it."""


class Refusal(EstimationError):  # noqa: N818 - no error: an answer that is a reason
    """What the data or the design cannot carry: a row of its own, never a crash.

    `reason_nl` is the cause in Dutch, for the reports.
    """

    def __init__(self, where: str, cause: str, mend: str, reason_nl: str = "") -> None:
        super().__init__(where, cause, mend)
        self.reason_nl = reason_nl


def refusal(key: str, where: str, mend: str, **parts: object) -> Refusal:
    """Return the refusal that a key of `REASONS` stands for, its gaps filled in.

    Examples
    --------
    >>> print(refusal("no_scores", "outcome 'gse_10_total'", "ask it at two waves"))
    outcome 'gse_10_total': has no scores at any wave held so far
      mend: ask it at two waves
    """
    words = REASONS[key]
    return Refusal(where, _fill(words.en, "en", parts), mend, _fill(words.nl, "nl", parts))


def _fill(template: str, language: str, parts: dict[str, object]) -> str:
    said = {
        name: (part.nl if language == "nl" else part.en) if isinstance(part, Text) else part
        for name, part in parts.items()
    }
    return template.format(**said)

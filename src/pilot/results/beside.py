"""What the team reads beside an estimate: how it could mislead, and what else it says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pilot.design.outcome import Outcome
from pilot.design.text import Text


@dataclass(frozen=True, slots=True)
class Beside:
    """One thing to know of an outcome's change beside the estimates, unrounded.

    Parameters
    ----------
    outcome : Outcome
    contrast : str
        ``"<later wave> - <earlier wave>"``.
    name : str
        What it is, such as ``tipping_point``.
    numbers : mapping
        What ``results.json`` holds of it: numbers, words and None, by name.
    words : Text or None
        The sentence that goes with the numbers, where the method has one.
    refused, reason, reason_nl
        As in `Estimate`: what cannot be said is a row with its reason.

    Examples
    --------
    >>> label = Text(nl="Slaap", en="Sleep")
    >>> told = Beside(Outcome("sleep", label, "better", 0, 10), "b - a", "dose", {"rho": 0.2})
    >>> told.to_record()["numbers"]
    {'rho': 0.2}
    """

    outcome: Outcome
    contrast: str
    name: str
    numbers: Mapping[str, Any] = field(default_factory=dict)
    words: Text | None = None
    refused: bool = False
    reason: str | None = None
    reason_nl: str | None = None

    def to_record(self) -> dict[str, Any]:
        """Return the row as it stands in ``results.json``."""
        return {
            "outcome": self.outcome.key,
            "role": self.outcome.role,
            "contrast": self.contrast,
            "name": self.name,
            "numbers": dict(self.numbers),
            "refused": self.refused,
            "reason": self.reason,
        }

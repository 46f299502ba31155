"""An outcome: what a score is called, which way is better, and what was planned of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from pilot.design.history import StatedShift
from pilot.design.instrument import (
    CutOff,
    HigherIs,
    Level,
    MinimalChange,
    Reference,
    Reliability,
)
from pilot.design.text import Text

Domain = Literal[
    "self_efficacy",
    "network_strength",
    "identity",
    "talents",
    "coping",
    "parenting",
    "togetherness",
    "participation",
    "loneliness",
    "support",
    "wellbeing",
    "health",
    "money",
    "goals",
    "other",
]


@dataclass(frozen=True, slots=True)
class Outcome:
    """A score with all that later rooms need to know of it; it travels with the data.

    Parameters
    ----------
    key : str
        The column of the score, ``<instrument>_<scale>``.
    label : Text
        Its short name in nl and en.
    higher_is : {"better", "worse", "neither"}
        Which way is better.
    level : {"interval", "ordinal"}
        Whether a mean may be taken of it.
    low, high : float
        The score's range.
    domain, role, primary
        What the design planned: domain of the claim, whose score, one of the two or not.
    history : StatedShift, optional
        How far people around are stated to have moved by themselves.
    """

    key: str
    label: Text
    higher_is: HigherIs
    low: float
    high: float
    level: Level = "interval"
    domain: Domain = "other"
    role: str = "participant"
    primary: bool = False
    instrument: str = ""
    cite: str = ""
    reliability: tuple[Reliability, ...] = ()
    reference: tuple[Reference, ...] = ()
    cut_offs: tuple[CutOff, ...] = ()
    minimal_change: MinimalChange | None = None
    waves: tuple[str, ...] = field(default=())
    history: StatedShift | None = None

    @property
    def better_sign(self) -> int:
        """+1 where higher is better, -1 where higher is worse, 0 where neither."""
        return {"better": 1, "worse": -1, "neither": 0}[self.higher_is]

    def direction(self, change: float) -> Literal["better", "same", "worse"] | None:
        """Return which way a change goes, or None where neither way is better."""
        if not self.better_sign:
            return None
        towards = change * self.better_sign
        return "better" if towards > 0 else "worse" if towards < 0 else "same"

"""How far two raters agree, unrounded."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class SideBySide:
    """What people say of themselves and what somebody else says of them, side by side.

    Parameters
    ----------
    outcome, role, rater, wave : str
        The person's own outcome, whose it is, who rated, when.
    n_own, n_rated : int
        With a score of their own; with one by the rater.
    own, rated : float or None
        The mean of numbers, the median of steps, over those with both.
    rated_higher, same, rated_lower : int
        For how many of them the rater's score is higher, the same or lower.
    """

    outcome: str
    role: str
    rater: str
    wave: str
    n_own: int
    n_rated: int
    own: float | None
    rated: float | None
    rated_higher: int
    same: int
    rated_lower: int


@dataclass(frozen=True, slots=True)
class Agreement:
    """The agreement of two raters about the same people or texts.

    Parameters
    ----------
    name : str
        What was rated, such as ``coders of quotes``.
    kind : str
        A name in `estimation.agreement.KINDS`.
    n_pairs : int
        Rated by both.
    estimate, conf_low, conf_high : float or None
        None where they are refused; `reason` and `reason_nl` say why. With few pairs the
        interval alone is refused.
    limits_low, limits_high : float or None
        Of a ``difference``: the limits of agreement.
    beside : SideBySide, optional
        Of a person's own score and another's: both.
    """

    name: str
    kind: str
    n_pairs: int
    estimate: float | None = None
    conf_low: float | None = None
    conf_high: float | None = None
    limits_low: float | None = None
    limits_high: float | None = None
    reason: str | None = None
    reason_nl: str | None = None
    beside: SideBySide | None = None

    def to_record(self) -> dict[str, Any]:
        """Return the row as it stands in ``results.json``."""
        return {
            "name": self.name,
            "kind": self.kind,
            "n_pairs": self.n_pairs,
            "estimate": self.estimate,
            "conf_low": self.conf_low,
            "conf_high": self.conf_high,
            "limits_low": self.limits_low,
            "limits_high": self.limits_high,
            "reason": self.reason,
        } | (asdict(self.beside) if self.beside else {})

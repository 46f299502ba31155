"""What a programme claims, beside what measures it: nothing claimed is left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from pilot.design.asking import Claim
from pilot.design.trajectory import Trajectory
from pilot.results.estimate import Estimate


@dataclass(frozen=True, slots=True)
class ClaimStanding:
    """One claim of the design, the planned estimates that measure it, and the events seen.

    Parameters
    ----------
    claim : Claim
    estimates : tuple of Estimate
        Planned ones, of the claim's own role where it names one.
    events : tuple of (key, count)
        How often each event that shows it was registered.
    """

    claim: Claim
    estimates: tuple[Estimate, ...] = ()
    events: tuple[tuple[str, int], ...] = ()

    @property
    def standing(self) -> Literal["measured", "counted", "not measured"]:
        """Measured by a questionnaire, only counted as events, or neither."""
        if self.claim.measured_by:
            return "measured"
        return "counted" if self.claim.seen_in else "not measured"

    def to_record(self) -> dict[str, Any]:
        """Return the row as it stands in ``results.json``.

        Only a primary outcome has a verdict; of any other the reading is ``exploratory``.
        """
        return {
            "text": self.claim.text.model_dump(),
            "role": self.claim.role,
            "source": self.claim.source,
            "standing": self.standing,
            "measured_by": list(self.claim.measured_by),
            "said": [_said(each) for each in self.estimates],
            "seen_in": dict(self.events),
        }


def claims_of(
    trajectory: Trajectory, estimates: Sequence[Estimate], counts: Mapping[str, int]
) -> tuple[ClaimStanding, ...]:
    """Return every claim of a design with what measures it.

    Parameters
    ----------
    trajectory : Trajectory
    estimates : sequence of Estimate
        All of a study; those planned are used.
    counts : mapping of str to int
        How many events of each kind there are.
    """
    planned = [each for each in estimates if each.standing == "planned"]
    return tuple(
        ClaimStanding(
            claim,
            tuple(each for each in planned if _measures(each, claim)),
            tuple((key, counts.get(key, 0)) for key in claim.seen_in),
        )
        for claim in trajectory.claims
    )


def _measures(estimate: Estimate, claim: Claim) -> bool:
    outcome = estimate.outcome
    return outcome.key in claim.measured_by and claim.role in (None, outcome.role)


def _said(estimate: Estimate) -> dict[str, Any]:
    outcome = estimate.outcome
    reading = "verdict" if outcome.primary else "exploratory"
    return {
        "outcome": outcome.key,
        "role": outcome.role,
        "contrast": estimate.contrast,
        "estimate": estimate.estimate,
        "conf_low": estimate.conf_low,
        "conf_high": estimate.conf_high,
        "reading": "refused" if estimate.refused else reading,
        "verdict": estimate.verdict if outcome.primary else None,
        "reason": estimate.reason,
    }

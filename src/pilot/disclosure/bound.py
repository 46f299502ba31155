"""Whether it may be told that many people stood at an end of a scale."""

from __future__ import annotations

from typing import Literal

from pilot.disclosure.tally import most_members
from pilot.results import Estimate, Study

AT_END = 1e-9


def bound_told(study: Study, estimate: Estimate) -> Literal["floor", "ceiling"] | None:
    """Return at which end many scores lie, where that may be told.

    Only where those at the end and those not at it are cells that hold, at the wave with most
    of them: nothing then follows for one family, and that nothing is said says nothing.
    """
    if estimate.trouble not in ("floor", "ceiling"):
        return None
    outcome = estimate.outcome
    end = outcome.low if estimate.trouble == "floor" else outcome.high
    later, _, earlier = estimate.contrast.partition(" - ")
    counts = [_counts(study, estimate, wave, end) for wave in (earlier, later)]
    known = [(at, rest) for at, rest in counts if at + rest]
    at, rest = max(known, key=lambda each: each[0] / sum(each), default=(0, 0))
    least = study.trajectory.thresholds.families * most_members(study, outcome.role)
    return estimate.trouble if min(at, rest) >= least else None


def _counts(study: Study, estimate: Estimate, wave: str, end: float) -> tuple[int, int]:
    """Return how many people are at the end at a wave, and how many are not."""
    key, scores = estimate.outcome.key, study.scores
    if key not in scores:
        return 0, 0
    here = (scores["wave"] == wave) & (scores["role"] == estimate.outcome.role)
    values = scores.loc[here, key].dropna().astype("float64")
    at = int(((values - end).abs() <= AT_END).sum())
    return at, len(values) - at

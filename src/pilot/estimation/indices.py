"""The seven indices of reliable change: what is judged, and against which error."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from pilot.estimation.reasons import refusal

Scores = NDArray[np.float64]
TWO_SIDED = 1.96  # the published cut-off: 5 % of people who did not change lie beyond it
ONE_SIDED = 1.65  # Hageman and Arrindell's: at most 5 % misjudged in the direction told


@dataclass(frozen=True, slots=True, eq=False)
class Group:
    """Two scores of each person, and what is known of the form and of a population."""

    before: Scores
    after: Scores
    reliability: float
    reliability_after: float | None = None
    sd: float | None = None
    sd_after: float | None = None
    mean: float | None = None
    mean_after: float | None = None

    def at(self, reliability: float) -> Group:
        """Return the same people under another reliability."""
        return replace(self, reliability=reliability)

    @property
    def spread(self) -> float:
        """The published SD, or these people's own before."""
        return _spread(self.sd, self.before, "before")

    @property
    def spread_after(self) -> float:
        """The published SD of the later wave, or these people's own."""
        return _spread(self.sd_after, self.after, "after")

    @property
    def measurement_error(self) -> float:
        """The standard error of one measurement, SD sqrt(1 - r)."""
        return self.spread * math.sqrt(1 - self.reliability)


@dataclass(frozen=True, slots=True)
class Method:
    """An index, the value beyond which it tells, and whether it judges the plain change."""

    index: Callable[[Group], tuple[Scores, float]]
    certain: float = TWO_SIDED
    plain: bool = False
    carries_range: bool = True


def jacobson_truax(group: Group) -> tuple[Scores, float]:
    """Return the change, and the error of a difference of two measurements.

    Examples
    --------
    >>> change, error = jacobson_truax(
    ...     Group(np.array([32.5]), np.array([47.5]), reliability=0.8, sd=7.5)
    ... )
    >>> f"{change[0]} {error:.2f}"
    '15.0 4.74'
    """
    return group.after - group.before, math.sqrt(2) * group.measurement_error


def maassen(group: Group) -> tuple[Scores, float]:
    """Return the change, and its error where the two waves differ in spread."""
    total = group.spread**2 + group.spread_after**2
    return group.after - group.before, math.sqrt(total * (1 - group.reliability))


def gulliksen_lord_novick(group: Group) -> tuple[Scores, float]:
    """Return how far the later score lies from what the earlier one predicts."""
    mean, sd = _population(group, "gulliksen-lord-novick")
    return _beyond(group, mean, mean), sd * math.sqrt(1 - group.reliability**2)


def hsu_linn_lord(group: Group) -> tuple[Scores, float]:
    """Return the same, where the population itself moved to another mean."""
    mean, sd = _population(group, "hsu-linn-lord")
    if group.mean_after is None:
        raise refusal(
            "no_mean_after",
            "reliable_change, hsu-linn-lord",
            "give mean_after= and its source, or take gulliksen-lord-novick",
        )
    return _beyond(group, mean, group.mean_after), sd * math.sqrt(1 - group.reliability**2)


def edwards_nunnally(group: Group) -> tuple[Scores, float]:
    """Return the distance from the estimated true score, over one measurement's error."""
    mean, sd = _population(group, "edwards-nunnally")
    return _beyond(group, mean, mean), sd * math.sqrt(1 - group.reliability)


def nunnally_kotsch(group: Group) -> tuple[Scores, float]:
    """Return the same distance, over the error of both the estimate and the later score."""
    mean, sd = _population(group, "nunnally-kotsch")
    later = group.reliability if group.reliability_after is None else group.reliability_after
    sd_after = sd if group.sd_after is None else group.sd_after
    r = group.reliability
    variance = sd**2 * r**2 * (1 - r) + sd_after**2 * (1 - later)
    return _beyond(group, mean, mean), math.sqrt(variance)


def hageman_arrindell(group: Group) -> tuple[Scores, float]:
    """Return the change drawn to the group's mean by the unreliability of differences."""
    change = group.after - group.before
    spread = float(change.var(ddof=1)) if len(change) > 1 else 0.0
    error = 2 * group.measurement_error**2
    reliable = 1 - error / spread if spread > 0 else 0.0
    if reliable <= 0:
        raise refusal(
            "no_reliable_differences",
            "reliable_change, hageman-arrindell",
            "take jacobson-truax",
            n=len(change),
        )
    drawn = change * reliable + change.mean() * (1 - reliable)
    return drawn, math.sqrt(error * reliable)


METHODS: dict[str, Method] = {
    "jacobson-truax": Method(jacobson_truax, plain=True),
    "gulliksen-lord-novick": Method(gulliksen_lord_novick),
    "hsu-linn-lord": Method(hsu_linn_lord),
    "edwards-nunnally": Method(edwards_nunnally),
    "nunnally-kotsch": Method(nunnally_kotsch),
    "hageman-arrindell": Method(hageman_arrindell, ONE_SIDED, carries_range=False),
    "maassen": Method(maassen, plain=True),
}


def _beyond(group: Group, mean: float, mean_after: float) -> Scores:
    """Return the later score minus what is expected from a return to the mean."""
    return group.after - mean_after - group.reliability * (group.before - mean)


def _population(group: Group, method: str) -> tuple[float, float]:
    if group.mean is None or group.sd is None:
        raise refusal(
            "no_population",
            f"reliable_change, {method}",
            "give mean= and sd= and their source, or take jacobson-truax",
        )
    return group.mean, _spread(group.sd, group.before, "before")


def _spread(published: float | None, scores: Scores, wave: str) -> float:
    own = float(scores.std(ddof=1)) if published is None and len(scores) > 1 else 0.0
    sd = own if published is None else published
    if not (math.isfinite(sd) and sd > 0):
        key = "no_spread_before" if wave == "before" else "no_spread_after"
        mend = "give a published sd" if wave == "before" else "give a published sd_after"
        raise refusal(key, "reliable_change", mend, n=len(scores))
    return sd

"""How fine the numbers of an estimate may be told."""

from __future__ import annotations

from dataclasses import dataclass

from pilot.results import Estimate, PublicCount

ENOUGH = 10
NARROW = 5


@dataclass(frozen=True, slots=True)
class Grain:
    """The step numbers are rounded to, and how many decimals that takes.

    With fewer than ten families and whole-number scores, a mean and two intervals to one
    decimal leave one to seven sets of answers that could have led to them, and to half a
    point still as few as three. There the step is a whole point, or half a point on scales
    of at most 5 points, which are averages of items and move in fractions (a single item
    that short is ordinal). The 75 % interval, a second view of the same spread, is left
    out (`coarse`).
    """

    step: float
    digits: int
    coarse: bool = False

    def round(self, number: float | None) -> float | None:
        """Return a number as told, never -0.

        Examples
        --------
        >>> Grain(0.5, 1).round(-1.7), Grain(1, 0).round(-0.2), Grain(0.01, 2).round(1.234)
        (-1.5, 0.0, 1.23)
        """
        if number is None:
            return None
        return round(round(number / self.step) * self.step, self.digits) + 0.0


def grain_of(estimate: Estimate, whole: bool, told: PublicCount | None = None) -> Grain:
    """Return how fine an estimate is told.

    The number of families `told` decides where it is a band, and not the true one: decimals
    that say ten or more would leave 10 and 11 of a band from 5 to 12. A band from 9 counts
    as ten, since nobody knows that it is 9.

    Two decimals on scales of at most 5 points, one on all others. Where an interval that
    leaves out 0 would be rounded to it, one more: no number may say other than the verdict.
    In a small group it stays coarse, and the verdict says it.
    """
    outcome = estimate.outcome
    width = outcome.high - outcome.low
    if outcome.level == "ordinal":
        return _until_it_leaves_out_0(estimate, 2) if whole else Grain(0.1, 1)
    n = estimate.complete_families
    if told is not None and told.exact is None:
        n = (told.low or 0) + 1
    if min([n, *estimate.n_by_group]) < ENOUGH:
        return Grain(0.5, 1, coarse=True) if width <= NARROW else Grain(1, 0, coarse=True)
    return _until_it_leaves_out_0(estimate, 2 if width <= NARROW else 1)


def _until_it_leaves_out_0(estimate: Estimate, digits: int) -> Grain:
    grain = Grain(10.0**-digits, digits)
    low, high = estimate.conf_low, estimate.conf_high
    if low is None or high is None or low <= 0 <= high:
        return grain
    if grain.round(low) == 0 or grain.round(high) == 0:
        return Grain(10.0 ** -(digits + 1), digits + 1)
    return grain

"""How fine the numbers of an estimate may be told."""

from __future__ import annotations

from dataclasses import dataclass, replace

from pilot.results import Estimate, PublicCount

ENOUGH = 10
NARROW = 5
NEVER = 1e9
LEAST_WIDTH = (
    (0.0, (NEVER, 2.4, 1.4, 1.0)),
    (0.3, (NEVER, 1.8, 1.2, 0.8)),
    (0.5, (NEVER, NEVER, 1.0, 0.6)),
    (1.0, (4.0, 2.0, 0.0, 0.0)),
)
"""How wide an interval must be to be told to a step: of 5, 9, 14 and 20 families and more.

Both in what one answer moves a score: a point of a sum, a part of a point of a mean. A
narrower one leaves fewer than ten sets of answers, or says of each how many went up.
"""
FROM = (9, 14, 20)
TINY = 1e-9


@dataclass(frozen=True, slots=True)
class Grain:
    """The step numbers are rounded to, and how many decimals that takes.

    With fewer than ten families and whole-number scores, a mean and two intervals to one
    decimal leave one to seven sets of answers that could have led to them, and to half a
    point still as few as three. There the step is a whole point, or half a point on scales
    of at most 5 points, which are averages of items and move in fractions (a single item
    that short is ordinal). The 75 % interval, a second view of the same spread, is left
    out (`coarse`).

    The same holds of more families that all changed nearly alike: their interval is narrow,
    and few sets of answers are that much alike. There, too, numbers are coarser, and where
    even whole points leave too few sets there is no interval (`ends`).
    """

    step: float
    digits: int
    coarse: bool = False
    ends: bool = True

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


def grain_of(
    estimate: Estimate, whole: bool, told: PublicCount | None = None, unit: float = 1.0
) -> Grain:
    """Return how fine an estimate is told.

    The number of families `told` decides where it is a band, and not the true one: decimals
    that say ten or more would leave 10 and 11 of a band from 5 to 12. A band from 9 counts
    as ten, since nobody knows that it is 9. `unit` is by how much one answer moves a score.

    Two decimals on scales of at most 5 points, one on all others. Where an interval that
    leaves out 0 would be rounded to it, one more: no number may say other than the verdict.
    In a small group it stays coarse, and the verdict says it; and so it does where the
    interval is narrower than `LEAST_WIDTH`.
    """
    outcome = estimate.outcome
    if outcome.level == "ordinal":
        return _until_it_leaves_out_0(estimate, 2) if whole else Grain(0.1, 1)
    narrow = outcome.high - outcome.low <= NARROW
    banded = told is not None and told.exact is None
    low = (told.low or 0) if told is not None and banded else estimate.complete_families
    least = min([low + banded, *estimate.n_by_group])
    ways = [Grain(0.1, 1, coarse=True), Grain(0.5, 1, coarse=True)]
    if not narrow:
        ways = [Grain(0.5, 1, coarse=True), Grain(1, 0, coarse=True)]
    if least >= ENOUGH:
        ways.insert(0, _until_it_leaves_out_0(estimate, 2 if narrow else 1))
    else:
        ways = ways[-1:]
    known = min([low, *estimate.n_by_group])
    fits = (grain for grain in ways if _hides(estimate, grain, known, unit))
    return next(fits, replace(ways[-1], ends=False))


def _hides(estimate: Estimate, grain: Grain, n: int, unit: float) -> bool:
    """Say whether an interval told so finely still leaves sets of answers enough."""
    low, high = grain.round(estimate.conf_low), grain.round(estimate.conf_high)
    if low is None or high is None:
        return True
    widths = [each for step, each in LEAST_WIDTH if grain.step >= step * unit - TINY][-1]
    return (high - low) / unit >= widths[sum(n >= size for size in FROM)] - TINY


def _until_it_leaves_out_0(estimate: Estimate, digits: int) -> Grain:
    grain = Grain(10.0**-digits, digits)
    low, high = estimate.conf_low, estimate.conf_high
    if low is None or high is None or low <= 0 <= high:
        return grain
    if grain.round(low) == 0 or grain.round(high) == 0:
        return Grain(10.0 ** -(digits + 1), digits + 1)
    return grain

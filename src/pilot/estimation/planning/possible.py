"""What no plan can be made of: words for numbers, changes the scale has no room for."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from numbers import Real

from pilot.errors import CallError
from pilot.estimation.planning.assume import Ask

MOST_FAMILIES = 2_000
FEWEST_SIMULATIONS, MOST_SIMULATIONS = 200, 1_000_000


def is_whole(value: object) -> bool:
    """Return whether a value is a whole number, also one that is written with a point.

    Examples
    --------
    >>> is_whole(8), is_whole(8.0), is_whole(8.5), is_whole("8"), is_whole(True)
    (True, True, False, False, False)
    """
    number = isinstance(value, Real) and not isinstance(value, bool)
    return number and float(value).is_integer()  # type: ignore[arg-type]


def families_asked(families: object) -> list[int]:
    """Return numbers of families, each once, rising."""
    if isinstance(families, (str, Mapping)) or not isinstance(families, Iterable):
        cause = f"{families!r} is no list"
        raise CallError("families", cause, "give one or more: 8, 12, 16")
    asked = list(families)
    if not asked:
        raise CallError("families", "names no number", "give one or more: 8, 12, 16")
    for number in asked:
        if not is_whole(number) or not 1 <= number <= MOST_FAMILIES:
            raise CallError(
                "families",
                f"{number} is no number of families",
                f"give whole numbers from 1 to {MOST_FAMILIES}",
            )
    return sorted({int(number) for number in asked})


def refuse_no_draws(simulations: object, seed: object) -> None:
    """Refuse numbers by which no pilots can be drawn."""
    mend = f"give {FEWEST_SIMULATIONS} to {MOST_SIMULATIONS}; 2000 is usual"
    if not is_whole(simulations) or not 1 <= simulations <= MOST_SIMULATIONS:  # type: ignore[operator]
        raise CallError("simulations", f"{simulations} pilots cannot be drawn", mend)
    if simulations < FEWEST_SIMULATIONS:  # type: ignore[operator]
        margin = 98 / math.sqrt(simulations)  # type: ignore[arg-type]
        cause = f"counted in {simulations} pilots, a chance may be {margin:.0f} of 100 off"
        raise CallError("simulations", cause, mend)
    if not is_whole(seed) or seed < 0:  # type: ignore[operator]
        raise CallError("seed", f"{seed} is no seed", "give a whole number from 0")


def refuse_no_change(ask: Ask) -> None:
    """Refuse a change that is no size, that the scale has no room for, or cannot be skewed."""
    change, assumed = ask.change, ask.assumptions
    if not math.isfinite(change) or change < 0:
        mend = "give a size of 0 or more; it is taken towards better"
        raise CallError("change", f"{change:g} is no size of a change", mend)
    up = (ask.outcome.better_sign or 1) > 0
    end = assumed.high if up else assumed.low
    room = math.inf if end is None else abs(end - assumed.mean)
    if change > room:
        low, high = assumed.low, assumed.high
        raise CallError(
            "change",
            f"{change:g} points towards better do not fit: the mean is {assumed.mean:g} on a "
            f"scale of {low:g} to {high:g}",
            f"give at most {room:g}",
        )
    if assumed.skew and not assumed.lasting and len(assumed.months) > 2:
        cause = "lies in the change that builds up, and lasting is 0"
        raise CallError("skew", cause, "give lasting above 0, or no skew")

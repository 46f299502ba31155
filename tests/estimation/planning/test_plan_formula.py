"""Margins, detectable changes and smallest p that follow from n alone."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import pytest

from pilot.errors import CallError
from pilot.estimation.planning import reach_of, t_power
from pilot.estimation.signflip import smallest_p

REFERENCE = Path(__file__).parents[2] / "reference" / "plan.json"
PAIRED = json.loads(REFERENCE.read_text("utf-8"))["paired"]
# n, smallest p, detectable d_z, half-width of the 95 % and of the 75 % interval
PUBLISHED = [
    (4, "0.125", "2.13", "1.59", "0.71"),
    (6, "0.031", "1.43", "1.05", "0.53"),
    (8, "0.008", "1.16", "0.84", "0.44"),
    (10, "0.002", "1.00", "0.72", "0.39"),
    (12, "0.000", "0.89", "0.64", "0.35"),
    (16, "0.000", "0.75", "0.53", "0.30"),
    (20, "0.000", "0.66", "0.47", "0.27"),
    (24, "0.000", "0.60", "0.42", "0.24"),
    (30, "0.000", "0.53", "0.37", "0.21"),
]


@pytest.mark.parametrize(("n", "smallest", "detectable", "wide", "narrow"), PUBLISHED)
def test_the_table_that_pilots_are_planned_by(
    n: int, smallest: str, detectable: str, wide: str, narrow: str
) -> None:
    """Every digit of the table of n = 4 to 30 comes out."""
    reach = reach_of(n)

    assert f"{reach.smallest_p:.3f}" == smallest
    assert f"{reach.detectable:.2f}" == detectable
    assert f"{reach.half_width_95:.2f}" == wide
    assert f"{reach.half_width_75:.2f}" == narrow


@pytest.mark.parametrize("known", PAIRED, ids=lambda known: str(known["n"]))
def test_the_numbers_are_those_of_r(known: dict[str, Any]) -> None:
    """power.t.test(type = "paired", strict = TRUE) gives the same change and the same power."""
    reach, root, df = reach_of(known["n"]), math.sqrt(known["n"]), known["n"] - 1

    assert reach.detectable == pytest.approx(known["detectable"], rel=1e-8)
    assert reach.half_width_95 == pytest.approx(known["half_95"], rel=1e-10)
    assert reach.half_width_75 == pytest.approx(known["half_75"], rel=1e-10)
    assert t_power(0.5 * root, df) == pytest.approx(known["power_05"], rel=1e-8)
    assert t_power(0.5 * root, df, 0.025) == pytest.approx(known["power_025"], rel=1e-8)


def test_the_smallest_p_is_that_of_the_test() -> None:
    """Flipping the signs of n changes cannot do better; without a change power is alpha."""
    for n in (2, 5, 9):
        assert reach_of(n).smallest_p == smallest_p([*range(1, n + 1)])
    assert reach_of(5.6).smallest_p == reach_of(5).smallest_p
    assert t_power(0.0, 7, 0.05) == pytest.approx(0.05, abs=1e-12)


@pytest.mark.parametrize("n", [1, 0.5, math.nan, math.inf])
def test_one_change_has_no_spread(n: float) -> None:
    """Place, cause and mend."""
    with pytest.raises(CallError) as told:
        reach_of(n)
    assert str(told.value) == f"n: {n:g} has no spread\n  mend: give more than one"

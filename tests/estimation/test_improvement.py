"""Becker's d, the probability of improvement, and standardised changes of families."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from pilot.errors import EstimationError
from pilot.estimation import (
    Refusal,
    becker_d,
    probability_of_improvement,
    standardised_change,
)

R = json.loads(
    (Path(__file__).parents[1] / "reference" / "effects.json").read_text(encoding="utf-8")
)
CASES = pytest.mark.parametrize("case", R["cases"], ids=lambda case: f"{len(case['before'])}")


def waves(case: dict[str, Any]) -> tuple[list[float], list[float], list[str]]:
    """Return scores before and after, and the families."""
    return case["before"], case["after"], case["family"]


@CASES
@pytest.mark.parametrize("by", ["change", "average", "before", "repeated"])
def test_families_agree_with_r(case: dict[str, Any], by: str) -> None:
    """Mean and error of families over the SD between persons, J by families: to 1e-8."""
    before, after, family = waves(case)
    plain = standardised_change(before, after, by=by, family=family)
    corrected = standardised_change(before, after, by=by, family=family, corrected=True)

    ours = [plain.estimate, plain.conf_low, plain.conf_high, corrected.estimate]
    assert ours == pytest.approx(case["standardised"][by], rel=1e-8, abs=1e-8)


@CASES
def test_becker_agrees_with_metafor(case: dict[str, Any]) -> None:
    """The SMCR of metafor to 1e-8 where each person stands alone; else Glass's delta with J."""
    before, after, family = waves(case)
    ours = becker_d(before, after, family=family)
    glass = standardised_change(before, after, by="before", family=family, corrected=True)

    assert ours.name == "becker_d"
    expected = case["becker"] if case["becker"] else glass.estimate
    assert ours.estimate == pytest.approx(expected, rel=1e-8)
    assert (ours.conf_low, ours.conf_high) == (glass.conf_low, glass.conf_high)


@CASES
def test_probability_of_improvement_agrees_with_r(case: dict[str, Any]) -> None:
    """Pnorm of d_z and of its limits, to 1e-8, and the share better plus half the same."""
    before, after, family = waves(case)
    ours = probability_of_improvement(before, after, family=family)

    assert [ours.estimate, ours.conf_low, ours.conf_high] == pytest.approx(
        case["improvement"], abs=1e-8
    )
    assert ours.observed == pytest.approx(case["observed"], abs=1e-12)


def test_each_alone_is_no_family() -> None:
    """A family of one each changes nothing, nor does the order in which people stand."""
    before, after, family = waves(R["cases"][1])
    alone = standardised_change(before, after, family=family)

    assert alone == standardised_change(before, after)
    before, after, family = waves(R["cases"][4])
    back = standardised_change(before[::-1], after[::-1], by="average", family=family[::-1])
    forth = standardised_change(before, after, by="average", family=family)
    assert back.estimate == pytest.approx(forth.estimate, rel=1e-12)


@pytest.mark.parametrize("case", R["cases"][:3], ids=["10", "6", "12"])
def test_improving_one_way_is_worsening_the_other(case: dict[str, Any]) -> None:
    """Less stress is better: the probabilities add up to one."""
    before, after, _ = waves(case)
    up = probability_of_improvement(before, after)
    down = probability_of_improvement(before, after, higher_is="worse")

    assert up.estimate + down.estimate == pytest.approx(1)
    assert up.conf_low + down.conf_high == pytest.approx(1)
    assert up.observed + down.observed == pytest.approx(1)


def test_intervals_cover_a_simulated_truth() -> None:
    """Of 800 pilots of 8 families of 2, 95 % hold the true probability and Becker's d.

    Members share half of the variance of their change; d_av is .5 and r .6.
    """
    drawn = np.random.default_rng(1988)
    family = np.repeat(np.arange(8), 2)
    chance, delta = 0, 0
    truth = 0.5 * (1 + math.erf(0.5 / math.sqrt(0.8) / math.sqrt(2)))
    for _ in range(800):
        before = drawn.normal(size=16)
        shared = np.repeat(drawn.normal(size=8), 2) * math.sqrt(0.4)
        noise = drawn.normal(size=16) * math.sqrt(0.4)
        change = 0.5 - 0.4 * before + (shared + noise) * 0.8 / math.sqrt(0.8)
        after = before + change
        improved = probability_of_improvement(before, after, family=family)
        becker = becker_d(before, after, family=family)
        chance += improved.conf_low <= truth <= improved.conf_high
        delta += becker.conf_low <= 0.5 <= becker.conf_high

    assert 0.92 <= chance / 800 <= 0.97
    assert 0.92 <= delta / 800 <= 0.97


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            {"family": ["a", "b"]},
            "standardised_change, family: 2 families for 3 people\n"
            "  mend: give the family of each person, in the same order",
        ),
        (
            {"family": ["a", "a", "a"]},
            "changes: 1 change; how sure the mean is can only be told from two changes on\n"
            "  mend: follow up more families",
        ),
        (
            {"after": [1.0, 2.0]},
            "standardised_change: 3 scores before and 2 after\n"
            "  mend: give both waves of the same persons, in the same order",
        ),
        (
            {"higher_is": "neither"},
            "probability_of_improvement: neither way is better, so nobody can be called "
            "improved\n  mend: leave it out",
        ),
    ],
)
def test_refusals(call: dict[str, Any], message: str) -> None:
    """Each with place, cause and mend."""
    usual: dict[str, Any] = {"before": [1.0, 2.0, 4.0], "after": [2.0, 5.0, 4.0]}

    with pytest.raises(EstimationError) as caught:
        probability_of_improvement(**(usual | call))

    assert str(caught.value) == message


def test_refuses_d_rm_of_waves_that_correlate_perfectly() -> None:
    """Its standardiser, s_change / sqrt(2 (1 - r)), has no end there."""
    with pytest.raises(Refusal) as caught:
        standardised_change([1, 2, 3], [2, 4, 6], by="repeated")

    assert str(caught.value) == (
        "standardised_change: the two waves correlate perfectly, where this standardiser has "
        "no end\n  mend: use by='average'"
    )

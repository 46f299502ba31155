"""The bootstrap of a mean change: what it is, and below what it is refused."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy import stats

from pilot.errors import CallError
from pilot.estimation import Refusal, bootstrap_change

R = json.loads(
    (Path(__file__).parents[1] / "reference" / "alternatives.json").read_text(encoding="utf-8")
)
CHANGES = [3.0, 5, 1, 4, 0, 2, 6, 2, -1, 3, 4, 7]


@pytest.mark.parametrize("case", R["bootstrap"], ids=lambda case: f"{len(case['changes'])}")
def test_agrees_with_boot_ci(case: dict[str, Any]) -> None:
    """R's BCa ends over 100,000 draws: within .06 s.e., 3.6 Monte Carlo errors of two runs."""
    told = bootstrap_change(case["changes"], resamples=100_000)

    ends = [told.conf_low, told.conf_high, told.conf_low_75, told.conf_high_75]
    expected = [*case["conf_95"], *case["conf_75"]]
    assert ends == pytest.approx(expected, abs=0.06 * case["se"])


def test_agrees_with_scipy() -> None:
    """The ends of scipy's BCa over as many draws, within .06 of the standard error, .69."""
    told = bootstrap_change(CHANGES, resamples=100_000)
    theirs = stats.bootstrap(
        (CHANGES,), np.mean, n_resamples=100_000, method="BCa", rng=np.random.default_rng(1)
    )
    ends = [theirs.confidence_interval.low, theirs.confidence_interval.high]

    assert [told.conf_low, told.conf_high] == pytest.approx(ends, abs=0.06 * 0.69)


def test_the_acceleration_is_a_sixth_of_the_skewness() -> None:
    """By hand: d is -2, -1, 0 and 12 about a mean of 2; sum d^3 is 1692 and sum d^2 is 164."""
    told = bootstrap_change([0.0] * 4 + [1.0] * 4 + [2.0] * 3 + [14.0])

    assert told.acceleration == pytest.approx(1692 / (6 * 164**1.5))
    assert told.conf_high - told.estimate > told.estimate - told.conf_low


def test_swapping_scaling_and_order() -> None:
    """Doubling doubles; the order of families changes no digit; turning round mirrors."""
    told = bootstrap_change(CHANGES)
    twice = bootstrap_change([2 * x for x in CHANGES])
    back = bootstrap_change([-x for x in CHANGES], resamples=100_000)
    many = bootstrap_change(CHANGES, resamples=100_000)

    assert twice.conf_low == pytest.approx(2 * told.conf_low)
    assert bootstrap_change(CHANGES[::-1]) == told
    assert bootstrap_change(CHANGES, seed=2).bias != told.bias
    assert (back.conf_low, back.conf_high) == pytest.approx(
        (-many.conf_high, -many.conf_low), abs=0.03
    )


def test_the_words_tell_how_far_it_can_be_trusted() -> None:
    """It never stands alone."""
    words = bootstrap_change(CHANGES).words

    assert words.en == (
        "drawing 12 families again and again gives +1.8 to +4.2; such an interval is too "
        "narrow with few (it holds the truth 78, 91 and 94% of the time at 4, 8 and 16 "
        "families), so the t interval stands first"
    )
    assert words.nl == (
        "steeds opnieuw trekken uit 12 gezinnen geeft +1,8 tot +4,2; zo'n marge is bij weinig "
        "gezinnen te smal (hij bevat de waarheid bij 4, 8 en 16 gezinnen in 78, 91 en 94% van "
        "de keren), daarom staat de t-marge voorop"
    )


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        (
            CHANGES[:11],
            "bootstrap_change: 11 families; drawing families again and again covers 78, 91 and "
            "94% at 4, 8 and 16 where it says 95%, so it is done from 12\n"
            "  mend: read the t interval",
        ),
        (
            [2.0] * 12,
            "changes: all 12 changes are 2; without spread nothing tells how sure the mean "
            "is\n  mend: show the changes one by one",
        ),
    ],
)
def test_refusals(changes: list[float], message: str) -> None:
    """Below twelve families, and without spread."""
    with pytest.raises(Refusal) as caught:
        bootstrap_change(changes)

    assert str(caught.value) == message


def test_refuses_too_few_draws() -> None:
    """A hundred draws tell nothing of a 2.5 % quantile."""
    with pytest.raises(CallError) as caught:
        bootstrap_change(CHANGES, resamples=100)

    assert str(caught.value) == (
        "bootstrap_change: 100 draws tell too little of an interval's ends\n"
        "  mend: ask for 1000 or more"
    )


def test_covers_what_it_says_it_covers() -> None:
    """Of 1,500 pilots of 16 normal changes, 91.5-95.5 % hold the true mean: short of 95."""
    drawn, covered = np.random.default_rng(1993), 0
    for number in range(1500):
        told = bootstrap_change(drawn.normal(1, 2, 16), resamples=2000, seed=number)
        covered += told.conf_low <= 1 <= told.conf_high

    assert 0.915 <= covered / 1500 <= 0.955

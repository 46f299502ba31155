"""The median wait, with those that still wait counted as waiting."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from pilot.errors import EstimationError
from pilot.estimation.reasons import Refusal
from pilot.estimation.waiting import median_wait

REFERENCE: dict[str, Any] = json.loads(
    (Path(__file__).parents[1] / "reference" / "events.json").read_text("utf-8")
)["medians"]


@pytest.mark.parametrize("name", REFERENCE)
def test_the_median_is_that_of_survfit(name: str) -> None:
    """Median and log-log interval are those of R's survfit, open ends too."""
    case = REFERENCE[name]
    waits = median_wait(case["days"], case["done"])

    assert waits.median == case["median"]
    assert waits.conf_low == case["low"]
    assert waits.conf_high == case["high"]
    assert (waits.n, waits.done) == (len(case["days"]), sum(case["done"]))


def test_when_all_are_done_it_is_the_plain_median() -> None:
    """Without anybody waiting it is the median of the times."""
    days = [2, 9, 4, 7, 7, 30, 11, 3, 18, 5, 6]

    assert median_wait(days, [1] * 11).median == np.median(days)


def test_weeks_give_a_seventh_of_the_days() -> None:
    """The unit of time scales the median and its ends."""
    case = REFERENCE["lung"]
    days = median_wait(case["days"], case["done"])
    weeks = median_wait(np.asarray(case["days"]) / 7, case["done"])

    assert weeks.median == pytest.approx((days.median or 0) / 7)
    assert weeks.conf_high == pytest.approx((days.conf_high or 0) / 7)


def test_leaving_out_who_waits_makes_it_shorter() -> None:
    """What is still open pulls the median up: that is why it is never left out."""
    case = REFERENCE["lung"]
    done = [day for day, mark in zip(case["days"], case["done"], strict=True) if mark]
    whole = median_wait(case["days"], case["done"]).median

    assert whole is not None
    assert whole > np.median(done)


def test_nobody_done_has_no_median() -> None:
    """Ten that all still wait: no number, and no crash."""
    waits = median_wait(range(10, 20), [0] * 10)

    assert (waits.median, waits.conf_low, waits.conf_high, waits.done) == (None, None, None, 0)


def test_nine_waits_are_refused() -> None:
    """Below ten there are counts only, and the reason says so in full."""
    with pytest.raises(Refusal) as refused:
        median_wait(range(9), [1] * 9)

    assert str(refused.value) == (
        "median_wait: 9 waiting times; a median is given from 10, below that only counts\n"
        "  mend: give the counts"
    )
    assert refused.value.reason_nl == (
        "9 wachttijden; een mediaan geven we vanaf 10, daaronder alleen aantallen"
    )


def test_times_that_cannot_be_are_an_error() -> None:
    """A negative or unknown time, or a mark too few."""
    with pytest.raises(EstimationError, match="a time is below 0 or not known"):
        median_wait([-1.0] * 12, [1] * 12)
    with pytest.raises(EstimationError, match="a time is below 0 or not known"):
        median_wait([np.nan] * 12, [1] * 12)
    with pytest.raises(EstimationError, match="12 times and 11 marks"):
        median_wait([1.0] * 12, [1] * 11)


def test_a_true_median_lies_in_its_interval() -> None:
    """Of 500 simulated logs with a third still open, 92 to 98 in 100 hold the true median."""
    dice = np.random.default_rng(20260302)
    held = []
    for _ in range(500):
        true, open_ = dice.exponential(30, 40), dice.exponential(60, 40)
        waits = median_wait(np.minimum(true, open_), true <= open_)
        low, high = waits.conf_low or 0, waits.conf_high or np.inf
        held.append(low <= 30 * np.log(2) <= high)

    assert 0.92 <= np.mean(held) <= 0.98

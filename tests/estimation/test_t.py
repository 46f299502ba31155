"""The mean change and its t intervals."""

from __future__ import annotations

import math

import numpy as np
import pytest

from pilot.errors import EstimationError
from pilot.estimation import METHODS, MeanT, Plan, Refusal, mean_t
from pilot.estimation.example import sleep_pairs

# Student (1908), p. 20: hours of sleep gained by ten patients under two drugs.
# R prints the answer: t.test(Pair(y, x) ~ 1) on datasets::sleep.
STUDENT = [1.2, 2.4, 1.3, 1.3, 0.0, 1.0, 1.8, 0.8, 4.6, 1.4]


def interval(mean: MeanT) -> tuple[float, float]:
    """Return the 95 % interval."""
    return mean.conf_low, mean.conf_high


def test_agrees_with_student_1908() -> None:
    """The interval, t and p are those R prints, to every digit it prints."""
    mean = mean_t(STUDENT)

    assert mean.estimate == pytest.approx(1.58, abs=1e-12)
    assert mean.statistic == pytest.approx(4.0621, abs=5e-5)
    assert mean.df == 9
    assert mean.p_value == pytest.approx(0.002833, abs=5e-7)
    assert mean.conf_low == pytest.approx(0.7001142, abs=5e-8)
    assert mean.conf_high == pytest.approx(2.4598858, abs=5e-8)


def test_the_planned_method_carries_students_numbers() -> None:
    """paired_t hands on the same numbers, in the fields of an estimate."""
    row = METHODS["paired_t"](sleep_pairs(), Plan("paired_t"))

    assert (row.contrast, row.method, row.rung) == ("other - one", "paired_t", "planned test")
    assert row.estimate == pytest.approx(1.58, abs=1e-12)
    assert (row.conf_low, row.conf_high) == pytest.approx((0.7001142, 2.4598858), abs=5e-8)
    assert (row.n_participants, row.n_families, row.n_sites) == (10, 10, 0)
    assert row.direction == "better"


def test_swapping_the_waves_swaps_the_sign() -> None:
    """Change is later minus earlier, and only the sign tells them apart."""
    forth, back = mean_t(STUDENT), mean_t([-change for change in STUDENT])

    assert back.estimate == -forth.estimate
    assert interval(back) == (-forth.conf_high, -forth.conf_low)
    assert back.p_value == forth.p_value


def test_rescaling_scores_rescales_the_estimate() -> None:
    """Hours or minutes: the number scales, t and p stay."""
    hours, minutes = mean_t(STUDENT), mean_t([60 * change for change in STUDENT])

    assert interval(minutes) == pytest.approx([60 * limit for limit in interval(hours)])
    assert minutes.p_value == pytest.approx(hours.p_value, rel=1e-12)


def test_the_order_of_families_changes_no_digit() -> None:
    """Nothing is ordered by a pseudonym: any order gives bit for bit the same."""
    shuffled = np.random.default_rng(8).permutation(STUDENT)

    assert mean_t(shuffled) == mean_t(STUDENT)


def test_the_75_interval_lies_inside_the_95_one() -> None:
    """Both are about the same mean."""
    mean = mean_t(STUDENT)

    assert mean.conf_low < mean.conf_low_75 < mean.estimate < mean.conf_high_75 < mean.conf_high
    assert mean.conf_low_75 + mean.conf_high_75 == pytest.approx(2 * mean.estimate)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        (
            [3.0],
            "changes: 1 change; how sure the mean is can only be told from two changes on\n"
            "  mend: follow up more families",
        ),
        (
            [],
            "changes: 0 change; how sure the mean is can only be told from two changes on\n"
            "  mend: follow up more families",
        ),
        (
            [2.0, 2.0, 2.0],
            "changes: all 3 changes are 2; without spread nothing tells how sure the mean is\n"
            "  mend: show the changes one by one",
        ),
        (
            [0.3 - 0.1, 0.2, 0.2],
            "changes: all 3 changes are 0.2; without spread nothing tells how sure the mean "
            "is\n  mend: show the changes one by one",
        ),
    ],
)
def test_refuses_what_has_no_uncertainty(changes: list[float], message: str) -> None:
    """One change, none, or all alike: no interval is made up."""
    with pytest.raises(Refusal) as caught:
        mean_t(changes)

    assert str(caught.value) == message


@pytest.mark.parametrize("bad", [math.nan, math.inf, -math.inf])
def test_refuses_missing_and_infinite_changes(bad: float) -> None:
    """They are faults of the caller, not data to leave out in silence."""
    with pytest.raises(EstimationError) as caught:
        mean_t([1.0, bad, 2.0])

    assert str(caught.value) == (
        "changes: 1 of 3 values are missing or infinite\n"
        "  mend: leave out who has no score, and say how many"
    )


@pytest.mark.parametrize("n", [5, 8, 16])
def test_intervals_cover_a_simulated_truth(n: int) -> None:
    """95 % and 75 % of 4,000 intervals hold the true mean, within 3 Monte Carlo errors."""
    truth = np.random.default_rng(1908 + n).normal(2.0, 5.0, size=(4000, n))
    means = [mean_t(changes) for changes in truth]

    covered = np.mean([mean.conf_low <= 2 <= mean.conf_high for mean in means])
    covered_75 = np.mean([mean.conf_low_75 <= 2 <= mean.conf_high_75 for mean in means])
    assert covered == pytest.approx(0.95, abs=3 * math.sqrt(0.95 * 0.05 / 4000))
    assert covered_75 == pytest.approx(0.75, abs=3 * math.sqrt(0.75 * 0.25 / 4000))

"""The exact sign-flip test and its interval."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest

from pilot.estimation import Refusal, sign_flip
from pilot.estimation.signflip import smallest_p

# Fisher (1935), The design of experiments, section 21, on Darwin's fifteen pairs of maize
# (eighths of an inch): 863 of the 16,384 arrangements on one side are as far out, p .05267.
DARWIN = [49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48]


def test_agrees_with_fisher_1935() -> None:
    """Fisher counted 1,726 of the 32,768 sign patterns by hand."""
    assert sign_flip(DARWIN).p_value == 1726 / 2**15


def test_agrees_with_going_through_all_patterns() -> None:
    """Doubling counts the same patterns as itertools, ties and zeros included."""
    changes = [1.0, 1.0, 0.0, 2.0, -1.0, 3.0, 0.0, 2.0]
    patterns = itertools.product([1, -1], repeat=len(changes))
    sums = [sum(s * x for s, x in zip(signs, changes, strict=True)) for signs in patterns]
    share = np.mean([abs(each) >= abs(sum(changes)) for each in sums])

    assert sign_flip(changes).p_value == share


@pytest.mark.parametrize(
    ("changes", "smallest"),
    [
        ([1, 2, 3, 4], 2 / 16),
        ([1, 2, 3, 0], 4 / 16),
        ([1, 0, 0, 0], 1.0),
        ([0, 0, 0, 0], 1.0),
        (list(range(1, 17)), 2 / 2**16),
    ],
)
def test_the_smallest_p_follows_from_n_and_zeros(changes: list[float], smallest: float) -> None:
    """2^(z + 1) / 2^n, never above 1; and all on one side reaches it."""
    assert sign_flip(changes).smallest_p == smallest
    assert sign_flip(changes).p_value == smallest
    assert smallest_p(changes) == smallest


def test_sums_that_differ_by_rounding_only_are_ties() -> None:
    """0.1 + 0.2 and 0.3 are as far out as each other."""
    assert sign_flip([0.1, 0.2, -0.3]).p_value == sign_flip([1, 2, -3]).p_value == 1.0


def test_flipping_all_signs_flips_the_interval_only() -> None:
    """Symmetric in its two sides."""
    forth, back = sign_flip(DARWIN), sign_flip([-x for x in DARWIN])

    assert back.p_value == forth.p_value
    assert (back.conf_low, back.conf_high) == (-forth.conf_high, -forth.conf_low)


def test_rescaling_leaves_p_alone() -> None:
    """The tolerance of ties goes with the scores, however small their unit."""
    small = sign_flip([x * 1e-12 for x in DARWIN])

    assert small.p_value == sign_flip(DARWIN).p_value
    assert small.conf_low == pytest.approx(1e-12 * sign_flip(DARWIN).conf_low)


def test_the_interval_inverts_the_test() -> None:
    """Shifted to just inside a limit changes are not rejected at .05, just outside they are."""
    result = sign_flip(DARWIN)
    for limit, outwards in ((result.conf_low, -1), (result.conf_high, 1)):
        inside = sign_flip([x - (limit - outwards * 1e-6) for x in DARWIN])
        outside = sign_flip([x - (limit + outwards * 1e-6) for x in DARWIN])

        assert outside.p_value <= 0.05 < inside.p_value


def test_five_changes_have_no_95_interval_and_say_so() -> None:
    """With k = floor(.05 x 2^4) = 0 there is no subset mean to take; 75 % has one."""
    result = sign_flip([1, 2, 3, 4, 5])

    assert (result.conf_low, result.conf_high) == (None, None)
    assert result.reason == "with 5 changes no exact interval reaches 95%"
    assert (result.conf_low_75, result.conf_high_75) == (2.0, 4.0)


def test_equal_changes_have_a_p_but_no_interval() -> None:
    """An interval of width 0 would claim certainty."""
    result = sign_flip([2.0] * 6)

    assert result.p_value == 2 / 64
    assert (result.conf_low, result.conf_low_75) == (None, None)
    assert result.reason == (
        "all 6 changes are 2; without spread nothing tells how sure the mean is"
    )


def test_refuses_a_single_change() -> None:
    """One sign pattern and its mirror tell nothing."""
    with pytest.raises(Refusal) as caught:
        sign_flip([4.0])

    assert str(caught.value) == (
        "changes: 1 change; how sure the mean is can only be told from two changes on\n"
        "  mend: follow up more families"
    )


def test_drawn_patterns_come_near_the_exact_ones() -> None:
    """Beyond 20 changes 99,999 draws stand in: within 4 Monte Carlo errors of all 2^22."""
    changes = np.random.default_rng(22).normal(0.4, 1, size=22)
    sums = np.zeros(1)
    for change in changes:
        sums = np.concatenate([sums + change, sums - change])
    exact = np.mean(np.abs(sums) >= abs(changes.sum()) - 1e-9)
    result = sign_flip(changes)

    assert result.sampled
    assert result.p_value == pytest.approx(exact, abs=4 * math.sqrt(exact / 100_000))
    assert result.smallest_p == 2 / 2**22


def test_zeros_are_not_drawn_over() -> None:
    """Twenty-five changes of which fifteen moved are still counted one by one."""
    result = sign_flip([*DARWIN, *[0] * 10])

    assert not result.sampled
    assert result.p_value == sign_flip(DARWIN).p_value


def test_draws_depend_on_the_changes_and_the_seed_only() -> None:
    """The same numbers at every run and in every order of families."""
    changes = np.random.default_rng(3).normal(0.3, 1, size=30)

    assert sign_flip(changes) == sign_flip(changes[::-1])
    assert sign_flip(changes).p_value != sign_flip(changes, seed=2).p_value


def test_rejects_a_symmetric_null_at_most_at_its_level() -> None:
    """Of 2,000 data sets without change at most 5 % are rejected, and the interval covers."""
    results = [
        sign_flip(changes) for changes in np.random.default_rng(21).normal(size=(2000, 8))
    ]

    rejected = np.mean([result.p_value <= 0.05 for result in results])
    covered = np.mean([result.conf_low <= 0 <= result.conf_high for result in results])
    error = 3 * math.sqrt(0.05 * 0.95 / 2000)
    assert rejected <= 0.05 + error
    assert covered == pytest.approx(1 - 2 * 6 / 2**8, abs=error)

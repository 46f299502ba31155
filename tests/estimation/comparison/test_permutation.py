"""The studentised permutation test: identities, counting, and what it protects against."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest

from pilot.estimation import Refusal
from pilot.estimation.comparison import permute, welch
from pilot.estimation.comparison.permutation import DRAWS


def by_hand(group: list[float], reference: list[float]) -> float:
    """Return p by writing every arrangement out."""
    everyone = [*group, *reference]
    n = len(group)

    def distance(own: tuple[int, ...]) -> float:
        first = [everyone[at] for at in own]
        second = [everyone[at] for at in range(len(everyone)) if at not in own]
        spread = np.var(first, ddof=1) / n + np.var(second, ddof=1) / len(second)
        return float(abs(np.mean(first) - np.mean(second)) / np.sqrt(spread))

    ways = list(itertools.combinations(range(len(everyone)), n))
    observed = distance(tuple(range(n)))
    return sum(distance(way) >= observed - 1e-9 for way in ways) / len(ways)


@pytest.mark.parametrize(
    ("group", "reference"),
    [
        ([1.0, 4.0, 2.5], [0.5, 0.0, -1.0, 2.0]),
        ([3.0, -1.0, 7.5, 2.0, 2.0], [0.0, 1.0]),
        ([10.0, 30.0, 20.0, 15.0], [12.0, 11.0, 14.0, 12.5]),
    ],
)
def test_every_arrangement_is_counted(group: list[float], reference: list[float]) -> None:
    """The share equals the one written out arrangement by arrangement."""
    found = permute(group, reference)

    assert found.p_value == pytest.approx(by_hand(group, reference), abs=1e-12)
    assert found.arrangements == math.comb(len(group) + len(reference), len(group))


def test_the_statistic_is_welchs_t() -> None:
    """Studentised by each group's own variance."""
    group, reference = [3.0, -1.0, 7.5, 2.0], [0.0, 1.0, 0.5]

    assert permute(group, reference).statistic == pytest.approx(
        welch(group, reference).statistic, rel=1e-12
    )


def test_swapping_the_groups_keeps_p_and_turns_the_sign() -> None:
    """Which group is called the reference changes the sign only."""
    forth = permute([3.0, -1.0, 7.5, 2.0], [0.0, 1.0, 0.5])
    back = permute([0.0, 1.0, 0.5], [3.0, -1.0, 7.5, 2.0])

    assert back.estimate == -forth.estimate
    assert (back.p_value, back.smallest_p) == (forth.p_value, forth.smallest_p)


def test_shift_and_scale_change_nothing() -> None:
    """A point more for everybody, or another unit, leaves p where it was."""
    group, reference = np.array([3.0, -1.0, 7.5, 2.0]), np.array([0.0, 1.0, 0.5])
    moved = permute(100 + 3 * group, 100 + 3 * reference)

    assert moved.p_value == permute(group, reference).p_value


def test_equal_groups_have_p_one() -> None:
    """No difference is as near as can be."""
    assert permute([1.0, 2.0, 3.0], [1.0, 2.0, 3.0]).p_value == 1.0


def test_groups_apart_without_any_spread_reach_the_smallest_p() -> None:
    """All of one group moved alike and the others not at all: t has no end, p does."""
    found = permute([2.0, 2.0, 2.0], [0.0, 0.0, 0.0])

    assert found.statistic == math.inf
    assert found.p_value == found.smallest_p == 0.1


@pytest.mark.parametrize("sizes", [(3, 3), (3, 4), (4, 6)])
def test_no_p_is_below_the_smallest(sizes: tuple[int, int]) -> None:
    """1 / choose(n, n1), and twice that where the groups are equally large."""
    dice = np.random.default_rng(5)
    found = permute(dice.normal(50, 1, sizes[0]), dice.normal(0, 1, sizes[1]))
    ways = math.comb(sum(sizes), sizes[0])

    assert found.smallest_p == (2 if sizes[0] == sizes[1] else 1) / ways
    assert found.p_value >= found.smallest_p


def test_many_units_are_sampled_and_say_so() -> None:
    """15 against 15 has 155,117,520 arrangements: 99,999 are drawn, the same at each call."""
    dice = np.random.default_rng(8)
    group, reference = dice.normal(1, 1, 15), dice.normal(0, 1, 15)
    found = permute(group, reference)

    assert (found.sampled, found.arrangements) == (True, DRAWS)
    assert found == permute(group, reference)
    assert found.p_value == pytest.approx(welch(group, reference).p_value, abs=0.01)
    assert found.smallest_p == 1 / (1 + DRAWS)


def test_sampling_agrees_with_counting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where both can be done, drawn and counted p differ by chance only."""
    from pilot.estimation.comparison import permutation

    group, reference = [3.0, -1.0, 7.5, 2.0, 1.0], [0.0, 1.0, 0.5, -2.0, 1.5, -1.0]
    exact = permute(group, reference)
    monkeypatch.setattr(permutation, "ENUMERATED", 10)
    drawn = permute(group, reference)

    assert drawn.sampled
    assert drawn.p_value == pytest.approx(exact.p_value, abs=0.005)


def test_unequal_variances_do_not_reject_too_often() -> None:
    """Equal means, 4 noisy and 10 calm units: at most 8 % at .05, where plain sums give 18."""
    dice = np.random.default_rng(20261122)
    p_values = [
        permute(dice.normal(0, 3, 4), dice.normal(0, 1, 10)).p_value for _ in range(800)
    ]

    assert 0.02 < np.mean(np.array(p_values) <= 0.05) < 0.10


def test_one_unit_is_refused() -> None:
    """A group of one has no variance."""
    with pytest.raises(Refusal) as refused:
        permute([1.0], [2.0, 3.0])

    assert str(refused.value) == (
        "permute: 1 change; how sure the mean is can only be told from two changes on\n"
        "  mend: follow up more families"
    )


def test_all_alike_is_refused() -> None:
    """Nothing to divide."""
    with pytest.raises(Refusal) as refused:
        permute([1.0, 1.0], [1.0, 1.0])

    assert str(refused.value) == (
        "permute: all 4 changes are 1; without spread nothing tells how sure the mean is\n"
        "  mend: show the changes one by one"
    )

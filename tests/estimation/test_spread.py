"""The variance between persons of families."""

from __future__ import annotations

import math

import numpy as np
import pytest

from pilot.errors import EstimationError
from pilot.estimation import standardised_change
from pilot.estimation.spread import persons_variance


def test_by_hand_from_mean_squares() -> None:
    """Families of 1, 2 and 3: MSB 12.25, MSW 1, n0 = (6 - 14 / 6) / 2 = 11 / 6."""
    scores = np.array([1.0, 4, 6, 6, 7, 8])
    family = ["a", "b", "b", "c", "c", "c"]
    between = (1 * (1 - 16 / 3) ** 2 + 2 * (5 - 16 / 3) ** 2 + 3 * (7 - 16 / 3) ** 2) / 2
    within = (2 + 2) / 3

    expected = between / (11 / 6) + within * (1 - 6 / 11)
    assert persons_variance(scores, family) == pytest.approx(expected)


def test_one_member_a_family_is_the_plain_variance() -> None:
    """To the digit, in any order of people and under any names."""
    scores = np.array([3.1, 0.4, 7.7, 2.2, 5.3])
    plain = persons_variance(scores)

    assert plain == pytest.approx(np.var(scores, ddof=1))
    assert persons_variance(scores, list("edcba")) == plain
    assert persons_variance(scores[::-1]) == plain
    assert persons_variance(scores, ["x"] * 5) == plain  # one family tells nothing between


def test_neither_order_nor_names_change_a_digit() -> None:
    """Six people of three families, turned round and renamed."""
    scores, family = np.array([1.1, 4.3, 6.7, 6.1, 7.9, 8.2]), list("abbccc")
    forth = persons_variance(scores, family)

    assert persons_variance(scores[::-1], family[::-1]) == forth
    renamed = [{"a": "z", "b": "y", "c": "x"}[name] for name in family]
    assert persons_variance(scores, renamed) == forth


def test_refuses_families_of_other_people() -> None:
    """Two families for three people."""
    with pytest.raises(EstimationError) as caught:
        persons_variance(np.array([1.0, 2, 3]), ["a", "b"])

    assert str(caught.value) == (
        "standardised_change, family: 2 families for 3 people\n"
        "  mend: give the family of each person, in the same order"
    )


def test_it_has_no_bias_where_the_plain_variance_has() -> None:
    """Ten families of two and three alike by .5: the truth is 1, plain .95, ours 1."""
    drawn = np.random.default_rng(2007)
    family = np.repeat(np.arange(8), [2, 3] * 4)
    ours, plain = [], []
    for _ in range(3000):
        shared = drawn.normal(size=8)[family]
        scores = math.sqrt(0.5) * (shared + drawn.normal(size=20))
        ours.append(persons_variance(scores, family))
        plain.append(scores.var(ddof=1))

    assert np.mean(ours) == pytest.approx(1, abs=0.02)
    assert np.mean(plain) < 0.98


@pytest.mark.parametrize(("by", "truth"), [("average", 0.5), ("change", 0.5 / math.sqrt(0.8))])
@pytest.mark.parametrize("families", [6, 12])
def test_intervals_of_families_cover_a_simulated_truth(
    by: str, truth: float, families: int
) -> None:
    """Of 800 pilots of families of one to three, 93-97.5 % hold the true d."""
    drawn, covered = np.random.default_rng(2011), 0
    family = np.repeat(np.arange(families), ([1, 2, 3] * families)[:families])
    for _ in range(800):
        both = drawn.normal(size=(2, families))[:, family] * math.sqrt(0.4)
        level, moved = both + drawn.normal(size=(2, len(family))) * math.sqrt(0.6)
        middle, half = math.sqrt(0.8) * level, math.sqrt(0.8) / 2 * moved
        told = standardised_change(middle - half, middle + half + 0.5, by=by, family=family)
        covered += told.conf_low <= truth <= told.conf_high

    assert 0.93 <= covered / 800 <= 0.975

"""Outcomes whose steps are an order only."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from pilot.design.outcome import Outcome
from pilot.errors import EstimationError
from pilot.estimation import (
    METHODS,
    Pairs,
    Plan,
    exact_sign_test,
    tango_interval,
    transition_table,
)

PLAN = Plan("net_better")


def test_agrees_with_a_published_interval() -> None:
    """Cavo et al. (2012), 6 better and 16 worse of 161, as printed by R contingencytables.

    Its own test expects: estimate = -0.0621 (95% CI -0.1240 to -0.0054).
    """
    assert tango_interval(6, 16, 161) == pytest.approx((-0.1240, -0.0054), abs=5e-5)


def test_agrees_with_fagerland_2014() -> None:
    """Airway hyper-responsiveness, 1 and 7 of 21: Tango's interval is -0.517 to -0.026."""
    assert tango_interval(1, 7, 21) == pytest.approx((-0.517, -0.026), abs=5e-4)


@pytest.mark.parametrize("n", [5, 8, 20])
def test_nobody_moved_has_the_width_of_a_score_interval(n: int) -> None:
    """With no moves at all the limits are plus and minus z^2 / (n + z^2)."""
    z2 = 1.959963984540054**2

    assert tango_interval(0, 0, n) == pytest.approx((-z2 / (n + z2), z2 / (n + z2)))


@pytest.mark.parametrize("counts", [(3, 1, 9), (8, 0, 8), (0, 5, 5), (4, 4, 12)])
def test_swapping_better_and_worse_swaps_the_sign(counts: tuple[int, int, int]) -> None:
    """Both intervals and the test treat the two directions alike, and stay within -1 to 1."""
    better, worse, n = counts
    low, high = tango_interval(better, worse, n)

    assert tango_interval(worse, better, n) == pytest.approx((-high, -low))
    assert -1 <= low <= (better - worse) / n <= high <= 1
    assert exact_sign_test(better, worse) == exact_sign_test(worse, better)


def test_refuses_counts_that_cannot_be() -> None:
    """More moved than there are."""
    with pytest.raises(EstimationError) as caught:
        tango_interval(5, 4, 8)

    assert str(caught.value) == (
        "tango_interval: 5 better and 4 worse of 8\n"
        "  mend: give counts of units that moved each way and of all units"
    )


def test_a_family_moves_by_the_mean_of_its_members(
    ladder: Outcome, pairs_from: Callable[..., Pairs]
) -> None:
    """Mother two up and father one down is better; one up and one down is the same."""
    family = ["a", "a", "b", "b", "c", "d", "e", "f"]
    before = [1, 3, 2, 2, 4, 5, 2, 3]
    after = [3, 2, 3, 1, 5, 4, 3, 4]
    row = METHODS["net_better"](pairs_from(ladder, before, after, family), PLAN)

    assert row.n_families == 6
    assert row.estimate == pytest.approx((4 - 1) / 6)
    assert row.p_value == exact_sign_test(4, 1) == 0.375
    assert row.smallest_p == 2**2 / 2**6  # one family did not move
    assert (row.conf_low, row.conf_high) == tango_interval(4, 1, 6)
    assert row.standardised == ()


@pytest.mark.parametrize(
    ("higher_is", "estimate", "direction"),
    [("better", 1.0, "better"), ("worse", -1.0, "worse"), ("neither", 1.0, None)],
)
def test_better_follows_the_outcome(
    higher_is: str,
    estimate: float,
    direction: str | None,
    ladder: Outcome,
    pairs_from: Callable[..., Pairs],
) -> None:
    """More loneliness is worse, though the number went up."""
    outcome = replace(ladder, higher_is=higher_is)
    row = METHODS["net_better"](pairs_from(outcome, [1, 2, 3, 2, 1], [2, 3, 4, 3, 2]), PLAN)

    assert (row.estimate, row.direction) == (estimate, direction)


def test_no_mean_is_taken_of_steps(
    ladder: Outcome, outcome: Outcome, pairs_from: Callable[..., Pairs]
) -> None:
    """Each level has its methods, and the wrong one says why."""
    steps = pairs_from(ladder, [1, 2, 3, 2, 1], [2, 3, 4, 3, 1])
    points = pairs_from(outcome, [11, 12, 13, 12, 11], [12, 13, 14, 13, 11])

    for name in ("paired_t", "persons_t", "site_means_t", "sign_flip"):
        row = METHODS[name](steps, PLAN)
        assert row.refused
        assert row.reason == (
            "its steps are an order, not a distance, so no mean is taken of it"
        )
        assert row.reason_nl == (
            "de stappen zijn een volgorde en geen afstand; daarom geen gemiddelde"
        )
    for name in ("net_better", "sign_test"):
        assert METHODS[name](points, PLAN).reason == (
            "it has a mean; the share better minus the share worse is for ordinal outcomes"
        )


def test_the_transition_table_has_every_step(
    ladder: Outcome, pairs_from: Callable[..., Pairs]
) -> None:
    """Rows before, columns after, persons counted, empty steps kept."""
    table = transition_table(pairs_from(ladder, [1, 2, 2, 5], [1, 3, 3, 4]))

    assert list(table.index) == list(table.columns) == [1, 2, 3, 4, 5, 6]
    assert table.to_numpy().sum() == 4
    assert (table.loc[2, 3], table.loc[5, 4], table.loc[6, 6]) == (2, 1, 0)
    assert (table.index.name, table.columns.name) == ("before", "after")


def test_intervals_cover_a_simulated_truth() -> None:
    """60 % better, 20 % worse, 10 families: 95 % of Tango's intervals hold .40."""
    drawn = np.random.default_rng(1998).multinomial(10, [0.6, 0.2, 0.2], size=3000)
    limits = [tango_interval(int(b), int(w), 10) for b, w, _ in drawn]

    covered = np.mean([low <= 0.4 <= high for low, high in limits])
    assert 0.935 <= covered <= 0.975

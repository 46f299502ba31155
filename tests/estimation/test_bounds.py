"""What those who left could hide, and what one site carries."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pandas as pd
import pytest

from pilot.design.outcome import Outcome
from pilot.estimation import METHODS, Pairs, Plan, Refusal, complete_pairs, leave_one_site_out
from pilot.estimation.example import ladder_pairs

PLAN = Plan("paired_t")


def bounds(pairs: Pairs) -> tuple[float, float]:
    """Worst and best case."""
    worst, best = (METHODS[name](pairs, PLAN) for name in ("worst_case", "best_case"))
    assert (worst.conf_low, worst.p_value, worst.smallest_p) == (None, None, None)
    return worst.estimate, best.estimate


def test_those_who_left_go_to_the_ends_of_the_scale(
    scores: pd.DataFrame, outcome: Outcome
) -> None:
    """Family d had 25 on a scale of 10 to 40: worst it lost 15, best it won 15."""
    pairs = complete_pairs(scores, outcome, "m0", "m24")

    stayed = 4 + 1 + 3 + 3.5 + 3
    assert bounds(pairs) == ((stayed - 15) / 6, (stayed + 15) / 6)
    assert METHODS["worst_case"](pairs, PLAN).n_families == 6
    assert METHODS["worst_case"](pairs, PLAN).n_participants == 9


def test_worst_is_up_where_higher_is_worse(scores: pd.DataFrame, outcome: Outcome) -> None:
    """Of stress the worst end is the top."""
    stress = replace(outcome, higher_is="worse")
    worst, best = bounds(complete_pairs(scores, stress, "m0", "m24"))

    assert worst == (14.5 + 15) / 6
    assert best == (14.5 - 15) / 6


def test_who_never_answered_could_have_moved_the_whole_range(
    scores: pd.DataFrame, outcome: Outcome
) -> None:
    """Without a score before, 30 points either way; the family's members are averaged."""
    started = pd.DataFrame({"participant": ["p5", "q1", "q2"], "family": ["d", "x", "x"]})
    pairs = complete_pairs(scores, outcome, "m0", "m24", started=started)

    assert bounds(pairs) == ((14.5 - 15 - 30) / 7, (14.5 + 15 + 30) / 7)


def test_a_family_with_a_pair_keeps_its_change(scores: pd.DataFrame, outcome: Outcome) -> None:
    """The unit is the family: a father who left does not make it one that left."""
    without_father = scores.drop(
        scores.index[(scores["participant"] == "p1") & (scores["wave"] == "m24")]
    )
    pairs = complete_pairs(without_father, outcome, "m0", "m24")

    assert pairs.families["change"].to_dict()["a"] == 6
    assert METHODS["worst_case"](pairs, PLAN).estimate == (6 + 1 + 3 + 3.5 + 3 - 15) / 6


def test_the_bounds_hold_the_estimate_and_meet_it_when_nobody_left(
    scores: pd.DataFrame, outcome: Outcome
) -> None:
    """They are equal when nobody left."""
    stayed = scores[scores["participant"] != "p5"]
    pairs = complete_pairs(stayed, outcome, "m0", "m24")

    assert bounds(pairs) == (14.5 / 5, 14.5 / 5)


def test_a_family_at_the_top_of_a_ladder_cannot_rise() -> None:
    """Two left, one on the top step and one on the bottom: each can only move one way."""
    worst, best = bounds(ladder_pairs())

    assert worst == pytest.approx((5 - 1 - 1) / 10)
    assert best == pytest.approx((5 - 1 + 1) / 10)


def test_leaves_each_site_out_in_turn(scores: pd.DataFrame, outcome: Outcome) -> None:
    """A row a site, with the families that remain."""
    frame = leave_one_site_out(complete_pairs(scores, outcome, "m0", "m24"))

    assert frame.to_dict("list") == {
        "site_left_out": ["north", "south"],
        "estimate": [3.25, pytest.approx(8 / 3)],
        "n": [2, 3],
    }


def test_refuses_to_leave_out_the_only_site(scores: pd.DataFrame, outcome: Outcome) -> None:
    """Nothing would remain."""
    pairs = complete_pairs(scores.assign(site="north"), outcome, "m0", "m24")
    with pytest.raises(Refusal) as caught:
        leave_one_site_out(pairs)

    assert str(caught.value) == (
        "outcome 'gse_10_total', m24 - m0: all families are at one site, so no site can be "
        "left out\n  mend: give each family its site in the register"
    )


def test_refuses_families_without_a_site(
    outcome: Outcome, pairs_from: Callable[..., Pairs]
) -> None:
    """A mean over sites would leave them out in silence."""
    pairs = pairs_from(outcome, [20] * 6, range(21, 27), site=["a", "b", "c", "d", "d", None])
    with pytest.raises(Refusal) as caught:
        leave_one_site_out(pairs)

    reason = "1 of 6 participants have no site, so site means would leave them out"
    assert caught.value.cause == reason
    assert METHODS["site_means_t"](pairs, PLAN).reason == reason


def test_sites_need_four(outcome: Outcome, pairs_from: Callable[..., Pairs]) -> None:
    """With three the row is refused; with four t has 3 df and the smallest exact p is .125."""
    before, after = [20] * 8, [21, 23, 22, 26, 27, 21, 24, 22]
    three = pairs_from(outcome, before, after, site=list("aabbccac"))
    four = pairs_from(outcome, before, after, site=list("aabbccdd"))

    refused = METHODS["site_means_t"](three, PLAN)
    assert refused.refused
    assert refused.reason == (
        "3 sites with a pair; what holds for sites like these is estimated from 4"
    )
    assert (refused.estimate, refused.conf_low, refused.p_value) == (None, None, None)
    row = METHODS["site_means_t"](four, PLAN)
    assert (row.df, row.n_sites, row.smallest_p) == (3, 4, 0.125)
    assert row.estimate == pytest.approx((2 + 4 + 4 + 3) / 4)


def test_each_site_weighs_one(outcome: Outcome, pairs_from: Callable[..., Pairs]) -> None:
    """A large site does not carry the mean over sites like these."""
    site = ["big"] * 7 + ["b", "c", "d"]
    pairs = pairs_from(outcome, [20] * 10, [30] * 7 + [22, 23, 21], site=site)

    assert METHODS["site_means_t"](pairs, PLAN).estimate == (10 + 2 + 3 + 1) / 4
    assert METHODS["paired_t"](pairs, PLAN).estimate == (70 + 6) / 10

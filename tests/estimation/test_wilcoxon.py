"""Signed ranks after Pratt."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from pilot.design.outcome import Outcome
from pilot.errors import EstimationError
from pilot.estimation import METHODS, Pairs, Plan, exact_sign_test, wilcoxon_pratt
from pilot.estimation import wilcoxon as room

R = json.loads(
    (Path(__file__).parents[1] / "reference" / "ordinal.json").read_text(encoding="utf-8")
)
CASES = pytest.mark.parametrize("case", R["cases"], ids=lambda case: f"n={len(case['change'])}")


@CASES
def test_agrees_with_coin(case: dict[str, Any]) -> None:
    """Exact p and sum of ranks of wilcoxsign_test(zero.method = "Pratt"), to 1e-10."""
    ours = wilcoxon_pratt(case["change"])

    assert ours.p_value == pytest.approx(case["p_value"], abs=1e-10)
    assert ours.ranks_up == case["up"]
    if case["by_hand"]:
        assert ours.p_value == pytest.approx(case["by_hand"], abs=1e-12)


@CASES
def test_beyond_what_is_counted_it_is_coins_normal(
    case: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same statistic against a normal distribution, to 1e-10, and said so."""
    monkeypatch.setattr(room, "COUNTED", 0)
    ours = wilcoxon_pratt(case["change"])

    assert not ours.exact
    assert ours.p_value == pytest.approx(case["normal"], abs=1e-10)


def test_up_and_down_are_alike() -> None:
    """Turning every step around changes no p; equal steps make it the sign test."""
    steps = [0, 1, 1, 2, -1, 3, 0, 1]
    forth, back = wilcoxon_pratt(steps), wilcoxon_pratt([-step for step in steps])

    assert (forth.p_value, forth.ranks_up) == (back.p_value, back.ranks_down)
    assert wilcoxon_pratt([1, 1, 1, -1, 1, 0, 1]).p_value == exact_sign_test(5, 1)


def test_zeros_keep_their_rank() -> None:
    """Five zeros and -1 -2 3 4 5 have ranks 6 to 10: 13 or less in 7 of 32 patterns.

    Without the zeros the ranks are 1 to 5: 3 or less in 5 of 32.
    """
    some, none = wilcoxon_pratt([0] * 5 + [-1, -2, 3, 4, 5]), wilcoxon_pratt([-1, -2, 3, 4, 5])

    assert (some.ranks_down, some.ranks_up, some.n_same) == (13, 27, 5)
    assert (none.ranks_down, none.ranks_up, none.n_same) == (3, 12, 0)
    assert (some.p_value, none.p_value) == (14 / 32, 10 / 32)


@pytest.mark.parametrize(
    ("steps", "smallest"), [([1, 2, 3, 4, 5, 6], 2**-5), ([0, 0, 3], 1.0), ([0, 0], 1.0)]
)
def test_the_smallest_p_is_reached_when_all_move_one_way(
    steps: list[int], smallest: float
) -> None:
    """And is 1 where nobody, or one family only, moved."""
    result = wilcoxon_pratt(steps)

    assert result.p_value == result.smallest_p == smallest


def test_families_take_steps(ladder: Outcome, pairs_from: Callable[..., Pairs]) -> None:
    """In the registry: the net share with the p of the ranks, for ordinal outcomes only."""
    pairs = pairs_from(ladder, [1, 2, 2, 3, 4, 2], [3, 3, 2, 4, 3, 5])
    row = METHODS["signed_ranks"](pairs, Plan("net_better"))

    assert row.estimate == pytest.approx((4 - 1) / 6)
    assert row.p_value == wilcoxon_pratt([2, 1, 0, 1, -1, 3]).p_value
    assert (row.smallest_p, row.conf_low) == (2**-4, None)


@pytest.mark.parametrize(
    ("steps", "message"),
    [
        (
            [],
            "wilcoxon_pratt: 0 change; how sure the mean is can only be told from two changes "
            "on\n  mend: follow up more families",
        ),
        (
            [1.0, float("nan")],
            "wilcoxon_pratt: 1 of 2 values are missing or infinite\n"
            "  mend: leave out who has no score, and say how many",
        ),
    ],
)
def test_refusals(steps: list[float], message: str) -> None:
    """Each with place, cause and mend."""
    with pytest.raises(EstimationError) as caught:
        wilcoxon_pratt(steps)

    assert str(caught.value) == message


def test_it_keeps_its_level() -> None:
    """Of 4,000 pilots of 12 with symmetric steps, zeros and ties, at most 5 % reject."""
    drawn = np.random.default_rng(1959)
    steps = drawn.choice([-2, -1, 0, 1, 2], p=[0.1, 0.2, 0.4, 0.2, 0.1], size=(4000, 12))

    rejected = np.mean([wilcoxon_pratt(row).p_value <= 0.05 for row in steps])
    assert rejected <= 0.05 + 2 * np.sqrt(0.05 * 0.95 / 4000)

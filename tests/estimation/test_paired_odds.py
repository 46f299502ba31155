"""Better against worse among those that moved."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from pilot.design.outcome import Outcome
from pilot.errors import EstimationError
from pilot.estimation import Pairs, Refusal, odds_interval, paired_odds

R = json.loads(
    (Path(__file__).parents[1] / "reference" / "alternatives.json").read_text(encoding="utf-8")
)


@pytest.mark.parametrize(
    "case", R["odds"], ids=lambda case: f"{case['better']}:{case['worse']}"
)
@pytest.mark.parametrize("level", [0.95, 0.75])
def test_agrees_with_binom_test(case: dict[str, Any], level: float) -> None:
    """Clopper and Pearson's limits as odds, to 1e-10; R's infinite end is ours of None."""
    low, high = odds_interval(case["better"], case["worse"], level)

    expected = case[f"conf_{level:.0%}"[:-1]]
    ends = [low] if high is None else [low, high]
    assert ends == pytest.approx(expected if isinstance(expected, list) else [expected])


def test_agrees_with_a_published_interval() -> None:
    """Fagerland, Lydersen and Laake (2014), 1 against 7 of 21: exact 0.0032 to 1.11."""
    low, high = odds_interval(1, 7)

    assert low == pytest.approx(0.0032, abs=5e-5)
    assert high == pytest.approx(1.11, abs=5e-3)


def test_families_decide_and_both_ways_mirror(
    ladder: Outcome, pairs_from: Callable[..., Pairs]
) -> None:
    """Two parents are one family; where higher is worse, the odds turn over."""
    family = ["a", "a", "b", "c", "d", "e", "f"]
    before, after = [1, 2, 3, 2, 4, 1, 5], [3, 1, 4, 3, 5, 2, 4]
    up = paired_odds(pairs_from(ladder, before, after, family))
    down = paired_odds(pairs_from(replace(ladder, higher_is="worse"), before, after, family))

    assert (up.better, up.worse, up.same) == (5, 1, 0)
    assert (down.better, down.worse) == (1, 5)
    assert up.estimate == pytest.approx(1 / down.estimate)
    assert (up.conf_low, up.conf_high) == pytest.approx((1 / down.conf_high, 1 / down.conf_low))
    assert up.p_value == down.p_value == 0.21875
    assert up.words.nl == (
        "gezinnen een stap of meer vooruit: 5, achteruit: 1, op dezelfde stap: 0"
    )


def test_nobody_worse_has_no_end(ladder: Outcome, pairs_from: Callable[..., Pairs]) -> None:
    """Then the odds have a beginning only; where neither way is better, it says up and down."""
    told = paired_odds(
        pairs_from(replace(ladder, higher_is="neither"), [1, 2, 3, 4], [2, 3, 4, 4])
    )

    assert (told.estimate, told.conf_high) == (None, None)
    assert told.conf_low == pytest.approx(0.025 ** (1 / 3) / (1 - 0.025 ** (1 / 3)))
    assert told.words.en == ("participants a step or more up: 3, down: 0, on the same step: 1")


def test_refusals(ladder: Outcome, pairs_from: Callable[..., Pairs]) -> None:
    """Nobody moved, and counts that cannot be."""
    with pytest.raises(Refusal) as caught:
        paired_odds(pairs_from(ladder, [1, 2, 3], [1, 2, 3]))
    assert str(caught.value) == (
        "outcome 'ladder', m24 - m0: none of the 3 participants moved, so better and worse "
        "have no ratio\n  mend: show the steps they stand on"
    )
    with pytest.raises(EstimationError) as wrong:
        odds_interval(-1, 3)
    assert str(wrong.value) == (
        "odds_interval: -1 better and 3 worse\n"
        "  mend: give how many moved each way, one or more in all"
    )


@pytest.mark.parametrize("chance", [0.5, 0.7, 0.9])
def test_intervals_cover_a_simulated_truth(chance: float) -> None:
    """Whatever share moves, at least 95 % of 4,000 pilots of 14 hold the true odds."""
    drawn, covered = np.random.default_rng(1934), 0
    for moved, heads in zip(
        1 + drawn.binomial(13, 0.6, 4000), drawn.random((4000, 14)), strict=True
    ):
        better = int((heads[:moved] < chance).sum())
        low, high = odds_interval(better, int(moved) - better)
        covered += low <= chance / (1 - chance) and (
            high is None or chance / (1 - chance) <= high
        )

    assert covered / 4000 >= 0.95 - 2 * (0.05 * 0.95 / 4000) ** 0.5

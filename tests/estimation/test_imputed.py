"""Those who left, filled in many times from how they started."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd
import pytest

from pilot.design.outcome import Outcome
from pilot.estimation import METHODS, Pairs, Plan
from pilot.estimation.imputed import impute_changes

PLAN = Plan("paired_t")
BEFORE = np.array(
    [18, 31, 25, 28, 22, 27, 30, 24, 26, 21, 29, 23, 20, 32, 25, 27, 19, 28, 24, 26]
)
CHANGE = np.array([7.1, -1.3, 3, 2, 4, 1, 0, 5, 2, 6, 1, 3, 8, -2, 3, 4, 5, 0, 2, 3])


def with_leavers(pairs: Pairs, before: Sequence[float]) -> Pairs:
    """Return the pairs with so many more who left, known by their first score if at all."""
    names = [f"gone{i}" for i in range(len(before))]
    lost = pd.DataFrame(
        {
            "participant": names,
            "family": names,
            "site": None,
            "before": [float(score) for score in before],
            "after": math.nan,
        }
    )
    return Pairs(pairs.outcome, pairs.earlier, pairs.later, pairs.table, lost=lost)


def test_many_imputations_are_the_regression() -> None:
    """Its mean over 20,000 draws is that of stayers and fitted leavers, in closed form.

    Its variance is within + between, between being that of a predicted mean of four.
    """
    left = np.array([16.0, 18.0, 20.0, 22.0])
    pooled = impute_changes(BEFORE, CHANGE, left, imputations=20_000)

    slope, start = np.polyfit(BEFORE, CHANGE, 1)
    whole = np.concatenate([CHANGE, start + slope * left])
    assert pooled.estimate == pytest.approx(whole.mean(), abs=0.01)
    squares = ((CHANGE - start - slope * BEFORE) ** 2).sum()
    variance = squares / (18 - 2)  # the mean of RSS / chi2 with 18 df
    about = (left.mean() - BEFORE.mean()) ** 2 / ((BEFORE - BEFORE.mean()) ** 2).sum()
    between = variance * (4 / 24) ** 2 * (1 / 4 + 1 / 20 + about)
    assert pooled.missing_share * pooled.std_error**2 == pytest.approx(between, rel=0.04)


def test_who_started_low_moves_the_mean(
    outcome: Outcome, pairs_from: Callable[..., Pairs]
) -> None:
    """Low starters gained more; four low ones left: the mean over all is higher.

    The row counts everyone who started, and its interval is wider than one of 24 would be.
    """
    pairs = with_leavers(pairs_from(outcome, BEFORE, BEFORE + CHANGE), [16, 17, 18, 19])
    row, stayed = (METHODS[name](pairs, PLAN) for name in ("imputed_t", "paired_t"))

    assert row.estimate > stayed.estimate + 0.4
    assert (row.n_families, row.n_participants) == (24, 24)
    assert row.df < 23
    assert row.conf_low < row.conf_low_75 < row.estimate < row.conf_high_75 < row.conf_high
    assert 0 < row.p_value < 0.05


def test_nobody_left_is_the_paired_t(
    outcome: Outcome, pairs_from: Callable[..., Pairs]
) -> None:
    """With n - 1 df, not a shade fewer."""
    pairs = pairs_from(outcome, BEFORE, BEFORE + CHANGE)
    row, plain = (METHODS[name](pairs, PLAN) for name in ("imputed_t", "paired_t"))

    assert (row.estimate, row.conf_low, row.df) == (plain.estimate, plain.conf_low, plain.df)


def test_the_order_of_families_changes_no_digit(
    outcome: Outcome, pairs_from: Callable[..., Pairs]
) -> None:
    """Nothing is drawn by a pseudonym: turned round, the same numbers."""
    after = BEFORE + CHANGE
    forth = with_leavers(pairs_from(outcome, BEFORE, after), [16, math.nan, 19])
    back = with_leavers(pairs_from(outcome, BEFORE[::-1], after[::-1]), [19, 16, math.nan])
    rows = [METHODS["imputed_t"](pairs, PLAN) for pairs in (forth, back)]

    assert rows[0].to_record() == rows[1].to_record()


def test_rescaling_scales_the_change() -> None:
    """Seven times the scores, plus three: seven times the change."""
    left = np.array([16.0, math.nan])
    plain = impute_changes(BEFORE, CHANGE, left)
    scaled = impute_changes(7 * BEFORE + 3, 7 * CHANGE, 7 * left + 3)

    assert scaled.estimate == pytest.approx(7 * plain.estimate)
    assert scaled.df == pytest.approx(plain.df)


def test_equal_first_scores_leave_only_the_mean() -> None:
    """All started at 20: leavers are drawn about the stayers' mean."""
    pooled = impute_changes(np.full(20, 20.0), CHANGE, np.array([20.0, 20.0]), imputations=5000)

    assert pooled.estimate == pytest.approx(CHANGE.mean(), abs=0.02)


def test_refused_below_twenty(outcome: Outcome, pairs_from: Callable[..., Pairs]) -> None:
    """In both languages."""
    pairs = with_leavers(pairs_from(outcome, BEFORE[:19], (BEFORE + CHANGE)[:19]), [16.0])
    row = METHODS["imputed_t"](pairs, PLAN)

    assert row.refused
    assert row.reason == "19 participants with both waves; filling in who left is done from 20"
    assert row.reason_nl == (
        "19 deelnemers met beide metingen; wie afviel vullen we pas in vanaf 20"
    )


def test_intervals_cover_a_simulated_truth() -> None:
    """300 pilots of 30, where low starters gain more and leave more: 95 % hold the mean.

    Of the stayers alone fewer than 88 % do.
    """
    drawn = np.random.default_rng(2006)
    held, alone = 0, 0
    for _ in range(300):
        before = drawn.normal(size=30)
        change = 0.5 - 0.7 * before + drawn.normal(size=30) * 0.7
        gone = drawn.random(30) < 1 / (1 + np.exp(1 + 1.5 * before))
        seen = change[~gone]
        pooled = impute_changes(before[~gone], seen, before[gone])
        held += pooled.conf_low <= 0.5 <= pooled.conf_high
        half = 2.08 * seen.std(ddof=1) / math.sqrt(len(seen))
        alone += abs(seen.mean() - 0.5) <= half

    assert 0.92 <= held / 300 <= 0.98
    assert alone / 300 < 0.88

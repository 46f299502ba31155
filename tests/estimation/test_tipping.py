"""Who left: the tipping point, and stayers beside leavers."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from pilot.design.outcome import Outcome
from pilot.estimation import (
    METHODS,
    Pairs,
    Plan,
    Refusal,
    attrition_table,
    mean_t,
    tipping_point,
)
from pilot.results import Estimate

R = json.loads(
    (Path(__file__).parents[1] / "reference" / "missing.json").read_text(encoding="utf-8")
)
UP = [2.0, 4, 3, 5, 1, 3, 4, 2]


def with_leavers(pairs: Pairs, before: Sequence[float]) -> Pairs:
    """Return the pairs with so many more who left, known by their first score."""
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
    return replace_lost(pairs, lost)


def replace_lost(pairs: Pairs, lost: pd.DataFrame) -> Pairs:
    """Return the same pairs with other leavers."""
    return Pairs(pairs.outcome, pairs.earlier, pairs.later, pairs.table, lost=lost)


def planned(pairs: Pairs) -> Estimate:
    """Return the planned estimate."""
    name = "net_better" if pairs.outcome.level == "ordinal" else "paired_t"
    return METHODS[name](pairs, Plan(name))


def test_the_line_of_one_result(outcome: Outcome, pairs_from: Callable[..., Pairs]) -> None:
    """Eight stayed with +3, four left: at -5.3 the low limit, 1.91, is used up.

    delta = -1.9055 / (1/3) = -5.7166, so 3 - 5.7166 = -2.7.
    """
    pairs = with_leavers(pairs_from(outcome, [20.0] * 8, [20 + x for x in UP]), [20.0] * 4)
    tip = tipping_point(pairs, planned(pairs))

    low = mean_t(UP).conf_low
    assert tip.share_left == pytest.approx(1 / 3)
    assert tip.delta == pytest.approx(-3 * low)
    assert tip.change_of_leavers == pytest.approx(3 - 3 * low)
    assert tip.reachable
    assert tip.words.en == ("holds until those who left (33% of participants) changed by -2.7")
    assert tip.words.nl == (
        "houdt stand tot wie afviel (33% van de deelnemers) -2,7 veranderde"
    )


def test_at_the_tipping_point_the_interval_touches_zero(
    outcome: Outcome, pairs_from: Callable[..., Pairs]
) -> None:
    """estimate(delta) = stayers + share x delta: its low limit is 0 there, in both directions.

    Turning all scores round turns the leavers' change round.
    """
    scores = [20.0] * 8, [20 + x for x in UP]
    pairs = with_leavers(pairs_from(outcome, *scores), [20.0] * 4)
    tip, row = tipping_point(pairs, planned(pairs)), planned(pairs)
    assert tip.delta is not None
    assert row.conf_low + tip.share_left * tip.delta == pytest.approx(0)

    back = with_leavers(pairs_from(outcome, *scores[::-1]), [20.0] * 4)
    assert tipping_point(back, planned(back)).change_of_leavers == pytest.approx(
        -tip.change_of_leavers
    )


def test_a_result_without_direction_does_not_hold(
    outcome: Outcome, pairs_from: Callable[..., Pairs]
) -> None:
    """The interval of those who stayed already holds 0."""
    pairs = with_leavers(pairs_from(outcome, [20.0] * 6, [25, 15, 22, 19, 21, 20]), [20.0])
    tip = tipping_point(pairs, planned(pairs))

    assert (tip.delta, tip.reachable) == (None, False)
    assert tip.words.en == (
        "does not hold even without those who left: their scores could go either way"
    )
    assert tip.words.nl == ("houdt ook zonder wie afviel geen stand: de richting is al onzeker")


def test_nobody_left(outcome: Outcome, pairs_from: Callable[..., Pairs]) -> None:
    """Then there is nothing to tip."""
    pairs = pairs_from(outcome, [20.0] * 8, [20 + x for x in UP])
    tip = tipping_point(pairs, planned(pairs))

    assert (tip.share_left, tip.delta) == (0, None)
    assert tip.words.nl == "niemand viel af, dus verbergen vertrekkers hier niets"


def test_a_change_the_scale_has_no_room_for(
    outcome: Outcome, pairs_from: Callable[..., Pairs]
) -> None:
    """One of nine left at 12 on a scale from 10: -14.1 cannot be, only -2 can."""
    pairs = with_leavers(pairs_from(outcome, [20.0] * 8, [20 + x for x in UP]), [12.0])
    tip = tipping_point(pairs, planned(pairs))

    assert not tip.reachable
    assert tip.words.en == (
        "holds whatever those who left did (11% of participants): the scale has no room for "
        "the change of -14.1 it would take"
    )
    assert tip.words.nl == (
        "houdt stand hoe het wie afviel ook verging (11% van de deelnemers): voor de "
        "verandering van -14,1 die daarvoor nodig is, biedt de schaal geen ruimte"
    )


def test_shares_tip_too(ladder: Outcome, pairs_from: Callable[..., Pairs]) -> None:
    """Eight better of eight: Tango's low limit .4756, then 4 or 16 that left."""
    pairs = pairs_from(ladder, [1, 2, 3, 2, 1, 2, 3, 4], [2, 3, 4, 3, 2, 3, 4, 5])
    few, many = with_leavers(pairs, [3] * 4), with_leavers(pairs, [3] * 16)
    low = planned(pairs).conf_low

    tip = tipping_point(many, planned(many))
    assert tip.change_of_leavers == pytest.approx(1 - low * 24 / 16)
    assert tip.words.en == (
        "holds until, among those who left (67% of participants), the share better minus the "
        f"share worse was {1 - low * 1.5:+.0%}"
    )
    assert tipping_point(few, planned(few)).change_of_leavers == pytest.approx(1 - low * 3)
    one = with_leavers(pairs, [3])
    assert tipping_point(one, planned(one)).words.nl == (
        "houdt stand hoe het wie afviel ook verging (11% van de deelnemers): ook als zij "
        "allemaal de andere kant op gingen"
    )


def test_a_family_with_one_who_stayed_did_not_leave(
    outcome: Outcome, pairs_from: Callable[..., Pairs]
) -> None:
    """The father left, the mother stayed: the family's change is known."""
    pairs = pairs_from(outcome, [20.0] * 8, [20 + x for x in UP])
    father = with_leavers(pairs, [20.0]).lost.assign(family="p000")

    assert tipping_point(replace_lost(pairs, father), planned(pairs)).share_left == 0


def test_refuses_an_estimate_without_interval(
    outcome: Outcome, pairs_from: Callable[..., Pairs]
) -> None:
    """A refused row, or a bound."""
    pairs = pairs_from(outcome, [20.0, 21], [22.0, 25])
    with pytest.raises(Refusal) as caught:
        tipping_point(pairs, planned(pairs))

    assert str(caught.value) == (
        "outcome 'gse_10_total', m24 - m0: the estimate has no interval, so nothing says when "
        "its direction is certain\n  mend: read the worst case"
    )


@pytest.mark.parametrize("case", R["groups"], ids=lambda case: f"{len(case['left'])} left")
def test_leavers_agree_with_effectsize(
    case: dict[str, Any], outcome: Outcome, pairs_from: Callable[..., Pairs]
) -> None:
    """Cohen's d of two groups with its noncentral limits, to 1e-6."""
    left = case["left"]
    pairs = with_leavers(pairs_from(outcome, case["stayed"], case["stayed"]), left)
    row = attrition_table(pairs).iloc[0]

    assert (row["n_stayed"], row["n_left"]) == (len(case["stayed"]), len(left))
    ours = [row["d"], row["d_low"], row["d_high"]]
    assert ours == pytest.approx(case["d"], rel=1e-6, abs=1e-6)  # as sharp as R searched
    assert row["mean_left"] - row["mean_stayed"] == pytest.approx(row["difference"])


def test_one_leaver_has_no_spread_of_their_own(
    outcome: Outcome, pairs_from: Callable[..., Pairs]
) -> None:
    """Then the SD is that of those who stayed."""
    row = attrition_table(with_leavers(pairs_from(outcome, [20, 24, 28], [1, 2, 3]), [20]))

    assert row["d"][0] == pytest.approx((20 - 24) / 4)
    assert row["d_low"][0] < -1 < row["d_high"][0]


def test_one_row_an_outcome_and_medians_for_steps(
    outcome: Outcome, ladder: Outcome, pairs_from: Callable[..., Pairs]
) -> None:
    """An ordinal outcome has no mean; who left without a first score is counted apart."""
    points = with_leavers(pairs_from(outcome, [20, 24, 28], [21, 25, 27]), [18, 22, math.nan])
    steps = with_leavers(pairs_from(ladder, [1, 2, 4], [2, 2, 4]), [1, 3])
    table = attrition_table([points, steps])

    assert list(table["outcome"]) == [outcome.key, ladder.key]
    assert list(table["n_left_unknown"]) == [1, 0]
    assert table["difference"].tolist()[0] == -4
    assert math.isnan(table["mean_left"][1])
    assert (table["median_stayed"][1], table["median_left"][1]) == (2, 2)


def test_nobody_to_compare(outcome: Outcome, pairs_from: Callable[..., Pairs]) -> None:
    """Nobody left: empty numbers, no error."""
    row = attrition_table(pairs_from(outcome, [20, 24], [21, 25])).iloc[0]

    assert row["n_left"] == 0
    assert math.isnan(row["d"])
    assert math.isnan(row["mean_left"])

"""Then-tests: both changes side by side, and never a choice between them."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from pilot.design import ThenTest
from pilot.design.outcome import Outcome
from pilot.errors import EstimationError
from pilot.estimation import MeanT, Refusal, response_shift, shift_of

R = json.loads(
    (Path(__file__).parents[1] / "reference" / "alternatives.json").read_text(encoding="utf-8")
)
PARTS = ("as_asked", "by_then_test", "shift")
PRE, THEN, POST = (
    [20.0, 24, 22, 30, 27, 25],
    [17.0, 23, 18, 26, 26, 20],
    [25.0, 25, 28, 31, 29, 27],
)


def numbers(mean: MeanT) -> list[float]:
    """Return what t.test prints."""
    return [mean.estimate, mean.conf_low, mean.conf_high, mean.p_value]


@pytest.mark.parametrize("case", R["then"], ids=lambda case: f"{len(case['pre'])} people")
def test_agrees_with_r(case: dict[str, Any]) -> None:
    """All three means, intervals and p are t.test's over families' means, to 1e-10."""
    told = response_shift(case["pre"], case["then"], case["post"], family=case["family"])

    for part in PARTS:
        assert numbers(getattr(told, part)) == pytest.approx(case[part], rel=1e-10, abs=1e-10)


def test_the_shift_is_what_lies_between_the_two_changes() -> None:
    """As asked = by the then-test + shift, and doubling the scores doubles all three."""
    told = response_shift(PRE, THEN, POST)
    twice = response_shift(*(2 * np.array(scores) for scores in (PRE, THEN, POST)))

    asked, by_then, shift = (getattr(told, part).estimate for part in PARTS)
    assert asked == pytest.approx(by_then + shift)
    for part in PARTS:
        doubled, plain = getattr(twice, part), getattr(told, part)
        assert doubled.conf_low == pytest.approx(2 * plain.conf_low)
        assert doubled.p_value == pytest.approx(plain.p_value)


def test_one_member_a_family_is_no_family_and_order_changes_no_digit() -> None:
    """Names of families and the order of people are not numbers."""
    plain = response_shift(PRE, THEN, POST)
    alone = response_shift(PRE, THEN, POST, family=list("fedcba"))
    back = response_shift(PRE[::-1], THEN[::-1], POST[::-1])

    assert [getattr(alone, part) for part in PARTS] == [getattr(plain, p) for p in PARTS]
    assert [getattr(back, part) for part in PARTS] == [getattr(plain, p) for p in PARTS]


def test_both_changes_are_told_with_the_warning_about_memory() -> None:
    """A shift whose interval leaves 0 out is told with its direction; no change is chosen."""
    words = response_shift(PRE, THEN, POST).words

    assert words.en == (
        "the change is +2.8 as asked before and after, and +5.8 by what they say of the start "
        "now; looking back, they place the start lower than they did then. A then-test "
        "measures memory too, and the wish to have gained: the two stand side by side, and "
        "neither replaces the other"
    )
    assert words.nl == (
        "de verandering is +2,8 zoals vooraf en achteraf gevraagd, en +5,8 volgens wat zij nu "
        "van het begin zeggen; terugkijkend leggen zij het begin lager dan toen. Een then-test "
        "meet ook het geheugen, en de wens om vooruit te zijn gegaan: de twee staan naast "
        "elkaar en vervangen elkaar niet"
    )
    higher = response_shift(THEN, PRE, POST).words
    assert "looking back, they place the start higher than they did then" in higher.en
    unsure = response_shift(PRE, [25, 19, 22, 31, 20, 30], POST).words
    assert "cannot be told from so few" in unsure.en


def test_who_lacks_one_of_the_three_is_counted() -> None:
    """A missing then-test takes out its person, not the family's other member."""
    family = ["a", "a", "b", "c", "d", "e"]
    told = response_shift(PRE, [math.nan, *THEN[1:]], POST, family=family)

    assert (told.n, told.n_people, told.n_left_out) == (5, 5, 1)
    assert told.as_asked.estimate == np.subtract(POST, PRE)[1:].mean()


@pytest.mark.parametrize(
    ("then", "message"),
    [
        (
            [math.nan] * 6,
            "response_shift: nobody was asked afterwards how the start was, so no shift can be "
            "told\n  mend: read the change as asked by itself",
        ),
        (
            [math.nan, math.nan, *THEN[2:]],
            "response_shift: 4 participants with a start, an end and a then-test; the three "
            "are compared from 5\n  mend: show the three scores of each one to the team",
        ),
        (
            PRE,
            "response_shift, then - pre: all 6 changes are 0; without spread nothing tells how "
            "sure the mean is\n  mend: show the changes one by one",
        ),
    ],
)
def test_refusals(then: list[float], message: str) -> None:
    """Without a then-test, from fewer than five, and where nobody moved the start."""
    with pytest.raises(Refusal) as caught:
        response_shift(PRE, then, POST)

    assert str(caught.value) == message
    assert caught.value.reason_nl


def test_refuses_what_is_no_trio() -> None:
    """Three columns of the same people, finite, with a family for each."""
    with pytest.raises(EstimationError) as caught:
        response_shift(PRE, THEN[1:], POST)
    assert str(caught.value) == (
        "response_shift: 6 scores before, 5 then-tests and 6 after\n"
        "  mend: give all three of the same people in one order, NaN where one is lacking"
    )
    with pytest.raises(EstimationError, match="1 scores are infinite"):
        response_shift(PRE, [math.inf, *THEN[1:]], POST)
    with pytest.raises(EstimationError, match="2 families for 6 people"):
        response_shift(PRE, THEN, POST, family=["a", "b"])


def frame(then_column: str = "gse_10_then_total") -> pd.DataFrame:
    """Return the six people at two waves; a child and a coach besides."""
    people = [f"p{i}" for i in range(6)]
    at = {"m0": (PRE, [math.nan] * 6), "m24": (POST, THEN)}
    waves = [
        pd.DataFrame(
            {
                "participant": people,
                "family": ["a", "a", None, "c", "d", "e"],
                "role": "parent",
                "wave": wave,
                "gse_10_total": scores,
                then_column: back,
            }
        )
        for wave, (scores, back) in at.items()
    ]
    child = waves[1].iloc[:1].assign(role="child", participant="k1", gse_10_total=10.0)
    return pd.concat([*waves, child], ignore_index=True)


def test_a_study_is_paired_person_by_person(outcome: Outcome) -> None:
    """From a table of scores: the role's own people, families averaged, in any row order."""
    then = ThenTest("gse_10_total", "gse_10_then_total", "parent", "m0", "m24")
    scores = frame()
    told = shift_of(scores, outcome, then)

    by_hand = response_shift(PRE, THEN, POST, family=["a", "a", "b", "c", "d", "e"])
    assert [getattr(told, part) for part in PARTS] == [getattr(by_hand, p) for p in PARTS]
    assert (told.n, told.n_people, told.n_left_out) == (5, 6, 0)
    assert shift_of(scores.iloc[::-1], outcome, then).shift == told.shift


def test_a_study_without_a_then_test_says_so(outcome: Outcome, ladder: Outcome) -> None:
    """The column is absent, or the steps have no mean."""
    then = ThenTest("gse_10_total", "gse_10_then_total", "parent", "m0", "m24")
    with pytest.raises(Refusal) as caught:
        shift_of(frame("else"), outcome, then)
    assert str(caught.value) == (
        "outcome 'gse_10_total': nobody was asked afterwards how the start was, so no shift "
        "can be told\n  mend: read the change as asked"
    )
    with pytest.raises(Refusal, match="its steps are an order"):
        shift_of(frame(), replace(ladder, key="gse_10_total"), then)


def test_intervals_cover_a_simulated_shift() -> None:
    """Of 2,000 pilots of 8 families of two, 93.5-96.5 % hold the true shift of -2."""
    drawn, covered = np.random.default_rng(1979), 0
    family = np.repeat(np.arange(8), 2)
    for _ in range(2000):
        pre = drawn.normal(25, 5, 16)
        then = pre - 2 + np.repeat(drawn.normal(size=8), 2) + drawn.normal(size=16)
        told = response_shift(pre, then, pre + drawn.normal(2, 3, 16), family=family)
        covered += told.shift.conf_low <= -2 <= told.shift.conf_high

    assert 0.935 <= covered / 2000 <= 0.965

"""T of goals that were set beforehand."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

from pilot.errors import EstimationError
from pilot.estimation import Refusal, goal_attainment, goal_attainment_t
from pilot.scoring import score

START = pd.Timestamp(2025, 2, 3)
BEFORE, AFTER = pd.Timestamp(2025, 1, 13), pd.Timestamp(2025, 6, 2)


def goals(levels: dict[str, list[float]]) -> pd.DataFrame:
    """Return one row a goal, all written before the start."""
    rows = [
        {"participant": who, "goal": number, "level": level}
        for who, reached in levels.items()
        for number, level in enumerate(reached, start=1)
    ]
    return pd.DataFrame(rows).assign(written=BEFORE, started=START)


REACHED = {"a": [1.0, 1, 1], "b": [0.0, 1], "c": [-1.0], "d": [2.0, 0], "e": [1.0]}


@pytest.mark.parametrize(
    ("levels", "expected"), [([1], 60.00), ([1, 1, 1], 63.69), ([-1, -1, -1], 36.31)]
)
def test_agrees_with_the_erratum(levels: list[int], expected: float) -> None:
    """Kiresuk and Sherman's formula with rho .30, as the erratum of 2009 has it."""
    assert goal_attainment_t(levels) == pytest.approx(expected, abs=5e-3)


def test_weights_by_hand() -> None:
    """W = 9, 4, 1 and x = 1, 0, -1: 50 + 80 / sqrt(.7 x 98 + .3 x 196); only ratios count."""
    t = goal_attainment_t([1, 0, -1], [9, 4, 1])

    assert t == pytest.approx(50 + 80 / math.sqrt(0.7 * 98 + 0.3 * 196))
    assert goal_attainment_t([1, 0, -1], [18, 8, 2]) == pytest.approx(t)


def test_mirrors_and_agrees_with_scoring() -> None:
    """Reached and missed lie equally far from 50; the printed form scores the same T."""
    drawn = np.random.default_rng(1968)
    for _ in range(20):
        levels, weights = drawn.integers(-2, 3, 3), drawn.integers(1, 10, 3)
        t = goal_attainment_t(levels, weights)
        assert goal_attainment_t(-levels, weights) == pytest.approx(100 - t)

        named = {f"gas_{i + 1:02d}": [int(level)] for i, level in enumerate(levels)}
        heavy = {f"gas_{i + 1:02d}_weight": [int(w)] for i, w in enumerate(weights)}
        scored = score(pd.DataFrame(named | heavy), "gas")["gas_total"].iloc[0]
        assert t == pytest.approx(scored)


def test_the_mean_is_students_over_families() -> None:
    """Five people: T 63.69, 56.20, 40, 62.40, 60; mean 56.46, t with 4 df."""
    told = goal_attainment(goals(REACHED))
    each = [goal_attainment_t(levels) for levels in REACHED.values()]

    assert told.scores["t"].tolist() == each
    assert told.scores["goals"].tolist() == [3, 2, 1, 2, 1]
    assert told.mean.estimate == pytest.approx(np.mean(each))
    half = 2.7764451051977987 * np.std(each, ddof=1) / math.sqrt(5)
    assert told.mean.conf_high == pytest.approx(np.mean(each) + half)
    assert told.words.en == (
        "the goals that 5 participants had set before the start were reached at T = 56.5 "
        "[44.5, 68.4] on average, where 50 is as expected; T says how well expectations were "
        "met, and is not compared between people"
    )
    assert told.words.nl == (
        "de doelen die 5 deelnemers voor de start stelden, zijn gemiddeld bereikt op T = 56,5 "
        "[44,5; 68,4], waarbij 50 is zoals verwacht; T zegt hoe goed de verwachting uitkwam en "
        "is niet bedoeld om mensen te vergelijken"
    )


def test_a_goal_changed_halfway_is_a_new_goal() -> None:
    """The old one keeps the level at which it was left; the new one is counted apart."""
    plain = goals(REACHED)
    changed = plain.iloc[[8]].assign(written=AFTER, level=2.0)
    told = goal_attainment(pd.concat([plain, changed], ignore_index=True))

    assert told.new_goals == 1
    assert told.mean == goal_attainment(plain).mean


def test_who_has_a_goal_that_was_never_rated_is_left_out() -> None:
    """It may be the goal that failed: T of the others would be too good."""
    levels = REACHED | {"f": [2.0, math.nan]}
    told = goal_attainment(goals(levels))

    assert (told.unrated, told.left_out, told.n) == (1, 1, 5)
    assert "f" not in set(told.scores["participant"])


def test_a_family_weighs_once_and_weights_count() -> None:
    """Two parents of one family are averaged; columns of weights are used."""
    levels = REACHED | {"f": [2.0]}
    family = {"a": "x", "b": "x", "c": "y", "d": "z", "e": "v", "f": "w"}
    table = goals(levels)
    told = goal_attainment(table.assign(family=table["participant"].map(family), weight=2.0))

    of_x = np.mean([goal_attainment_t(levels[who]) for who in "ab"])
    others = [goal_attainment_t(levels[who]) for who in "cdef"]
    assert told.n == 5
    assert told.mean.estimate == pytest.approx(np.mean([of_x, *others]))
    assert told.words.en.startswith("the goals that 5 families had set")


def test_refuses_levels_written_to_fit() -> None:
    """All levels were written after the start."""
    with pytest.raises(Refusal) as caught:
        goal_attainment(goals(REACHED).assign(written=START + pd.Timedelta(days=1)))

    assert str(caught.value) == (
        "goal_attainment: no goal has levels that were written before the start, so any of "
        "them may have been written to fit what happened\n  mend: tell the goals as stories"
    )
    unknown = goals(REACHED).assign(written=pd.NaT)
    with pytest.raises(Refusal, match="no goal has levels that were written before"):
        goal_attainment(unknown)


def test_the_day_of_the_start_is_before_it() -> None:
    """Levels written in the first talk are those of goals set beforehand."""
    early, same_day = goals(REACHED), goals(REACHED).assign(written=START)

    assert goal_attainment(same_day).mean == goal_attainment(early).mean


def test_people_with_an_unrated_goal_are_those_only() -> None:
    """Somebody all of whose goals are new is left out too, for another reason."""
    told = goals(REACHED)
    unrated = told["participant"].eq("a") & told["goal"].eq(told["goal"].iloc[0])
    told.loc[unrated, "level"] = math.nan
    late = told[told["participant"] == "b"].assign(participant="z", written=AFTER)
    more = [
        told[told["participant"] == "b"].assign(participant=name, family=name) for name in "xy"
    ]
    found = goal_attainment(pd.concat([told, late, *more], ignore_index=True))

    assert (found.with_unrated, found.left_out) == (1, 2)


def test_refuses_fewer_than_five() -> None:
    """Four people: counts, no mean."""
    with pytest.raises(Refusal) as caught:
        goal_attainment(goals(REACHED).query("participant != 'e'"))

    assert str(caught.value) == (
        "goal_attainment: 4 participants with goals set before the start and rated; a mean T "
        "is given from 5\n  mend: give how many goals were reached, as counts"
    )


@pytest.mark.parametrize(
    ("levels", "weights", "rho", "cause"),
    [
        ([], None, 0.3, "there is no goal"),
        ([1, 3], None, 0.3, "a level lies outside -2 to 2"),
        ([1, math.nan], None, 0.3, "a level lies outside -2 to 2"),
        ([1, 1], [1], 0.3, "1 weights for 2 goals"),
        ([1, 1], [1, 0], 0.3, "a weight is not above 0"),
        ([1], None, 1.0, "rho is 1"),
    ],
)
def test_refuses_what_is_no_goal(
    levels: list[float], weights: list[float] | None, rho: float, cause: str
) -> None:
    """Each fault is named."""
    with pytest.raises(EstimationError) as caught:
        goal_attainment_t(levels, weights, rho=rho)

    assert str(caught.value) == (
        f"goal_attainment_t: {cause}\n"
        "  mend: give a level from -2 to 2 and a weight above 0 for each goal"
    )


def test_refuses_a_table_without_days_or_with_a_goal_twice() -> None:
    """The day its levels were written is what a T rests on."""
    with pytest.raises(EstimationError, match="has no column 'written'"):
        goal_attainment(goals(REACHED).drop(columns="written"))
    plain = goals(REACHED)
    twice = pd.concat([plain, plain.iloc[[0]]], ignore_index=True)
    with pytest.raises(EstimationError) as caught:
        goal_attainment(twice)
    assert str(caught.value) == (
        "goals: goal 1 of a was written twice before the start\n"
        "  mend: keep the levels that stood when the person started"
    )


def test_goals_met_as_expected_have_a_mean_of_50_and_an_sd_of_10() -> None:
    """Normal attainment with goals that correlate .3: T is 50 (10), whatever their number."""
    drawn = np.random.default_rng(1994)
    for number in (1, 3):
        shared = drawn.normal(size=(20_000, 1)) * math.sqrt(0.3)
        own = drawn.normal(size=(20_000, number)) * math.sqrt(0.7)
        reached = np.clip(shared + own, -2, 2)
        spread = math.sqrt(0.7 * number + 0.3 * number**2)
        t = 50 + 10 * (shared + own).sum(axis=1) / spread
        ours = [goal_attainment_t(levels) for levels in reached[:4000]]

        assert t.std() == pytest.approx(10, abs=0.15)
        assert np.mean(ours) == pytest.approx(50, abs=0.5)
        assert np.std(ours) == pytest.approx(9.6, abs=0.4)  # the ends are cut off at -2 and 2

"""T of a person's own goals, with and without weights."""

import numpy as np
import pandas as pd
import pytest

from pilot.errors import ScoringError
from pilot.scoring import score

GOALS = ["gas_01", "gas_02", "gas_03"]
WEIGHTS = ["gas_01_weight", "gas_02_weight", "gas_03_weight"]


def goals(*rows: list[float | None]) -> pd.DataFrame:
    """Return one row a person, one column a goal."""
    return pd.DataFrame(rows, columns=GOALS, dtype="Float64")


# Worked from the erratum's formula with rho = .30: 50 + 30 / sqrt(4.8) = 63.69.
@pytest.mark.parametrize(
    ("reached", "expected"),
    [
        ([1, None, None], 60.00),
        ([1, 1, 1], 63.69),
        ([-1, -1, -1], 36.31),
        ([0, 0, None], 50.00),
    ],
)
def test_agrees_with_the_erratum(reached: list[float | None], expected: float) -> None:
    """One goal reached is 60; three are 63.69; as expected is 50."""
    assert score(goals(reached), "gas")["gas_total"][0] == pytest.approx(expected, abs=5e-3)


def test_nobody_without_a_goal_scores() -> None:
    """A person without a rated goal has no T, rather than 50."""
    assert np.isnan(score(goals([None, None, None]), "gas")["gas_total"][0])


def test_weights_by_hand() -> None:
    """W = 9, 4, 1 and x = 1, 0, -1: 50 + 80 / sqrt(.7 * 98 + .3 * 196)."""
    answers = goals([1, 0, -1]).assign(**dict(zip(WEIGHTS, [9, 4, 1], strict=True)))

    expected = 50 + 80 / (0.7 * 98 + 0.3 * 196) ** 0.5
    assert score(answers, "gas")["gas_total"][0] == pytest.approx(expected, abs=1e-12)


def test_only_the_ratio_of_weights_matters() -> None:
    """Doubling every weight leaves T where it was; equal weights equal none."""
    answers = goals([2, -1, 1], [0, 1, None])
    one = answers.assign(**dict(zip(WEIGHTS, [3, 2, 1], strict=True)))
    two = answers.assign(**dict(zip(WEIGHTS, [6, 4, 2], strict=True)))
    equal = answers.assign(**dict.fromkeys(WEIGHTS, 2))

    pd.testing.assert_frame_equal(score(one, "gas"), score(two, "gas"))
    pd.testing.assert_frame_equal(score(equal, "gas"), score(answers, "gas"))


def test_a_goal_not_set_needs_no_weight() -> None:
    """Its weight may be empty, or anything at all: it is not counted."""
    empty = goals([1, None, None]).assign(**dict(zip(WEIGHTS, [3, None, None], strict=True)))
    filled = goals([1, None, None]).assign(**dict(zip(WEIGHTS, [3, 9, 0], strict=True)))

    assert score(empty, "gas")["gas_total"].tolist() == [60]
    assert score(filled, "gas")["gas_total"].tolist() == [60]


def test_refuses_a_weight_of_nothing() -> None:
    """A rated goal that weighs 0, or nothing, would drop out unseen."""
    answers = goals([1, 1, 1]).assign(**dict(zip(WEIGHTS, [3, 0, 1], strict=True)))

    with pytest.raises(ScoringError) as refused:
        score(answers, "gas")

    assert str(refused.value) == (
        "column 'gas_02_weight', row 0: weight 0 of a rated goal is not a number above 0\n"
        "  mend: give each rated goal a weight above 0, or drop all weights: each goal is 1"
    )


def test_refuses_half_a_set_of_weights() -> None:
    """A column of weights for one goal only is a forgotten column."""
    with pytest.raises(ScoringError) as refused:
        score(goals([1, 1, 1]).assign(gas_01_weight=3), "gas")

    assert str(refused.value) == (
        "column 'gas_02_weight': is not there, but 'gas_01_weight' is: "
        "some goals would weigh 1 by default\n"
        "  mend: give every goal its column of weights, or drop them all: each goal is 1"
    )

"""One reader of formulas: what it makes of rows, and whose error tells what it cannot read."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from formulaic import model_matrix

from pilot.errors import CallError, EstimationError, PilotError
from pilot.estimation.clusters import cluster_robust
from pilot.estimation.formula import Formula
from pilot.estimation.mixed import mixed_model

DICE = np.random.default_rng(4)
ROWS = pd.DataFrame(
    {
        "site": np.repeat(list("abcdef"), 4),
        "wave": ["t0", "t1", "t2", "t3"] * 6,
        "age": DICE.integers(20, 60, 24),
        "score": DICE.normal(20, 3, 24),
    }
)


@pytest.mark.parametrize(
    "right",
    ["wave", "age", "wave + age", "wave * age", "C(age > 40)", "center(age)", "0 + wave"],
)
def test_two_analyses_read_a_formula_alike(right: str) -> None:
    """Least squares by cluster and the mixed model have the columns that formulaic makes."""
    text = f"score ~ {right}"
    names, design = Formula(text, CallError).design(ROWS)
    expected = model_matrix(right, ROWS)

    assert list(names) == expected.columns.tolist()
    assert design.tolist() == expected.to_numpy(dtype=float).tolist()
    assert cluster_robust(text, ROWS, cluster="site").terms == names
    assert mixed_model(text, ROWS, groups="site").terms == names


def test_the_left_side_may_be_worked_out() -> None:
    """A transformed outcome is one number a row; words are no outcome."""
    assert Formula("np.log(score) ~ 1", CallError).outcome(ROWS).tolist() == pytest.approx(
        np.log(ROWS["score"]).tolist()
    )
    with pytest.raises(CallError) as told:
        Formula("wave ~ age", CallError).outcome(ROWS)
    assert str(told.value) == (
        "formula 'wave ~ age': the outcome 'wave' is not a number\n"
        "  mend: score the answers first, so that the outcome is a number"
    )


@pytest.mark.parametrize("error", [CallError, EstimationError])
@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ("score", "has no outcome"),
        ("score ~ wave ~ age", "has no outcome"),
        ("score ~ age | site", "holds '|', which joins no terms"),
        ("score + age ~ wave", "has no single outcome"),
    ],
)
def test_whoever_asks_says_what_cannot_be_read(
    text: str, cause: str, error: type[PilotError]
) -> None:
    """The place, the cause and the mend are one; the kind of error is the caller's."""
    with pytest.raises(error) as told:
        Formula(text, error).columns(ROWS.columns)
    assert str(told.value) == f"formula {text!r}: {cause}\n  mend: write 'score ~ wave'"

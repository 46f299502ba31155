"""Pooling over imputations."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from pilot.errors import EstimationError
from pilot.estimation import pool_imputations

R = json.loads(
    (Path(__file__).parents[1] / "reference" / "missing.json").read_text(encoding="utf-8")
)
CASES = pytest.mark.parametrize("case", R["pooled"], ids=range(len(R["pooled"])))


def of(case: dict[str, Any]) -> Any:
    """Pool a case; no complete_df in the reference stands for an infinite one."""
    df = case["complete_df"]
    return pool_imputations(
        case["estimates"], case["std_errors"], math.inf if df is None or df == {} else df
    )


@CASES
def test_agrees_with_pool_scalar(case: dict[str, Any]) -> None:
    """Estimate, s.e., df and interval are those of mice::pool.scalar, to 1e-10."""
    ours = of(case)

    numbers = [ours.estimate, ours.std_error, ours.df, ours.conf_low, ours.conf_high]
    assert numbers == pytest.approx(case["pooled"], rel=1e-10)


@CASES
def test_rescaling_and_order_change_nothing_but_the_unit(case: dict[str, Any]) -> None:
    """Seven times the estimates and errors, in another order: the same df."""
    plain = of(case)
    scaled = of(
        case | {name: [7 * x for x in case[name][::-1]] for name in ("estimates", "std_errors")}
    )

    assert scaled.df == pytest.approx(plain.df, rel=1e-9)
    assert scaled.estimate == pytest.approx(7 * plain.estimate)
    assert scaled.conf_low == pytest.approx(7 * plain.conf_low)


@pytest.mark.parametrize("complete_df", [4, 19, 200])
def test_df_never_exceed_those_of_complete_data(complete_df: int) -> None:
    """Rubin's own would: with little missing they run to thousands."""
    pooled = pool_imputations([2.0, 2.01, 1.99], [0.5, 0.5, 0.5], complete_df)

    assert pooled.df < complete_df
    rubin = pool_imputations([2.0, 2.01, 1.99], [0.5, 0.5, 0.5], math.inf)
    assert rubin.df > 1000


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            ([1.0], [0.5], 19),
            "pool_imputations: 1 estimates and 1 standard errors\n"
            "  mend: give both of each completed data set, from two on",
        ),
        (
            ([1.0, 2.0], [0.5], 19),
            "pool_imputations: 2 estimates and 1 standard errors\n"
            "  mend: give both of each completed data set, from two on",
        ),
        (
            ([1.0, math.nan], [0.5, 0.5], 19),
            "pool_imputations: an estimate is missing or infinite, or a standard error is not "
            "above 0\n  mend: find the data set whose model failed",
        ),
        (
            ([1.0, 2.0], [0.5, 0.0], 19),
            "pool_imputations: an estimate is missing or infinite, or a standard error is not "
            "above 0\n  mend: find the data set whose model failed",
        ),
        (
            ([1.0, 2.0], [0.5, 0.5], 0),
            "pool_imputations, complete_df: is 0\n"
            "  mend: give the degrees of freedom of the complete data, e.g. families - 1",
        ),
    ],
)
def test_refusals(call: tuple[Any, ...], message: str) -> None:
    """Each with place, cause and mend."""
    with pytest.raises(EstimationError) as caught:
        pool_imputations(*call)

    assert str(caught.value) == message


def test_intervals_cover_a_simulated_truth() -> None:
    """24 changes, a quarter missing at random, 10 proper imputations: 95 % hold the mean."""
    drawn = np.random.default_rng(1999)
    covered, n, seen, m = 0, 24, 18, 10
    for _ in range(800):
        values = drawn.normal(1.0, 2.0, size=seen)
        spread = values.std(ddof=1) * np.sqrt((seen - 1) / drawn.chisquare(seen - 1, size=m))
        centre = values.mean() + spread / np.sqrt(seen) * drawn.normal(size=m)
        filled = centre[:, None] + spread[:, None] * drawn.normal(size=(m, n - seen))
        whole = np.concatenate([np.tile(values, (m, 1)), filled], axis=1)
        pooled = pool_imputations(
            whole.mean(axis=1), whole.std(axis=1, ddof=1) / np.sqrt(n), n - 1
        )
        covered += pooled.conf_low <= 1.0 <= pooled.conf_high

    assert 0.935 <= covered / 800 <= 0.975

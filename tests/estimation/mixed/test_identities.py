"""What must not matter does not, and what must follow follows."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_allclose
from scipy import stats

from pilot.estimation.mixed import MixedFit, covariance, mixed_model, wide

Pilot = Callable[..., pd.DataFrame]
FULL = ["family", "family:wave", "participant"]
LINE = ["months | family", "family:wave", "participant"]
NUMBERS = ["estimate", "std_error", "df"]


def numbers(fit: MixedFit, df: str = "kenward-roger") -> np.ndarray:
    """Return estimates, errors and df of a fit."""
    return fit.coefficients(df=df)[NUMBERS].to_numpy()


def test_swapping_the_waves_swaps_the_sign(pilot: Pilot) -> None:
    """Change is after minus before, and only the sign tells them apart."""
    data = pilot()
    swapped = data.assign(wave=data.wave.map({"t0": "t1", "t1": "t0"}))
    forth = mixed_model("score ~ wave", data, groups=FULL).coefficients().iloc[1]
    back = mixed_model("score ~ wave", swapped, groups=FULL).coefficients().iloc[1]

    assert back.estimate == pytest.approx(-forth.estimate, rel=1e-6)
    assert (back.std_error, back.df) == pytest.approx((forth.std_error, forth.df), rel=1e-6)
    assert (back.conf_low, back.conf_high) == pytest.approx(
        (-forth.conf_high, -forth.conf_low), rel=1e-6
    )


@pytest.mark.parametrize("factor", [1e-6, 0.1, 7.0, 1e6])
def test_rescaling_the_scores_rescales_the_estimates(pilot: Pilot, factor: float) -> None:
    """In other units the estimates are in these units; df stay, and the deviance is told."""
    data = pilot(waves=3, families=16)
    plain = mixed_model("score ~ wave", data, groups=LINE)
    scaled = mixed_model("score ~ wave", data.assign(score=data.score * factor), groups=LINE)

    expected = numbers(plain) * [factor, factor, 1]
    assert_allclose(numbers(scaled), expected, rtol=1e-6)
    assert_allclose(
        scaled.variances.variance.dropna(), plain.variances.variance.dropna() * factor**2, 1e-5
    )
    shift = 2 * (plain.n - len(plain.terms)) * np.log(factor)
    assert scaled.deviance == pytest.approx(plain.deviance + shift, abs=1e-8)


def test_adding_a_number_to_every_score_moves_the_intercept_only(pilot: Pilot) -> None:
    """A scale that starts at 1,000 gives the same change."""
    data = pilot()
    plain = numbers(mixed_model("score ~ wave", data, groups=FULL))
    moved = numbers(
        mixed_model("score ~ wave", data.assign(score=data.score + 1e3), groups=FULL)
    )

    assert_allclose(moved - plain, [[1e3, 0, 0], [0, 0, 0]], atol=1e-7)


@pytest.mark.parametrize("groups", [FULL, LINE, ["site", "family", "participant"]])
def test_the_order_of_rows_changes_nothing(pilot: Pilot, groups: list[str]) -> None:
    """Rows in any order, with any index, give the same numbers."""
    data = pilot(waves=3)
    shuffled = data.sample(frac=1, random_state=4)
    shuffled.index = pd.Index(["same"] * len(shuffled))
    one = mixed_model("score ~ wave", data, groups=groups)
    other = mixed_model("score ~ wave", shuffled, groups=groups)

    assert_allclose(numbers(other), numbers(one), rtol=1e-7)
    assert other.deviance == pytest.approx(one.deviance, abs=1e-9)


def test_the_names_of_families_change_nothing(pilot: Pilot) -> None:
    """Nothing is ordered by a pseudonym: other codes, to the last digit the same numbers."""
    data = pilot()
    renamed = data.assign(family=(data.family * 7919 % 101).astype(str) + "x")
    one = mixed_model("score ~ wave", data, groups=FULL)
    other = mixed_model("score ~ wave", renamed, groups=FULL)

    assert numbers(other).tolist() == numbers(one).tolist()


def test_units_of_the_slope_change_its_variance_only(pilot: Pilot) -> None:
    """Years for months: the variance of the slope is 144 times as large, nothing else."""
    data = pilot(waves=4, families=16)
    data["years"] = data.months / 12
    one = mixed_model("score ~ wave", data, groups=["months | family"])
    other = mixed_model("score ~ wave", data, groups=["years | family"])

    assert_allclose(numbers(other), numbers(one), rtol=1e-7)
    assert other.deviance == pytest.approx(one.deviance, abs=1e-9)
    ratio = other.variances.variance / one.variances.variance
    assert ratio.dropna().tolist() == pytest.approx([1, 144, 1], rel=1e-6)


@pytest.mark.parametrize("within", [None, "wave"])
@pytest.mark.parametrize("families", [4, 9, 16])
def test_complete_pairs_are_the_paired_t(
    pilot: Pilot, families: int, within: str | None
) -> None:
    """One score a family and wave, none lost: estimate, error, df n - 1 and p of the t test."""
    data = pilot(families=families, people=(1,), lost=0, seed=2)
    change = mixed_model("score ~ wave", data, groups="family", within=within)
    row = change.coefficients().iloc[1]
    pairs = data.pivot_table(index="family", columns="wave", values="score")
    t = stats.ttest_rel(pairs.t1, pairs.t0)

    assert row.estimate == pytest.approx((pairs.t1 - pairs.t0).mean(), rel=1e-9)
    assert row.df == pytest.approx(families - 1, rel=1e-7)
    assert row.statistic == pytest.approx(t.statistic, rel=1e-7)
    assert row.p_value == pytest.approx(t.pvalue, rel=1e-6)


def test_complete_waves_are_hotellings_t(pilot: Pilot) -> None:
    """Unstructured and complete, the F of all changes is Hotelling's T squared, exactly."""
    data = pilot(families=14, people=(1,), waves=3, lost=0)
    fit = mixed_model("score ~ wave", data, groups="family", within="wave")
    f, ndf, ddf, _ = fit.contrast([[0, 1, 0], [0, 0, 1]])
    wide_table = data.pivot_table(index="family", columns="wave", values="score")
    changes = wide_table[["t1", "t2"]].to_numpy() - wide_table[["t0"]].to_numpy()
    n, q = changes.shape
    mean = changes.mean(axis=0)
    t_squared = n * mean @ np.linalg.solve(np.cov(changes.T), mean)

    assert f == pytest.approx(t_squared * (n - q) / (q * (n - 1)), rel=1e-6)
    assert (ndf, ddf) == pytest.approx((q, n - q), rel=1e-6)


@pytest.mark.parametrize("df", ["kenward-roger", "satterthwaite"])
def test_one_row_of_a_contrast_is_the_square_of_its_t(pilot: Pilot, df: str) -> None:
    """F = t squared with one row, whichever way it is asked."""
    fit = mixed_model("score ~ wave + age", pilot(waves=3), groups=FULL)
    t = fit.coefficients(df=df).iloc[2]
    f, ndf, ddf, p_value = fit.contrast([0, 0, 1, 0], df=df)

    assert ndf == 1
    assert f == pytest.approx(t.statistic**2, rel=1e-9)
    assert ddf == pytest.approx(t.df, rel=1e-9)
    assert p_value == pytest.approx(t.p_value, rel=1e-9)


def test_a_contrast_does_not_depend_on_how_it_is_written(pilot: Pilot) -> None:
    """Other rows that span the same hypothesis give the same F and df."""
    fit = mixed_model("score ~ wave", pilot(waves=3, families=16), groups=FULL)
    rows = np.array([[0.0, 1, 0], [0, 0, 1]])
    one = fit.contrast(rows)
    other = fit.contrast([[2.0, 1], [1, -3]] @ rows)

    assert tuple(other) == pytest.approx(tuple(one), rel=1e-9)


def test_combinations_are_what_another_reference_wave_says(pilot: Pilot) -> None:
    """t2 - t1 as a combination equals the coefficient of t2 when t1 is the reference."""
    data = pilot(waves=3)
    named = mixed_model("score ~ wave", data, groups=FULL).combinations(
        {"t2 - t1": {"wave[T.t2]": 1, "wave[T.t1]": -1}}, conf_level=0.75
    )
    turned = data.assign(wave=data.wave.replace({"t1": "a"}))
    other = mixed_model("score ~ wave", turned, groups=FULL).coefficients(conf_level=0.75)

    assert named.term.tolist() == ["t2 - t1"]
    columns = [column for column in named.columns if column != "term"]
    assert_allclose(named[columns].iloc[0], other[columns].iloc[2], rtol=1e-6)


@pytest.mark.parametrize("largest", [3, 8])
@pytest.mark.parametrize("turning", [2, 99])
@pytest.mark.parametrize(
    "groups",
    [["site", *LINE], ["site", "family", "participant"], ["interviewer", "participant"]],
)
def test_how_blocks_are_worked_out_changes_nothing(
    pilot: Pilot,
    monkeypatch: pytest.MonkeyPatch,
    groups: list[str],
    turning: int,
    largest: int,
) -> None:
    """Turned or not, terms taken out of the blocks (Woodbury) or not: the same likelihood."""
    data = pilot(waves=3, families=14)
    plain = mixed_model("score ~ wave", data, groups=groups)
    monkeypatch.setattr(covariance, "LARGE", turning)
    monkeypatch.setattr(wide, "LARGE", largest)
    other = mixed_model("score ~ wave", data, groups=groups)

    assert other._problem.layout.wide is not None
    assert other.deviance == pytest.approx(plain.deviance, abs=1e-9)
    for df in ("kenward-roger", "satterthwaite"):
        assert_allclose(numbers(other, df), numbers(plain, df), rtol=1e-7)
    effects = other.random_effects().estimate
    assert_allclose(effects, plain.random_effects().estimate, atol=1e-7)


def test_families_that_look_alike_are_one(pilot: Pilot) -> None:
    """2,000 complete families have one covariance matrix, and give the numbers of the t."""
    data = pilot(families=2000, people=(1,), lost=0)
    fit = mixed_model("score ~ wave", data, groups="family")
    pairs = data.pivot_table(index="family", columns="wave", values="score")
    t = stats.ttest_rel(pairs.t1, pairs.t0)

    (bed,) = fit._problem.layout.beds
    assert bed.derivatives.shape == (1, 2, 2, 2)
    assert fit.coefficients().statistic[1] == pytest.approx(t.statistic, rel=1e-7)


def test_nested_names_and_pairs_of_names_agree(pilot: Pilot) -> None:
    """Numbers that start again in each family are named by the pair of both."""
    data = pilot(waves=3)
    data["number"] = data.participant - data.groupby("family").participant.transform("min")
    by_code = mixed_model("score ~ wave", data, groups=["family", "participant"])
    by_pair = mixed_model("score ~ wave", data, groups=["family", "family:number"])

    assert by_pair.levels["family:number"] == by_code.levels["participant"]
    assert numbers(by_pair).tolist() == numbers(by_code).tolist()


def test_effects_draw_each_family_towards_the_mean(pilot: Pilot) -> None:
    """In balanced data a family's effect is its mean residual times n s / (n s + e)."""
    data = pilot(families=10, people=(1,), waves=3, lost=0)
    fit = mixed_model("score ~ wave", data, groups="family")
    between, residual = fit.variances.variance
    away = data.score - data.groupby("wave").score.transform("mean")
    means = away.groupby(data.family).mean()

    drawn = means * 3 * between / (3 * between + residual)
    assert_allclose(fit.random_effects().estimate, drawn, rtol=1e-6)

"""Every analysis of tests/reference/mixed, beside what R says about it.

lme4, lmerTest and pbkrtest under a tight optimiser; nlme for covariances over waves. The R
script stands beside its answers.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_allclose

from pilot.estimation.mixed import MixedFit, mixed_model

REFERENCE = Path(__file__).parents[2] / "reference" / "mixed"
FITS = pd.read_csv(REFERENCE / "fits.csv", keep_default_na=False)
COEFFICIENTS = pd.read_csv(REFERENCE / "coefficients.csv")
VARIANCES = pd.read_csv(REFERENCE / "variances.csv", keep_default_na=False)
TESTS = pd.read_csv(REFERENCE / "tests.csv")
EFFECTS = pd.read_csv(REFERENCE / "effects.csv", dtype={"level": str})
RESTRICTED = FITS.analysis[FITS.method == "reml"]
WITH_TESTS = TESTS.analysis.unique()


def fitted(analysis: str) -> MixedFit:
    """Fit the model that an analysis of the reference names."""
    said = FITS.set_index("analysis").loc[analysis]
    data = pd.read_csv(REFERENCE / "data" / f"{said.data}.csv")
    groups = [entry.replace("|", " | ") for entry in said.groups.split(" + ")]
    within = said.within or None
    return mixed_model(said.formula, data, groups=groups, method=said.method, within=within)


def answers(table: pd.DataFrame, analysis: str) -> pd.DataFrame:
    """Return R's rows about one analysis."""
    return table[table.analysis == analysis]


def contrasts(p: int) -> dict[str, np.ndarray]:
    """Return the contrasts that the R script tests, for p coefficients."""
    rows = np.eye(p)
    found = {"last": rows[-1:]}
    if p >= 3:
        found |= {"all": rows[1:], "between": rows[2:3] - rows[1:2]}
    if p >= 4:
        found["apart"] = np.array([rows[2] - rows[1], rows[3] + rows[0] / 2])
    return found


def in_lme4s_words(fit: MixedFit) -> dict[tuple[str, str, str], float]:
    """Name variances and covariances as lme4 and the R script do."""
    table, named = fit.variances, {}
    for row in table.itertuples():
        group = "Residual" if row.group == "residual" else str(row.group)
        effects = str(row.term).replace("Intercept", "(Intercept)").split(", ")
        if row.group == "residual":
            effects = [""]
        value = row.covariance if len(effects) == 2 else row.variance
        named[(group, effects[0], [*effects, ""][1])] = float(value)
    return named


def test_there_are_enough_analyses() -> None:
    """At least 60 analyses are compared, with slopes, crossed groups and variances at zero."""
    assert len(FITS) >= 70
    assert FITS.singular.sum() >= 15
    assert FITS.groups.str.contains("|", regex=False).sum() >= 15
    assert (FITS.method == "ml").sum() >= 8


@pytest.mark.parametrize("analysis", FITS.analysis)
def test_estimates_and_deviance_are_those_of_r(analysis: str) -> None:
    """Coefficients to 1e-5 of their size or error, the criterion to 1e-6, zeros told alike."""
    fit = fitted(analysis)
    said = FITS.set_index("analysis").loc[analysis]
    r = answers(COEFFICIENTS, analysis)
    own = fit.coefficients(df="satterthwaite")

    assert fit.n == int(said.n)
    assert fit.deviance == pytest.approx(float(said.deviance), abs=1e-6)
    assert fit.log_likelihood == pytest.approx(-float(said.deviance) / 2, abs=1e-6)
    assert fit.singular == bool(said.singular)
    unit = np.maximum(np.abs(r.estimate.to_numpy()), r.std_error.to_numpy())
    assert_allclose(own.estimate / unit, r.estimate / unit, atol=1e-5, rtol=0)
    assert_allclose(own.std_error, r.std_error, rtol=1e-5)


@pytest.mark.parametrize("analysis", FITS.analysis)
def test_variances_are_those_of_r(analysis: str) -> None:
    """Each variance and covariance to 1e-5 of the largest, 3e-5 where nlme's search stops."""
    own = in_lme4s_words(fitted(analysis))
    r = answers(VARIANCES, analysis)
    largest = float(r.value.astype(float).abs().max())

    near = 3e-5 if analysis.startswith("u") else 1e-5
    assert len(own) == len(r)
    for row in r.itertuples():
        value = own.get((row.group, row.effect, row.other))
        if value is None:  # nlme's lower triangle, ours the upper
            value = own[(row.group, row.other, row.effect)]
        assert value == pytest.approx(float(row.value), abs=near * largest)


@pytest.mark.parametrize("analysis", FITS.analysis[FITS.singular])
def test_a_variance_at_zero_is_zero(analysis: str) -> None:
    """What is told to be zero is 0, not nearly; a slope at the edge has correlation 1."""
    fit = fitted(analysis)
    told = fit.variances[fit.variances.group.isin(fit.at_zero)]

    for _, rows in told.groupby("group"):
        if len(rows) == 1:
            assert rows.variance.tolist() == [0.0]
        else:
            correlation = rows.correlation.abs().max()
            assert correlation == pytest.approx(1) or rows.variance.min() == 0


@pytest.mark.parametrize("analysis", FITS.analysis)
def test_few_looks_suffice(analysis: str) -> None:
    """The likelihood is looked at 12 times at most, also where slopes end at the edge."""
    assert fitted(analysis)._solution.looks <= 12


@pytest.mark.parametrize("analysis", RESTRICTED)
def test_kenward_roger_is_that_of_pbkrtest(analysis: str) -> None:
    """Corrected errors and df of every coefficient to 1e-5."""
    own = fitted(analysis).coefficients(df="kenward-roger")
    r = answers(COEFFICIENTS, analysis)

    assert_allclose(own.std_error, r.kr_std_error, rtol=1e-5)
    assert_allclose(own.df, r.kr_df, rtol=1e-5)


@pytest.mark.parametrize("analysis", FITS.analysis[FITS.within == ""])
def test_satterthwaite_is_that_of_lmertest(analysis: str) -> None:
    """Satterthwaite's df of every coefficient to 1e-5: lmerTest differentiates numerically."""
    own = fitted(analysis).coefficients(df="satterthwaite")

    assert_allclose(own.df, answers(COEFFICIENTS, analysis).satterthwaite_df, rtol=1e-5)


@pytest.mark.parametrize("analysis", WITH_TESTS)
def test_contrasts_are_those_of_r(analysis: str) -> None:
    """F and its second df for one row and for several, by both methods."""
    fit = fitted(analysis)
    matrices = contrasts(len(fit.terms))
    restricted = fit.method == "reml"

    for row in answers(TESTS, analysis).itertuples():
        f, ndf, ddf, _ = fit.contrast(matrices[str(row.set)], df="satterthwaite")
        assert ndf == row.ndf
        assert f == pytest.approx(row.satterthwaite_f, rel=2e-5, abs=1e-6)
        assert ddf == pytest.approx(row.satterthwaite_ddf, rel=1e-3)
        if restricted:
            f, _, ddf, _ = fit.contrast(matrices[str(row.set)])
            assert f == pytest.approx(row.kr_f, rel=2e-5, abs=1e-6)
            assert ddf == pytest.approx(row.kr_ddf, rel=1e-5)


@pytest.mark.parametrize("analysis", EFFECTS.analysis.unique())
def test_effects_of_each_level_are_lme4s(analysis: str) -> None:
    """What each family, person or wave differs is lme4's ranef."""
    fit = fitted(analysis)
    own = fit.random_effects().set_index(["group", "level", "effect"]).estimate
    spread = float(np.sqrt(fit.variances.variance.max()))

    r = answers(EFFECTS, analysis)
    assert len(own) == len(r)
    for row in r.itertuples():
        effect = str(row.effect).replace("(Intercept)", "Intercept")
        found: Any = own[(row.group, row.level, effect)]
        assert found == pytest.approx(row.estimate, abs=2e-5 * spread)

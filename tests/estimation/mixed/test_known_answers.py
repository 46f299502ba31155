"""Answers that stand in print."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from pilot.estimation.mixed import mixed_model

DATA = Path(__file__).parents[2] / "reference" / "mixed" / "data"

# Student (1908), p. 20: hours of sleep gained by ten patients under two drugs.
FIRST = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0]
SECOND = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]
SLEEP = pd.DataFrame(
    {"gained": FIRST + SECOND, "drug": ["a"] * 10 + ["b"] * 10, "patient": [*range(10)] * 2}
)


@pytest.mark.parametrize("within", [None, "drug"])
@pytest.mark.parametrize("df", ["kenward-roger", "satterthwaite"])
def test_students_patients(df: str, within: str | None) -> None:
    """Complete pairs without other structure are the paired t, to every digit R prints."""
    fit = mixed_model("gained ~ drug", SLEEP, groups="patient", within=within)
    change = fit.coefficients(df=df).iloc[1]

    assert change.estimate == pytest.approx(1.58, abs=1e-9)
    assert change.statistic == pytest.approx(4.0621, abs=5e-5)
    assert change.df == pytest.approx(9, abs=1e-6)
    assert change.p_value == pytest.approx(0.002833, abs=5e-7)
    assert change.conf_low == pytest.approx(0.7001142, abs=5e-8)
    assert change.conf_high == pytest.approx(2.4598858, abs=5e-8)


def test_lost_sleep() -> None:
    """Bates et al. (2015), Fitting linear mixed-effects models using lme4, section 1.

    Reaction times of 18 lorry drivers over ten days, an intercept and slope each; J Stat
    Softw 67(1), the summary of fm1.
    """
    sleepstudy = pd.read_csv(DATA / "sleepstudy.csv")
    fit = mixed_model("Reaction ~ Days", sleepstudy, groups="Days | Subject")
    own = fit.coefficients(df="satterthwaite")
    by_term = fit.variances.set_index("term")

    assert fit.deviance == pytest.approx(1743.6, abs=0.05)
    assert own.estimate.tolist() == pytest.approx([251.405, 10.467], abs=5e-4)
    assert own.std_error.tolist() == pytest.approx([6.825, 1.546], abs=5e-4)
    assert own.statistic.tolist() == pytest.approx([36.84, 6.77], abs=5e-3)
    assert by_term.variance["Intercept"] == pytest.approx(612.09, abs=0.02)
    assert by_term.variance["Days"] == pytest.approx(35.07, abs=5e-3)
    assert by_term.correlation["Intercept, Days"] == pytest.approx(0.07, abs=5e-3)
    assert by_term.variance["residual"] == pytest.approx(654.94, abs=5e-3)


def test_lost_sleep_by_kenward_roger() -> None:
    """Halekoh & Hojsgaard's pbkrtest manual, KRmodcomp on sleepstudy: F 45.853 on 1 and 17."""
    sleepstudy = pd.read_csv(DATA / "sleepstudy.csv")
    fit = mixed_model("Reaction ~ Days", sleepstudy, groups="Days | Subject")
    f, ndf, ddf, p_value = fit.contrast([0, 1])

    assert f == pytest.approx(45.853, abs=5e-4)
    assert ndf == 1
    assert ddf == pytest.approx(17, abs=1e-6)
    assert p_value == pytest.approx(3.264e-6, abs=5e-10)


def test_dyestuff() -> None:
    """Davies & Goldsmith's dyestuff (1972): balanced, so REML is the analysis of variance.

    The variance between batches is (MS between - MS within) / 5 = 1764.05 and the residual
    is MS within = 2451.25; the criterion is that of Bates (2010), section 1.3: 319.65.
    """
    fit = mixed_model("Yield ~ 1", pd.read_csv(DATA / "dyestuff.csv"), groups="Batch")

    assert fit.variances.variance.tolist() == pytest.approx([1764.05, 2451.25], abs=1e-6)
    assert fit.deviance == pytest.approx(319.65, abs=5e-3)
    assert fit.coefficients().df[0] == pytest.approx(5, abs=1e-9)


def test_dyestuff_without_a_variance() -> None:
    """Box & Tiao's second set (1973): batches differ less than chance, so their variance is 0.

    It is told, and Kenward-Roger still knows that there were six batches only.
    """
    fit = mixed_model("Yield ~ 1", pd.read_csv(DATA / "dyestuff2.csv"), groups="Batch")

    assert fit.singular
    assert fit.at_zero == ("Batch",)
    assert fit.variances.variance[0] == 0
    assert fit.coefficients().estimate[0] == pytest.approx(5.6656, abs=5e-5)
    assert fit.coefficients().df[0] == pytest.approx(5, abs=1e-9)
    assert fit.coefficients(df="satterthwaite").df[0] == pytest.approx(29, abs=1e-9)

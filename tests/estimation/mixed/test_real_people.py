"""Questionnaires that real people filled in, from a folder beside the repository.

The expected numbers were computed with lme4, lmerTest and pbkrtest, each under its own
stopping rule: they hold to about 1e-7 of their size.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from pilot.estimation.mixed import mixed_model

REAL = Path(__file__).parents[3].parent / "shared" / "real"
pytestmark = pytest.mark.skipif(
    not REAL.is_dir(), reason="../shared/real is not beside the repository"
)
RULE = 2e-7

REVERSED = [
    *("calm", "secure", "at.ease", "rested", "comfortable"),
    *("confident", "relaxed", "content", "joyful", "pleasant"),
]


def anxiety() -> pd.DataFrame:
    """Return one row a person and time: the mean of 20 items, all answered."""
    answers = pd.read_csv(REAL / "state_anxiety.csv")
    answers = answers[(answers.study == "XRAY") & answers.time.isin([1, 2])].copy()
    items = answers.columns.difference(["study", "time", "id"])
    answers[REVERSED] = 5 - answers[REVERSED]
    answers["score"] = answers[items].mean(axis="columns", skipna=False)
    answers["wave"] = "t" + answers.time.astype(str)
    return answers


def test_state_anxiety_of_everyone() -> None:
    """All 352 scores, also of people with one wave, give R's change and both errors."""
    fit = mixed_model("score ~ wave", anxiety(), groups="id")
    change = fit.coefficients().iloc[1]
    plain = fit.coefficients(df="satterthwaite").iloc[1]

    assert (fit.n, fit.n_dropped) == (352, 48)
    assert change.estimate == pytest.approx(0.0068119644, abs=2e-10)
    assert plain.std_error == pytest.approx(0.0343805646, rel=RULE)
    assert plain.df == pytest.approx(165.2913, abs=5e-5)
    assert change.std_error == pytest.approx(0.0343989887, rel=RULE)
    assert change.df == pytest.approx(167.7799484, rel=RULE)


def test_beat_the_blues_with_all_who_left() -> None:
    """Five waves of 100 patients of whom 48 leave: R's change, errors, df and variances."""
    wide = pd.read_csv(REAL / "beat_the_blues.csv")
    waves = [column for column in wide.columns if column.startswith("bdi.")]
    long = wide.melt("subject", waves, var_name="wave", value_name="bdi")
    long["wave"] = pd.Categorical(long.wave, categories=waves)
    fit = mixed_model("bdi ~ wave", long, groups="subject")
    change = fit.coefficients().iloc[-1]
    plain = fit.coefficients(df="satterthwaite").iloc[-1]

    assert change.term == "wave[T.bdi.8m]"
    assert fit.n == 380
    assert change.estimate == pytest.approx(-11.0726334171, rel=RULE)
    assert plain.std_error == pytest.approx(1.0885724489, rel=RULE)
    assert plain.df == pytest.approx(284.28, abs=5e-3)
    assert change.std_error == pytest.approx(1.0890424208, rel=RULE)
    assert change.df == pytest.approx(285.6147673, rel=RULE)
    assert fit.variances.variance.tolist() == pytest.approx([86.2691764, 36.6534288], rel=RULE)


def test_gain_at_dutch_schools() -> None:
    """3,587 pupils in 197 schools: the mean gain when schools differ."""
    pupils = pd.read_csv(REAL / "dutch_schools.csv")
    pupils["gain"] = pupils.lpo - pupils.lpr
    fit = mixed_model("gain ~ 1", pupils, groups="sch")
    gain = fit.coefficients(df="satterthwaite").iloc[0]

    assert (fit.n, fit.levels["sch"]) == (3587, 197)
    assert gain.estimate == pytest.approx(6.6889488617, rel=RULE)
    assert gain.std_error == pytest.approx(0.2246082235, rel=RULE)
    assert gain.df == pytest.approx(193.0959, abs=5e-5)
    assert fit.variances.variance.tolist() == pytest.approx([7.9065428, 31.6174675], rel=RULE)

"""CR2, Satterthwaite's df and HTZ are those of clubSandwich (reference script kept beside)."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from pilot.estimation.clusters import cluster_robust

REFERENCE = Path(__file__).parents[2] / "reference" / "clusters"
REAL = Path(__file__).parents[4] / "shared" / "real" / "dutch_schools.csv"
INPUTS = pd.read_csv(REFERENCE / "inputs.csv")
COEFFICIENTS = pd.read_csv(REFERENCE / "coefficients.csv")
CONTRASTS = pd.read_csv(REFERENCE / "contrasts.csv")


@pytest.mark.parametrize(
    ("name", "formula"),
    sorted(set(COEFFICIENTS[["set", "formula"]].itertuples(index=False, name=None))),
)
def test_coefficients_agree(name: str, formula: str) -> None:
    """Estimate, s.e., df and p of each term, to 1e-6 relative and far below."""
    known = COEFFICIENTS.query("set == @name and formula == @formula")
    ours = cluster_robust(formula, INPUTS.query("set == @name"), cluster="site").coefficients()

    for column in ("estimate", "std_error", "df", "p_value"):
        np.testing.assert_allclose(ours[column], known[column], rtol=1e-8, err_msg=column)


@pytest.mark.parametrize("known", CONTRASTS.to_dict("records"), ids=lambda k: k["set"])
def test_several_contrasts_agree(known: dict[str, float]) -> None:
    """All terms but the intercept tested together: F, both df and p of HTZ."""
    fit = cluster_robust(
        str(known["formula"]), INPUTS.query("set == @known['set']"), cluster="site"
    )
    test = fit.contrast(np.eye(3)[1:])

    assert test.statistic == pytest.approx(known["statistic"], rel=1e-7)
    assert test.df_num == known["df_num"]
    assert test.df_den == pytest.approx(known["df_den"], rel=1e-7)
    assert test.p_value == pytest.approx(known["p_value"], rel=1e-7)


@pytest.mark.skipif(not REAL.exists(), reason="the real data stand outside the project")
def test_dutch_schools() -> None:
    """3,587 pupils in 197 schools: the mean gain's CR2 s.e. and df come out."""
    pupils = pd.read_csv(REAL)
    pupils["gain"] = pupils["lpo"] - pupils["lpr"]
    fit = cluster_robust("gain ~ 1", pupils, cluster="sch")
    row = fit.coefficients().iloc[0]

    assert (fit.n, fit.n_clusters, fit.n_dropped) == (3587, 197, 519)
    assert row["estimate"] == pytest.approx(6.8681349317, abs=5e-11)
    assert row["std_error"] == pytest.approx(0.2300140889, abs=5e-11)
    assert row["df"] == pytest.approx(168.6122266, abs=5e-8)

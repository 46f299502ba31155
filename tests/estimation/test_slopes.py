"""Each family's own slope, drawn towards the mean."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_allclose

from pilot.design.outcome import Outcome
from pilot.estimation import Pairs, complete_pairs
from pilot.estimation.mixed import mixed_model
from pilot.estimation.reasons import Refusal
from pilot.estimation.slopes import family_slopes

REFERENCE = Path(__file__).parents[1] / "reference"
SLOPES = pd.read_csv(REFERENCE / "planned" / "slopes.csv")
WAVES = [f"t{i}" for i in range(5)]


def read(name: str) -> pd.DataFrame:
    """Return the scores that R had."""
    rows = pd.read_csv(REFERENCE / "mixed" / "data" / f"{name}.csv")
    return rows.astype({"participant": str, "family": str})


def pairs_of(rows: pd.DataFrame, outcome: Outcome) -> Pairs:
    """Pair the first wave with the last; every score travels along."""
    last = max(rows["wave"])
    return complete_pairs(rows.rename(columns={"score": outcome.key}), outcome, "t0", last)


def lines(seed: int, families: int, slope_sd: float = 1.5) -> tuple[pd.DataFrame, np.ndarray]:
    """Draw five yearly waves of families, each with a line of its own, and those lines."""
    drawn = np.random.default_rng(seed)
    slopes = drawn.normal(1.0, slope_sd, families)
    years = np.arange(5.0)
    score = (
        drawn.normal(20, 2, families)[:, None]
        + slopes[:, None] * years
        + drawn.normal(0, 1.5, (families, 5))
    )
    rows = pd.DataFrame(
        {
            "participant": np.repeat([f"p{i:02d}" for i in range(families)], 5),
            "wave": np.tile(WAVES, families),
            "months": np.tile(12 * years, families),
            "score": score.ravel(),
        }
    )
    return rows, slopes


@pytest.mark.parametrize("name", SLOPES["name"].unique())
def test_gives_what_lme4_and_hendersons_equations_give(name: str, outcome: Outcome) -> None:
    """Slopes a year and their errors of prediction, one member a family and several."""
    said = SLOPES[SLOPES["name"] == name].astype({"family": str}).set_index("family")
    found = family_slopes(pairs_of(read(name), outcome), WAVES).set_index("family")

    assert set(found.index) == set(said.index)
    numbers = ["slope_per_year", "std_error", "waves"]
    assert_allclose(found.loc[said.index, numbers], said[numbers], rtol=1e-5, atol=1e-6)


def test_is_the_mean_slope_plus_the_models_own_prediction(outcome: Outcome) -> None:
    """`mixed_model` by formula, twelve months times."""
    rows = read("five_lost")
    fit = mixed_model("score ~ months", rows, groups="months | family")
    own = fit.random_effects().query("effect == 'months'").set_index("level")["estimate"]
    mean = fit.coefficients().set_index("term").loc["months", "estimate"]
    found = family_slopes(pairs_of(rows, outcome)).set_index("family")["slope_per_year"]

    assert_allclose(found, 12 * (mean + own.loc[found.index]), rtol=1e-6)


def test_units_and_names(outcome: Outcome) -> None:
    """Ten times the score gives ten times the slope; the order is that of slopes."""
    rows, _ = lines(1, 8)
    one = family_slopes(pairs_of(rows, outcome))
    ten = family_slopes(pairs_of(rows.assign(score=10 * rows.score), outcome))
    other = family_slopes(pairs_of(rows.sample(frac=1, random_state=2), outcome), WAVES)

    assert_allclose(ten[["slope_per_year", "std_error"]], 10 * one.iloc[:, 1:3], rtol=1e-5)
    assert one["slope_per_year"].is_monotonic_increasing
    pd.testing.assert_frame_equal(one, other)


def test_the_fewer_the_waves_the_nearer_to_the_mean(outcome: Outcome) -> None:
    """A family with one of five waves is drawn further, and its error is larger."""
    rows, _ = lines(3, 10)
    steep = rows["participant"].iloc[0]
    rows.loc[rows.participant == steep, "score"] += 3 * np.arange(5.0)
    few = rows[(rows.participant != steep) | (rows.wave == "t0")]
    whole, cut = (
        family_slopes(pairs_of(each, outcome)).set_index("family").loc[steep]
        for each in (rows, few)
    )

    assert (whole["waves"], cut["waves"]) == (5, 1)
    assert cut["std_error"] > 1.2 * whole["std_error"]
    assert abs(cut["slope_per_year"] - 1) < abs(whole["slope_per_year"] - 1)


def test_without_differences_all_have_the_mean_slope(outcome: Outcome) -> None:
    """At a variance of zero each family's slope is the mean, with the mean's error."""
    rows = read("five_flat")
    parallel = rows.assign(score=0.1 * rows.months + 0.5 * (rows.index % 3))
    found = family_slopes(pairs_of(parallel, outcome))

    assert np.ptp(found["slope_per_year"]) < 1e-6
    assert (found["std_error"] > 0).all()


@pytest.mark.parametrize(
    ("cut", "said"),
    [
        (
            lambda rows: rows[rows.wave.isin(["t0", "t4"])],
            "outcome 'gse_10_total', t4 - t0: scores at 2 waves; a family's own line is drawn "
            "from 3\n  mend: read each family's change",
        ),
        (
            lambda rows: rows[rows.participant < "p04"],
            "outcome 'gse_10_total', t4 - t0: 4 participants with a score; their own lines are "
            "drawn from 5\n  mend: look at each family's own scores",
        ),
    ],
    ids=["two waves", "four families"],
)
def test_refuses_few_waves_and_few_families(cut: object, said: str, outcome: Outcome) -> None:
    """With the whole message, in Dutch too."""
    rows, _ = lines(4, 8)
    with pytest.raises(Refusal) as caught:
        family_slopes(pairs_of(cut(rows), outcome))

    assert str(caught.value) == said
    assert caught.value.reason_nl


def test_recovers_the_lines_it_was_drawn_from(outcome: Outcome) -> None:
    """60 pilots of 12: two errors hold 79 % of lines, as told, and drawing helps by a third."""
    inside, drawn_error, own_error = [], [], []
    for seed in range(60):
        rows, truth = lines(seed, 12, slope_sd=0.5)
        found = family_slopes(pairs_of(rows, outcome)).sort_values("family")
        away = found["slope_per_year"].to_numpy() - truth
        alone = [
            np.polyfit(each["months"] / 12, each["score"], 1)[0]
            for _, each in rows.groupby("participant")
        ]
        inside.append(np.abs(away) < 2 * found["std_error"].to_numpy())
        drawn_error.append(np.square(away).mean())
        own_error.append(np.square(np.array(alone) - truth).mean())

    assert np.mean(inside) == pytest.approx(0.79, abs=0.01)
    assert np.mean(drawn_error) < 0.7 * np.mean(own_error)

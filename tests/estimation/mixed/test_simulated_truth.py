"""Known truths are found again, and intervals hold them as often as they say."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

from pilot.estimation.mixed import mixed_model

FULL = ["family", "family:wave", "participant"]


def two_waves(families: int, change: float, seed: int) -> pd.DataFrame:
    """Simulate families of one to three with a third of all waves lost."""
    draw = np.random.default_rng(seed)
    size = draw.integers(1, 4, families)
    family = np.repeat(np.repeat(np.arange(families), size), 2)
    participant = np.repeat(np.arange(size.sum()), 2)
    wave = np.tile([0, 1], size.sum())
    score = 30 + change * wave + draw.normal(0, 2, families)[family]
    score += draw.normal(0, 1, 2 * families)[2 * family + wave]
    score += draw.normal(0, 1.5, size.sum())[participant] + draw.normal(0, 1, len(wave))
    data = pd.DataFrame(
        {
            "family": family,
            "participant": participant,
            "wave": np.array(["t0", "t1"])[wave],
            "score": score,
        }
    )
    return data[(draw.random(len(data)) < 0.85) | (wave == 0)]


def test_variances_and_slopes_of_many_families() -> None:
    """1,200 families over 5 waves give the variances they were made with, within 10 %."""
    draw = np.random.default_rng(6)
    n = 1200
    family, wave = np.repeat(np.arange(n), 10), np.tile(np.arange(5), 2 * n)
    person = np.repeat(np.arange(2 * n), 5)
    months = 6.0 * wave + draw.uniform(-1, 1, len(wave))
    u = draw.multivariate_normal([0, 0], [[4.0, 0.12], [0.12, 0.04]], n)
    score = 20 + 0.25 * months + u[family, 0] + u[family, 1] * months
    score += draw.normal(0, math.sqrt(0.8), 5 * n)[5 * family + wave]
    score += draw.normal(0, math.sqrt(1.5), 2 * n)[person] + draw.normal(0, 1, len(wave))
    data = pd.DataFrame(
        {"family": family, "wave": wave, "person": person, "months": months, "score": score}
    )
    data = data[draw.random(len(data)) < 0.8]
    fit = mixed_model(
        "score ~ months", data, groups=["months | family", "family:wave", "person"]
    )

    found = fit.variances.variance.fillna(fit.variances.covariance)
    assert found.tolist() == pytest.approx([4.0, 0.04, 0.12, 0.8, 1.5, 1.0], rel=0.1)
    own = fit.coefficients()
    away = (own.estimate - [20, 0.25]) / own.std_error
    assert (away.abs() < 3).all()


def test_intervals_cover_and_tests_keep_their_level() -> None:
    """400 pilots of 10 families: 95 % intervals hold the change in 95 % within 3 MC errors.

    The same figures are the share of false alarms: an interval misses the truth exactly when
    the test against it rejects.
    """
    sets, truth = 400, 0.7
    rows = [
        mixed_model("score ~ wave", two_waves(10, truth, seed), groups=FULL)
        .coefficients()
        .iloc[1]
        for seed in range(sets)
    ]
    covered = np.mean([row.conf_low <= truth <= row.conf_high for row in rows])
    error = math.sqrt(0.95 * 0.05 / sets)

    assert covered == pytest.approx(0.95, abs=3 * error)
    mean = np.mean([row.estimate for row in rows])
    spread = np.std([row.estimate for row in rows]) / math.sqrt(sets)
    assert mean == pytest.approx(truth, abs=3 * spread)


def test_people_with_one_wave_carry_what_those_who_left_would_have_told() -> None:
    """When the low scorers leave, everyone's model finds the change, complete pairs do not."""
    draw = np.random.default_rng(8)
    n = 4000
    level = draw.normal(30, 3, n)
    before = level + draw.normal(0, 1.5, n)
    after = level + 1 + draw.normal(0, 1.5, n)
    stays = before > 29
    data = pd.DataFrame(
        {
            "who": [*range(n), *range(n)],
            "wave": ["t0"] * n + ["t1"] * n,
            "score": np.concatenate([before, np.where(stays, after, np.nan)]),
        }
    )
    fit = mixed_model("score ~ wave", data, groups="who")
    change = fit.coefficients().iloc[1]

    assert fit.n_dropped == int((~stays).sum())
    assert change.estimate == pytest.approx(1, abs=4 * change.std_error)
    assert float((after - before)[stays].mean()) < 0.8

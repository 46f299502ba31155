"""Simulated families are as they were assumed to be."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from pilot.estimation.planning.people import Pilots, Shape, as_asked, draw, expected_change
from pilot.results import Assumptions

HALF_YEARS = (0.0, 6.0, 12.0, 18.0, 24.0)


def many(assumed: Assumptions, change: float = 0.0, direction: int = 1) -> Pilots:
    """Draw 20,000 pilots of 12 families."""
    shape = Shape(12, change, direction)
    return draw(assumed, shape, 20_000, np.random.default_rng(8))


@pytest.mark.parametrize("months", [(0.0, 12.0), HALF_YEARS])
@pytest.mark.parametrize("members", [1.0, 2.0])
def test_spread_and_correlations_are_those_assumed(
    months: tuple[float, ...], members: float
) -> None:
    """SD 4, retest .6, mean change 2, and the shares of families: all within 2 %."""
    assumed = Assumptions(
        sd=4, mean=20, retest=0.6, months=months, members=members, change_icc=0.3, lost=0
    )
    scores = many(assumed, change=2).scores
    first, last = scores[..., 0], scores[..., -1]
    change = last - first

    assert first.mean() == pytest.approx(20, abs=0.05)
    assert change.mean() == pytest.approx(2, abs=0.05)
    assert [first.std(), last.std()] == pytest.approx([4, 4], rel=0.02)
    assert np.corrcoef(first.ravel(), last.ravel())[0, 1] == pytest.approx(0.6, abs=0.01)
    assert change.std() == pytest.approx(assumed.sd_change, rel=0.02)
    families = change.mean(axis=2).std()
    assert families == pytest.approx(assumed.sd_family_change, rel=0.02)
    if members > 1:
        alike = np.corrcoef(first[..., 0].ravel(), first[..., 1].ravel())[0, 1]
        level = 1 - 0.5 * (1 - 0.6)  # the rest of the first score belongs to change
        shared = 0.4 * level + 0.3 * (1 - level)
        if len(months) == 2:
            assert alike == pytest.approx(shared, abs=0.02)


def test_sites_share_a_part_of_change() -> None:
    """Two families of one site have the correlation that is given, of two sites none."""
    pilots = many(Assumptions(sites=4, site_icc=0.25, lost=0))
    change = (pilots.scores[..., -1] - pilots.scores[..., 0])[..., 0]

    assert np.corrcoef(change[:, 0], change[:, 4])[0, 1] == pytest.approx(0.25, abs=0.03)
    assert np.corrcoef(change[:, 0], change[:, 1])[0, 1] == pytest.approx(0.0, abs=0.03)
    assert pilots.sites.tolist() == [0, 1, 2, 3] * 3


@pytest.mark.parametrize("by", ["random", "score"])
def test_families_leave_evenly_and_for_good(by: str) -> None:
    """A third is gone at the end, half of it halfway; by score those who start lower go."""
    assumed = Assumptions(months=(0, 6, 12), lost=0.36, lost_by=by)
    pilots = many(assumed)
    first = pilots.scores[:, :, 0, 0]

    assert [(pilots.last >= wave).mean() for wave in (0, 1, 2)] == pytest.approx(
        [1, 0.82, 0.64], abs=0.005
    )
    gap = first[pilots.stayed].mean() - first[~pilots.stayed].mean()
    height = stats.norm.pdf(stats.norm.ppf(0.64)) / (0.64 * 0.36)
    expected = {"random": 0.0, "score": 0.5 * height}[by]
    assert gap == pytest.approx(expected, abs=0.02)


def test_where_lower_is_better_the_worse_off_have_the_higher_scores() -> None:
    """Change towards better goes down, and those who leave by score started higher."""
    pilots = many(Assumptions(lost_by="score"), change=0.5, direction=-1)
    first = pilots.scores[:, :, 0, 0]

    change = pilots.scores[..., -1] - pilots.scores[..., 0]
    assert change.mean() == pytest.approx(-0.5, abs=0.01)
    assert first[pilots.stayed].mean() < first[~pilots.stayed].mean()


@pytest.mark.parametrize("months", [(0.0, 12.0), HALF_YEARS])
def test_skew_is_that_of_the_change(months: tuple[float, ...]) -> None:
    """A skewness of 1 is found back in families of one."""
    scores = many(Assumptions(months=months, skew=1.0, lost=0)).scores
    change = (scores[..., -1] - scores[..., 0]).ravel()

    assert stats.skew(change) == pytest.approx(1.0, abs=0.05)


def test_scores_stay_on_the_scale() -> None:
    """Whole points from 10 to 40; a mean near the ceiling loses part of the change."""
    assumed = Assumptions(sd=5, mean=38, low=10, high=40, step=1, lost=0)
    scores = many(assumed, change=3).scores

    assert set(np.unique(scores)) <= set(range(10, 41))
    seen = (scores[..., -1] - scores[..., 0]).mean()
    assert 0.5 < seen < 2
    assert expected_change(assumed, Shape(12, 3.0), 1) == pytest.approx(seen, abs=0.03)
    assert expected_change(Assumptions(), Shape(12, 0.4, -1), 1) == -0.4
    assert as_asked(np.array([1.24]), Assumptions(step=0.5)).tolist() == [1.0]


def test_a_seed_gives_the_same_pilots() -> None:
    """Same seed, same scores; another seed, others."""
    one, same, other = (
        draw(Assumptions(), Shape(6, 0.2), 5, np.random.default_rng(seed)).scores
        for seed in (3, 3, 4)
    )
    assert (one == same).all()
    assert (one != other).all()

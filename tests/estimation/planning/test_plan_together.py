"""Thousands of mixed models at once give what each gives by itself."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from pilot.estimation.everyone import EveryonesChange, change_of_everyone
from pilot.estimation.everyone_rows import everyone_of
from pilot.estimation.mixed import mixed_model
from pilot.estimation.planning import trials
from pilot.estimation.planning.cells import cells_of, model_of
from pilot.estimation.planning.likelihood import look_at
from pilot.estimation.planning.people import Pilots, Shape, draw
from pilot.results import Assumptions

SLOPES = model_of((0, 6, 12), people=True)
HALF_YEARS = (0.0, 7.0, 12.0, 19.0, 24.0)
SHARED = ["family:wave", "person"]
DESIGNS = {
    "two waves": (Assumptions(), ["family"]),
    "two waves, two a family": (Assumptions(members=2), ["family", *SHARED]),
    "two waves, little correlation": (Assumptions(retest=0.0), ["family"]),
    "three waves": (Assumptions(months=(0, 6, 12)), ["months | family"]),
    "five waves, nobody left": (Assumptions(months=HALF_YEARS, lost=0), ["months | family"]),
    "five waves": (Assumptions(months=HALF_YEARS, lost_by="score"), ["months | family"]),
    "five waves, 1.5 a family": (
        Assumptions(months=HALF_YEARS, members=1.5, change_icc=0.5),
        ["months | family", *SHARED],
    ),
}


def pilots_of(assumed: Assumptions, families: int, count: int, seed: int = 4) -> Pilots:
    """Draw pilots in which something changes."""
    return draw(assumed, Shape(families, 0.5), count, np.random.default_rng(seed))


def rows_of(pilots: Pilots, which: int, months: tuple[float, ...]) -> pd.DataFrame:
    """Return one pilot's scores as a table."""
    there = pilots.last[which][:, None, None] >= np.arange(len(months))
    family, member, wave = np.nonzero(there & np.isfinite(pilots.scores[which]))
    return pd.DataFrame(
        {
            "family": family,
            "person": 10 * family + member,
            "wave": [f"t{number}" for number in wave],
            "months": np.asarray(months)[wave],
            "score": pilots.scores[which, family, member, wave],
        }
    )


@pytest.mark.parametrize("design", DESIGNS)
def test_each_pilot_gets_the_answer_of_its_own_model(design: str) -> None:
    """Estimate, Kenward-Roger error and df are those of `mixed_model`.

    At the edge, where a variance is at zero, error and df are those of the planned method.
    """
    assumed, groups = DESIGNS[design]
    pilots = pilots_of(assumed, 9, 30)
    told = trials.mixed(pilots, assumed)
    members = ((pilots.last > 0) & (pilots.members > 1)).sum(axis=1)
    few = (members < 3) & (pilots.members.max() > 1)
    compared = np.flatnonzero((pilots.stayed.sum(axis=1) >= 5) & ~few)[:20]
    assert len(compared) > 10

    for which in compared:
        data = rows_of(pilots, which, assumed.months)
        planned = planned_of(data, len(assumed.months))
        own = mixed_model("score ~ wave", data, groups=groups).coefficients().iloc[-1]
        own = planned.change if planned.by_families else own
        mine = [told.estimate[which], told.std_error[which], told.df[which]]
        assert mine == pytest.approx([own.estimate, own.std_error, own.df], rel=1e-4)


def planned_of(data: pd.DataFrame, waves: int) -> EveryonesChange:
    """Return what the planned method says of one pilot's scores."""
    rows = data.rename(columns={"person": "participant"})
    order = [f"t{number}" for number in range(waves)]
    return change_of_everyone(everyone_of(rows, order), "t0", order[-1])


@pytest.mark.parametrize("members", [1.2, 1.5])
@pytest.mark.parametrize("months", [(0, 12), HALF_YEARS])
def test_the_model_is_the_one_the_report_will_use(
    members: float, months: tuple[float, ...]
) -> None:
    """The same answer as the planned method gives of such scores, averaged or not."""
    assumed = Assumptions(members=members, months=months)
    pilots = pilots_of(assumed, 8, 12)
    told = trials.mixed(pilots, assumed)
    compared = np.flatnonzero(pilots.stayed.sum(axis=1) >= 5)
    assert len(compared) > 5
    planned = [planned_of(rows_of(pilots, which, months), len(months)) for which in compared]
    assert any(each.by_families for each in planned) or members == 1.2

    for which, each in zip(compared, planned, strict=True):
        own = each.change
        mine = [told.estimate[which], told.std_error[which], told.df[which]]
        assert mine == pytest.approx([own.estimate, own.std_error, own.df], rel=1e-4)


def test_complete_pairs_give_the_paired_t() -> None:
    """Two waves, nobody left: it is the t on family means, with n - 1 df.

    Also where families differ less in level than chance makes them, and a variance is 0.
    """
    assumed = Assumptions(lost=0, retest=0.6)
    pilots = pilots_of(assumed, 8, 200)
    told = trials.mixed(pilots, assumed)
    changes = trials.family_changes(pilots)
    before, after = pilots.scores[:, :, 0, 0], pilots.scores[:, :, 0, 1]
    together = ((before - before.mean(1)[:, None]) * after).sum(axis=1) > 0
    assert 150 < together.sum() < 200

    paired = stats.ttest_1samp(changes, 0, axis=1)
    assert told.estimate == pytest.approx(changes.mean(axis=1))
    assert told.df == pytest.approx(7, rel=1e-6)
    statistic = told.estimate / told.std_error
    assert statistic == pytest.approx(paired.statistic, rel=1e-6)


def test_slope_and_curvature_are_derivatives() -> None:
    """Of the deviance and of the slope, by differences, away from the largest likelihood."""
    assumed = Assumptions(members=1.5, months=(0, 6, 12))
    pilots = pilots_of(assumed, 9, 40)
    cells = cells_of(pilots.of(np.flatnonzero(pilots.stayed.sum(axis=1) >= 5)), SLOPES)
    theta = np.repeat([[0.8], [-0.1], [0.4], [0.2], [0.3], [0.5]], len(cells[0].counts), axis=1)
    at = look_at(cells, theta, 3)

    for place in range(6):
        step = np.zeros((6, 1))
        step[place] = 1e-5
        above, below = (look_at(cells, theta + sign * step, 3) for sign in (1, -1))
        by_deviance = (above.deviance - below.deviance) / 2e-5
        assert at.slope[place] == pytest.approx(by_deviance, rel=1e-6, abs=1e-6)
        by_slope = (above.slope - below.slope) / 2e-5
        assert at.curvature[place].ravel() == pytest.approx(
            by_slope.ravel(), rel=1e-5, abs=1e-5
        )


def test_units_and_order_change_nothing() -> None:
    """Scores times ten, families in another order: ten times the estimate, the same df."""
    assumed = Assumptions(months=(0, 6, 12))
    pilots = pilots_of(assumed, 8, 50)
    tenfold = Assumptions(months=(0, 6, 12), sd=10)
    order = np.arange(8)[::-1]
    turned = Pilots(
        10 * pilots.scores[:, order], pilots.last[:, order], pilots.members, pilots.sites
    )
    one, other = trials.mixed(pilots, assumed), trials.mixed(turned, tenfold)

    known = np.isfinite(one.df)
    assert known.sum() > 30
    assert other.estimate[known] == pytest.approx(10 * one.estimate[known], rel=1e-6)
    assert other.std_error[known] == pytest.approx(10 * one.std_error[known], rel=1e-5)
    assert other.df[known] == pytest.approx(one.df[known], rel=1e-4)


def test_too_few_pairs_or_no_spread_get_no_answer() -> None:
    """Four families with both waves, or five that all changed alike: NaN, and no crash."""
    assumed = Assumptions(lost=0)
    pilots = pilots_of(assumed, 5, 3)
    pilots.last[0, 0] = 0
    pilots.scores[1, ..., 1] = pilots.scores[1, ..., 0] + 2
    changes = trials.family_changes(pilots)
    for told in (trials.mixed(pilots, assumed), trials.t_of(changes, 5, trials.SAME)):
        assert np.isnan(told.std_error).tolist() == [True, True, False]


def test_sites_are_means_of_families() -> None:
    """The site answer is the t over unweighted site means, refused below four of them."""
    assumed = Assumptions(sites=4, site_icc=0.1, lost=0)
    pilots = pilots_of(assumed, 10, 20)
    pilots.last[0, pilots.sites == 3] = 0
    told = trials.site_t(pilots, assumed)
    changes = pd.DataFrame(trials.family_changes(pilots).T).groupby(pilots.sites).mean()

    assert np.isnan(told.std_error[0])
    assert told.df[1:] == pytest.approx(3)
    assert told.estimate[1:] == pytest.approx(changes.mean()[1:])
    expected = stats.ttest_1samp(changes, 0).statistic[1:]
    assert (told.estimate / told.std_error)[1:] == pytest.approx(expected)

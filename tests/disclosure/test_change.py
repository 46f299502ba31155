"""Which estimates are told, and how much of them."""

from __future__ import annotations

from dataclasses import replace
from types import ModuleType

import numpy as np
import pandas as pd
import pytest

from pilot.disclosure import disclose
from pilot.results import Estimate, PublicCount, PublicEstimate, Study


def _with(study: Study, key: str, **values: object) -> Study:
    changed = [
        replace(each, **values) if each.outcome.key == key else each for each in study.estimates
    ]
    return replace(study, estimates=tuple(changed))


def _told(study: Study, key: str) -> PublicEstimate:
    return next(each for each in disclose(study).estimates if each.outcome.key == key)


@pytest.mark.parametrize(
    ("low", "high", "verdict"),
    [
        (0.2, 3.0, "better"),
        (-3.0, -0.2, "worse"),
        (-0.1, 3.0, "cannot tell"),
        (0, 3, "cannot tell"),
    ],
)
def test_a_verdict_needs_the_whole_interval(
    study: Study, low: float, high: float, verdict: str
) -> None:
    """Better or worse only where 0 lies outside the 95 % interval."""
    told = _told(_with(study, "gse_10_total", conf_low=low, conf_high=high), "gse_10_total")
    assert told.verdict == verdict


def test_a_share_above_0_is_better_whatever_the_scale(study: Study) -> None:
    """Loneliness: higher is worse, but a share better minus worse above 0 is better."""
    changed = _with(study, "djg_6_total", estimate=0.3, conf_low=0.1, conf_high=0.5)
    assert _told(changed, "djg_6_total").verdict == "better"


def test_fewer_than_five_families_have_no_estimate(study: Study) -> None:
    """4 families with both waves: no number, and the reason is one word."""
    told = _told(_with(study, "gse_10_total", n_families=4), "gse_10_total")
    assert (told.refused, told.reason, told.estimate) == (True, "few", None)
    assert told.n_families.exact is None


def test_an_interval_without_width_is_not_told(study: Study) -> None:
    """An interval from 2 to 2 says that each family changed by 2."""
    changed = _with(study, "gse_10_total", conf_low=2.0, conf_high=2.0, estimate=2.0)
    assert _told(changed, "gse_10_total").reason == "same"


def test_a_share_that_tells_of_every_family_is_not_told(study: Study) -> None:
    """8 of 9 families better, net, would leave one family to be named."""
    changed = _with(study, "djg_6_total", estimate=8 / 9, n_families=9)
    assert _told(changed, "djg_6_total").reason == "same"


def test_the_interval_of_a_share_is_told_only_where_its_cells_hold(
    studies: ModuleType,
) -> None:
    """Only one number better and worse leads to an interval: each must be five or more."""
    small, large = (
        studies.make_study(studies.Made(families=n, stay=(n, n, n))) for n in (12, 60)
    )
    assert _told(small, "djg_6_total").conf_low is None
    assert _told(small, "djg_6_total").estimate is not None
    assert _told(large, "djg_6_total").conf_low is not None


def test_one_wave_is_no_fault(studies: ModuleType) -> None:
    """After the first wave there is a report, and every change is 'not yet'."""
    public = disclose(studies.make_study(studies.Made(held=1)))
    assert {each.reason for each in public.estimates} == {"not yet"}
    assert public.started.exact == 14


def test_four_families_have_a_report_without_estimates(small_study: Study) -> None:
    """Reach, activities and feasibility remain; no count points at one family."""
    public = disclose(small_study)
    assert public.small
    assert public.estimates == ()
    assert public.started.exact is None
    assert (public.started.low, public.started.high) == (0, 5)
    assert dict(public.events)["attendance"] == PublicCount(None, 100, 200)


def test_goals_are_told_as_counts(study: Study) -> None:
    """Goals rated at each person's latest wave: set, and reached where 0 or more."""
    goal = np.where(study.panel["wave"] == "t2", 1, -1)
    panel = study.panel.assign(gas_01=pd.Series(goal, dtype="Int8"))
    instrument = _goal_form(study)
    trajectory = study.trajectory.model_copy(
        update={"instruments": study.trajectory.instruments | {"gas": instrument}}
    )
    public = disclose(replace(study, panel=panel, trajectory=trajectory))
    people = study.panel["participant"].nunique()
    assert dict(public.goals)["set"].exact == people
    assert dict(public.goals)["reached"].exact in (
        None,
        study.panel.loc[study.panel["wave"] == "t2", "participant"].nunique(),
    )


def _goal_form(study: Study) -> object:
    from pilot.design import load_instrument

    return load_instrument("gas")


def test_nothing_breaks_down_by_site(study: Study) -> None:
    """The public object has no table with a site in it."""
    public = disclose(study)
    assert "site" not in public.waves.columns
    assert "site" not in public.feasibility.columns


def test_estimates_keep_their_order(study: Study) -> None:
    """Planned estimates only, in the order of the plan."""
    told = [each.outcome.key for each in disclose(study).estimates]
    planned = [e.outcome.key for e in study.estimates if e.standing == "planned"]
    assert told == planned
    assert isinstance(study.estimates[0], Estimate)

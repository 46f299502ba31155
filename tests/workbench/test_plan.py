"""`pilot.plan`: from a design to what its numbers of families can show."""

from __future__ import annotations

import re
from typing import Any

import pytest

import pilot
from pilot.design import load_trajectory, trajectory_names
from pilot.errors import CallError
from pilot.workbench.plan import StudyPlan

FEW = {"simulations": 200}


@pytest.mark.parametrize("trajectory", trajectory_names())
def test_every_trajectory_can_be_planned(trajectory: str) -> None:
    """Both primary outcomes, each in both languages: numbers, words and a figure."""
    for outcome in load_trajectory(trajectory).outcomes()[:2]:
        planned = pilot.plan(
            trajectory, [4, 8, 16], outcome=outcome.key, role=outcome.role, **FEW
        )

        assert planned.prospect.outcome.key == outcome.key
        assert planned.frame["families"].tolist() == [4, 8, 16]
        assert planned.frame["half_width_95"].is_monotonic_decreasing
        for language in ("nl", "en"):
            assert planned.plot(language).alt
            assert planned.sentence(language)
            assert len(planned.assumed(language)) > 6


def test_a_plan_shows_itself_in_both_languages() -> None:
    """The sentence, the table and what it rests on; the same at every run."""
    one, same = (pilot.plan("krachtige-gezinnen", [8, 16], change=3, **FEW) for _ in "ab")

    assert one._repr_html_() == same._repr_html_()
    assert re.findall('<div lang="(..)">', one._repr_html_()) == ["nl", "en"]
    assert one._repr_html_().count("<table") == 2
    assert repr(one) == (
        "StudyPlan(gse_10_total, change 3 points, families 8, 16, 200 simulations)"
    )


def test_the_sentence_is_about_the_number_in_the_design() -> None:
    """Krachtige Gezinnen plans 16; of 8 and 24 the nearest, unless another is asked."""
    planned = pilot.plan("krachtige-gezinnen", [4, 16, 24], **FEW)

    assert planned.sentence("nl").startswith("Met 16 gezinnen die beginnen")
    assert planned.sentence("en", 4).startswith("With 4 families we give no mean")
    with pytest.raises(CallError) as fault:
        planned.sentence("en", 5)
    assert str(fault.value) == (
        "families: 5 was not planned for\n  mend: use one of: 4, 16, 24"
    )


def test_a_frame_is_handed_out_as_a_copy() -> None:
    """Whoever changes it does not change the plan."""
    planned = pilot.plan("m-power", [8], **FEW)
    frame = planned.frame
    frame["power"] = 1.0

    assert planned.frame["power"][0] < 1


def test_change_in_points_and_in_sd_are_the_same_change() -> None:
    """Half an SD of the GSE-10 is 2.505 points, which is also the default."""
    design = load_trajectory("krachtige-gezinnen")
    points: StudyPlan = pilot.plan(design, [8], change=2.505, **FEW)
    sd = pilot.plan(design, [8], change=0.5, change_in="sd", **FEW)
    default = pilot.plan(design, [8], **FEW)

    assert points.prospect.change == sd.prospect.change == default.prospect.change
    assert points.frame["power"][0] == sd.frame["power"][0] == default.frame["power"][0]
    origins = [each.prospect.change_origin for each in (points, sd, default)]
    assert origins == ["given", "given", "assumed"]


def test_points_need_a_standard_deviation() -> None:
    """Of the LSNS-6 none is published: give it, or the change in SD."""
    with pytest.raises(CallError) as fault:
        pilot.plan("m-power", [8], change=2, outcome="lsns_6_total", **FEW)

    assert str(fault.value) == (
        "change: 2 points of 'lsns_6_total' cannot be weighed: no standard deviation of it is "
        "published\n  mend: give sd=..., or the change with change_in='sd'"
    )
    given = pilot.plan("m-power", [8], change=2, outcome="lsns_6_total", sd=5, **FEW)
    assert given.prospect.unit == "points"


@pytest.mark.parametrize("unit", ["points", "sd"])
def test_a_change_in_words_is_refused(unit: Any) -> None:
    """Numbers out of a text file are texts until somebody makes numbers of them."""
    with pytest.raises(CallError) as fault:
        pilot.plan("m-power", [8], change="2.5", change_in=unit)  # type: ignore[arg-type]
    assert str(fault.value) == "change: '2.5' is no number\n  mend: give a number"


def test_what_is_unknown_is_suggested() -> None:
    """A trajectory, an assumption and a unit that are none."""
    with pytest.raises(CallError, match="did you mean 'm-power'"):
        pilot.plan("m-powr", [8])
    with pytest.raises(CallError, match="did you mean 'lost'"):
        pilot.plan("m-power", [8], losst=0.2)
    with pytest.raises(CallError) as fault:
        pilot.plan("m-power", [8], change=1, change_in="point")
    assert str(fault.value) == (
        "change_in: 'point' is nothing a change is measured in\n"
        "  mend: did you mean 'points'? known: points, sd"
    )

"""What a plan says of its numbers of families, and what it refuses."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from pilot.design import load_trajectory
from pilot.design.instrument import MinimalChange
from pilot.design.outcome import Outcome
from pilot.errors import CallError
from pilot.estimation.planning import Ask, assume, foresee, planned_outcome, reach_of, t_power
from pilot.estimation.planning import usual_change as default_change
from pilot.results import Assumptions

SIZES = ["half_width_95", "half_width_75", "detectable_change"]


def asked(outcome: Outcome, change: float = 0.5, **assumed: Any) -> Ask:
    """Return a question in SD, about an outcome of the same name."""
    return Ask(outcome, Assumptions(**assumed), change, "sd")


def test_complete_pairs_have_the_power_of_the_formula(outcome: Outcome) -> None:
    """Two waves, nobody lost: simulated power is the noncentral t's, coverage is 95 and 75."""
    told = foresee(asked(outcome, lost=0), [8, 16], simulations=20_000).frame

    for n, row in zip((8, 16), told.to_dict("records"), strict=True):
        root = 0.5 * np.sqrt(n)
        assert row["power_t"] == pytest.approx(t_power(root, n - 1), abs=0.01)
        assert row["power"] == pytest.approx(row["power_t"], abs=0.005)
        assert row["power_holm"] == pytest.approx(t_power(root, n - 1, 0.025), abs=0.01)
        assert [row["coverage_95"], row["coverage_75"]] == pytest.approx([0.95, 0.75], abs=0.01)
        assert row["half_width_95_simulated"] == pytest.approx(row["half_width_95"], rel=0.06)
        assert row["detectable_change_simulated"] == pytest.approx(
            row["detectable_change"], rel=0.03
        )
        assert row["answered"] == 1


@pytest.mark.parametrize("generalises_to", ["families", "sites"])
def test_without_change_the_planned_method_holds_its_level(
    outcome: Outcome, generalises_to: str
) -> None:
    """No change, 35 % lost at random: at most 6 % see one, and intervals cover."""
    assumed = Assumptions(lost=0.35, sites=5, site_icc=0.1 * (generalises_to == "sites"))
    ask = Ask(outcome, assumed, 0.0, "sd", generalises_to=generalises_to)
    row = foresee(ask, [16], simulations=8_000).frame.iloc[0]

    assert 0.035 < row["power"] < 0.06
    assert 0.015 < row["power_holm"] < 0.035
    assert 0.94 < row["coverage_95"] < 0.97
    assert 0.73 < row["coverage_75"] < 0.78


def test_a_pilot_without_an_answer_sees_nothing(outcome: Outcome) -> None:
    """Six families of whom 30 % leave: five stay in 42 of 100 pilots, and no more see it."""
    row = foresee(asked(outcome, 50.0), [6], simulations=20_000).frame.iloc[0]
    five_stay = 0.7**6 + 6 * 0.7**5 * 0.3

    assert row["answered"] == pytest.approx(five_stay, abs=0.01)
    assert row["power"] == row["power_holm"] == row["power_t"] == row["answered"]
    assert row["detectable_change_simulated"] == np.inf
    assert row["families_with_pair"] == pytest.approx(4.2)


def test_families_that_leave_by_score_bias_pairs_and_not_the_model(outcome: Outcome) -> None:
    """The model that keeps everyone covers; the t on complete pairs does not."""
    ask = asked(outcome, 0.0, lost=0.4, lost_by="score", retest=0.3)
    row = foresee(ask, [60], simulations=4_000).frame.iloc[0]

    assert row["coverage_95"] > 0.935
    assert row["coverage_95_t"] < 0.85


def test_sizes_follow_the_standard_deviation(outcome: Outcome) -> None:
    """Ten times the SD and the change: ten times every size, the same chances."""
    one = foresee(asked(outcome, 0.5), [10], simulations=500).frame
    tenfold = Ask(outcome, Assumptions(sd=10), 5.0, "points")
    other = foresee(tenfold, [10], simulations=500).frame

    for name in (*SIZES, "half_width_95_simulated", "detectable_change_simulated"):
        assert other[name][0] == pytest.approx(10 * one[name][0], rel=1e-4)
    for name in ("power", "power_holm", "coverage_95", "answered"):
        assert other[name][0] == one[name][0]


def test_a_number_gives_the_same_whichever_others_are_asked(outcome: Outcome) -> None:
    """Neither order nor company of the numbers changes a digit; another seed does."""
    ask = asked(outcome)
    alone = foresee(ask, [12], simulations=300).frame
    among = foresee(ask, [16, 12, 8, 12], simulations=300).frame

    assert among["families"].tolist() == [8, 12, 16]
    pd.testing.assert_frame_equal(among.iloc[[1]].reset_index(drop=True), alone)
    again = foresee(ask, [12], simulations=300, seed=9).frame
    assert again["half_width_95_simulated"][0] != alone["half_width_95_simulated"][0]


def test_below_five_families_nothing_is_powered(outcome: Outcome) -> None:
    """The formula stands there; power does not, with the ladder's reason in both languages."""
    row = foresee(asked(outcome, lost=0), [4], simulations=200).frame.iloc[0]

    assert [row[name] for name in SIZES] == pytest.approx(
        [reach_of(4).half_width_95, reach_of(4).half_width_75, reach_of(4).detectable]
    )
    assert (row["smallest_p"], row["answered"]) == (0.125, 0)
    simulated = row.filter(regex="power|coverage|simulated")
    assert len(simulated) == 10
    assert simulated.isna().all()
    assert row["reason"] == (
        "4 families with both waves; a mean, its interval and a test are given from 5, below "
        "that only profiles, counts and stories"
    )
    assert row["reason_nl"].startswith("4 gezinnen met beide metingen; een gemiddelde met")


def test_a_plan_in_which_no_pilot_is_answered_says_so(outcome: Outcome) -> None:
    """Everyone at the ceiling: no change differs from another, so there is no mean."""
    ask = asked(outcome, 0.0, mean=40, sd=0.01, low=10, high=40, step=1)
    row = foresee(ask, [8], simulations=200).frame.iloc[0]

    assert (row["answered"], row["reason"]) == (
        0,
        "in none of 200 simulated pilots did 5 families with both waves stay whose changes "
        "differ",
    )
    assert np.isnan(row["power"])


def test_sites_are_what_counts_where_the_design_speaks_of_sites(outcome: Outcome) -> None:
    """More families at four sites never bring a smaller p than .125; three sites: refused."""
    four = Ask(outcome, Assumptions(sites=4, site_icc=0.1, lost=0), 0.5, "sd", "given", "sites")
    told = foresee(four, [12, 60], simulations=200).frame
    assert told["smallest_p"].tolist() == [0.125, 0.125]
    spread = np.sqrt(0.1 + 0.9 / 15)
    assert told["half_width_95"][1] == pytest.approx(spread * reach_of(4).half_width_95)

    three = replace(four, assumptions=replace(four.assumptions, sites=3))
    reason = foresee(three, [12], simulations=200).frame["reason"][0]
    assert reason == "3 sites with a pair; what holds for sites like these is estimated from 4"


def test_what_a_design_and_the_literature_say_is_taken() -> None:
    """GSE-10: SD and mean of the Dutch sample, waves, sites and loss of the design."""
    design = load_trajectory("krachtige-gezinnen")
    assumed, unit = assume(design, planned_outcome(design))

    assert (assumed.sd, assumed.mean, assumed.low, assumed.high) == (5.01, 31.14, 10, 40)
    assert (assumed.step, assumed.sites, assumed.lost, unit) == (1, 4, 0.3, "points")
    assert len(assumed.months) == 5
    assert assumed.months[-1] == pytest.approx(24, abs=0.5)
    assert assumed.origins["sd"] == "published"
    assert assumed.origins["lost"] == "design"
    assert assumed.origins["retest"] == "assumed"  # the published one is over one year


def test_a_published_retest_over_the_same_time_is_taken() -> None:
    """Verbinding en empowerment lasts a year, over which the GSE-10's retest is .54."""
    design = load_trajectory("verbinding-empowerment")
    assumed, _ = assume(design, planned_outcome(design))

    assert (assumed.retest, assumed.origins["retest"]) == (0.54, "published")


def test_without_a_published_sd_sizes_are_in_sd() -> None:
    """LSNS-6: no SD is published, so there are no bounds; with a given one there are."""
    design = load_trajectory("m-power")
    outcome = planned_outcome(design, "lsns_6_total")
    bare, unit = assume(design, outcome)
    given, points = assume(design, outcome, sd=6.0)

    assert (bare.sd, bare.low, bare.high, unit) == (1.0, None, None, "sd")
    assert (given.sd, given.low, given.high, given.mean, points) == (6.0, 0, 30, 15, "points")
    assert given.origins["sd"] == "given"


def test_the_change_asked_is_the_published_smallest_one(outcome: Outcome) -> None:
    """Where none is published it is half an SD."""
    assumed = Assumptions(sd=4)
    known = replace(outcome, minimal_change=MinimalChange(value=3, source="a paper"))

    assert default_change(outcome, assumed) == (2.0, "assumed")
    assert default_change(known, assumed) == (3, "published")


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"lost": 1.2}, "lost: 1.2 is not possible\n  mend: give a share from 0 to .95"),
    ({"sd": 0}, "sd: 0 is not possible\n  mend: give a standard deviation above 0"),
    (
        {"retest": float("nan")},
        "retest: nan is not possible\n  mend: give a correlation from 0 to .999",
    ),
    (
        {"lost_by": "scores"},
        "lost_by: 'scores' is no way in which families leave\n"
        "  mend: did you mean 'score'? known: random, score",
    ),
    (
        {"months": (0,)},
        "months: 0 are no waves in order\n  mend: give two or more rising months: 0, 12",
    ),
    (
        {"months": (12, 0)},
        "months: 12, 0 are no waves in order\n  mend: give two or more rising months: 0, 12",
    ),
    (
        {"mean": 60.0, "low": 10.0, "high": 40.0},
        "mean: 60 is not on the scale, 10 to 40\n"
        "  mend: give the mean at the first wave, in points",
    ),
    ({"low": 4.0, "high": 4.0}, "low: 4 is not below high, 4\n  mend: swap them"),
    (
        {"change_icc": 0.8, "site_icc": 0.4},
        "change_icc: families and sites together take 1.2 of the differences in change\n"
        "  mend: keep change_icc + site_icc at most 1",
    ),
]


@pytest.mark.parametrize(("given", "told"), WRONG)
def test_what_is_not_possible_is_refused(given: dict[str, Any], told: str) -> None:
    """Place, cause and mend."""
    with pytest.raises(CallError) as fault:
        Assumptions(**given)
    assert str(fault.value) == told


@pytest.mark.parametrize(
    ("families", "simulations", "change", "told"),
    [
        ([], 200, 0.5, "families: names no number\n  mend: give one or more: 8, 12, 16"),
        (
            [0],
            200,
            0.5,
            "families: 0 is no number of families\n  mend: give whole numbers from 1 to 2000",
        ),
        (
            [8.5],
            200,
            0.5,
            "families: 8.5 is no number of families\n  mend: give whole numbers from 1 to 2000",
        ),
        (
            [8],
            0,
            0.5,
            "simulations: 0 pilots cannot be drawn\n  mend: give 200 to 1000000; 2000 is usual",
        ),
        (
            [8],
            1,
            0.5,
            "simulations: counted in 1 pilots, a chance may be 98 of 100 off\n"
            "  mend: give 200 to 1000000; 2000 is usual",
        ),
        (
            [8],
            199,
            0.5,
            "simulations: counted in 199 pilots, a chance may be 7 of 100 off\n"
            "  mend: give 200 to 1000000; 2000 is usual",
        ),
        (
            [8],
            200,
            -1.0,
            "change: -1 is no size of a change\n  mend: give a size of 0 or more; it is taken "
            "towards better",
        ),
    ],
)
def test_a_wrong_call_is_refused(
    outcome: Outcome, families: list[Any], simulations: int, change: float, told: str
) -> None:
    """Place, cause and mend."""
    with pytest.raises(CallError) as fault:
        foresee(asked(outcome, change), families, simulations=simulations)
    assert str(fault.value) == told


RISING = "are no waves in order\n  mend: give two or more rising months: 0, 12"
NO_NUMBER: list[tuple[dict[str, Any], str]] = [
    ({"months": (0, float("nan"))}, f"months: 0, nan {RISING}"),
    ({"months": (0, float("inf"))}, f"months: 0, inf {RISING}"),
    ({"months": ()}, f"months: none {RISING}"),
    ({"months": 12}, f"months: 12 {RISING}"),
    ({"months": ("a", "b")}, f"months: a, b {RISING}"),
    ({"lost": "0.35"}, "lost: '0.35' is no number\n  mend: give a number"),
    ({"sd": None}, "sd: None is no number\n  mend: give a number"),
    ({"sites": 4.5}, "sites: 4.5 is no whole number\n  mend: give a whole number"),
    ({"high": float("nan")}, "high: nan is no number\n  mend: give a number"),
]


@pytest.mark.parametrize(("given", "told"), NO_NUMBER)
def test_what_is_no_number_is_refused_before_anything_is_reckoned(
    given: dict[str, Any], told: str
) -> None:
    """A student's slip is told with its place, and never ends in a fault of ours."""
    design = load_trajectory("krachtige-gezinnen")
    with pytest.raises(CallError) as fault:
        assume(design, planned_outcome(design), **given)
    assert str(fault.value) == told


WHOLE = "is no number of families\n  mend: give whole numbers from 1 to 2000"
CALLS: list[tuple[dict[str, Any], str]] = [
    ({"families": 8}, "families: 8 is no list\n  mend: give one or more: 8, 12, 16"),
    ({"families": "8,12"}, "families: '8,12' is no list\n  mend: give one or more: 8, 12, 16"),
    ({"families": [8, None]}, f"families: None {WHOLE}"),
    ({"families": [float("nan")]}, f"families: nan {WHOLE}"),
    ({"families": [1e9]}, f"families: 1000000000.0 {WHOLE}"),
    ({"families": [True]}, f"families: True {WHOLE}"),
    (
        {"simulations": 10.5},
        "simulations: 10.5 pilots cannot be drawn\n  mend: give 200 to 1000000; 2000 is usual",
    ),
    ({"seed": -1}, "seed: -1 is no seed\n  mend: give a whole number from 0"),
    ({"seed": None}, "seed: None is no seed\n  mend: give a whole number from 0"),
]


@pytest.mark.parametrize(("given", "told"), CALLS)
def test_numbers_that_nothing_can_be_drawn_from_are_refused(
    outcome: Outcome, given: dict[str, Any], told: str
) -> None:
    """Families, pilots and a seed are whole numbers; a list is a list."""
    call: dict[str, Any] = {"families": [8], "simulations": 200, "seed": 1, **given}
    with pytest.raises(CallError) as fault:
        foresee(asked(outcome), call.pop("families"), **call)
    assert str(fault.value) == told


def test_a_whole_number_may_be_written_with_a_point(outcome: Outcome) -> None:
    """Numbers out of a spreadsheet or of numpy are the same numbers."""
    plain = foresee(asked(outcome), [8], simulations=200, seed=1)
    other = foresee(asked(outcome), np.array([8.0]), simulations=200.0, seed=np.int64(1))  # type: ignore[arg-type]

    pd.testing.assert_frame_equal(plain.frame, other.frame)


@pytest.mark.parametrize(
    ("better", "room", "mean"), [("better", 9.0, 31.0), ("worse", 21.0, 31.0)]
)
def test_a_change_that_the_scale_has_no_room_for_is_refused(
    outcome: Outcome, better: str, room: float, mean: float
) -> None:
    """No mean can rise by more than what lies above it: such a chance would be nonsense."""
    higher = "better" if better == "better" else "worse"
    turned = replace(outcome, higher_is=higher)  # type: ignore[arg-type]
    scale = Assumptions(sd=5, mean=mean, low=10, high=40, step=1)
    with pytest.raises(CallError) as fault:
        foresee(Ask(turned, scale, room + 0.5), [8], simulations=200)
    assert str(fault.value) == (
        f"change: {room + 0.5:g} points towards better do not fit: the mean is 31 on a scale "
        f"of 10 to 40\n  mend: give at most {room:g}"
    )
    assert len(foresee(Ask(turned, scale, room), [8], simulations=200).frame) == 1


def test_people_cannot_differ_by_more_than_the_scale_allows() -> None:
    """Half of them at each end is the most: 15 on a scale of 10 to 40."""
    design = load_trajectory("krachtige-gezinnen")
    with pytest.raises(CallError) as fault:
        assume(design, planned_outcome(design), sd=15.1)
    assert str(fault.value) == (
        "sd: 15.1 is not possible on a scale of 10 to 40\n  mend: give at most 15"
    )
    assert assume(design, planned_outcome(design), sd=15)[0].sd == 15


def test_skew_needs_a_change_that_lasts(outcome: Outcome) -> None:
    """With three waves skew lies in what builds up: without that there is nothing to skew."""
    with pytest.raises(CallError) as fault:
        foresee(asked(outcome, lasting=0, skew=1, months=(0, 6, 12)), [8], simulations=200)
    assert str(fault.value) == (
        "skew: lies in the change that builds up, and lasting is 0\n"
        "  mend: give lasting above 0, or no skew"
    )
    assert len(foresee(asked(outcome, lasting=0, skew=1), [8], simulations=200).frame) == 1


SHARED = "life_satisfaction_total"


def test_an_outcome_of_two_roles_asks_whose_is_meant() -> None:
    """Parents and children answer one scale: neither is guessed."""
    design = load_trajectory("krachtige-gezinnen")
    shared = [each for each in design.outcomes() if each.key == SHARED]
    with pytest.raises(CallError) as fault:
        planned_outcome(design, SHARED)
    assert str(fault.value) == (
        f"outcome: {SHARED!r} is an outcome of parent and of child\n"
        "  mend: name the role too: --role parent or --role child"
    )
    assert [planned_outcome(design, SHARED, each.role) for each in shared] == shared
    assert planned_outcome(design, role="child").role == "child"
    with pytest.raises(CallError) as fault:
        planned_outcome(design, "gse_10_total", "chld")
    assert str(fault.value).startswith("role: the design plans nothing for 'chld'\n")
    assert "did you mean 'child'" in str(fault.value)


def test_what_the_ceiling_leaves_of_the_change_is_told(outcome: Outcome) -> None:
    """The mean of scores cut off at the ends, drawn here by hand; all of it without ends."""
    scale = Assumptions(sd=5, mean=36, low=10, high=40, lost=0, retest=0.5)
    left = foresee(Ask(outcome, scale, 4.0), [8], simulations=200).frame["change_left"][0]
    random = np.random.default_rng(4)
    both = random.multivariate_normal([36, 40], [[25, 12.5], [12.5, 25]], 400_000)
    by_hand = np.diff(np.clip(both, 10, 40).mean(axis=0))[0]
    turned = replace(outcome, higher_is="worse")
    down = foresee(Ask(turned, replace(scale, mean=14), 4.0), [8], simulations=200).frame

    assert left == pytest.approx(by_hand, abs=0.03)
    assert down["change_left"][0] == pytest.approx(by_hand, abs=0.03)
    assert foresee(asked(outcome, 0.5), [8], simulations=200).frame["change_left"][0] == 0.5


def test_an_outcome_without_a_mean_is_not_planned_for() -> None:
    """An unknown key is suggested; an order has no mean to plan."""
    design = load_trajectory("meet-the-parents")
    with pytest.raises(CallError, match=r"none called 'gse_10_totl'\n  mend: did you mean"):
        planned_outcome(design, "gse_10_totl")
    with pytest.raises(CallError) as fault:
        planned_outcome(design, "osss_3_total")
    assert str(fault.value) == (
        "outcome: of 'osss_3_total' no mean is taken: its steps are an order, not a distance\n"
        "  mend: plan for an outcome with interval = true in the design"
    )


def test_a_misspelt_assumption_is_suggested() -> None:
    """A name that is none, and a number that was not planned for."""
    with pytest.raises(CallError) as fault:
        Assumptions().with_given(losst=0.2)
    assert str(fault.value).startswith(
        "assumptions: none is called 'losst'\n  mend: did you mean 'lost'? known: sd, mean,"
    )

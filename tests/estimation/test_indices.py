"""The seven indices of reliable change, and an uncertain reliability."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from pilot.errors import CallError, EstimationError
from pilot.estimation import Refusal, reliable_change
from pilot.estimation.indices import METHODS

R = json.loads(
    (Path(__file__).parents[1] / "reference" / "individual.json").read_text(encoding="utf-8")
)
PEOPLE = pytest.mark.parametrize("case", R["people"], ids=lambda case: f"{len(case['before'])}")
CARRIED = pytest.mark.parametrize("case", R["carried"], ids=lambda case: str(case["range"]))
POPULATION = ["gulliksen-lord-novick", "hsu-linn-lord", "edwards-nunnally", "nunnally-kotsch"]


def of(case: dict[str, Any], method: str, **changed: Any) -> Any:
    """Judge the people of a case by one method, with all that was published."""
    names = ["reliability", "sd", "mean", "mean_after", "sd_after", "reliability_after"]
    known = {name: case[name] for name in names} | changed
    return reliable_change(case["before"], case["after"], method=method, **known)


@PEOPLE
@pytest.mark.parametrize("method", METHODS)
def test_each_index_agrees_with_r(case: dict[str, Any], method: str) -> None:
    """Index and error are those clinicalsignificance documents, to 1e-12; HA cuts at 1.65."""
    theirs = case["indices"][method]
    if not theirs:
        with pytest.raises(Refusal, match="differ no more than measurement error"):
            of(case, method)
        return
    ours = of(case, method)
    index = np.array(theirs["index"])

    assert ours["index"].to_numpy() == pytest.approx(index, rel=1e-12, abs=1e-12)
    assert ours["se_difference"].to_numpy() == pytest.approx(theirs["error"], rel=1e-12)
    cut = 1.65 if method == "hageman-arrindell" else 1.96
    assert list(ours["verdict"] == "improved") == list(index > cut)
    assert list(ours["verdict"] == "worse") == list(index < -cut)
    assert ours["threshold"].to_numpy() == pytest.approx(cut * theirs["error"])


@CARRIED
def test_an_uncertain_reliability_agrees_with_integrate(case: dict[str, Any]) -> None:
    """Probability and threshold are R's integrals over ln(1 - r) and their root, to 5e-6."""
    people = reliable_change(
        np.zeros(len(case["change"])),
        case["change"],
        reliability=case["reliability"],
        sd=case["sd"],
        reliability_range=case["range"],
    )

    assert people["probability"].to_numpy() == pytest.approx(case["probability"], abs=5e-6)
    assert people["threshold"].to_numpy() == pytest.approx(case["threshold"], rel=5e-6)
    beyond = people["change"].abs() > people["threshold"]
    assert list(beyond) == list(people["verdict"] != "cannot tell")


def test_uncertainty_makes_fewer_people_certain() -> None:
    """9.4 points are beyond 1.96 x 4.74 = 9.30; with r anywhere in .70 to .87 they are not."""
    known = {"reliability": 0.8, "sd": 7.5}
    sure = reliable_change([30.0], [39.4], **known).iloc[0]
    unsure = reliable_change([30.0], [39.4], **known, reliability_range=(0.70, 0.87)).iloc[0]

    assert (sure["verdict"], unsure["verdict"]) == ("improved", "cannot tell")
    assert unsure["probability"] < sure["probability"]
    assert unsure["se_difference"] == sure["se_difference"]


@pytest.mark.parametrize("method", [*POPULATION, "jacobson-truax", "maassen"])
def test_a_known_reliability_is_a_narrow_range(method: str) -> None:
    """As the interval shrinks to the value, the probability becomes that without one."""
    case = R["people"][1]
    near = of(case, method, reliability_range=(0.8449999, 0.8450001))
    plain = of(case, method)

    assert near["probability"].to_numpy() == pytest.approx(plain["probability"].to_numpy())
    assert list(near["verdict"]) == list(plain["verdict"])


@pytest.mark.parametrize("method", METHODS)
def test_rescaling_scores_changes_no_index(method: str) -> None:
    """Seven times all scores, means and SDs, plus three: nobody's index moves."""
    case = R["people"][4]
    scaled = dict(case)
    for name in ("before", "after", "mean", "mean_after"):
        scaled[name] = (7 * np.asarray(case[name]) + 3).tolist()
    for name in ("sd", "sd_after"):
        scaled[name] = 7 * case[name]

    expected = of(case, method)["index"].to_numpy()
    assert of(scaled, method)["index"].to_numpy() == pytest.approx(expected)


def test_methods_meet_where_they_should() -> None:
    """Equal spreads: Maassen is Jacobson-Truax. A mean that stays: HLL is GLN."""
    case = R["people"][2]
    equal = {"sd_after": case["sd"], "mean_after": case["mean"]}

    def index(method: str) -> Any:
        return of(case, method, **equal)["index"].to_numpy()

    assert index("maassen") == pytest.approx(index("jacobson-truax"))
    assert index("hsu-linn-lord") == pytest.approx(index("gulliksen-lord-novick"))
    perfect = of(case, "gulliksen-lord-novick", reliability=1 - 1e-12)["change"]
    assert perfect.tolist() == of(case, "jacobson-truax")["change"].tolist()


def test_the_probability_is_that_of_a_true_change() -> None:
    """Of 200,000 simulated changes of index 1 to 1.2, 86.4 % of people truly moved that way.

    True scores before and after are drawn apart and flat, as the probability assumes.
    """
    drawn = np.random.default_rng(1991)
    true = drawn.uniform(-12, 12, size=(2, 200_000))
    before, after = true + drawn.normal(0, math.sqrt(0.2), size=true.shape)
    people = reliable_change(before, after, reliability=0.8, sd=1.0)
    some = people["index"].between(1, 1.2) & (np.abs(true).max(axis=0) < 11)

    moved = (true[1] > true[0])[some.to_numpy()].mean()
    assert moved == pytest.approx(people.loc[some, "probability"].mean(), abs=0.012)


def test_false_flags_of_the_methods_that_take_m() -> None:
    """Unchanged people of that population: GLN, HLL and NK flag 5 %, EN flags 14 %.

    EN's error leaves out that of the estimate: the index's SD is sqrt(1 + r) = 1.34.
    """
    drawn = np.random.default_rng(1989)
    true = drawn.normal(40, 7.5 * math.sqrt(0.8), size=100_000)
    before, after = (true + drawn.normal(0, 7.5 * math.sqrt(0.2), size=true.size) for _ in "ab")
    flagged = {
        method: (
            reliable_change(
                before, after, reliability=0.8, sd=7.5, mean=40, mean_after=40, method=method
            )["verdict"]
            != "cannot tell"
        ).mean()
        for method in POPULATION
    }

    assert flagged["gulliksen-lord-novick"] == pytest.approx(0.05, abs=0.003)
    assert flagged["hsu-linn-lord"] == flagged["gulliksen-lord-novick"]
    assert flagged["edwards-nunnally"] == pytest.approx(0.1440, abs=0.004)
    assert 0.05 < flagged["nunnally-kotsch"] < flagged["edwards-nunnally"]


@pytest.mark.parametrize("method", POPULATION)
@pytest.mark.parametrize("lacking", ["mean", "sd"])
def test_a_population_is_never_taken_from_a_pilot(method: str, lacking: str) -> None:
    """Without a published M or SD: refused in both languages, with another way."""
    with pytest.raises(Refusal) as caught:
        of(R["people"][1], method, **{lacking: None})

    assert str(caught.value) == (
        f"reliable_change, {method}: this method expects a return to the mean of a population, "
        "and neither its mean nor its SD may come from a pilot's few people\n"
        "  mend: give mean= and sd= and their source, or take jacobson-truax"
    )
    assert caught.value.reason_nl == (
        "deze methode gaat uit van terugkeer naar het gemiddelde van een bevolking; dat "
        "gemiddelde en de SD mogen niet van de paar mensen van een pilot komen"
    )


@pytest.mark.parametrize(
    ("method", "changed", "message"),
    [
        (
            "hsu-linn-lord",
            {"mean_after": None},
            "reliable_change, hsu-linn-lord: no published mean says where such people stand at "
            "the later wave without a programme\n"
            "  mend: give mean_after= and its source, or take gulliksen-lord-novick",
        ),
        (
            "hageman-arrindell",
            {"reliability_range": (0.8, 0.9)},
            "reliable_change, reliability_range: the reliability of a difference may fall to 0 "
            "within it, where hageman-arrindell has no answer\n"
            "  mend: leave it out, or take another method",
        ),
        (
            "hageman-arrindell",
            {"reliability": 0.1},
            "reliable_change, hageman-arrindell: the changes of these 12 people differ no more "
            "than measurement error alone makes them differ\n  mend: take jacobson-truax",
        ),
        (
            "jacobson-truax",
            {"reliability_range": (0.9, 0.95)},
            "reliable_change, reliability_range: 0.9 to 0.95 does not hold the reliability "
            "0.845\n  mend: give the 95 % interval that was published with it",
        ),
        (
            "jacobson-truax",
            {"reliability_range": (0.0, 0.95)},
            "reliable_change, reliability_range: is 0, outside 0 to 1\n"
            "  mend: give the published reliability of one measurement, e.g. 0.86",
        ),
    ],
)
def test_refusals(method: str, changed: dict[str, Any], message: str) -> None:
    """Each with place, cause and mend."""
    with pytest.raises((CallError, EstimationError)) as caught:
        of(R["people"][1], method, **changed)

    assert str(caught.value) == message


def test_maassen_takes_the_spreads_of_these_people_when_none_is_published() -> None:
    """The root of both variances times 1 - r; all alike after is refused."""
    before, after = [20.0, 25, 30, 22], [24.0, 26, 40, 29]
    people = reliable_change(before, after, reliability=0.8, method="maassen")

    both = np.var(before, ddof=1) + np.var(after, ddof=1)
    assert people["se_difference"].tolist() == pytest.approx([math.sqrt(0.2 * both)] * 4)
    with pytest.raises(Refusal) as caught:
        reliable_change([1.0, 2.0], [5.0, 5.0], reliability=0.8, method="maassen")
    assert str(caught.value) == (
        "reliable_change: no published SD, and the 2 scores after have no spread to take one "
        "from\n  mend: give a published sd_after"
    )

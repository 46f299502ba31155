"""Courses of one family: NAP, Tau-U, and the test that follows from a lot."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy import special

from pilot.errors import EstimationError
from pilot.estimation import (
    Refusal,
    nap_interval,
    phases_of,
    randomisation_test,
    single_case,
)

R = json.loads(
    (Path(__file__).parents[1] / "reference" / "alternatives.json").read_text(encoding="utf-8")
)


def test_agrees_with_parker_and_vannest() -> None:
    """Parker, Vannest and Davis (2011), table 1: NAP is 38.5 / 42 and Tau 35 / 42."""
    told = single_case(phases_of([20, 20, 26, 25, 22, 23], [28, 25, 24, 27, 30, 30, 29]))

    assert told.nap == pytest.approx(38.5 / 42)
    assert told.tau == pytest.approx(35 / 42)


def test_agrees_with_the_published_tau_u() -> None:
    """Parker, Vannest, Davis and Sauber (2011): Tau 16 / 20, with the trend off 11 / 20."""
    told = single_case(phases_of([3, 3, 4, 5], [4, 5, 6, 7, 7]))

    assert told.tau == pytest.approx(16 / 20)
    assert told.tau_u == pytest.approx(11 / 20)
    assert told.baseline_trend == pytest.approx(5 / 6)


@pytest.mark.parametrize("case", R["single"], ids=lambda case: f"{case['a']}")
def test_agrees_with_wilcoxon_and_kendall(case: dict[str, Any]) -> None:
    """NAP is R's W over m n, its limits uniroot's, S of the baseline Kendall's: to 1e-9."""
    told = single_case(phases_of(case["a"], case["b"]))

    ours = [told.nap, told.nap_low, told.nap_high, told.tau_u, told.baseline_trend]
    names = ("nap", "low", "high", "tau_u", "trend")
    assert ours == pytest.approx([case[name] for name in names], abs=1e-9)


def test_less_is_better_mirrors_and_rescaling_changes_nothing() -> None:
    """Stress that falls is confidence that rises; minutes are hours."""
    before, during = [5, 6, 5, 7, 6], [4, 3, 5, 2, 3, 3]
    down = single_case(phases_of(before, during, higher_is="worse"))
    up = single_case(phases_of([-x for x in before], [-x for x in during]))
    minutes = single_case(phases_of([-60 * x for x in before], [-60 * x for x in during]))
    other_way = single_case(phases_of(before, during))

    assert down == up == minutes
    assert other_way.nap == pytest.approx(1 - down.nap)
    assert other_way.nap_low == pytest.approx(1 - down.nap_high)


def test_a_flat_baseline_leaves_tau_as_it_is() -> None:
    """Without a trend there is nothing to take off, and the words do not speak of one."""
    told = single_case(phases_of([2, 3, 3, 2, 3, 2], [4, 5, 3, 4]))

    assert told.baseline_trend == pytest.approx(-1 / 15)
    assert told.tau_u == pytest.approx(told.tau + 1 / 24)
    assert told.words.en == (
        "of all pairs of a measurement before and one during the programme, 94% were better "
        "during it; that describes this course and does not show what caused it"
    )


def test_few_points_and_a_rising_baseline_are_told() -> None:
    """Three or four points before are fewer than single-case standards ask."""
    words = single_case(phases_of([1, 2, 3], [4, 5, 6])).words

    assert words.en == (
        "of all pairs of a measurement before and one during the programme, 100% were better "
        "during it (the baseline was already moving that way: Tau-U takes that off); that "
        "describes this course and does not show what caused it; with 3 measurements before, "
        "fewer than the 5 that standards for single cases ask, take it as a picture only"
    )
    assert words.nl == (
        "van alle paren van een meting vooraf en een tijdens het programma was 100% tijdens "
        "het programma beter (de periode vooraf ging al die kant op: Tau-U haalt dat eraf); "
        "dat beschrijft dit verloop en toont niet de oorzaak; met 3 metingen vooraf, minder "
        "dan de 5 die standaarden voor enkele gevallen vragen, is het alleen een plaatje"
    )


@pytest.mark.parametrize(
    ("before", "during", "phase"),
    [
        ([1], [2], "1 measurements in the baseline"),
        ([1, 2, 1], [3, 3], "2 measurements in the pro"),
    ],
)
def test_before_and_after_is_no_single_case(
    before: list[float], during: list[float], phase: str
) -> None:
    """One measurement before and one after, or a phase of two."""
    with pytest.raises(Refusal) as caught:
        single_case(phases_of(before, during))

    assert caught.value.cause.startswith(phase)
    assert str(caught.value).endswith(
        "; with fewer than 3 nothing tells what would have happened by itself\n"
        "  mend: show the measurements as a line"
    )
    assert "zou zijn gebeurd" in caught.value.reason_nl


def test_phases_refuse_what_cannot_be() -> None:
    """Missing measurements, no better side, and a lot that was never drawn."""
    with pytest.raises(EstimationError) as caught:
        phases_of([1, float("nan"), 2], [2, 3])
    assert str(caught.value) == (
        "phases, baseline: 1 of 3 measurements are missing or infinite\n"
        "  mend: leave out what was not measured, and keep the order of time"
    )
    with pytest.raises(Refusal, match="neither way is better"):
        phases_of([1, 2, 3], [4, 5, 6], higher_is="neither")
    with pytest.raises(EstimationError) as caught:
        phases_of([1, 2, 3], [4, 5, 6], starts=[4, 5])
    assert str(caught.value) == (
        "phases, starts: the start after 3 measurements is not among [4, 5]\n"
        "  mend: list every start that could have been drawn, the drawn one too"
    )
    with pytest.raises(EstimationError, match="leaves a phase of 6 measurements empty"):
        phases_of([1, 2, 3], [4, 5, 6], starts=[3, 6])


def test_nap_covers_a_simulated_truth() -> None:
    """Of 3,000 courses of 5 and 8 independent points, 94-98 % hold NAP's true Phi(1/sqrt 2)."""
    drawn, covered = np.random.default_rng(2006), 0
    truth = float(special.ndtr(1 / np.sqrt(2)))
    before, during = drawn.normal(size=(3000, 5)), drawn.normal(1, 1, (3000, 8))
    for share in (during[:, None, :] > before[:, :, None]).mean(axis=(1, 2)):
        low, high = nap_interval(float(share), 5, 8)
        covered += low <= truth <= high

    assert 0.94 <= covered / 3000 <= 0.98


@pytest.mark.parametrize("case", R["lot"], ids=lambda case: f"{len(case['series'])} families")
def test_the_lot_agrees_with_r(case: dict[str, Any]) -> None:
    """All combinations of starts enumerated by expand.grid: the same p and difference."""
    drawn = case["drawn"] if isinstance(case["drawn"], list) else [case["drawn"]]
    courses = [
        phases_of(series[:start], series[start:], starts=starts)
        for series, starts, start in zip(case["series"], case["starts"], drawn, strict=True)
    ]
    told = randomisation_test(courses)

    assert told.estimate == pytest.approx(case["estimate"])
    assert told.p_value == pytest.approx(case["p"])
    assert told.smallest_p == 1 / np.prod([len(starts) for starts in case["starts"]])


def test_the_lot_is_told_with_what_it_could_not_have_shown() -> None:
    """Four possible starts: p is .25 at least, and the words say so."""
    course = phases_of([2, 3, 2, 3], [6, 7, 6, 7, 7], starts=[3, 4, 5, 6])
    words = randomisation_test([course]).words

    assert words.en == (
        "of the 4 ways in which the starts could have been drawn, 1 gave a difference between "
        "before and during the programme at least as large as the one seen (p = 0.250; it "
        "could not have been below 0.250)"
    )
    assert words.nl == (
        "van de 4 manieren waarop de start geloot had kunnen worden, geven er 1 een verschil "
        "tussen vooraf en tijdens het programma dat minstens zo groot is als het geziene (p = "
        "0,250; lager dan 0,250 kon niet)"
    )


def test_the_lot_refuses_what_was_not_drawn() -> None:
    """No list of starts, no course, and more combinations than can be counted."""
    with pytest.raises(Refusal) as caught:
        randomisation_test([phases_of([1, 2, 3], [4, 5, 6])])
    assert str(caught.value) == (
        "randomisation_test: the design lists no possible starts from which this one was drawn "
        "by lot, so no test follows from the draw\n  mend: read NAP, which is no test"
    )
    with pytest.raises(EstimationError, match="there is no course to test"):
        randomisation_test([])
    many = [phases_of([1, 2, 3, 1], [4, 5, 6, 2, 1], starts=range(1, 9))] * 7
    with pytest.raises(EstimationError, match="2097152 combinations of starts, more than"):
        randomisation_test(many)


def test_the_lot_rejects_at_its_level_whatever_the_trend() -> None:
    """Drawn starts on a rising series without any effect: p <= .25 in 25 % of 2,000 or less."""
    drawn, rejected = np.random.default_rng(1969), 0
    starts = [3, 4, 5, 6]
    for _ in range(2000):
        series = np.arange(10) * 0.5 + drawn.normal(size=10)
        start = int(drawn.choice(starts))
        course = phases_of(series[:start], series[start:], starts=starts)
        rejected += randomisation_test([course]).p_value <= 0.25

    assert 0.22 <= rejected / 2000 <= 0.28

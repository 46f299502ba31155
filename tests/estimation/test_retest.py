"""Measurement error, or how people usually move."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pandas as pd
import pytest

from pilot.design.instrument import Reference, Reliability
from pilot.design.outcome import Outcome
from pilot.errors import CallError
from pilot.estimation import Pairs, complete_pairs, individual_change
from pilot.estimation.retest import beyond, days_between, usual_movement

YEAR = Reliability(value=0.54, kind="retest", interval_days=365, source="trainees")
TWO_YEARS = Reliability(value=0.4, kind="icc", interval_days=730, source="others")
MONTH = Reliability(value=0.78, kind="retest", interval_days=28, source="a month later")
ALPHA = Reliability(value=0.84, kind="alpha", source="a table")
UNDATED = Reliability(value=0.9, kind="retest", source="an interval nobody states")
NORM = Reference(population="a reference group", mean=29, sd=5.0, source="a manual")


@pytest.mark.parametrize(
    ("known", "en", "nl"),
    [
        (
            ALPHA,
            "more than the questionnaire's own error",
            "meer dan de meetfout van de vragenlijst",
        ),
        (
            MONTH,
            "more than the questionnaire's own error",
            "meer dan de meetfout van de vragenlijst",
        ),
        (
            YEAR,
            "more than people usually move in a year, which is no measurement error",
            "meer dan mensen in een jaar gewoonlijk schommelen, en dat is geen meetfout",
        ),
        (
            TWO_YEARS,
            "more than people usually move in 24 months, which is no measurement error",
            "meer dan mensen in 24 maanden gewoonlijk schommelen, en dat is geen meetfout",
        ),
        (
            UNDATED,
            "more than people usually move between two measurements, which is no measurement "
            "error",
            "meer dan mensen tussen twee metingen gewoonlijk schommelen, en dat is geen "
            "meetfout",
        ),
    ],
)
def test_what_a_change_is_more_than(known: Reliability, en: str, nl: str) -> None:
    """A retest over a year never becomes measurement error in words."""
    assert (beyond(known).en, beyond(known).nl) == (en, nl)


@pytest.mark.parametrize(
    ("days", "chosen"),
    [(365, YEAR), (500, YEAR), (600, TWO_YEARS), (720, TWO_YEARS), (180, None), (28, MONTH)],
)
def test_usual_movement_is_over_about_the_same_time(
    days: float, chosen: Reliability | None, outcome: Outcome
) -> None:
    """The nearest between two thirds and three halves of the time, else none."""
    known = replace(outcome, reliability=(ALPHA, UNDATED, MONTH, YEAR, TWO_YEARS))

    assert usual_movement(known, days) is chosen


def people_over(months: float, known: Outcome) -> Pairs:
    """Return five people measured twice, so many months apart."""
    scores = pd.DataFrame(
        {
            "participant": [*"abcde", *"abcde"],
            "wave": ["m0"] * 5 + ["m24"] * 5,
            "months": [0.0] * 5 + [months] * 5,
            known.key: [20, 25, 30, 22, 28, 32.0, 26, 18, 27, 29],
        }
    )
    return complete_pairs(scores, known, "m0", "m24")


def test_the_time_between_waves_is_that_of_the_people(outcome: Outcome) -> None:
    """Its median, in days; unknown where nobody dated an answer."""
    assert days_between(people_over(12, outcome)) == pytest.approx(365.25)
    assert days_between(people_over(float("nan"), outcome)) is None


def test_counts_who_moved_more_than_people_usually_do(outcome: Outcome) -> None:
    """1.96 x 5 x sqrt(2 x .46) = 9.40 points: one up, one down; the source says so."""
    known = replace(outcome, reliability=(ALPHA, YEAR), reference=(NORM,))
    counted = individual_change(people_over(12, known), against="usual movement")

    assert (counted.improved, counted.cannot_tell, counted.worse) == (1, 3, 1)
    assert counted.threshold == pytest.approx(1.96 * 5 * 0.92**0.5)
    assert counted.source == (
        "retest 0.54 (trainees); SD 5 of a reference group (a manual); more than people "
        "usually move in a year, which is no measurement error"
    )
    assert individual_change(people_over(12, known)).reliability == 0.84


@pytest.mark.parametrize(
    ("months", "reason"),
    [
        (6, "no published retest over about 6 months tells how people usually move"),
        (float("nan"), "the time between the two waves is not known"),
    ],
)
def test_another_time_is_refused(months: float, reason: str, outcome: Outcome) -> None:
    """A retest over a year says nothing of half a year, nor of a time nobody knows."""
    known = replace(outcome, reliability=(ALPHA, YEAR), reference=(NORM,))
    counted = individual_change(people_over(months, known), against="usual movement")

    assert counted.refused
    assert counted.reason == reason
    assert counted.reason_nl


def test_false_flags_follow_what_is_published(
    outcome: Outcome, pairs_from: Callable[..., Pairs]
) -> None:
    """With a published SD binomial, 2 of 8; with the pilot's own SD 3 of 8."""
    scores = [20, 25, 30, 22, 28, 21, 26, 29], [26, 26, 24, 27, 29, 21, 27, 30]
    own = replace(outcome, reliability=(replace_value(ALPHA, 0.8),))
    published = replace(own, reference=(NORM,))

    assert individual_change(pairs_from(published, *scores)).false_at_95 == 2
    assert individual_change(pairs_from(own, *scores)).false_at_95 == 3


def replace_value(known: Reliability, value: float) -> Reliability:
    """Return the same reliability with another value."""
    return known.model_copy(update={"value": value})


def test_refuses_an_unknown_yardstick(
    outcome: Outcome, pairs_from: Callable[..., Pairs]
) -> None:
    """With the near word."""
    with pytest.raises(CallError) as caught:
        individual_change(pairs_from(outcome, [1, 2], [2, 3]), against="errors")

    assert str(caught.value) == (
        "individual_change, against: 'errors' is nothing a change is held against\n"
        "  mend: did you mean 'error'? known: error, usual movement"
    )

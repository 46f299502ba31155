"""Reliable change of persons."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from pilot.design.instrument import Reference, Reliability
from pilot.design.outcome import Outcome
from pilot.design.text import Text
from pilot.errors import CallError, EstimationError
from pilot.estimation import Pairs, Refusal, individual_change, reliable_change
from pilot.estimation.retest import measurement_error

ALPHA = Reliability(value=0.84, kind="alpha", source="a published table")
YEAR = Reliability(value=0.54, kind="retest", interval_days=365, source="a year later")
MONTH = Reliability(value=0.78, kind="retest", interval_days=28, source="a month later")
UNDATED = Reliability(value=0.9, kind="icc", source="an interval nobody states")
NORM = Reference(population="a reference group", mean=29, sd=5.0, source="a manual")


def test_agrees_with_jacobson_and_truax_1991() -> None:
    """Their worked example: 32.5 to 47.5, SD 7.5, r .80 gives s_diff 4.74 and RC 3.16."""
    row = reliable_change([32.5], [47.5], reliability=0.80, sd=7.5).iloc[0]

    assert row["se_difference"] == pytest.approx(4.74, abs=5e-3)
    assert row["index"] == pytest.approx(3.16, abs=5e-3)
    assert row["verdict"] == "improved"
    assert row["threshold"] == pytest.approx(1.96 * 7.5 * math.sqrt(0.4))


def test_swapping_the_waves_swaps_the_verdicts() -> None:
    """Improved becomes worse, and what nobody can tell stays so."""
    before, after = [20, 25, 30, 22], [31, 26, 19, 22]
    forth = reliable_change(before, after, reliability=0.85, sd=5)
    back = reliable_change(after, before, reliability=0.85, sd=5)

    assert list(forth["verdict"]) == ["improved", "cannot tell", "worse", "cannot tell"]
    assert list(back["verdict"]) == ["worse", "cannot tell", "improved", "cannot tell"]
    assert list(back["index"]) == list(-forth["index"])


def test_more_stress_is_worse() -> None:
    """Where higher is worse the same numbers read the other way."""
    row = reliable_change([10], [25], reliability=0.85, sd=5, higher_is="worse").iloc[0]

    assert (row["change"], row["verdict"]) == (15, "worse")


def test_without_a_published_sd_the_people_before_give_it() -> None:
    """Rescaling their scores then changes no index."""
    before, after = [20.0, 25, 30, 22], [24.0, 26, 31, 29]
    plain = reliable_change(before, after, reliability=0.8)
    scaled = reliable_change([3 * x for x in before], [3 * x for x in after], reliability=0.8)

    expected = np.std(before, ddof=1) * math.sqrt(0.4)
    assert plain["se_difference"].tolist() == pytest.approx([expected] * 4)
    assert scaled["index"].tolist() == pytest.approx(plain["index"].tolist())


def test_a_series_keeps_its_people() -> None:
    """One row a person, by their own key."""
    people = pd.Index(["p1", "p2"], name="participant")
    before, after = pd.Series([20.0, 30], people), pd.Series([33.0, 31], people)

    assert reliable_change(before, after, reliability=0.8, sd=5).index.equals(people)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            {"method": "jacobson"},
            "reliable_change: no method 'jacobson'\n"
            "  mend: did you mean 'jacobson-truax'? known: jacobson-truax, "
            "gulliksen-lord-novick, hsu-linn-lord, edwards-nunnally, nunnally-kotsch, "
            "hageman-arrindell, maassen",
        ),
        (
            {"reliability": 1.2},
            "reliable_change, reliability: is 1.2, outside 0 to 1\n"
            "  mend: give the published reliability of one measurement, e.g. 0.86",
        ),
        (
            {"after": [1.0, 2.0]},
            "reliable_change: 3 scores before and 2 after\n"
            "  mend: give both waves of the same persons, in the same order",
        ),
        (
            {"after": [1.0, math.nan, 2.0]},
            "reliable_change: 1 of 6 values are missing or infinite\n"
            "  mend: leave out who has no score, and say how many",
        ),
        (
            {"before": [4.0, 4.0, 4.0]},
            "reliable_change: no published SD, and the 3 scores before have no spread to take "
            "one from\n  mend: give a published sd",
        ),
        (
            {"higher_is": "neither"},
            "reliable_change: neither way is better, so nobody can be called improved\n"
            "  mend: leave it out",
        ),
    ],
)
def test_refuses_what_has_no_measurement_error(call: dict[str, object], message: str) -> None:
    """Each with place, cause and mend."""
    usual = {"before": [1.0, 2.0, 4.0], "after": [2.0, 3.0, 4.0], "reliability": 0.8}

    with pytest.raises((CallError, EstimationError)) as caught:
        reliable_change(**(usual | call))

    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("published", "chosen"),
    [
        ((YEAR, ALPHA), ALPHA),
        ((YEAR, MONTH), MONTH),
        ((MONTH, ALPHA), ALPHA),
        ((YEAR,), None),
        ((UNDATED,), None),
        ((), None),
    ],
)
def test_a_retest_over_a_year_is_no_measurement_error(
    published: tuple[Reliability, ...], chosen: Reliability | None, outcome: Outcome
) -> None:
    """Internal consistency first, then a retest known to be within 90 days, else none."""
    assert measurement_error(replace(outcome, reliability=published)) is chosen


def test_counts_persons_with_the_published_sd(
    outcome: Outcome, pairs_from: Callable[..., Pairs]
) -> None:
    """Two of five beyond 1.96 x 5 x sqrt(2 x .16) = 5.54; a quarter of a person by chance."""
    known = replace(outcome, reliability=(ALPHA,), reference=(NORM,))
    counted = individual_change(
        pairs_from(known, [20, 25, 30, 22, 28], [26, 26, 24, 27, 29], ["a", "a", "b", "c", "d"])
    )

    assert (counted.improved, counted.cannot_tell, counted.worse) == (1, 3, 1)
    assert counted.expected_false == 0.25
    assert counted.threshold == pytest.approx(1.96 * 5 * math.sqrt(0.32))
    assert counted.reliability == 0.84
    assert counted.source == (
        "alpha 0.84 (a published table); SD 5 of a reference group (a manual)"
    )
    named = NORM.model_copy(update={"population": Text(nl="leerlingen", en="pupils")})
    again = individual_change(
        pairs_from(replace(known, reference=(named,)), [20, 25], [26, 26], ["a", "b"])
    )
    assert again.source_nl == "alfa 0,84 (a published table); SD 5 van leerlingen (a manual)"


def test_says_when_the_sd_is_the_pilots_own(
    outcome: Outcome, pairs_from: Callable[..., Pairs]
) -> None:
    """A reference without an SD does not help."""
    norm = Reference(population="a group", mean=29, source="a manual")
    known = replace(outcome, reliability=(ALPHA,), reference=(norm,))
    counted = individual_change(pairs_from(known, [20, 25, 30], [26, 26, 24]))

    assert counted.source == (
        "alpha 0.84 (a published table); SD of the people in this pilot, before"
    )
    assert counted.threshold == pytest.approx(1.96 * 5 * math.sqrt(0.32))


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (
            {"level": "ordinal"},
            "its steps are an order, not a distance, so an error in points says nothing",
        ),
        (
            {"higher_is": "neither"},
            "neither way is better, so nobody can be called improved",
        ),
        (
            {"reliability": (YEAR,)},
            "no published reliability tells its measurement error (an internal consistency, or "
            "a retest within 90 days)",
        ),
    ],
)
def test_individual_change_is_refused_with_the_reason(
    change: dict[str, object],
    reason: str,
    outcome: Outcome,
    pairs_from: Callable[..., Pairs],
) -> None:
    """A row with its reason, not an error: the report prints it."""
    unable = replace(replace(outcome, reliability=(ALPHA,)), **change)
    counted = individual_change(pairs_from(unable, [20, 25, 30], [26, 26, 24]))

    assert counted.refused
    assert counted.reason == reason
    assert counted.reason_nl
    assert (counted.improved, counted.cannot_tell, counted.worse) == (0, 0, 0)


def test_flags_five_percent_of_people_who_did_not_change() -> None:
    """100,000 simulated people, true scores unchanged, reliability .80."""
    drawn = np.random.default_rng(1991)
    true = drawn.normal(0, math.sqrt(0.8), size=100_000)
    before, after = (true + drawn.normal(0, math.sqrt(0.2), size=100_000) for _ in range(2))
    verdicts = reliable_change(before, after, reliability=0.8, sd=1.0)["verdict"]

    assert (verdicts != "cannot tell").mean() == pytest.approx(0.05, abs=0.002)


def test_refusals_are_estimation_errors() -> None:
    """Whoever catches the one kind catches the other; Dutch rides along."""
    with pytest.raises(EstimationError) as caught:
        reliable_change([4, 4], [5, 6], reliability=0.8)

    assert isinstance(caught.value, Refusal)
    assert caught.value.reason_nl == (
        "er is geen gepubliceerde SD, en de 2 scores vooraf hebben geen spreiding"
    )

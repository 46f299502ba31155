"""Rates a person-year and shares of people, each with its interval."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from pilot.errors import EstimationError
from pilot.estimation.rates import event_rate, share_of
from pilot.estimation.reasons import Refusal

REFERENCE: dict[str, Any] = json.loads(
    (Path(__file__).parents[1] / "reference" / "events.json").read_text("utf-8")
)


@pytest.mark.parametrize("case", REFERENCE["rates"], ids=lambda case: str(case["events"]))
def test_a_rate_is_that_of_poisson_test(case: dict[str, float]) -> None:
    """The exact interval is that of R's poisson.test, to all its digits."""
    rate = event_rate(int(case["events"]), case["years"], n=10)

    assert rate.estimate == pytest.approx(case["events"] / case["years"], rel=1e-12)
    assert rate.conf_low == pytest.approx(case["low"], abs=1e-10)
    assert rate.conf_high == pytest.approx(case["high"], rel=1e-10)
    assert rate.method == "exact Poisson"


@pytest.mark.parametrize("case", REFERENCE["shares"], ids=lambda case: str(case["events"]))
def test_a_share_is_that_of_prop_test(case: dict[str, float]) -> None:
    """The Wilson interval is that of R's prop.test without its correction."""
    share = share_of(int(case["events"]), int(case["n"]))

    assert share.conf_low == pytest.approx(case["low"], abs=1e-10)
    assert share.conf_high == pytest.approx(case["high"], rel=1e-10)
    assert share.method == "Wilson"


def test_months_give_a_twelfth_of_the_rate_a_year() -> None:
    """The unit of time scales the rate and its ends, and nothing else."""
    years, months = event_rate(6, 12.0, n=10), event_rate(6, 144.0, n=10)

    ends = [years.estimate, years.conf_low, years.conf_high]
    assert [12 * each for each in (months.estimate, months.conf_low, months.conf_high)] == (
        pytest.approx(ends)
    )


def test_who_did_not_is_one_less_who_did() -> None:
    """Swapping the two mirrors the share and its interval around a half."""
    did, did_not = share_of(9, 11), share_of(2, 11)

    assert did.estimate == pytest.approx(1 - did_not.estimate)
    assert (did.conf_low, did.conf_high) == pytest.approx(
        (1 - did_not.conf_high, 1 - did_not.conf_low)
    )


def test_four_people_are_refused() -> None:
    """Below five people there is no rate and no share, and the reason says so in full."""
    told = "4 people; a rate with an interval is given from 5"

    for name, call in (
        ("event_rate", lambda: event_rate(2, 3.0, n=4)),
        ("share_of", lambda: share_of(2, 4)),
    ):
        with pytest.raises(Refusal) as refused:
            call()
        assert str(refused.value) == f"{name}: {told}\n  mend: give the counts to the team only"
        assert refused.value.reason_nl == (
            "4 mensen; hoe vaak het gebeurt, met een marge, geven we vanaf 5"
        )


def test_what_cannot_be_is_an_error() -> None:
    """No years, fewer than no events, or more people than there are."""
    with pytest.raises(EstimationError, match=r"^event_rate: 2 events in 0 person-years\n"):
        event_rate(2, 0.0, n=9)
    with pytest.raises(EstimationError, match=r"^event_rate: -1 events in 3 person-years\n"):
        event_rate(-1, 3.0, n=9)
    with pytest.raises(EstimationError, match=r"^share_of: holds of 10 of 9 people\n"):
        share_of(10, 9)


def test_a_true_rate_lies_in_its_interval() -> None:
    """Of 2,000 simulated courses at least 95 % hold the true rate: exact means 'at least'."""
    dice = np.random.default_rng(20260301)
    true, years = 0.6, 15.0
    rates = [event_rate(int(x), years, n=12) for x in dice.poisson(true * years, 2000)]
    held = np.mean([rate.conf_low <= true <= rate.conf_high for rate in rates])

    assert 0.95 <= held <= 0.99

"""How far a low start is expected to move back by itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from pilot.design.instrument import Reference, Reliability
from pilot.design.outcome import Outcome
from pilot.estimation import Pairs, Refusal, complete_pairs, expected_regression

YEAR = Reliability(value=0.54, kind="retest", interval_days=365, source="trainees")
NORM = Reference(population="Dutch adults", mean=31.14, sd=5.01, source="a file")


@pytest.fixture
def known(outcome: Outcome) -> Outcome:
    """Return an outcome with a published mean and a retest over a year."""
    return replace(outcome, reference=(NORM,), reliability=(YEAR,))


def a_year_apart(
    known: Outcome, before: Sequence[float], after: Sequence[float], **changed: Any
) -> Pairs:
    """Return pairs of people measured twice, a year apart unless said otherwise."""
    n = len(before)
    months = changed.get("months", 12.0)
    scores = pd.DataFrame(
        {
            "participant": [f"p{i}" for i in range(n)] * 2,
            "family": [*changed.get("family", [f"f{i}" for i in range(n)])] * 2,
            "wave": ["m0"] * n + ["m24"] * n,
            "months": [0.0] * n + [months] * n,
            known.key: [*before, *after],
        }
    )
    return complete_pairs(scores, known, "m0", "m24")


def test_the_published_formula(known: Outcome) -> None:
    """(1 - .54) (31.14 - 24) = 3.28 of the 4 points seen; both sentences say so."""
    told = expected_regression(a_year_apart(known, [22, 24, 26], [26, 28, 30]))

    assert told.expected == pytest.approx(0.46 * 7.14)
    assert (told.observed, told.mean_before) == (4, 24)
    assert (told.reference, told.retest) == (NORM, YEAR)
    assert told.words.en == (
        "a group that starts at 24.0, where Dutch adults has 31.14, is expected to move +3.3 "
        "points by itself; +4.0 was seen"
    )
    assert told.words.nl == (
        "een groep die begint op 24,0, waar Dutch adults op 31,14 staat, schuift naar "
        "verwachting vanzelf +3,3 punten op; gezien is +4,0"
    )


def test_who_starts_above_is_expected_to_fall(known: Outcome) -> None:
    """The mirror image about the mean has the mirrored change; at the mean it is none."""
    low = expected_regression(a_year_apart(known, [22, 24, 26], [26, 28, 30]))
    mirrored = [2 * 31.14 - score for score in (22, 24, 26)]
    high = expected_regression(a_year_apart(known, mirrored, [26, 28, 30]))
    at = expected_regression(a_year_apart(known, [30.14, 31.14, 32.14], [26, 28, 30]))

    assert high.expected == pytest.approx(-low.expected)
    assert at.expected == pytest.approx(0, abs=1e-12)


def test_a_family_counts_once(known: Outcome) -> None:
    """Two parents at 20 and 30 are one family at 25."""
    told = expected_regression(
        a_year_apart(known, [20, 30, 22], [25, 31, 24], family=["a", "a", "b"])
    )

    assert told.mean_before == pytest.approx((25 + 22) / 2)
    assert told.observed == pytest.approx((3 + 2) / 2)


def test_it_is_what_a_low_group_does_by_itself(known: Outcome) -> None:
    """Of 40,000 unchanged adults the lowest fifth, a year later, moves as it says."""
    drawn = np.random.default_rng(1886)
    first = drawn.normal(size=40_000)
    later = 0.54 * first + np.sqrt(1 - 0.54**2) * drawn.normal(size=first.size)
    lowest = first < np.quantile(first, 0.2)
    before, after = 31.14 + 5.01 * first[lowest], 31.14 + 5.01 * later[lowest]
    told = expected_regression(a_year_apart(known, before, after))

    assert told.observed == pytest.approx(told.expected, abs=0.12)


@pytest.mark.parametrize(
    ("changed", "months", "reason"),
    [
        (
            {"reference": ()},
            12,
            "no published mean of a population tells where these families would move back to",
        ),
        ({}, 6, "no published retest over about 6 months tells how people usually move"),
        ({}, float("nan"), "the time between the two waves is not known"),
        (
            {"level": "ordinal"},
            12,
            "its steps are an order, not a distance, so no mean is taken of it",
        ),
    ],
)
def test_refused_without_what_it_needs(
    changed: dict[str, Any], months: float, reason: str, known: Outcome
) -> None:
    """A mean, a retest over that time, dates, and a scale of which a mean may be taken."""
    pairs = a_year_apart(replace(known, **changed), [2, 4, 6], [6, 8, 9], months=months)
    with pytest.raises(Refusal) as caught:
        expected_regression(pairs)

    assert caught.value.cause == reason
    assert caught.value.reason_nl


def test_refused_with_nobody(known: Outcome) -> None:
    """The flow says who is due."""
    nobody = a_year_apart(known, [20.0, 21.0], [float("nan")] * 2)
    with pytest.raises(Refusal) as caught:
        expected_regression(nobody)

    assert str(caught.value) == (
        "outcome 'gse_10_total', m24 - m0: nobody has a score at both 'm0' and 'm24'\n"
        "  mend: look in the flow at who is due and who left"
    )

"""A stated shift of everybody: what of a change remains, and when nothing certain is left."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from pilot.design import StatedShift
from pilot.design.outcome import Outcome
from pilot.errors import EstimationError
from pilot.estimation import (
    METHODS,
    Pairs,
    Plan,
    Refusal,
    history_shift,
    stated_history,
)
from pilot.results import Estimate

UP = [2.0, 4, 3, 5, 1, 3, 4, 2]


@pytest.fixture
def change(outcome: Outcome, pairs_from: Callable[..., Pairs]) -> Estimate:
    """Return eight families with +3 on average, 95 % interval 1.91 to 4.09."""
    return METHODS["paired_t"](
        pairs_from(outcome, [20.0] * 8, [20 + x for x in UP]), Plan("paired_t")
    )


def test_the_line_of_one_result(change: Estimate) -> None:
    """Student's interval by hand: 3 -+ 2.36462 x 1.30931 / sqrt(8), minus 1.5."""
    told = history_shift(change, 1.5, "Wijkprofiel 2018")

    assert (told.remains, told.holds_until) == (1.5, change.conf_low)
    assert [told.conf_low, told.conf_high] == pytest.approx([0.40539, 2.59461], abs=5e-6)
    assert told.words.en == (
        "if the neighbourhood moved by +1.5 by itself (Wijkprofiel 2018), +1.5 of the change "
        "of +3.0 remains [+0.4, +2.6]; the direction holds until the neighbourhood's own rise "
        "exceeds 1.9"
    )
    assert told.words.nl == (
        "als de buurt vanzelf +1,5 opschoof (Wijkprofiel 2018), blijft van de verandering van "
        "+3,0 over: +1,5 [+0,4; +2,6]; de richting houdt stand tot de buurt zelf meer dan 1,9 "
        "steeg"
    )


def test_at_that_rise_the_interval_touches_zero_both_ways(
    outcome: Outcome, change: Estimate, pairs_from: Callable[..., Pairs]
) -> None:
    """No shift changes nothing; at `holds_until` one end is 0; a falling change mirrors it."""
    assert history_shift(change, 0.0, "none").conf_low == change.conf_low
    until = history_shift(change, 0.0, "none").holds_until
    assert history_shift(change, until, "x").conf_low == pytest.approx(0)

    down = METHODS["paired_t"](
        pairs_from(outcome, [20.0] * 8, [20 - x for x in UP]), Plan("paired_t")
    )
    mirrored = history_shift(down, -1.5, "x")
    assert mirrored.remains == -1.5
    assert mirrored.holds_until == pytest.approx(-until)
    assert mirrored.words.en.endswith(
        "the direction holds until the neighbourhood's own fall exceeds 1.9"
    )


def test_the_estimate_itself_stays(change: Estimate) -> None:
    """Nothing is subtracted in silence: the estimate is the one that came in."""
    told = history_shift(change, 2.0, "x")

    assert (told.estimate, change.estimate) == (3.0, 3.0)
    assert told.conf_high - told.conf_low == pytest.approx(change.conf_high - change.conf_low)


def test_an_uncertain_direction_has_no_shift_to_hold_until(
    outcome: Outcome, pairs_from: Callable[..., Pairs]
) -> None:
    """Where the interval holds 0 already."""
    row = METHODS["paired_t"](
        pairs_from(outcome, [20.0] * 6, [25, 15, 22, 19, 21, 20]), Plan("paired_t")
    )
    told = history_shift(row, 1.0, "x")

    assert told.holds_until is None
    assert told.words.nl.endswith("de richting is ook zonder zo'n verschuiving onzeker")


def test_the_design_states_it_or_nothing_is_said(outcome: Outcome, change: Estimate) -> None:
    """An outcome carries what its design stated."""
    stated = replace(outcome, history=StatedShift(shift=1.5, source="city figures"))

    assert stated_history(change) is None
    assert stated_history(replace(change, outcome=stated)) == history_shift(
        change, 1.5, "city figures"
    )


def test_refusals(
    ladder: Outcome, outcome: Outcome, change: Estimate, pairs_from: Callable[..., Pairs]
) -> None:
    """Ordinal outcomes, refused rows, and a shift nobody stated."""
    steps = METHODS["net_better"](
        pairs_from(ladder, [1, 2, 3, 2, 1], [2, 3, 4, 3, 1]), Plan("net_better")
    )
    with pytest.raises(Refusal) as caught:
        history_shift(steps, 1.0, "x")
    assert str(caught.value) == (
        "outcome 'ladder', m24 - m0: its steps are an order, not a distance, so no mean is "
        "taken of it\n  mend: name the shift in words, without a number"
    )
    few = METHODS["paired_t"](pairs_from(outcome, [20.0, 21], [22.0, 25]), Plan("paired_t"))
    with pytest.raises(Refusal) as caught:
        history_shift(few, 1.0, "x")
    assert str(caught.value) == (
        "outcome 'gse_10_total', m24 - m0: the estimate has no interval, so nothing says when "
        "its direction is certain\n  mend: name the history in words"
    )
    with pytest.raises(EstimationError) as wrong:
        history_shift(change, 1.0, " ")
    assert str(wrong.value) == (
        "history_shift: the shift has no source\n"
        "  mend: say where it is stated, or leave it out"
    )
    with pytest.raises(EstimationError, match="the shift is nan"):
        history_shift(change, math.nan, "x")


def test_what_remains_covers_the_programme_s_own_part(
    outcome: Outcome, pairs_from: Callable[..., Pairs]
) -> None:
    """Of 400 pilots with a true rise of 1 around them, 92-98 % hold the programme's 2."""
    drawn, covered = np.random.default_rng(1963), 0
    for _ in range(400):
        pairs = pairs_from(outcome, [20.0] * 10, drawn.normal(23.0, 2.0, 10))
        told = history_shift(METHODS["paired_t"](pairs, Plan("paired_t")), 1.0, "drawn so")
        covered += told.conf_low <= 2 <= told.conf_high

    assert 0.92 <= covered / 400 <= 0.98

"""How many people are flagged when nobody changed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pilot.errors import CallError, EstimationError
from pilot.estimation import false_flags

R = json.loads(
    (Path(__file__).parents[1] / "reference" / "individual.json").read_text(encoding="utf-8")
)


@pytest.mark.parametrize(("n", "at_95"), R["binomial"])
def test_published_figures_give_a_binomial_number(n: int, at_95: int) -> None:
    """Expected 5 % of n, and R's qbinom(.95, n, .05)."""
    flags = false_flags(n)

    assert flags.expected == pytest.approx(0.05 * n)
    assert flags.at_95 == at_95


@pytest.mark.parametrize(("n", "share"), [(8, 0.25), (16, 0.19)])
def test_an_alpha_from_the_pilot_swings(n: int, share: float) -> None:
    """Ten items, alpha .80: 5 % on average, and one pilot in 20 flags 25 % of 8, 19 % of 16.

    A loop over 20,000 such pilots in R gave 0.426 and 0.822 persons on average.
    """
    flags = false_flags(n, estimated="both", reliability=0.8, items=10)

    assert round(flags.at_95 / n, 2) == share
    assert flags.expected == pytest.approx({8: 0.426, 16: 0.822}[n], abs=0.03)


def test_an_sd_from_the_pilot_flags_more() -> None:
    """The pilot's own SD errs too: R's loop gave 0.704 of 8, and 3 in one pilot of twenty.

    At 150 a Taylor series of 2 Phi(-1.96 s) gives 5.19 %; from 200 on it counts as published.
    """
    flags = false_flags(8, estimated="sd")

    assert flags.expected == pytest.approx(0.704, abs=0.03)
    assert (flags.at_95, false_flags(8).at_95) == (3, 2)
    assert false_flags(200, estimated="sd") == false_flags(200)
    assert false_flags(150, estimated="sd").expected == pytest.approx(7.78, abs=0.1)


def test_the_same_question_has_the_same_answer() -> None:
    """The draws have their own seed."""
    assert false_flags(12, estimated="both") == false_flags(12, estimated="both")


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            {"n": 8, "estimated": "alpha"},
            "false_flags, estimated: 'alpha' is nothing a pilot estimates\n"
            "  mend: use one of: nothing, sd, both",
        ),
        ({"n": 0}, "false_flags: 0 people\n  mend: give those with both scores"),
        (
            {"n": 8, "reliability": 1.0},
            "false_flags: reliability 1 of 10 items\n"
            "  mend: give a reliability between 0 and 1, of 2 items or more",
        ),
    ],
)
def test_refusals(call: dict[str, object], message: str) -> None:
    """Each with place, cause and mend."""
    with pytest.raises((CallError, EstimationError)) as caught:
        false_flags(**call)

    assert str(caught.value) == message

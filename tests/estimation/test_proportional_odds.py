"""The cumulative-link model of two waves that leaves every person's own level free."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from pilot.design.outcome import Outcome
from pilot.errors import EstimationError
from pilot.estimation import Pairs, Refusal, proportional_odds
from pilot.estimation.proportional_odds import odds_of_steps

R = json.loads(
    (Path(__file__).parents[1] / "reference" / "alternatives.json").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("case", R["proportional"], ids=lambda case: f"{len(case['before'])}")
def test_agrees_with_clogit(
    case: dict[str, Any], ladder: Outcome, pairs_from: Callable[..., Pairs]
) -> None:
    """Log odds of survival::clogit over all cut-points, its sandwich by family, to 1e-7."""
    pairs = pairs_from(ladder, case["before"], case["after"], case["family"])
    told = proportional_odds(pairs)
    n = len(pairs.families)

    assert told.log_odds == pytest.approx(case["log_odds"], abs=1e-7)
    assert told.std_error == pytest.approx(case["sandwich"] * math.sqrt(n / (n - 1)), rel=1e-6)
    assert (told.n, told.df) == (n, n - 1)


def test_two_steps_are_better_against_worse(
    ladder: Outcome, pairs_from: Callable[..., Pairs]
) -> None:
    """With one cut-point it is McNemar's b / c; swapping waves turns the odds over."""
    before = [0] * 9 + [1] * 4 + [0] * 6 + [1] * 5
    after = [1] * 9 + [0] * 4 + [0] * 6 + [1] * 5
    two = replace(ladder, low=0, high=1)
    forth, back = (
        proportional_odds(pairs_from(two, *scores))
        for scores in ((before, after), (after, before))
    )

    assert (forth.estimate, forth.ups, forth.downs) == (9 / 4, 9, 4)
    assert back.estimate == pytest.approx(4 / 9)
    assert back.conf_low == pytest.approx(1 / forth.conf_high)
    assert back.p_value == pytest.approx(forth.p_value)
    assert forth.words.en == (
        "for each step of the scale, the odds of standing above it became 2.2 times as large "
        f"towards better [{forth.conf_low:.1f}, {forth.conf_high:.1f}], if they changed alike "
        "at every step"
    )
    assert forth.words.nl.startswith(
        "voor elke stap van de schaal werd de kansverhouding om erboven te staan 2,2 keer zo "
    )


def test_a_twin_in_the_family_is_no_new_evidence(
    ladder: Outcome, pairs_from: Callable[..., Pairs]
) -> None:
    """Everybody twice within the same families: the same odds, error and interval."""
    case = R["proportional"][0]
    once = pairs_from(ladder, case["before"], case["after"], case["family"])
    twice = pairs_from(*(ladder, case["before"] * 2, case["after"] * 2, case["family"] * 2))

    one, two = proportional_odds(once), proportional_odds(twice)
    assert two.conf_low == pytest.approx(one.conf_low)
    assert two.std_error == pytest.approx(one.std_error)


@pytest.mark.parametrize(
    ("moves", "message"),
    [
        (
            (19, 9, 4),
            "19 participants with both waves; a proportional odds model is fitted from 20, for "
            "below that its interval is too narrow or has no end\n"
            "  mend: read better against worse",
        ),
        (
            (20, 0, 0),
            "none of the 20 participants moved, so better and worse have no ratio\n"
            "  mend: show the steps they stand on",
        ),
        (
            (24, 7, 0),
            "all 7 participants that moved went the same way, so the odds have no end\n"
            "  mend: read better against worse, whose interval has a beginning",
        ),
    ],
)
def test_refusals(
    moves: tuple[int, int, int],
    message: str,
    ladder: Outcome,
    pairs_from: Callable[..., Pairs],
) -> None:
    """Too few families, nobody moved, and all one way."""
    n, up, down = moves
    after = [4] * up + [2] * down + [3] * (n - up - down)
    with pytest.raises(Refusal) as caught:
        proportional_odds(pairs_from(ladder, [3] * n, after))

    assert str(caught.value) == f"outcome 'ladder', m24 - m0: {message}"


def test_refuses_scores_that_are_no_steps(
    ladder: Outcome, outcome: Outcome, pairs_from: Callable[..., Pairs]
) -> None:
    """Half steps, and a sum of thirty."""
    half = pairs_from(ladder, [1.0] * 20, [1.5] * 20)
    sums = pairs_from(outcome, [20.0] * 20, [21.0] * 20)
    for pairs in (half, sums):
        with pytest.raises(EstimationError, match="no whole steps of a scale with at most 15"):
            proportional_odds(pairs)


@pytest.mark.parametrize("beta", [0.0, 1.0])
def test_intervals_cover_a_simulated_truth(beta: float) -> None:
    """Of 1,500 pilots of 24 families on five steps, 94-98 % hold the true odds ratio."""
    drawn = np.random.default_rng(2008)
    cuts, covered, some = np.array([-1.5, -0.5, 0.5, 1.5]), 0, 0
    for _ in range(1500):
        own = drawn.normal(0, 1.5, (24, 1))
        steps = np.searchsorted(cuts, own + drawn.logistic(size=(24, 2)) + [0, beta])
        moved = np.diff(steps, axis=1)[:, 0].astype(float)
        if (moved > 0).any() and (moved < 0).any():
            fit = odds_of_steps(np.maximum(moved, 0), np.maximum(-moved, 0))
            covered += fit.conf_low <= math.exp(beta) <= fit.conf_high
            some += 1

    assert some >= 1450
    assert 0.94 <= covered / some <= 0.98

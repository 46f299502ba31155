"""Who stood at the end of a scale already."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from pilot.design.outcome import Outcome
from pilot.estimation import Pairs, Refusal, complete_pairs, floor_and_ceiling


def test_a_fifth_at_the_ceiling_warns(
    outcome: Outcome, pairs_from: Callable[..., Pairs]
) -> None:
    """Two of ten at 40 of 10 to 40: a warning in both languages; one of ten: none."""
    before = [40, 40, 30, 28, 22, 25, 27, 31, 24, 28]
    ends = floor_and_ceiling(pairs_from(outcome, before, [30] * 10))

    assert (ends.n, ends.floor, ends.ceiling) == (10, 0.0, 0.2)
    assert ends.warning is not None
    assert ends.warning.en == (
        "20% of 10 people already had the best score at m0: they could not improve, so the "
        "change shown is smaller than what may have happened"
    )
    assert ends.warning.nl == (
        "20% van 10 mensen had bij m0 al de beste score: zij konden niet vooruitgaan, dus de "
        "verandering lijkt kleiner dan zij misschien was"
    )
    before[0] = 39
    assert floor_and_ceiling(pairs_from(outcome, before, [30] * 10)).warning is None


def test_the_best_score_is_the_lowest_where_higher_is_worse(
    outcome: Outcome, pairs_from: Callable[..., Pairs]
) -> None:
    """The same people, read the other way; both ends at once are both told."""
    stress = replace(outcome, higher_is="worse", low=0, high=4)
    ends = floor_and_ceiling(pairs_from(stress, [0, 0, 2, 4, 4], [1] * 5))

    assert (ends.floor, ends.ceiling) == (0.4, 0.4)
    assert ends.warning is not None
    first, second = ends.warning.en.split("; ")
    assert first.startswith("40% of 5 people already had the best score")
    assert second.startswith("40% of 5 people already had the worst score")
    neither = floor_and_ceiling(
        pairs_from(replace(stress, higher_is="neither"), [0, 0, 2, 3, 3], [1] * 5)
    )
    assert neither.warning is not None
    assert neither.warning.nl == (
        "40% van 5 mensen had bij m0 al de laagste score: zij konden alleen omhoog"
    )


def test_who_left_counts_too(outcome: Outcome) -> None:
    """Everyone with a score at the first wave: five of eight stayed, one of each at 40."""
    scores = pd.DataFrame(
        {
            "participant": [*"abcdefgh", *"abcde"],
            "wave": ["m0"] * 8 + ["m24"] * 5,
            outcome.key: [40, 20, 21, 22, 23, 40, 24, np.nan, 30, 21, 22, 23, 24],
        }
    )
    ends = floor_and_ceiling(complete_pairs(scores, outcome, "m0", "m24"))

    assert (ends.n, ends.ceiling) == (7, pytest.approx(2 / 7))


def test_refuses_a_wave_nobody_answered(
    outcome: Outcome, pairs_from: Callable[..., Pairs]
) -> None:
    """With the wave's name."""
    with pytest.raises(Refusal) as caught:
        floor_and_ceiling(pairs_from(outcome, [], []))

    assert str(caught.value) == (
        "outcome 'gse_10_total', m24 - m0: nobody has a score at 'm0'\n"
        "  mend: see who is due at that wave"
    )


def test_a_ceiling_hides_a_simulated_gain(
    outcome: Outcome, pairs_from: Callable[..., Pairs]
) -> None:
    """People who all gain 5 show less on a scale that ends: as the warning says."""
    true = np.random.default_rng(2007).normal(36, 5, size=4000)
    before, after = np.clip(true, 10, 40), np.clip(true + 5, 10, 40)
    pairs = pairs_from(outcome, before, after)

    assert floor_and_ceiling(pairs).warning is not None
    assert pairs.changes.mean() < 3.5

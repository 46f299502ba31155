"""Attendance and change, in ranks."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from pilot.design.outcome import Outcome
from pilot.errors import EstimationError
from pilot.estimation import Pairs, dose_response, spearman_interval
from pilot.estimation.dose import spearman

R = json.loads(
    (Path(__file__).parents[1] / "reference" / "bias.json").read_text(encoding="utf-8")
)
CASES = pytest.mark.parametrize("case", R["dose"], ids=lambda case: f"n={len(case['dose'])}")


def came(pairs: Pairs, times: Sequence[float]) -> pd.Series:
    """Give each participant an attendance."""
    return pd.Series(list(times), index=pairs.table["participant"])


@CASES
def test_agrees_with_cor_test(
    case: dict[str, Any], outcome: Outcome, pairs_from: Callable[..., Pairs]
) -> None:
    """Rho is cor.test's, ties included, and the interval Bonett and Wright's, to 1e-12."""
    pairs = pairs_from(outcome, [20.0] * len(case["dose"]), 20 + np.array(case["change"]))
    told = dose_response(pairs, came(pairs, case["dose"]))

    assert told.n == len(case["dose"])
    assert told.rho == pytest.approx(case["rho"], abs=1e-12)
    assert [told.conf_low, told.conf_high] == pytest.approx(case["conf_95"], abs=1e-12)


def test_more_and_less_swap_when_less_is_better(
    outcome: Outcome, pairs_from: Callable[..., Pairs]
) -> None:
    """The same attendance and falling stress: positive still means for the better."""
    scores = [20.0] * 12, [20.0 + i for i in range(12)]
    doses = [0, 1, 3, 2, 4, 5, 7, 6, 8, 9, 10, 11]
    up = pairs_from(outcome, *scores)
    down = pairs_from(replace(outcome, higher_is="worse"), *scores)
    forth, back = dose_response(up, came(up, doses)), dose_response(down, came(down, doses))

    assert back.rho == pytest.approx(-forth.rho)
    assert back.conf_low == pytest.approx(-forth.conf_high)
    assert forth.words.en == (
        "participants that came more often changed more for the better; that does not show "
        "that coming did it, for who is doing well may also come more easily"
    )
    assert back.words.nl == (
        "deelnemers die vaker kwamen, gingen minder vooruit; dat toont niet dat het komen "
        "kwaad deed, want wie het moeilijk heeft komt misschien juist vaker"
    )


def test_stretching_the_hours_changes_nothing(
    outcome: Outcome, pairs_from: Callable[..., Pairs]
) -> None:
    """Ranks only: hours, their squares, or their minutes."""
    pairs = pairs_from(outcome, [20.0] * 10, [21, 25, 22, 20, 24, 23, 27, 21, 26, 28])
    hours = np.array([1, 6, 2, 3, 3, 4, 7, 0, 5, 6])

    plain = dose_response(pairs, came(pairs, hours))
    assert dose_response(pairs, came(pairs, 60 * hours**2)) == plain
    assert plain.words.en.startswith("participants that came more often changed more")


def test_families_come_together(outcome: Outcome, pairs_from: Callable[..., Pairs]) -> None:
    """Two parents of one family are one point; one of them may have no attendance."""
    family = [f"f{i // 2}" for i in range(22)]
    change = [i // 2 + (1 if i % 2 else -1) for i in range(22)]
    pairs = pairs_from(outcome, [15.0] * 22, [15 + x for x in change], family)
    doses = [float(i // 2) for i in range(22)]
    doses[0] = math.nan

    told = dose_response(pairs, came(pairs, doses))
    assert (told.n, told.rho) == (11, 1.0)
    assert told.conf_low < 1  # a perfect rank order of 11 families is no certainty
    assert told.words.en.startswith("families that came more often")


def test_so_few_tell_nothing(outcome: Outcome, pairs_from: Callable[..., Pairs]) -> None:
    """An interval around 0 says so, in both languages."""
    pairs = pairs_from(outcome, [20.0] * 10, [21, 25, 22, 20, 24, 23, 27, 21, 26, 28])
    told = dose_response(pairs, came(pairs, [5, 4, 6, 3, 7, 2, 5, 1, 9, 0]))

    assert told.conf_low < 0 < told.conf_high
    assert told.words.nl == (
        "of deelnemers die vaker kwamen meer of minder vooruitgingen, is met zo weinig niet te "
        "zeggen"
    )


@pytest.mark.parametrize(
    ("n", "doses", "message"),
    [
        (
            9,
            range(9),
            "outcome 'gse_10_total', m24 - m0: 9 participants with a change and an attendance; "
            "how the two go together is told from 10\n  mend: show the attendance by itself",
        ),
        (
            10,
            [3] * 10,
            "outcome 'gse_10_total', m24 - m0: all came equally often or changed equally much, "
            "so nothing can go together\n  mend: show the attendance by itself",
        ),
        (
            10,
            [math.inf, *range(9)],
            "dose: 1 of 10 values are missing or infinite\n"
            "  mend: leave out who has no score, and say how many",
        ),
    ],
)
def test_refusals(
    n: int,
    doses: Sequence[float],
    message: str,
    outcome: Outcome,
    pairs_from: Callable[..., Pairs],
) -> None:
    """Below ten families, without spread, and where nothing can be right."""
    pairs = pairs_from(outcome, [20.0] * n, [20.0 + i for i in range(n)])
    with pytest.raises(EstimationError) as caught:
        dose_response(pairs, came(pairs, list(doses)))

    assert str(caught.value) == message


def test_refuses_a_person_twice_and_an_outcome_without_a_better_side(
    outcome: Outcome, pairs_from: Callable[..., Pairs]
) -> None:
    """Attendance comes as one row a person."""
    pairs = pairs_from(outcome, [20.0] * 10, [20.0 + i for i in range(10)])
    twice = pd.concat([came(pairs, range(10)), came(pairs, range(10)).iloc[:1]])
    with pytest.raises(EstimationError) as caught:
        dose_response(pairs, twice)
    assert str(caught.value) == (
        "dose: participant p000 stands there twice\n"
        "  mend: add up the attendance of each person first"
    )
    neither = pairs_from(replace(outcome, higher_is="neither"), [20.0] * 10, range(10))
    with pytest.raises(EstimationError, match="neither way is better"):
        dose_response(neither, came(neither, range(10)))
    with pytest.raises(EstimationError) as caught:
        spearman_interval(0.5, 3)
    assert str(caught.value) == (
        "spearman_interval: rho 0.5 over 3 pairs\n  mend: give a correlation of 4 pairs or more"
    )


@pytest.mark.parametrize("r", [0.0, 0.5, 0.8])
def test_intervals_cover_a_simulated_truth(r: float) -> None:
    """Of 1,500 pilots of 10, 94-98 % hold normal pairs' true rho, 6 / pi asin(r / 2)."""
    drawn = np.random.default_rng(2000)
    truth, covered = 6 / math.pi * math.asin(r / 2), 0
    for _ in range(1500):
        dose = drawn.normal(size=10)
        change = r * dose + math.sqrt(1 - r**2) * drawn.normal(size=10)
        low, high = spearman_interval(spearman(dose, change), 10)
        covered += low <= truth <= high

    assert 0.94 <= covered / 1500 <= 0.98

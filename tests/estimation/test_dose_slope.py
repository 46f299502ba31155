"""Change and attendance in points, members of a family together."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from pilot.design.outcome import Outcome
from pilot.estimation import Pairs, Refusal, dose_slope

R = json.loads(
    (Path(__file__).parents[1] / "reference" / "alternatives.json").read_text(encoding="utf-8")
)
Maker = Callable[..., Pairs]


def came(pairs: Pairs, times: list[float]) -> pd.Series:
    """Give each participant an attendance."""
    return pd.Series(times, index=pairs.table["participant"])


@pytest.mark.parametrize("case", R["dose"], ids=lambda case: f"{len(case['dose'])} people")
def test_agrees_with_lm_and_lmer(
    case: dict[str, Any], outcome: Outcome, pairs_from: Maker
) -> None:
    """One member a family: R's lm to 1e-10; more: lmer with Kenward-Roger to 1e-5."""
    change = np.array(case["change"], dtype=float)
    pairs = pairs_from(outcome, [20.0] * len(change), 20 + change, case["family"])
    told = dose_slope(pairs, came(pairs, case["dose"]))
    alone = len(set(case["family"])) == len(change)

    ours = [told.slope.estimate, told.slope.std_error, told.slope.df]
    assert told.method == ("lm" if alone else "lmm")
    assert ours == pytest.approx(
        [case["estimate"], case["std_error"], case["df"]], rel=1e-10 if alone else 1e-5
    )


def test_hours_and_minutes_and_the_better_side(outcome: Outcome, pairs_from: Maker) -> None:
    """A slope by the minute is a sixtieth; where less is better, it turns round."""
    case = R["dose"][0]
    scores = [20.0] * 10, 20 + np.array(case["change"])
    plain = pairs_from(outcome, *scores)
    falling = pairs_from(replace(outcome, higher_is="worse"), *scores)
    told = dose_slope(plain, came(plain, case["dose"])).slope
    minutes = dose_slope(plain, came(plain, [60 * d for d in case["dose"]])).slope
    turned = dose_slope(falling, came(falling, case["dose"])).slope

    assert minutes.estimate == pytest.approx(told.estimate / 60)
    assert minutes.p_value == pytest.approx(told.p_value)
    assert turned.conf_low == pytest.approx(-told.conf_high)


def test_up_to_two_families_with_two_members_are_averaged(
    outcome: Outcome, pairs_from: Maker
) -> None:
    """Eleven people of ten families: the line through families' means, by hand."""
    family = [*"abcdefghij", "a"]
    change, dose = np.arange(11.0) % 7, [2.0, 4, 1, 3, 6, 5, 8, 2, 9, 4, 6]
    pairs = pairs_from(outcome, [20.0] * 11, 20 + change, family)
    told = dose_slope(pairs, came(pairs, dose))

    x = np.array([(dose[0] + dose[10]) / 2, *dose[1:10]])
    y = np.array([(change[0] + change[10]) / 2, *change[1:10]])
    assert (told.method, told.n_families, told.n_people) == ("lm", 10, 11)
    assert told.slope.estimate == pytest.approx(np.polyfit(x, y, 1)[0])
    assert told.slope.df == 8


def test_the_words_claim_no_cause(outcome: Outcome, pairs_from: Maker) -> None:
    """More, less, or too few to tell."""
    steps = np.arange(12.0)
    wobble = np.tile([0.3, -0.3], 6)
    pairs = pairs_from(outcome, [20.0] * 12, 20 + 0.5 * steps + wobble)
    up = dose_slope(pairs, came(pairs, list(steps))).words
    down = dose_slope(pairs, came(pairs, list(steps[::-1]))).words
    flat = dose_slope(pairs, came(pairs, [1, 2, 1, 2, 2, 1, 2, 1, 1, 2, 1, 2])).words

    assert up.en.endswith(
        " more points for the better; that does not show that coming did it, for who is doing "
        "well may also come more easily"
    )
    assert down.nl.endswith(
        " punt vooruitgang, dus minder; dat toont niet dat het komen kwaad deed, want wie het "
        "moeilijk heeft komt misschien juist vaker"
    )
    assert flat.en == (
        "whether change went with how often people came cannot be told from so few"
    )


@pytest.mark.parametrize(
    ("n", "doses", "message"),
    [
        (
            9,
            list(range(9)),
            "9 participants with a change and an attendance; how the two go together is told "
            "from 10\n  mend: show the attendance by itself",
        ),
        (
            10,
            [3] * 10,
            "all came equally often or changed equally much, so nothing can go together\n"
            "  mend: show the attendance by itself",
        ),
        (
            10,
            list(range(10)),
            "all 10 points lie on one line, so nothing tells how sure its slope is\n"
            "  mend: show the points themselves",
        ),
    ],
)
def test_refusals(
    n: int, doses: list[float], message: str, outcome: Outcome, pairs_from: Maker
) -> None:
    """Too few, all alike, and a line without any scatter."""
    pairs = pairs_from(outcome, [20.0] * n, [20.0 + i for i in range(n)])
    with pytest.raises(Refusal) as caught:
        dose_slope(pairs, came(pairs, doses))

    assert str(caught.value) == f"outcome 'gse_10_total', m24 - m0: {message}"


def test_steps_and_outcomes_without_a_better_side_are_refused(
    outcome: Outcome, ladder: Outcome, pairs_from: Maker
) -> None:
    """The rank correlation is for those."""
    steps = pairs_from(ladder, [2.0] * 10, [3.0] * 10)
    with pytest.raises(Refusal, match="its steps are an order, not a distance"):
        dose_slope(steps, came(steps, list(range(10))))
    neither = pairs_from(replace(outcome, higher_is="neither"), [20.0] * 10, range(10))
    with pytest.raises(Refusal, match="neither way is better"):
        dose_slope(neither, came(neither, list(range(10))))


def test_intervals_cover_a_simulated_truth(outcome: Outcome, pairs_from: Maker) -> None:
    """Of 300 pilots of 12 families of two, 92-98 % hold the true slope of .4."""
    drawn, covered = np.random.default_rng(1997), 0
    family = [f"f{i // 2}" for i in range(24)]
    for _ in range(300):
        dose = drawn.poisson(6, 24).astype(float)
        change = 0.4 * dose + np.repeat(drawn.normal(0, 1.5, 12), 2) + drawn.normal(0, 2, 24)
        pairs = pairs_from(outcome, [20.0] * 24, 20 + change, family)
        slope = dose_slope(pairs, came(pairs, list(dose))).slope
        covered += slope.conf_low <= 0.4 <= slope.conf_high

    assert 0.92 <= covered / 300 <= 0.98
    assert math.isfinite(slope.p_value)

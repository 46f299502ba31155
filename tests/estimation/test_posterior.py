"""What to believe of a mean change under two stated priors."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from pilot.design.instrument import MinimalChange
from pilot.design.outcome import Outcome
from pilot.design.text import Text
from pilot.estimation import (
    PRIORS,
    Pairs,
    Posterior,
    Prior,
    Refusal,
    mean_t,
    posterior_change,
    posterior_changes,
)
from pilot.estimation.posterior import as_table

R = json.loads(
    (Path(__file__).parents[1] / "reference" / "posterior.json").read_text(encoding="utf-8")
)
CASES = pytest.mark.parametrize("case", R["cases"], ids=range(len(R["cases"])))
FLAT = Prior("flat", 0.0, 1e6, Text(nl="niets vooraf", en="nothing beforehand"))
ALONE = [20, 25, 30, 22, 28, 24, 26], [24, 26, 31, 29, 27, 30, 28]


def of(case: dict[str, Any], outcome: Outcome, pairs_from: Callable[..., Pairs]) -> Pairs:
    """Return a case's pairs, its direction and minimal change on the outcome."""
    minimal = case["minimal"]
    known = replace(
        outcome,
        low=-50,
        high=100,
        higher_is="better" if case["higher"] > 0 else "worse",
        minimal_change=MinimalChange(value=minimal, source="made up") if minimal else None,
    )
    return pairs_from(known, case["before"], case["after"], case["family"])


def numbers(posterior: Posterior) -> list[float]:
    """Return what R wrote down, in its order."""
    first = [posterior.estimate, posterior.conf_low, posterior.conf_high]
    more = [posterior.conf_low_75, posterior.conf_high_75, posterior.probability_better]
    important = posterior.probability_important
    return [*first, *more] + ([] if important is None else [important])


@CASES
def test_agrees_with_brute_force_in_r(
    case: dict[str, Any], outcome: Outcome, pairs_from: Callable[..., Pairs]
) -> None:
    """Mean, both intervals and probabilities under both priors, to 5e-6 points.

    R sums over a grid of m, log s and c, with every person's covariance matrix inverted.
    """
    ours = posterior_changes(of(case, outcome, pairs_from))

    assert [each.prior for each in ours] == list(PRIORS)
    for posterior, theirs in zip(ours, case["posteriors"], strict=True):
        assert numbers(posterior) == pytest.approx(theirs, abs=5e-6)


def test_without_a_prior_it_is_the_t_interval(
    outcome: Outcome, pairs_from: Callable[..., Pairs]
) -> None:
    """A flat prior and one person a family: mean, limits and 1 - p / 2, to 1e-6."""
    pairs = pairs_from(outcome, *ALONE)
    posterior, mean = posterior_change(pairs, FLAT), mean_t(pairs.changes)

    expected = [mean.estimate, mean.conf_low, mean.conf_high, mean.conf_low_75]
    ours = [posterior.estimate, posterior.conf_low, posterior.conf_high, posterior.conf_low_75]
    assert ours == pytest.approx(expected, abs=1e-6)
    assert posterior.probability_better == pytest.approx(1 - mean.p_value / 2, abs=1e-6)


def test_two_who_are_alike_are_one(outcome: Outcome, pairs_from: Callable[..., Pairs]) -> None:
    """Members who all changed by the same tell no more than one of them."""
    before, after = ALONE
    twice = [score for score in before for _ in "ab"], [s for s in after for _ in "ab"]
    family = [f"f{i // 2}" for i in range(14)]
    one = posterior_change(pairs_from(outcome, before, after), FLAT)
    two = posterior_change(pairs_from(outcome, *twice, family), FLAT)

    assert numbers(two) == pytest.approx(numbers(one), abs=1e-6)


@pytest.mark.parametrize("prior", PRIORS, ids=[each.key for each in PRIORS])
def test_a_prior_in_sds_is_that_of_persons(
    prior: Prior, outcome: Outcome, pairs_from: Callable[..., Pairs]
) -> None:
    """Families of twins are the families of one: their SD is not that of twice as many."""
    before, after = ALONE
    twice = [score for score in before for _ in "ab"], [s for s in after for _ in "ab"]
    family = [f"f{i // 2}" for i in range(14)]
    one = posterior_change(pairs_from(outcome, before, after), prior)
    two = posterior_change(pairs_from(outcome, *twice, family), prior)

    assert numbers(two) == pytest.approx(numbers(one), abs=1e-6)


def test_members_who_resemble_each_other_tell_less(
    outcome: Outcome, pairs_from: Callable[..., Pairs]
) -> None:
    """The same changes: with alike ones in a family, with opposite ones, each alone.

    Opposite ones tell less than people apart too: how alike families are is not known.
    """
    change = [9, 8, 1, 0, 7, 6, 2, 1, 5, 4, 3, 2]
    alike = [f"f{i // 2}" for i in range(12)]
    opposite = ["a", "b", "a", "b", "c", "d", "c", "d", "e", "f", "f", "e"]
    before = [20, 31, 25, 28, 22, 27, 30, 24, 26, 21, 29, 23]
    after = [b + c for b, c in zip(before, change, strict=True)]

    def width(family: list[str]) -> float:
        posterior = posterior_change(pairs_from(outcome, before, after, family), FLAT)
        return posterior.conf_high - posterior.conf_low

    assert width(alike) > width(opposite) > width([f"f{i}" for i in range(12)])


@CASES
def test_turning_the_scale_round_turns_the_change_round(
    case: dict[str, Any], outcome: Outcome, pairs_from: Callable[..., Pairs]
) -> None:
    """The prior is towards better: less stress mirrors more strength, at any scale."""
    turned = case | {
        "higher": -case["higher"],
        "before": [-7 * score for score in case["before"]],
        "after": [-7 * score for score in case["after"]],
        "minimal": 7 * case["minimal"] if case["minimal"] else None,
    }
    plain = posterior_changes(of(case, outcome, pairs_from))[0]
    mirrored = posterior_changes(of(turned, outcome, pairs_from))[0]

    assert mirrored.estimate == pytest.approx(-7 * plain.estimate, abs=1e-5)
    assert mirrored.conf_low == pytest.approx(-7 * plain.conf_high, abs=1e-5)
    assert mirrored.probability_better == pytest.approx(plain.probability_better, abs=1e-6)
    if case["minimal"]:
        assert mirrored.probability_important == pytest.approx(
            plain.probability_important, abs=1e-6
        )


def test_both_priors_are_stated_and_neither_is_an_effect(
    outcome: Outcome, pairs_from: Callable[..., Pairs]
) -> None:
    """N(.18, .18) and N(.5, .3) on d_av, in both languages, in that order, always both."""
    table = as_table(posterior_changes(pairs_from(outcome, *ALONE)))

    assert [(prior.mean, prior.sd) for prior in PRIORS] == [(0.18, 0.18), (0.5, 0.3)]
    assert list(table["prior"]) == ["beyond history", "as usually seen"]
    assert table["estimate"].is_monotonic_increasing
    assert table["probability_important"].isna().all()
    words = " ".join(prior.words.en + prior.words.nl for prior in PRIORS)
    assert "effect" not in words
    assert PRIORS[1].words.en == "uncontrolled change as usually seen"


@pytest.mark.parametrize(
    ("changed", "scores", "reason"),
    [
        (
            {"level": "ordinal"},
            ALONE,
            "its steps are an order, not a distance, so no mean is taken of it",
        ),
        (
            {"higher_is": "neither"},
            ALONE,
            "neither way is better, so nobody can be called improved",
        ),
        (
            {},
            ([1, 2, 3, 4], [2, 4, 4, 5]),
            "4 participants with both waves; a mean, its interval and a test are given from 5, "
            "below that only profiles, counts and stories",
        ),
        (
            {},
            ([1, 2, 3, 4, 5], [3, 4, 5, 6, 7]),
            "all 5 changes are 2; without spread nothing tells how sure the mean is",
        ),
    ],
)
def test_refusals(
    changed: dict[str, Any],
    scores: tuple[list[int], list[int]],
    reason: str,
    outcome: Outcome,
    pairs_from: Callable[..., Pairs],
) -> None:
    """What a mean cannot carry, a belief about it cannot either."""
    with pytest.raises(Refusal) as caught:
        posterior_changes(pairs_from(replace(outcome, **changed), *scores))

    assert caught.value.cause == reason
    assert caught.value.reason_nl


def test_it_holds_what_the_prior_says_in_the_long_run(
    outcome: Outcome, pairs_from: Callable[..., Pairs]
) -> None:
    """True changes drawn from the second prior: 95 % and 75 % intervals hold as many.

    500 pilots of 8; the SD of the scores is estimated, so not to the last percent.
    """
    drawn = np.random.default_rng(2014)
    held, held_75 = 0, 0
    for _ in range(500):
        truth = drawn.normal(0.5, 0.3)
        before = drawn.normal(size=8)
        after = truth + 0.6 * before + 0.8 * drawn.normal(size=8)
        posterior = posterior_change(pairs_from(outcome, before, after), PRIORS[1])
        held += posterior.conf_low <= truth <= posterior.conf_high
        held_75 += posterior.conf_low_75 <= truth <= posterior.conf_high_75

    assert held / 500 == pytest.approx(0.95, abs=2 * math.sqrt(0.95 * 0.05 / 500) + 0.005)
    assert held_75 / 500 == pytest.approx(0.75, abs=2 * math.sqrt(0.75 * 0.25 / 500) + 0.01)


def test_a_large_study_leaves_little_to_the_prior(
    outcome: Outcome, pairs_from: Callable[..., Pairs]
) -> None:
    """2,000 people far from both priors, 2 SD: the grid still finds where they are."""
    drawn = np.random.default_rng(3)
    before = drawn.normal(28, 5, size=2000)
    pairs = pairs_from(outcome, before, before + 10 + drawn.normal(0, 3, size=2000))
    first, second = posterior_changes(pairs)

    assert 9 < first.estimate < second.estimate < pairs.changes.mean() + 1e-9
    assert second.probability_better == pytest.approx(1, abs=1e-9)

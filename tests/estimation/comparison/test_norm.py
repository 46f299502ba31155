"""A pilot beside a published norm: both standard errors, no verdict."""

from __future__ import annotations

import math
from dataclasses import fields, replace

import numpy as np
import pandas as pd
import pytest

from pilot import compare_with_norm
from pilot.design import Outcome, Text, instrument_names, load_instrument
from pilot.design.instrument import Reference
from pilot.errors import CallError
from pilot.estimation import Refusal
from pilot.estimation.comparison import NormComparison

NORM = Reference(population="mothers in Rotterdam", n=50, mean=30.0, sd=5.0, source="-")
SCORE = Outcome(
    "gse", Text(nl="Vertrouwen", en="Self-efficacy"), "better", 10, 40, reference=(NORM,)
)


def scores(values: list[float], family: list[str] | None = None) -> pd.DataFrame:
    """Return scores at one wave."""
    people = [f"p{at}" for at in range(len(values))]
    return pd.DataFrame({"participant": people, "family": family, "wave": "t0", "gse": values})


def test_equals_welch_from_summaries() -> None:
    """Difference, s.e. and df of R's t.test on a norm sample with exactly its mean and SD."""
    raw = np.random.default_rng(1).normal(size=50)
    norm = 30 + 5 * (raw - raw.mean()) / raw.std(ddof=1)
    own = [24.0, 29.0, 31.0, 22.0, 27.0, 26.0]
    found = compare_with_norm(scores(own), SCORE, "t0")
    from scipy import stats

    peer = stats.ttest_ind(own, norm, equal_var=False)
    interval = peer.confidence_interval(0.95)

    assert found.difference == pytest.approx(np.mean(own) - 30, abs=1e-12)
    assert found.df == pytest.approx(peer.df, rel=1e-12)
    assert (found.conf_low, found.conf_high) == pytest.approx(
        (interval.low, interval.high), rel=1e-11
    )


def test_the_norms_own_uncertainty_counts() -> None:
    """With n = 50 and SD 5 the norm adds .5 to the variance; millions would add nothing."""
    own = scores([24.0, 29.0, 31.0, 22.0, 27.0, 26.0])
    known = replace(SCORE, reference=(NORM.model_copy(update={"n": 10**9}),))
    both = compare_with_norm(own, SCORE, "t0")
    alone = compare_with_norm(own, known, "t0")

    assert both.std_error**2 - alone.std_error**2 == pytest.approx(0.5, abs=1e-6)
    assert alone.df == pytest.approx(5, abs=1e-3)


def test_families_are_averaged_first() -> None:
    """Two members of one family are one unit."""
    own = scores([20.0, 30.0, 28.0, 27.0], ["a", "a", "b", "c"])
    found = compare_with_norm(own, SCORE, "t0")

    assert (found.n, found.mean) == (3, pytest.approx((25 + 28 + 27) / 3))
    assert found.units.en == "families"


def test_it_has_words_and_neither_p_nor_verdict() -> None:
    """The sentence names the population, calls it a place on a scale, and no average."""
    found = compare_with_norm(scores([24.0, 29.0, 31.0, 22.0]), SCORE, "t0")
    names = {each.name for each in fields(NormComparison)}

    assert not names & {"p_value", "verdict", "statistic"}
    assert found.words.en == (
        "at 't0' the mean of 4 participants is 26.5: 3.5 below the mean of mothers in "
        "Rotterdam (30.0, n = 50), with a 95% interval of the difference from -9.8 to 2.8. "
        "Who took part differs from them in more than the programme: this is a place on a "
        "scale, no change and no effect"
    )
    assert found.words.nl == (
        "op 't0' is het gemiddelde van 4 deelnemers 26,5: 3,5 onder het gemiddelde van mothers "
        "in Rotterdam (30,0, n = 50), met een 95%-marge van het verschil van -9,8 tot 2,8. "
        "Wie meedeed, verschilt van hen in meer dan het programma: dit is een plek op een "
        "schaal, geen verandering en geen effect"
    )


def test_intervals_cover_the_true_difference() -> None:
    """Norm and pilot both drawn anew 500 times: 95 in 100 intervals hold the truth."""
    dice, held = np.random.default_rng(7), 0
    for _ in range(500):
        sample = dice.normal(30, 6, 20)
        norm = NORM.model_copy(
            update={"n": 20, "mean": float(sample.mean()), "sd": float(sample.std(ddof=1))}
        )
        own = scores(list(dice.normal(27, 3, 8)))
        found = compare_with_norm(own, replace(SCORE, reference=(norm,)), "t0")
        held += found.conf_low <= -3 <= found.conf_high

    assert held / 500 == pytest.approx(0.95, abs=3 * math.sqrt(0.95 * 0.05 / 500))


@pytest.mark.parametrize(
    ("outcome", "values", "message"),
    [
        (
            replace(SCORE, reference=()),
            [1.0, 2.0],
            "outcome 'gse', t0: no published mean of a population to stand beside\n"
            "  mend: tell the change, and leave norms out",
        ),
        (
            replace(SCORE, reference=(NORM.model_copy(update={"n": None}),)),
            [1.0, 2.0],
            "outcome 'gse', t0: the norm of 'mothers in Rotterdam' has no n, so how sure that "
            "mean is cannot be told\n"
            "  mend: look them up in the source, and add them to the instrument's file",
        ),
        (
            replace(SCORE, reference=(NORM.model_copy(update={"sd": None}),)),
            [1.0, 2.0],
            "outcome 'gse', t0: the norm of 'mothers in Rotterdam' has no SD, so how sure that "
            "mean is cannot be told\n"
            "  mend: look them up in the source, and add them to the instrument's file",
        ),
        (
            SCORE,
            [21.0],
            "outcome 'gse', t0: 1 participants with a score; how sure a mean is can only be "
            "told from two on\n  mend: wait for more answers",
        ),
        (
            SCORE,
            [21.0, 21.0],
            "outcome 'gse', t0: all 2 scores are 21; without spread nothing tells how sure the "
            "mean is\n  mend: show the scores",
        ),
    ],
)
def test_refusals_say_why(outcome: Outcome, values: list[float], message: str) -> None:
    """Without a norm, its n or SD, a second family, or spread: the whole message."""
    with pytest.raises(Refusal) as refused:
        compare_with_norm(scores(values), outcome, "t0")

    assert str(refused.value) == message


def test_several_norms_need_a_choice() -> None:
    """Nobody chooses a norm by its place in a list."""
    other = NORM.model_copy(update={"population": Text(nl="studenten", en="students")})
    outcome = replace(SCORE, reference=(NORM, other))
    with pytest.raises(CallError) as refused:
        compare_with_norm(scores([1.0, 2.0]), outcome, "t0")
    with pytest.raises(CallError) as misspelt:
        compare_with_norm(scores([1.0, 2.0]), outcome, "t0", population="student")

    assert str(refused.value) == (
        "compare_with_norm, population: 2 norms could be meant\n"
        "  mend: use one of: mothers in Rotterdam, students"
    )
    assert str(misspelt.value) == (
        "compare_with_norm, population: no norm of 'student'\n"
        "  mend: did you mean 'students'? known: mothers in Rotterdam, students"
    )
    assert (
        compare_with_norm(scores([1.0, 2.0]), outcome, "t0", population="students").norm
        == other
    )


def test_a_population_is_named_in_the_language_of_the_sentence() -> None:
    """No English name stands in a Dutch sentence, and either name finds the norm."""
    named = NORM.model_copy(update={"population": Text(nl="moeders", en="mothers")})
    outcome = replace(SCORE, reference=(named,))
    found = compare_with_norm(scores([28.0, 33.0, 30.0]), outcome, "t0", population="moeders")

    assert "het gemiddelde van moeders (30" in found.words.nl
    assert "the mean of mothers (30" in found.words.en
    assert "mothers" not in found.words.nl
    assert compare_with_norm(scores([28.0, 33.0]), outcome, "t0", population="mothers").n == 2


@pytest.mark.parametrize("name", instrument_names())
def test_every_published_population_has_a_name_in_dutch(name: str) -> None:
    """What the package brings is named twice; a team's own word may serve for both."""
    for scale in load_instrument(name).scales:
        for reference in scale.reference:
            assert reference.population.nl != reference.population.en

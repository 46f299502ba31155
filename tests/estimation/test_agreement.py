"""Agreement of two raters: equal to R, and silent where there is too little to say."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from pilot.estimation.agreement import KINDS, agreement
from pilot.estimation.intraclass import intraclass
from pilot.estimation.kappa import kappa

R = json.loads((Path(__file__).parents[1] / "reference" / "agreement.json").read_text())
FIRST, SECOND = pd.Series(R["first"]), pd.Series(R["second"])
JUDGES = np.array(R["judges"], dtype=float)
EVERY = pytest.mark.parametrize("kind", KINDS)


@pytest.mark.parametrize(("about", "printed"), [("agreement", 0.29), ("consistency", 0.71)])
def test_shrout_and_fleiss_1979(about: str, printed: float) -> None:
    """Six targets and four judges: ICC(2,1) and ICC(3,1) as printed in their table 4."""
    assert intraclass(JUDGES, about)[0] == pytest.approx(printed, abs=0.005)
    assert intraclass(JUDGES, about) == pytest.approx(R["shrout_fleiss"][about], rel=1e-10)


@pytest.mark.parametrize("about", ["agreement", "consistency"])
def test_intraclass_correlations_are_those_of_r(about: str) -> None:
    """The ICC of psych, estimate and F interval."""
    told = agreement(FIRST, SECOND, kind=f"icc_{about}")
    found = [told.estimate, told.conf_low, told.conf_high]
    assert found == pytest.approx(R["icc"][about], rel=1e-10)


@pytest.mark.parametrize("kind", ["kappa", "kappa_linear", "kappa_quadratic"])
def test_kappas_are_those_of_r(kind: str) -> None:
    """Kappa of psych and weighted ones of vcd; interval of Fleiss, Cohen and Everitt."""
    told = agreement(FIRST, SECOND, kind=kind)
    assert [told.estimate, told.conf_low, told.conf_high] == pytest.approx(R[kind], rel=1e-7)


def test_limits_of_agreement_are_those_of_r() -> None:
    """Bland and Altman: the mean difference with t.test's interval, and 1.96 SD around."""
    told = agreement(FIRST, SECOND, kind="difference")
    assert [told.estimate, told.conf_low, told.conf_high] == pytest.approx(R["difference"])
    assert [told.limits_low, told.limits_high] == pytest.approx(R["limits"])


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "difference"])
def test_who_comes_first_makes_no_difference(kind: str) -> None:
    """Raters swapped: the same agreement and the same interval."""
    forth, back = (agreement(*pair, kind=kind) for pair in ((FIRST, SECOND), (SECOND, FIRST)))
    assert (forth.estimate, forth.conf_low) == pytest.approx((back.estimate, back.conf_low))


def test_a_rater_who_is_always_two_higher() -> None:
    """It costs agreement, not consistency, and the mean difference is that 2."""
    higher = FIRST + 2
    assert agreement(FIRST, higher, kind="icc_consistency").estimate == pytest.approx(1)
    assert agreement(FIRST, higher, kind="icc_agreement").estimate < 0.6
    shift = agreement(FIRST, higher, kind="difference")
    assert (shift.estimate, shift.limits_low, shift.limits_high) == pytest.approx((2, 2, 2))


def test_two_categories_have_one_kappa() -> None:
    """With two categories every weight is the same, and kappa can be counted by hand."""
    table = np.array([[20.0, 5.0], [10.0, 15.0]])
    assert kappa(table)[0] == pytest.approx((0.7 - 0.5) / 0.5)
    assert kappa(table, "linear") == pytest.approx(kappa(table))
    assert kappa(table, "quadratic") == pytest.approx(kappa(table))


def test_steps_that_nobody_used_count_in_the_weights() -> None:
    """1 and 3 of a scale of five are half way apart, and of a scale of three wholly."""
    one, other = pd.Series([1, 3] * 6), pd.Series([1, 3] * 5 + [3, 3])
    short = agreement(one, other, kind="kappa_linear", categories=[1, 2, 3])
    plain = agreement(one, other, kind="kappa")
    assert short.estimate == pytest.approx(plain.estimate)
    with pytest.raises(KeyError):
        agreement(one, other, kind="kappa", categories=[1, 2])


@EVERY
def test_few_pairs_have_a_number_and_no_interval(kind: str) -> None:
    """Nine pairs, one of the ten was rated once: no interval, and why."""
    second = SECOND[:10].astype("Float64")
    second.iloc[3] = pd.NA
    told = agreement(FIRST[:10], second, kind=kind)

    assert told.n_pairs == 9
    assert told.estimate is not None
    assert (told.conf_low, told.conf_high) == (None, None)
    assert told.reason == (
        "9 rated by both; an interval is given from 10 on, since the formulas for it do not "
        "hold for so few"
    )
    assert told.reason_nl == (
        "9 door beiden beoordeeld; een marge geven we vanaf 10, want de formules gelden niet "
        "voor zo weinig"
    )


@EVERY
def test_one_pair_has_no_number(kind: str) -> None:
    """One pair says nothing of agreement."""
    told = agreement(FIRST[:1], SECOND[:1], kind=kind)
    assert (told.estimate, told.n_pairs) == (None, 1)
    assert told.reason == "1 rated by both; agreement can be told from 2 on"


def test_raters_who_say_the_same_of_all_are_refused() -> None:
    """Everything rated alike: there is nothing to agree about."""
    same = pd.Series([3.0] * 12)
    assert agreement(same, same, kind="kappa").reason == (
        "both raters used one and the same category only; agreement beyond chance cannot be "
        "told from that"
    )
    assert agreement(same, same, kind="icc_agreement").reason == (
        "all people have the same rating; how raters tell people apart cannot be seen"
    )


def test_a_planted_agreement_comes_back() -> None:
    """People with variance 4, raters with errors of variance 1: an ICC of .8.

    That is the mean estimate, and the 95% interval holds it in about 95 of 100 samples.
    """
    dice = np.random.default_rng(1979)
    found = []
    for _ in range(400):
        people = dice.normal(0, 2, 40)
        pair = [pd.Series(people + dice.normal(0, 1, 40)) for _ in range(2)]
        told = agreement(*pair, kind="icc_consistency")
        found.append((told.estimate, told.conf_low <= 0.8 <= told.conf_high))

    assert np.mean([estimate for estimate, _ in found]) == pytest.approx(0.8, abs=0.01)
    assert np.mean([held for _, held in found]) == pytest.approx(0.95, abs=0.03)


def test_the_interval_of_kappa_holds_a_planted_one() -> None:
    """Two raters who see the truth in 8 of 10 cases, else guess: kappa .64, held in 95 %."""
    dice = np.random.default_rng(1969)
    held = []
    for _ in range(400):
        truth = dice.integers(0, 4, 120)
        seen = [np.where(dice.random(120) < 0.8, truth, dice.integers(0, 4, 120)) for _ in "ab"]
        told = agreement(*map(pd.Series, seen), kind="kappa", categories=range(4))
        held.append(told.conf_low <= 0.64 <= told.conf_high)

    assert np.mean(held) == pytest.approx(0.95, abs=0.03)

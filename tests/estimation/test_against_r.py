"""What R says of the same data; tests/reference/make_reference.R wrote it down."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from pilot.design.outcome import Outcome
from pilot.estimation import (
    METHODS,
    Pairs,
    Plan,
    exact_sign_test,
    holm,
    leave_one_site_out,
    mean_t,
    sign_flip,
    standardised_change,
    tango_interval,
)
from pilot.estimation.noncentral import noncentral_limits, noncentral_t_cdf

R = json.loads(
    (Path(__file__).parents[1] / "reference" / "estimation.json").read_text(encoding="utf-8")
)
PAIRS = pytest.mark.parametrize("case", R["pairs"], ids=lambda case: case["name"])
ENUMERATED = pytest.mark.parametrize(  # R enumerates up to 16 changes
    "case",
    [case for case in R["pairs"] if case["sign_flip"] is not None],
    ids=lambda case: case["name"],
)
FAMILIES = pytest.mark.parametrize("case", R["families"], ids=["14 in 4", "9 in 5", "24 in 6"])


def near(expected: Any, digits: float) -> Any:
    """Expect R's number, to a tolerance relative to its size and absolute near 0."""
    return pytest.approx(expected, rel=digits, abs=digits)


def changes(case: dict[str, Any]) -> list[float]:
    """Subtract the earlier scores from the later ones."""
    return [
        later - earlier for earlier, later in zip(case["before"], case["after"], strict=True)
    ]


def test_the_reference_holds_enough() -> None:
    """At least twenty analyses of pairs and families, as promised."""
    assert len(R["pairs"]) + len(R["families"]) >= 20


@PAIRS
def test_mean_agrees_with_t_test(case: dict[str, Any]) -> None:
    """Estimate, s.e., t, df, p and both intervals are t.test's to 1e-8."""
    ours, theirs = mean_t(changes(case)), case["t_test"]

    assert ours.df == theirs["df"]
    for name in ("estimate", "std_error", "statistic", "p_value"):
        assert getattr(ours, name) == near(theirs[name], 1e-8), name
    assert [ours.conf_low, ours.conf_high] == near(theirs["conf_95"], 1e-8)
    assert [ours.conf_low_75, ours.conf_high_75] == near(theirs["conf_75"], 1e-8)


@ENUMERATED
def test_sign_flip_agrees_with_enumeration(case: dict[str, Any]) -> None:
    """p, smallest p and Hartigan's limits are those of R's expand.grid, to 1e-8."""
    ours, theirs = sign_flip(changes(case)), case["sign_flip"]

    assert ours.p_value == near(theirs["p_value"], 1e-12)
    assert ours.smallest_p == theirs["smallest_p"]
    limits = [ours.conf_low, ours.conf_high, ours.conf_low_75, ours.conf_high_75]
    for limit, expected in zip(limits, theirs["conf_95"] + theirs["conf_75"], strict=True):
        assert (limit is None) == (expected is None)
        assert limit is None or limit == near(expected, 1e-8)


@PAIRS
def test_noncentral_limits_agree_with_uniroot_on_pt(case: dict[str, Any]) -> None:
    """Both intervals of the noncentrality are those of R's pt, to 1e-8."""
    t, df = case["t_test"]["statistic"], case["t_test"]["df"]

    assert noncentral_limits(t, df) == near(tuple(case["noncentral_95"]), 1e-8)
    assert noncentral_limits(t, df, 0.75) == near(tuple(case["noncentral_75"]), 1e-8)


@PAIRS
def test_d_z_agrees_with_effectsize(case: dict[str, Any]) -> None:
    """d_z and its interval are those of effectsize::cohens_d(paired = TRUE), to 1e-6."""
    ours = standardised_change(case["before"], case["after"], by="change")
    corrected = standardised_change(case["before"], case["after"], by="change", corrected=True)

    estimates = [ours.estimate, ours.conf_low, ours.conf_high]
    assert estimates == near(case["effectsize_d_z"], 1e-6)
    assert corrected.estimate == near(case["effectsize_g_z"], 1e-6)


@PAIRS
def test_other_standardisers_agree_with_their_formulas(case: dict[str, Any]) -> None:
    """d_av with its interval, Glass's delta and d_rm are R's formulas, to 1e-8."""
    d_av = standardised_change(case["before"], case["after"], by="average")

    assert [d_av.estimate, d_av.conf_low, d_av.conf_high] == near(case["d_av"], 1e-8)
    for by, name in (("before", "glass_delta"), ("repeated", "d_rm")):
        if case[name] is not None:
            ours = standardised_change(case["before"], case["after"], by=by)
            assert ours.estimate == near(case[name], 1e-8)


@FAMILIES
@pytest.mark.parametrize("name", ["paired_t", "persons_t", "site_means_t"])
def test_families_and_sites_agree_with_aggregate(
    case: dict[str, Any], name: str, outcome: Outcome, pairs_from: Callable[..., Pairs]
) -> None:
    """Averaged by family, not at all, or by site: R's aggregate and t.test say the same."""
    people = pd.DataFrame(case["person"])
    pairs = pairs_from(outcome, people.before, people.after, people.family, people.site)
    ours = METHODS[name](pairs, Plan(name, generalises_to="sites"))

    for field in ("estimate", "std_error", "statistic", "df", "p_value"):
        assert getattr(ours, field) == near(case[name][field], 1e-8), field
    assert [ours.conf_low, ours.conf_high] == near(case[name]["conf_95"], 1e-8)


@FAMILIES
def test_leaving_sites_out_agrees_with_r(
    case: dict[str, Any], outcome: Outcome, pairs_from: Callable[..., Pairs]
) -> None:
    """Each row is the mean over the families of the other sites."""
    people = pd.DataFrame(case["person"])
    pairs = pairs_from(outcome, people.before, people.after, people.family, people.site)
    ours = leave_one_site_out(pairs)

    assert list(ours["site_left_out"]) == [row["site"] for row in case["sites_left_out"]]
    assert list(ours["n"]) == [row["n"] for row in case["sites_left_out"]]
    expected = [row["estimate"] for row in case["sites_left_out"]]
    assert list(ours["estimate"]) == near(expected, 1e-10)


@pytest.mark.parametrize(
    "case", R["tango"], ids=lambda case: f"{case['better']}-{case['worse']}-{case['n']}"
)
def test_tango_and_sign_test_agree_with_r(case: dict[str, Any]) -> None:
    """Limits where the score statistic meets z, by another road in R; p is binom.test's."""
    counts = case["better"], case["worse"], case["n"]

    # 1e-6: R finds the restricted maximum by optimize, which is no sharper than that
    assert tango_interval(*counts) == near(tuple(case["conf_95"]), 1e-6)
    assert tango_interval(*counts, conf_level=0.75) == near(tuple(case["conf_75"]), 1e-6)
    assert exact_sign_test(*counts[:2]) == near(case["sign_test"], 1e-12)


@pytest.mark.parametrize("case", R["noncentral_cdf"])
def test_noncentral_probability_agrees_with_pt(case: list[float]) -> None:
    """P(T <= t) is R's pt, to the 1e-10 that R's own series reaches."""
    t, df, noncentrality, expected = case

    assert noncentral_t_cdf(t, df, noncentrality) == near(expected, 1e-10)


@pytest.mark.parametrize("case", R["holm"], ids=lambda case: str(case["p"]))
def test_holm_agrees_with_p_adjust(case: dict[str, Any]) -> None:
    """Adjusted p-values are those of p.adjust, in the order they came."""
    assert holm(case["p"]) == near(case["adjusted"], 1e-12)

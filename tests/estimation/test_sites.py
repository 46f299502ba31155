"""Families by their site: sites like these, and these very sites."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_allclose

from pilot.design.outcome import Outcome
from pilot.estimation import METHODS, Pairs, Plan, plan_for
from pilot.estimation.clusters import cluster_robust, wild_bootstrap
from pilot.results import Estimate

REFERENCE = Path(__file__).parents[1] / "reference" / "planned"
SITES = pd.read_csv(REFERENCE / "sites.csv").set_index("method")
FAMILIES = pd.read_csv(REFERENCE / "site_changes.csv")
Make = Callable[..., Pairs]


def answer(name: str, pairs: Pairs) -> Estimate:
    """Answer by one method where the design speaks of sites."""
    return METHODS[name](pairs, Plan(name, generalises_to="sites"))


def of_changes(
    pairs_from: Make, outcome: Outcome, change: np.ndarray, site: list[str]
) -> Pairs:
    """Return families of one with these changes at these sites."""
    before = 20 + np.arange(len(change)) % 5
    return pairs_from(outcome, before, before + change, site=site)


@pytest.fixture
def families(outcome: Outcome, pairs_from: Make) -> Pairs:
    """Return the fourteen families at four sites that R had."""
    return of_changes(
        pairs_from, outcome, FAMILIES["change"].to_numpy(), list(FAMILIES["site"])
    )


@pytest.mark.parametrize("name", SITES.index)
def test_gives_what_r_gives(name: str, families: Pairs) -> None:
    """t.test on site means, clubSandwich's CR2, and the stratified mean: to 1e-9."""
    row, numbers = answer(name, families), ["estimate", "std_error", "df", "p_value"]

    assert_allclose(
        [getattr(row, each) for each in numbers], SITES.loc[name, numbers], rtol=1e-9
    )
    assert row.n_sites == 4


def test_a_narrow_interval_is_left_empty_below_three_df(
    families: Pairs, outcome: Outcome, pairs_from: Make
) -> None:
    """Four unequal sites give 2.93 df; six equal ones give 5, and both intervals."""
    few = answer("site_cr2", families)
    changes = np.random.default_rng(1).normal(1, 2, 18)
    enough = answer("site_cr2", of_changes(pairs_from, outcome, changes, list("abcdef") * 3))

    assert few.df == pytest.approx(2.9283639834)
    assert (few.conf_low_75, few.conf_high_75) == (None, None)
    assert few.conf_low is not None
    assert enough.df == pytest.approx(5)
    assert enough.conf_low < enough.conf_low_75 < enough.conf_high_75 < enough.conf_high


def test_gives_what_the_public_functions_give(families: Pairs) -> None:
    """`cluster_robust` and `wild_bootstrap` on the same families."""
    frame = families.families
    by_formula = cluster_robust("change ~ 1", frame, cluster="site").coefficients().iloc[0]
    row = answer("site_cr2", families)
    names = ["estimate", "std_error", "statistic", "df", "p_value", "conf_low", "conf_high"]
    wild, drawn = (
        answer("site_wild", families),
        wild_bootstrap("change ~ 1", frame, cluster="site"),
    )

    assert_allclose([getattr(row, name) for name in names], list(by_formula[names]), rtol=1e-9)
    assert (wild.p_value, wild.smallest_p) == (drawn.p_value, drawn.smallest_p)
    assert wild.smallest_p == 2 / 6**4
    assert (wild.conf_low, wild.std_error) == (None, None)


def test_equal_sites_make_site_means_and_cr2_one(outcome: Outcome, pairs_from: Make) -> None:
    """With as many families at each site both are the t test of site means."""
    changes = np.random.default_rng(2).normal(1, 2, 15)
    pairs = of_changes(pairs_from, outcome, changes, list("abcde") * 3)
    means, sandwich = answer("site_means_t", pairs), answer("site_cr2", pairs)

    for name in ("estimate", "std_error", "df", "p_value", "conf_low_75"):
        assert getattr(sandwich, name) == pytest.approx(getattr(means, name), rel=1e-9)


def test_one_site_makes_the_pooled_estimate_the_paired_t(
    outcome: Outcome, pairs_from: Make
) -> None:
    """Nothing to take out: n - 1 df."""
    pairs = of_changes(pairs_from, outcome, FAMILIES["change"].to_numpy(), ["a"] * 14)
    pooled, paired = answer("pooled_within_sites", pairs), answer("paired_t", pairs)

    for name in ("estimate", "std_error", "df", "p_value", "conf_low", "conf_high_75"):
        assert getattr(pooled, name) == pytest.approx(getattr(paired, name), rel=1e-12)


def test_names_of_families_change_no_digit(families: Pairs) -> None:
    """Six sites are sampled, by site and change and never by pseudonym."""
    table = families.table.assign(site=list("abcdef") * 2 + ["a", "b"])
    other = table["family"].iloc[::-1].to_numpy() + "x"
    named = table.assign(family=other, participant=other).iloc[::-1]
    here, there = (
        replace(families, table=each.reset_index(drop=True), everyone=pd.DataFrame())
        for each in (table, named)
    )

    for name in ("site_wild", "site_cr2", "site_means_t", "pooled_within_sites"):
        assert answer(name, here) == answer(name, there)


def test_a_bootstrap_over_few_sites_never_decides(families: Pairs, outcome: Outcome) -> None:
    """From four sites it is shown with its smallest p, and says that it decides nothing."""
    assert [note.en for note in answer("site_wild", families).notes] == [
        "a bootstrap over fewer than 6 sites has too few different draws to decide by"
    ]
    plan = plan_for(outcome, "sites")
    assert plan.planned == "site_means_t"
    assert plan.alternatives[:2] == ("site_cr2", "site_wild")
    assert plan.reason.nl == (
        "dit traject gaat over locaties zoals deze; daarom telt elke locatie even zwaar"
    )


@pytest.mark.parametrize("name", ["site_means_t", "site_cr2", "site_wild"])
@pytest.mark.parametrize(
    ("site", "reason"),
    [
        (
            list("abc") * 4,
            "3 sites with a pair; what holds for sites like these is estimated from 4",
        ),
        (
            [*"abcd" * 2, "a", "b", "c", None],
            "1 of 12 participants have no site, so site means would leave them out",
        ),
    ],
)
def test_refuses_few_and_unknown_sites(
    name: str, site: list[str], reason: str, outcome: Outcome, pairs_from: Make
) -> None:
    """Every method that speaks of sites like these, with one reason."""
    changes = np.random.default_rng(3).normal(1, 2, 12)
    row = answer(name, of_changes(pairs_from, outcome, changes, site))

    assert (row.refused, row.reason) == (True, reason)
    assert row.reason_nl


@pytest.mark.parametrize("name", ["site_means_t", "site_cr2", "site_wild"])
def test_refuses_sites_that_do_not_differ(
    name: str, outcome: Outcome, pairs_from: Make
) -> None:
    """Four equal means leave nothing to tell how sure they are; never an error of 0."""
    changes = np.array([1.0] * 4 + [3.0] * 4)
    row = answer(name, of_changes(pairs_from, outcome, changes, list("abcd") * 2))

    assert row.reason == (
        "all 4 changes are 2; without spread nothing tells how sure the mean is"
    )


@pytest.mark.parametrize(
    ("change", "site", "reason"),
    [
        (
            [1.0, 2, 3, 5, 1, 4, 2],
            list("abcdabc"),
            "7 participants at 4 sites; how participants differ within sites is told from 4 "
            "more participants than sites",
        ),
        (
            [1.0, 3, 1, 3, 1, 3],
            list("ababab"),
            "all 6 changes are those of their site, so nothing tells how sure the mean is",
        ),
        (
            [1.0, 2, 3, 5, 1],
            ["a", "a", "a", "a", None],
            "1 of 5 participants have no site, so site means would leave them out",
        ),
    ],
    ids=["few", "no spread", "unknown"],
)
def test_refuses_too_little_within_sites(
    change: list[float], site: list[str], reason: str, outcome: Outcome, pairs_from: Make
) -> None:
    """N - S below 4, no spread within, or a family without a site."""
    row = answer("pooled_within_sites", of_changes(pairs_from, outcome, np.array(change), site))

    assert (row.refused, row.reason) == (True, reason)


def test_recovers_a_truth_for_sites_like_these(outcome: Outcome, pairs_from: Make) -> None:
    """Five sites that differ in change: site means cover it, and these very sites do not."""
    drawn = np.random.default_rng(20250101)
    rows = []
    for _ in range(300):
        here = drawn.normal(2, 1.5, 5)
        changes = np.repeat(here, 4) + drawn.normal(0, 2, 20)
        pairs = of_changes(pairs_from, outcome, changes, list(np.repeat(list("abcde"), 4)))
        names = ("site_means_t", "site_cr2", "pooled_within_sites")
        rows.append([answer(name, pairs) for name in names])
    means, sandwich, within = (
        np.mean([row.conf_low <= 2 <= row.conf_high for row in column])
        for column in zip(*rows, strict=True)
    )

    assert min(means, sandwich) >= 0.95 - 3 * np.sqrt(0.05 * 0.95 / 300)
    assert within < 0.85

"""Standardised changes and their intervals."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pytest

from pilot.design.outcome import Outcome
from pilot.errors import CallError, EstimationError
from pilot.estimation import METHODS, Pairs, Plan, Refusal, standardised_change
from pilot.estimation.noncentral import noncentral_limits, noncentral_t_cdf
from pilot.estimation.standardised import small_sample_factor

BEFORE = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0]
AFTER = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]
ALL = ["change", "average", "before", "repeated"]


def test_agrees_with_effectsize_on_student() -> None:
    """effectsize::cohens_d(paired = TRUE) prints 1.28 [0.41, 2.12] for sleep."""
    d_z = standardised_change(BEFORE, AFTER)

    assert d_z.name == "d_z"
    printed = [d_z.estimate, d_z.conf_low, d_z.conf_high]
    assert printed == pytest.approx([1.28, 0.41, 2.12], abs=5e-3)


@pytest.mark.parametrize("by", ALL)
def test_swapping_the_waves_swaps_the_sign(by: str) -> None:
    """But for Glass's delta, whose standardiser is the wave that came first."""
    forth, back = (
        standardised_change(BEFORE, AFTER, by=by),
        standardised_change(AFTER, BEFORE, by=by),
    )
    scale = np.std(BEFORE) / np.std(AFTER) if by == "before" else 1.0

    limits = [-forth.estimate * scale, -forth.conf_high * scale, -forth.conf_low * scale]
    assert [back.estimate, back.conf_low, back.conf_high] == pytest.approx(limits)


@pytest.mark.parametrize("by", ALL)
def test_rescaling_scores_changes_nothing(by: str) -> None:
    """A standardised change has no unit."""
    plain = standardised_change(BEFORE, AFTER, by=by)
    scaled = standardised_change([7 * x + 3 for x in BEFORE], [7 * x + 3 for x in AFTER], by=by)

    assert scaled.estimate == pytest.approx(plain.estimate)
    assert scaled.conf_low == pytest.approx(plain.conf_low)


def test_d_rm_is_d_z_where_the_waves_are_uncorrelated_by_half() -> None:
    """d_rm = d_z sqrt(2 (1 - r)), so the ratio gives back the correlation."""
    d_z, d_rm = (standardised_change(BEFORE, AFTER, by=by) for by in ("change", "repeated"))
    r = 1 - (d_rm.estimate / d_z.estimate) ** 2 / 2

    assert r == pytest.approx(np.corrcoef(BEFORE, AFTER)[0, 1])


def test_the_correction_is_hedges_exact_one() -> None:
    """The gamma one: the familiar 1 - 3 / (4 df - 1) lies within .002 of it from 5 df on.

    R: exp(lgamma(4.5) - lgamma(4) - log(4.5) / 2) is 0.9138749 for 9 df. The limits stay.
    """
    for df in (5, 9, 15, 29):
        assert small_sample_factor(df) == pytest.approx(1 - 3 / (4 * df - 1), abs=2e-3)
    plain = standardised_change(BEFORE, AFTER)
    corrected = standardised_change(BEFORE, AFTER, corrected=True)
    assert corrected.estimate == pytest.approx(plain.estimate * 0.913875, abs=1e-6)
    assert (corrected.conf_low, corrected.conf_high) == (plain.conf_low, plain.conf_high)


@pytest.mark.parametrize(("t", "noncentrality"), [(-2.0, 30.0), (20.0, -20.0)])
def test_the_noncentral_t_is_a_number_where_scipy_has_none(
    t: float, noncentrality: float
) -> None:
    """Scipy 1.17 says NaN for these; the probabilities are 0 and 1 to all digits."""
    expected = 0.0 if noncentrality > 0 else 1.0

    assert noncentral_t_cdf(t, 14, noncentrality) == pytest.approx(expected, abs=1e-14)


@pytest.mark.parametrize(("t", "df"), [(0.0, 3), (-7.5, 4), (200.0, 9), (1.96, 3586)])
def test_limits_are_where_the_tails_are_equal(t: float, df: float) -> None:
    """2.5 % beyond on either side, for no effect, a huge one, and thousands of pairs."""
    low, high = noncentral_limits(t, df)

    assert noncentral_t_cdf(t, df, low) == pytest.approx(0.975, abs=1e-10)
    assert noncentral_t_cdf(t, df, high) == pytest.approx(0.025, abs=1e-10)


def test_families_are_standardised_by_the_sd_between_persons(
    outcome: Outcome, pairs_from: Callable[..., Pairs]
) -> None:
    """Averaging within families makes no effect larger: the SDs are those of persons.

    Families of two: the variance is MSB / 2 + MSW / 2, by hand from pairs and differences.
    """
    before = [20, 26, 30, 22, 25, 27, 31, 24, 28, 21]
    after = [24, 27, 33, 27, 25, 30, 30, 29, 33, 22]
    family = ["a", "a", "b", "b", "c", "c", "d", "d", "e", "e"]
    row = METHODS["paired_t"](pairs_from(outcome, before, after, family), Plan("paired_t"))
    d_z, d_av = row.standardised

    def of_twos(scores: list[int]) -> float:
        twos = np.reshape(scores, (5, 2))
        between = 2 * np.var(twos.mean(axis=1), ddof=1)
        within = np.mean(np.diff(twos, axis=1) ** 2 / 2)
        return float((between + within) / 2)

    change = np.subtract(after, before)
    s_av = math.sqrt((of_twos(before) + of_twos(after)) / 2)
    assert (d_z.name, d_av.name) == ("d_z", "d_av")
    assert d_z.estimate == pytest.approx(change.mean() / math.sqrt(of_twos(change)))
    assert d_av.estimate == pytest.approx(change.mean() / s_av)
    low, high = noncentral_limits(row.statistic, row.df)
    unit = row.std_error / s_av
    assert (d_av.conf_low, d_av.conf_high) == pytest.approx((low * unit, high * unit))


def test_refuses_an_unknown_standardiser() -> None:
    """With the near word."""
    with pytest.raises(CallError) as caught:
        standardised_change(BEFORE, AFTER, by="averge")

    assert str(caught.value) == (
        "standardised_change: no by='averge'\n"
        "  mend: did you mean 'average'? known: change, average, before, repeated"
    )


def test_refuses_waves_of_different_people() -> None:
    """Ten before and nine after are no pairs."""
    with pytest.raises(EstimationError) as caught:
        standardised_change(BEFORE, AFTER[:9])

    assert str(caught.value) == (
        "standardised_change: 10 scores before and 9 after\n"
        "  mend: give both waves of the same persons, in the same order"
    )


def test_refuses_to_divide_by_a_spread_of_nothing() -> None:
    """All at the floor before: Glass's delta does not exist, d_z does."""
    with pytest.raises(Refusal) as caught:
        standardised_change([10, 10, 10], [12, 11, 14], by="before")

    assert str(caught.value) == (
        "standardised_change: all 3 scores before are 10; a change cannot be divided by a "
        "spread of 0\n  mend: use by='change'"
    )
    assert standardised_change([10, 10, 10], [12, 11, 14]).estimate > 0


def test_refuses_a_correction_for_two_changes() -> None:
    """J of 1 df is 0 / 0."""
    with pytest.raises(Refusal) as caught:
        standardised_change([1, 2], [2, 5], corrected=True)

    assert caught.value.cause == ("with 2 changes the small-sample correction does not exist")


@pytest.mark.parametrize(
    ("by", "truth", "low", "high"),
    [
        ("change", 0.5 / math.sqrt(0.8), 0.935, 0.965),
        ("average", 0.5, 0.93, 0.97),
        ("before", 0.5, 0.92, 0.97),
    ],
)
def test_intervals_cover_a_simulated_truth(
    by: str, truth: float, low: float, high: float
) -> None:
    """Of 1,500 data sets of 12 (r = .6, true d_av .5) about 95 % hold it; d_z's is exact."""
    drawn = np.random.default_rng(2003)
    covered = 0
    for _ in range(1500):
        before = drawn.normal(size=12)
        after = 0.5 + 0.6 * before + 0.8 * drawn.normal(size=12)
        result = standardised_change(before, after, by=by)
        covered += result.conf_low <= truth <= result.conf_high

    assert low <= covered / 1500 <= high

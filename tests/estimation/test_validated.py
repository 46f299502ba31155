"""What simulations measured travels with the estimate, and refuses what misses too often."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from pilot.design.outcome import Outcome
from pilot.estimation import METHODS, Pairs, Plan, complete_pairs, validated
from pilot.estimation.validated import caution, found_in, measured

Table = dict[tuple[str, str], tuple[tuple[int, float], ...]]


@pytest.fixture
def figures(monkeypatch: pytest.MonkeyPatch) -> Table:
    """Put known figures in place of the packaged ones."""
    table: Table = {
        ("paired_t", "bound"): ((5, 0.871), (8, 0.913)),
        ("paired_t", "mostly bound"): ((8, 0.65),),
        ("paired_t", "skewed"): ((12, 0.904),),
    }
    monkeypatch.setattr(validated, "_table", lambda: table)
    return table


@pytest.fixture
def at_the_bound(outcome: Outcome, pairs_from: Callable[..., Pairs]) -> Callable[..., Pairs]:
    """Return a maker of pairs of which `top` of n have the highest score afterwards."""

    def make(n: int, top: int, end: float = 40.0) -> Pairs:
        inner = 25.0 + np.arange(n) % 7
        after = np.where(np.arange(n) < top, end, inner + 1 + np.arange(n) % 3)
        return pairs_from(outcome, list(inner), list(after))

    return make


@pytest.mark.parametrize(
    ("top", "condition"), [(3, None), (4, "bound"), (6, "bound"), (7, "mostly bound")]
)
def test_a_bound_counts_from_forty_percent(
    top: int, condition: str | None, at_the_bound: Callable[..., Pairs]
) -> None:
    """Of ten people 3, 4, 6 and 7 at the highest score: nothing, bound, bound, mostly."""
    found = found_in(at_the_bound(10, top))

    assert (found.condition if found else None) == condition


def test_the_lowest_score_is_a_bound_too(at_the_bound: Callable[..., Pairs]) -> None:
    """A floor is the mirror of a ceiling, and is named by what it is."""
    low, high = found_in(at_the_bound(10, 5, end=10.0)), found_in(at_the_bound(10, 5))

    assert low is not None
    assert high is not None
    assert (low.trouble, high.trouble) == ("floor", "ceiling")
    assert low.condition == high.condition


def test_everyone_with_a_score_counts_at_the_bound(scores, outcome: Outcome) -> None:  # type: ignore[no-untyped-def]
    """Also who left: of nine mothers and fathers at the start four had the highest score."""
    first = (scores["wave"] == "m0") & (scores["role"] == "parent")
    four = scores["participant"].isin(["p0", "p1", "p2", "p5"])  # p5 left later
    scores.loc[first & four, "gse_10_total"] = 40.0

    found = found_in(complete_pairs(scores, outcome, "m0", "m24"))

    assert found is not None
    assert found.share == pytest.approx(4 / 9)


def test_skew_is_judged_from_twelve_families(
    outcome: Outcome, pairs_from: Callable[..., Pairs]
) -> None:
    """One family that moved far is skew among twelve; among eleven nobody can tell."""
    changes = [1.0, 2.0, 0.0, 1.0, 2.0, 0.0, 1.0, 2.0, 0.0, 1.0, 2.0, 15.0]
    twelve = pairs_from(outcome, [20.0] * 12, [20 + each for each in changes])
    eleven = pairs_from(outcome, [20.0] * 11, [20 + each for each in changes[1:]])
    mirrored = pairs_from(outcome, [36.0] * 12, [36 - each for each in changes])

    assert found_in(twelve).trouble == "skew"  # type: ignore[union-attr]
    assert found_in(mirrored).trouble == "skew"  # type: ignore[union-attr]
    assert found_in(eleven) is None


@pytest.mark.usefixtures("figures")
def test_the_figure_is_of_the_nearest_number_below() -> None:
    """At 7 families that of 5, at 100 that of the largest; below the smallest none."""
    assert measured("paired_t", 7, "bound") == 0.871
    assert measured("paired_t", 100, "bound") == 0.913
    assert measured("paired_t", 4, "bound") is None
    assert measured("net_better", 10, "bound") is None


@pytest.mark.usefixtures("figures")
def test_the_caution_says_what_was_seen_and_measured(
    at_the_bound: Callable[..., Pairs],
) -> None:
    """In both languages, in whole."""
    said = caution(at_the_bound(10, 5), "paired_t")

    assert said is not None
    assert said.en == (
        "50% of the scores at one wave are the highest there is; in simulations of scores "
        "like these the 95% interval held the truth in 91 of 100"
    )
    assert said.nl == (
        "50% van de scores op één meting is de hoogste die er is; in simulaties met zulke "
        "scores bevatte de marge van 95% de waarheid in 91 van de 100 keer"
    )
    assert caution(at_the_bound(10, 5), "net_better") is None


@pytest.mark.usefixtures("figures")
def test_an_estimate_carries_the_caution(at_the_bound: Callable[..., Pairs]) -> None:
    """Beside its numbers, and in the record of results.json."""
    pairs = at_the_bound(10, 5)
    row = METHODS["paired_t"](pairs, Plan("paired_t"))
    calm = METHODS["paired_t"](at_the_bound(10, 2), Plan("paired_t"))

    said = caution(pairs, "paired_t")
    assert said is not None
    assert (row.trouble, row.caution, row.caution_nl) == ("ceiling", said.en, said.nl)
    assert row.to_record()["caution"] == said.en
    assert not row.refused
    assert (calm.trouble, calm.caution, calm.caution_nl) == (None, None, None)


@pytest.mark.usefixtures("figures")
def test_what_misses_too_often_is_refused(at_the_bound: Callable[..., Pairs]) -> None:
    """Below 88 of 100 at this n no number is given, and the reason is said in whole."""
    few, more = at_the_bound(6, 3), at_the_bound(8, 4)
    row = METHODS["paired_t"](few, Plan("paired_t"))

    assert row.refused
    assert (row.estimate, row.conf_low, row.caution) == (None, None, None)
    assert row.reason == (
        "50% of the scores at one wave are the highest there is; in simulations of scores "
        "like these the 95% interval of 6 families held the truth in only 87 of 100, and "
        "below 88 none is given"
    ).replace("families", "participants")
    assert row.reason_nl == (
        "50% van de scores op één meting is de hoogste die er is; in simulaties met zulke "
        "scores bevatte de marge van 95% bij 6 deelnemers de waarheid in maar 87 van de 100 "
        "keer; onder de 88 geven we er geen"
    )
    assert not METHODS["paired_t"](more, Plan("paired_t")).refused


@pytest.mark.usefixtures("figures")
def test_a_method_of_its_own_reason_keeps_it(
    outcome: Outcome, pairs_from: Callable[..., Pairs]
) -> None:
    """Everybody at the ceiling twice: all changes are 0, which says more."""
    row = METHODS["paired_t"](pairs_from(outcome, [40] * 8, [40] * 8), Plan("paired_t"))

    assert row.reason == (
        "all 8 changes are 0; without spread nothing tells how sure the mean is"
    )


def test_the_packaged_figures_are_shares_of_many_intervals() -> None:
    """Every mean of the registry that gives an interval has one at 16 families."""
    for method in ("mixed_kr", "paired_t", "persons_t", "site_means_t", "site_cr2"):
        for condition in ("bound", "mostly bound", "skewed"):
            share = measured(method, 16, condition)  # type: ignore[arg-type]
            assert share is not None, (method, condition)
            assert 0.5 < share < 1, (method, condition)


def test_where_neither_end_is_near_nothing_is_said(
    outcome: Outcome, pairs_from: Callable[..., Pairs]
) -> None:
    """A scale whose ends are far away has no bound to be at."""
    wide = replace(outcome, low=0.0, high=100.0)

    assert found_in(pairs_from(wide, [40] * 8, [40] * 8)) is None

"""The simulated pilots are what the page says they are."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from tests.validation.cells import BASE, CELLS, FIVE, LADDER, Cell
from tests.validation.draw import LOST, MOVED, SPREAD, bound_of, draw

SETS = 4_000


def _members(cell: Cell) -> tuple[np.ndarray, np.ndarray]:  # type: ignore[type-arg]
    """Return the changes of the two members of each family of two, over all data sets."""
    changes = draw(replace(cell, members="two"), SETS).changes
    return changes[:, ::2].ravel(), changes[:, 1::2].ravel()


def test_the_list_is_fixed_and_varies_what_it_says() -> None:
    """At most 150 cells with names of their own, and every factor of the plan."""
    names = [cell.name for cell in CELLS]

    assert len(CELLS) <= 150
    assert len(set(names)) == len(names)
    assert {cell.families for cell in CELLS} == {4, *LADDER, 7, 10, 14, 20}
    assert {cell.icc for cell in CELLS} == {0.0, 0.1, 0.2, 0.3, 0.4, 0.5}
    assert {cell.waves for cell in CELLS} == {2, 3, 5}
    assert {cell.loss for cell in CELLS} == {"none", "random", "score"}
    assert {cell.sites for cell in CELLS} == {"balanced", "unbalanced"}
    assert {size for cell in CELLS for size in cell.sizes} == {1, 2, 3, 4}


def test_sites_are_sized_as_they_say() -> None:
    """16 families at unbalanced sites are 1, 2, 4 and 9; five at four sites have each one."""
    assert np.bincount(Cell(16, sites="unbalanced").site_of).tolist() == [1, 2, 4, 9]
    assert np.bincount(Cell(5, sites="unbalanced").site_of).tolist() == [1, 1, 1, 2]
    assert np.bincount(Cell(16).site_of).tolist() == [4, 4, 4, 4]


def test_the_same_cell_gives_the_same_data() -> None:
    """Whenever it is asked; another cell gives others."""
    first, again = draw(BASE, 3).scores, draw(BASE, 3).scores

    np.testing.assert_array_equal(first, again)
    assert not np.allclose(first, draw(replace(BASE, sites="unbalanced"), 3).scores)


@pytest.mark.parametrize("icc", [0.0, 0.2, 0.5])
def test_changes_of_two_members_correlate_as_told(icc: float) -> None:
    """Within three errors of a correlation over 48,000 families."""
    one, other = _members(replace(BASE, icc=icc))

    assert np.corrcoef(one, other)[0, 1] == pytest.approx(icc, abs=3 / np.sqrt(len(one)))


def test_waves_correlate_as_told() -> None:
    """Two waves .5; of five, what a wave adds correlates .5 with the wave before."""
    two = draw(BASE, SETS).scores.reshape(-1, 2)
    plain = draw(replace(FIVE, slopes=0.0, icc=0.0), SETS).scores.reshape(-1, 5)
    level = 1.0  # variance of what lasts
    covariance = np.cov(plain.T)

    assert np.corrcoef(two.T)[0, 1] == pytest.approx(0.5, abs=0.02)
    assert covariance[0, 1] == pytest.approx(level + 0.5, abs=0.04)
    assert covariance[0, 4] == pytest.approx(level + 0.5**4, abs=0.04)


@pytest.mark.parametrize("loss", ["random", "score"])
def test_a_third_leaves(loss: str) -> None:
    """35 % of people, and by score rather who started low."""
    drawn = draw(replace(BASE, loss=loss), SETS)  # type: ignore[arg-type]
    left = np.isnan(drawn.changes)
    first = drawn.scores[:, :, 0]
    apart = first[~left].mean() - first[left].mean()

    assert left.mean() == pytest.approx(LOST, abs=0.01)
    assert (apart > 1) == (loss == "score")


def test_five_waves_are_left_for_good() -> None:
    """Nobody who left comes back, and everybody was there at the first."""
    here = np.isfinite(draw(replace(FIVE, loss="random"), 200).scores)

    assert here[:, :, 0].all()
    assert (np.diff(here.astype(int), axis=2) <= 0).all()


@pytest.mark.parametrize(
    ("shape", "share"), [("ceiling", 0.47), ("ceiling moved", 0.47), ("strong ceiling", 0.70)]
)
def test_so_many_stand_at_the_ceiling(shape: str, share: float) -> None:
    """At the first wave."""
    cell = replace(BASE, shape=shape)  # type: ignore[arg-type]
    first = draw(cell, SETS).scores[:, :, 0]

    assert (first >= bound_of(cell)).mean() == pytest.approx(share, abs=0.01)


@pytest.mark.parametrize("shape", ["ceiling moved", "strong ceiling moved", "ceiling"])
def test_the_truth_under_a_ceiling_is_the_mean_of_a_large_draw(shape: str) -> None:
    """The formula agrees with 960,000 people, within three of their errors."""
    drawn = draw(replace(BASE, shape=shape), 40_000)  # type: ignore[arg-type]
    by_set = drawn.changes.mean(axis=1)

    assert drawn.truth == pytest.approx(by_set.mean(), abs=3 * by_set.std() / np.sqrt(40_000))
    assert (drawn.truth > 0.1) == shape.endswith("moved")


@pytest.mark.parametrize(("shape", "skewness"), [("skew 1", 1.0), ("exponential", 2.0)])
def test_changes_are_as_skewed_as_told(shape: str, skewness: float) -> None:
    """Of one person a family: mean 0, variance 2, the skewness told."""
    cell = replace(BASE, members="one", icc=0.0, shape=shape)  # type: ignore[arg-type]
    changes = draw(cell, 20_000).changes.ravel()

    assert changes.mean() == pytest.approx(0, abs=0.01)
    assert changes.var() == pytest.approx(2, rel=0.02)
    assert (changes**3).mean() / changes.var() ** 1.5 == pytest.approx(skewness, rel=0.05)


def test_where_sites_differ_the_truth_of_these_sites_is_0() -> None:
    """Their change is taken out by the families that started, not where it is of all sites."""
    these = replace(BASE, site_change=0.5)
    like = replace(these, generalises_to="sites")
    spreads = [
        draw(cell, SETS).family_changes.mean(axis=1).std() for cell in (BASE, these, like)
    ]

    assert spreads[1] == pytest.approx(spreads[0], rel=0.05)
    assert spreads[2] == pytest.approx(np.sqrt(spreads[0] ** 2 + 0.5**2 / 4), rel=0.05)


def test_half_a_standard_deviation_is_of_the_people_at_the_start() -> None:
    """What standardised changes must find."""
    first = draw(BASE, SETS).scores[:, :, 0]

    assert first.std() == pytest.approx(SPREAD, rel=0.01)
    assert pytest.approx(SPREAD / 2) == MOVED

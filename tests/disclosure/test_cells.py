"""Cells of a whole are joined until each of them holds."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pilot.disclosure.cells import join_neighbours, join_smallest

CELLS = st.tuples(st.integers(0, 30), st.integers(0, 30), st.integers(0, 30))
NAMES = ("improved", "cannot tell", "worse")
REASONS = ("moved", "split", "withdrew", "died")


@given(CELLS, st.integers(5, 12))
def test_every_cell_holds_and_nobody_is_lost(counts: tuple[int, int, int], least: int) -> None:
    """Each joined cell has people enough; together they are the whole, in order."""
    cells = [((name,), count) for name, count in zip(NAMES, counts, strict=True)]
    joined = join_neighbours(cells, least)

    assert all(count >= least for _, count in joined)
    if joined:
        assert sum(count for _, count in joined) == sum(counts)
        assert tuple(name for names, _ in joined for name in names) == NAMES
        assert len(joined) > 1


@given(CELLS, st.integers(5, 12))
def test_no_split_is_missed(counts: tuple[int, int, int], least: int) -> None:
    """Where a split into two holding cells exists, one is given."""
    cells = [((name,), count) for name, count in zip(NAMES, counts, strict=True)]
    better, unsure, worse = counts
    two = min(better, unsure + worse) >= least or min(better + unsure, worse) >= least

    assert bool(join_neighbours(cells, least)) == two


@given(st.lists(st.integers(0, 20), min_size=4, max_size=4), st.integers(5, 10))
def test_reasons_hold_or_stand_as_one(counts: list[int], least: int) -> None:
    """Every joined reason holds, unless all reasons together do not."""
    joined = join_smallest([((r,), n) for r, n in zip(REASONS, counts, strict=True)], least)

    assert sum(count for _, count in joined) == sum(counts)
    assert len(joined) <= 1 or all(count >= least for _, count in joined)

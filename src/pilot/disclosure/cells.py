"""Joining the cells of a whole until each of them holds."""

from __future__ import annotations

from collections.abc import Sequence

Cell = tuple[tuple[str, ...], int]


def join_neighbours(cells: Sequence[Cell], least: int) -> tuple[Cell, ...]:
    """Join ordered cells with their neighbours until each holds at least so many.

    Of all ways to cut the row into cells that hold, the one with the most cells is taken,
    and of those the one whose smallest cell is largest; ties go to the earliest cut. A
    cell of nobody does not hold: that all of a group answered alike is an answer, too.

    Parameters
    ----------
    cells : sequence of (names, count)
        In their own order, such as better, cannot tell, worse.
    least : int
        From how many people a cell holds.

    Returns
    -------
    tuple of (names, count)
        At least two cells; empty where even two would not hold.

    Examples
    --------
    >>> join_neighbours([(("improved",), 6), (("cannot tell",), 4), (("worse",), 1)], 5)
    ((('improved',), 6), (('cannot tell', 'worse'), 5))
    >>> join_neighbours([(("improved",), 9), (("cannot tell",), 1), (("worse",), 0)], 5)
    ()
    """
    ways = [cut for cut in _cuts(tuple(cells)) if all(count >= least for _, count in cut)]
    split = [cut for cut in ways if len(cut) > 1]
    if not split:
        return ()
    return max(split, key=lambda cut: (len(cut), min(count for _, count in cut)))


def join_smallest(cells: Sequence[Cell], least: int) -> tuple[Cell, ...]:
    """Join unordered cells, the smallest first, until each holds at least so many.

    Examples
    --------
    >>> join_smallest([(("moved",), 2), (("withdrew",), 7), (("split",), 3)], 5)
    ((('withdrew',), 7), (('moved', 'split'), 5))
    >>> join_smallest([(("moved",), 2), (("withdrew",), 1)], 5)
    ((('moved', 'withdrew'), 3),)
    """
    open_cells = sorted((cell for cell in cells if cell[1]), key=lambda cell: -cell[1])
    while len(open_cells) > 1 and open_cells[-1][1] < least:
        (first, some), (second, few) = open_cells[-2:]
        open_cells[-2:] = [(first + second, some + few)]
        open_cells.sort(key=lambda cell: -cell[1])
    return tuple((tuple(sorted(names)), count) for names, count in open_cells)


def _cuts(cells: tuple[Cell, ...]) -> list[tuple[Cell, ...]]:
    if not cells:
        return [()]
    made = []
    for end in range(1, len(cells) + 1):
        names = tuple(name for each, _ in cells[:end] for name in each)
        first: Cell = (names, sum(count for _, count in cells[:end]))
        made += [(first, *rest) for rest in _cuts(cells[end:])]
    return made

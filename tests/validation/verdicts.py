"""What a cell asks of a method, and whether the method holds it."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from tests.validation.cells import Cell
from tests.validation.means import LEAST
from tests.validation.measure import Row
from tests.validation.methods import Validated

Part = Literal[
    "core", "conservative", "standardised", "stress", "other estimand", "below the ladder"
]
FEW_DF = 2.0
REFUSED_BELOW = 0.88
ERRORS = 2  # Monte Carlo errors that a figure may lie outside its limits


@dataclass(frozen=True, slots=True)
class Limits:
    """Between what shares coverage must lie, and the largest share of rejections."""

    low_95: float
    high_95: float
    low_75: float
    high_75: float
    rejection: float = 0.06


LIMITS: dict[str, Limits] = {
    "core": Limits(0.94, 0.97, 0.73, 0.78),
    "conservative": Limits(0.94, 1.0, 0.73, 1.0),
    "standardised": Limits(0.93, 0.97, 0.73, 0.83),
}


def part(row: Row) -> Part:
    """Return what a row is there for."""
    cell, method = row.cell, row.method
    if cell.families < LEAST:
        return "below the ladder"
    if cell.shape != "normal":
        return "stress"
    if _asks_something_else(cell, method):
        return "other estimand"
    if method.kind == "standardised":
        return "standardised"
    return "conservative" if _by_construction(row) else "core"


def _asks_something_else(cell: Cell, method: Validated) -> bool:
    """Say whether the truth of the cell is not what the method estimates."""
    if cell.loss == "score" and method.pairs_only:
        return True
    sites = method.kind == "sites"
    return cell.site_change > 0 and sites != (cell.generalises_to == "sites")


def _by_construction(row: Row) -> bool:
    differ = row.cell.site_change > 0 and row.cell.generalises_to == "families"
    return row.method.discrete or differ or row.df < FEW_DF


def verdict(row: Row) -> str:
    """Return ``holds``, what misses and how much it is, or why it is not judged."""
    kind = part(row)
    if not row.intervals_75 and not row.intervals_95 and not row.tests:
        return "always refused"
    if kind in LIMITS:
        missed = list(_misses(row, LIMITS[kind]))
        return "misses: " + ", ".join(missed) if missed else "holds"
    if kind == "stress":
        low = row.coverage_95 < REFUSED_BELOW
        return "as measured, below 88 %" if low else "as measured"
    return {
        "other estimand": "asks something else",
        "below the ladder": "refused by the ladder",
    }[kind]


def _misses(row: Row, limits: Limits) -> Iterator[str]:
    judged = (
        ("95 %", row.coverage_95, row.intervals_95, limits.low_95, limits.high_95),
        ("75 %", row.coverage_75, row.intervals_75, limits.low_75, limits.high_75),
        ("rejects", row.rejection, row.tests, 0.0, limits.rejection),
    )
    for name, share, count, low, high in judged:
        if not count:
            continue
        if share < low - ERRORS * error(low, count) or share > high + ERRORS * error(
            high, count
        ):
            yield f"{name} {100 * share:.1f}"


def error(share: float, count: int) -> float:
    """Return the Monte Carlo error of a share."""
    return math.sqrt(share * (1 - share) / count)

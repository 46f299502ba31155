"""From how many families the mixed model holds its level, by the number of waves."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

LOWEST = 0.94
ERRORS = 2
MODEL = "mixed_kr"
JUDGED = ("core", "conservative")


def holds_from(records: Iterable[dict[str, Any]], waves: int) -> int | None:
    """Return the number of families with both waves from which every cell covers 94 %.

    Parameters
    ----------
    records : iterable of dict
        Rows of the table: ``method, part, waves, pairs, coverage_95, intervals_95``.
    waves : int
        Two, or more than two.

    Returns
    -------
    int or None
        None where the largest cell falls short too.
    """
    found = sorted(
        (float(each["pairs"]), _covers(each))
        for each in records
        if each["method"] == MODEL and each["part"] in JUDGED
        if int(each["waves"]) == waves and int(each["intervals_95"])
    )
    return _first_without_a_later_miss(found)


def _covers(record: dict[str, Any]) -> bool:
    share, count = float(record["coverage_95"]), int(record["intervals_95"])
    return share >= LOWEST - ERRORS * (LOWEST * (1 - LOWEST) / count) ** 0.5


def _first_without_a_later_miss(found: Sequence[tuple[float, bool]]) -> int | None:
    start = 0.0
    for pairs, covers in found:
        if not covers:
            start = pairs + 0.5
    reached = [pairs for pairs, _ in found if pairs >= start]
    return int(min(reached)) if reached else None

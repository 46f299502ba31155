"""The feasibility table as it may be shown: counts by the ledger, shares rounded to 5 %."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from pilot.disclosure.ledger import Ledger
from pilot.frames import FEASIBILITY
from pilot.results import PublicCount, Study

STEP = 0.05
NOT_PEOPLE = ("languages", "minutes", "cost_per_family")
OF_ANSWERS = ("items_answered",)

Row = dict[str, Any]


def feasibility_counts(study: Study, role: str) -> list[int]:
    """Return every count of families or people in the table that may be shown."""
    return [
        count
        for row in _rows(study, role)
        if row["measure"] not in (*NOT_PEOPLE, *OF_ANSWERS)
        for count in (row["count"], row["base"])
        if count is not None
    ]


def public_feasibility(study: Study, role: str, ledger: Ledger) -> pd.DataFrame:
    """Return the table with counts and bases as `PublicCount` and shares rounded.

    A share is left out where its base is below the threshold, or where share and base
    together would give a small count away; so is the verdict of its line. Of answers only
    the share is told: their number divided by the questions asked is a number of people.
    What counts no people (languages, minutes, costs) stays a plain number.
    """
    shown = [_show(row, ledger) for row in _rows(study, role)]
    columns = {name: [row[name] for row in shown] for name in FEASIBILITY}
    return pd.DataFrame(columns, dtype=object)


def _rows(study: Study, role: str) -> Iterator[Row]:
    """Yield the rows of the main role, and those of other roles with people enough.

    Another role is a breakdown: it is shown from `thresholds.people` on.
    """
    people = study.started.groupby("role")["participant"].nunique()
    least = study.trajectory.thresholds
    for each in study.feasibility.to_dict("records"):
        row = {str(key): None if pd.isna(value) else value for key, value in each.items()}
        n = int(people.get(row["role"] or role, 0))
        if row["role"] not in (None, role) and n < least.people:
            continue
        if row["measure"] in OF_ANSWERS:
            share = row["share"] if n >= least.families else None
            yield row | {"count": None, "base": None, "share": share}
        else:
            yield row | {"count": _whole(row["count"]), "base": _whole(row["base"])}


def _whole(number: float | None) -> int | None:
    return None if number is None else round(number)


def _show(row: Row, ledger: Ledger) -> Row:
    if row["measure"] in NOT_PEOPLE:
        return row
    if row["measure"] in OF_ANSWERS:
        told = row["share"] is not None
        share = round(row["share"], 2) if told else None
        return row | {"share": share, "line": row["line"] if told else None}
    count, base = row["count"], row["base"]
    known = base is not None and base >= 2 * ledger.threshold
    return row | {
        "count": _public(count, ledger),
        "base": _public(base, ledger),
        "share": _share(count, base, row["share"], ledger),
        "line": row["line"] if known else None,
    }


def _public(count: int | None, ledger: Ledger) -> PublicCount | None:
    return None if count is None else ledger.show(count)


def _share(
    count: int | None, base: int | None, share: float | None, ledger: Ledger
) -> float | None:
    """Return a share, unless it narrows down what the ledger tells as a band only."""
    if base is None or share is None or base < ledger.threshold:
        return None
    rounded = _round(share)
    if count in ledger.exact and base in ledger.exact:
        return rounded
    possible = [k for k in range(base + 1) if _round(k / base) == rounded]
    few = all(0 < base - k < ledger.threshold for k in possible)
    return None if few or ledger.reveals(possible) else rounded


def _round(share: float) -> float:
    return round(round(share / STEP) * STEP, 2)

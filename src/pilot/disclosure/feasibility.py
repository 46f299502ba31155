"""The feasibility table as it may be shown: counts by the ledger, shares rounded to 5 %."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import pandas as pd

from pilot.design import Ceilings, Lines, Trajectory
from pilot.disclosure.ledger import Ledger
from pilot.frames import FEASIBILITY
from pilot.results import PublicCount, Study

STEP = 0.05
NOT_PEOPLE = ("languages", "minutes", "minutes_per_form", "cost_per_family")
NEAREST = 5
OF_ANSWERS = ("items_answered",)
FORMS = ("pre_valid", "post_valid", "linked_pairs")

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


def public_feasibility(
    study: Study, role: str, ledger: Ledger, told: Iterable[PublicCount]
) -> pd.DataFrame:
    """Return the table with counts and bases as `PublicCount` and shares rounded.

    Share and line are solved together with the bands, the exact counts and everything else
    that is `told`: where what remains possible would be a small group for sure, the share
    is left out, and then the line, too. Those of the first wave, of the last one and of
    the pairs stand or fall together, so that a dash does not tell what a number beside it
    hides. Of fewer families than the threshold there are none at all. The minutes a form
    took are told in fives, from as many families on. Of answers only the
    share is told: their number divided by the questions asked is a number of people. What
    counts no people (languages, minutes, costs) stays a plain number.

    Notes
    -----
    The numbers reached, eligible and consented stand in the design, which anybody may read:
    they count as known. The number that started may stand next to them all the same. A
    family that consented and never started answered nothing, so that nothing is learnt of
    it; and without that number no other number on the page could be read.
    """
    rows = list(_rows(study, role))
    known = _known(study, ledger, told)
    small = _started(study, role) < ledger.threshold
    shown = [_show(row, ledger, known, _lines(study.trajectory, row), small) for row in rows]
    columns = {
        name: [row[name] for row in _together(rows, shown)] for name in (*FEASIBILITY, "known")
    }
    return pd.DataFrame(columns, dtype=object)


def _started(study: Study, role: str) -> int:
    people = study.started[study.started["role"] == role]
    return int(people["family"].fillna(people["participant"]).nunique())


def _known(study: Study, ledger: Ledger, told: Iterable[PublicCount]) -> list[frozenset[int]]:
    """Return, of every other number a reader has, what it may be."""
    reach = study.trajectory.reach
    design = (reach.reached, reach.eligible, reach.consented)
    return [
        *(frozenset([number]) for number in design if number is not None),
        *{ledger.possible(each) for each in told},
    ]


def _lines(trajectory: Trajectory, row: Row) -> Lines | Ceilings | None:
    return trajectory.feasibility.of(row["measure"])


def _rows(study: Study, role: str) -> Iterator[Row]:
    """Yield the rows of the main role, and those of other roles with people enough.

    Another role is a breakdown: it is shown from `thresholds.people` on.
    """
    people = study.started.groupby("role")["participant"].nunique()
    least = study.trajectory.thresholds
    for each in study.feasibility.to_dict("records"):
        row = {str(key): None if pd.isna(value) else value for key, value in each.items()}
        row["known"] = row["count"] is not None
        n = int(people.get(row["role"] or role, 0))
        if row["role"] not in (None, role) and n < least.people:
            continue
        if row["measure"] == "minutes_per_form" and _timed(study, role) < least.families:
            yield row | {"count": None, "line": None}
        elif row["measure"] in OF_ANSWERS:
            share = row["share"] if n >= least.families else None
            yield row | {"count": None, "base": None, "share": share}
        else:
            yield row | {"count": _whole(row["count"]), "base": _whole(row["base"])}


def _timed(study: Study, role: str) -> int:
    """Return of how many families it is known how long a form took."""
    forms = study.panel[(study.panel["role"] == role) & study.panel["minutes"].notna()]
    return int(forms["family"].fillna(forms["participant"]).nunique())


def _in_fives(row: Row) -> Row:
    """Return minutes a form in whole fives: the median may be what one person took."""
    count = row["count"]
    return row if count is None else row | {"count": NEAREST * round(count / NEAREST)}


def _whole(number: float | None) -> int | None:
    return None if number is None else round(number)


def _show(
    row: Row,
    ledger: Ledger,
    known: list[frozenset[int]],
    lines: Lines | Ceilings | None,
    small: bool,
) -> Row:
    if row["measure"] in NOT_PEOPLE:
        return _in_fives(row) if row["measure"] == "minutes_per_form" else row
    if row["measure"] in OF_ANSWERS:
        told = row["share"] is not None and not small
        share = round(row["share"], 2) if told else None
        return row | {"share": share, "line": row["line"] if told else None}
    count, base = _public(row["count"], ledger), _public(row["base"], ledger)
    share, line = None, None
    if count is not None and base is not None and not small:
        for share, line in _ways(row, ledger):
            pairs = pairs_left(count, base, ledger, (share, line), lines)
            narrowed = _narrowed(pairs, ledger, known)
            if not narrowed:
                known += [frozenset(x for x, _ in pairs), frozenset(y for _, y in pairs)]
                break
        else:
            share, line = None, None
    return row | {"count": count, "base": base, "share": share, "line": line}


def _ways(row: Row, ledger: Ledger) -> list[tuple[float | None, str | None]]:
    """Return what may be told of a row, most first."""
    base, share = row["base"], row["share"]
    if base is None or share is None or base < ledger.threshold:
        return []
    line = row["line"] if base >= 2 * ledger.threshold else None
    return [(_round(share), line), (None, line), (None, None)]


def pairs_left(
    count: PublicCount,
    base: PublicCount,
    ledger: Ledger,
    told: tuple[float | None, str | None],
    lines: Lines | Ceilings | None,
) -> list[tuple[int, int]]:
    """Return every count with every base that agree with bands, share and line.

    That there is a line says that the base is twice the threshold or more.
    """
    share, line = told
    return [
        (x, y)
        for y in ledger.possible(base)
        for x in ledger.possible(count)
        if x <= y
        and (share is None or (y > 0 and _round(x / y) == share))
        and (line is None or y >= 2 * ledger.threshold)
        and (line is None or lines is None or (y > 0 and lines.verdict(x / y) == line))
    ]


def _narrowed(
    pairs: list[tuple[int, int]], ledger: Ledger, known: list[frozenset[int]]
) -> bool:
    counts, bases = ({pair[i] for pair in pairs} for i in (0, 1))
    missing = {y - x for x, y in pairs}
    if all(len(each) == 1 for each in (counts, bases)):
        return not counts <= ledger.exact or not bases <= ledger.exact
    few = all(0 < each < ledger.threshold for each in missing)
    return few or any(
        not each <= ledger.exact and ledger.reveals(each, known) for each in (counts, bases)
    )


def _together(rows: list[Row], shown: list[Row]) -> list[Row]:
    """Return the rows, without the shares of all forms of a role where one has none."""
    made = shown
    for name in ("share", "line"):
        silent = {
            row["role"]
            for row, told in zip(rows, made, strict=True)
            if row["measure"] in FORMS and row[name] is not None and told[name] is None
        }
        made = [
            told | {name: None} if told["measure"] in FORMS and told["role"] in silent else told
            for told in made
        ]
    return made


def _public(count: int | None, ledger: Ledger) -> PublicCount | None:
    return None if count is None else ledger.show(count)


def _round(share: float) -> float:
    return round(round(share / STEP) * STEP, 2)

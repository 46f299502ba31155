"""The feasibility table as it may be shown: counts by the ledger, shares rounded to 5 %."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import pandas as pd

from pilot.design import Ceilings, Lines, Trajectory
from pilot.disclosure.ledger import Ledger
from pilot.disclosure.shares import (
    Known,
    follows,
    known_before,
    pairs_left,
    place_of,
    rounded,
    told_before,
)
from pilot.frames import FEASIBILITY
from pilot.results import PublicCount, Published, Study

NOT_PEOPLE = ("languages", "minutes", "minutes_per_form", "cost_per_family")
NEAREST = 5
OF_ALL = ("languages", "minutes")
OF_ANSWERS = ("items_answered",)
OF_DESIGN = ("reached", "eligible", "consented")
"""Numbers that stand in the design: told as they are, from the threshold on."""
AFTER_DESIGN = "started"
"""The first number of the data; the one before it stands in the design."""
OF_CONSENT = ("consented", AFTER_DESIGN)
"""Where the design does not say who consented, the register is counted: not told as it is."""
FORMS = ("pre_valid", "post_valid", "linked_pairs")

Row = dict[str, Any]
Shown = PublicCount | int
"""A count by the ledger, or a number of the design."""


def feasibility_counts(study: Study, role: str) -> list[int]:
    """Return every count of families or people in the table that may be shown."""
    return [
        count
        for row in _rows(study, role)
        if row["measure"] not in (*NOT_PEOPLE, *OF_ANSWERS, *OF_DESIGN)
        for count in (row["count"], None if row["measure"] == AFTER_DESIGN else row["base"])
        if count is not None
    ]


def public_feasibility(
    study: Study,
    role: str,
    ledger: Ledger,
    told: Iterable[PublicCount],
    earlier: Sequence[Published] = (),
) -> pd.DataFrame:
    """Return the table with counts and bases as `PublicCount` and shares rounded.

    Share and line are solved together with the bands, the exact counts and everything else
    that is `told`: where what remains possible would be a small group for sure, the share
    is left out, and then the line, too. Those of the first wave, of the last one and of
    the pairs stand or fall together, so that a dash does not tell what a number beside it
    hides. Of fewer families than the threshold there are none at all. The minutes a form
    took are told in fives, from as many families on. Of answers only the
    share is told: their number divided by the questions asked is a number of people. What
    counts no people (languages, minutes, costs) stays a plain number; of few families what
    they spoke and how long they came is not told.

    What a share in an `earlier` report left possible counts as known, and so does what is
    left of a row when it stayed as it was and both reports are laid over each other.

    Notes
    -----
    The numbers reached, eligible and consented stand in the design, which anybody may read:
    they count as known, and are told as they are; but for a small group, since a page has
    none. The number that started may stand next to them all the same. A family that
    consented and never started answered nothing, so that nothing is learnt of it; and
    without that number no other number on the page could be read. Where a line is left out
    though all that two bands leave possible is on one side of it, it is told after all:
    whoever reads the bands knows it.
    """
    rows = list(_rows(study, role))
    before = known_before(study.trajectory, ledger.threshold, earlier)
    past = [each for pairs in before.values() for pair in pairs for each in pair]
    past += told_before(ledger.threshold, earlier)
    known = Known([*_known(study, ledger, told), *past], before)
    small = _started(study, role) < ledger.threshold
    shown = [_show(row, ledger, known, _lines(study.trajectory, row), small) for row in rows]
    told_together = [
        told if small or row["line"] is None else _with_what_follows(told, study.trajectory)
        for row, told in zip(rows, _together(rows, shown), strict=True)
    ]
    columns = {name: [row[name] for row in told_together] for name in (*FEASIBILITY, "known")}
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
        if study.trajectory.reach.consented is None and row["measure"] in OF_CONSENT:
            yield _uncounted(row)
        elif row["measure"] == "minutes_per_form" and _timed(study, role) < least.families:
            yield row | {"count": None, "line": None}
        elif row["measure"] in OF_ANSWERS:
            share = row["share"] if n >= least.families else None
            yield row | {"count": None, "base": None, "share": share}
        else:
            yield row | {"count": _whole(row["count"]), "base": _whole(row["base"])}


def _uncounted(row: Row) -> Row:
    """Leave out what the register counts of consent: it is the number that started, exactly."""
    if row["measure"] == AFTER_DESIGN:
        kept = {"count": _whole(row["count"])}
        return row | {"base": None, "share": None, "line": None} | kept
    return row | {"count": None, "base": None, "share": None, "line": None}


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
    known: Known,
    lines: Lines | Ceilings | None,
    small: bool,
) -> Row:
    if row["measure"] in NOT_PEOPLE:
        row = row | {"count": None} if small and row["measure"] in OF_ALL else row
        return _in_fives(row) if row["measure"] == "minutes_per_form" else row
    if row["measure"] in OF_ANSWERS:
        told = row["share"] is not None and not small
        share = round(row["share"], 2) if told else None
        return row | {"share": share, "line": row["line"] if told else None}
    if row["measure"] in OF_DESIGN:
        return _of_design(row, ledger, small)
    tell = _given if row["measure"] == AFTER_DESIGN else _public
    count, base = _public(row["count"], ledger), tell(row["base"], ledger)
    share, line = None, None
    if count is not None and base is not None and not small:
        given = isinstance(base, int)
        for share, line in _ways(row, ledger):
            pairs = pairs_left((count, as_count(base)), ledger, (share, line), lines)
            if not known.reveals(pairs, ledger, place_of(row), given=given):
                known.add(pairs)
                break
        else:
            share, line = None, None
    return row | {"count": count, "base": base, "share": share, "line": line}


def _of_design(row: Row, ledger: Ledger, small: bool) -> Row:
    """Return a row whose two numbers stand in the design."""
    count, base = _given(row["count"], ledger), _given(row["base"], ledger)
    if small or not isinstance(count, int) or not isinstance(base, int):
        return row | {"count": count, "base": base, "share": None, "line": None}
    return row | {"count": count, "base": base, "share": rounded(count / base)}


def _given(number: int | None, ledger: Ledger) -> Shown | None:
    """Return a number of the design; a small one as the ledger has it."""
    small = number is not None and number < ledger.threshold
    return _public(number, ledger) if small else number


def as_count(shown: Shown) -> PublicCount:
    """Return a number as a count: one of the design is told exactly."""
    return PublicCount(shown) if isinstance(shown, int) else shown


def _with_what_follows(told: Row, trajectory: Trajectory) -> Row:
    """Return a row with the line that its bands have already said."""
    count, base, lines = told["count"], told["base"], _lines(trajectory, told)
    if told["line"] is not None or lines is None or not isinstance(count, PublicCount):
        return told
    least = 2 * trajectory.thresholds.families
    return told | {"line": follows(count, as_count(base), least, lines)}


def _ways(row: Row, ledger: Ledger) -> list[tuple[float | None, str | None]]:
    """Return what may be told of a row, most first."""
    base, share = row["base"], row["share"]
    if base is None or share is None or base < ledger.threshold:
        return []
    line = row["line"] if base >= 2 * ledger.threshold else None
    return [(rounded(share), line), (None, line), (None, None)]


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

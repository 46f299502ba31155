"""What every column of a table means to the sources that claim it, and which mean nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from pilot.design import Trajectory
from pilot.findings import finding
from pilot.intake.claims import Claim
from pilot.intake.headers import Header, nearest_name
from pilot.intake.slots import Slot, slots_of, wave_names
from pilot.intake.table import Table

Finding = dict[str, Any]


@dataclass(slots=True)
class Plan:
    """How one table becomes responses.

    Attributes
    ----------
    slots : list of Slot
        In the order of the design; a cell goes to the first slot that reads it.
    ignores : list of Claim
        Sources that say which other rows belong to somebody else.
    idle : set of int
        Columns that hold no answers: who, when, how, and what the design calls unused.
    strays : dict of int to finding
        Columns that hold answers nobody asked for, with what is said of them.
    findings : list
        What the header itself gave to say.
    """

    table: Table
    slots: list[Slot]
    ignores: list[Claim]
    idle: set[int] = field(default_factory=set)
    strays: dict[int, Finding] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)


def plan_of(table: Table, claims: Sequence[Claim], trajectory: Trajectory) -> Plan:
    """Find out what each column of a table means.

    Parameters
    ----------
    table : Table
        One sheet.
    claims : sequence of Claim
        Its sources of responses, and those that ignore rows of it.
    trajectory : Trajectory
        Knows what is asked, and how exports call it.
    """
    header = Header(table.header)
    reading = [claim for claim in claims if claim.source.kind == "responses"]
    slots = [slot for claim in reading for slot in slots_of(claim, header, trajectory)]
    ignores = [claim for claim in claims if claim.source.kind == "ignored"]
    plan = Plan(table, slots, ignores)
    plan.idle = _idle(plan, header, trajectory)
    _judge_strays(plan, header, trajectory)
    plan.findings = [
        *_spelling(table, header),
        *_missing(plan),
        *_judged(plan),
        *_formulas(plan),
    ]
    return plan


def _idle(plan: Plan, header: Header, trajectory: Trajectory) -> set[int]:
    answers = {place for slot in plan.slots for place in slot.positions}
    idle = {place for slot in plan.slots for place in slot.occasion.values()}
    names = [name for wave in trajectory.waves for name in wave_names(wave)]
    for claim in [*(slot.claim for slot in plan.slots), *plan.ignores]:
        for column in claim.source.rows:
            idle |= header.fitting(column)
        for column in claim.source.unused_columns:
            for spelled in {column.replace("{wave}", name) for name in names}:
                idle |= header.fitting(spelled) - answers
    return idle


def _judge_strays(plan: Plan, header: Header, trajectory: Trajectory) -> None:
    read = {place for slot in plan.slots for place in slot.positions} | plan.idle
    unread = [place for place in range(len(plan.table.header)) if place not in read]
    if not unread:
        return
    others = _asked_elsewhere(header, trajectory)
    expected = [column for slot in plan.slots for column, _ in slot.missing]
    twice = set(header.twice())
    raters = [slot.claim.source.rated_by for slot in plan.slots]
    of_raters = f"; this is a file of raters ({raters[0]})" if raters and all(raters) else ""
    for place in unread:
        name = plan.table.header[place]
        where = {"file": plan.table.file, "column": name}
        if place in twice:
            plan.strays[place] = finding("column-twice", found=str(place + 1), **where)
        elif place in others:
            expected_of = f"{others[place]}{of_raters}"
            plan.strays[place] = finding("not-asked", expected=expected_of, **where)
        else:
            near = nearest_name(name, expected)
            hint = f"perhaps {near}" if near else "a column that the design names"
            plan.strays[place] = finding("unknown-column", expected=hint, **where)


def _asked_elsewhere(header: Header, trajectory: Trajectory) -> dict[int, str]:
    """Return the columns that the design knows, though not for these rows."""
    places: dict[int, str] = {}
    quiet = Header(header.names)
    names = [name for wave in trajectory.waves for name in wave_names(wave)]
    for asked in trajectory.asked:
        items = asked.items_of(trajectory.instruments[asked.instrument])
        patterns = {asked.column(item, name) for item in items for name in names}
        patterns |= {
            pattern.replace("{wave}", name)
            for pattern in asked.totals.values()
            for name in names
        }
        for pattern in patterns:
            place = quiet.find(pattern)
            if place is not None:
                places.setdefault(place, f"only of {asked.role}")
    return places


def _spelling(table: Table, header: Header) -> list[Finding]:
    return [
        finding("column-spelling", file=table.file, column=table.header[place], expected=name)
        for place, name in sorted(header.respelled.items())
    ]


def _missing(plan: Plan) -> list[Finding]:
    unknown = [
        str(stray["column"])
        for stray in plan.strays.values()
        if stray["rule"] == "unknown-column"
    ]
    told: dict[str, str] = {}
    for slot in plan.slots:
        for column, what in slot.missing:
            told.setdefault(column, what)
    return [
        finding(
            "missing-column",
            file=plan.table.file,
            column=column,
            found=nearest_name(column, unknown),
            expected=what,
        )
        for column, what in told.items()
    ]


def _formulas(plan: Plan) -> list[Finding]:
    """Tell of columns of answers, or with their date, in which formulas stand.

    A ready-made total may well be a formula: it is a sum.
    """
    read = {
        place.position
        for slot in plan.slots
        for item, places in slot.items.items()
        for place in places
        if not any(item in asked.totals for asked in place.asked)
    }
    read |= {slot.occasion["answered"] for slot in plan.slots if "answered" in slot.occasion}
    columns = dict.fromkeys(plan.table.header[place] for place in sorted(read))
    return [
        finding(
            "formula",
            file=plan.table.file,
            row=min(formulas),
            column=column,
            found=formulas[min(formulas)],
            expected=f"typed answers; {len(formulas)} rows hold a formula",
        )
        for column in columns
        if (formulas := plan.table.formulas.get(column))
    ]


def _judged(plan: Plan) -> list[Finding]:
    return [
        stray
        for place, stray in plan.strays.items()
        if stray["rule"] != "not-asked" or plan.table.filled(place).any()
    ]

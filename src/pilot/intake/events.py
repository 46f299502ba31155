"""Events: attendance, contacts, requests, steps; dated, and each kept or set aside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from pilot.design import EventKind, Trajectory
from pilot.findings import finding
from pilot.frames import EVENTS, empty
from pilot.intake.claims import Claim
from pilot.intake.event_cells import (
    kinds,
    levels_of,
    look_at_minutes,
    minutes_of,
    raters,
    stages,
    tell_spaces,
    weights_of,
)
from pilot.intake.headers import Header
from pilot.intake.plan import Finding
from pilot.intake.records import Records, placed
from pilot.intake.register import Read
from pilot.intake.routing import selected
from pilot.intake.table import Table, plain

IDENTITY = ("participant", "family", "site")


def events_of(table: Table, claims: Sequence[Claim], trajectory: Trajectory) -> list[Read]:
    """Read the events of a table, one result a source that claims it.

    Parameters
    ----------
    table : Table
        One sheet.
    claims : sequence of Claim
        Its sources of events: `columns` says which column of the export is which of
        `EVENTS`; and those that ignore rows of it.
    trajectory : Trajectory
        Knows the kinds of event.

    Returns
    -------
    list of Read
        The frames have the columns `EVENTS`: dates as dates, minutes as numbers, kinds as
        keys of the design. A cell that cannot be read is set aside and its event kept.
    """
    reading = [claim for claim in claims if claim.source.kind == "events"]
    left = np.ones(len(table.rows), dtype=bool)
    idle = {place for claim in reading for place in columns_of_events(table, claim, trajectory)}
    reads = []
    for claim in reading:
        picked = left & selected(claim, table)
        left &= ~picked
        reads.append(_read(table, claim, trajectory, (picked, idle)))
        table = replace(table, too_long=(), too_short=())
    for claim in claims:
        if claim.source.kind == "ignored":
            left &= ~selected(claim, table)
    if left.any():
        reads.append(_unpicked(table, reading[0], trajectory, left))
    return reads


def columns_of_events(table: Table, claim: Claim, trajectory: Trajectory) -> set[int]:
    """Return the columns of a table that a source of events names."""
    header = Header(table.header)
    idle = {header.find(*names) for names in _names(claim, trajectory).values()}
    for name in (*claim.source.unused_columns, *claim.source.rows):
        idle |= header.fitting(name)
    return {place for place in idle if place is not None}


def _unpicked(table: Table, claim: Claim, trajectory: Trajectory, left: np.ndarray) -> Read:
    places, _ = placed(table, _names(claim, trajectory), set())
    records = Records(table, places, left, IDENTITY)
    records.refuse_rows("participant", list(records.frame.index), "row-not-selected")
    return Read(empty(EVENTS), records.aside.findings, records.aside, records.counts("events"))


def _read(
    table: Table, claim: Claim, trajectory: Trajectory, cells: tuple[np.ndarray, set[int]]
) -> Read:
    picked, idle = cells
    names = _names(claim, trajectory)
    event = _event(claim, trajectory)
    whose = _whose(claim, event)
    places, findings = placed(table, names, {*claim.source.columns, whose})
    records = Records(table, places, picked, IDENTITY)
    records.findings += findings
    _refuse_strangers(records, idle)
    site = claim.word("site", trajectory)
    nobody = records.text("participant").isna() & records.text("family").isna()
    if whose == "site":
        nobody &= records.text("site").isna() & (site is None)
    records.refuse_rows(whose, records.frame.index[nobody], "no-code")
    tell_spaces(records)
    minutes = minutes_of(records)
    look_at_minutes(records, minutes, event)
    known = kinds(event)
    frame = pd.DataFrame(
        {
            "file": table.file,
            "row": table.rows[records.frame.index],
            "event": claim.source.event,
            "participant": records.text("participant"),
            "family": records.text("family"),
            "site": records.text("site") if site is None else site,
            "date": records.dates("date"),
            "kind": records.keys(
                "kind",
                (lambda word: known.get(plain(word))) if known else str,
                "unknown-kind",
                keep=True,
            ),
            "minutes": minutes,
            "mode": records.text("mode"),
            "topic": records.text("topic"),
            "status": stages(records, event),
            "level": levels_of(records),
            "weight": weights_of(records),
            "rater": raters(records, event),
        },
        columns=list(EVENTS),
    ).reset_index(drop=True)
    return Read(
        frame,
        records.findings + records.aside.findings,
        records.aside,
        records.counts("events"),
    )


def _names(claim: Claim, trajectory: Trajectory) -> dict[str, list[str]]:
    source = claim.source
    fallback = {
        "participant": source.code or trajectory.participant.code,
        "family": source.family_column or trajectory.participant.family,
        "site": source.site_column,
        "date": source.date_column,
        "mode": source.mode_column,
    }
    names = {field: [column] for field, column in fallback.items() if column}
    return names | {field: [column] for field, column in source.columns.items()}


def _event(claim: Claim, trajectory: Trajectory) -> EventKind | None:
    known = {event.key: event for event in trajectory.events}
    return known.get(claim.source.event or "")


def _whose(claim: Claim, event: EventKind | None) -> str:
    """Return what says whose an event is: a family's own register has no column for people."""
    if event and event.means == "principle":
        return "site"
    columns = claim.source.columns
    return "family" if "family" in columns and "participant" not in columns else "participant"


def _refuse_strangers(records: Records, idle: set[int]) -> None:
    """Set aside the cells of columns that the design does not name."""
    picked = np.zeros(len(records.table.rows), dtype=bool)
    picked[records.frame.index] = True
    for place, name in enumerate(records.table.header):
        if place in idle:
            continue
        where = {"file": records.table.file, "column": name}
        expected = "a column that the design names"
        told: Finding = (
            finding("personal-data", **where)
            if place in records.aside.hidden
            else finding("unknown-column", **where, expected=expected)
        )
        records.findings.append(told)
        mask = picked & records.table.filled(place)
        records.answers_in += int(mask.sum())
        if mask.any():
            records.aside.cells(place, mask, told)

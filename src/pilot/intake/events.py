"""Events: attendance, contacts, requests, steps; dated, and each kept or set aside."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from pilot.design import EventKind, Trajectory
from pilot.design.happening import STAGES
from pilot.findings import finding
from pilot.frames import EVENTS, empty
from pilot.intake.claims import Claim
from pilot.intake.headers import Header
from pilot.intake.plan import Finding
from pilot.intake.records import Records, placed
from pilot.intake.register import Read
from pilot.intake.routing import selected
from pilot.intake.table import Table, plain

IDENTITY = ("participant", "family", "site")
DAY = 24 * 60  # minutes
LEVELS = (-2, -1, 0, 1, 2)  # of a goal: 0 is as expected


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
    whose = "site" if event and event.means == "principle" else "participant"
    places, findings = placed(table, names, {*claim.source.columns, whose})
    records = Records(table, places, picked, IDENTITY)
    records.findings += findings
    _refuse_strangers(records, idle)
    site = claim.word("site", trajectory)
    nobody = records.text("participant").isna() & records.text("family").isna()
    if whose == "site":
        nobody &= records.text("site").isna() & (site is None)
    records.refuse_rows(whose, records.frame.index[nobody], "no-code")
    minutes = records.numbers("minutes", _minutes, "minutes of one day, such as 90")
    kinds = _kinds(event)
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
                (lambda word: kinds.get(plain(word))) if kinds else str,
                "unknown-kind",
                keep=True,
            ),
            "minutes": minutes,
            "mode": records.text("mode"),
            "topic": records.text("topic"),
            "status": _stages(records, event),
            "level": records.numbers("level", _level, "a level from -2 to 2"),
            "weight": records.numbers("weight", _weight, "a weight above 0, such as 1"),
            "rater": records.text("rater"),
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


def _kinds(event: EventKind | None) -> dict[str, str]:
    known = event.kinds if event else {}
    return {
        plain(word): key for key, label in known.items() for word in (key, label.nl, label.en)
    }


def _stages(records: Records, event: EventKind | None) -> pd.Series:
    """Return the status: a stage of the event where it has stages, else as written."""
    if event is None or event.means not in STAGES:
        return records.text("status")
    return records.keys("status", event.stage, "unknown-status", keep=True)


def _number(text: str) -> float:
    try:
        return float(text.replace(",", "."))
    except ValueError:
        return math.nan


def _minutes(text: str) -> float | None:
    minutes = _number(text)
    return minutes if 0 <= minutes <= DAY else None


def _level(text: str) -> float | None:
    level = _number(text)
    return level if level in LEVELS else None


def _weight(text: str) -> float | None:
    weight = _number(text)
    return weight if math.isfinite(weight) and weight > 0 else None


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

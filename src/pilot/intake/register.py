"""The register: who takes part, from when to when, and why they left."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from pilot.design import Groups, Trajectory, find
from pilot.design.dates import YEARS, read_date
from pilot.findings import finding
from pilot.frames import GROUP, REGISTER
from pilot.intake import consenting
from pilot.intake.claims import Claim
from pilot.intake.periods import look_at_numbers, look_at_periods, refuse_twice
from pilot.intake.plan import Finding
from pilot.intake.quarantine import Aside
from pilot.intake.records import Records, placed
from pilot.intake.table import Table, plain

# What a register calls its columns when the design does not say.
HEADERS = {
    "participant": ["nummer", "number", "deelnemer", "participant", "deelnemernummer", "code"],
    "family": ["gezin", "family", "gezinsnummer", "huishouden", "household"],
    "site": ["school", "locatie", "site", "centrum", "centre", "center", "groep", "group"],
    "organisation": ["organisatie", "organisation", "organization"],
    "role": ["rol", "role"],
    "birth_year": ["geboortejaar", "birth year", "birth_year", "year of birth"],
    "start": ["van", "from", "start", "begin", "startdatum"],
    "end": ["tot", "to", "end", "einde", "einddatum", "until"],
    "reason": ["reden", "reason", "reden van vertrek", "reason for leaving"],
    **consenting.HEADERS,
}
# A school that stopped before a person who stopped: the first that fits counts.
REASONS = (
    ("died", r"overled|gestorven|\bdied\b|\bdeath\b|\bdeceased"),
    (
        "school stopped",
        r"(school|centrum|groep|organisati|cent(re|er)|group).*(stop|dicht|clos)",
    ),
    ("school stopped", r"(gestopt|gesloten|stopped|closed).*(school|centrum|cent(re|er))"),
    ("moved", r"verhui|\bmov(ed|ing)\b"),
    ("split", r"gescheiden|scheiding|uit elkaar|\bsplit\b|separat|divorc"),
    ("withdrew", r"gestopt|terugg?etrokken|terug getrokken|wil(de)? niet|afgehaakt|geen tijd"),
    ("changed role", r"andere rol|nieuwe rol|rol gewisseld|(other|another|new|changed) role"),
    ("withdrew", r"withdr[ae]w|stopped|dropped|\bquit\b|no time"),
    ("unknown", r"onbekend|unknown|weet niet|does not know"),
)


@dataclass(frozen=True, slots=True)
class Read:
    """What one table of a register, of events or of quotes gave.

    `headings` says what the table calls each column, where a later room has to name it.
    """

    frame: pd.DataFrame
    findings: list[Finding]
    aside: Aside
    counts: dict[str, int]
    headings: dict[str, str] = field(default_factory=dict)


def register_of(table: Table, claim: Claim, trajectory: Trajectory) -> Read:
    """Read one register.

    Headers may be Dutch or English; `columns` of the source says otherwise. Columns that a
    register does not have, such as names or telephone numbers, are told of by name and
    never read: nothing that identifies a person goes on.

    Returns
    -------
    Read
        The frame has the columns `REGISTER`: role and site as keys, reason one of
        `LEFT_REASONS`, birth_year a whole number, start and end dates; consent as
        `consenting.consent_columns` reads it. A number may stand there again for another
        period, and for each guardian of a child, who gives or refuses consent.
    """
    needed = {"participant", "role", *claim.source.columns}
    places, findings = placed(table, _names(claim, trajectory), needed)
    records = Records(table, places, np.ones(len(table.rows), dtype=bool), ("participant",))
    records.findings += findings + _strangers(table, places)
    without = records.text("participant").isna()
    records.refuse_rows("participant", records.frame.index[without], "no-code")
    twins = refuse_twice(records, trajectory)
    look_at_periods(records, lambda word: reason_of(word) not in (None, "unknown"))
    look_at_numbers(records)
    frame = pd.DataFrame(
        {
            "file": table.file,
            "row": table.rows[records.frame.index],
            "participant": records.text("participant"),
            "family": records.text("family"),
            "site": records.keys(
                "site", lambda word: _site(word, trajectory), "unknown-site", keep=True
            ),
            "organisation": records.text("organisation"),
            "role": records.keys(
                "role", lambda word: find(trajectory.roles, word), "unknown-role", keep=False
            ),
            "birth_year": records.numbers("birth_year", _year, "a year of four digits").astype(
                "Int64"
            ),
            "start": records.dates("start"),
            "end": records.dates("end"),
            "reason": records.keys("reason", reason_of, "unknown-reason", keep=True),
            **consenting.consent_columns(records, twins),
        },
        columns=list(REGISTER),
    ).reset_index(drop=True)
    known = frame["reason"].isna() | frame["reason"].isin([key for key, _ in REASONS])
    frame["reason"] = frame["reason"].where(known, "unknown")
    if trajectory.groups:
        frame[GROUP] = _groups(records, trajectory.groups)
    return Read(
        frame,
        records.findings + records.aside.findings,
        records.aside,
        records.counts("register"),
        {name: table.header[place] for name, place in places.items()},
    )


def columns_of_register(table: Table, claim: Claim, trajectory: Trajectory) -> set[int]:
    """Return the columns of a table that a register has, when it has a role and a number."""
    places, lacking = placed(table, _names(claim, trajectory), {"participant", "role"})
    known = any(told["rule"] == "missing-column" for told in lacking)
    return set() if known else set(places.values())


def _names(claim: Claim, trajectory: Trajectory) -> dict[str, list[str]]:
    named = {key: [column] for key, column in claim.source.columns.items()}
    code = claim.source.code or trajectory.participant.code
    names = HEADERS | {"participant": [code, *HEADERS["participant"]]} | named
    column = claim.source.columns.get(GROUP)
    if trajectory.groups and trajectory.groups.column and not column:
        column = trajectory.groups.column
    if column is None:
        return names
    others = {
        key: [word for word in called if plain(word) != plain(column)]
        for key, called in names.items()
    }
    return {GROUP: [column]} | {key: called for key, called in others.items() if called}


def _groups(records: Records, groups: Groups) -> pd.Series:
    keys = records.keys(
        GROUP, lambda word: find(groups.levels, word), "unknown-group", keep=False
    )
    return keys.reset_index(drop=True)


def reason_of(word: str) -> str | None:
    """Return the reason for leaving that a word means, or None when it means none.

    Examples
    --------
    >>> reason_of("Verhuisd naar Delft"), reason_of("school gestopt"), reason_of("gestopt")
    ('moved', 'school stopped', 'withdrew')
    >>> reason_of("???") is None
    True
    """
    for reason, pattern in REASONS:
        if re.search(pattern, word.casefold()):
            return reason
    return None


def _site(word: str, trajectory: Trajectory) -> str | None:
    return find(trajectory.sites, word) if trajectory.sites else word


def _year(text: str) -> float | None:
    if re.fullmatch(r"\d{4}", text):
        return float(text) if int(text) in YEARS else None
    written = read_date(text)
    return float(written.day.year) if written.day and not written.serial else None


def _strangers(table: Table, places: dict[str, int]) -> list[Finding]:
    return [
        finding(
            "unknown-column",
            file=table.file,
            column=name,
            expected="a column that a register has; it was not read",
        )
        for place, name in enumerate(table.header)
        if place not in places.values()
    ]

"""The register: who takes part, from when to when, and why they left."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
import pandas as pd

from pilot.design import Trajectory, find
from pilot.findings import finding
from pilot.frames import REGISTER
from pilot.intake.claims import Claim
from pilot.intake.dates import YEARS, day_of
from pilot.intake.plan import Finding
from pilot.intake.quarantine import Aside
from pilot.intake.records import Records, placed
from pilot.intake.table import Table

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
    ("withdrew", r"withdr[ae]w|stopped|dropped|\bquit\b|no time"),
    ("unknown", r"onbekend|unknown|weet niet|does not know"),
)


@dataclass(frozen=True, slots=True)
class Read:
    """What one table of a register or of events gave."""

    frame: pd.DataFrame
    findings: list[Finding]
    aside: Aside
    counts: dict[str, int]


def register_of(table: Table, claim: Claim, trajectory: Trajectory) -> Read:
    """Read one register.

    Headers may be Dutch or English; `columns` of the source says otherwise. Columns that a
    register does not have, such as names or telephone numbers, are told of by name and
    never read: nothing that identifies a person goes on.

    Returns
    -------
    Read
        The frame has the columns `REGISTER`: role and site as keys, reason one of
        `LEFT_REASONS`, birth_year a whole number, start and end dates.
    """
    needed = {"participant", "role", *claim.source.columns}
    places, findings = placed(table, _names(claim, trajectory), needed)
    records = Records(table, places, np.ones(len(table.rows), dtype=bool), ("participant",))
    records.findings += findings + _strangers(table, places)
    without = records.text("participant").isna()
    records.refuse_rows("participant", records.frame.index[without], "no-code")
    _refuse_twice(records)
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
        },
        columns=list(REGISTER),
    ).reset_index(drop=True)
    known = frame["reason"].isna() | frame["reason"].isin([key for key, _ in REASONS])
    frame["reason"] = frame["reason"].where(known, "unknown")
    return Read(
        frame,
        records.findings + records.aside.findings,
        records.aside,
        records.counts("register"),
    )


def columns_of_register(table: Table, claim: Claim, trajectory: Trajectory) -> set[int]:
    """Return the columns of a table that a register has, when it has a role and a number."""
    places, lacking = placed(table, _names(claim, trajectory), {"participant", "role"})
    known = any(told["rule"] == "missing-column" for told in lacking)
    return set() if known else set(places.values())


def _names(claim: Claim, trajectory: Trajectory) -> dict[str, list[str]]:
    named = {key: [column] for key, column in claim.source.columns.items()}
    code = claim.source.code or trajectory.participant.code
    return HEADERS | {"participant": [code, *HEADERS["participant"]]} | named


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
        return float(text) if YEARS[0] <= int(text) <= YEARS[1] else None
    day = day_of(text)
    return float(day.day.year) if day.day and day.rule is None else None


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


def _refuse_twice(records: Records) -> None:
    """Set aside rows whose number stands there already for the same period.

    Whoever left and came back has two rows with periods that do not overlap.
    """
    seen: dict[str, list[tuple[object, object]]] = {}
    again: list[int] = []
    for at, code in zip(records.frame.index, records.text("participant"), strict=True):
        start, end = (_bound(records, name, at) for name in ("start", "end"))
        periods = seen.setdefault(str(code), [])
        if any(_overlap((start, end), other) for other in periods):
            again.append(at)
        else:
            periods.append((start, end))
    records.refuse_rows("participant", again, "register-twice")


def _bound(records: Records, name: str, at: int) -> object:
    text = records.text(name).get(at)
    return None if pd.isna(text) else day_of(str(text)).day


def _overlap(one: tuple[object, object], other: tuple[object, object]) -> bool:
    def before(end: object, start: object) -> bool:
        return end is not None and start is not None and end <= start  # type: ignore[operator]

    return not (before(one[1], other[0]) or before(other[1], one[0]))

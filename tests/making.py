"""A small design and hand-made exports for the rooms that judge and link them."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pandas as pd

from pilot.design import Trajectory, load_instrument
from pilot.findings import finding
from pilot.frames import (
    COUNTS,
    EVENTS,
    FILES,
    FINDINGS,
    QUARANTINE,
    REGISTER,
    RESPONSES,
    Cleaned,
    Linked,
    Received,
    empty,
)

DESIGN = """
key = "tables"
title = { nl = "Tafels", en = "Tables" }

[about]
place = "Nergens"
what = { nl = "Tafels.", en = "Tables." }
done = { nl = "Gegeten.", en = "Eaten." }

[participant]
code = "nummer"
family = "gezin"

[missing]
"99" = "not answered"
"-" = "not answered"

[[roles]]
key = "parent"
label = { nl = "ouder", en = "parent" }
names = ["vader", "moeder"]

[[roles]]
key = "child"
label = { nl = "kind", en = "child" }
ages = [8, 17]

[[sites]]
key = "noord"
label = { nl = "School Noord", en = "School North" }

[[sites]]
key = "zuid"
label = { nl = "School Zuid", en = "School South" }

[[waves]]
key = "t0"
label = { nl = "begin", en = "start" }
opens = 2025-01-06
closes = 2025-02-14

[[waves]]
key = "t1"
label = { nl = "midden", en = "middle" }
opens = 2025-06-02
closes = 2025-07-11

[[waves]]
key = "t2"
label = { nl = "einde", en = "end" }
opens = 2025-11-03
closes = 2025-12-12

[[sources]]
files = "*.csv"
wave_column = "meting"
role_column = "rol"
site_column = "locatie"
date_column = "datum"
respondent_column = "invuller"

[[sources]]
files = "register.xlsx"
kind = "register"
columns = { birth_year = "geboortejaar" }

[[sources]]
files = "aanwezig.xlsx"
kind = "events"
event = "attendance"

[[asked]]
instrument = "gse-10"
role = "parent"
columns = "GSE_{item}"

[[asked]]
instrument = "lsns-6"
role = "parent"
columns = "LSNS_{item}"
answers = { "geen" = 0, "negen of meer" = 5 }

[[asked]]
instrument = "rses"
role = "parent"
columns = "RSES_{item}"

[[asked]]
instrument = "brs"
role = "parent"
columns = "BRS_{item}"

[[asked]]
instrument = "djg-6"
role = "parent"
columns = "DJG_{item}"

[[asked]]
instrument = "who-5"
role = "parent"
columns = {}
totals = { who_5_total = "WHO" }

[[asked]]
instrument = "life-satisfaction"
role = "parent"
columns = "tevreden"

[[asked]]
instrument = "life-satisfaction"
role = "child"
waves = ["t0", "t1"]
columns = "tevreden"

[[planned]]
outcome = "gse_10_total"
domain = "self_efficacy"
primary = true

[[planned]]
outcome = "lsns_6_total"
domain = "network_strength"
primary = true

[[events]]
key = "attendance"
label = { nl = "aanwezigheid", en = "attendance" }
dose = true
planned_sessions = 4
"""

PILOT = """\
key   = "tables"
title = { nl = "Tafels", en = "Tables" }

[about]
place = "Oud-Zuid"
what  = { nl = "Praten aan tafel.", en = "Talking at a table." }
done  = { nl = "Tien avonden.", en = "Ten evenings." }
"""
ROLES = {
    "parent": """\
[[roles]]
key   = "parent"
label = { nl = "ouder", en = "parent" }
ages  = [18, 80]
""",
    "child": """\
[[roles]]
key   = "child"
label = { nl = "kind", en = "child" }
ages  = [8, 17]
""",
}
WAVES = """\
[[waves]]
key    = "pre"
label  = { nl = "voor", en = "before" }
opens  = 2025-03-03
closes = 2025-04-11

[[waves]]
key    = "post"
label  = { nl = "na", en = "after" }
opens  = 2025-06-16
closes = 2025-07-25
"""

MONTHS = {"t0": (0, 2), "t1": (5, 7), "t2": (11, 14)}

GSE = (3, 2, 3, 4, 3, 2, 3, 1, 2, 3)
LSNS = (2, 3, 1, 2, 3, 4)
DAYS = {"t0": "2025-01-20", "t1": "2025-06-16", "t2": "2025-11-17"}


def design(rolling: bool = False, **changes: Any) -> Trajectory:
    """Return the design; with clocks of their own for everyone, or with other parts."""
    content = tomllib.loads(DESIGN) | changes
    if rolling:
        for wave in content["waves"]:
            del wave["opens"], wave["closes"]
            wave["from_month"], wave["to_month"] = MONTHS[wave["key"]]
    bare = Trajectory.model_validate(content)
    keys = dict.fromkeys(asked.instrument for asked in bare.asked)
    return bare.model_copy(update={"instruments": {key: load_instrument(key) for key in keys}})


def toml(*parts: str, roles: tuple[str, ...] = ("parent",)) -> str:
    """Return a small design as its file says it: two waves, then what a test adds."""
    return "\n".join([PILOT, *(ROLES[role] for role in roles), WAVES, *parts])


def asks(instrument: str, role: str = "parent", more: str = "") -> str:
    """Return the part of a design that asks one form of one role."""
    return f'[[asked]]\ninstrument = "{instrument}"\nrole = "{role}"\n{more}'


def plans(outcome: str, domain: str, more: str = "") -> str:
    """Return the part of a design that plans one primary outcome."""
    kind = f'domain  = "{domain}"\nprimary = true\n'
    return f'[[planned]]\noutcome = "{outcome}"\n{kind}{more}'


def both_primary(more: str = "") -> str:
    """Return the plan of confidence and of network; `more` is said of confidence."""
    confidence = plans("gse_10_total", "self_efficacy", more)
    return "\n".join([confidence, plans("lsns_6_total", "network_strength")])


def written(folder: Path, text: str) -> Path:
    """Write a design into a folder and return its path."""
    path = folder / "tables.toml"
    path.write_text(text, encoding="utf-8")
    return path


def form(
    participant: str | None = "p1", wave: str | None = "t0", **cells: Any
) -> dict[str, Any]:
    """Return a parent's form with a few answers, unless `cells` says otherwise."""
    row: dict[str, Any] = {
        "file": f"{wave}.csv",
        "participant": participant,
        "wave": wave,
        "role": "parent",
        "answered": DAYS.get(str(wave)),
    }
    return row | items("gse_10", GSE) | items("lsns_6", LSNS) | cells


def items(stem: str, answers: tuple[Any, ...]) -> dict[str, Any]:
    """Return answers by item, in the form's order."""
    return {f"{stem}_{number:02d}": answer for number, answer in enumerate(answers, start=1)}


def child(participant: str = "c1", wave: str = "t0", **cells: Any) -> dict[str, Any]:
    """Return a child's form."""
    own = {"role": "child", "life_satisfaction_01": 7}
    bare = {key: value for key, value in form(participant, wave).items() if "_0" not in key}
    return {key: value for key, value in bare.items() if "_10" not in key} | own | cells


def received(*rows: dict[str, Any], **tables: pd.DataFrame) -> Received:
    """Return forms as intake hands them on: text, an empty cell is empty.

    Rows are numbered within their file as Excel shows them, unless they say otherwise.
    """
    columns = dict.fromkeys([*RESPONSES, *(name for row in rows for name in row)])
    frame = pd.DataFrame(list(rows), columns=list(columns), dtype=object)
    numbers = frame.groupby("file", sort=False).cumcount() + 2
    frame["row"] = frame["row"].fillna(numbers).astype("int64") if len(rows) else frame["row"]
    text = {name: _text(frame[name]) for name in columns if name != "row"}
    made = Received(
        frame.assign(**text),
        events=empty(EVENTS),
        register=empty(REGISTER),
        files=empty(FILES),
        findings=empty(FINDINGS),
        quarantine=empty(QUARANTINE),
        counts=empty(COUNTS),
    )
    return replace(made, **tables)


def _text(column: pd.Series[Any]) -> pd.Series[Any]:
    words = [None if pd.isna(value) else str(value) for value in column]
    return pd.Series(words, index=column.index, dtype="str")


def register(*people: dict[str, Any]) -> pd.DataFrame:
    """Return a register as intake reads it: one row a person and period."""
    usual = {"file": "register.xlsx", "role": "parent", "start": "2025-01-01"}
    rows = [{"row": number} | usual | person for number, person in enumerate(people, start=2)]
    frame = pd.DataFrame(rows, columns=list(REGISTER))
    dated = ("start", "end", "consent_date", "withdrawn")
    text = [name for name in REGISTER if name not in ("row", "birth_year", *dated)]
    days = {name: pd.to_datetime(frame[name]).astype("datetime64[us]") for name in dated}
    return frame.astype(dict.fromkeys(text, "str") | {"birth_year": "Int64"}).assign(**days)


def attendance(*sessions: dict[str, Any]) -> pd.DataFrame:
    """Return events as intake reads them."""
    usual = {"file": "aanwezig.xlsx", "event": "attendance", "kind": "tafel"}
    rows = [{"row": number} | usual | each for number, each in enumerate(sessions, start=2)]
    frame = pd.DataFrame(rows, columns=list(EVENTS))
    text = [name for name in EVENTS if name not in ("row", "date", "minutes")]
    days = pd.to_datetime(frame["date"]).astype("datetime64[us]")
    typed = dict.fromkeys(text, "str") | {"minutes": "Float64"}
    return frame.astype(typed).assign(date=days)


def told(station: Cleaned | Linked, rule: str) -> list[dict[str, Any]]:
    """Return the findings of one rule as records; what is empty is None."""
    rows = station.findings[station.findings["rule"] == rule].to_dict("records")
    return [
        {key: None if pd.isna(value) else value for key, value in row.items()} for row in rows
    ]


def set_aside(station: Cleaned | Linked, rule: str) -> list[tuple[Any, ...]]:
    """Return what one rule set aside: file, row, column, value."""
    rows = station.quarantine[station.quarantine["rule"] == rule]
    places = rows[["file", "row", "column", "value"]].to_dict("split")["data"]
    return [tuple(None if pd.isna(value) else value for value in place) for place in places]


def whole(rule: str, **place: Any) -> dict[str, Any]:
    """Return a finding as it must stand in the table, every column of it."""
    return finding(rule, **place)


def leaks(station: Cleaned | Linked) -> list[str]:
    """Return what does not add up: at a door, between doors, or without its finding."""
    counts = station.counts.to_dict("records")
    seen = [
        f"{row['door']}: {what}"
        for row in counts
        for what in ("rows", "answers")
        if row[f"{what}_in"] != row[f"{what}_kept"] + row[f"{what}_quarantined"]
    ]
    forms = [row for row in counts if row["door"] in ("intake", "cleaning", "linkage")]
    seen += [
        f"{before['door']} to {after['door']}: {what}"
        for before, after in pairwise(forms)
        for what in ("rows", "answers")
        if before[f"{what}_kept"] != after[f"{what}_in"]
    ]
    aside = int(station.quarantine["column"].notna().sum())
    if aside != sum(row["answers_quarantined"] for row in counts):
        seen.append(f"quarantine holds {aside} answers")
    if not set(station.quarantine["finding"]) <= set(station.findings["id"]):
        seen.append("an answer was set aside without a finding")
    if station.findings["id"].duplicated().any():
        seen.append("two findings have one name")
    return seen

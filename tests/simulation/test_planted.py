"""The planted faults: really there, of every kind, and found by the rule that should."""

from __future__ import annotations

import csv
import json
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
import pyreadstat
import pytest
from openpyxl import load_workbook
from tests.simulation.make import SIMULATIONS

from pilot.cleaning import clean
from pilot.design import load_trajectory
from pilot.findings import rules
from pilot.intake import read_exports
from pilot.linkage import link_waves

HERE = Path(__file__).parent
DEMO = HERE.parents[1] / "data" / "raw" / "demo"
ENCODINGS = {
    "krachtige-gezinnen": ("utf-8", ";"),
    "m-power": ("cp1252", ";"),
    "meet-the-parents": ("utf-8-sig", ","),
}
KINDS = {
    "duplicate",
    "one code, two people",
    "wave mislabelled",
    "0-3 for 1-4",
    "no answer",
    "word",
    "spaces",
    "turned date",
    "serial date",
    "post before pre",
    "turned item",
    "straight-lining",
    "outside window",
    "stray file",
    "unknown number",
    "unknown column",
    "empty row",
    "event twice",
    "event of nobody",
    "far event",
    "consent withdrawn",
    "another answered",
}
# What a planted fault brings along: a date typed wrong also lies outside every window.
CONSEQUENCES = {"wrong-order": {"outside-window"}}


def truth_of(name: str) -> dict[str, Any]:
    """Return the truth of a simulated course."""
    return json.loads((HERE / "truth" / f"{Path(name).name}.json").read_text("utf-8"))


def planted(name: str) -> list[dict[str, Any]]:
    """Return the faults of a course."""
    return list(truth_of(name)["faults"])


@cache
def findings_of(name: str) -> pd.DataFrame:
    """Return what reading, cleaning and linking a simulated course find."""
    design = load_trajectory("krachtige-gezinnen" if "/" in name else name)
    return link_waves(clean(read_exports(design, DEMO / name), design), design).findings


@cache
def table(name: str, place: str) -> list[list[str]]:
    """Return a file or sheet as it stands, row by row, as text."""
    file, _, sheet = place.removesuffix("]").partition("[")
    path = DEMO / name / file
    if path.suffix == ".xlsx":
        rows = load_workbook(path)[sheet].iter_rows(values_only=True)
        return [["" if cell is None else str(cell) for cell in row] for row in rows]
    if path.suffix == ".sav":
        frame, _ = pyreadstat.read_sav(path, user_missing=True)
        rows = [frame.columns.tolist(), *frame.to_numpy(dtype=object).tolist()]
        return [["" if pd.isna(cell) else str(cell) for cell in row] for row in rows]
    encoding, delimiter = ENCODINGS.get(name, ("utf-8", ","))
    with path.open(encoding=encoding, newline="") as lines:
        return list(csv.reader(lines, delimiter=delimiter))


def test_every_kind_of_damage_is_planted() -> None:
    """Between them, the five trajectories carry every kind of damage that exports come with."""
    kinds = Counter(fault["kind"] for name in SIMULATIONS for fault in planted(name))

    assert set(kinds) >= KINDS
    codes = {
        fault["found"]
        for name in SIMULATIONS
        for fault in planted(name)
        if fault["kind"] == "no answer"
    }
    assert codes >= {"99", "98", "n.v.t.", "weet niet"}


@pytest.mark.parametrize("name", SIMULATIONS)
def test_each_fault_names_a_rule_of_the_catalogue(name: str) -> None:
    """A fault is found by a rule that exists; only an empty row is no fault at all."""
    for fault in planted(name):
        assert fault["rule"] in rules() or fault["kind"] == "empty row", fault


def cells_with_faults() -> list[tuple[str, dict[str, Any]]]:
    """Return the faults of single cells but dates, which each format writes its own way."""
    return [
        (name, fault)
        for name in SIMULATIONS
        for fault in planted(name)
        if fault["row"]
        and fault["column"]
        and fault["found"]
        and not fault["column"].startswith("datum")
    ]


def test_each_fault_stands_where_the_truth_says() -> None:
    """At the file, row and column of the truth stands what the truth says was found."""
    checked = 0
    for name, fault in cells_with_faults():
        rows = table(name, fault["file"])
        above = 2 if fault["file"] == "eind.csv" and name == "m-power" else 0
        column = rows[above].index(fault["column"])
        cell = rows[fault["row"] - 1][column]
        assert cell.removesuffix(".0") == fault["found"], (name, fault, cell)
        checked += 1
    assert checked > 40


@pytest.mark.parametrize("name", SIMULATIONS)
def test_each_planted_fault_is_found(name: str) -> None:
    """Reading, cleaning and linking find every planted fault by its rule, file and row."""
    found = {
        (rule, file, None if pd.isna(row) else int(row))
        for rule, file, row in findings_of(name)[["rule", "file", "row"]].itertuples(
            index=False
        )
    }
    for fault in planted(name):
        if fault["rule"]:
            rule, file, row = fault["rule"], fault["file"], fault["row"]
            places = {place for r, f, place in found if (r, f) == (rule, file)}
            assert places & ({row, None} if row else places), fault


@pytest.mark.parametrize("name", SIMULATIONS)
def test_nothing_else_is_found(name: str) -> None:
    """Every finding goes back to a planted fault: answers in order are not suspected."""
    explained = set()
    for fault in planted(name):
        for rule in {fault["rule"]} | CONSEQUENCES.get(fault["rule"], set()):
            explained |= {(rule, fault["file"], fault["row"]), (rule, fault["file"], None)}
    faults = {(fault["rule"], fault["file"]) for fault in planted(name) if fault["row"] is None}
    findings = findings_of(name)
    strangers = [
        (rule, file, row, found)
        for rule, file, row, found in findings[["rule", "file", "row", "found"]].itertuples(
            index=False
        )
        if (rule, file, None if pd.isna(row) else int(row)) not in explained
        and (rule, file) not in faults
    ]

    assert strangers == []

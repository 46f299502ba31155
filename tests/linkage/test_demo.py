"""The simulated exports, whose truth is known: every fault is found, and nothing invented."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pandas as pd
import pytest

from pilot.cleaning import clean
from pilot.design import Trajectory, load_trajectory
from pilot.frames import Linked
from pilot.intake import read_exports
from pilot.linkage import feasibility, link_waves

ROOT = Path(__file__).parents[2]
KEYS = (
    "krachtige-gezinnen",
    "m-power",
    "moeder-vadercentra",
    "verbinding-empowerment",
    "meet-the-parents",
)
VARIANTS = ("krachtige-gezinnen-interim", "krachtige-gezinnen-four-families")
# Told once a file and column, or a file and instrument, whatever the number of rows.
TOGETHER = {"no-answer-code", "spaces", "serial-date", "shifted", "shifted-coding"}
# Natural answers may look odd too: these rules tell of a few more than were planted.
MAY_BE_NATURAL = {"straight-lining", "item-against-scale"}


@lru_cache
def walked(name: str) -> tuple[Trajectory, Linked, pd.DataFrame, dict[str, Any]]:
    """Return a demo walked to its panel, its feasibility, and the truth."""
    variant = name in VARIANTS
    trajectory = load_trajectory("krachtige-gezinnen" if variant else name)
    folder = ROOT / "data" / "raw" / "demo" / ("variants" if variant else "") / name
    cleaned = clean(read_exports(trajectory, folder), trajectory)
    linked = link_waves(cleaned, trajectory)
    truth = ROOT / "tests" / "simulation" / "truth" / f"{name}.json"
    told = json.loads(truth.read_text(encoding="utf-8"))
    return trajectory, linked, feasibility(linked, cleaned, trajectory), told


def matches(finding: dict[str, Any], fault: dict[str, Any]) -> bool:
    """Return whether a finding is about a planted fault: rule, file, row, column."""
    if (finding["rule"], finding["file"]) != (fault["rule"], fault["file"]):
        return False
    if fault["rule"] not in TOGETHER and fault["row"] not in (None, finding["row"]):
        return False
    if fault["column"] is None or fault["rule"].startswith("shifted"):
        return True
    return finding["column"] is None or fault["column"] in str(finding["column"]).split(", ")


def records(findings: pd.DataFrame) -> list[dict[str, Any]]:
    """Return findings as records; what is empty is None."""
    rows = findings.astype(object).to_dict("records")
    return [
        {key: None if pd.isna(value) else value for key, value in row.items()} for row in rows
    ]


@pytest.mark.parametrize("name", [*KEYS, *VARIANTS])
def test_every_planted_fault_is_found_where_it_was_planted(name: str) -> None:
    """Rule, file, row and column are those of the damage that was done."""
    _, linked, _, truth = walked(name)
    findings = records(linked.findings)
    lacking = [
        fault
        for fault in truth["faults"]
        if fault["rule"] and not any(matches(finding, fault) for finding in findings)
    ]

    assert lacking == []


@pytest.mark.parametrize("name", [*KEYS, *VARIANTS])
def test_nothing_is_found_that_was_not_planted(name: str) -> None:
    """No finding without a fault behind it, but for what natural answers may look like."""
    _, linked, _, truth = walked(name)
    invented = [
        finding
        for finding in records(linked.findings)
        if finding["rule"] not in MAY_BE_NATURAL
        and not any(matches(finding, fault) for fault in truth["faults"])
    ]

    assert invented == []


@pytest.mark.parametrize("name", [*KEYS, *VARIANTS])
def test_nothing_is_lost_on_the_way(making: ModuleType, name: str) -> None:
    """Each door adds up, and each hands on what the next receives."""
    _, linked, _, _ = walked(name)
    forms = linked.counts[linked.counts["door"].isin(["intake", "cleaning", "linkage"])]
    doors = forms.set_index("door")

    assert doors.index.tolist() == ["intake", "cleaning", "linkage"]
    assert doors["answers_in"].tolist()[1:] == doors["answers_kept"].tolist()[:-1]
    for what in ("rows", "answers"):
        out = linked.counts[f"{what}_kept"] + linked.counts[f"{what}_quarantined"]
        assert (linked.counts[f"{what}_in"] == out).all()
    assert set(linked.quarantine["finding"]) <= set(linked.findings["id"])
    assert not linked.findings["id"].duplicated().any()


@pytest.mark.parametrize("name", [*KEYS, *VARIANTS])
def test_what_was_kept_is_what_people_answered(name: str) -> None:
    """Every kept answer is the true one, but in the cells that were silently changed."""
    trajectory, linked, _, truth = walked(name)
    changed = {
        (fault["participant"], fault["wave"])
        for fault in truth["faults"]
        if fault["kind"] == "straight-lining"
    }
    turned = [fault["column"] for fault in truth["faults"] if fault["kind"] == "turned item"]
    wrong, compared = [], 0
    for row in linked.panel.to_dict("records"):
        if changed & {(row["participant"], wave) for wave in (row["wave"], None)}:
            continue
        for item, true in _true_answers(trajectory, truth, row).items():
            if pd.isna(row[item]) or item in turned:
                continue
            compared += 1
            if row[item] != true:
                wrong.append((row["participant"], row["wave"], item, row[item], true))

    assert wrong == []
    assert compared > 400


def _true_answers(
    trajectory: Trajectory, truth: dict[str, Any], row: dict[str, Any]
) -> dict[str, Any]:
    said = truth["answers"][row["wave"]][row["participant"]]
    answers = {}
    for asked in trajectory.asked_of(row["role"]):
        items = asked.items_of(trajectory.instruments[asked.instrument])
        if asked.instrument in said:
            answers |= dict(zip(items, said[asked.instrument], strict=True))
    return answers


@pytest.mark.parametrize("name", [*KEYS, *VARIANTS])
def test_everybody_of_the_register_started(name: str) -> None:
    """With the family, site and role they had at the start."""
    _, linked, _, truth = walked(name)
    started = linked.started.set_index("participant").astype(object)

    assert set(started.index) == set(truth["people"])
    for code, person in truth["people"].items():
        for field in ("role", "family", "site"):
            told = started.loc[code, field]
            assert (None if pd.isna(told) else told) == person[field]


@pytest.mark.parametrize("name", [*KEYS, *VARIANTS])
def test_the_flow_adds_up_to_who_started(name: str) -> None:
    """At every wave each person stands in one place, whoever left or is not due yet."""
    _, linked, _, _ = walked(name)
    sizes = linked.started["role"].value_counts()
    for (role, _), rows in linked.flow.groupby(["role", "wave"]):
        stage = rows.groupby("stage")["n_participants"].sum()
        assert stage["expected"] == stage["answered"] + stage["missed"]
        assert stage["expected"] + stage.get("left", 0) + stage["not due"] == sizes[role]


def test_an_interim_variant_waits_for_its_last_wave() -> None:
    """t4 is still to come: nobody missed it, and nothing is told of it."""
    _, linked, table, _ = walked("krachtige-gezinnen-interim")
    last = linked.flow[linked.flow["wave"] == "t4"].groupby("stage")["n_participants"].sum()

    assert linked.waves["state"].tolist() == ["held", "held", "held", "held", "to come"]
    assert last["expected"] == 0
    assert last["not due"] + last["left"] == len(linked.started)
    post = table[(table["measure"] == "post_valid") & (table["role"] == "parent")]
    assert post["wave"].tolist() == ["t3"]


def test_rolling_visitors_are_counted_when_they_are_due() -> None:
    """Some visitors are not a year on their way yet: not due, hence neither in the base."""
    _, linked, table, _ = walked("moeder-vadercentra")
    year = linked.flow[linked.flow["wave"] == "year"].set_index("stage")["n_participants"]
    post = table[table["measure"] == "post_valid"].iloc[0]

    assert linked.waves["state"].tolist() == ["held", "held", "open"]
    assert year["not due"] > 0
    assert post["base"] == len(linked.started) - year["not due"]

"""A person on the form of one site and on that of all sites was typed twice, not doubled."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pilot.cleaning import clean
from pilot.design import Trajectory
from pilot.frames import Received
from pilot.intake import read_exports
from pilot.linkage import link_waves

Maker = Callable[..., Any]
Designer = Callable[..., Trajectory]


def read(design: Trajectory, path: Path) -> Received:
    """Read the folder that a form stands in; every answer and row is accounted for."""
    received = read_exports(design, path.parent)
    row = received.counts.set_index("door").loc["intake"]
    assert row["answers_in"] == row["answers_kept"] + row["answers_quarantined"]
    assert row["rows_in"] == row["rows_kept"] + row["rows_quarantined"]
    return received


def told(received: Received, rule: str) -> list[dict[str, Any]]:
    """Return the findings of a rule."""
    return received.findings[received.findings["rule"] == rule].to_dict("records")


def test_equal_answers_on_both_forms_count_once(
    form: Maker, design: Designer, answers: dict[str, Any]
) -> None:
    """One row, nothing told, and the person is in the panel with a site."""
    form("alles.xlsx").types("007", answers).saves()
    path = form("noord.xlsx", site="noord").types("007", answers).saves()
    received = read(design(), path)
    linked = link_waves(clean(received, design()), design())

    assert list(received.findings["rule"]) == []
    assert received.responses[["participant", "site"]].to_numpy().tolist() == [["007", "noord"]]
    assert received.counts["answers_in"].iloc[0] == 8
    assert linked.panel["participant"].tolist() == ["007"]


def test_what_differs_between_the_forms_is_told_and_neither_counts(
    form: Maker, design: Designer, answers: dict[str, Any]
) -> None:
    """Both values are told and set aside; all other answers count."""
    form("alles.xlsx").types("007", answers).saves()
    path = form("noord.xlsx", site="noord").types("007", answers | {"brs_03": 5}).saves()
    received = read(design(), path)
    (seen,) = told(received, "entry-differs")

    assert [seen[key] for key in ("file", "participant", "column", "found", "expected")] == [
        "noord.xlsx[ouder 1] (form)",
        "007",
        "brs_03",
        "5 | 4",
        "alles.xlsx[ouder 1] (form), row 7: the same",
    ]
    assert received.responses["brs_03"].isna().tolist() == [True]
    assert received.responses["brs_04"].tolist() == ["1"]
    assert sorted(received.quarantine["value"]) == ["4", "5"]


def test_four_typings_are_compared_with_each_other(
    form: Maker, design: Designer, answers: dict[str, Any]
) -> None:
    """Each form typed twice: what any two of the four say differently does not count."""
    typist = form("alles.xlsx").types("007", answers)
    typist.types("007", answers | {"brs_01": 1, "answered": "2025-01-21"}, entry=2).saves()
    typist = form("noord.xlsx", site="noord").types_twice("007", answers | {"brs_02": 5})
    received = read(design(), typist.saves())
    row = received.responses.iloc[0]

    assert [seen["found"] for seen in told(received, "entry-differs")] == [
        "2025-01-20 | 2025-01-21",
        "3 | 1",
        "3 | \u2026",
        "5 | 2",
    ]
    assert len(received.responses) == 1
    assert row[["brs_01", "brs_02", "answered"]].isna().all()
    assert row["brs_03"] == "4"


def test_people_on_one_of_the_forms_only_count(
    form: Maker, design: Designer, answers: dict[str, Any]
) -> None:
    """Half of the parents on the school's form, the others on that of all schools."""
    form("alles.xlsx").types("P3", answers).types("008", answers).saves()
    path = form("noord.xlsx", site="noord").types("007", answers).saves()
    received = read(design(), path)

    assert list(received.findings["rule"]) == []
    assert sorted(received.responses["participant"]) == ["007", "008", "P3"]


def test_a_number_at_another_site_stays_another_row(
    form: Maker, design: Designer, answers: dict[str, Any]
) -> None:
    """Q1 typed at Zuid and at Noord may be two people: linkage says so, nobody is joined."""
    form("alles.xlsx").types(None, {"participant": "Q1", "site": "zuid", **answers}).saves()
    path = form("noord.xlsx", site="noord").types(None, {"participant": "Q1", **answers})
    received = read(design(), path.saves())

    assert sorted(received.responses["site"]) == ["noord", "zuid"]
    assert not told(received, "entry-differs")


@pytest.mark.parametrize(("others", "rows"), [((), 1), (("zuid",), 3)])
def test_a_row_without_a_site_is_joined_where_one_site_has_its_number(
    form: Maker, design: Designer, answers: dict[str, Any], others: tuple[str, ...], rows: int
) -> None:
    """The site is then known; where two sites have it, all three rows go to cleaning."""
    form("alles.xlsx").types(None, {"participant": "Q1", **answers}).saves()
    for site in ("noord", *others):
        path = form(f"{site}.xlsx", site=site)
        path = path.types(None, {"participant": "Q1", **answers}).saves()
    received = read(design(), path)

    assert len(received.responses) == rows
    assert received.responses["site"].dropna().tolist() == ["noord", *others]


def test_a_number_spelt_otherwise_on_the_other_form_is_one_person(
    form: Maker, design: Designer, answers: dict[str, Any]
) -> None:
    """7 on an open row of the school's form is the 007 that the form of all schools made."""
    form("alles.xlsx").types("007", answers).saves()
    path = form("noord.xlsx", site="noord").types(None, {"participant": 7, **answers}).saves()
    received = read(design(), path)

    assert received.responses["participant"].tolist() == ["007"]
    assert [seen["found"] for seen in told(received, "number-restored")] == ["7"]
    assert len(received.quarantine) == 0

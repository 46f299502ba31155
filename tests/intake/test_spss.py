"""SPSS files: codes stay codes, labels the design knows become words, missing stays told."""

from __future__ import annotations

import datetime
from pathlib import Path

import pandas as pd
import pyreadstat
import pytest

from pilot.intake.labels import answers_seen, occasion_seen
from pilot.intake.opening import read_tables
from pilot.intake.table import Table

SOURCES = """
[[sources]]
files = "t0.sav"
wave = "t0"
role_column = "rol"
site_column = "school"
date_column = "datum"
"""


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    """Write three people, with labels and two codes that SPSS calls missing."""
    frame = pd.DataFrame(
        {
            "nummer": ["P1", "P2", "Ünal"],
            "rol": [1.0, 1.0, 2.0],
            "school": [1.0, 2.0, 1.0],
            "datum": [datetime.date(2025, 1, 3), None, datetime.date(2025, 1, 4)],
            "b1": [3.0, 98.0, None],
            "b2": [97.0, 99.0, 4.0],
            "gezondheid": [1.0, 8.0, 5.0],
            "cijfer": [None, None, 7.5],
        }
    )
    path = tmp_path / "t0.sav"
    pyreadstat.write_sav(
        frame,
        path,
        variable_value_labels={
            "rol": {1: "ouder", 2: "kind"},
            "school": {1: "School Noord", 2: "School Zuid"},
            "b1": {1: "helemaal mee oneens", 5: "helemaal mee eens", 98: "Weet niet"},
            "b2": {97: "geweigerd", 99: "geen antwoord"},
            "gezondheid": {1: "Zeer goed", 5: "zeer slecht", 8: "weet niet"},
        },
        missing_ranges={
            "b1": [98],
            "b2": [{"lo": 97, "hi": 99}],
            "gezondheid": [8],
        },
    )
    return path


def told(series: pd.Series | None) -> list[str | None]:
    """Return cells, None where empty."""
    assert series is not None
    return [None if each != each else each for each in series]


@pytest.fixture
def table(saved: Path) -> Table:
    """Read it."""
    return read_tables(saved, saved.name)[0]


def test_numbers_and_dates_as_people_write_them(table: Table) -> None:
    """A code is a whole number without a point, a date ISO text, and empty is empty."""
    assert told(table.text(table.header.index("datum"))) == ["2025-01-03", None, "2025-01-04"]
    assert told(table.text(table.header.index("b1"))) == ["3", "98", None]
    assert told(table.text(table.header.index("cijfer"))) == [None, None, "7.5"]
    assert list(table.rows) == [2, 3, 4]


def test_labels_that_the_design_knows(table: Table, design) -> None:
    """A form scored by its words comes as words; labels nobody declared leave the code."""
    trajectory = design(SOURCES)
    brs, health, _ = trajectory.asked

    seen = answers_seen(table, table.header.index("gezondheid"), [health], trajectory)
    assert told(seen) == ["Zeer goed", "weet niet", "zeer slecht"]
    seen = answers_seen(table, table.header.index("b1"), [brs], trajectory)
    assert told(seen) == ["3", "Weet niet", None]


def test_missing_codes_stay_recognisable(table: Table, design) -> None:
    """A missing code the design knows stays; one it does not know comes as its label."""
    trajectory = design(SOURCES)
    seen = answers_seen(table, table.header.index("b2"), [trajectory.asked[0]], trajectory)

    assert told(seen) == ["geweigerd", "99", "4"]


def test_codes_that_the_design_explains_stay_codes(table: Table, design) -> None:
    """Where `answers` speaks of codes, the file's labels do not overrule it."""
    asked = """
[[asked]]
instrument = "self-rated-health"
role = "parent"
columns = "gezondheid"
answers = { "1" = 5, "5" = 1 }
[[asked]]
instrument = "brs"
role = "parent"
columns = "b{item}"
"""
    trajectory = design(SOURCES, asked)
    seen = answers_seen(
        table, table.header.index("gezondheid"), [trajectory.asked[0]], trajectory
    )

    assert told(seen) == ["1", "weet niet", "5"]


def test_who_and_where_come_as_labels(table: Table) -> None:
    """Roles and sites are told by their labels."""
    assert told(occasion_seen(table, table.header.index("rol"))) == ["ouder", "ouder", "kind"]
    assert told(occasion_seen(table, table.header.index("school")))[1] == "School Zuid"


def test_a_row_nobody_filled_in(tmp_path: Path) -> None:
    """An empty row of SPSS is no row, and the rows after it keep their numbers."""
    frame = pd.DataFrame({"nummer": ["P1", "", "P3"], "b1": [1.0, None, 3.0]})
    pyreadstat.write_sav(frame, tmp_path / "a.sav")
    table = read_tables(tmp_path / "a.sav", "a.sav")[0]

    assert told(table.text(0)) == ["P1", "P3"]
    assert list(table.rows) == [2, 4]

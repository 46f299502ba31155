"""A small design, and a place for exports that the tests write themselves."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from pilot.design import Trajectory, load_trajectory
from pilot.frames import Received, items_of

DESIGN = """
key = "tables"
title = { nl = "Tafels", en = "Tables" }
purpose = "reanalysis"
[about]
place = "Nergens"
what = { nl = "Eten.", en = "Eating." }
done = { nl = "Samen.", en = "Together." }
[participant]
code = "nummer"
[missing]
"99" = "not answered"
"weet niet" = "does not know"
[[roles]]
key = "parent"
label = { nl = "ouder", en = "parent" }
names = ["Ouders"]
[[roles]]
key = "child"
label = { nl = "kind", en = "child" }
ages = [8, 17]
[[sites]]
key = "noord"
label = { nl = "School Noord", en = "North School" }
[[sites]]
key = "zuid"
label = { nl = "School Zuid", en = "South School" }
[[waves]]
key = "t0"
label = { nl = "begin", en = "start" }
names = ["voor"]
opens = 2025-01-01
closes = 2025-01-31
[[waves]]
key = "t1"
label = { nl = "eind", en = "end" }
names = ["na"]
opens = 2025-06-01
closes = 2025-06-30
[[events]]
key = "attendance"
label = { nl = "aanwezigheid", en = "attendance" }
[events.kinds]
table = { nl = "eettafel", en = "table" }
[[planned]]
outcome = "brs_total"
domain = "coping"
"""
ASKED = """
[[asked]]
instrument = "brs"
role = "parent"
columns = "b{item}"
[[asked]]
instrument = "self-rated-health"
role = "parent"
columns = "gezondheid"
[[asked]]
instrument = "life-satisfaction"
role = "child"
columns = "cijfer"
"""
PARENTS = """
[[sources]]
files = "t0.csv"
wave = "t0"
role = "parent"
date_column = "datum"
"""
HEADER = ["nummer", "datum", "b1", "b2", "b3", "b4", "b5", "b6", "gezondheid"]

Designer = Callable[..., Trajectory]


@pytest.fixture(scope="session")
def design(tmp_path_factory: pytest.TempPathFactory) -> Designer:
    """Give a function that loads the small design with other sources or questions."""
    folder = tmp_path_factory.mktemp("designs")

    def make(sources: str = PARENTS, asked: str = ASKED) -> Trajectory:
        path = folder / f"{abs(hash((sources, asked)))}.toml"
        path.write_text("\n".join([DESIGN, sources, asked]), encoding="utf-8")
        return load_trajectory(path)

    return make


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give an empty folder for exports."""
    made = tmp_path / "exports"
    made.mkdir()
    return made


@pytest.fixture
def held() -> Callable[[Received], dict[tuple[str, int, str], str]]:
    """Give a function that lists every answer a bundle still holds, by file, row, column."""
    return answers_held


def answers_held(received: Received) -> dict[tuple[str, int, str], str]:
    """List every answer in the responses and in quarantine: none twice, none lost."""
    cells: dict[tuple[str, int, str], str] = {}
    frame = received.responses
    for item in items_of(frame):
        told = frame.loc[frame[item].notna(), ["file", "row", "wave", item]]
        for file, row, wave, value in told.itertuples(index=False):
            cells[f"{file} {wave}", int(row), item] = str(value)
    aside = received.quarantine[received.quarantine["column"].notna()]
    for file, row, column, value in aside[["file", "row", "column", "value"]].itertuples(
        index=False
    ):
        cells[f"{file} aside", int(row), column] = str(value)
    return cells


@pytest.fixture
def rules() -> Callable[[Received], list[str]]:
    """Give a function that lists the rules of a bundle's findings, in order."""

    def listed(received: Received) -> list[str]:
        return list(received.findings["rule"])

    return listed


@pytest.fixture
def table() -> pd.DataFrame:
    """Give three parents who answered everything."""
    return pd.DataFrame(
        [
            ["P1", "2025-01-10", "3", "4", "2", "5", "1", "3", "goed"],
            ["P2", "2025-01-11", "2", "2", "2", "2", "2", "2", "gaat wel"],
            ["P3", "2025-01-12", "5", "1", "4", "1", "4", "1", ""],
        ],
        columns=HEADER,
    )

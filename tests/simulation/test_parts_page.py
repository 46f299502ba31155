"""`docs/parts.md` says what the simulated trajectories use; nothing on it may be untrue."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from pilot.design import trajectory_names

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "parts.md"
DEMO = ROOT / "data" / "raw" / "demo"
TOLD_OF = Path(__file__).with_name("test_parts.py")
QUOTED = re.compile(r"`([^`]+)`")


@cache
def rows() -> list[tuple[list[str], str, str, str]]:
    """Return each row of the page with the trajectories it is about."""
    found, about = [], list[str]()
    for line in PAGE.read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            about = QUOTED.findall(line) or list(trajectory_names())
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("| ") and len(cells) == 4 and cells[0] != "part":
            found.append((about, *cells[1:]))
    return found


def functions_of(file: Path) -> set[str]:
    """Return the names of the tests in a file."""
    return set(re.findall(r"^def (test_\w+)", file.read_text(encoding="utf-8"), re.MULTILINE))


def test_each_trajectory_has_its_table() -> None:
    """The five, after what all of them have."""
    named = {trajectory for about, *_ in rows() for trajectory in about if len(about) == 1}

    assert named == set(trajectory_names())


def test_each_file_is_among_the_exports() -> None:
    """A pattern of files too."""
    lacking = [
        (trajectory, pattern)
        for about, files, *_ in rows()
        for trajectory in about
        for pattern in QUOTED.findall(files)
        if not list((DEMO / trajectory).glob(pattern))
    ]

    assert lacking == []


def test_each_word_of_a_design_stands_in_it() -> None:
    """Keys, keys with their value, and headings."""
    lacking = []
    for about, _, words, _ in rows():
        for trajectory in about:
            design = ROOT / "src" / "pilot" / "trajectories" / f"{trajectory}.toml"
            said = re.sub(r" +=", " =", design.read_text(encoding="utf-8"))
            named = QUOTED.findall(words)
            lacking += [(trajectory, word) for word in named if word not in said]

    assert lacking == []


def test_each_test_is_there() -> None:
    """A part whose test was renamed or taken away has none."""
    named = [tuple(QUOTED.findall(test)) for *_, test in rows()]

    assert all(len(each) == 1 for each in named), named
    for (test,) in named:
        file, name = test.split("::")
        assert name in functions_of(ROOT / file), test


@pytest.mark.parametrize("name", sorted(functions_of(TOLD_OF)))
def test_each_part_that_is_tested_stands_on_the_page(name: str) -> None:
    """A new part gets its row."""
    assert any(test.strip("`").endswith(f"::{name}") for *_, test in rows())

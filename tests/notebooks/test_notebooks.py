"""The sources in notebooks/ are whole, readable, and made from simulated data."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import nbformat
import pandas as pd
import pytest
import yaml

from pilot.design import trajectory_names
from pilot.workbench.contract import read_contract

ROOT = Path(__file__).parents[2]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
TRAJECTORIES = trajectory_names()
NAMES = [
    "01_what_came_in",
    "02_instruments_and_scores",
    "03_self_efficacy",
    "04_network_strength",
    "05_families_and_persons",
    "06_what_families_can_show",
    "report",
]
every = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


def cells_of(path: Path) -> list[Any]:
    """Return a notebook's cells."""
    return nbformat.read(path, as_version=4).cells


def code_of(path: Path) -> list[Any]:
    """Return a notebook's code cells."""
    return [cell for cell in cells_of(path) if cell.cell_type == "code"]


def tags_of(cell: Any) -> list[str]:
    """Return a cell's tags."""
    return list(cell.metadata.get("tags", []))


def test_seven_notebooks_one_question_each() -> None:
    """The seven notebooks are there, and each begins with a heading."""
    assert [path.stem for path in NOTEBOOKS] == NAMES
    for path in NOTEBOOKS:
        headings = [line for line in cells_of(path)[0].source.splitlines() if line[:2] == "# "]
        assert len(headings) == 1
        assert headings[0].endswith("?")


@every
def test_notebook_can_be_compared(path: Path) -> None:
    """Stored outputs are whole: a stripped cell would pass nbval unread."""
    cells, code = cells_of(path), code_of(path)
    tags = [tags_of(cell) for cell in code]

    assert cells[0].cell_type == "markdown", "prose comes first"
    assert "parameters" in tags[0], "the first code cell holds the parameters"
    assert not any("injected-parameters" in each for each in tags), (
        "this is a report, no source"
    )
    assert all(cell.execution_count for cell in code), "run it before you commit it"
    assert [cell.execution_count for cell in code] == list(range(1, len(code) + 1))
    assert all(len(cell.source.splitlines()) <= 12 for cell in code), "move it into src/pilot"
    assert len(code) <= 12, "more than twelve cells is two questions"


@every
def test_only_provenance_escapes_comparison(path: Path) -> None:
    """Every cell but the last, which shows what the notebook was made with, is compared."""
    code = code_of(path)

    assert [n for n, cell in enumerate(code) if "nbval-ignore-output" in tags_of(cell)] == [
        len(code) - 1
    ]
    assert code[-1].source == "provenance()"
    assert not any(re.search("nbval-skip|nbval-raises", str(tags_of(cell))) for cell in code)


@every
def test_a_notebook_tells_and_does_not_program(path: Path) -> None:
    """No function, no loop, no path, no `.style` with its random id, no warning on show."""
    for cell in code_of(path):
        tree = ast.parse(cell.source)
        banned = (ast.FunctionDef, ast.ClassDef, ast.For, ast.While, ast.Lambda)
        assert not [node for node in ast.walk(tree) if isinstance(node, banned)]
        assert ".style" not in cell.source
        assert not re.search(r"[\"'][^\"']*[/\\][^\"']*[\"']", cell.source), "ask the workbench"
        assert not [out for out in cell.outputs if out.get("name") == "stderr"]
        assert not [out for out in cell.outputs if out.output_type == "error"]


@every
def test_what_is_stored_is_simulated(path: Path) -> None:
    """An executed report of real families cannot be mistaken for a source."""
    contract = read_contract(path)

    assert contract.defaults["demo"] is True
    assert contract.defaults["trajectory"] == "krachtige-gezinnen"
    assert contract.defaults.get("data", "") == ""


@every
def test_no_clock_and_no_machine_is_stored(path: Path) -> None:
    """What the pre-commit hook would take out is out already, and no path is stored."""
    hooks = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text("utf-8"))["repos"]
    args = next(h["args"] for repo in hooks for h in repo["hooks"] if h["id"] == "nbstripout")
    command = [sys.executable, "-m", "nbstripout", "-t", *args]
    stripped = subprocess.run(
        command, input=path.read_bytes(), capture_output=True, check=True
    ).stdout

    assert json.loads(stripped) == json.loads(path.read_text("utf-8"))
    assert str(ROOT) not in path.read_text("utf-8")


@every
def test_a_notebook_stays_light(path: Path) -> None:
    """The pre-commit hook takes no file above its limit."""
    hooks = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text("utf-8"))["repos"]
    by_name = {hook["id"]: hook for repo in hooks for hook in repo["hooks"]}
    limit = int(by_name["check-added-large-files"]["args"][0].removeprefix("--maxkb="))

    assert path.stat().st_size <= limit * 1024


@pytest.mark.parametrize("trajectory", TRAJECTORIES)
@pytest.mark.parametrize("path", NOTEBOOKS[:-1], ids=lambda path: path.stem)
def test_a_notebook_answers_for_every_trajectory(path: Path, trajectory: str) -> None:
    """Only the parameters are about one trajectory: the cells run for each of them."""
    names: dict[str, Any] = {"trajectory": trajectory, "demo": True}
    with pd.option_context("display.max_colwidth", None):
        for cell in code_of(path)[1:]:
            tree = ast.parse(cell.source)
            shown = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
            exec(compile(tree, path.stem, "exec"), names)
            if shown is not None:
                what = eval(compile(ast.Expression(shown.value), path.stem, "eval"), names)
                assert repr(what)

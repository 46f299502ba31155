"""A call that cannot be right is refused before a kernel starts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pilot.errors import CallError, DesignError
from pilot.workbench.contract import Contract, read_contract

REPORT = Contract(
    "report.ipynb",
    {"trajectory": "m-power", "demo": True, "rows": 5, "share": 0.5, "languages": ["nl", "en"]},
)


def notebook(tmp_path: Path, *sources: str, tags: tuple[str, ...] = ("parameters",)) -> Path:
    """Write a notebook whose code cells all have these tags."""
    cells = [
        {"cell_type": "code", "metadata": {"tags": list(tags)}, "source": source}
        for source in sources
    ]
    path = tmp_path / "study.ipynb"
    path.write_text(json.dumps({"cells": cells}), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (
            {"trajectry": "m-power"},
            "report.ipynb, cell tagged 'parameters': declares no parameter 'trajectry'\n"
            "  mend: did you mean 'trajectory'? "
            "known: trajectory, demo, rows, share, languages",
        ),
        (
            {"rows": "abc"},
            "report.ipynb, cell tagged 'parameters': parameter 'rows' is a whole number; "
            "found 'abc' (str)\n  mend: give a whole number, such as 5",
        ),
        (
            {"rows": True},
            "report.ipynb, cell tagged 'parameters': parameter 'rows' is a whole number; "
            "found True (bool)\n  mend: give a whole number, such as 5",
        ),
        (
            {"demo": "yes"},
            "report.ipynb, cell tagged 'parameters': parameter 'demo' is true or false; "
            "found 'yes' (str)\n  mend: give true or false, such as True",
        ),
        (
            {"trajectory": "m-powr"},
            "trajectory: no trajectory is called 'm-powr'\n  mend: did you mean 'm-power'? "
            "known: krachtige-gezinnen, m-power, meet-the-parents, moeder-vadercentra, "
            "verbinding-empowerment",
        ),
        (
            {"languages": ["nl", "fr"]},
            "language: there are no reports in 'fr'\n  mend: use one of: nl, en",
        ),
    ],
)
def test_a_wrong_call_is_refused(given: dict[str, Any], told: str) -> None:
    """A misspelt name, a wrong type, an unknown word: refused, with the near name, exit 2."""
    with pytest.raises(CallError) as refused:
        REPORT.settle(given)

    assert str(refused.value) == told
    assert refused.value.exit_code == 2


def test_what_is_not_given_keeps_its_default() -> None:
    """Every parameter has a value, of the type that the notebook declares."""
    settled = REPORT.settle({"demo": False, "share": 1})

    assert settled == {**REPORT.defaults, "demo": False, "share": 1.0}
    assert isinstance(settled["share"], float)


def test_words_become_the_types_of_the_defaults() -> None:
    """What a person types is read as the notebook's type; a text stays a text."""
    words = ["rows=12", "demo=nee", "share=0.25", "languages=en, nl", "trajectory=a=b 'c'"]

    assert REPORT.read(words) == {
        "rows": 12,
        "demo": False,
        "share": 0.25,
        "languages": ["en", "nl"],
        "trajectory": "a=b 'c'",
    }


@pytest.mark.parametrize(
    ("word", "cause"),
    [
        ("rows", "has no value"),
        ("rows=many", "parameter 'rows' is a whole number; found 'many' (str)"),
        ("demo=perhaps", "parameter 'demo' is true or false; found 'perhaps' (str)"),
        ("row=5", "declares no parameter 'row'"),
    ],
)
def test_words_that_are_no_value_are_refused(word: str, cause: str) -> None:
    """A word without a value, of another type, or for another name is refused."""
    with pytest.raises(CallError) as refused:
        REPORT.read([word])

    assert refused.value.cause == cause


def test_the_notebook_is_the_contract(tmp_path: Path) -> None:
    """Names, order and defaults come from the cell tagged `parameters`, comments and all."""
    path = notebook(tmp_path, 'trajectory = "m-power"  # a name\nrows = 5\n\nlabels = ["a"]')

    assert read_contract(path).defaults == {"trajectory": "m-power", "rows": 5, "labels": ["a"]}


@pytest.mark.parametrize(
    "line", ["rows = 2 + len('abc')", "import os", "rows: int = 3", "rows = None", "a = b = 1"]
)
def test_a_parameter_is_a_literal(tmp_path: Path, line: str) -> None:
    """A cell that computes its parameters declares no types: refused, with the line."""
    with pytest.raises(DesignError) as refused:
        read_contract(notebook(tmp_path, f"demo = True\n{line}"))

    assert refused.value.cause == f"line 2 is no literal: {line}"


def test_a_notebook_without_the_cell_is_refused(tmp_path: Path) -> None:
    """A notebook whose parameters nobody can find is a fault of the notebook."""
    with pytest.raises(DesignError) as refused:
        read_contract(notebook(tmp_path, "demo = True", tags=()))

    assert str(refused.value) == (
        "study.ipynb: has 0 cells tagged 'parameters'\n"
        "  mend: tag exactly one code cell 'parameters'; it holds literals only"
    )


def test_no_notebook_no_run(tmp_path: Path) -> None:
    """A notebook that is not there is a wrong call."""
    with pytest.raises(CallError, match="there is no such notebook"):
        read_contract(tmp_path / "reprot.ipynb")

"""Storing a notebook keeps what is compared and drops what changes by itself."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from nbclient.exceptions import CellExecutionError

from pilot.errors import CallError
from pilot.workbench import store
from pilot.workbench.places import Places, places

Make = Callable[..., Path]


def test_a_stored_notebook_has_outputs_and_no_clock(make_notebook: Make) -> None:
    """Execution counts and outputs are there; times, durations and kernel names are not."""
    notebook = make_notebook("1 + 1", "print('ja')")
    store.store(notebook)
    written = json.loads(notebook.read_text("utf-8"))
    code = [cell for cell in written["cells"] if cell["cell_type"] == "code"]

    assert [cell["execution_count"] for cell in code] == [1, 2, 3]
    assert code[1]["outputs"][0]["data"]["text/plain"] == ["2"]
    assert all(set(cell["metadata"]) <= {"tags"} for cell in code)
    assert written["metadata"] == {
        "kernelspec": store.SHOWN,
        "language_info": {"name": "python"},
    }


def test_stored_again_is_the_same(make_notebook: Make) -> None:
    """Running an unchanged notebook again changes no byte."""
    notebook = make_notebook("1 + 1")
    store.store(notebook)
    first = notebook.read_bytes()
    store.store(notebook)

    assert notebook.read_bytes() == first


def test_a_notebook_that_fails_stays_as_it_was(make_notebook: Make) -> None:
    """A half-run notebook is never stored."""
    notebook = make_notebook("1 / 0")
    before = notebook.read_bytes()

    with pytest.raises(CellExecutionError):
        store.store(notebook)

    assert notebook.read_bytes() == before


def test_the_near_notebook_is_suggested(
    make_notebook: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A misspelt name is refused before anything runs."""
    folder = make_notebook("1").parent
    own = Places(places().data, places().reports, folder)
    monkeypatch.setattr(store, "places", lambda: own)

    with pytest.raises(CallError, match="did you mean 'small'"):
        store.main(["smal"])

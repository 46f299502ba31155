"""Run the notebooks and store them with their outputs: ``python -m pilot.workbench.store``.

What is stored is compared by nbval at every test, so clocks, durations and versions that
change by themselves are taken out; the pre-commit hook does the same.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient

from pilot.errors import CallError, suggestion
from pilot.workbench.kernel import started_kernel
from pilot.workbench.places import places

CLOCKS = ("papermill", "execution")
SHOWN = {"name": "python3", "display_name": "Python 3 (ipykernel)", "language": "python"}


def store(notebook: Path) -> None:
    """Run one notebook from top to bottom and write it back with its outputs.

    Raises
    ------
    nbclient.exceptions.CellExecutionError
        When a cell fails; the notebook is then as it was.
    """
    source = notebook.read_text(encoding="utf-8")
    node = nbformat.reads(source, as_version=4)  # type: ignore[no-untyped-call]
    with (
        tempfile.TemporaryDirectory(prefix="pilot-") as folder,
        started_kernel(Path(folder)) as kernel,
    ):
        NotebookClient(node, km=kernel.manager, timeout=None).execute()
    text = nbformat.writes(without_clocks(node)) + "\n"  # type: ignore[no-untyped-call]
    notebook.write_text(text, encoding="utf-8", newline="\n")


def without_clocks(node: Any) -> Any:
    """Take out of a notebook what differs at every run without a reason."""
    node.metadata = {"kernelspec": SHOWN, "language_info": {"name": "python"}}
    for cell in node.cells:
        for clock in CLOCKS:
            cell.metadata.pop(clock, None)
    return node


def main(names: Sequence[str]) -> None:
    """Store the notebooks that are named, or all of them."""
    shelf = {path.stem: path for path in sorted(places().notebooks.glob("*.ipynb"))}
    for name in names or shelf:
        if name not in shelf:
            raise CallError(
                "notebooks", f"none is called {name!r}", suggestion(name, list(shelf))
            )
        store(shelf[name])
        sys.stdout.write(f"{shelf[name]}: run and stored\n")


if __name__ == "__main__":
    main(sys.argv[1:])

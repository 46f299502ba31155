"""Small notebooks that stand in for the report where only the running is at stake."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest
from nbformat import v4, write

from pilot.workbench.places import Places, places

Make = Callable[..., Path]
REPORT_PARAMETERS = 'trajectory = "m-power"\ndemo = True\ndata = ""\nearlier = ""'
SHOWS = """
from pilot.presentation import Piece
from pilot.workbench import provenance
from IPython.display import display
display(Piece("words", "public", {"nl": "<p>Hallo gezinnen</p>", "en": "<p>Hello</p>"}))
display(Piece("lines", "team", {"nl": "<p>Een gezin</p>", "en": "<p>One family</p>"}))
display({"application/vnd.pilot.results+json": {"trajectory": trajectory, "simulated": True},
         "text/plain": "results"}, raw=True)
display({"application/vnd.pilot.published+json": {"reports": []}}, raw=True)
provenance()
"""


@pytest.fixture(scope="session")
def hashes_of() -> Callable[[Path], dict[str, str]]:
    """Return a function that gives the checksum of every file below a folder."""

    def hashes(folder: Path) -> dict[str, str]:
        found = sorted(path for path in folder.rglob("*") if path.is_file())
        return {
            path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in found
        }

    return hashes


@pytest.fixture
def make_notebook(tmp_path: Path) -> Make:
    """Return a function that writes a notebook of a parameters cell and some code cells."""

    def make(*sources: str, parameters: str = 'word = "usual"', name: str = "small") -> Path:
        cells = [v4.new_markdown_cell("# Does it run?")]
        cells.append(v4.new_code_cell(parameters, metadata={"tags": ["parameters"]}))
        for number, source in enumerate(sources, start=1):
            cells.append(v4.new_markdown_cell(f"## Step {number}"))
            cells.append(v4.new_code_cell(source.strip()))
        strange = {"name": "nobody-has-this", "display_name": "x", "language": "python"}
        notebook = v4.new_notebook(cells=cells, metadata={"kernelspec": strange})
        path = tmp_path / "notebooks" / f"{name}.ipynb"
        path.parent.mkdir(exist_ok=True)
        write(notebook, path)
        return path

    return make


@pytest.fixture
def write_report(
    make_notebook: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Path]:
    """Return a function that puts another report notebook, and reports, in a new place.

    What it returns is the folder of reports.
    """
    monkeypatch.setenv("PILOT_REPORTS", str(tmp_path / "reports"))
    here = places()
    own = Places(here.data, here.reports, tmp_path / "notebooks")
    monkeypatch.setattr("pilot.workbench.order.places", lambda: own)

    def put(*sources: str) -> Path:
        make_notebook(*(sources or (SHOWS,)), parameters=REPORT_PARAMETERS, name="report")
        return here.reports

    return put

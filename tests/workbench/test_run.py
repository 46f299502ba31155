"""A report is published whole or not at all, whatever happens while it is made."""

from __future__ import annotations

import asyncio
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from html import escape
from pathlib import Path

import pytest
from rich.console import Console

import pilot
from pilot.cli import progress
from pilot.errors import RunError
from pilot.workbench.execute import CellFailure
from pilot.workbench.order import settle
from pilot.workbench.places import places
from pilot.workbench.run import Ended, run_reports

ROOT = Path(__file__).parents[2]
Put = Callable[..., Path]
Hashes = Callable[[Path], dict[str, str]]


def test_pages_are_put_together_from_what_the_notebook_showed(write_report: Put) -> None:
    """Public pieces stand on the public pages in their language, the team's on the team's."""
    write_report()
    run = pilot.run_report("m-power", demo=True)
    nl, en, team = (
        run.paths[f"{name}.html"].read_text("utf-8") for name in ("nl", "en", "team")
    )

    assert "Hallo gezinnen" in nl
    assert "Hello" in en
    assert "Een gezin" in team
    assert "Een gezin" not in nl + en
    assert run.results == {"trajectory": "m-power", "simulated": True}


def test_a_notebook_may_ask_for_a_report(write_report: Put) -> None:
    """JupyterLab has an event loop running; a report is made all the same."""
    write_report()

    async def cell() -> Path:
        return pilot.run_report("m-power", demo=True).folder

    assert (asyncio.run(cell()) / "nl.html").is_file()


def test_one_language_is_one_page(write_report: Put) -> None:
    """With Dutch alone there is no English page, and nothing leads to one."""
    write_report()
    run = pilot.run_report("m-power", demo=True, languages=["nl"])

    assert "en.html" not in run.paths
    assert not any(
        "en.html" in run.paths[f"{name}.html"].read_text("utf-8") for name in ("index", "nl")
    )


def test_a_failed_run_keeps_the_last_good_report(write_report: Put, hashes_of: Hashes) -> None:
    """The published report stays byte for byte; a page beside it says in both languages why."""
    reports = write_report()
    good = hashes_of(pilot.run_report("m-power", demo=True).folder)
    write_report("1 + 1", "[][3]")

    with pytest.raises(CellFailure) as failed:
        pilot.run_report("m-power", demo=True)

    told = (reports / "demo" / "m-power" / "failed.html").read_text("utf-8")
    assert hashes_of(reports / "demo" / "m-power" / "latest") == good
    assert str(failed.value).startswith(
        "report.ipynb, cell 6, under 'Step 2': IndexError: list index out of range"
    )
    for english, dutch in (
        ("report.ipynb, cell 6, under 'Step 2'", "report.ipynb, cel 6, onder 'Step 2'"),
        ("not in the data: tell who looks after it", "niet in de gegevens: geef deze tekst"),
    ):
        assert [told.count(escape(said)) for said in (english, dutch)] == [1, 1]
    assert told.count(failed.value.cause) == 2, "a fault of Python has no Dutch"
    assert "Het vorige verslag is er nog" in told
    assert '<div lang="en">' in told
    assert told.count("<h1") == 1

    write_report()
    pilot.run_report("m-power", demo=True)
    assert not (reports / "demo" / "m-power" / "failed.html").exists()


def test_a_first_run_that_fails_publishes_nothing(write_report: Put) -> None:
    """No half report: the folder holds the page that says what failed, and no `latest`."""
    reports = write_report("open('stray.txt', 'w').write('x'); 1 / 0")

    with pytest.raises(RunError):
        pilot.run_report("m-power", demo=True)

    left = sorted(path.name for path in (reports / "demo" / "m-power").iterdir())
    assert [name for name in left if name != ".latest.lock"] == ["failed.html"]


@pytest.mark.parametrize(
    ("cell", "cause"),
    [
        ("1", "showed nothing that may stand on a public page"),
        (
            'from pilot.presentation import Piece\nPiece("x", "public", {"nl": "", "en": ""})',
            "showed 0 outputs of kind application/vnd.pilot.results+json, "
            "where a report has one",
        ),
    ],
)
def test_a_notebook_that_shows_no_report_publishes_none(
    write_report: Put, cell: str, cause: str
) -> None:
    """What a page needs and the notebook did not show is an error, not an empty page."""
    write_report(cell)

    with pytest.raises(RunError) as failed:
        pilot.run_report("m-power", demo=True)

    assert failed.value.cause == cause


def test_exports_that_change_meanwhile_are_not_reported(
    write_report: Put, tmp_path: Path
) -> None:
    """A report of half-copied exports would show numbers that no checksum belongs to."""
    exports = tmp_path / "exports"
    exports.mkdir()
    (exports / "SIMULATED.txt").touch()
    write_report("from pathlib import Path\n_ = (Path(data) / 'late.csv').write_text('x')")

    with pytest.raises(RunError) as failed:
        pilot.run_report("m-power", data=exports)

    assert failed.value.cause == "the exports changed while the report was being made"


def test_a_folder_with_quotes_is_a_value(write_report: Put, tmp_path: Path) -> None:
    """The path of the exports reaches the notebook as a text, whatever is in it."""
    exports = tmp_path / 'Anna\'s "nieuwe" map; import os'
    exports.mkdir()
    (exports / "SIMULATED.txt").touch()
    write_report("import sys\nsys.exit(f'it said: {data}')")

    with pytest.raises(CellFailure) as failed:
        pilot.run_report("m-power", data=exports)

    assert failed.value.cause == f"SystemExit: it said: {exports}"


def test_one_failure_leaves_the_others_alone(write_report: Put) -> None:
    """Of several runs the failing one is told, and the others are published."""
    write_report("assert trajectory != 'm-power', 'not this one'", SHOWN)
    names = ["krachtige-gezinnen", "m-power", "meet-the-parents"]
    heard: list[Ended] = []

    ended = run_reports(
        [settle(name, demo=True) for name in names], lambda *_: None, heard.append
    )

    assert [each.order.trajectory.key for each in ended] == names
    assert [each.run is not None for each in ended] == [True, False, True]
    assert "AssertionError: not this one" in str(ended[1].fault)
    assert sorted(map(id, heard)) == sorted(map(id, ended))


def test_progress_is_told_cell_by_cell(write_report: Put) -> None:
    """Whoever watches hears of every cell, up to all of them."""
    write_report()
    told: list[tuple[int, int]] = []

    run_reports([settle("m-power", demo=True)], lambda _, *at: told.append(at), lambda _: None)

    assert [done for done, _ in told] == list(range(len(told)))
    assert {of for _, of in told} == {len(told)}


SHOWN = """
from pilot.presentation import Piece
from pilot.workbench import provenance
from IPython.display import display
display(Piece("words", "public", {"nl": "<p>Hallo</p>", "en": "<p>Hello</p>"}))
display({"application/vnd.pilot.results+json": {"simulated": True}}, raw=True)
display({"application/vnd.pilot.published+json": {"reports": []}}, raw=True)
provenance()
"""


@pytest.mark.parametrize("terminal", [True, False])
def test_the_end_is_one_table(
    write_report: Put, terminal: bool, monkeypatch: pytest.MonkeyPatch, capsys
) -> None:
    """Bars on a terminal, plain lines elsewhere; at the end what became of each report."""
    write_report("assert trajectory != 'm-power'", SHOWN)
    monkeypatch.setattr(
        progress, "Console", partial(Console, force_terminal=terminal, width=200)
    )
    progress.show([settle(name, demo=True) for name in ("m-power", "meet-the-parents")])
    told = re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", capsys.readouterr().out).replace("\r", "\n")
    table = told[told.rindex("trajectory") :].split()

    assert re.search(r"^m-power: failed after \d+\.\d s", told, re.MULTILINE)
    assert re.search(r"^meet-the-parents: published after \d+\.\d s", told, re.MULTILINE)
    assert table[4:6] == ["m-power", "failed"]
    assert table[7].endswith("failed.html")
    assert table[8:10] == ["meet-the-parents", "published"]
    assert table[11].endswith("index.html")


STOPPABLE = """
import sys
from pathlib import Path
from pilot.workbench import order
from pilot.workbench.places import Places, places
own = Places(places().data, places().reports, Path(sys.argv.pop(1)))
order.places = lambda: own
from pilot.cli import main
main()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C is sent in another way there")
def test_ctrl_c_leaves_nothing_half_written(write_report: Put, hashes_of: Hashes) -> None:
    """Exit 130, the kernels have ended, the last good report is as it was."""
    reports = write_report()
    latest = pilot.run_report("m-power", demo=True).folder
    good = hashes_of(latest)
    pids = reports / "pids"
    write_report(
        f"import os, time\nopen({str(pids)!r}, 'a').write(f'{{os.getpid()}} ')\ntime.sleep(600)"
    )
    command = [sys.executable, "-c", STOPPABLE, str(reports.parent / "notebooks")]
    process = subprocess.Popen(
        [*command, "report", "m-power", "meet-the-parents", "--demo"],
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    deadline = time.monotonic() + 60
    while not (pids.exists() and len(pids.read_text().split()) == 2):
        assert time.monotonic() < deadline, "the kernels did not start"
        time.sleep(0.1)

    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=30)

    assert process.returncode == 130
    assert errors.strip() == "Stopped. Nothing was left half-written."
    assert hashes_of(latest) == good
    left = {path.name for path in (reports / "demo").glob("*/*")} - {".latest.lock"}
    assert left == {"latest"}
    for pid in pids.read_text().split():
        with pytest.raises(ProcessLookupError):
            os.kill(int(pid), 0)


def test_reports_go_where_pilot_reports_says(write_report: Put) -> None:
    """Real families' reports need not live in a clone."""
    reports = write_report()
    run = pilot.run_report("m-power", demo=True)

    assert run.folder.is_relative_to(reports)
    assert reports != ROOT / "reports"
    assert json.loads(run.paths["run.json"].read_text("utf-8"))["inputs"]
    assert places().reports == reports
    assert re.fullmatch(r"\d+\.\d+\.\d+", pilot.__version__)

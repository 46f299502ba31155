"""`pilot report` from the command line, from call to published pages."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from pilot.workbench.places import places

ROOT = Path(__file__).parents[2]


def report(reports: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run `pilot report` as a process."""
    return subprocess.run(
        [sys.executable, "-m", "pilot", "report", *words],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": str(ROOT / "src"), "PILOT_REPORTS": str(reports)},
    )


def test_a_report_in_dutch(tmp_path: Path) -> None:
    """Plain lines where there is no terminal, one table at the end, a silent stderr."""
    said = report(tmp_path, "m-power", "--demo", "--language", "nl")
    lines = said.stdout.splitlines()

    assert (said.returncode, said.stderr) == (0, "")
    assert lines[0].startswith("m-power: published after ")
    assert lines[1].split() == ["trajectory", "report", "seconds", "open"]
    assert lines[2].split()[:2] == ["m-power", "published"]
    assert lines[2].endswith(str(tmp_path / "demo" / "m-power" / "latest" / "index.html"))
    assert (tmp_path / "demo" / "m-power" / "latest" / "nl.html").is_file()
    assert not (tmp_path / "demo" / "m-power" / "latest" / "en.html").exists()


def test_a_run_that_fails_exits_with_1(tmp_path: Path) -> None:
    """Exports that cannot be read: the table says failed, stderr why, and a page for people."""
    exports = tmp_path / "exports"
    exports.mkdir()
    (exports / "intake.csv").touch()
    said = report(tmp_path / "reports", "m-power", "--demo", "--data", str(exports))
    page = tmp_path / "reports" / "demo" / "m-power" / "failed.html"

    assert said.returncode == 1
    assert "Traceback" not in said.stderr
    assert "intake.csv: is empty" in said.stderr
    assert "  mend: export the answers again, as CSV, XLSX or SAV" in said.stderr
    assert "failed" in said.stdout
    assert str(page) in said.stdout
    assert "Het verslag is niet gemaakt" in page.read_text("utf-8")


@pytest.mark.parametrize("variant", ["interim", "four-families"])
def test_the_variants_have_reports(tmp_path: Path, variant: str) -> None:
    """A wave still to come, and fewer families than may be shown, are no faults."""
    exports = places().demo / "variants" / f"krachtige-gezinnen-{variant}"
    said = report(tmp_path, "krachtige-gezinnen", "--demo", "--data", str(exports))

    assert said.returncode == 0, said.stderr

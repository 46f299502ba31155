"""How long a report takes, beside an empty papermill notebook with the same imports.

``python tests/benchmarks/report_time.py`` prints two ratios:

- one trajectory, raw export to pages in both languages, to a papermill run of a notebook
  that holds nothing but the report's imports (at most 3);
- all five trajectories, two at a time, to the same five one after the other (below 1).

Each is a whole process, as a person or a scheduler starts it. The fastest of some rounds
counts, since a machine can only be disturbed into being slower.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import nbformat

ROOT = Path(__file__).parents[2]
REPORT = ROOT / "notebooks" / "report.ipynb"
LIBRARIES = "import matplotlib.figure, numpy, pandas, pingouin, scipy.stats, statsmodels.api"
ONE_AFTER_THE_OTHER = """
import pilot
from pilot.workbench.order import settle
from pilot.workbench.run import run_reports
orders = [settle(name, demo=True) for name in pilot.design.trajectory_names()]
ended = run_reports(orders, lambda *_: None, lambda _: None, at_once=1)
raise SystemExit(any(each.fault for each in ended))
"""


def empty_notebook(folder: Path, source: str, name: str) -> Path:
    """Write a notebook that imports and does nothing else."""
    path = folder / f"{name}.ipynb"
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    cells = [nbformat.v4.new_code_cell(source)]
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernel}), path)
    return path


def imports_of_the_report() -> str:
    """Return the import cell of the report notebook."""
    cells = json.loads(REPORT.read_text("utf-8"))["cells"]
    return next(
        source
        for cell in cells
        if cell["cell_type"] == "code"
        and (source := "".join(cell["source"])).startswith(("import", "from"))
    )


def fastest(command: list[str], rounds: int, environment: dict[str, str]) -> float:
    """Return the seconds of the fastest of some runs of a command."""
    taken = []
    for _ in range(rounds):
        began = time.perf_counter()
        subprocess.run(command, check=True, env=environment, stdout=subprocess.DEVNULL)
        taken.append(time.perf_counter() - began)
    return min(taken)


def main() -> None:
    """Measure, and print each time and ratio on a line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--trajectory", default="m-power")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        environment = {**os.environ, "PILOT_REPORTS": str(folder / "reports")}
        pilot = [sys.executable, "-m", "pilot"]
        papermill = [
            sys.executable,
            "-m",
            "papermill",
            "--no-progress-bar",
            "--log-level",
            "ERROR",
        ]
        out = str(folder / "out.ipynb")

        def timed(*command: str) -> float:
            return fastest(list(command), asked.rounds, environment)

        same = empty_notebook(folder, imports_of_the_report(), "same")
        libraries = empty_notebook(folder, LIBRARIES, "libraries")
        empty = timed(*papermill, str(same), out)
        plain = timed(*papermill, str(libraries), out)
        report = timed(*pilot, "report", asked.trajectory, "--demo")
        together = timed(*pilot, "report", "--demo")
        apart = timed(sys.executable, "-c", ONE_AFTER_THE_OTHER)
    say = sys.stdout.write
    say(f"empty papermill notebook, the report's imports   {empty:6.2f} s\n")
    say(f"empty papermill notebook, its libraries only     {plain:6.2f} s\n")
    say(f"pilot report {asked.trajectory} --demo, nl and en        {report:6.2f} s\n")
    say(f"  ratio to the first                             {report / empty:6.2f}\n")
    say(f"  ratio to the second                            {report / plain:6.2f}\n")
    say(f"five reports, two at a time                      {together:6.2f} s\n")
    say(f"five reports, one after the other                {apart:6.2f} s\n")
    say(f"  ratio                                          {together / apart:6.2f}\n")


if __name__ == "__main__":
    main()

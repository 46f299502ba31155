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
EMPTY = "empty papermill notebook, the report's imports"
LIBRARIES = "empty papermill notebook, the libraries alone"
ONE = "one report, nl and en"
TOGETHER = "five reports, two at a time"
APART = "five reports, one after the other"
LOADS = "import matplotlib.figure, numpy, pandas, pingouin, scipy.stats, statsmodels.api"
ONE_AFTER_THE_OTHER = """
import pilot
from pilot.workbench.order import settle
from pilot.workbench.run import run_reports
orders = [settle(name, demo=True) for name in pilot.design.trajectory_names()]
ended = run_reports(orders, lambda *_: None, lambda _: None, at_once=1)
raise SystemExit(any(each.fault for each in ended))
"""


def notebook(folder: Path, source: str, name: str) -> str:
    """Write a notebook that imports and does nothing else."""
    path = folder / f"{name}.ipynb"
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    cells = [nbformat.v4.new_code_cell(source)]
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernel}), path)
    return str(path)


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


def measured(trajectory: str, rounds: int) -> dict[str, float]:
    """Return the seconds of each whole process, by what it does."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        environment = {**os.environ, "PILOT_REPORTS": str(folder / "reports")}
        quiet = ("--no-progress-bar", "--log-level", "ERROR")
        papermill = (sys.executable, "-m", "papermill", *quiet)
        pilot = (sys.executable, "-m", "pilot", "report")
        commands: dict[str, tuple[str, ...]] = {
            EMPTY: (*papermill, notebook(folder, imports_of_the_report(), "same")),
            LIBRARIES: (*papermill, notebook(folder, LOADS, "libraries")),
            ONE: (*pilot, trajectory, "--demo"),
            TOGETHER: (*pilot, "--demo"),
            APART: (sys.executable, "-c", ONE_AFTER_THE_OTHER),
        }
        for key in (EMPTY, LIBRARIES):
            commands[key] += (str(folder / "out.ipynb"),)
        return {
            key: fastest(list(command), rounds, environment)
            for key, command in commands.items()
        }


def main() -> None:
    """Measure, and print each time and ratio on a line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--trajectory", default="m-power")
    asked = parser.parse_args()
    took = measured(asked.trajectory, asked.rounds)
    lines = [f"{key:<58}{seconds:6.2f} s" for key, seconds in took.items()]
    for over, under in ((ONE, EMPTY), (ONE, LIBRARIES), (TOGETHER, APART)):
        lines.append(f"{over} / {under}:\n{'':<58}{took[over] / took[under]:6.2f}")
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()

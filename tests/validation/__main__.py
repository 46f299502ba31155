"""Measure every cell and write the table: ``python -m tests.validation --help``."""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
QUICK = 2

if __name__ == "__main__":
    for name in ONE_THREAD:  # before numpy is there: a process is one core's work
        os.environ[name] = "1"

from tests.validation.cells import CELLS, Cell  # noqa: E402
from tests.validation.measure import SETS  # noqa: E402
from tests.validation.page import page  # noqa: E402
from tests.validation.table import csv_text, figures, packaged, write  # noqa: E402

Rows = list[dict[str, Any]]
Work = Callable[[Cell], Rows]


def main(words: list[str] | None = None) -> None:
    """Measure and write."""
    told = _told(words)
    work = partial(figures, sets=told.sets)
    if told.quick:
        work = partial(figures, sets=QUICK, compared=1)
    table = [row for cell in measured(CELLS, work, told.processes) for row in cell]
    told.docs.mkdir(parents=True, exist_ok=True)
    told.package.mkdir(parents=True, exist_ok=True)
    write(told.docs / "validation.csv", csv_text(table))
    write(told.docs / "validation.md", page(table))
    write(told.package / "validated.csv", csv_text(packaged(table)))


def measured(cells: Sequence[Cell], work: Work, processes: int) -> Iterator[Rows]:
    """Yield each cell's rows in the order of the cells, whoever is done first."""
    if processes == 1:
        yield from _told_of(map(work, cells), len(cells))
        return
    with get_context("spawn").Pool(processes) as pool:
        yield from _told_of(pool.imap(work, cells), len(cells))


def _told_of(done: Iterable[Rows], count: int) -> Iterator[Rows]:
    started = time.perf_counter()
    for place, rows in enumerate(done, start=1):
        seconds = time.perf_counter() - started
        name = rows[0]["cell"]
        sys.stdout.write(f"{place:4d} of {count}, {seconds:6.0f} s: {name}\n")
        sys.stdout.flush()
        yield rows


def _told(words: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="tests.validation", description=__doc__)
    parser.add_argument("--sets", type=int, default=SETS, help="data sets a cell")
    parser.add_argument("--quick", action="store_true", help=f"{QUICK} data sets a cell")
    parser.add_argument("--processes", type=int, default=os.cpu_count())
    parser.add_argument("--docs", type=Path, default=ROOT / "docs")
    package = ROOT / "src" / "pilot" / "estimation"
    parser.add_argument("--package", type=Path, default=package)
    return parser.parse_args(words)


if __name__ == "__main__":
    main()

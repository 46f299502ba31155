"""How cleaning and scoring grow: 60 items of up to a million respondents, from CSV.

Prints, for each size, the time of reading, cleaning and scoring beside pyarrow's time to
read the same file, the peak memory above the bare process as a multiple of the file, and
the exponent of growth. Run it with ``python tests/benchmarks/clean_score.py [most]``.
"""

from __future__ import annotations

import json
import math
import resource
import subprocess
import sys
import tempfile
import time
from itertools import pairwise
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv

SIZES = (1_000, 10_000, 100_000, 1_000_000)
ASKED = (
    "gse-10",
    "lsns-6",
    "brs",
    "pss-10",
    "rses",
    "who-5",
    "pfw",
    "pss-4",
    "life-satisfaction",
)

DESIGN = """
key = "many"
title = { nl = "Velen", en = "Many" }
purpose = "reanalysis"
[about]
place = "Nergens"
what = { nl = "Een meting.", en = "A measurement." }
done = { nl = "Niets.", en = "Nothing." }
[[roles]]
key = "person"
label = { nl = "mensen", en = "people" }
[[waves]]
key = "once"
label = { nl = "eenmaal", en = "once" }
from_month = 0
to_month = 1
[[waves]]
key = "again"
label = { nl = "opnieuw", en = "again" }
from_month = 2
to_month = 3
[[sources]]
files = "many.csv"
wave = "once"
role = "person"
"""


def write_design(folder: Path) -> Path:
    """Write the design that asks all 60 items."""
    asked = [f'[[asked]]\ninstrument = "{key}"\nrole = "person"\n' for key in ASKED]
    planned = '[[planned]]\noutcome = "gse_10_total"\ndomain = "self_efficacy"\n'
    path = folder / "many.toml"
    path.write_text("\n".join([DESIGN, *asked, planned]), encoding="utf-8")
    return path


def write_export(folder: Path, design: Path, size: int) -> Path:
    """Write the answers of `size` respondents, some of them left empty."""
    import pilot

    rng = np.random.default_rng(20261122)
    columns = {"nummer": pa.array(np.arange(1, size + 1))}
    for form in pilot.load_trajectory(design).instruments.values():
        for item in form.items:
            answers = rng.integers(form.low(item), form.high(item) + 1, size)
            columns[item] = pa.array(answers, mask=rng.random(size) < 0.01)
    path = folder / "many.csv"
    pa.csv.write_csv(pa.table(columns), path)
    return path


def walk(folder: str) -> dict[str, float]:
    """Read, clean and score in this process; return times and the peak of memory."""
    import pilot

    trajectory = pilot.load_trajectory(Path(folder) / "many.toml")
    for room in ("read_exports", "clean", "score"):
        getattr(pilot, room)
    bare = _peak()
    marks = [time.perf_counter()]
    received = pilot.read_exports(trajectory, Path(folder))
    marks.append(time.perf_counter())
    cleaned = pilot.clean(received, trajectory)
    del received
    marks.append(time.perf_counter())
    scores = [
        pilot.score(cleaned.responses, form, confirmed=True)
        for form in trajectory.instruments.values()
    ]
    marks.append(time.perf_counter())
    assert all(len(each) == len(cleaned.responses) for each in scores)
    read, clean, score = (later - earlier for earlier, later in pairwise(marks))
    return {"read": read, "clean": clean, "score": score, "memory": _peak() - bare}


def arrow(folder: str) -> dict[str, float]:
    """Read the file with pyarrow alone, its own types."""
    start = time.perf_counter()
    table = pa.csv.read_csv(Path(folder) / "many.csv")
    return {"arrow": time.perf_counter() - start, "rows": table.num_rows}


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024.0


def _alone(what: str, folder: str, times: int = 3) -> dict[str, float]:
    """Run one step in processes of its own and keep the fastest.

    The export is written in one too: a process starts with the peak memory of its parent.
    """
    command = [sys.executable, __file__, *what.split(), folder]
    runs = [
        json.loads(subprocess.run(command, capture_output=True, check=True, text=True).stdout)
        for _ in range(times)
    ]
    return {key: min(run[key] for run in runs) for key in runs[0]}


def main(most: int) -> None:
    """Print a line a size and the exponent of growth."""
    totals = {}
    for size in (size for size in SIZES if size <= most):
        with tempfile.TemporaryDirectory() as folder:
            _alone(f"write {size}", folder, times=1)
            peer, ours = _alone("arrow", folder), _alone("walk", folder)
            bytes_ = (Path(folder) / "many.csv").stat().st_size
        total = ours["read"] + ours["clean"] + ours["score"]
        totals[size] = ours["clean"] + ours["score"]
        steps = " + ".join(f"{step} {ours[step]:.3f}" for step in ("read", "clean", "score"))
        print(
            f"{size:>9,} respondents, {bytes_ / 1e6:7.1f} MB: pyarrow {peer['arrow']:.3f} s; "
            f"{steps} s = {total / peer['arrow']:.1f} x pyarrow; "
            f"memory {ours['memory'] / bytes_:.1f} x file"
        )
    small, large = min(totals), max(totals)
    if large > small:
        grown = math.log(totals[large] / totals[small]) / math.log(large / small)
        print(f"exponent of clean + score from {small:,} to {large:,}: {grown:.2f}")


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["write", size, folder]:
            write_export(Path(folder), write_design(Path(folder)), int(size))
            print(json.dumps({}))
        case ["walk", folder]:
            print(json.dumps(walk(folder)))
        case ["arrow", folder]:
            print(json.dumps(arrow(folder)))
        case [most]:
            main(int(most))
        case _:
            main(SIZES[-1])

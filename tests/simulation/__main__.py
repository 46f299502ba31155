"""Write the simulated exports into data/raw/demo, and the truth beside the tests."""

from __future__ import annotations

import argparse
from pathlib import Path

from tests.simulation.make import make_all

ROOT = Path(__file__).resolve().parents[2]

if __name__ == "__main__":
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--data", type=Path, default=ROOT / "data" / "raw" / "demo")
    words.add_argument("--truth", type=Path, default=Path(__file__).parent / "truth")
    told = words.parse_args()
    make_all(told.data, told.truth)

"""The bootstrap beside scipy's, and the exact sign flips: both at 16 families, in one run.

    python tests/benchmarks/bootstrap_speed.py [TIMES]

Prints the median processor milliseconds of 10,000 BCa draws by `pilot.bootstrap_change` and by
``scipy.stats.bootstrap`` on the same changes, their ratio (1 or more: no slower), and those of
the exact sign-flip test with its interval, which should stay under 5. The calls alternate, so
that a busy machine slows both.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable

import numpy as np
from scipy import stats

from pilot.estimation import bootstrap_change, sign_flip

FAMILIES, DRAWS = 16, 10_000


def milliseconds(work: Callable[[], object]) -> float:
    """Return the processor time of one call."""
    start = time.process_time_ns()
    work()
    return (time.process_time_ns() - start) / 1e6


def main(times: int = 100) -> None:
    """Print the three medians and the ratio."""
    changes = np.random.default_rng(1).normal(2, 3, FAMILIES)

    def theirs() -> object:
        return stats.bootstrap(
            (changes,), np.mean, n_resamples=DRAWS, method="BCa", rng=np.random.default_rng(2)
        )

    calls: dict[str, Callable[[], object]] = {
        "pilot.bootstrap_change": lambda: bootstrap_change(changes, resamples=DRAWS),
        "scipy.stats.bootstrap": theirs,
        "pilot.sign_flip": lambda: sign_flip(changes),
    }
    taken: dict[str, list[float]] = {name: [] for name in calls}
    for turn in range(times + 3):
        for name, call in calls.items():
            one = milliseconds(call)
            if turn >= 3:
                taken[name].append(one)
    medians = {name: statistics.median(each) for name, each in taken.items()}
    print(f"{FAMILIES} families, {DRAWS} draws, median of {times} calls, processor ms")
    for name, median in medians.items():
        print(f"{name:26s}{median:8.2f}")
    ratio = medians["scipy.stats.bootstrap"] / medians["pilot.bootstrap_change"]
    print(
        f"scipy / pilot: {ratio:.1f}x    sign flips under 5 ms: "
        f"{'yes' if medians['pilot.sign_flip'] < 5 else 'no'}"
    )


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:2]))

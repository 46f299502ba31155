"""How fast mixed models are, beside R's lme4 and pbkrtest on the same data in one run.

Prints, for pilots of 16 families over 5 waves, the mean processor time from built
matrices to Kenward-Roger's df of every coefficient, and that of the whole public call; then
how time grows with the number of families. Run it with
``python tests/benchmarks/mixed_speed.py [most families]``; without Rscript, lme4 and
pbkrtest only pilot's own times are printed.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd

from pilot.estimation.mixed import kenward_roger, mixed_model
from pilot.estimation.mixed.fixed import fixed_effects, read_formula
from pilot.estimation.mixed.grouping import random_terms, read_groups
from pilot.estimation.mixed.solve import pose, solve
from pilot.estimation.mixed.used import used_rows

FORMULA = "score ~ wave"
FULL = ["months | family", "family:wave", "participant"]
CASES = {  # data: people a family, share of answers lost, dates that wander; then the groups
    "intercepts, complete": ((1, 0.0, 0.0), ["family"]),
    "intercepts, 20 % lost": ((1, 0.2, 0.0), ["family"]),
    "slopes, complete": ((1, 0.0, 0.0), ["months | family"]),
    "slopes, 20 % lost, own dates": ((1, 0.2, 1.0), ["months | family"]),
    "primary, 2 a family, complete": ((2, 0.0, 0.0), FULL),
    "primary, 2 a family, 20 % lost, own dates": ((2, 0.2, 1.0), FULL),
}

R_CODE = """
suppressMessages({library(lme4); library(pbkrtest)})
jobs <- jsonlite::fromJSON(commandArgs(TRUE)[1], simplifyVector = FALSE)
df_of_all <- function(m) {
  a <- vcovAdj(m); v <- vcov(m); p <- length(fixef(m)); rows <- diag(p)
  sapply(seq_len(p), function(i) Lb_ddf(rows[i, ], v, a))
}
timed <- function(f, times) {
  f()
  start <- sum(proc.time()[1:2])
  for (i in seq_len(times)) f()
  (sum(proc.time()[1:2]) - start) / times
}
quiet <- lmerControl(check.conv.grad = "ignore", check.conv.hess = "ignore",
                     check.conv.singular = "ignore")
out <- lapply(jobs, function(job) {
  d <- read.csv(job$file)
  for (g in c("family", "participant", "wave")) d[[g]] <- factor(d[[g]])
  formula <- as.formula(job$formula)
  parts <- lFormula(formula, d, control = quiet)
  matrices <- function() {
    f <- do.call(mkLmerDevfun, parts)
    df_of_all(mkMerMod(environment(f), optimizeLmer(f), parts$reTrms, parts$fr))
  }
  whole <- function() df_of_all(lmer(formula, d, control = quiet))
  list(matrices = timed(matrices, job$times), whole = timed(whole, job$times))
})
cat(jsonlite::toJSON(out, auto_unbox = TRUE, digits = NA))
"""


def pilots(families: int, shape: tuple[int, float, float], seed: int = 3) -> pd.DataFrame:
    """Simulate families with people in them over five waves."""
    people, lost, wander = shape
    draw = np.random.default_rng(seed)
    family = np.repeat(np.arange(families), people * 5)
    participant = np.repeat(np.arange(families * people), 5)
    wave = np.tile(np.arange(5), families * people)
    months = 6.0 * wave + wander * draw.uniform(-1, 1, len(wave)).round(2)
    score = 20 + 0.3 * wave + draw.normal(0, 1.0, len(wave))
    score += (
        draw.normal(0, 2, families)[family] + draw.normal(0, 0.1, families)[family] * months
    )
    score += draw.normal(0, 1, 5 * families)[5 * family + wave]
    score += draw.normal(0, 1, families * people)[participant]
    data = pd.DataFrame(
        {
            "family": family,
            "participant": participant,
            "wave": [f"t{number}" for number in wave],
            "months": months,
            "score": score,
        }
    )
    return data[draw.random(len(data)) >= lost].reset_index(drop=True)


def mean_seconds(work: Callable[[], object], times: int) -> float:
    """Return the mean processor time of a call, after one that is not counted."""
    work()
    start = time.process_time()
    for _ in range(times):
        work()
    return (time.process_time() - start) / times


def own_times(data: pd.DataFrame, groups: list[str], times: int) -> dict[str, float]:
    """Time pilot from built matrices, and by the whole public call."""
    used = used_rows(data, [("formula", name) for name in data.columns])
    fixed = fixed_effects(read_formula(FORMULA), used)
    terms = random_terms(read_groups(groups), used.frame)

    def from_matrices() -> object:
        solution = solve(pose(fixed.x, terms), fixed.y)
        return kenward_roger.single_df(solution.turn, kenward_roger.corrected(solution.at))

    def whole() -> object:
        return mixed_model(FORMULA, data, groups=groups).coefficients()

    return {
        "matrices": mean_seconds(from_matrices, times),
        "whole": mean_seconds(whole, times),
    }


def r_times(cases: dict[str, tuple[pd.DataFrame, list[str]]], times: int) -> list[dict] | None:
    """Time R on the same data, or return None where R or its packages are absent."""
    if shutil.which("Rscript") is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        jobs = []
        for place, (data, groups) in enumerate(cases.values()):
            file = Path(folder) / f"{place}.csv"
            data.to_csv(file, index=False)
            random = " + ".join(f"({g})" if "|" in g else f"(1 | {g})" for g in groups)
            job = {"file": str(file), "formula": f"{FORMULA} + {random}", "times": times}
            jobs.append(job)
        listed = Path(folder) / "jobs.json"
        listed.write_text(json.dumps(jobs))
        done = subprocess.run(
            ["Rscript", "-e", R_CODE, str(listed)], capture_output=True, text=True, check=False
        )
    return json.loads(done.stdout) if done.returncode == 0 else None


def main(most: int = 10_000) -> None:
    """Print the ratios, then the growth."""
    cases = {name: (pilots(16, shape), groups) for name, (shape, groups) in CASES.items()}
    theirs = r_times(cases, 10)
    print("16 families, 5 waves: processor milliseconds of pilot, of R, and R / pilot")
    print(f"{'':42s}{'from matrices':>26s}{'whole call':>26s}")
    for place, (name, (data, groups)) in enumerate(cases.items()):
        own = own_times(data, groups, 200)
        line = f"{name:42s}"
        for kind in ("matrices", "whole"):
            line += f"{own[kind] * 1e3:8.2f}"
            if theirs is not None:
                other = theirs[place][kind]
                line += f"{other * 1e3:9.1f}{other / own[kind]:8.0f}x"
        print(line)
    print("\nfour people a family, 10 % lost, own dates: seconds of the whole call")
    families = [size for size in (25, 250, 2_500, 10_000) if size <= most]
    taken = []
    for size in families:
        data = pilots(size, (4, 0.1, 1.0))
        start = time.perf_counter()
        mixed_model(FORMULA, data, groups=FULL).coefficients()
        taken.append(time.perf_counter() - start)
        print(
            f"{size:7d} families {4 * size:7d} people {len(data):8d} scores {taken[-1]:8.2f} s"
        )
    if len(families) > 2:
        grown = np.log(taken[-1] / taken[-2]) / np.log(families[-1] / families[-2])
        print(f"exponent of growth over the last step: {grown:.2f}")


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:2]))

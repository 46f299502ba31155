"""How fast simulated pilots of a plan are, beside a loop over lme4 and pbkrtest.

Prints, for plans of 16 families, the seconds in which pilot draws and analyses 10,000 pilots
(REML with Kenward-Roger), and those of a loop over R's lmer on the same scores, from read
data, without and with pbkrtest's degrees of freedom; R does the first 100 of them, and its
time is what that loop would take for all. The estimates of both are compared, too. Run it
with ``python tests/benchmarks/plan_speed.py [pilots for R]``; without Rscript, lme4 and
pbkrtest only pilot's own times are printed.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import pandas as pd

from pilot.estimation.planning.people import Pilots, Shape, draw
from pilot.estimation.planning.together import Answers
from pilot.estimation.planning.trials import mixed
from pilot.results import Assumptions

FAMILIES, PILOTS, SEED = 16, 10_000, 20250101
YEARS = (0.0, 7.0, 12.0, 19.0, 24.0)
PLANS = {
    "2 waves, 30 % lost": (Assumptions(), "(1 | family)"),
    "5 waves, 30 % lost": (Assumptions(months=YEARS), "(1 + months | family)"),
    "2 waves, 2 a family, 30 % lost": (
        Assumptions(members=2),
        "(1 | family) + (1 | family:wave) + (1 | person)",
    ),
    "5 waves, 1.5 a family, 30 % lost": (
        Assumptions(members=1.5, months=YEARS),
        "(1 + months | family) + (1 | family:wave) + (1 | person)",
    ),
}

R_CODE = """
suppressMessages({library(lme4); library(pbkrtest)})
jobs <- jsonlite::fromJSON(commandArgs(TRUE)[1], simplifyVector = FALSE)
quiet <- lmerControl(check.conv.grad = "ignore", check.conv.hess = "ignore",
                     check.conv.singular = "ignore")
out <- lapply(jobs, function(job) {
  d <- read.csv(job$file)
  for (g in c("family", "person", "wave")) d[[g]] <- factor(d[[g]])
  sets <- split(d, d$pilot)
  formula <- as.formula(paste("score ~ wave +", job$random))
  fit <- function(set) lmer(formula, set, control = quiet)
  answer <- function(set) {
    m <- fit(set); a <- vcovAdj(m); p <- length(fixef(m))
    row <- c(rep(0, p - 1), 1)
    c(fixef(m)[[p]], sqrt(a[p, p]), Lb_ddf(row, vcov(m), a))
  }
  fit(sets[[1]]); answer(sets[[1]])
  start <- sum(proc.time()[1:2]); for (set in sets) fit(set)
  plain <- (sum(proc.time()[1:2]) - start) / length(sets)
  start <- sum(proc.time()[1:2]); told <- sapply(sets, answer)
  list(lmer = plain, kr = (sum(proc.time()[1:2]) - start) / length(sets),
       pilots = as.integer(names(sets)), told = t(told))
})
cat(jsonlite::toJSON(out, auto_unbox = TRUE, digits = NA))
"""


def rows_of(pilots: Pilots, months: tuple[float, ...], most: int) -> pd.DataFrame:
    """Return the scores of the first pilots as R wants them, those with five pairs."""
    kept = np.flatnonzero(pilots.stayed[:most].sum(axis=1) >= 5)
    scores = pilots.scores[kept]
    there = pilots.last[kept][:, :, None, None] >= np.arange(len(months))
    at, family, member, wave = np.nonzero(there & np.isfinite(scores))
    return pd.DataFrame(
        {
            "pilot": kept[at],
            "family": family,
            "person": 100 * family + member,
            "wave": wave,
            "months": np.asarray(months)[wave],
            "score": scores[at, family, member, wave],
        }
    )


def r_answers(plans: list[tuple[pd.DataFrame, str]]) -> list[dict] | None:
    """Return R's times and answers, or None where R or its packages are absent."""
    if shutil.which("Rscript") is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        jobs = []
        for place, (data, random) in enumerate(plans):
            file = Path(folder) / f"{place}.csv"
            data.to_csv(file, index=False)
            jobs.append({"file": str(file), "random": random})
        listed = Path(folder) / "jobs.json"
        listed.write_text(json.dumps(jobs))
        done = subprocess.run(
            ["Rscript", "-e", R_CODE, str(listed)], capture_output=True, text=True, check=False
        )
    return json.loads(done.stdout) if done.returncode == 0 else None


def apart(own: Answers, theirs: dict) -> float:
    """Return the middle one of the largest relative differences of each pilot."""
    mine = np.array([own.estimate, own.std_error, own.df])[:, theirs["pilots"]].T
    return float(np.median(np.abs(mine / np.array(theirs["told"]) - 1).max(axis=1)))


def main(most: int = 100) -> None:
    """Print the seconds of both and their ratios."""
    own, plans = [], []
    for assumed, random in PLANS.values():
        start = time.process_time()
        pilots = draw(assumed, Shape(FAMILIES, 0.5), PILOTS, np.random.default_rng(SEED))
        answers = mixed(pilots, assumed)
        own.append((time.process_time() - start, answers))
        plans.append((rows_of(pilots, assumed.months, most), random))
    theirs = r_answers(plans)
    print(f"{PILOTS:,} pilots of {FAMILIES} families: processor seconds")
    print(
        f"{'':36s}{'pilot':>8s}"
        + f"{'lmer':>9s}{'ratio':>7s}{'with KR':>10s}{'ratio':>7s}  apart"
    )
    for place, name in enumerate(PLANS):
        seconds, answers = own[place]
        line = f"{name:36s}{seconds:8.2f}"
        if theirs is not None:
            for kind, width in (("lmer", 9), ("kr", 10)):
                other = theirs[place][kind] * PILOTS
                line += f"{other:{width}.0f}{other / seconds:6.0f}x"
            line += f"{apart(answers, theirs[place]):7.0e}"
        print(line)


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:2]))

"""From how many families an ordinal model of two waves says what it claims.

    python tests/benchmarks/ordinal_small_n.py [DATA SETS]

Simulates two waves of a ladder (a level of each family's own, logistic noise, cut-points one
apart) and prints, for the proportional odds model that conditions on the families, how many
95 % intervals hold the truth and how many data sets give none; then the same of R's ``clmm``
(normal random effects; Debian: r-cran-ordinal), and the coverage of the exact interval of
better over worse. `pilot.estimation.proportional_odds` refuses below 20 because of it.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from functools import cache

import numpy as np
from numpy.typing import NDArray

from pilot.estimation.paired_odds import odds_interval
from pilot.estimation.proportional_odds import odds_of_steps

FAMILIES = (8, 12, 16, 20, 30, 60)
CELLS = [(levels, sd, beta) for levels in (4, 6) for sd in (1.0, 2.0) for beta in (0.0, 1.0)]
R_CODE = """
suppressMessages(library(ordinal)); set.seed(1); sets <- as.integer(commandArgs(TRUE))
for (n in c(8, 16, 30)) for (beta in c(0, 1)) {
  held <- 0; none <- 0
  for (i in seq_len(sets)) {
    own <- rnorm(n, 0, 1.5)
    score <- cut(c(own + rlogis(n), own + rlogis(n) + beta), c(-Inf, -2:2, Inf), labels = FALSE)
    d <- data.frame(score = factor(score, ordered = TRUE), later = rep(0:1, each = n),
                    id = factor(rep(1:n, 2)))
    got <- tryCatch(summary(clmm(score ~ later + (1 | id), d))$coefficients["later", 1:2],
                    error = function(e) NA, warning = function(w) NA)
    if (!all(is.finite(got))) none <- none + 1
    else held <- held + (abs(got[1] - beta) <= 1.96 * got[2])
  }
  cat(sprintf("  clmm  n %2d  beta %d  covers %.3f  no fit %.3f\\n", n, beta,
              held / (sets - none), none / sets))
}
"""


def moves(families: int, cell: tuple[int, float, float], sets: int) -> NDArray[np.float64]:
    """Simulate how many steps each family of each data set moved."""
    levels, sd, beta = cell
    draw = np.random.default_rng(1977)
    cuts = np.arange(levels - 1) - (levels - 2) / 2
    own = draw.normal(0, sd, (sets, families, 1))
    felt = own + draw.logistic(size=(sets, families, 2)) + np.array([0.0, beta])
    return np.diff(np.searchsorted(cuts, felt), axis=2)[:, :, 0].astype(float)


def odds_row(families: int, cell: tuple[int, float, float], sets: int) -> tuple[float, float]:
    """Return the share of intervals that hold the truth, and of data sets without one."""
    held = none = 0
    for steps in moves(families, cell, sets):
        ups, downs = np.maximum(steps, 0), np.maximum(-steps, 0)
        if not ups.any() or not downs.any():
            none += 1
            continue
        fit = odds_of_steps(ups, downs)
        held += fit.conf_low <= np.exp(cell[2]) <= fit.conf_high
    return held / (sets - none), none / sets


def exact_row(families: int, cell: tuple[int, float, float], sets: int) -> float:
    """Return how many exact intervals hold the odds of better given that a family moves."""
    interval = cache(odds_interval)
    truth_of = np.sign(moves(200, cell, 20_000))
    truth = (truth_of > 0).sum() / (truth_of < 0).sum()
    held = some = 0
    for steps in np.sign(moves(families, cell, sets)):
        better, worse = int((steps > 0).sum()), int((steps < 0).sum())
        if better + worse:
            low, high = interval(better, worse)
            some += 1
            held += low <= truth and (high is None or truth <= high)
    return held / some


def main(sets: int = 2000) -> None:
    """Print the table."""
    for cell in CELLS:
        print(f"{cell[0]} steps, SD between families {cell[1]:g}, log odds {cell[2]:g}")
        for families in FAMILIES:
            covers, none = odds_row(families, cell, sets)
            exact = exact_row(families, cell, sets)
            print(
                f"  n {families:2d}  odds cover {covers:.3f}  no end {none:.3f}"
                f"  exact better/worse {exact:.3f}"
            )
    if shutil.which("Rscript"):
        subprocess.run(["Rscript", "-e", R_CODE, str(sets // 40)], check=False)


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:2]))

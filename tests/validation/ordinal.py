"""The ordinal version of a cell: the same scores on a ladder of six steps."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
from numpy.typing import NDArray
from tests.validation.answers import Answers, no_interval
from tests.validation.cells import Cell
from tests.validation.draw import MOVED, SPREAD, Draw, draw
from tests.validation.means import enough

from pilot.estimation.ordinal import exact_sign_test, tango_interval
from pilot.estimation.wilcoxon import wilcoxon_pratt

CUTS = SPREAD * np.array([-1.2, -0.6, 0.0, 0.6, 1.2])
NEAR = 1e-9
FOR_TRUTH = 400_000  # families drawn to know the share that moved
FOR_EACH = 100  # data sets at most for each one measured, so that a quick look is quick
STREAM = 1


def on_ladder(drawn: Draw, moved: float = 0.0) -> Draw:
    """Return the data sets with steps 1 to 6 for scores, the last wave moved first."""
    scores = drawn.scores.copy()
    scores[:, :, -1] += moved
    steps = np.where(np.isfinite(scores), 1.0 + np.searchsorted(CUTS, scores), np.nan)
    return replace(drawn, scores=steps)


def net_better(drawn: Draw) -> Answers:
    """Answer as the registry's `net_better`; nothing changed."""
    return _net(on_ladder(drawn), 0.0)


def net_better_moved(drawn: Draw) -> Answers:
    """Answer as the registry's `net_better`; everybody moved by half an SD."""
    families = min(FOR_TRUTH, FOR_EACH * drawn.scores.shape[0] * drawn.cell.families)
    return _net(on_ladder(drawn, MOVED), _true_net(drawn.cell, families))


def sign_test(drawn: Draw) -> Answers:
    """Answer as the registry's `sign_test`."""
    answers = net_better(drawn)
    return no_interval(answers.estimate, answers.p_value)


def signed_ranks(drawn: Draw) -> Answers:
    """Answer as the registry's `signed_ranks`."""
    ladder = on_ladder(drawn)
    better, worse, n = _counts(ladder)
    changes = np.sort(np.round(ladder.family_changes, 9), axis=1)
    p_value = np.array([_ranks_p(tuple(row[np.isfinite(row)])) for row in changes])
    return no_interval((better - worse) / np.maximum(n, 1), p_value).only(enough(drawn))


def _net(ladder: Draw, truth: float) -> Answers:
    better, worse, n = _counts(ladder)
    wide = np.array([_tango(*row) for row in zip(better, worse, n, strict=True)])
    answers = Answers(
        (better - worse) / np.maximum(n, 1),
        np.array([exact_sign_test(int(b), int(w)) for b, w in zip(better, worse, strict=True)]),
        np.full(len(n), np.nan),
        *wide.T,
        truth=truth,
        tested=truth == 0,
    )
    return answers.only(enough(ladder))


def _counts(ladder: Draw) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.intp]]:
    changes = ladder.family_changes
    with np.errstate(invalid="ignore"):
        better, worse = (changes > NEAR).sum(axis=1), (changes < -NEAR).sum(axis=1)
    return better, worse, np.isfinite(changes).sum(axis=1)


@cache
def _tango(better: int, worse: int, n: int) -> tuple[float, float, float, float]:
    if n == 0:
        return (float("nan"),) * 4
    b, w = int(better), int(worse)
    return (*tango_interval(b, w, int(n)), *tango_interval(b, w, int(n), conf_level=0.75))


@cache
def _ranks_p(changes: tuple[float, ...]) -> float:
    return wilcoxon_pratt(changes).p_value if changes else float("nan")


@cache
def _true_net(cell: Cell, families: int) -> float:
    """Return the share better minus the share worse in a large draw of the same cell."""
    whole = replace(cell, loss="none")
    ladder = on_ladder(draw(whole, families // cell.families, STREAM), MOVED)
    better, worse, _ = _counts(ladder)
    return float((better.sum() - worse.sum()) / ladder.family_changes.size)

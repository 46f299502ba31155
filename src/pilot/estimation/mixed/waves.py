"""What `within` says: a covariance of its own for every pair of waves."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from pilot.estimation.mixed.grouping import (
    Grouping,
    crossed,
    factorised,
    level_name,
    refuse_degenerate,
)
from pilot.estimation.mixed.refusals import refused, worded, wrong_call
from pilot.estimation.mixed.terms import Term

FAMILIES_A_WAVE = 2  # complete families for each wave that `within` asks for


def wave_term(groupings: Sequence[Grouping], within: str, frame: pd.DataFrame) -> Term:
    """Return the one term of an unstructured covariance over waves.

    Each level of the group has at most one row a wave, and every pair of waves a covariance
    of its own; no residual stands beside it.
    """
    if len(groupings) != 1 or groupings[0].slope is not None:
        raise wrong_call(
            "within",
            f"stands beside {len(groupings)} entries of groups",
            "name one group without a slope, as groups='family'",
        )
    group = groupings[0]
    codes = crossed([factorised(frame[name]) for name in group.columns])
    refuse_degenerate(group, codes, frame, also_single=False)
    where = f"within {within!r}"
    waves, labels = pd.factorize(frame[within], sort=True)
    if len(labels) < 2:
        raise refused(
            "one_level", where, "give two waves", n=len(frame), level=worded(labels[0])
        )
    places = codes * len(labels) + waves
    taken, first, times = np.unique(places, return_index=True, return_counts=True)
    if (times > 1).any():
        row = int(first[np.argmax(times > 1)])
        raise refused(
            "wave_twice",
            where,
            "average them first, or use groups without within",
            group=group.label,
            level=level_name(group, frame, row),
            wave=worded(labels[waves[row]]),
        )
    complete = int((np.bincount(taken // len(labels)) == len(labels)).sum())
    if complete < FAMILIES_A_WAVE * len(labels):
        raise refused(
            "few_complete",
            where,
            f"use groups={group.label!r} alone, whose covariance has one variance",
            n=complete,
            group=repr(group.label),
            waves=len(labels),
            needed=FAMILIES_A_WAVE * len(labels),
        )
    columns = (waves[:, None] == np.arange(len(labels))).astype(float)
    names = tuple(str(label) for label in labels)
    return Term(group.label, names, codes, int(codes.max()) + 1, columns, np.ones(len(names)))

"""Small data sets for the examples of this room: Student's sleep, and made-up ladders."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from pilot.design.outcome import Outcome
from pilot.design.text import Text
from pilot.estimation.pairs import Pairs

SLEEP = Outcome(
    "sleep", Text(nl="Uren slaap erbij", en="Hours of sleep gained"), "better", -5, 10
)
LADDER = Outcome(
    "ladder", Text(nl="Trede", en="Step"), "better", low=1, high=6, level="ordinal"
)


def sleep_pairs(left: int = 0) -> Pairs:
    """Return Student's ten patients (1908), hours of sleep gained under one drug and another.

    Of `left` more, made up, the first is known only.

    Examples
    --------
    >>> len(sleep_pairs().families), len(sleep_pairs(left=2).lost)
    (10, 2)
    """
    one = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0]
    other = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]
    lost = _people([0.5] * left, [None] * left)
    names = [f"left{i}" for i in range(left)]
    return Pairs(
        SLEEP,
        "one",
        "other",
        _people(one, other),
        lost=lost.assign(participant=names, family=names),
    )


def ladder_pairs() -> Pairs:
    """Return ten people made up at two sites, one to six on a ladder; two of them left.

    Examples
    --------
    >>> len(ladder_pairs().lost)
    2
    """
    before, after = [2, 2, 3, 1, 4, 2, 3, 5], [3, 3, 3, 2, 5, 1, 4, 5]
    sites = ["west", "west", "west", "east", "east", "west", "east", "east"]
    lost = _people([6, 1], [None, None]).assign(
        participant=["p8", "p9"], family=["p8", "p9"], site=["west", "east"]
    )
    return Pairs(LADDER, "one", "other", _people(before, after).assign(site=sites), lost=lost)


def many_on_a_ladder() -> Pairs:
    """Return 24 people made up, on steps two to five of a ladder.

    Examples
    --------
    >>> len(many_on_a_ladder().families)
    24
    """
    before = [2, 3, 4, 5] * 6
    moves = [1, 0, 1, -1, 2, 1, 0, -2, 1, 0, 2, 0, -1, 1, 1, 0, 3, -1, 1, -1, 2, 1, 0, 0]
    steps = [max(1, min(6, b + m)) for b, m in zip(before, moves, strict=True)]
    return Pairs(LADDER, "one", "other", _people(before, steps))


def _people(before: Sequence[float], after: Sequence[float | None]) -> pd.DataFrame:
    names = [f"p{i}" for i in range(len(before))]
    return pd.DataFrame(
        {
            "participant": names,
            "family": names,
            "site": pd.Series([None] * len(names), dtype="str"),
            "before": np.array(before, dtype=float),
            "after": np.array(after, dtype=float),
        }
    )

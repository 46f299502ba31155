"""Student's ten patients in two groups, for the examples of comparison."""

from __future__ import annotations

import pandas as pd

from pilot.estimation.example import SLEEP, sleep_pairs
from pilot.estimation.pairs import Pairs, complete_pairs
from pilot.estimation.plan import Versus
from pilot.frames import GROUP

TWO_GROUPS = Versus("new", "usual")
"""The groups of `two_groups`, made up: Student's patients all had both drugs."""


def group_scores() -> pd.DataFrame:
    """Return Student's patients, the last five of them said to be a group of their own.

    Examples
    --------
    >>> group_scores()["group"].value_counts().to_dict()
    {'usual': 10, 'new': 10}
    """
    people = sleep_pairs().table
    group = ["usual"] * 5 + ["new"] * 5
    return pd.concat(
        [
            people[["participant"]].assign(wave=wave, sleep=people[column], **{GROUP: group})
            for wave, column in (("one", "before"), ("other", "after"))
        ],
        ignore_index=True,
    )


def two_groups() -> Pairs:
    """Return the pairs of `group_scores`.

    Examples
    --------
    >>> len(two_groups().table)
    10
    """
    return complete_pairs(group_scores(), SLEEP, "one", "other")

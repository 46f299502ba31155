"""What changed in the way people were asked between the waves that are compared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import pandas as pd

from pilot.design import Outcome, Trajectory
from pilot.frames import CHANGES_OF_ASKING
from pilot.linkage.valid import answered_for

WAYS = ("mode", "interviewer", "language", "respondent", "interpreter", "form_version")
ANY = "any"
BY_NAME = ("interviewer", "interpreter")  # as written, so it may be somebody's name


def changes_of_asking(
    panel: pd.DataFrame, trajectory: Trajectory, waves: Sequence[str]
) -> pd.DataFrame:
    """Return, a planned outcome and way of asking, for how many it changed.

    Another mode, interviewer or language can move answers as much as a programme does: this
    stands beside the result, for the team.

    Parameters
    ----------
    panel : DataFrame
        Columns `PANEL`, then the items.
    trajectory : Trajectory
    waves : sequence of str
        The waves that estimates compare, in the order they were lived.

    Returns
    -------
    DataFrame
        Columns `CHANGES_OF_ASKING`, for each outcome with answers at two of its waves.
        `n_participants` have an answer at the first and the last of them; of `n_known` the
        way of asking is known at both; `n_changed` of these were asked in another way, in
        `n_families_changed` families; `changes` says from what to what, most frequent
        first, ``"paper > interview (3)"``; of who asked or interpreted it says nothing,
        which may be a name. The way ``any`` counts who was asked in another way at all.
        Never for the public: it may show one family.

    References
    ----------
    Bowling (2005). Mode of questionnaire administration can have serious effects on data
    quality. Journal of Public Health, 27(3), 281-291.
    """
    rows = [
        row
        for outcome in trajectory.outcomes()
        for row in _of_outcome(panel, outcome, trajectory, waves)
    ]
    made = pd.DataFrame(rows, columns=list(CHANGES_OF_ASKING))
    counts = [name for name in CHANGES_OF_ASKING if name.startswith("n_")]
    words = [name for name in CHANGES_OF_ASKING if name not in counts]
    return made.astype(dict.fromkeys(counts, "int64") | dict.fromkeys(words, "str"))


def _of_outcome(
    panel: pd.DataFrame, outcome: Outcome, trajectory: Trajectory, waves: Sequence[str]
) -> list[dict[str, Any]]:
    forms = panel[answered_for(panel, outcome, trajectory)]
    lived = [w for w in waves if w in outcome.waves and (forms["wave"] == w).any()]
    if len(lived) < 2:
        return []
    first, last = (
        forms[forms["wave"] == wave].set_index("participant") for wave in (lived[0], lived[-1])
    )
    both = first.index.intersection(last.index, sort=False)
    before, after = first.loc[both], last.loc[both]
    contrast = f"{lived[-1]} - {lived[0]}"
    about = {"outcome": outcome.key, "role": outcome.role, "contrast": contrast}
    rows = [about | {"what": way} | _changed(before, after, (way,)) for way in WAYS]
    return [about | {"what": ANY} | _changed(before, after, WAYS), *rows]


def _changed(
    before: pd.DataFrame, after: pd.DataFrame, ways: tuple[str, ...]
) -> dict[str, Any]:
    first, second = before[list(ways)], after[list(ways)]
    known = first.notna() & second.notna()
    other = (known & (first != second)).any(axis="columns")
    unit = before["family"].fillna(before.index.to_series())
    return {
        "n_participants": len(before),
        "n_known": int(known.any(axis="columns").sum()),
        "n_changed": int(other.sum()),
        "n_families_changed": int(unit[other].nunique()),
        "changes": _from_to(first[other], second[other]),
    }


def _from_to(first: pd.DataFrame, second: pd.DataFrame) -> str:
    """Return from what to what one way changed, unless that may be a name."""
    way, *more = first.columns
    if more or way in BY_NAME:
        return ""
    pairs = Counter(zip(first[way], second[way], strict=True))
    ordered = sorted(pairs.items(), key=lambda each: (-each[1], each[0]))
    return ", ".join(f"{was} > {now} ({count})" for (was, now), count in ordered)

"""Whose row it is: a person's own form, or what somebody else says of that person."""

from __future__ import annotations

import numpy as np
import pandas as pd

from pilot.cleaning.desk import answered_in
from pilot.design import Trajectory
from pilot.design.rated import columns_rated
from pilot.frames import RATED_BY, items_of


def own_and_rated(forms: pd.DataFrame, trajectory: Trajectory) -> list[pd.DataFrame]:
    """Return the people's own rows first, then those of each rater: they never meet.

    A row in which only others answered is no form of the person, whatever file it stands
    in: it is theirs, and so are its date and mode.

    Parameters
    ----------
    forms : DataFrame
        Columns `RESPONSES` and `RATED_BY`, then the answers as received.
    trajectory : Trajectory

    Returns
    -------
    list of DataFrame
        At least one; together all the rows, each once.
    """
    if not trajectory.rated:
        return [forms]
    if RATED_BY not in forms:
        forms = forms.assign(**{RATED_BY: pd.Series(None, index=forms.index, dtype="str")})
    whose = _whose(forms, trajectory)
    forms = forms.assign(**{RATED_BY: whose})
    raters = whose.dropna().unique().tolist()
    parts = [forms[whose.isna()], *(forms[whose == rater] for rater in sorted(raters))]
    return [part.reset_index(drop=True) for part in parts]


def _whose(forms: pd.DataFrame, trajectory: Trajectory) -> pd.Series:
    """Return who rates in each row; empty where the row is the person's own."""
    rated: dict[str, list[str]] = {}
    for asked in trajectory.rated:
        rated.setdefault(str(asked.rated_by), []).extend(columns_rated(trajectory, asked))
    others = {name for names in rated.values() for name in names}
    own = _holds(forms, [name for name in items_of(forms) if name not in others])
    words = np.full(len(forms), "", dtype=object)
    for rater, names in sorted(rated.items()):
        holds = _holds(forms, [name for name in dict.fromkeys(names) if name in forms])
        words[holds & ~own] += f"{rater} "
    found = pd.Series(words, index=forms.index, dtype="str").str.strip()
    return forms[RATED_BY].astype("str").fillna(found.where(found != ""))


def _holds(forms: pd.DataFrame, names: list[str]) -> np.ndarray:
    holds = np.zeros(len(forms), dtype=bool)
    for name in names:
        holds |= answered_in(forms[name])
    return holds

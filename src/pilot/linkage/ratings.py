"""What others say of people: split off from their own forms before there is any panel."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from pilot.design import Trajectory
from pilot.design.rated import columns_rated, rated_columns
from pilot.findings import finding
from pilot.frames import RATED_BY, RATINGS
from pilot.linkage.people import PERSON
from pilot.linkage.tray import Tray

ABOUT = [*PERSON, "wave"]
FIRST, DIFFER = "first file", "differ"  # columns beside a rating that stands there twice


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """Rows that came in: the people's own, and those that others filled in about them.

    An own row may hold what somebody else said of the person, in columns of their own.
    """

    own: pd.DataFrame
    others: pd.DataFrame

    @property
    def every(self) -> pd.DataFrame:
        """All the rows, the people's own first."""
        return pd.concat([self.own, self.others]) if len(self.others) else self.own


def rows_of(forms: pd.DataFrame, trajectory: Trajectory) -> Rows:
    """Tell people's own rows from those of raters; without raters, all are their own."""
    if not trajectory.rated or RATED_BY not in forms:
        return Rows(forms, forms.head(0))
    own = forms[RATED_BY].isna()
    return Rows(forms[own], forms[~own])


def own_forms(rows: Rows, trajectory: Trajectory) -> pd.DataFrame:
    """Return people's own forms, without the columns in which others rate them."""
    rated = [name for name in (RATED_BY, *rated_columns(trajectory)) if name in rows.own]
    return rows.own.drop(columns=rated) if rated else rows.own


def set_double_ratings_aside(rows: Rows, tray: Tray) -> Rows:
    """Return the rows without ratings that stand there twice for a person, wave and rater.

    One may stand in the person's own row and another in a file of the rater. The same
    answer twice counts once; of answers that differ none counts.
    """
    if not tray.trajectory.rated:
        return rows
    forms = rows.every
    again = {
        (asked.role, item): _again(forms[forms["role"] == asked.role], item)
        for asked in tray.trajectory.rated
        for item in columns_rated(tray.trajectory, asked)
        if item in forms
    }
    told = _tell_repeated_files(list(again.values()), tray)
    for (_, item), rated in again.items():
        if len(rated):
            forms = _each_once(forms, (item, rated), told, tray)
    return rows_of(forms, tray.trajectory)


def _again(rated: pd.DataFrame, item: str) -> pd.DataFrame:
    """Return the rows whose rating stands there more than once, and the file of the first."""
    held = rated[rated[item].notna()]
    again = held[held.duplicated(ABOUT, keep=False)].sort_values(["file", "row"])
    groups = again.groupby(ABOUT, sort=False)
    differ = groups[item].transform("nunique") > 1
    return again.assign(**{FIRST: groups["file"].transform("first"), DIFFER: differ})


def _tell_repeated_files(again: list[pd.DataFrame], tray: Tray) -> dict[tuple[str, str], str]:
    """Tell once of two files of which one repeats what the other says, word for word."""
    both = [rated[[FIRST, "file", DIFFER]][rated[FIRST] != rated["file"]] for rated in again]
    told: dict[tuple[str, str], str] = {}
    for files, rows in pd.concat(both).groupby([FIRST, "file"]) if both else ():
        first, second = (str(file) for file in files)
        if len(rows) > 1 and not rows[DIFFER].any():
            one = finding(
                "rated-twice",
                file=second,
                found=f"{len(rows)} ratings, the same as in {first}",
                expected="one rating a person, wave and rater",
            )
            tray.told.append(one)
            told[first, second] = str(one["id"])
    return told


def _each_once(
    forms: pd.DataFrame,
    rated: tuple[str, pd.DataFrame],
    told: dict[tuple[str, str], str],
    tray: Tray,
) -> pd.DataFrame:
    item, again = rated
    gone = again[again[DIFFER] | again.duplicated(ABOUT)]
    said = {
        about: " | ".join(f"{value:g}" for value in group[item])
        for about, group in again.groupby(ABOUT, sort=False)
    }
    where = forms.index.isin(gone.index)
    first = dict(zip(gone.index, gone[FIRST], strict=True))
    ids = [
        told.get((first[place], row["file"]))
        or tray.tell(
            "rated-twice",
            row,
            column=tray.exports.heading(item, row["role"], row["wave"], str(row["file"])),
            found=said[row["participant"], row["role"], row["wave"]],
            expected="one rating a person, wave and rater",
        )
        for place, row in forms[where].iterrows()
    ]
    return tray.set_answers_aside(forms, where, [item], ("rated-twice", ids))


def ratings_table(rows: Rows, trajectory: Trajectory) -> pd.DataFrame:
    """Return what others said of people, one row a person, wave and rater.

    Parameters
    ----------
    rows : Rows
        Those kept, each rating in one of them.
    trajectory : Trajectory

    Returns
    -------
    DataFrame
        Columns `frames.RATINGS`, then the rated items, by role, wave, rater, file and row:
        never by who it is about.
    """
    forms = rows.every
    items = [name for name in rated_columns(trajectory) if name in forms]
    parts = [part for part in _parts(forms, trajectory) if len(part)]
    if not parts:
        return forms.head(0).reindex(columns=[*RATINGS, *items])
    ordered = pd.concat(parts, ignore_index=True).sort_values(["file", "row"], kind="stable")
    joined = ordered.groupby([*ABOUT, RATED_BY], sort=False).first().reset_index()
    return _in_order(joined.reindex(columns=[*RATINGS, *items]), trajectory)


def _parts(forms: pd.DataFrame, trajectory: Trajectory) -> Iterator[pd.DataFrame]:
    """Give each rater's answers; the date of a person's own row is not the rater's."""
    theirs: dict[str, list[str]] = {}
    for asked in trajectory.rated:
        theirs.setdefault(str(asked.rated_by), []).extend(columns_rated(trajectory, asked))
    known = [name for name in RATINGS if name != RATED_BY]
    for rater, names in theirs.items():
        here = [name for name in dict.fromkeys(names) if name in forms]
        held = forms[forms[here].notna().any(axis=1)]
        dated = held["answered"].where(held[RATED_BY].notna())
        whose = pd.Series(rater, index=held.index, dtype="str")
        yield held[[*known, *here]].assign(answered=dated, **{RATED_BY: whose})


def _in_order(ratings: pd.DataFrame, trajectory: Trajectory) -> pd.DataFrame:
    role = {each.key: place for place, each in enumerate(trajectory.roles)}
    wave = {key: place for place, key in enumerate(trajectory.wave_keys)}
    places = (
        ratings["row"].to_numpy(np.int64),
        pd.factorize(ratings["file"], sort=True)[0],
        pd.factorize(ratings[RATED_BY], sort=True)[0],
        ratings["wave"].map(wave),
        ratings["role"].map(role),
    )
    return ratings.iloc[np.lexsort(places)].reset_index(drop=True)

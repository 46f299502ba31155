"""Every score of a role as arrays, for models that keep people with one wave."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from pilot.estimation.mixed.terms import Codes, Floats


@dataclass(frozen=True, slots=True, eq=False)
class Everyone:
    """Every score of one role, one place a score.

    Attributes
    ----------
    family, participant, wave : array of int, shape (n,)
        Counted from 0; `wave` in the order of `waves`.
    months : array of float, shape (n,)
        Since one's own start; NaN where not known.
    score : array of float, shape (n,)
    waves : tuple of str
        The waves that have a score, in the order they were lived.
    families : tuple of str
        The name of each family, of a family of one its person's.
    """

    family: Codes
    participant: Codes
    wave: Codes
    months: Floats
    score: Floats
    waves: tuple[str, ...]
    families: tuple[str, ...] = ()

    @property
    def n_families(self) -> int:
        """How many families have a score."""
        return int(self.family.max(initial=-1)) + 1

    @property
    def n_participants(self) -> int:
        """How many people have a score."""
        return int(self.participant.max(initial=-1)) + 1

    @property
    def n_once(self) -> int:
        """How many people have a score at one wave only."""
        return int((np.bincount(self.participant) == 1).sum())


def everyone_of(rows: pd.DataFrame, waves: Sequence[str] = ()) -> Everyone:
    """Turn rows into arrays: families, people and waves by number.

    Parameters
    ----------
    rows : DataFrame
        One row a participant and wave: ``participant, wave, score`` and, where known,
        ``family, months``. A person belongs to the first family named; whoever has none
        is a family of one. Other names and another order of rows give the same arrays.
    waves : sequence of str
        In the order they were lived; without it, the order of the rows.

    Examples
    --------
    >>> rows = pd.DataFrame(
    ...     {"participant": ["a", "a", "b"], "wave": ["m0", "m24", "m0"], "score": [1.0, 2, 3]}
    ... )
    >>> everyone_of(rows).family, everyone_of(rows).n_once
    (array([0, 0, 1]), 1)
    """
    participant, people = pd.factorize(rows["participant"])
    wave, named = pd.factorize(rows["wave"])
    order = [each for each in waves if each in set(named)] or list(named)
    place = np.array([order.index(each) for each in named], dtype=np.intp)
    months = rows["months"].to_numpy(dtype=float) if "months" in rows else np.nan
    family, homes = _families(rows, participant, people)
    given = Everyone(
        family=family,
        participant=np.asarray(participant, dtype=np.intp),
        wave=place[wave],
        months=np.broadcast_to(np.asarray(months, dtype=float), len(rows)),
        score=rows["score"].to_numpy(dtype=float),
        waves=tuple(order),
        families=tuple(homes),
    )
    return _in_order(given) if len(rows) else given


def averaged(everyone: Everyone) -> Everyone:
    """Average the members of each family at each wave.

    Examples
    --------
    >>> rows = pd.DataFrame(
    ...     {"participant": ["a", "b"], "family": "f", "wave": "m0", "score": [1.0, 4.0]}
    ... )
    >>> averaged(everyone_of(rows)).score
    array([2.5])
    """
    cell = everyone.family * len(everyone.waves) + everyone.wave
    size = np.bincount(cell)
    kept = np.flatnonzero(size)
    if len(kept) == len(cell):
        return replace(everyone, participant=everyone.family)
    size = size[kept]
    return replace(
        everyone,
        family=kept // len(everyone.waves),
        participant=kept // len(everyone.waves),
        wave=kept % len(everyone.waves),
        months=np.bincount(cell, everyone.months)[kept] / size,
        score=np.bincount(cell, everyone.score)[kept] / size,
    )


def _families(
    rows: pd.DataFrame, participant: Codes, people: pd.Index[Any]
) -> tuple[Codes, pd.Index[Any]]:
    """Return the family of each row, the first that was named for its person, and names."""
    if "family" not in rows:
        return participant, people
    named, names = pd.factorize(rows["family"])
    known = np.flatnonzero(named >= 0)[::-1]
    of_person = np.arange(len(people)) + len(names)
    of_person[participant[known]] = named[known]
    family, first = pd.factorize(of_person[participant])
    every = np.concatenate([np.asarray(names, dtype=object), np.asarray(people, dtype=object)])
    return np.asarray(family, dtype=np.intp), pd.Index(every[first])


def _in_order(everyone: Everyone) -> Everyone:
    """Put families and people in an order that only their answers decide.

    So that sums, and with them the last digit, owe nothing to pseudonyms or files.
    """
    person = _ranked(_of_people(everyone))
    family = _ranked(_of_families(everyone, person))
    first = np.lexsort(
        (
            everyone.wave,
            everyone.participant,
            person[everyone.participant],
            everyone.family,
            family[everyone.family],
        )
    )
    families, homes = pd.factorize(everyone.family[first])
    people, _ = pd.factorize(everyone.participant[first])
    return Everyone(
        family=np.asarray(families, dtype=np.intp),
        participant=np.asarray(people, dtype=np.intp),
        wave=everyone.wave[first],
        months=everyone.months[first],
        score=everyone.score[first],
        waves=everyone.waves,
        families=tuple(everyone.families[home] for home in homes),
    )


def _of_people(everyone: Everyone) -> Floats:
    """Return one row a person: scores by wave, then months."""
    waves = len(everyone.waves)
    table = np.full((everyone.n_participants, 2 * waves), -np.inf)
    table[everyone.participant, everyone.wave] = everyone.score
    months = np.nan_to_num(everyone.months, nan=-np.inf)
    table[everyone.participant, waves + everyone.wave] = months
    return table


def _of_families(everyone: Everyone, person: Codes) -> Floats:
    """Return one row a family: the ranks of its members, lowest first."""
    home = np.zeros(len(person), dtype=np.intp)
    home[everyone.participant] = everyone.family
    first = np.lexsort((person, home))
    size = np.bincount(home)
    seat = np.arange(len(first)) - np.repeat(np.cumsum(size) - size, size)
    table = np.full((len(size), int(size.max())), -1.0)
    table[home[first], seat] = person[first]
    return table


def _ranked(table: Floats) -> Codes:
    """Return the rank of each row; equal rows share one."""
    _, rank = np.unique(table, axis=0, return_inverse=True)
    return np.asarray(rank, dtype=np.intp).ravel()

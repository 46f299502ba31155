"""An order of rows that follows from the answers alone, so that sums come out alike."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Places = NDArray[np.intp]


def by_content(rows: pd.DataFrame) -> Places:
    """Return in which order to put the rows of `rows_of`, whatever people are called.

    People are ordered by their scores and months at each wave, families by those of their
    members, then by site, which the design names. Who stands alike in all of that may
    change places without changing a number, so a sum over rows in this order has the same
    last digit whatever the order of the export and whatever the pseudonyms.

    Parameters
    ----------
    rows : DataFrame
        ``participant, family, site, wave, months, score``, each person once a wave.

    Returns
    -------
    array of int
        Places of the rows, to be taken in this order.

    Examples
    --------
    >>> rows = pd.DataFrame(
    ...     {
    ...         "participant": ["a", "b"],
    ...         "family": ["f", "g"],
    ...         "site": "west",
    ...         "wave": "t0",
    ...         "months": 0.0,
    ...         "score": [5.0, 3.0],
    ...     }
    ... )
    >>> by_content(rows)
    array([1, 0])
    """
    person, people = pd.factorize(rows["participant"])
    waves = pd.Categorical(rows["wave"])
    known = np.full((len(people), 2 * len(waves.categories)), -np.inf)
    for side, column in enumerate(("score", "months")):
        values = rows[column].to_numpy(dtype=float, na_value=-np.inf)
        known[person, 2 * waves.codes.astype(np.intp) + side] = values
    rank = _ranks(known)[person]
    home = _first_known(rows["family"], person, len(people))[person]
    site = pd.Categorical(rows["site"]).codes
    family = _ranks(np.column_stack([_members(home, person, rank), _first(site, home)]))
    return np.lexsort((waves.codes, rank, family[home]))


def _ranks(table: Floats) -> Places:
    """Return the place of each row of a table among its different rows."""
    _, place = np.unique(table, axis=0, return_inverse=True)
    return np.asarray(place, dtype=np.intp).ravel()


def _first_known(family: pd.Series, person: Places, people: int) -> Places:
    """Return each person's family by number; whoever has none is one alone."""
    named, names = pd.factorize(family)
    known = np.flatnonzero(named >= 0)[::-1]
    home = np.arange(people) + len(names)
    home[person[known]] = named[known]
    return np.asarray(pd.factorize(home)[0], dtype=np.intp)


def _members(home: Places, person: Places, rank: Places) -> Floats:
    """Return each family's members by rank, smallest first, with nobody as -1."""
    each = pd.DataFrame({"home": home, "person": person, "rank": rank}).drop_duplicates()
    each = each.sort_values(["home", "rank"], kind="stable")
    place = each.groupby("home").cumcount().to_numpy()
    table = np.full((int(home.max(initial=-1)) + 1, int(place.max(initial=0)) + 1), -1.0)
    table[each["home"], place] = each["rank"]
    return table


def _first(site: NDArray[np.int8], home: Places) -> NDArray[np.int8]:
    """Return a site of each family, the last by name where its rows name several."""
    highest = np.full(int(home.max(initial=-1)) + 1, -1, dtype=site.dtype)
    np.maximum.at(highest, home, site)
    return highest

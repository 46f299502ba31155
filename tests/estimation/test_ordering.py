"""An order that follows from the answers: whoever is called what, the sums are the same."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from pilot.estimation.ordering import by_content

CONTENT = ["site", "wave", "months", "score"]


def rows(seed: int) -> pd.DataFrame:
    """Draw three waves of people in families of one to three, some alike, some absent."""
    drawn = np.random.default_rng(seed)
    people = [(f"p{i}", f"f{i // 2}" if i % 3 else None) for i in range(24)]
    table = pd.DataFrame(
        [
            (person, family, "north" if i < 12 else "south", wave, months)
            for i, (person, family) in enumerate(people)
            for wave, months in (("t0", 0.0), ("t1", 12.0), ("t2", np.nan))
        ],
        columns=["participant", "family", "site", "wave", "months"],
    )
    table["score"] = drawn.integers(1, 4, len(table)) / 3
    return table[drawn.random(len(table)) < 0.8].reset_index(drop=True)


def otherwise(table: pd.DataFrame, seed: int) -> pd.DataFrame:
    """Return the same people under other names, in another order."""
    drawn = np.random.default_rng(seed)
    renamed = table.copy()
    for column in ("participant", "family"):
        names = table[column].dropna().unique()
        new = dict(zip(names, drawn.permutation(len(names)), strict=True))
        renamed[column] = table[column].map(new).map(lambda n: None if n != n else f"n{n}")
    return renamed.iloc[drawn.permutation(len(renamed))].reset_index(drop=True)


@pytest.mark.parametrize("seed", range(12))
def test_names_and_the_order_of_rows_change_nothing(seed: int) -> None:
    """The content comes out in the same order, and the people's structure with it."""
    first, second = rows(seed), otherwise(rows(seed), seed + 100)
    one, other = (table.iloc[by_content(table)] for table in (first, second))

    pd.testing.assert_frame_equal(
        one[CONTENT].reset_index(drop=True), other[CONTENT].reset_index(drop=True)
    )
    for table in (one, other):
        assert sorted(by_content(table)) == list(range(len(table)))


@pytest.mark.parametrize("seed", range(12))
def test_family_sums_come_out_alike_to_the_last_digit(seed: int) -> None:
    """Means of members, in the order families appear, are equal and not only close."""
    told = [
        (t["score"] / 7).groupby(t["family"], sort=False).mean().sort_values().to_list()
        for t in (
            rows(seed).iloc[by_content(rows(seed))],
            otherwise(rows(seed), 5).iloc[by_content(otherwise(rows(seed), 5))],
        )
    ]

    assert told[0] == told[1]


def test_nobody_is_in_no_order() -> None:
    """A table without rows gives an order without places."""
    assert list(by_content(rows(1).head(0))) == []

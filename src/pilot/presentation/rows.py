"""The rows of a table, and single cells, as the team's page writes them."""

from __future__ import annotations

from typing import Any

import pandas as pd

from pilot.presentation.words import Words

MOST_ROWS = 500


def rows_of(table: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the first rows of a table, as many as a page can hold."""
    records = table.head(MOST_ROWS).to_dict("records")
    return [{str(key): value for key, value in row.items()} for row in records]


def day_told(words: Words, day: Any) -> str:
    """Return a day in words; a dash where it is not known."""
    return words("number.dash") if pd.isna(day) else words.day(day)


def number_told(words: Words, value: Any) -> str:
    """Return a number with at most one decimal, or a word; a dash where there is none."""
    if pd.isna(value):
        return words("number.dash")
    return value if isinstance(value, str) else words.plain(value, 1)

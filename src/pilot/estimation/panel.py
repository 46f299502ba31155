"""What estimation asks of a table of scores, and its rows for one outcome."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from pilot.design.outcome import Outcome
from pilot.errors import EstimationError, suggestion
from pilot.estimation.ordering import by_content
from pilot.frames import GROUP

NEEDED = ("participant", "wave")
CARRIED = ("family", "site", "months")


def rows_of(scores: pd.DataFrame, outcome: Outcome, waves: Sequence[str]) -> pd.DataFrame:
    """Return the scores of one outcome's role, one row a participant and wave.

    Parameters
    ----------
    scores : DataFrame
        ``participant, family, site, role, wave, months`` and a column an outcome.
    outcome : Outcome
        Its key names the column. Only rows of its role count, so that what a coach filled
        in about somebody never meets what they said themselves; where no row has a role,
        all count.
    waves : sequence of str
        In the order they were lived; rows of other waves are not looked at.

    Returns
    -------
    DataFrame
        ``participant, family, site, wave, months, score``; rows without a score are left
        out. Within a wave they stand in an order that follows from the answers alone
        (`by_content`), so that neither the export's order nor a pseudonym moves a digit.
    """
    _refuse_lacking_columns(scores, outcome)
    wanted = scores.loc[scores["wave"].isin(list(waves)) & _in_role(scores, outcome)]
    rows = wanted.reindex(columns=[*NEEDED, *CARRIED, *([GROUP] if GROUP in wanted else [])])
    rows["score"] = _numbers(wanted[outcome.key], outcome)
    _refuse_twice(rows)
    rows = rows[rows["score"].notna()]
    rows = rows.iloc[by_content(rows)]
    order = rows["wave"].map({wave: place for place, wave in enumerate(waves)})
    return rows.iloc[np.argsort(order.to_numpy(), kind="stable")].reset_index(drop=True)


def _in_role(scores: pd.DataFrame, outcome: Outcome) -> pd.Series:
    if "role" in scores and scores["role"].notna().any():
        return scores["role"] == outcome.role
    return pd.Series(True, index=scores.index)


def _numbers(column: pd.Series, outcome: Outcome) -> pd.Series:
    try:
        numbers = column.astype(float)
    except (TypeError, ValueError):
        text = column[pd.to_numeric(column, errors="coerce").isna() & column.notna()]
        raise EstimationError(
            where=f"scores, column {outcome.key!r}",
            cause=f"holds {text.iloc[0]!r}, which is no number",
            mend="score the clean responses again, or mend the export",
        ) from None
    infinite = int(np.isinf(numbers.to_numpy()).sum())
    if infinite:
        raise EstimationError(
            where=f"scores, column {outcome.key!r}",
            cause=f"holds {infinite} infinite value(s)",
            mend="find the division by zero that made them, or leave them empty",
        )
    return numbers


def _refuse_lacking_columns(scores: pd.DataFrame, outcome: Outcome) -> None:
    known = [str(name) for name in scores.columns]
    for name in (*NEEDED, outcome.key):
        if name not in known:
            raise EstimationError(
                where="scores",
                cause=f"has no column {name!r}",
                mend=suggestion(name, known),
            )


def _refuse_twice(rows: pd.DataFrame) -> None:
    nameless = int(rows["participant"].isna().sum())
    if nameless:
        raise EstimationError(
            where="scores, column 'participant'",
            cause=f"is empty in {nameless} row(s)",
            mend="link the waves first: every row belongs to somebody",
        )
    twice = rows.duplicated(["participant", "wave"])
    if twice.any():
        first = rows[twice].iloc[0]
        same = (rows["participant"] == first["participant"]) & (rows["wave"] == first["wave"])
        raise EstimationError(
            where=f"scores, wave {first['wave']!s}",
            cause=f"participant {first['participant']!s} stands there {int(same.sum())} times",
            mend="keep one row a participant and wave; the findings name the duplicates",
        )

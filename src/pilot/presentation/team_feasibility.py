"""For the team: the table of feasibility, unrounded."""

from __future__ import annotations

from typing import Any

import pandas as pd

from pilot.presentation.feasibility import (
    feasibility_columns,
    feasibility_row,
    plain_count,
    unknown,
)
from pilot.presentation.markup import Table, paragraph, section
from pilot.presentation.piece import Piece, in_both
from pilot.presentation.words import Words
from pilot.results import Study


def team_feasibility(study: Study) -> Piece:
    """Return what was reached, took part and came back, against the lines of the design."""

    def write(words: Words) -> str:
        return section(
            "team-feasibility",
            words.language,
            words("feasibility.title"),
            paragraph(words("feasibility.team_intro")),
            _table(words, study).html(),
        )

    return in_both("team-feasibility", "team", write)


def _table(words: Words, study: Study) -> Table:
    role = study.trajectory.outcomes()[0].role
    people = bool(study.started.loc[study.started["role"] == role, "family"].isna().all())
    records = study.feasibility.to_dict("records")
    rows = tuple(_row(words, study, dict(row) | {"people": people}) for row in records)
    return Table(words("feasibility.caption"), feasibility_columns(words), rows, kind="wide")


def _row(words: Words, study: Study, row: dict[Any, Any]) -> tuple[str, ...]:
    dash = words("number.dash")
    count, base, share = (row[name] for name in ("count", "base", "share"))
    told = (
        unknown(words, row) if pd.isna(count) else plain_count(words, row),
        dash if pd.isna(base) else words.plain(base),
        dash if pd.isna(share) else words.percent(share),
    )
    return feasibility_row(words, study.trajectory, row, told)

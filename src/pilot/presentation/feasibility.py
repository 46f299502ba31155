"""Whether measuring and taking part worked, against lines drawn beforehand."""

from __future__ import annotations

from typing import Any

import pandas as pd

from pilot.presentation.markup import Column, Table, paragraph, section
from pilot.presentation.piece import Piece, in_both
from pilot.presentation.saying import number_of, wave_label
from pilot.presentation.words import Words
from pilot.results import Disclosed, PublicCount


def feasibility_section(disclosed: Disclosed) -> Piece:
    """Return the feasibility table: counts, rounded shares and go, adapt or stop."""
    return in_both("feasibility", "public", lambda words: _section(words, disclosed))


def _section(words: Words, disclosed: Disclosed) -> str:
    table = disclosed.feasibility
    if table.empty:
        body = paragraph(words("feasibility.none"))
    else:
        body = _table(words, disclosed).html() + paragraph(words("feasibility.hidden"), "note")
    return section(
        "feasibility",
        words.language,
        words("feasibility.title"),
        paragraph(words("feasibility.intro")),
        body,
    )


def _table(words: Words, disclosed: Disclosed) -> Table:
    records = disclosed.feasibility.to_dict("records")
    rows = tuple(_row(words, disclosed, dict(row)) for row in records)
    names = ("measure", "who", "count", "base", "share", "line")
    columns = tuple(
        Column(words(f"feasibility.{name}"), numbers=name in ("count", "base", "share"))
        for name in names
    )
    return Table(words("feasibility.caption"), columns, rows)


def _row(words: Words, disclosed: Disclosed, row: dict[Any, Any]) -> tuple[str, ...]:
    dash = words("number.dash")
    count, base, share, line = (row[name] for name in ("count", "base", "share", "line"))
    if row["measure"] == "minutes" and count is not None:
        count = round(count / 60)
    measure = row["measure"]
    if measure == "cost_per_family" and disclosed.role not in disclosed.family_roles:
        measure = "cost_per_participant"
    return (
        measure_label(words, measure),
        _who(words, disclosed, row),
        _told(words, count),
        _told(words, base),
        dash if pd.isna(share) else words.percent(share),
        dash if pd.isna(line) else words(f"feasibility.{line}"),
    )


def _told(words: Words, count: PublicCount | float | None) -> str:
    if isinstance(count, PublicCount):
        return number_of(words, count)
    return words("number.dash") if count is None or pd.isna(count) else words.plain(count)


def measure_label(words: Words, measure: str) -> str:
    """Return what a feasibility measure is called; an unknown one by its own name."""
    key = f"measure.{measure}"
    return words(key) if words.has(key) else measure.replace("_", " ").replace("-", " ")


def _who(words: Words, disclosed: Disclosed, row: dict[Any, Any]) -> str:
    said = []
    if not pd.isna(row["role"]):
        said.append(disclosed.trajectory.role(row["role"]).label.in_(words.language))
    if not pd.isna(row["wave"]):
        said.append(wave_label(words, disclosed.trajectory, row["wave"]))
    return ", ".join(said)

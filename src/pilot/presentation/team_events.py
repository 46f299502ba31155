"""For the team: the dose of each family, roles, requests still open, help, principles."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from pilot.presentation.markup import Column, Table, heading, paragraph, section
from pilot.presentation.piece import Piece, in_both
from pilot.presentation.rows import day_told, number_told, rows_of
from pilot.presentation.saying import site_label, unit
from pilot.presentation.team_goals import goals_told
from pilot.presentation.team_requests import giving_told, open_told, waits_told
from pilot.presentation.team_roles import fidelity_told, moves_told, rates_told
from pilot.presentation.words import Words
from pilot.results import Study

ENOUGH = 0.75
OTHERS = (
    rates_told,
    moves_told,
    waits_told,
    open_told,
    giving_told,
    fidelity_told,
    goals_told,
)


def team_events(study: Study) -> Piece:
    """Return what happened, a family, centre, request and goal a line."""

    def write(words: Words) -> str:
        parts = [part for told in (_dose, *OTHERS) for part in told(words, study)]
        return section(
            "team-events",
            words.language,
            words("team_events.title"),
            paragraph(words("team_events.intro" if parts else "events.none")),
            *parts,
        )

    return in_both("team-events", "team", write)


def _dose(words: Words, study: Study) -> Iterator[str]:
    families, planned = study.happened.families, study.happened.planned
    if families.empty:
        return
    sessions = families["sessions"].astype(float)
    n = int(sessions.notna().sum())
    quarters = [words.plain(float(sessions.quantile(part)), 1) for part in (0.25, 0.5, 0.75)]
    known = bool(families["family"].notna().any())
    parts = {
        "n": words.whole(n),
        "unit": unit(words, known),
        **dict(zip(("low", "median", "high"), quarters, strict=True)),
    }
    yield heading(words("team_events.dose_title"), 3)
    if n:
        yield paragraph(words("team_events.dose", **parts))
    if n < len(families):
        gone = {"n": words.whole(len(families) - n), "all": words.whole(len(families))}
        yield paragraph(words("team_events.dose_unknown", **gone, unit=parts["unit"]))
    if planned and n:
        enough = int((sessions >= ENOUGH * planned).sum())
        yield paragraph(
            words(
                "team_events.dose_enough",
                planned=words.whole(planned),
                enough=words.whole(enough),
                share=words.percent(enough / n),
            )
        )
    names = ("sessions", "hours", "first", "last", "span", "gap")
    columns = (
        Column(words("team_events.family" if known else "team_events.person")),
        Column(words("team.site")),
        *(Column(words(f"team_events.{name}"), numbers=True) for name in names),
    )
    rows = tuple(_family(words, study, row) for row in rows_of(families))
    table = Table(words("team_events.dose_caption"), columns, rows, kind="wide")
    yield (table if families["site"].notna().any() else table.without(1)).html()


def _family(words: Words, study: Study, row: dict[str, Any]) -> tuple[str, ...]:
    who = row["participant"] if pd.isna(row["family"]) else row["family"]
    return (
        str(who),
        site_label(words, study.trajectory, row["site"]),
        words("feasibility.not_recorded")
        if pd.isna(row["sessions"])
        else words.whole(row["sessions"]),
        number_told(words, row["minutes"] / 60),
        day_told(words, row["first"]),
        day_told(words, row["last"]),
        number_told(words, row["span_days"]),
        number_told(words, row["longest_gap_days"]),
    )

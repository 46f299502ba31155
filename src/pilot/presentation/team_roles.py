"""For the team: who took which role, a centre a line, and how it kept to the principles."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from pilot.presentation.events import period_label
from pilot.presentation.markup import Column, Table, details, heading, paragraph
from pilot.presentation.rows import day_told, rows_of
from pilot.presentation.saying import site_label
from pilot.presentation.words import Words
from pilot.results import Study


def rates_told(words: Words, study: Study) -> Iterator[str]:
    """Return how often people took a further role, a site and together."""
    rates = study.happened.rates
    if rates.empty:
        return
    names = ("people", "moved_up", "years", "rate", "share")
    columns = (
        Column(words("team.site")),
        *(Column(words(f"team_events.{name}"), numbers=True) for name in names),
    )
    rows = tuple(_rate(words, study, row) for row in rows_of(rates))
    yield heading(words("team_events.rates_title"), 3)
    yield paragraph(words("team_events.rates_intro"))
    yield Table(words("team_events.rates_caption"), columns, rows).html()


def _rate(words: Words, study: Study, row: dict[str, Any]) -> tuple[str, ...]:
    nl = words.language == "nl"
    refused = str(row["reason_nl"] if nl else row["reason"]) if pd.isna(row["rate"]) else ""
    a_year = refused or words(
        "team_events.interval",
        value=words.number(row["rate"], 2),
        low=words.number(row["conf_low"], 2),
        high=words.number(row["conf_high"], 2),
    )
    share = words("number.dash")
    if not pd.isna(row["share"]):
        names = {"value": "share", "low": "share_low", "high": "share_high"}
        percents = {gap: words.percent(row[name]) for gap, name in names.items()}
        share = words("team_events.interval", **percents)
    everywhere = pd.isna(row["site"])
    site = site_label(words, study.trajectory, row["site"])
    return (
        words("team.all_sites") if everywhere else site,
        words.whole(row["people"]),
        words.whole(row["moved_up"]),
        words.number(row["years"], 1),
        a_year,
        share,
    )


def moves_told(words: Words, study: Study) -> Iterator[str]:
    """Return every change of role, folded."""
    moves = study.happened.moves
    if moves.empty:
        return
    roles = {
        kind: label.in_(words.language)
        for event in study.trajectory.events
        if event.means == "role"
        for kind, label in event.kinds.items()
    }
    rows = tuple(
        (
            str(row["participant"]),
            site_label(words, study.trajectory, row["site"]),
            roles.get(row["left"], str(row["left"])),
            roles.get(row["taken"], str(row["taken"])),
            day_told(words, row["date"]),
        )
        for row in rows_of(moves)
    )
    names = ("team_events.person", "team.site", "team_events.left", "team_events.taken",
             "team_events.from_day")  # fmt: skip
    columns = tuple(Column(words(name)) for name in names)
    table = Table(words("team_events.moves_caption"), columns, rows)
    yield details(words("team_events.moves_title", n=words.whole(len(moves))), table.html())


def fidelity_told(words: Words, study: Study) -> Iterator[str]:
    """Return how sites kept to the principles, a half-year a row."""
    table = study.happened.fidelity
    if table.empty:
        return
    rows = tuple(
        (
            site_label(words, study.trajectory, row["site"]),
            period_label(words, row["period"]),
            *(words.whole(row[name]) for name in ("asked", "kept", "partly", "not_kept")),
            words.percent(row["share"]),
        )
        for row in rows_of(table)
    )
    numbers = ("answered", "kept", "partly", "not_kept", "share_kept")
    columns = (
        Column(words("team.site")),
        Column(words("events.period")),
        *(Column(words(f"team_events.{name}"), numbers=True) for name in numbers),
    )
    yield heading(words("events.kept_title"), 3)
    yield Table(words("team_events.kept_caption"), columns, rows).html()

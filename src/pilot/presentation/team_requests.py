"""For the team: requests and how long they took, and help given and received."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from pilot.presentation.markup import Column, Table, heading, paragraph
from pilot.presentation.rows import day_told, number_told, rows_of
from pilot.presentation.words import Words
from pilot.results import Study


def waits_told(words: Words, study: Study) -> Iterator[str]:
    """Return how long requests took."""
    waits, requests = study.happened.waits, study.happened.requests
    if waits.empty:
        return
    yield heading(words("team_events.requests_title"), 3)
    states = requests["state"].value_counts()
    counts = {
        name: words.whole(int(states.get(name, 0)))
        for name in ("open", "matched", "fulfilled", "withdrawn", "unclear")
    }
    yield paragraph(words("team_events.states", **counts))
    for row in rows_of(waits):
        yield paragraph(_wait(words, row))


def _wait(words: Words, row: dict[str, Any]) -> str:
    stage = words(f"team_events.until_{row['stage']}")
    parts = {"stage": stage, "n": words.whole(row["n"]), "done": words.whole(row["done"])}
    if not pd.isna(row["reason"]):
        reason = row["reason_nl"] if words.language == "nl" else row["reason"]
        return words("team_events.wait_refused", **parts, reason=str(reason))
    columns = {"median": "median_days", "low": "conf_low", "high": "conf_high"}
    ends = {name: number_told(words, row[column]) for name, column in columns.items()}
    key = "wait_open" if pd.isna(row["median_days"]) else "wait"
    return words(f"team_events.{key}", **parts, **ends)


def open_told(words: Words, study: Study) -> Iterator[str]:
    """Return the requests that are still open, longest first."""
    requests = study.happened.requests
    if requests.empty:
        return
    waiting = requests[requests["state"].isin(["open", "matched", "unclear"])]
    if waiting.empty:
        return
    days = (pd.to_datetime(waiting["until"]) - pd.to_datetime(waiting["asked"])).dt.days
    longest = waiting.assign(days=days).sort_values("days", ascending=False, kind="stable")
    labels = {
        kind: label.in_(words.language)
        for event in study.trajectory.events
        if event.means == "request"
        for kind, label in event.kinds.items()
    }
    rows = tuple(
        (
            str(row["family"] if pd.isna(row["participant"]) else row["participant"]),
            labels.get(row["kind"], number_told(words, row["kind"])),
            day_told(words, row["asked"]),
            words(f"team_events.state_{row['state']}"),
            number_told(words, row["days"]),
        )
        for row in rows_of(longest)
    )
    names = ("person", "request", "asked", "state", "days_open")
    columns = tuple(
        Column(words(f"team_events.{name}"), numbers=name == "days_open") for name in names
    )
    yield Table(words("team_events.open_caption"), columns, rows).html()


def giving_told(words: Words, study: Study) -> Iterator[str]:
    """Return how many people gave and received help, by role."""
    giving = study.happened.giving
    if giving.empty:
        return
    standings = ("both", "only given", "only received", "none")
    rows = []
    for role in study.trajectory.roles:
        own = giving.loc[giving["role"] == role.key, "standing"]
        if len(own):
            counts = (words.whole(int((own == name).sum())) for name in standings)
            rows.append((role.label.in_(words.language), *counts))
    columns = (
        Column(words("team.who")),
        *(
            Column(words(f"events.help_{name.replace(' ', '_')}"), numbers=True)
            for name in standings
        ),
    )
    yield heading(words("events.giving_title"), 3)
    yield Table(words("team_events.giving_caption"), columns, tuple(rows)).html()

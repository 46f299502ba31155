"""For the team: goals of people's own, T per person, and how far two raters agree."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from pilot.presentation.markup import Column, Table, details, heading, paragraph
from pilot.presentation.rows import day_told, rows_of
from pilot.presentation.team_ratings import independence
from pilot.presentation.words import Words
from pilot.results import Study

STANDINGS = ("reached", "not reached", "not rated", "replaced")


def goals_told(words: Words, study: Study) -> Iterator[str]:
    """Return the parts about goals; none where no goal was registered."""
    goals = study.happened.goals
    if goals.empty:
        return
    counts = goals["standing"].value_counts()
    parts = {
        name.replace(" ", "_"): words.whole(int(counts.get(name, 0))) for name in STANDINGS
    }
    yield heading(words("events.goals_title"), 3)
    yield paragraph(words("team_events.goals", n=words.whole(len(goals)), **parts))
    yield paragraph(_mean(words, study.happened.goals_mean))
    yield from _agreement(words, study.happened.goals_agreement)
    if study.happened.goals_agreement:
        yield from independence(words, study)
    yield _attained(words, study.happened.attained)
    yield _each(words, goals)


def _mean(words: Words, told: dict[str, Any]) -> str:
    if "reason" in told:
        reason = told["reason_nl"] if words.language == "nl" else told["reason"]
        return words("team_events.goals_refused", reason=str(reason))
    numbers = {
        name: words.number(told[column], 1)
        for name, column in (("t", "t"), ("low", "conf_low"), ("high", "conf_high"))
    }
    counts = {name: words.whole(told[name]) for name in ("n", "new_goals", "with_unrated")}
    return words("team_events.goals_mean", **numbers, **counts)


def _agreement(words: Words, told: dict[str, Any]) -> Iterator[str]:
    if not told:
        return
    counts = {name: words.whole(told[name]) for name in ("n", "same", "within_one")}
    yield paragraph(words("team_events.agreement", **counts))
    names = ("kappa", "conf_low", "conf_high")
    if all(told[name] is not None for name in names):
        yield paragraph(
            words("team_events.kappa", **{n: words.number(told[n], 2) for n in names})
        )
    else:
        reason = told["reason_nl"] if words.language == "nl" else told["reason"]
        yield paragraph(words("team_events.kappa_none", reason=str(reason)))


def _attained(words: Words, attained: pd.DataFrame) -> str:
    if attained.empty:
        return ""
    order = attained.sort_values("t", ascending=False, kind="stable")
    rows = tuple(
        (str(row["participant"]), words.whole(row["goals"]), words.number(row["t"], 1))
        for row in rows_of(order)
    )
    columns = (
        Column(words("team_events.person")),
        Column(words("team_events.goals_n"), numbers=True),
        Column(words("team_events.t"), numbers=True),
    )
    return Table(words("team_events.t_caption"), columns, rows).html()


def _each(words: Words, goals: pd.DataFrame) -> str:
    dash = words("number.dash")

    def cell(value: Any) -> str:
        return dash if pd.isna(value) else words.number(value, 0, signed=True)

    rows = tuple(
        (
            str(row["participant"]),
            str(row["goal"]),
            day_told(words, row["written"]),
            words.plain(row["weight"]),
            cell(row["level"]),
            cell(row["second"]),
            words(f"team_events.goal_{str(row['standing']).replace(' ', '_')}"),
        )
        for row in rows_of(goals)
    )
    names = ("person", "goal", "written", "weight", "level", "second", "standing")
    numbers = ("weight", "level", "second")
    columns = tuple(
        Column(words(f"team_events.{name}"), numbers=name in numbers) for name in names
    )
    table = Table(words("team_events.goals_caption"), columns, rows, kind="wide")
    return details(words("team_events.goals_each", n=words.whole(len(goals))), table.html())

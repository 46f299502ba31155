"""For the team: every family a line."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd

from pilot.design import Outcome, Text
from pilot.frames import GROUP
from pilot.presentation.figure_families import Lines, families_picture
from pilot.presentation.markup import Column, Table, details, heading, paragraph, section
from pilot.presentation.piece import Piece, in_both
from pilot.presentation.saying import site_label, unit, wave_label
from pilot.presentation.words import Words
from pilot.results import Study

MOST_ROWS = 500


def team_families(study: Study) -> Piece:
    """Return every family before and after, per primary outcome, largest change first."""
    shown = _leading(study)

    def write(words: Words) -> str:
        return section(
            "team-families",
            words.language,
            words("team.families_title"),
            paragraph(words("team.families_intro")),
            *(
                _outcome(words, part, own)
                for each in shown
                for part, own in _parts(study, each)
            ),
        )

    return in_both("team-families", "team", write)


def _leading(study: Study) -> list[Outcome]:
    outcomes = study.trajectory.outcomes()
    return [each for each in outcomes if each.primary] or outcomes[:2]


def _parts(study: Study, outcome: Outcome) -> list[tuple[Study, Outcome]]:
    """Return a study and an outcome for each comparison group; the whole where none are."""
    groups = study.trajectory.groups
    if groups is None:
        return [(study, outcome)]
    label = outcome.label
    return [
        (
            replace(study, scores=study.scores[study.scores[GROUP] == level.key]),
            replace(
                outcome,
                label=Text(
                    nl=f"{label.nl}, {level.label.nl}", en=f"{label.en}, {level.label.en}"
                ),
            ),
        )
        for level in (groups.taking_part, groups.compared_with)
    ]


def _outcome(words: Words, study: Study, outcome: Outcome) -> str:
    label = outcome.label.in_(words.language)
    lines = family_lines(words, study, outcome)
    if lines is None:
        return heading(label, 3) + paragraph(words("team.families_none", label=label))
    shown = lines.table.head(MOST_ROWS)
    rows = tuple(_row(words, study, outcome, row) for row in shown.to_dict("records"))
    columns = (
        Column(lines.unit),
        Column(words("team.site")),
        Column(lines.earlier, numbers=True),
        Column(lines.later, numbers=True),
        Column(words("team.change"), numbers=True),
        Column(words("team.towards")),
    )
    caption = words(
        "team.families_caption", label=label, earlier=lines.earlier, later=lines.later
    )
    note = ""
    if len(lines.table) > MOST_ROWS:
        counts = {"shown": words.whole(MOST_ROWS), "all": words.whole(len(lines.table))}
        note = words("team.families_cut", **counts)
    return "\n".join(
        [
            heading(label, 3),
            families_picture(words, lines, simulated=study.simulated),
            Table(caption, columns, rows, note=note).html(),
            _slopes(words, study, outcome, lines.unit),
        ]
    )


def _slopes(words: Words, study: Study, outcome: Outcome, unit: str) -> str:
    """Return each family's change a year, folded; nothing where there are two waves."""
    if study.slopes.empty:
        return ""
    own = (study.slopes["outcome"] == outcome.key) & (study.slopes["role"] == outcome.role)
    rows = tuple(
        (
            str(row["family"]),
            words.number(row["slope_per_year"], signed=True),
            words.number(row["std_error"]),
            words.whole(row["waves"]),
        )
        for row in study.slopes[own].head(MOST_ROWS).to_dict("records")
    )
    if not rows:
        return ""
    label = outcome.label.in_(words.language)
    names = ("slope", "std_error", "n_waves")
    columns = (Column(unit), *(Column(words(f"team.{name}"), numbers=True) for name in names))
    table = Table(words("team.slopes_caption", label=label), columns, rows)
    title = words("team.slopes_title", label=label)
    return details(title, paragraph(words("team.slopes_intro")), table.html())


def family_lines(words: Words, study: Study, outcome: Outcome) -> Lines | None:
    """Return every family's scores at both waves; None where no family has both."""
    later, _, earlier = study.planned(outcome).contrast.partition(" - ")
    table = family_changes(study, outcome, earlier, later)
    if table.empty:
        return None
    people = study.started[study.started["role"] == outcome.role]
    return Lines(
        outcome=outcome,
        table=table,
        earlier=wave_label(words, study.trajectory, earlier),
        later=wave_label(words, study.trajectory, later),
        unit=unit(words, bool(people["family"].notna().any())),
    )


def family_changes(study: Study, outcome: Outcome, earlier: str, later: str) -> pd.DataFrame:
    """Return each family's mean score at both waves over the members who have both."""
    own = study.scores[study.scores["role"] == outcome.role]
    pair = own[own["wave"].isin([earlier, later])].dropna(subset=[outcome.key])
    wide = pair.pivot_table(index="participant", columns="wave", values=outcome.key)
    if not {earlier, later} <= set(wide.columns):
        return pd.DataFrame(columns=["unit", "site", "before", "after", "change"])
    both = wide[[earlier, later]].dropna().set_axis(["before", "after"], axis="columns")
    named = own.groupby("participant")[["family", "site"]].first()
    joined = both.join(named).rename_axis("participant").reset_index()
    joined["unit"] = joined["family"].fillna(joined["participant"])
    families = joined.groupby("unit").agg(
        site=("site", "first"), before=("before", "mean"), after=("after", "mean")
    )
    families["change"] = families["after"] - families["before"]
    order = ["change", "before", "unit"]
    return families.reset_index().sort_values(order, ascending=[False, False, True])


def _row(words: Words, study: Study, outcome: Outcome, row: Any) -> tuple[str, ...]:
    way = outcome.direction(row["change"])
    return (
        str(row["unit"]),
        site_label(words, study.trajectory, row["site"]),
        words.plain(row["before"]),
        words.plain(row["after"]),
        words.number(row["change"], signed=True),
        words("number.dash") if way is None else words(f"describe.{way}"),
    )

"""Whether measuring and taking part worked, against lines drawn beforehand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from pilot.design import Ceilings, Trajectory
from pilot.presentation.earlier import earlier_notes
from pilot.presentation.markup import Column, Table, paragraph, section
from pilot.presentation.piece import Piece, in_both
from pilot.presentation.programme import programme_table
from pilot.presentation.saying import number_of, wave_label
from pilot.presentation.words import Words
from pilot.results import Disclosed, PublicCount

LATER = ("post_valid", "linked_pairs")
OF_FAMILIES = (
    "reached",
    "eligible",
    "consented",
    "started",
    "any_session",
    "dose",
    "burdened",
)
COUNTED = ("count", "base", "share")


def feasibility_section(disclosed: Disclosed) -> Piece:
    """Return counts, rounded shares and go, adapt or stop; then what the programme is.

    The steps are those of the CONSORT extension for pilot trials, the description of the
    programme has the items of TIDieR. What nobody recorded says so.

    References
    ----------
    Eldridge et al. (2016). CONSORT 2010 statement: extension to randomised pilot and
    feasibility trials. BMJ, 355, i5239.
    Hoffmann et al. (2014). Better reporting of interventions: TIDieR. BMJ, 348, g1687.
    """
    return in_both(
        "feasibility",
        "public",
        lambda words: _section(words, disclosed),
        design=disclosed.trajectory,
    )


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
        *earlier_notes(words, disclosed, "row"),
        programme_table(words, disclosed.trajectory).html(),
    )


def _table(words: Words, disclosed: Disclosed) -> Table:
    records = disclosed.feasibility.to_dict("records")
    people = disclosed.role not in disclosed.family_roles
    rows = tuple(_row(words, disclosed.trajectory, dict(row), people=people) for row in records)
    return Table(
        words("feasibility.caption"),
        feasibility_columns(words),
        rows,
        kind="wide blocks verdict",
    )


def _row(
    words: Words, trajectory: Trajectory, row: dict[Any, Any], *, people: bool
) -> tuple[str, ...]:
    count, base, share = (row[name] for name in COUNTED)
    known = bool(row["known"]) if "known" in row else count is not None
    return feasibility_row(
        words,
        trajectory,
        row | {"people": people},
        (
            _counted(words, row) if known else unknown(words, row),
            _told(words, base),
            words("number.dash") if pd.isna(share) else words.percent(share),
        ),
    )


def feasibility_columns(words: Words) -> tuple[Column, ...]:
    """Return the columns of the table, for everybody and for the team alike."""
    names = ("measure", "who", *COUNTED, "planned", "line")
    return tuple(
        Column(words(f"feasibility.{name}"), numbers=name in COUNTED) for name in names
    )


def feasibility_row(
    words: Words, trajectory: Trajectory, row: Mapping[str, Any], counted: tuple[str, str, str]
) -> tuple[str, ...]:
    """Return a row: what, who and when, the three numbers as told, the line, the verdict.

    Parameters
    ----------
    row : mapping
        With `measure`, `role`, `wave` and `line` of `frames.FEASIBILITY`; ``people`` says
        that no families are known.
    counted : tuple of str
        Number, of how many, and share.
    """
    measure, line = row["measure"], row["line"]
    named = (
        "cost_per_participant" if measure == "cost_per_family" and row["people"] else measure
    )
    return (
        measure_label(words, named),
        _who(words, trajectory, row),
        *counted,
        _planned(words, trajectory, measure),
        words("number.dash") if pd.isna(line) else words(f"feasibility.{line}"),
    )


def unknown(words: Words, row: Mapping[str, Any]) -> str:
    """Return why there is no number: nobody recorded it, or it is not due yet."""
    later = row["measure"] in LATER
    return words("feasibility.not_yet" if later else "feasibility.not_recorded")


def _planned(words: Words, trajectory: Trajectory, measure: str) -> str:
    lines = trajectory.feasibility.of(measure)
    if lines is None:
        return words("feasibility.no_line")
    if not isinstance(lines, Ceilings):
        go, adapt = words.percent(lines.go), words.percent(lines.adapt)
        return words("feasibility.from", go=go, adapt=adapt)
    say = words.percent if measure == "burdened" else words.plain
    return words("feasibility.up_to", go=say(lines.go), adapt=say(lines.adapt))


def _counted(words: Words, row: Mapping[str, Any]) -> str:
    count = row["count"]
    return _told(words, count) if isinstance(count, PublicCount) else plain_count(words, row)


def plain_count(words: Words, row: Mapping[str, Any]) -> str:
    """Return the number of a row that may be told as it is: minutes of all people in hours."""
    count = row["count"]
    if pd.isna(count):
        return words("number.dash")
    return words.plain(round(count / 60) if row["measure"] == "minutes" else count)


def _told(words: Words, count: PublicCount | float | None) -> str:
    if isinstance(count, PublicCount):
        return number_of(words, count)
    return words("number.dash") if count is None or pd.isna(count) else words.plain(count)


def measure_label(words: Words, measure: str) -> str:
    """Return what a feasibility measure is called; an unknown one by its own name."""
    key = f"measure.{measure}"
    return words(key) if words.has(key) else measure.replace("_", " ").replace("-", " ")


def _who(words: Words, trajectory: Trajectory, row: Mapping[str, Any]) -> str:
    if row["measure"] in OF_FAMILIES:
        return words("unit.participants" if row["people"] else "unit.families")
    said = []
    if not pd.isna(row["role"]):
        said.append(trajectory.role(row["role"]).label.in_(words.language))
    if not pd.isna(row["wave"]):
        said.append(wave_label(words, trajectory, row["wave"]))
    return ", ".join(said)

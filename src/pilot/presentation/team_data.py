"""For the team: reliability, findings, flow, consent and files."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from pilot.dutch import in_dutch
from pilot.findings import rules
from pilot.presentation.markup import Column, Table, paragraph, section
from pilot.presentation.piece import Piece, in_both
from pilot.presentation.saying import wave_label
from pilot.presentation.team_consent import consent_part
from pilot.presentation.team_ratings import ratings_told
from pilot.presentation.words import Words
from pilot.results import Study

MOST_FINDINGS = 500
RELIABILITY_COLUMNS = (
    "outcome", "who", "wave", "items", "people", "alpha",
    "interval_95", "lowest", "lowest_rest", "reason",
)  # fmt: skip
FINDING_COLUMNS = ("rule", "file", "row", "participant", "column", "found", "expected_value")
NUMBERS = {
    "items", "people", "alpha", "interval_95", "lowest_rest", "count", "row", "rows", "columns",
    "participants", "families", "rows_in", "rows_kept", "rows_quarantined", "answers_in",
    "answers_kept", "answers_quarantined",
}  # fmt: skip


def team_reliability(study: Study) -> Piece:
    """Return Cronbach's alpha per scale, and how far others agree with people themselves."""

    def write(words: Words) -> str:
        scales = study.reliability[study.reliability["n_items"].fillna(0) > 1]
        rows = [_reliability_row(words, study, row) for row in _records(scales)]
        return section(
            "team-reliability",
            words.language,
            words("team.reliability_title"),
            paragraph(words("team.reliability_intro")),
            _table(words, "reliability_caption", RELIABILITY_COLUMNS, rows),
            *ratings_told(words, study),
        )

    return in_both("team-reliability", "team", write)


def team_findings(study: Study) -> Piece:
    """Return what cleaning saw: by rule with the mend, then one by one."""

    def write(words: Words) -> str:
        return section(
            "team-findings",
            words.language,
            words("team.findings_title"),
            paragraph(words("team.findings_intro")),
            *(
                [_by_rule(words, study.findings), _one_by_one(words, study.findings)]
                if len(study.findings)
                else [paragraph(words("team.findings_none"))]
            ),
        )

    return in_both("team-findings", "team", write)


def team_flow(study: Study) -> Piece:
    """Return participants per wave and step, rows and answers at each door, and consent."""

    def write(words: Words) -> str:
        flow = [_flow_row(words, study, row) for row in _records(study.flow)]
        doors = ("door", "rows_in", "rows_kept", "rows_quarantined", "answers_in",
                 "answers_kept", "answers_quarantined")  # fmt: skip
        counts = [
            (
                _known(words, "door", row["door"]),
                *(_cell(words, row[name]) for name in doors[1:]),
            )
            for row in _records(study.counts)
        ]
        steps = ("wave", "role", "stage", "reason", "participants", "families")
        return section(
            "team-flow",
            words.language,
            words("team.flow_title"),
            _table(words, "flow_caption", steps, flow),
            _table(words, "counts_caption", doors, counts),
            consent_part(words, study),
        )

    return in_both("team-flow", "team", write)


def team_files(study: Study) -> Piece:
    """Return which file or sheet became what."""

    def write(words: Words) -> str:
        names = ("file", "sheet", "kind", "wave", "site", "role", "rows", "columns", "sha256")
        rows = [
            tuple(_file_cell(words, study, name, row[name]) for name in names)
            for row in _records(study.files)
        ]
        return section(
            "team-files",
            words.language,
            words("team.files_title"),
            _table(words, "files_caption", names, rows),
        )

    return in_both("team-files", "team", write)


def _records(table: pd.DataFrame) -> list[dict[str, object]]:
    records = table.to_dict("records")
    return [{str(key): value for key, value in row.items()} for row in records]


def _table(
    words: Words, caption: str, names: tuple[str, ...], rows: Sequence[tuple[str, ...]]
) -> str:
    columns = tuple(Column(words(f"team.{name}"), numbers=name in NUMBERS) for name in names)
    return Table(words(f"team.{caption}"), columns, tuple(rows), kind="wide").html()


def _cell(words: Words, value: object) -> str:
    if value is None or value is pd.NA or value is pd.NaT or value != value:
        return words("number.dash")
    if isinstance(value, float) and not value.is_integer():
        return words.number(value, 2)
    if isinstance(value, int | float):
        return words.whole(value)
    return str(value)


def _said(words: Words, value: object) -> str:
    """Return what was found or expected, in the language of the page where it has it."""
    if words.language == "nl" and isinstance(value, str):
        return in_dutch(value)
    return _cell(words, value)


def _known(words: Words, section_: str, value: object) -> str:
    key = f"{section_}.{value}"
    return words(key) if words.has(key) else _cell(words, value)


def _role(words: Words, study: Study, role: object) -> str:
    known = {each.key: each.label.in_(words.language) for each in study.trajectory.roles}
    return known.get(str(role), _cell(words, role))


def _wave(words: Words, study: Study, wave: object) -> str:
    known = study.trajectory.wave_keys
    return (
        wave_label(words, study.trajectory, str(wave)) if wave in known else _cell(words, wave)
    )


def _reliability_row(words: Words, study: Study, row: dict[str, object]) -> tuple[str, ...]:
    labels = {each.key: each.label.in_(words.language) for each in study.trajectory.outcomes()}
    low, high = _cell(words, row["conf_low"]), _cell(words, row["conf_high"])
    dash = words("number.dash")
    return (
        labels.get(str(row["outcome"]), str(row["outcome"])),
        _role(words, study, row["role"]),
        _wave(words, study, row["wave"]),
        _cell(words, row["n_items"]),
        _cell(words, row["n"]),
        _cell(words, row["alpha"]),
        dash if dash in (low, high) else words("number.range", low=low, high=high),
        _cell(words, row["lowest_item"]),
        _cell(words, row["lowest_item_rest"]),
        _cell(words, row["reason"]),
    )


def _by_rule(words: Words, findings: pd.DataFrame) -> str:
    known = rules()
    counts = findings["rule"].value_counts()
    order = {"error": 0, "warning": 1, "note": 2}
    by_weight = sorted(
        counts.index, key=lambda rule: (order[known[rule].severity], -counts[rule])
    )
    rows = [
        (
            known[rule].title.in_(words.language),
            words(f"team.{known[rule].severity}"),
            words.whole(int(counts[rule])),
            known[rule].mend.in_(words.language),
        )
        for rule in by_weight
    ]
    return _table(words, "findings_caption", ("rule", "severity", "count", "mend"), rows)


def _one_by_one(words: Words, findings: pd.DataFrame) -> str:
    shown = findings.head(MOST_FINDINGS)
    known = rules()
    rows = [
        (
            known[str(row["rule"])].title.in_(words.language),
            *(_cell(words, row[name]) for name in ("file", "row", "participant", "column")),
            *(_said(words, row[name]) for name in ("found", "expected")),
        )
        for row in _records(shown)
    ]
    listed = _table(words, "findings_list_caption", FINDING_COLUMNS, rows)
    if len(findings) <= MOST_FINDINGS:
        return listed
    counts = {"shown": words.whole(len(shown)), "all": words.whole(len(findings))}
    return listed + paragraph(words("team.findings_cut", **counts), "note")


def _flow_row(words: Words, study: Study, row: dict[str, object]) -> tuple[str, ...]:
    return (
        _wave(words, study, row["wave"]),
        _role(words, study, row["role"]),
        _known(words, "stage", row["stage"]),
        _known(words, "reason", row["reason"]),
        _cell(words, row["n_participants"]),
        _cell(words, row["n_families"]),
    )


def _file_cell(words: Words, study: Study, name: str, value: object) -> str:
    if name == "sha256" and isinstance(value, str):
        return value[:12]
    if name == "wave":
        return _wave(words, study, value)
    if name == "role":
        return _role(words, study, value)
    return _known(words, "kind", value) if name == "kind" else _cell(words, value)

"""Column contracts of the tables that rooms hand on, and the bundles they travel in.

A table is wide: one row a person and wave, one column an item, so that a million
respondents fit in memory and a small pilot reads like its questionnaire.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import pandas as pd

OCCASION = (
    "participant",
    "family",
    "site",
    "role",
    "wave",
    "answered",
    "respondent",
    "mode",
    "language",
    "interviewer",
    "interpreter",
    "form_version",
    "about",
    "minutes",
)
RESPONSES = ("file", "row", *OCCASION)
RATED_BY = "rated_by"  # beside them in a design in which somebody rates: whose row it is
GROUP = "group"  # stands beside these columns in tables of a design with comparison groups
FINDINGS = (
    "id",
    "rule",
    "severity",
    "file",
    "row",
    "participant",
    "column",
    "found",
    "expected",
    "mend",
)
QUARANTINE = (
    "file",
    "row",
    "participant",
    "wave",
    "role",
    "column",
    "value",
    "rule",
    "finding",
)
REGISTER = (
    "file",
    "row",
    "participant",
    "family",
    "site",
    "organisation",
    "role",
    "birth_year",
    "start",
    "end",
    "reason",
    "consent_answers",
    "consent_named",
    "consent_quotes",
    "consent_sharing",
    "consent_archive",
    "consent_date",
    "consent_giver",
    "guardian_1",
    "guardian_2",
    "withdrawn",
    "withdrawal",
)
CONSENT_USES = ("answers", "named", "quotes", "sharing", "archive")
CONSENT = (
    "participant",
    "role",
    "use",
    "given",
    "why",
    "date",
    "giver",
    "withdrawn",
    "withdrawal",
    "file",
    "row",
)
EVENTS = (
    "file",
    "row",
    "event",
    "participant",
    "family",
    "site",
    "date",
    "kind",
    "minutes",
    "mode",
    "topic",
    "status",
    "level",
    "weight",
    "rater",
)
QUOTES = (
    "file",
    "row",
    "participant",
    "domain",
    "role",
    "text",
    "direction",
    "coder",
    "second_direction",
    "consent",
    "approved",
)
FILES = ("file", "sheet", "kind", "wave", "site", "role", "rows", "columns", "sha256")
COUNTS = (
    "door",
    "rows_in",
    "rows_kept",
    "rows_quarantined",
    "answers_in",
    "answers_kept",
    "answers_quarantined",
)
PANEL = (
    "participant",
    "family",
    "site",
    "role",
    "wave",
    "months",
    "answered",
    "respondent",
    "mode",
    "language",
    "interviewer",
    "interpreter",
    "form_version",
    "about",
    "minutes",
    "file",
    "row",
)
KEYS = ("participant", "family", "site", "role", "wave", "months")
RATINGS = (
    "participant",
    "family",
    "site",
    "role",
    "wave",
    "rated_by",
    "answered",
    "file",
    "row",
)
WAVES = ("wave", "label_nl", "label_en", "state", "opens", "closes", "answered")
FLOW = ("role", "wave", "stage", "reason", "n_participants", "n_families")
FEASIBILITY = ("measure", "role", "wave", "count", "base", "share", "line")
STARTED = ("participant", "family", "site", "role")
DUE = (*STARTED, "wave")
CHANGES_OF_ASKING = (
    "outcome",
    "role",
    "contrast",
    "what",
    "n_participants",
    "n_known",
    "n_changed",
    "n_families_changed",
    "changes",
    "n_changed_between",
)
PRESENCE = (
    *STARTED,
    "sessions",
    "minutes",
    "first",
    "last",
    "span_days",
    "longest_gap_days",
    "undated",
)
ROLE_MOVES = ("participant", "site", "left", "taken", "date", "up")
AT_RISK = ("participant", "site", "years", "moved_up")
REQUESTS = ("participant", "family", "kind", "asked", "matched", "fulfilled", "state", "until")
GIVING = (*STARTED, "wave", "given", "received", "standing")
FIDELITY = ("site", "period", "asked", "kept", "partly", "not_kept", "share")
GOALS = (
    "participant",
    "family",
    "site",
    "goal",
    "written",
    "started",
    "weight",
    "level",
    "second",
    "standing",
)
RELIABILITY = (
    "outcome",
    "role",
    "wave",
    "n_items",
    "n",
    "alpha",
    "conf_low",
    "conf_high",
    "lowest_item",
    "lowest_item_rest",
    "reason",
)

WAVE_STATES = ("held", "open", "to come", "not held")
FLOW_STAGES = ("expected", "answered", "missed", "left", "not due")
LEFT_REASONS = (
    "moved",
    "split",
    "school stopped",
    "withdrew",
    "died",
    "changed role",
    "unknown",
)


@dataclass(frozen=True, slots=True, eq=False)
class Received:
    """What the exports said, before anything was judged.

    Attributes
    ----------
    responses : DataFrame
        Columns `RESPONSES`, then one column an item or ready-made total, all as received:
        text, or small whole numbers where a whole column held nothing else.
    events, register : DataFrame
        Columns `EVENTS` and `REGISTER`; the register may be empty.
    files : DataFrame
        Columns `FILES`: which file or sheet became what, also those nobody claimed.
    findings, quarantine, counts : DataFrame
        Columns `FINDINGS`, `QUARANTINE` and `COUNTS`.
    quotes : DataFrame
        Columns `QUOTES`; without rows where nobody collected stories.
    headings : dict of (str, str) to str
        What a register or file of quotes calls each of its columns, by file and name in
        `REGISTER` or `QUOTES`.
    """

    responses: pd.DataFrame
    events: pd.DataFrame
    register: pd.DataFrame
    files: pd.DataFrame
    findings: pd.DataFrame
    quarantine: pd.DataFrame
    counts: pd.DataFrame
    quotes: pd.DataFrame = field(default_factory=lambda: empty(QUOTES))
    headings: dict[tuple[str, str], str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, eq=False)
class Cleaned:
    """What the exports said once every answer was judged: kept, or in quarantine.

    `responses` has the columns of `Received.responses`; items are nullable whole numbers
    in the instrument's own coding, `answered` is a date, wave, site and role are keys.
    `findings`, `quarantine` and `counts` include those of the rooms before. `consent` has
    the columns `CONSENT`, one row a person of the register and use; it is empty where the
    register says nothing of consent. `quotes` has the columns `QUOTES`; only what may be shown
    still has its `text`. `headings` is that of `Received`.
    """

    responses: pd.DataFrame
    events: pd.DataFrame
    register: pd.DataFrame
    files: pd.DataFrame
    findings: pd.DataFrame
    quarantine: pd.DataFrame
    counts: pd.DataFrame
    consent: pd.DataFrame
    quotes: pd.DataFrame = field(default_factory=lambda: empty(QUOTES))
    headings: dict[tuple[str, str], str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, eq=False)
class Linked:
    """Waves and register joined: one row a person and wave they answered.

    Attributes
    ----------
    responses : DataFrame
        Those of `Cleaned.responses` whose person is known: with the quarantine they make
        up all that the exports hold.
    panel : DataFrame
        Columns `PANEL`, then the items.
    waves, flow : DataFrame
        Columns `WAVES` and `FLOW`: which waves were held, who stayed, who left and why.
    started : DataFrame
        Columns `STARTED`: everyone who started, one row a person and role.
    due : DataFrame
        Columns `DUE`: everyone whose form was due at a wave (who answered, missed or left),
        one row a person, role and wave. Whose window was still open is not in it.
    ratings : DataFrame
        Columns `RATINGS`, then the items that others rated: one row a person, wave and
        rater. They stand in no panel. `answered` is empty where a rating stands in the
        person's own row.
    """

    responses: pd.DataFrame
    panel: pd.DataFrame
    waves: pd.DataFrame
    flow: pd.DataFrame
    started: pd.DataFrame
    due: pd.DataFrame
    lock: pd.Timestamp | None
    findings: pd.DataFrame
    quarantine: pd.DataFrame
    counts: pd.DataFrame
    ratings: pd.DataFrame = field(default_factory=lambda: empty(RATINGS))


def empty(columns: tuple[str, ...]) -> pd.DataFrame:
    """Return a table of these columns without rows."""
    return pd.DataFrame({name: pd.Series(dtype=object) for name in columns})


def items_of(responses: pd.DataFrame) -> list[str]:
    """Return the columns of a responses table or panel that hold answers."""
    known = {*RESPONSES, *PANEL, GROUP, RATED_BY}
    return [column for column in responses.columns if column not in known]

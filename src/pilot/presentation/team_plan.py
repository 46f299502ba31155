"""For the team: whether a plan was frozen, and each thing that went otherwise."""

from __future__ import annotations

from pilot.presentation.markup import Column, Table, lines, paragraph, section
from pilot.presentation.piece import Piece, in_both
from pilot.presentation.team_change import method_label
from pilot.presentation.words import Words
from pilot.results import Deviation, PlanStanding, Study

SHOWN_HASH = 12
COLUMNS = ("plan_kind", "plan_where", "plan_said", "plan_run")


def team_plan(study: Study) -> Piece:
    """Return when the plan was frozen and every deviation from it by itself."""

    def write(words: Words) -> str:
        return section(
            "team-plan",
            words.language,
            words("team.plan_title"),
            *_said(words, study.plan, study.trajectory.key),
        )

    return in_both("team-plan", "team", write)


def _said(words: Words, plan: PlanStanding, key: str) -> list[str]:
    if plan.frozen is None:
        return [paragraph(words("team.plan_none", trajectory=key))]
    when = {True: "before", False: "after", None: "unknown"}[plan.before_last_wave]
    known = (plan.frozen_hash or "")[:SHOWN_HASH]
    told = [
        words("team.plan_frozen", day=words.day(plan.frozen), hash=known),
        words(f"team.plan_{when}"),
    ]
    if not plan.deviations:
        return [lines([*told, words("team.plan_kept")])]
    rows = tuple(_row(words, each) for each in plan.deviations)
    columns = tuple(Column(words(f"team.{name}")) for name in COLUMNS)
    return [lines(told), Table(words("team.plan_caption"), columns, rows, "wide").html()]


def _row(words: Words, deviation: Deviation) -> tuple[str, ...]:
    sides = [deviation.frozen, deviation.run]
    if deviation.kind == "method":
        sides = [method_label(words, each) for each in sides]
    kind = words(f"team.deviation_{deviation.kind}")
    return (kind, deviation.where, *(each or words("number.dash") for each in sides))

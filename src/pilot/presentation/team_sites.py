"""For the team: what holds without each site in turn."""

from __future__ import annotations

import pandas as pd

from pilot.design import Outcome
from pilot.presentation.markup import Column, Table, paragraph, section
from pilot.presentation.piece import Piece, in_both
from pilot.presentation.saying import site_label, size_of
from pilot.presentation.words import Words
from pilot.results import Study

MOST_SITES = 8


def team_sites(study: Study) -> Piece:
    """Return every estimate without each site in turn; of many sites only the extremes."""

    def write(words: Words) -> str:
        left_out = study.sites_left_out
        body = _table(words, study).html() if len(left_out) else ""
        return section(
            "team-sites",
            words.language,
            words("team.sites_title"),
            paragraph(words("team.sites_intro")),
            body or paragraph(words("team.sites_none")),
        )

    return in_both("team-sites", "team", write)


def _table(words: Words, study: Study) -> Table:
    left_out = study.sites_left_out
    sites = sorted({site for site in left_out["site_left_out"] if isinstance(site, str)})
    each_site = sites if len(sites) <= MOST_SITES else []
    rows = []
    for outcome in study.trajectory.outcomes():
        same = (left_out["outcome"] == outcome.key) & (left_out["role"] == outcome.role)
        if same.any():
            rows.append(_row(words, study, outcome, left_out[same], each_site))
    names = [words(f"team.{name}") for name in ("all_sites", "lowest_site", "highest_site")]
    without = [
        words("team.without", site=site_label(words, study.trajectory, site))
        for site in each_site
    ]
    columns = (
        Column(words("team.outcome")),
        Column(words("team.who")),
        *(Column(name, numbers=True) for name in ([names[0], *without] if without else names)),
    )
    return Table(words("team.sites_caption"), columns, tuple(rows), kind="wide")


def _row(
    words: Words, study: Study, outcome: Outcome, own: pd.DataFrame, sites: list[str]
) -> tuple[str, ...]:
    whole = _whole(study, outcome)
    told_sites = own.dropna(subset=["estimate"])
    known = dict(zip(told_sites["site_left_out"], told_sites["estimate"], strict=True))
    told = [
        _told(words, outcome, value)
        for value in (
            [known.get(site) for site in sites]
            if sites
            else [min(known.values(), default=None), max(known.values(), default=None)]
        )
    ]
    return (
        outcome.label.in_(words.language),
        study.trajectory.role(outcome.role).label.in_(words.language),
        _told(words, outcome, whole),
        *told,
    )


def _whole(study: Study, outcome: Outcome) -> float | None:
    """Return the change that sites are left out of; with groups, of those who took part."""
    groups = study.trajectory.groups
    if groups is None:
        return study.planned(outcome).estimate
    for each in study.estimates:
        if each.group == groups.taking_part.key and (
            (each.outcome.key, each.outcome.role) == (outcome.key, outcome.role)
        ):
            return each.estimate
    return None


def _told(words: Words, outcome: Outcome, value: float | None) -> str:
    return words("number.dash") if value is None else size_of(words, outcome, value)

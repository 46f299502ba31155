"""Whether sites keep to the principles of the method: a checklist a period."""

from __future__ import annotations

from typing import Any

import pandas as pd

from pilot.design import Trajectory, find
from pilot.frames import FIDELITY

ASKED = ["event", "site", "period", "kind"]
ANSWERS = {"kept": "yes", "partly": "partly", "not_kept": "no"}


def fidelity(events: pd.DataFrame, trajectory: Trajectory) -> pd.DataFrame:
    """Return, a site and half-year, how many principles were kept, in part or not.

    Each row of the checklist is one principle (`kind`) with its answer (`status`). What was
    left empty, or says something the design does not know, is not counted as an answer. A
    principle has one answer a site and half-year: of several the last one, and on one day
    the least favourable; where they differ that is told (`principle-twice`).

    Parameters
    ----------
    events : DataFrame
        Columns `frames.EVENTS`; those that mean a principle.

    Returns
    -------
    DataFrame
        Columns `frames.FIDELITY`, sites as in the design, periods such as ``2024-1`` (the
        first half); `share` is the share of the answers that say it was kept whole.
    """
    answers = answers_of(events, trajectory)
    if answers.empty:
        return pd.DataFrame(columns=list(FIDELITY))
    known = answers[answers["kind"].isna() | ~answers.duplicated(ASKED, keep="last")]
    flags = {name: known["status"].eq(answer) for name, answer in ANSWERS.items()}
    groups = known.assign(**flags).groupby(["site", "period"], sort=False, dropna=False)
    table = groups[list(ANSWERS)].sum().astype("int64").reset_index()
    table["asked"] = table[list(ANSWERS)].sum(axis="columns")
    table["share"] = table["kept"] / table["asked"]
    places = {site.key: place for place, site in enumerate(trajectory.sites)}
    order = table["site"].map(places).fillna(len(places))
    sorted_ = table.assign(order=order).sort_values(["order", "site", "period"], kind="stable")
    return sorted_[list(FIDELITY)].reset_index(drop=True)


def answers_of(events: pd.DataFrame, trajectory: Trajectory) -> pd.DataFrame:
    """Return every answer about a principle, with its half-year, by day; of known sites."""
    keys = [each.key for each in trajectory.events if each.means == "principle"]
    told = events[events["event"].isin(keys) & events["status"].isin(ANSWERS.values())]
    sites = pd.array([_site(word, trajectory) for word in told["site"]], dtype="str")
    known = told.assign(site=sites, day=pd.to_datetime(told["date"]))
    known = known[known["site"].notna()]
    half = (1 + (known["day"].dt.month > 6)).astype("str")
    year = known["day"].dt.year.astype("Int64").astype("str")
    order = known["status"].map({word: at for at, word in enumerate(ANSWERS.values())})
    known = known.assign(
        period=(year + "-" + half).where(known["day"].notna()), order=order
    ).sort_values(["day", "order"], kind="stable", na_position="first")
    return known.drop(columns=["day", "order"])


def principles_twice(events: pd.DataFrame, trajectory: Trajectory) -> list[int]:
    """Return the answers that differ from an earlier one, by the index of the events."""
    answers = answers_of(events, trajectory).dropna(subset=["kind"])
    several = answers.groupby(ASKED, dropna=False)["status"].transform("nunique") > 1
    return [int(at) for at in answers.index[several & answers.duplicated(ASKED)]]


def _site(word: Any, trajectory: Trajectory) -> str | None:
    if word is None or pd.isna(word):
        return None
    return find(trajectory.sites, str(word)) or (None if trajectory.sites else str(word))

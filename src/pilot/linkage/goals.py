"""Goals of people's own: written when, weighed how, reached how far, rated by whom."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from pilot.design import EventKind, Trajectory
from pilot.frames import GOALS
from pilot.linkage.periods import day_of, first_start

AS_EXPECTED = 0


def goals_of(
    events: pd.DataFrame,
    started: pd.DataFrame,
    register: pd.DataFrame,
    trajectory: Trajectory,
) -> pd.DataFrame:
    """Return one row a goal.

    An export has a row for each time a goal (`kind`) was set, rated (with `level` and
    `rater`) or replaced. A goal that is changed halfway is a new goal, under a name of its
    own; the old one stays as set and, replaced, does not count as reached, whatever it was
    rated.

    Parameters
    ----------
    events : DataFrame
        Columns `frames.EVENTS`; those that mean a goal.
    started, register : DataFrame
        Columns `frames.STARTED` and `frames.REGISTER`; the register's first start is that
        of the person.

    Returns
    -------
    DataFrame
        Columns `frames.GOALS`. `level` is the last one given by the rater who counts (the
        design's first, else who rated first), `second` the last one of the other. `standing`
        is ``reached`` (as expected or better), ``not reached``, ``not rated`` or
        ``replaced``. `written` is empty where nobody wrote down when it was set.
    """
    rows: list[dict[str, Any]] = []
    for event in trajectory.events:
        if event.means == "goal":
            own = events[(events["event"] == event.key) & events["participant"].notna()]
            groups = own.groupby(["participant", "kind"], sort=False)
            raters = _raters(event, own)
            rows += [_goal(names, told, raters) for names, told in groups]
    table = pd.DataFrame(rows, columns=[n for n in GOALS if n not in ("family", "site")])
    table = table.drop(columns="started")
    people = started.drop_duplicates("participant").set_index("participant")
    who = table["participant"]
    made = table.assign(
        family=who.map(people["family"]),
        site=who.map(people["site"]),
        started=day_of(who, first_start(register)),
    )
    return made[list(GOALS)]


def _raters(event: EventKind, own: pd.DataFrame) -> list[str]:
    rated = own.loc[(own["status"] == "rated") & own["rater"].notna()]
    said = rated.sort_values("date", kind="stable")["rater"]
    return event.raters or list(dict.fromkeys(said))[:2]


def _goal(names: Any, told: pd.DataFrame, raters: list[str]) -> dict[str, Any]:
    participant, goal = names
    lived = told.sort_values("date", kind="stable", na_position="last")
    written = lived.loc[lived["status"] == "set", "date"].min()
    weights = lived["weight"].dropna()
    level, second = (_last(lived, raters[at : at + 1]) for at in (0, 1))
    if not raters:
        level = _last(lived, None)
    return {
        "participant": participant,
        "goal": goal,
        "written": written,
        "weight": float(weights.iloc[0]) if len(weights) else 1.0,
        "level": level,
        "second": second,
        "standing": _standing(set(lived["status"]), level),
    }


def _last(lived: pd.DataFrame, raters: list[str] | None) -> float:
    own = lived[(lived["status"] == "rated") & lived["level"].notna()]
    if raters is not None:
        own = own[own["rater"].isin(raters)]
    return float(own["level"].iloc[-1]) if len(own) else np.nan


def _standing(stages: set[Any], level: float) -> str:
    if "replaced" in stages:
        return "replaced"
    if np.isnan(level):
        return "not rated"
    return "reached" if level >= AS_EXPECTED else "not reached"

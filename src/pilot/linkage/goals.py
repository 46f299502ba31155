"""Goals of people's own: written when, weighed how, reached how far, rated by whom."""

from __future__ import annotations

import numpy as np
import pandas as pd

from pilot.design import EventKind, Trajectory
from pilot.design.happening import folded
from pilot.frames import GOALS
from pilot.linkage.goal_rows import FIRST, GOAL, rows_of_goals
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
    own or, set again with another weight or level, under the same one (the second is then
    called ``name (2)``). The old one is ``replaced``: neither reached nor not reached, and
    its level is that at which it was left, whatever it was rated later. Names and raters
    are compared without case and spaces.

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
    tables = [
        _goals(event, rows_of_goals(events, register, event.key))
        for event in trajectory.events
        if event.means == "goal"
    ]
    table = (
        pd.concat(tables, ignore_index=True) if tables else pd.DataFrame(columns=list(GOALS))
    )
    people = started.drop_duplicates("participant").set_index("participant")
    who = table["participant"]
    made = table.assign(
        family=who.map(people["family"]),
        site=who.map(people["site"]),
        started=day_of(who, first_start(register)),
    )
    return made[list(GOALS)]


def _raters(event: EventKind, rated: pd.DataFrame) -> list[str]:
    said = rated["rater"].dropna().tolist()
    return [folded(each) for each in event.raters] or list(dict.fromkeys(map(folded, said)))[:2]


def _goals(event: EventKind, rows: pd.DataFrame) -> pd.DataFrame:
    """Return one row a goal, in the order in which the export first names them."""
    left = rows["date"] > rows["dropped"]
    rated = rows[rows["status"].eq("rated") & rows["level"].notna() & ~left]
    raters = _raters(event, rated)
    who = rated["rater"].map(folded, na_action="ignore")
    counting, other = (rated[who.isin(raters[at : at + 1])] for at in (0, 1))
    written = rows[rows["status"] == "set"].sort_values(
        "date", kind="stable", na_position="first"
    )
    weight = written.groupby(GOAL)["weight"].last().astype(float)
    told = pd.DataFrame(
        {
            "goal": rows.groupby(GOAL)[FIRST].first(),
            "written": written.groupby(GOAL)["date"].min(),
            "weight": weight.combine_first(rows.groupby(GOAL)["weight"].first().astype(float)),
            "level": (counting if raters else rated).groupby(GOAL)["level"].last(),
            "second": other.groupby(GOAL)["level"].last(),
            "replaced": (rows["status"].eq("replaced") | rows["dropped"].notna())
            .groupby([rows[name] for name in GOAL])
            .any(),
        },
        index=pd.MultiIndex.from_frame(rows.sort_index()[GOAL].drop_duplicates()),
    )
    goals = told.reset_index().drop(columns="same")
    goals = goals.astype({"level": float, "second": float}).fillna({"weight": 1.0})
    version = goals["version"] + 1
    goals["goal"] = goals["goal"].where(
        version == 1, goals["goal"] + " (" + version.astype("str") + ")"
    )
    return goals.assign(standing=_standing(goals))


def _standing(goals: pd.DataFrame) -> pd.Series:
    level = goals["level"]
    known = [goals["replaced"].astype(bool), level.isna(), level >= AS_EXPECTED]
    said = np.select(known, ["replaced", "not rated", "reached"], "not reached")
    return pd.Series(said, index=goals.index, dtype="str")

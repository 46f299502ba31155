"""The rows of goals put together: which are of one goal, and which of a new one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from pilot.design import Trajectory
from pilot.design.happening import folded
from pilot.linkage.periods import day_of, first_start

GOAL = ["participant", "same", "version"]
FIRST = "first"  # the first spelling of a goal


def rows_of_goals(events: pd.DataFrame, register: pd.DataFrame, key: str) -> pd.DataFrame:
    """Return the rows of the goals of one event, in the order of their days.

    Names are compared without case and spaces. A goal that is set again after the start,
    with another weight or level or since it was replaced, is a new goal from that day on;
    what was rated on the day itself is the old one's. Up to the start a goal may be
    rewritten: then it is the same one.

    Parameters
    ----------
    events : DataFrame
        Columns `frames.EVENTS`.
    register : DataFrame
        Columns `frames.REGISTER`; its first start is that of the person.
    key : str
        The event.

    Returns
    -------
    DataFrame
        The rows of people and goals that have a name, by the index of the events; with
        ``same`` (the name as compared), ``first`` (as it was spelt first), ``version`` (0,
        1, ...), ``began`` (the person's start), ``dropped`` (the day from which the goal
        was no longer theirs; NaT if it stayed) and ``again`` (set once more on a later day).
    """
    own = events[
        events["event"].eq(key) & events["participant"].notna() & events["kind"].notna()
    ]
    names = own["kind"].astype("str")
    same = names.map({name: folded(name) for name in names.unique()})
    made = own.assign(same=same, date=pd.to_datetime(own["date"]))
    made[FIRST] = made.groupby(["participant", "same"], sort=False)["kind"].transform("first")
    made["began"] = day_of(made["participant"], first_start(register))
    again = _set_again(made)
    made = made.assign(version=_versions(made, again), again=made.index.isin(list(again)))
    made["dropped"] = _dropped(made)
    return made.sort_values("date", kind="stable", na_position="last")


def goal_faults(
    events: pd.DataFrame, register: pd.DataFrame, trajectory: Trajectory
) -> Iterator[tuple[int, str]]:
    """Yield rows of goals that do not fit, by the index of the events, with their rule."""
    for event in trajectory.events:
        if event.means == "goal":
            yield from _faults(rows_of_goals(events, register, event.key))


def _faults(rows: pd.DataFrame) -> Iterator[tuple[int, str]]:
    whose = [rows["participant"], rows["same"]]
    spelt = rows[rows["kind"] != rows[FIRST]].drop_duplicates(["participant", "kind"])
    yield from ((int(at), "goal-spelt-otherwise") for at in spelt.index)
    ever_set = rows["status"].eq("set").groupby(whose, sort=False).transform("any")
    rated = rows[rows["status"].eq("rated")]
    never = rated[~ever_set[rated.index].to_numpy(bool)]
    once = never.drop_duplicates(["participant", "same"])
    yield from ((int(at), "goal-not-set") for at in once.index)
    yield from ((int(at), "goal-set-again") for at in rows.index[rows["again"]])
    late = rated["date"] > rated["dropped"]
    yield from ((int(at), "goal-rated-late") for at in rated.index[late])


def _set_again(rows: pd.DataFrame) -> dict[int, bool]:
    """Return which rows set a goal once more, and whether it is a new goal by that."""
    dated = rows[rows["date"].notna() & rows["status"].isin(["set", "replaced"])]
    ordered = dated.assign(later=dated["status"] == "set").sort_values(
        ["date", "later"], kind="stable"
    )
    again: dict[int, bool] = {}
    for _, own in ordered.groupby(["participant", "same"], sort=False):
        if own["later"].sum() > 1:
            again |= _of_one(own)
    return again


def _of_one(own: pd.DataFrame) -> dict[int, bool]:
    again: dict[int, bool] = {}
    before: dict[Any, Any] | None = None
    replaced = False
    for at, row in zip(own.index.tolist(), own.to_dict("records"), strict=True):
        if row["status"] == "replaced":
            replaced = before is not None
            continue
        early = pd.notna(row["began"]) and row["date"] <= row["began"]
        if before is not None and not early and row["date"] > before["date"]:
            again[int(at)] = replaced or _differs(before, row)
        before, replaced = row, False
    return again


def _differs(before: dict[Any, Any], now: dict[Any, Any]) -> bool:
    return any(
        pd.notna(now[name]) and pd.notna(before[name]) and now[name] != before[name]
        for name in ("weight", "level")
    )


def _versions(rows: pd.DataFrame, again: dict[int, bool]) -> np.ndarray:
    """Return which goal of that name each row is of: 0 until it became a new one."""
    version = np.zeros(len(rows), dtype=int)
    new = rows.loc[[at for at, other in again.items() if other]]
    days: dict[tuple[Any, Any], list[Any]] = {}
    for who, same, day in zip(new["participant"], new["same"], new["date"], strict=True):
        days.setdefault((who, same), []).append(day)
    if not days:
        return version
    names = ("participant", "same", "status", "date")
    told = zip(*(rows[name].tolist() for name in names), strict=True)
    for place, (who, same, status, date) in enumerate(told):
        for day in days.get((who, same), ()):
            since = date >= day if status == "set" else date > day
            version[place] += int(bool(pd.isna(date)) or bool(since))
    return version


def _dropped(rows: pd.DataFrame) -> pd.Series:
    """Return from which day a goal was no longer the person's: replaced, or set anew."""
    whose = [rows[name] for name in GOAL]
    said = rows["date"].where(rows["status"] == "replaced")
    day = said.groupby(whose, sort=False).transform("min")
    written = rows["date"].where(rows["status"] == "set")
    starts: dict[Any, Any] = written.groupby(whose, sort=False).min().to_dict()
    following = {
        (who, same, version - 1): start
        for (who, same, version), start in starts.items()
        if version
    }
    keys = zip(rows["participant"], rows["same"], rows["version"], strict=True)
    anew = pd.Series([following.get(key, pd.NaT) for key in keys], index=rows.index)
    return day.fillna(pd.to_datetime(anew))

"""What people asked for: from asked to matched to fulfilled, and what is still open."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from pilot.design import Trajectory
from pilot.frames import REQUESTS
from pilot.linkage.periods import day_of, last_end, no_later

LATER = ("matched", "fulfilled", "withdrawn")


def requests_of(
    events: pd.DataFrame,
    trajectory: Trajectory,
    register: pd.DataFrame,
    lock: pd.Timestamp | None,
) -> pd.DataFrame:
    """Return one row a request, with the day of each stage.

    An export has a row a stage. A stage belongs to the earliest request of the same person
    (or family), kind and topic, asked on that day or before, that has not come so far yet.
    Where an export numbers its requests, map that number to `topic`. A stage of a request
    that nobody asked stays as a request whose asking is not known; nothing is dropped.

    Parameters
    ----------
    events : DataFrame
        Columns `frames.EVENTS`; those that mean a request have its stage as `status`.
    register : DataFrame
        Columns `frames.REGISTER`: an open request of who left was open until then.
    lock : Timestamp or None
        Until when a request that is still open was followed.

    Returns
    -------
    DataFrame
        Columns `frames.REQUESTS`. `state` is ``open``, ``matched`` (not fulfilled yet),
        ``fulfilled``, ``withdrawn`` or ``unclear`` (a status that the design does not
        know); `until` is the day to which it was followed: that of its end, or the last.
    """
    keys = [each.key for each in trajectory.events if each.means == "request"]
    told = events[events["event"].isin(keys)]
    who = told["participant"].fillna(told["family"])
    groups = told.assign(who=who).groupby(["who", "kind", "topic"], sort=False, dropna=False)
    rows = [row for _, own in groups for row in _paired(own)]
    table = pd.DataFrame(rows, columns=list(REQUESTS))
    last = no_later(day_of(table["participant"], last_end(register)), lock)
    known = register.dropna(subset=["family"]).drop_duplicates("participant")
    family = table["participant"].map(known.set_index("participant")["family"])
    table["family"] = table["family"].astype("str").fillna(family.astype("str"))
    table["until"] = pd.to_datetime(table["until"]).fillna(last)
    return table


def waiting(requests: pd.DataFrame, stage: str) -> pd.DataFrame:
    """Return how many days each request took to reach a stage, and whether it did.

    A request that is still open, or that was withdrawn, waited at least until the day it was
    followed to: it counts, as not done.

    Parameters
    ----------
    requests : DataFrame
        By `requests_of`.
    stage : {"matched", "fulfilled"}

    Returns
    -------
    DataFrame
        Columns ``days`` and ``done``, for requests whose asking has a day. What was
        fulfilled without a day of matching was matched by then.
    """
    asked = requests[requests["asked"].notna() & (requests["state"] != "unclear")]
    reached = pd.to_datetime(asked[stage])
    if stage == "matched":
        reached = reached.fillna(pd.to_datetime(asked["fulfilled"]))
    days = (reached.fillna(asked["until"]) - pd.to_datetime(asked["asked"])).dt.days
    made = pd.DataFrame({"days": days.clip(lower=0).astype("float64"), "done": reached.notna()})
    return made.dropna().reset_index(drop=True)


def _paired(own: pd.DataFrame) -> Iterator[dict[str, Any]]:
    stages = {stage: place for place, stage in enumerate(("asked", *LATER))}
    order = own.assign(place=own["status"].map(stages)).sort_values(
        ["date", "place"], kind="stable", na_position="last"
    )
    made: list[dict[str, Any]] = []
    for event in order.to_dict("records"):
        stage = event["status"]
        if stage in LATER:
            _reach(made, event)
        elif stage == "asked":
            made.append(_request(event) | {"asked": event["date"]})
        else:
            made.append(_request(event) | {"state": "unclear"})
    yield from made


def _request(event: dict[Any, Any]) -> dict[str, Any]:
    kept = {name: event[name] for name in ("participant", "family", "kind")}
    days = dict.fromkeys(("asked", "matched", "fulfilled", "until"), pd.NaT)
    return kept | days | {"state": "open"}


def _reach(made: list[dict[str, Any]], event: dict[Any, Any]) -> None:
    stage = event["status"]
    before = ("matched", "open") if stage != "matched" else ("open",)
    waiting_ = [each for state in before for each in made if each["state"] == state]
    request = waiting_[0] if waiting_ else _request(event)
    if not waiting_:
        made.append(request)
    request["state"] = stage
    if stage in request:
        request[stage] = event["date"]
    if stage != "matched":
        request["until"] = event["date"]

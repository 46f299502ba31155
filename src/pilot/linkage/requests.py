"""What people asked for: from asked to matched to fulfilled, and what is still open."""

from __future__ import annotations

import pandas as pd

from pilot.design import Trajectory
from pilot.frames import REQUESTS
from pilot.linkage.pairing import paired
from pilot.linkage.periods import day_of, last_end, no_later

LATER = ("matched", "fulfilled")


def requests_of(
    events: pd.DataFrame,
    trajectory: Trajectory,
    register: pd.DataFrame,
    lock: pd.Timestamp | None,
) -> pd.DataFrame:
    """Return one row a request, with the day of each stage.

    An export has a row a stage. Rows of the same person (or family), kind and topic are
    taken in the order of their days, on one day in that of the stages, whatever the order
    of the rows. A stage belongs to the earliest request that was asked by then (or on a day
    nobody wrote down) and has not come so far. What is left over then belongs to the
    earliest request without that stage, though its day cannot be right. Where nobody asked
    at all, the rows are one request whose asking is not known. A reopened request is open
    again, and its end is forgotten. Where an export numbers its requests, map that number
    to `topic`. Nothing is dropped, and what does not fit is told (`request-out-of-order`).

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
        ``fulfilled``, ``withdrawn`` or ``unclear`` (nothing but a status that the design
        does not know); `until` is the day to which it was followed: that of its
        end, or the last.
    """
    rows = [each.row() for each in paired(events, trajectory)]
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
        Columns ``days`` and ``done``, for requests whose asking has a day, and whose later
        days are known and in order. What was fulfilled without a day of matching was
        matched by then.
    """
    known = requests[requests["asked"].notna() & (requests["state"] != "unclear")]
    days = known.assign(
        **{name: pd.to_datetime(known[name]) for name in ("asked", *LATER, "until")}
    )
    reached, so_far = days["fulfilled"], ["fulfilled"]
    if stage == "matched":
        days = days[~(days["matched"] > days["fulfilled"])]
        reached, so_far = days["matched"].fillna(days["fulfilled"]), ["matched", "fulfilled"]
    on_no_day = days["state"].isin(so_far) & reached.isna()
    waited = (reached.fillna(days["until"]) - days["asked"]).dt.days
    made = pd.DataFrame({"days": waited.astype("float64"), "done": reached.notna()})
    return made[(waited >= 0) & ~on_no_day].reset_index(drop=True)

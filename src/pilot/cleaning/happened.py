"""Events, judged: whose they are, whether they stand there twice, and when they happened."""

from __future__ import annotations

from typing import Any

import pandas as pd

from pilot.cleaning.course import Days, set_far_dates_aside
from pilot.cleaning.desk import Desk
from pilot.cleaning.listed import Listed
from pilot.cleaning.permission import refused_first, removed
from pilot.cleaning.spelling import as_listed

SAME = [
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
]


def judge_events(desk: Desk, course: Days | None) -> Listed:
    """Judge the events of a trajectory, as its answers are judged.

    Set aside is an event of a number or family that the register does not know, or of
    somebody of whom nothing may be kept; the second of two that say the same of the same
    person and day, so that no session counts twice; and the date, not the event, where
    nothing can have happened then.

    Returns
    -------
    Listed
        The events that are left, with findings and quarantine.
    """
    listed = Listed("events", desk.events.reset_index(drop=True), desk.exports)
    if len(listed.frame):
        _set_strangers_aside(listed, desk)
        _set_removed_aside(listed, desk)
        _set_repeated_aside(listed)
        set_far_dates_aside(listed, "date", course)
    listed.frame = listed.frame.reset_index(drop=True)
    return listed


def judge_register(desk: Desk, course: Days | None) -> Listed:
    """Judge the register's days: one after the course moves nothing."""
    listed = Listed("register", desk.register.reset_index(drop=True), desk.exports)
    for name in ("start", "end"):
        set_far_dates_aside(listed, name, course)
    return listed


def _set_strangers_aside(listed: Listed, desk: Desk) -> None:
    if desk.register.empty:
        return
    events = listed.frame
    of_nobody = events["participant"].isna() & events["family"].notna()
    stranger = events["participant"].notna() & ~events["participant"].isin(
        desk.register["participant"]
    )
    families = desk.register["family"].dropna()
    if len(families):
        stranger |= of_nobody & ~events["family"].isin(families)
    ids = {}
    for place in listed.marked(stranger.to_numpy(bool)):
        event: dict[Any, Any] = events.loc[place].to_dict()
        named = "family" if pd.isna(event["participant"]) else "participant"
        ids[place] = listed.tell(
            "event-of-stranger",
            place,
            column=listed.heading(place, named),
            found=event[named],
            expected="a number of the register",
        )
    listed.set_rows_aside(ids)


def _set_removed_aside(listed: Listed, desk: Desk) -> None:
    answers = desk.consent[desk.consent["use"] == "answers"]
    spelt = as_listed(listed.frame["participant"], refused_first(answers))
    gone = spelt.isin(removed(desk.consent)).to_numpy(bool)
    ids = {
        place: listed.tell("withdrawn", place, expected="consent, not withdrawn")
        for place in listed.marked(gone)
    }
    listed.set_rows_aside(ids)


def _set_repeated_aside(listed: Listed) -> None:
    """Set all but the first of the same events aside; without a day nobody can tell."""
    dated = listed.frame[listed.frame["date"].notna()]
    first: dict[Any, int] = {}
    ids = {}
    ordered = dated.sort_values(["file", "row"], kind="stable")
    said = ordered[SAME].astype(object).where(ordered[SAME].notna(), None)
    for place, same in zip(ordered.index, said.itertuples(index=False, name=None), strict=True):
        if same not in first:
            first[same] = int(place)
            continue
        event, other = ordered.loc[place], ordered.loc[first[same]]
        ids[int(place)] = listed.tell(
            "event-repeated",
            int(place),
            column=listed.heading(int(place), "participant"),
            found=f"{_who(event)} on {event['date']:%Y-%m-%d}, also in {other['file']}, "
            f"row {other['row']}",
            expected="one row an event",
        )
    listed.set_rows_aside(ids)


def _who(event: Any) -> str:
    return str(event["family"] if pd.isna(event["participant"]) else event["participant"])

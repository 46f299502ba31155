"""Events, judged: whose they are, whether they stand there twice, and when they happened."""

from __future__ import annotations

from typing import Any

import pandas as pd

from pilot.cleaning.consent import WITHDRAWN
from pilot.cleaning.course import Days, set_far_dates_aside
from pilot.cleaning.desk import Desk
from pilot.cleaning.listed import Listed
from pilot.cleaning.permission import refused_first
from pilot.cleaning.spelling import as_listed
from pilot.design import find

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

    Set aside is an event of a number or family that the register does not know; one of
    somebody who never consented, or after they withdrew (without a day nobody can say that
    it was before); the second of two that say the same of the same person and day, so that
    no session counts twice; and the date, not the event, where nothing can have happened
    then. Sites become keys of the design; another one is told, and is no site.

    Returns
    -------
    Listed
        The events that are left, with findings and quarantine.
    """
    listed = Listed("events", desk.events.reset_index(drop=True), desk.exports)
    if len(listed.frame):
        _set_strangers_aside(listed, desk)
        _set_unwanted_aside(listed, desk)
        _read_sites(listed, desk)
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
    alike = {
        name: as_listed(events[name], desk.register[name].dropna())
        for name in ("participant", "family")
    }
    ids = {}
    for place in listed.marked(stranger.to_numpy(bool)):
        event: dict[Any, Any] = events.loc[place].to_dict()
        named = "family" if pd.isna(event["participant"]) else "participant"
        near = alike[named][place]
        ids[place] = listed.tell(
            "event-of-stranger",
            place,
            column=listed.heading(place, named),
            found=event[named],
            expected="a number of the register" if near == event[named] else f"perhaps {near}",
        )
    listed.set_rows_aside(ids)


def _set_unwanted_aside(listed: Listed, desk: Desk) -> None:
    """Set events aside that may not be used, as forms of the same people are.

    Those of a whole family stop with the last of its members whose answers may be used.
    """
    answers = desk.consent[desk.consent["use"] == "answers"]
    if answers.empty or listed.frame.empty:
        return
    said = answers.set_index("participant")
    who = as_listed(listed.frame["participant"], refused_first(answers))
    why = who.map(said["why"]).astype("str").fillna(_why_of_families(listed, desk, said["why"]))
    gone = (why == WITHDRAWN).to_numpy(bool)
    over = _end_of_families(listed, desk, said)
    since = pd.to_datetime(who.map(said["withdrawn"])).fillna(over)
    late = since.notna() & ~(pd.to_datetime(listed.frame["date"]) <= since)
    ids = {}
    for place in listed.marked(why.notna().to_numpy(bool) & ~gone):
        expected = "consent to use the answers"
        ids[place] = listed.tell("no-consent", place, found=why[place], expected=expected)
    for place in listed.marked(gone):
        ids[place] = listed.tell("withdrawn", place, expected="consent, not withdrawn")
    for place in listed.marked(late.to_numpy(bool) & why.isna().to_numpy(bool)):
        date: Any = listed.frame.loc[place, "date"]
        ids[place] = listed.tell(
            "withdrawn",
            place,
            column=listed.heading(place, "date"),
            found=None if pd.isna(date) else f"{date:%Y-%m-%d}",
            expected=f"until {since[place]:%Y-%m-%d}",
        )
    listed.set_rows_aside(ids)
    desk.permit(listed.frame)


def _why_of_families(listed: Listed, desk: Desk, why: pd.Series[Any]) -> pd.Series[Any]:
    """Return, of events of a whole family, why none of its members lets them be used."""
    members = desk.register.assign(why=desk.register["participant"].map(why))
    known = members.dropna(subset=["family"]).groupby("family")["why"]
    nobody = known.first()[known.count() == known.size()]
    alone = listed.frame["family"].where(listed.frame["participant"].isna())
    return alone.map(nobody).astype("str")


def _end_of_families(listed: Listed, desk: Desk, said: pd.DataFrame) -> pd.Series[Any]:
    """Return, of events of a whole family, when the last stopped; empty where one goes on."""
    code = desk.register["participant"]
    stopped = pd.to_datetime(code.map(said["withdrawn"])).where(code.map(said["why"]).isna())
    members = desk.register.assign(stopped=stopped, over=code.map(said["why"]).notna())
    members["over"] |= stopped.notna()
    known = members.dropna(subset=["family"]).groupby("family")
    last = known["stopped"].max()[known["over"].all()]
    alone = listed.frame["family"].where(listed.frame["participant"].isna())
    return pd.to_datetime(alone.map(dict(last)))


def _read_sites(listed: Listed, desk: Desk) -> None:
    """Read sites as keys of the design; an unknown one is told and left out."""
    sites, events = desk.trajectory.sites, listed.frame
    words = events["site"]
    if not sites or words.isna().all():
        return
    keys = words.map({word: find(sites, word) for word in words.dropna().unique()})
    for place in listed.marked((words.notna() & keys.isna()).to_numpy(bool)):
        listed.tell(
            "unknown-site",
            place,
            column=listed.heading(place, "site"),
            found=words[place],
            expected="one of " + ", ".join(site.key for site in sites),
        )
    listed.frame = events.assign(site=keys.astype("str"))


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

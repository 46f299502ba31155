"""The rows of requests put together: which stage is of which request, and what cannot be."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from pilot.design import Trajectory
from pilot.design.happening import folded

STAGES = ("asked", "matched", "fulfilled", "withdrawn", "reopened")
ENDS = ("fulfilled", "withdrawn")


@dataclass(slots=True)
class Request:
    """One request while its rows are put together.

    Attributes
    ----------
    first : int
        Its first row, by the index of the events.
    who : dict
        Participant, family and kind, of the first of its rows.
    days : dict
        The day of each stage that a row tells; NaT where that row has none.
    ended : str
        How it ended; empty while it goes on.
    wrong : list of (int, str)
        Rows that do not fit, by the index of the events, and what is wrong in words.
    """

    first: int
    who: dict[str, Any]
    days: dict[str, pd.Timestamp] = field(default_factory=dict)
    ended: str = ""
    unclear: bool = False
    wrong: list[tuple[int, str]] = field(default_factory=list)

    def row(self) -> dict[str, Any]:
        """Return the request as a row of `frames.REQUESTS`."""
        state = self.ended or ("matched" if "matched" in self.days else "open")
        days = {name: self.days.get(name, pd.NaT) for name in ("asked", "matched", "fulfilled")}
        until = self.days.get(self.ended, pd.NaT)
        return self.who | days | {"state": "unclear" if self.unclear else state, "until": until}

    def may_take(self, stage: str, day: Any) -> bool:
        """Return whether a stage of this day can be its next."""
        asked = self.days.get("asked", pd.NaT)
        if "asked" not in self.days or (pd.notna(asked) and not asked <= day):
            return False
        return not self.ended and (stage in ENDS or "matched" not in self.days)

    def take(self, stage: str, day: Any) -> None:
        """Come so far."""
        self.days[stage] = day
        self.ended = stage if stage in ENDS else self.ended

    def reopen(self) -> None:
        """Be open again: it was not fulfilled, or not withdrawn, after all."""
        self.days.pop(self.ended, None)
        self.ended = ""


def paired(events: pd.DataFrame, trajectory: Trajectory) -> Iterator[Request]:
    """Yield the requests, person by person; by `requests_of` and for what is told."""
    keys = [each.key for each in trajectory.events if each.means == "request"]
    told = events[events["event"].isin(keys)]
    who = told["participant"].fillna(told["family"])
    same = {
        f"same_{name}": ["" if pd.isna(word) else folded(str(word)) for word in told[name]]
        for name in ("kind", "topic")
    }
    groups = told.assign(who=who, **same)
    by = ["who", "same_kind", "same_topic"]
    for _, own in groups.groupby(by, sort=False, dropna=False):
        yield from _pair(own)


def first_rows(events: pd.DataFrame, trajectory: Trajectory) -> list[int]:
    """Return the first row of each request, by the index of the events; to count them."""
    return [each.first for each in paired(events, trajectory) if not each.unclear]


def _pair(own: pd.DataFrame) -> list[Request]:
    place = own["status"].map({stage: at for at, stage in enumerate(STAGES)})
    order = own.assign(place=place, day=pd.to_datetime(own["date"]))
    rows = order.sort_values(["day", "place"], kind="stable", na_position="last")
    asked = rows["status"] == "asked"
    made = [_asked(int(at), row) for at, row in _records(rows[asked])]
    left = [
        (at, row)
        for at, row in _records(rows[~asked & rows["place"].notna()])
        if not _fits(made, row["status"], row["date"])
    ]
    ghosts: list[Request] = []
    for at, row in left:
        _force(made, ghosts, (at, row))
    unclear = _records(rows[rows["place"].isna()])
    if unclear and not made and not ghosts:
        made = [Request(at, _who(row), unclear=True) for at, row in unclear]
    return [*made, *ghosts]


def _records(rows: pd.DataFrame) -> list[tuple[int, dict[Any, Any]]]:
    return list(zip(rows.index.tolist(), rows.to_dict("records"), strict=True))


def _who(row: dict[Any, Any]) -> dict[str, Any]:
    return {name: row[name] for name in ("participant", "family", "kind")}


def _asked(at: int, row: dict[Any, Any]) -> Request:
    request = Request(at, _who(row), {"asked": row["date"]})
    if pd.isna(row["date"]):
        request.wrong.append((at, _said(row)))
    return request


def _fits(made: list[Request], stage: str, day: Any) -> bool:
    """Give a stage to the earliest request that it can belong to; say whether there is one."""
    if stage == "reopened":
        ended = [each for each in made if each.ended and each.days[each.ended] <= day]
        if ended:
            max(ended, key=lambda each: each.days[each.ended]).reopen()
        return bool(ended)
    fitting = [each for each in made if each.may_take(stage, day)]
    further = [each for each in fitting if "matched" in each.days]
    for request in (further or fitting)[:1]:
        request.take(stage, day)
    return bool(fitting)


def _force(
    made: list[Request], ghosts: list[Request], told: tuple[int, dict[Any, Any]]
) -> None:
    """Give a stage that fits nowhere to who lacks it, or to a request that nobody asked.

    Where all have come so far it changes nothing: a second ending makes no second request.
    """
    at, row = told
    stage = row["status"]
    if not made and not ghosts:
        ghosts.append(Request(at, _who(row)))
    every = [*made, *ghosts]
    lacking = [each for each in every if _lacks(each, stage)]
    request = (lacking or every[-1:])[0]
    request.wrong.append((at, _said(row, request)))
    if lacking:
        request.take(stage, row["date"])


def _lacks(request: Request, stage: str) -> bool:
    if stage in ENDS:
        return not request.ended
    return stage == "matched" and stage not in request.days


def _said(row: dict[Any, Any], request: Request | None = None) -> str:
    """Return a stage and its day in words, and when it was asked."""
    asked = "" if request is None else _day(request.days.get("asked"), "never")
    told = f"{row['status']}: {_day(row['date'], 'no date')}"
    return f"{told}, asked: {asked}" if asked else told


def _day(day: Any, nothing: str) -> str:
    return nothing if day is None or pd.isna(day) else f"{day:%Y-%m-%d}"

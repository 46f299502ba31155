"""What events tell, counted by hand: dose, roles, requests, help, principles, goals."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from pilot.design import EventKind, Trajectory, load_trajectory
from pilot.frames import EVENTS, REGISTER, STARTED
from pilot.linkage import (
    attendance,
    family_presence,
    fidelity,
    giving,
    goals_of,
    presence,
    requests_of,
    role_moves,
    tallies,
    time_at_risk,
    waiting,
)

LOCK = pd.Timestamp("2025-12-31")


def day(text: str | None) -> pd.Timestamp:
    """Return a day; NaT for none."""
    return pd.to_datetime(text)


def events(kind: str, *told: dict[str, Any]) -> pd.DataFrame:
    """Return events of one key; `date` as text."""
    rows = [{"event": kind, **each, "date": day(each.get("date"))} for each in told]
    return pd.DataFrame(rows, columns=list(EVENTS))


def people(*who: tuple[str, str | None, str | None, str]) -> pd.DataFrame:
    """Return who started."""
    return pd.DataFrame(who, columns=list(STARTED)).astype({"family": "str", "site": "str"})


def register(*periods: tuple[str, str, str | None]) -> pd.DataFrame:
    """Return a register of numbers, starts and ends."""
    rows = [{"participant": who, "start": day(start), "end": day(end)}
            for who, start, end in periods]  # fmt: skip
    return pd.DataFrame(rows, columns=list(REGISTER))


@pytest.fixture(scope="module")
def families() -> Trajectory:
    """Return a trajectory with families and attendance."""
    return load_trajectory("krachtige-gezinnen")


@pytest.fixture(scope="module")
def centres() -> Trajectory:
    """Return a trajectory with roles and principles."""
    return load_trajectory("moeder-vadercentra")


@pytest.fixture(scope="module")
def asking() -> Trajectory:
    """Return a trajectory with requests."""
    return load_trajectory("verbinding-empowerment")


@pytest.fixture(scope="module")
def men() -> Trajectory:
    """Return a trajectory with goals."""
    return load_trajectory("m-power")


HOME = people(
    ("a1", "a", "west", "parent"),
    ("a2", "a", "west", "parent"),
    ("a3", "a", "west", "child"),
    ("b1", "b", "oost", "parent"),
)


def test_dose_counted_by_hand(families: Trajectory) -> None:
    """Sessions, minutes, days from first to last and the longest gap; who was absent not."""
    came = events(
        "attendance",
        {"participant": "a1", "date": "2025-03-01", "minutes": 60.0},
        {"participant": "a1", "date": "2025-03-08", "minutes": 90.0},
        {"participant": "a1", "date": "2025-04-01", "minutes": 60.0},
        {"participant": "a1", "date": "2025-06-01", "status": "afwezig"},
        {"participant": "a1"},
        {"family": "a", "date": "2025-05-01"},
        {"participant": "a3", "date": "2025-03-01", "minutes": 60.0},
    )
    table = presence(came, HOME, families).set_index("participant")

    assert table["sessions"].to_dict() == {"a1": 5, "a2": 1, "a3": 2, "b1": 0}
    one = table.loc["a1"]
    assert (one["minutes"], one["undated"]) == (210.0, 1)
    assert (one["first"], one["last"]) == (day("2025-03-01"), day("2025-05-01"))
    assert (one["span_days"], one["longest_gap_days"]) == (61.0, 30.0)
    assert table.loc["a2", ["minutes", "longest_gap_days"]].isna().all()
    assert table.loc["b1", ["first", "minutes", "span_days"]].isna().all()


def test_a_family_is_its_member_who_came_most(families: Trajectory) -> None:
    """A family's line is that of one member in the role; a child does not stand for it."""
    days = [("a2", 1), ("a2", 2), ("a3", 1), ("a3", 2), ("a3", 3)]
    rows = [{"participant": who, "date": f"2025-03-0{on}"} for who, on in days]
    came = events("attendance", *rows)
    lines = family_presence(presence(came, HOME, families), "parent")

    assert lines[["participant", "sessions"]].to_numpy().tolist() == [["a2", 2], ["b1", 0]]


def test_presence_and_attendance_count_the_same(families: Trajectory) -> None:
    """The sessions of the team's lines are those of the feasibility table."""
    came = events("attendance", {"participant": "a1"}, {"family": "a"}, {"participant": "b1"})
    times = attendance(came, HOME, families)

    assert times is not None
    assert presence(came, HOME, families)["sessions"].tolist() == times.tolist()


def test_nothing_registered_has_no_lines(families: Trajectory) -> None:
    """Nothing registered is not 'nobody came'."""
    assert presence(events("other", {"participant": "a1"}), HOME, families).empty


VISITORS = people(
    ("v1", None, "de-haven", "visitor"),
    ("v2", None, "de-haven", "visitor"),
    ("v3", None, "de-tuin", "visitor"),
)
ROLES = (
    {"participant": "v1", "date": "2025-02-01", "kind": "meehelper"},
    {"participant": "v1", "date": "2025-01-01", "kind": "bezoeker"},
    {"participant": "v1", "date": "2025-03-01", "kind": "meehelper"},
    {"participant": "v1", "date": "2025-05-01", "kind": "vrijwilliger"},
    {"participant": "v1", "date": "2025-09-01", "kind": "bezoeker"},
    {"participant": "v2", "date": "2025-01-01", "kind": "bezoeker"},
    {"participant": "v2", "date": "2025-04-01", "kind": "kok"},
)


def test_roles_counted_by_hand(centres: Trajectory) -> None:
    """From, to and first day; the first role and the same role again are no moves."""
    moves = role_moves(events("role-change", *ROLES), VISITORS, centres)

    told = moves[["participant", "left", "taken", "up"]].astype(object)
    assert told.where(told.notna(), None).to_numpy().tolist() == [
        ["v1", "bezoeker", "meehelper", True],
        ["v1", "meehelper", "vrijwilliger", True],
        ["v1", "vrijwilliger", "bezoeker", False],
        ["v2", "bezoeker", "kok", None],
    ]
    assert moves["date"].tolist() == [
        day(each) for each in ("2025-02-01", "2025-05-01", "2025-09-01", "2025-04-01")
    ]
    assert moves["site"].unique().tolist() == ["de-haven"]


def test_time_at_risk_ends_with_the_first_move_the_end_or_the_data(centres: Trajectory) -> None:
    """A person counts until they first moved up, left, or the data end."""
    moves = role_moves(events("role-change", *ROLES), VISITORS, centres)
    lives = register(
        ("v1", "2025-01-01", None),
        ("v2", "2025-01-01", "2025-04-11"),
        ("v3", "2025-12-21", None),
    )
    risk = time_at_risk(moves, VISITORS, lives, LOCK)

    assert (risk["years"] * 365.25).round(6).tolist() == [31.0, 100.0, 10.0]
    assert risk["moved_up"].tolist() == [True, False, False]


def test_without_a_register_nobody_has_years(centres: Trajectory) -> None:
    """Nothing is guessed of when somebody began."""
    moves = role_moves(events("role-change", *ROLES), VISITORS, centres)

    assert time_at_risk(moves, VISITORS, register(), LOCK)["years"].isna().all()


def request(who: str, date: str | None, status: str, number: str = "1") -> dict[str, Any]:
    """Return one row of the requests."""
    return {"participant": who, "date": date, "kind": "kleding", "topic": number,
            "status": status}  # fmt: skip


def test_requests_counted_by_hand(asking: Trajectory) -> None:
    """Asked, matched and fulfilled come together; what is open stays, until leaving or lock."""
    told = events(
        "request",
        request("p1", "2025-03-10", "fulfilled"),
        request("p1", "2025-03-01", "asked"),
        request("p1", "2025-03-05", "matched"),
        request("p1", "2025-06-01", "asked", "2"),
        request("p2", "2025-06-01", "asked"),
        request("p2", "2025-06-21", "matched"),
        request("p3", "2025-07-01", "asked"),
        request("p3", "2025-07-08", "withdrawn"),
        request("p4", "2025-08-01", "fulfilled"),
        request("p5", "2025-08-01", "vervult"),
    )
    lives = register(("p1", "2025-01-01", None), ("p2", "2025-01-01", "2025-08-30"))
    table = requests_of(told, asking, lives, LOCK)

    assert table["state"].tolist() == [
        "fulfilled", "open", "matched", "withdrawn", "fulfilled", "unclear",
    ]  # fmt: skip
    assert table["until"].tolist() == [
        day(each)
        for each in ("2025-03-10", "2025-12-31", "2025-08-30", "2025-07-08", "2025-08-01",
                     "2025-12-31")
    ]  # fmt: skip
    waits = waiting(table, "fulfilled")
    assert waits["days"].tolist() == [9.0, 213.0, 90.0, 7.0]
    assert waits["done"].tolist() == [True, False, False, False]
    assert waiting(table, "matched")["days"].tolist() == [4.0, 213.0, 20.0, 7.0]


def test_every_row_of_requests_is_in_one_request(asking: Trajectory) -> None:
    """Stages are conserved: each asked row is a request, each later one closes one."""
    rows = [
        request("p1", f"2025-0{month}-01", stage, "")
        for month in (1, 2, 3)
        for stage in ("asked", "matched", "fulfilled")
    ]
    table = requests_of(events("request", *rows), asking, register(), LOCK)

    assert len(table) == 3
    assert table[["asked", "matched", "fulfilled"]].notna().to_numpy().sum() == len(rows)


def test_order_of_rows_does_not_matter(asking: Trajectory) -> None:
    """The same requests come out of the same export sorted another way."""
    stages = {"03-01": "asked", "03-05": "matched", "04-01": "asked", "04-05": "fulfilled"}
    rows = [request("p1", f"2025-{on}", stage) for on, stage in stages.items()]
    one = requests_of(events("request", *rows), asking, register(), LOCK)
    other = requests_of(events("request", *rows[::-1]), asking, register(), LOCK)

    pd.testing.assert_frame_equal(one, other)


def test_help_given_and_received(families: Trajectory) -> None:
    """The last wave with both answers counts; who answered one of the two is not in it."""
    panel = pd.DataFrame(
        [
            ("a1", "t0", 0, 2), ("a1", "t1", 3, 0), ("a1", "t2", 1, None),
            ("a2", "t0", 0, 0), ("b1", "t0", None, 4),
        ],
        columns=["participant", "wave", "help_given_01", "help_received_01"],
    ).assign(role="parent").astype(
        {"help_given_01": "Int64", "help_received_01": "Int64"}
    )  # fmt: skip
    table = giving(panel, events("other"), HOME, families)

    assert table[["participant", "wave", "standing"]].to_numpy().tolist() == [
        ["a1", "t1", "only given"],
        ["a2", "t0", "none"],
    ]


def test_events_of_help_count_beside_answers(families: Trajectory) -> None:
    """Who was seen to give or receive does so, whatever they answered or did not."""
    told = families.model_copy(
        update={"events": [EventKind(key="help", label=families.title, means="help")]}
    )
    seen = events(
        "help",
        {"participant": "a1", "status": "received"},
        {"participant": "b1", "status": "given"},
    )
    panel = pd.DataFrame(
        {"participant": ["a1"], "role": "parent", "wave": "t0", "help_given_01": [2],
         "help_received_01": [0]}
    )  # fmt: skip
    table = giving(panel, seen, HOME, told)

    assert table[["participant", "standing"]].to_numpy().tolist() == [
        ["a1", "both"],
        ["b1", "only given"],
    ]


def test_principles_counted_by_hand(centres: Trajectory) -> None:
    """A site and half-year: kept, in part, not; empty and unknown answers count as none."""
    rows = [
        ("De Tuin", "2025-06-30", "yes"), ("De Tuin", "2025-01-02", "partly"),
        ("De Tuin", "2025-07-01", "no"), ("De Haven", "2025-03-01", "yes"),
        ("De Haven", "2025-03-01", None), ("De Haven", "2025-03-01", "soms"),
    ]  # fmt: skip
    told = events(
        "principle", *({"site": site, "date": on, "status": said} for site, on, said in rows)
    )
    table = fidelity(told, centres)

    assert table.to_numpy().tolist() == [
        ["de-haven", "2025-1", 1, 1, 0, 0, 1.0],
        ["de-tuin", "2025-1", 2, 1, 1, 0, 0.5],
        ["de-tuin", "2025-2", 1, 0, 0, 1, 0.0],
    ]


def goal(name: str, date: str, status: str, **more: Any) -> dict[str, Any]:
    """Return one row of the goals of m1."""
    return {"participant": "m1", "kind": name, "date": date, "status": status, **more}


def test_goals_counted_by_hand(men: Trajectory) -> None:
    """The man's last level counts, his coach's stands beside; a changed goal is not met."""
    told = events(
        "goal",
        goal("doel 1", "2024-08-01", "set", weight=6.0),
        goal("doel 1", "2025-03-01", "rated", level=-1.0, rater="man"),
        goal("doel 1", "2025-09-01", "rated", level=0.0, rater="man"),
        goal("doel 1", "2025-09-01", "rated", level=-1.0, rater="coach"),
        goal("doel 2", "2024-08-01", "set"),
        goal("doel 2", "2025-03-01", "rated", level=2.0, rater="man"),
        goal("doel 2", "2025-03-01", "replaced"),
        goal("doel 3", "2025-03-01", "set"),
        goal("doel 4", "2025-03-01", "set"),
        goal("doel 4", "2025-09-01", "rated", level=-2.0, rater="man"),
    )
    who = people(("m1", None, "groep-1", "man"))
    table = goals_of(told, who, register(("m1", "2024-08-19", None)), men)

    assert table["standing"].tolist() == ["reached", "replaced", "not rated", "not reached"]
    assert table["weight"].tolist() == [6.0, 1.0, 1.0, 1.0]
    assert table.loc[0, ["level", "second"]].tolist() == [0.0, -1.0]
    assert table.loc[1, "level"] == 2.0
    assert (table["written"] < table["started"]).tolist() == [True, True, False, False]


def test_tallies_count_a_request_once(asking: Trajectory) -> None:
    """A request is counted when it was asked; what nobody registered stays, with 0."""
    told = events(
        "request", request("p1", "2025-03-01", "asked"), request("p1", "2025-03-05", "matched")
    )
    table = tallies(told, people(("p1", "f", None, "parent")), asking)
    whole = table[table["kind"].isna()].set_index("event")["times"]

    assert whole.to_dict() == {
        "contact": 0, "request": 1, "logbook": 0, "burden": 0, "unused-help": 0,
    }  # fmt: skip
    clothes = table[(table["event"] == "request") & (table["kind"] == "kleding")].iloc[0]
    assert (clothes["people"], clothes["families"]) == (1, 1)

"""What events tell, counted by hand: dose, roles, requests, help, principles, goals."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from pilot.design import EventKind, Trajectory, load_trajectory
from pilot.frames import CONSENT, EVENTS, REGISTER, STARTED
from pilot.linkage import (
    attendance,
    family_presence,
    fidelity,
    giving,
    goals_of,
    in_a_known_role,
    presence,
    requests_of,
    role_moves,
    tallies,
    time_at_risk,
    waiting,
)
from pilot.linkage.dose import dose_of
from pilot.linkage.fidelity import principles_twice
from pilot.linkage.goal_rows import goal_faults
from pilot.linkage.pairing import paired
from pilot.linkage.role_lives import lives_of

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
    ("b1", "b", "west", "parent"),
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


def test_a_site_without_a_list_is_not_recorded(families: Trajectory) -> None:
    """Nobody of oost has a row: that is no 0, for a person, a family or the base."""
    home = people(*HOME.itertuples(index=False), ("c1", "c", "oost", "parent"))
    came = events("attendance", {"participant": "a1", "date": "2025-03-01"})
    absent = events("attendance", {"participant": "c1", "status": "ziek"})
    table = presence(came, home, families).set_index("participant")
    dose = dose_of(came, home, families)

    assert table["sessions"].fillna(-1).to_dict() == {
        "a1": 1, "a2": 0, "a3": 0, "b1": 0, "c1": -1,
    }  # fmt: skip
    assert pd.isna(table.loc["c1", "undated"])
    assert dose is not None
    assert (dose.recorded, dose.any_session, dose.sessions.isna().tolist()) == (
        2, 1, [False, False, True],
    )  # fmt: skip
    listed = pd.concat([came, absent])
    assert attendance(listed, home, families).tolist() == [1, 0, 0, 0, 0]  # type: ignore[union-attr]


def test_who_wanted_it_removed_did_not_come_0_times(families: Trajectory) -> None:
    """Their events were set aside: how often they came is not known."""
    came = events("attendance", {"participant": "a1", "date": "2025-03-01"})
    rows = [
        {"participant": "b1", "use": "answers", "given": False},
        {"participant": "b1", "use": "quotes", "given": True},
        {"participant": "a2", "use": "quotes", "given": False},
    ]
    consent = pd.DataFrame(rows, columns=list(CONSENT))
    times = attendance(came, HOME, families, consent)
    dose = dose_of(came, HOME, families, consent)

    assert times is not None
    assert times.fillna(-1).tolist() == [1, 0, 0, -1]
    assert dose is not None
    assert dose.recorded == 1


def test_a_session_of_family_and_member_counts_once(families: Trajectory) -> None:
    """One day and kind is one session for who has both rows; another kind or day is not."""
    came = events(
        "attendance",
        {"family": "a", "date": "2025-03-01", "kind": "kunst", "minutes": 60.0},
        {"participant": "a1", "date": "2025-03-01", "kind": "kunst", "minutes": 60.0},
        {"family": "a", "date": "2025-03-02", "kind": "kunst", "minutes": 60.0},
        {"participant": "a1", "date": "2025-03-02", "kind": "coaching", "minutes": 60.0},
        {"family": "a", "date": "2025-03-03", "minutes": 60.0},
        {"participant": "a1", "date": "2025-03-03", "kind": "kunst", "minutes": 60.0},
    )
    table = presence(came, HOME, families).set_index("participant")
    dose = dose_of(came, HOME, families)

    assert table["sessions"].to_dict() == {"a1": 4, "a2": 3, "a3": 3, "b1": 0}
    assert dose is not None
    assert dose.minutes == 240.0


def test_only_who_was_there_came(families: Trajectory) -> None:
    """Ill, a word that means neither, and a session of 0 minutes are no coming."""
    said = ("ziek", "verhinderd", "afwezig met bericht", "x", "present", None)
    rows = [{"participant": "a1", "status": word} for word in said]
    came = events("attendance", *rows, {"participant": "a1", "minutes": 0.0})

    assert attendance(came, HOME, families).tolist() == [2, 0, 0, 0]  # type: ignore[union-attr]


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


STARTED_IN_JANUARY = register(
    ("v1", "2025-01-01", None), ("v2", "2025-01-01", None), ("v3", "2025-01-01", None)
)


def roles(*told: tuple[str, str | None, str]) -> pd.DataFrame:
    """Return roles taken by number, day and role."""
    rows = ({"participant": who, "date": on, "kind": role} for who, on, role in told)
    return events("role-change", *rows)


def test_only_the_new_role_is_a_move_from_the_register_s(centres: Trajectory) -> None:
    """The register says who is a visitor: then a later first role is a move, and up."""
    told = roles(("v1", "2025-03-03", "meehelper"), ("v2", "2025-01-01", "vrijwilliger"))
    moves = role_moves(told, VISITORS, centres, STARTED_IN_JANUARY)

    assert moves[["participant", "left", "taken", "up"]].to_numpy().tolist() == [
        ["v1", "bezoeker", "meehelper", True],
    ]  # fmt: skip
    known = in_a_known_role(told, VISITORS, centres, STARTED_IN_JANUARY)
    assert known["participant"].tolist() == ["v1", "v2", "v3"]


def test_a_starting_role_that_nobody_knows_counts_nowhere(centres: Trajectory) -> None:
    """The register's role is none of the ladder: no move, and not in the base."""
    parents = VISITORS.assign(role="parent")
    told = roles(
        ("v1", "2025-03-03", "meehelper"), ("v1", "2025-05-03", "vrijwilliger"),
        ("v2", "2025-03-03", "bezoeker"),
    )  # fmt: skip
    moves = role_moves(told, parents, centres, STARTED_IN_JANUARY)
    known = in_a_known_role(told, parents, centres, STARTED_IN_JANUARY)

    assert moves.empty
    assert known["participant"].tolist() == ["v2"]
    firsts = {life.participant: life.first for life in lives_of(told, parents, centres)}
    assert firsts == {"v1": None, "v2": "bezoeker"}


def test_roles_of_one_day_follow_the_ladder(centres: Trajectory) -> None:
    """Whatever the order of the rows: two moves, both up."""
    told = roles(
        ("v1", "2025-01-01", "bezoeker"), ("v1", "2025-03-03", "vrijwilliger"),
        ("v1", "2025-03-03", "meehelper"),
    )  # fmt: skip
    moves = role_moves(told, VISITORS, centres, STARTED_IN_JANUARY)

    assert moves["taken"].tolist() == ["meehelper", "vrijwilliger"]
    assert moves["up"].tolist() == [True, True]


def test_a_move_without_a_day_counts_everywhere(centres: Trajectory) -> None:
    """In the list and among who moved up; since when is not known, so in no years."""
    told = roles(("v1", "2025-01-01", "bezoeker"), ("v1", None, "meehelper"))
    moves = role_moves(told, VISITORS, centres, STARTED_IN_JANUARY)
    risk = time_at_risk(moves, VISITORS, STARTED_IN_JANUARY, LOCK)

    assert len(moves) == 1
    assert risk["moved_up"].tolist() == [True, False, False]
    assert risk["years"].isna().tolist() == [True, False, False]


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


OUT_OF_ORDER = {
    "matched after it was fulfilled": (
        [("asked", "02-03"), ("fulfilled", "02-20"), ("matched", "02-25")],
        ("fulfilled", [], [17.0], ["matched: 2025-02-25, asked: 2025-02-03"]),
    ),
    "fulfilled before it was asked": (
        [("fulfilled", "02-10"), ("asked", "02-12")],
        ("fulfilled", [], [], ["fulfilled: 2025-02-10, asked: 2025-02-12"]),
    ),
    "asked without a day": (
        [("asked", None), ("fulfilled", "04-08")],
        ("fulfilled", [], [], ["asked: no date"]),
    ),
    "never asked": (
        [("matched", "04-01"), ("fulfilled", "04-08")],
        ("fulfilled", [], [], ["matched: 2025-04-01, asked: never",
                               "fulfilled: 2025-04-08, asked: never"]),
    ),
    "fulfilled without a day": (
        [("asked", "02-03"), ("matched", "02-10"), ("fulfilled", None)],
        ("fulfilled", [7.0], [], ["fulfilled: no date, asked: 2025-02-03"]),
    ),
    "opened again": (
        [("asked", "02-03"), ("fulfilled", "02-17"), ("reopened", "02-20")],
        ("open", [331.0], [331.0], []),
    ),
    "opened again and fulfilled": (
        [("asked", "02-03"), ("fulfilled", "02-17"), ("reopened", "02-20"),
         ("fulfilled", "03-03")],
        ("fulfilled", [28.0], [28.0], []),
    ),
    "opened before it ended": (
        [("asked", "02-03"), ("reopened", "02-10"), ("fulfilled", "02-17")],
        ("fulfilled", [14.0], [14.0], ["reopened: 2025-02-10, asked: 2025-02-03"]),
    ),
    "fulfilled twice": (
        [("asked", "02-03"), ("fulfilled", "02-17"), ("fulfilled", "02-20")],
        ("fulfilled", [14.0], [14.0], ["fulfilled: 2025-02-20, asked: 2025-02-03"]),
    ),
    "all on one day, last first": (
        [("fulfilled", "02-03"), ("matched", "02-03"), ("asked", "02-03")],
        ("fulfilled", [0.0], [0.0], []),
    ),
    "a word that nobody knows": (
        [("asked", "02-03"), ("bezig", "02-09")],
        ("open", [331.0], [331.0], []),
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", OUT_OF_ORDER)
def test_a_request_out_of_order_is_one(asking: Trajectory, case: str) -> None:
    """One request, told where it cannot be, and waits only where both days fit."""
    rows, (state, to_match, to_fulfil, wrong) = OUT_OF_ORDER[case]
    came = [
        request("p1", None if on is None else f"2025-{on}", stage) for stage, on in rows
    ]  # fmt: skip
    told = events("request", *came)
    table = requests_of(told, asking, register(), LOCK)

    assert table["state"].tolist() == [state]
    assert waiting(table, "matched")["days"].tolist() == to_match
    assert waiting(table, "fulfilled")["days"].tolist() == to_fulfil
    assert [said for each in paired(told, asking) for _, said in each.wrong] == wrong
    counts = tallies(told, people(("p1", "f", None, "parent")), asking).set_index("event")
    assert counts.loc["request", "times"].iloc[0] == 1


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


def test_a_principle_has_one_answer_a_half_year(centres: Trajectory) -> None:
    """The same answer twice counts once; of two others the last, on one day the worse."""
    rows = [
        ("De Tuin", "2025-03-03", "netwerk", "yes"),
        ("De Tuin", "2025-03-04", "netwerk", "yes"),
        ("De Tuin", "2025-03-03", "zorg", "no"), ("De Tuin", "2025-04-03", "zorg", "yes"),
        ("De Tuin", "2025-03-03", "vaders", "no"), ("De Tuin", "2025-03-03", "vaders", "yes"),
        ("De Tuinn", "2025-03-03", "zorg", "yes"),
    ]  # fmt: skip
    told = events(
        "principle",
        *(
            {"site": site, "date": on, "kind": kind, "status": said}
            for site, on, kind, said in rows
        ),
    )

    assert fidelity(told, centres).to_numpy().tolist() == [
        ["de-tuin", "2025-1", 3, 2, 0, 1, 2 / 3],
    ]  # fmt: skip
    assert sorted(principles_twice(told, centres)) == [3, 4]


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


STARTS = ("m1", "2024-08-19", None)
LONE = people(("m1", None, "groep-1", "man"))


def faults(told: pd.DataFrame, men: Trajectory) -> list[tuple[int, str]]:
    """Return what is wrong with goals, by their place among the events."""
    return list(goal_faults(told, register(STARTS), men))


def test_a_goal_is_one_however_it_is_spelt(men: Trajectory) -> None:
    """Case and spaces of goals and raters do not matter; the other spelling is told."""
    told = events(
        "goal",
        goal("Werk", "2024-08-01", "set", weight=3.0),
        goal(" werk", "2025-03-01", "rated", level=1.0, rater="Man "),
        goal("werk", "2025-03-01", "rated", level=0.0, rater="COACH"),
        goal(" werk", "2025-04-01", "rated", level=1.0, rater="man"),
    )
    table = goals_of(told, LONE, register(STARTS), men)

    assert table[["goal", "weight", "level", "second", "standing"]].to_numpy().tolist() == [
        ["Werk", 3.0, 1.0, 0.0, "reached"],
    ]  # fmt: skip
    assert faults(told, men) == [(1, "goal-spelt-otherwise"), (2, "goal-spelt-otherwise")]


def test_a_goal_set_anew_is_a_new_goal(men: Trajectory) -> None:
    """With another weight: the old one keeps the level of that day, and is told."""
    told = events(
        "goal",
        goal("werk", "2024-08-01", "set", weight=1.0),
        goal("werk", "2025-03-01", "rated", level=-1.0, rater="man"),
        goal("werk", "2025-03-01", "set", weight=5.0),
        goal("werk", "2025-09-01", "rated", level=2.0, rater="man"),
    )
    table = goals_of(told, LONE, register(STARTS), men)

    assert table[["goal", "weight", "level", "standing"]].to_numpy().tolist() == [
        ["werk", 1.0, -1.0, "replaced"],
        ["werk (2)", 5.0, 2.0, "reached"],
    ]
    assert table["written"].tolist() == [day("2024-08-01"), day("2025-03-01")]
    assert faults(told, men) == [(2, "goal-set-again")]


def test_a_goal_replaced_and_set_again_is_a_new_goal(men: Trajectory) -> None:
    """Also with the same weight; without a replacement the same weight is the same goal."""
    rows = [
        goal("werk", "2024-08-01", "set", weight=1.0),
        goal("werk", "2025-03-01", "replaced"),
        goal("werk", "2025-03-01", "set", weight=1.0),
        goal("werk", "2025-09-01", "rated", level=2.0, rater="man"),
    ]
    new = goals_of(events("goal", *rows), LONE, register(STARTS), men)
    same = events("goal", rows[0], *rows[2:])
    old = goals_of(same, LONE, register(STARTS), men)

    assert new["standing"].tolist() == ["replaced", "reached"]
    assert old["standing"].tolist() == ["reached"]
    assert faults(same, men) == [(1, "goal-set-again")]


def test_a_goal_rewritten_before_the_start_is_one(men: Trajectory) -> None:
    """What stood when the person started counts: its first day, its last weight."""
    told = events(
        "goal",
        goal("werk", "2024-08-01", "set", weight=1.0),
        goal("werk", "2024-08-19", "set", weight=5.0),
    )
    table = goals_of(told, LONE, register(STARTS), men)

    assert table[["weight", "standing"]].to_numpy().tolist() == [[5.0, "not rated"]]
    assert table["written"].tolist() == [day("2024-08-01")]
    assert faults(told, men) == []


def test_a_goal_that_was_replaced_counts_as_it_was_left(men: Trajectory) -> None:
    """A later rating changes nothing and is told: else it counts in T and is not reached."""
    told = events(
        "goal",
        goal("werk", "2024-08-01", "set"),
        goal("werk", "2025-03-01", "rated", level=-1.0, rater="man"),
        goal("werk", "2025-06-01", "replaced"),
        goal("werk", "2025-09-01", "rated", level=2.0, rater="man"),
    )
    table = goals_of(told, LONE, register(STARTS), men)

    assert table[["level", "standing"]].to_numpy().tolist() == [[-1.0, "replaced"]]
    assert faults(told, men) == [(3, "goal-rated-late")]


def test_a_goal_that_nobody_set_is_told(men: Trajectory) -> None:
    """It was rated and is counted; written when is not known."""
    told = events(
        "goal",
        goal("werk", "2025-03-01", "rated", level=1.0, rater="man"),
        goal("werk", "2025-03-01", "rated", level=1.0, rater="coach"),
    )
    table = goals_of(told, LONE, register(STARTS), men)

    assert table["standing"].tolist() == ["reached"]
    assert table["written"].isna().all()
    assert faults(told, men) == [(0, "goal-not-set")]


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


def test_tallies_count_sessions_attended(families: Trajectory) -> None:
    """Who was ill did not come; a session of a family and its member is one."""
    both = {"date": "2025-03-01", "kind": "kunst", "minutes": 60.0}
    told = events(
        "attendance",
        {"participant": "a1", "date": "2025-03-08", "kind": "kunst", "status": "ziek"},
        {"participant": "a1", **both},
        {"family": "a", **both},
    )
    whole = tallies(told, HOME, families).iloc[0]

    assert whole[["times", "people", "families", "minutes"]].tolist() == [1, 1, 1, 60.0]
    dose = dose_of(told, HOME, families)
    assert dose is not None
    assert dose.minutes == whole["minutes"]


def test_kinds_that_the_design_does_not_name_are_never_quoted(
    asking: Trajectory, men: Trajectory
) -> None:
    """What people wrote themselves is counted together; a free goal only as a whole."""
    told = events(
        "request",
        {"participant": "p1", "kind": "scheiden van Ahmed", "status": "asked"},
        {"participant": "p1", "kind": "iets van Fatma", "status": "asked"},
        {"participant": "p1", "kind": "kleding", "status": "asked"},
    )
    free = events("goal", {"participant": "p1", "kind": "scheiden van Ahmed"})
    who = people(("p1", "f", None, "parent"))
    table = tallies(told, who, asking).set_index(["event", "kind"])["times"]

    assert table["request", "(not in the design)"] == 2
    assert table["request", "kleding"] == 1
    assert "Ahmed" not in tallies(told, who, asking).to_csv()
    assert tallies(free, who, men)[["kind", "times"]].fillna("").to_numpy().tolist() == [
        ["", 1]
    ]

"""What is told of events beside people, sites and each other; every event stays."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import pandas as pd

from pilot.cleaning import clean
from pilot.frames import Linked
from pilot.linkage import link_waves

PLACE = {"file": "aanwezig.xlsx"}


def linked(
    making: ModuleType,
    *events: dict[str, Any],
    own: tuple[dict[str, Any], ...] = (),
    **people: Any,
) -> Linked:
    """Return events of p1 (and p2) linked, beside kinds of event of one's own."""
    given = making.tomllib.loads(making.DESIGN)["events"]
    label = {"nl": "iets", "en": "something"}
    design = making.design(events=[*given, *({"label": label, **each} for each in own)])
    register = making.register(
        {"participant": "p1", "family": "F1", "site": "noord", **people},
        {"participant": "p2", "family": "F2", "site": "zuid"},
    )
    came = making.received(
        making.form(), making.form("p2"), events=making.attendance(*events), register=register
    )
    station = clean(came, design)
    assert len(station.events) == len(events)
    after = link_waves(station, design)
    assert making.leaks(after) == []
    return after


BOTH = ({"participant": "p2", "date": "2025-03-03"},)


def test_events_outside_a_person_s_time_are_told(making: ModuleType) -> None:
    """After leaving and before the start; a goal may be set before it."""
    goal = {"event": "goal", "participant": "p1", "kind": "werk", "status": "set"}
    events = (
        {"participant": "p1", "date": "2025-06-01"},
        {"participant": "p1", "date": "2024-12-31"},
        {"participant": "p1", "date": "2025-04-01"},
        goal | {"date": "2024-12-31"},
    )
    own = ({"key": "goal", "means": "goal"},)
    found = linked(making, *events, *BOTH, own=own, end="2025-04-01", reason="moved")

    assert making.told(found, "after-leaving") == [
        making.whole("after-leaving", row=2, participant="p1", column="date",
                     found="2025-06-01", expected="until 2025-04-01", **PLACE)
    ]  # fmt: skip
    assert making.told(found, "before-start") == [
        making.whole("before-start", row=3, participant="p1", column="date",
                     found="2024-12-31", expected="from 2025-01-01 on", **PLACE)
    ]  # fmt: skip


def test_a_site_without_a_list_is_told_once(making: ModuleType) -> None:
    """Nobody of zuid has a row, come or absent."""
    found = linked(making, {"participant": "p1", "date": "2025-03-03"})

    assert making.told(found, "site-without-list") == [
        making.whole("site-without-list", found="attendance: zuid", **PLACE)
    ]
    assert making.told(linked(making, {"participant": "p1"}, *BOTH), "site-without-list") == []


def test_a_session_of_family_and_member_is_told(making: ModuleType) -> None:
    """It counts once for that member; both rows stay."""
    day = {"date": "2025-03-03"}
    found = linked(making, {"family": "F1", **day}, {"participant": "p1", **day}, *BOTH)

    assert making.told(found, "session-of-family-and-member") == [
        making.whole(
            "session-of-family-and-member", row=2, column="family", found="p1", **PLACE
        )
    ]


def test_what_does_not_fit_is_told_at_its_row(making: ModuleType) -> None:
    """A request, a role, two roles, a principle and a goal, each with its own rule."""
    first = {"participant": "p1", "date": "2025-03-03"}
    events = (
        first | {"event": "request", "kind": "geld", "status": "fulfilled"},
        first | {"event": "request", "kind": "geld", "status": "asked", "date": "2025-03-05"},
        first | {"event": "role", "kind": "hulp"},
        {"event": "role", "participant": "p2", "date": "2025-01-01", "kind": "gast"},
        {"event": "role", "participant": "p2", "date": "2025-02-01", "kind": "baas"},
        {"event": "role", "participant": "p2", "date": "2025-02-01", "kind": "hulp"},
        {"event": "list", "site": "noord", "date": "2025-02-01", "kind": "samen",
         "status": "yes"},
        {"event": "list", "site": "noord", "date": "2025-03-01", "kind": "samen",
         "status": "no"},
        first | {"event": "goal", "kind": "werk", "status": "rated"},
        *BOTH,
    )  # fmt: skip
    label = {"nl": "x", "en": "x"}
    own = (
        {"key": "request", "means": "request"},
        {
            "key": "role",
            "means": "role",
            "kinds": dict.fromkeys(("gast", "hulp", "baas"), label),
        },
        {"key": "list", "means": "principle"},
        {"key": "goal", "means": "goal"},
    )
    found = linked(making, *events, own=own)

    rules = {
        "request-out-of-order": (2, "p1", "fulfilled: 2025-03-03, asked: 2025-03-05"),
        "role-start-unknown": (4, "p1", None),
        "roles-on-one-day": (6, "p2", None),
        "principle-twice": (9, None, None),
        "goal-not-set": (10, "p1", None),
    }
    seen = {
        each["rule"]: (each["row"], each["participant"], each["found"])
        for rule in rules
        for each in making.told(found, rule)
    }
    assert seen == rules
    assert all(len(making.told(found, rule)) == 1 for rule in rules)


def test_words_of_goals_are_not_quoted(making: ModuleType) -> None:
    """A goal of one's own may name somebody: findings say where it stands."""
    goal = {"event": "goal", "participant": "p1", "date": "2025-03-03", "status": "rated"}
    found = linked(
        making, goal | {"kind": "scheiden van Ahmed"}, own=({"key": "goal", "means": "goal"},)
    )

    assert len(making.told(found, "goal-not-set")) == 1
    assert "Ahmed" not in found.findings.to_csv()


def test_no_events_are_nothing_to_tell(making: ModuleType) -> None:
    """A trajectory that registers nothing."""
    assert isinstance(linked(making).findings, pd.DataFrame)

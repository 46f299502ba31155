"""Events are judged as answers are: whose, once, and on a day that can be."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import pandas as pd

from pilot.cleaning import clean
from pilot.frames import Cleaned
from pilot.linkage import feasibility, link_waves
from pilot.linkage.dose import dose_of


def cleaned(making: ModuleType, *events: dict[str, Any], **tables: Any) -> Cleaned:
    """Return one parent's form and these events, cleaned."""
    design = making.design(tables.pop("rolling", False))
    people = tables.pop("register", making.register({"participant": "p1"}))
    came = making.received(
        making.form(), events=making.attendance(*events), register=people, **tables
    )
    return clean(came, design)


def doors_add_up(station: Cleaned) -> bool:
    """Return whether every cell of events and register is kept or in quarantine."""
    doors = station.counts.set_index("door")
    aside = int(station.quarantine["column"].notna().sum())
    kept = doors["answers_kept"] + doors["answers_quarantined"]
    return bool((doors["answers_in"] == kept).all()) and aside == int(
        doors["answers_quarantined"].sum()
    )


def test_an_event_of_nobody_is_kept_apart(making: ModuleType) -> None:
    """A number the register does not know: told, set aside, and no part of the dose."""
    events = [
        {"participant": "p1", "date": "2025-03-03", "minutes": 90},
        {"participant": "p9", "date": "2025-03-03", "minutes": 90},
    ]
    station = cleaned(making, *events)

    assert making.told(station, "event-of-stranger") == [
        making.whole(
            "event-of-stranger",
            file="aanwezig.xlsx",
            row=3,
            participant="p9",
            column="nummer",
            found="p9",
            expected="a number of the register",
        )
    ]
    assert making.set_aside(station, "event-of-stranger") == [
        ("aanwezig.xlsx", 3, "date", "2025-03-03"),
        ("aanwezig.xlsx", 3, "kind", "tafel"),
        ("aanwezig.xlsx", 3, "minutes", "90.0"),
    ]
    assert station.events["participant"].tolist() == ["p1"]
    assert doors_add_up(station)


def test_an_event_of_an_unknown_family_is_kept_apart(making: ModuleType) -> None:
    """Whole families come to the table: those are known by the family's number."""
    people = making.register({"participant": "p1", "family": "F1"})
    events = [{"family": family, "date": "2025-03-03"} for family in ("F1", "F9")]
    station = cleaned(making, *events, register=people)

    assert station.events["family"].tolist() == ["F1"]
    assert [each["found"] for each in making.told(station, "event-of-stranger")] == ["F9"]


def test_without_a_register_every_number_is_known(making: ModuleType) -> None:
    """Nobody can say who does not take part."""
    station = cleaned(
        making, {"participant": "p9", "date": "2025-03-03"}, register=making.register()
    )

    assert len(station.events) == 1
    assert len(station.findings) == 0


def test_the_same_event_twice_counts_once(making: ModuleType) -> None:
    """Person, day, kind and minutes as in another row or file: the dose does not double."""
    session = {"participant": "p1", "date": "2025-03-03", "minutes": 90}
    other = [session | {"minutes": 60}, session | {"date": "2025-03-04"}]
    station = cleaned(making, session, *other, session | {"file": "b.xlsx"})

    assert making.told(station, "event-repeated") == [
        making.whole(
            "event-repeated",
            file="b.xlsx",
            row=5,
            participant="p1",
            column="participant",
            found="p1 on 2025-03-03, also in aanwezig.xlsx, row 2",
            expected="one row an event",
        )
    ]
    assert len(station.events) == 3
    assert doors_add_up(station)
    design = making.design()
    linked = link_waves(station, design)
    dose = dose_of(station.events, linked.started, design)
    assert dose is not None
    assert (dose.sessions.tolist(), dose.minutes) == ([3], 240.0)
    assert feasibility(linked, station, design).set_index("measure").loc[
        "minutes", "count"
    ] == (240.0)


def test_events_without_a_day_are_not_called_the_same(making: ModuleType) -> None:
    """Two sessions of which nobody wrote the day may be two."""
    station = cleaned(making, *[{"participant": "p1", "date": None, "minutes": 90}] * 2)

    assert len(station.events) == 2


def test_a_day_beyond_the_course_moves_nothing(making: ModuleType) -> None:
    """2052, or 1925: the event stays, its date is set aside, the lock is that of the forms."""
    days = ["2052-03-03", "1925-03-03", "2025-03-03"]
    station = cleaned(making, *[{"participant": "p1", "date": day} for day in days])
    linked = link_waves(station, making.design())

    place = {"file": "aanwezig.xlsx", "participant": "p1", "column": "date"}
    assert making.told(station, "date-beyond-course") == [
        making.whole(
            "date-beyond-course",
            row=row,
            found=day,
            expected="2024-01-06 to 2026-12-13",
            **place,
        )
        for row, day in ((2, "2052-03-03"), (3, "1925-03-03"))
    ]
    assert making.set_aside(station, "date-beyond-course") == [
        ("aanwezig.xlsx", 2, "date", "2052-03-03"),
        ("aanwezig.xlsx", 3, "date", "1925-03-03"),
    ]
    assert station.events["date"].isna().tolist() == [True, True, False]
    assert linked.lock == pd.Timestamp("2025-03-03")
    assert doors_add_up(station)


def test_a_register_s_day_beyond_the_course_moves_nothing(making: ModuleType) -> None:
    """Who started in 2062, or left then with a reason; a planned end may lie anywhere."""
    people = making.register(
        {"participant": "p1", "start": "2062-01-01"},
        {"participant": "p2", "end": "2062-01-01", "reason": "moved"},
        {"participant": "p3", "end": "2062-01-01"},
        {"participant": "p4", "start": "1998-01-01"},
    )
    station = cleaned(making, register=people)

    told = making.told(station, "date-beyond-course")
    assert [(each["row"], each["column"]) for each in told] == [(2, "start"), (3, "end")]
    assert station.register["start"].isna().tolist() == [True, False, False, False]
    assert station.register["end"].isna().tolist() == [True, True, False, True]
    assert link_waves(station, making.design()).lock == pd.Timestamp("2025-01-20")
    assert doors_add_up(station)


def test_on_a_clock_of_one_s_own_a_wide_gap_tells_the_slip(making: ModuleType) -> None:
    """No wave has a day there: dates that follow each other within a year are the course."""
    events = [
        {"participant": "p1", "date": day} for day in ("2025-03-03", "2025-12-01", "2027-06-01")
    ]
    station = cleaned(making, *events, rolling=True)

    assert [each["found"] for each in making.told(station, "date-beyond-course")] == [
        "2027-06-01"
    ]


def test_a_form_s_day_beyond_the_course_is_not_used(making: ModuleType) -> None:
    """The answers count, at the middle of their wave's window; the date moves nothing."""
    rows = [making.form(answered="2052-01-20"), making.form("p2"), making.form("p2", "t1")]
    design = making.design()
    station = clean(making.received(*rows), design)

    assert making.told(station, "date-beyond-course") == [
        making.whole(
            "date-beyond-course",
            file="t0.csv",
            row=2,
            participant="p1",
            column="datum",
            found="2052-01-20 at t0",
            expected="2024-01-06 to 2026-12-13",
        )
    ]
    assert making.told(station, "outside-window") == []
    assert station.responses["answered"].isna().tolist() == [True, False, False]
    linked = link_waves(station, design)
    assert linked.lock == pd.Timestamp("2025-06-16")
    assert linked.panel["months"].tolist()[0] == 0

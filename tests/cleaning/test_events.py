"""Events are judged as answers are: whose, once, and on a day that can be."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import pandas as pd
import pytest

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


def test_a_number_spelt_otherwise_is_named(making: ModuleType) -> None:
    """Matched exactly, as forms are; the hint says which number of the register is near."""
    people = making.register({"participant": "F01-1"}, {"participant": "F02-1"})
    events = [{"participant": who, "date": "2025-03-03"} for who in ("f01-1", "F1-1", "F9")]
    station = cleaned(making, *events, register=people)

    told = making.told(station, "event-of-stranger")
    assert [(each["found"], each["expected"]) for each in told] == [
        ("f01-1", "perhaps F01-1"),
        ("F1-1", "perhaps F01-1"),
        ("F9", "a number of the register"),
    ]
    assert len(station.events) == 0
    assert doors_add_up(station)


CONSENT = {"consent_answers": "yes", "consent_date": "2025-01-02", "consent_giver": "self"}


def unwanted(making: ModuleType, *events: dict[str, Any], **said: Any) -> Cleaned:
    """Return events beside a register in which p1 of family F1 says this of consent."""
    people = making.register(
        {"participant": "p1", "family": "F1", **CONSENT, **said},
        {"participant": "p2", "family": "F2", **CONSENT},
    )
    return cleaned(making, *events, register=people)


def test_events_of_who_refused_are_set_aside(making: ModuleType) -> None:
    """As their forms are, also under another spelling of the number, and not kept."""
    events = [{"participant": who, "date": "2025-03-03", "topic": "een geheim"} for who in
              ("p1", "P1", "p2")]  # fmt: skip
    station = unwanted(making, *events, consent_answers="no")

    assert station.events["participant"].tolist() == ["p2"]
    rules = [making.set_aside(station, rule) for rule in ("no-consent", "event-of-stranger")]
    here = [[each for each in cells if each[0] == "aanwezig.xlsx"] for cells in rules]
    assert [[value for *_, value in cells] for cells in here] == [
        ["(not kept: no consent)"] * 3,
        ["(not kept: no consent)"] * 3,
    ]
    told = [
        each for each in making.told(station, "no-consent") if each["file"] != "register.xlsx"
    ]
    assert told == [
        making.whole(
            "no-consent",
            file="aanwezig.xlsx",
            row=2,
            participant="p1",
            found="refused",
            expected="consent to use the answers",
        )
    ]
    assert doors_add_up(station)


def test_a_family_of_which_nobody_consents_has_no_events(making: ModuleType) -> None:
    """What a whole family did is theirs: one member's consent is enough to keep it."""
    events = [{"family": family, "date": "2025-03-03"} for family in ("F1", "F2")]
    station = unwanted(making, *events, consent_answers="no")

    assert station.events["family"].tolist() == ["F2"]
    assert doors_add_up(station)


def test_events_after_withdrawal_are_set_aside(making: ModuleType) -> None:
    """The day itself still counts; without a day nobody can say that it was before."""
    days = ("2025-03-31", "2025-04-01", "2025-06-01", None)
    events = [{"participant": "p1", "date": day} for day in days]
    station = unwanted(making, *events, withdrawn="2025-04-01", withdrawal="stop")

    assert station.events["row"].tolist() == [2, 3]
    told = making.told(station, "withdrawn")
    place = {"file": "aanwezig.xlsx", "participant": "p1", "column": "date"}
    assert told[-2:] == [
        making.whole(
            "withdrawn", row=4, found="2025-06-01", expected="until 2025-04-01", **place
        ),
        making.whole("withdrawn", row=5, expected="until 2025-04-01", **place),
    ]
    assert doors_add_up(station)


@pytest.mark.parametrize(
    ("other", "kept", "until"),
    [
        ({"withdrawn": "2025-04-01", "withdrawal": "stop"}, [2, 3], "2025-04-01"),
        ({"withdrawn": "2025-05-01", "withdrawal": "stop"}, [2, 3, 4], "2025-05-01"),
        ({"withdrawn": "2025-05-01", "withdrawal": "stop and remove"}, [2, 3], "2025-04-01"),
        ({"consent_answers": "no"}, [2, 3], "2025-04-01"),
        ({}, [2, 3, 4, 5, 6], None),
    ],
)
def test_a_family_s_events_stop_with_its_last_member(
    making: ModuleType, other: dict[str, str], kept: list[int], until: str | None
) -> None:
    """As long as one of them takes part they count; of removed or refused no day counts."""
    people = making.register(
        {"participant": "p1", "family": "F1", **CONSENT, "withdrawn": "2025-04-01",
         "withdrawal": "stop"},
        {"participant": "p2", "family": "F1", **CONSENT, **other},
    )  # fmt: skip
    days = ("2025-03-31", "2025-04-01", "2025-04-15", "2025-06-01", None)
    events = [{"participant": None, "family": "F1", "date": day, "minutes": 77} for day in days]
    station = cleaned(making, *events, register=people)

    assert station.events["row"].tolist() == kept
    told = [
        each for each in making.told(station, "withdrawn") if each["file"] == "aanwezig.xlsx"
    ]
    assert [each["row"] for each in told] == [row for row in range(2, 7) if row not in kept]
    assert {each["expected"] for each in told} == ({f"until {until}"} if until else set())
    shown = [
        (row, value)
        for file, row, _, value in making.set_aside(station, "withdrawn")
        if file == "aanwezig.xlsx"
    ]
    assert {row for row, _ in shown} == {each["row"] for each in told}
    assert {value for _, value in shown} <= {"(not kept: no consent)"}
    assert doors_add_up(station)


@pytest.mark.parametrize("way", ["stop", "stop and remove"])
def test_a_family_spelt_otherwise_that_stopped_is_not_readable(
    making: ModuleType, way: str
) -> None:
    """Of f1, perhaps F1, only the place stays; of f2, who goes on, what it says."""
    events = [{"participant": None, "family": family, "date": "2025-05-05", "minutes": 77}
              for family in ("f1", "f2")]  # fmt: skip
    station = unwanted(making, *events, withdrawn="2025-04-01", withdrawal=way)

    told = making.told(station, "event-of-stranger")
    assert [each["expected"] for each in told] == ["perhaps F1", "perhaps F2"]
    shown = {
        (row, value) for _, row, _, value in making.set_aside(station, "event-of-stranger")
    }
    assert {value for row, value in shown if row == 2} == {"(not kept: no consent)"}
    assert {"2025-05-05", "77.0"} <= {value for row, value in shown if row == 3}


def test_events_before_the_stop_are_told_of_as_ever(making: ModuleType) -> None:
    """The second of two that say the same can be read where the day allows it."""
    stop = {"withdrawn": "2025-04-01", "withdrawal": "stop"}
    events = [{"participant": "p1", "date": "2025-03-03", "topic": "koken"}] * 2
    late = {"participant": "P1", "date": "2025-05-05", "topic": "een geheim"}
    station = unwanted(making, *events, late, **stop)

    (repeated,) = making.told(station, "event-repeated")
    assert repeated["found"].startswith("p1 on 2025-03-03")
    values = [value for *_, value in making.set_aside(station, "event-repeated")]
    assert "koken" in values
    assert {value for *_, value in making.set_aside(station, "event-of-stranger")} == {
        "(not kept: no consent)"
    }


def test_withdrawn_on_an_unknown_day_leaves_no_events(making: ModuleType) -> None:
    """As with forms: all of them may have been given after it."""
    station = unwanted(making, {"participant": "p1", "date": "2025-01-03"}, withdrawal="stop")

    assert station.events.empty
    assert doors_add_up(station)


def test_an_unknown_site_is_no_new_one(making: ModuleType) -> None:
    """Sites are keys of the design; a misspelt one is told and left out."""
    events = [
        {"participant": "p1", "date": f"2025-03-0{at}", "site": site}
        for at, site in enumerate(("School Noord", "noord", "School Noordd"), start=1)
    ]
    station = cleaned(making, *events)

    assert station.events["site"].fillna("").tolist() == ["noord", "noord", ""]
    assert making.told(station, "unknown-site") == [
        making.whole(
            "unknown-site",
            file="aanwezig.xlsx",
            row=4,
            participant="p1",
            column="site",
            found="School Noordd",
            expected="one of noord, zuid",
        )
    ]
    assert doors_add_up(station)


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

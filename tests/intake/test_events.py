"""Events are dated and kept; what cannot be read of them is set aside and told."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from pilot.frames import EVENTS
from pilot.intake import read_exports

EVENTS_SOURCE = """
[[sources]]
files = "tafels.csv"
kind = "events"
event = "attendance"
site_column = "school"
unused_columns = ["lijst"]
[sources.columns]
participant = "wie"
family = "gezin"
date = "datum"
kind = "soort"
minutes = "duur"
mode = "vorm"
topic = "over"
status = "stand"
"""
HEADER = "wie;gezin;school;datum;soort;duur;vorm;over;stand;lijst\n"


@pytest.fixture
def events(design, folder: Path):
    """Give a function that reads one file of events."""

    def read(text: str, source: str = EVENTS_SOURCE):
        (folder / "tafels.csv").write_text(text, encoding="utf-8")
        return read_exports(design(source), folder)

    return read


def test_an_event_with_everything(events) -> None:
    """Dates are dates, minutes numbers with a decimal comma too, kinds keys of the design."""
    received = events(HEADER + "P1;G1;Noord;3-2-2025;Eettafel;37,5;samen;geld;klaar;7\n")

    assert list(received.events.columns) == list(EVENTS)
    assert received.events.iloc[0].dropna().to_dict() == {
        "file": "tafels.csv",
        "row": 2,
        "event": "attendance",
        "participant": "P1",
        "family": "G1",
        "site": "Noord",
        "date": pd.Timestamp("2025-02-03"),
        "kind": "table",
        "minutes": 37.5,
        "mode": "samen",
        "topic": "geld",
        "status": "klaar",
    }
    door = received.counts.set_index("door").loc["events"]
    assert door.tolist() == [1, 1, 0, 6, 6, 0]
    assert len(received.findings) == 0


def test_what_cannot_be_read_is_set_aside(events) -> None:
    """A bad date or number leaves its event in place; an event of nobody goes out whole."""
    received = events(
        HEADER
        + "P1;;;ergens;eettafel;lang;;;;\n"
        + "P2;;;3-2-2025;picknick;1500;;;;\n"
        + ";;;3-2-2025;eettafel;60;;;;\n"
        + ";G2;;3-2-2025;eettafel;60;;;;\n"
    )

    assert received.events["row"].tolist() == [2, 3, 5]
    assert received.events["date"].isna().tolist() == [True, False, False]
    assert received.events["minutes"].isna().tolist() == [True, True, False]
    assert received.events["kind"].tolist() == ["table", "picknick", "table"]
    told = received.findings[["rule", "row", "column"]].sort_values(["row", "rule"])
    assert told.to_numpy().tolist() == [
        ["not-a-number", 2, "duur"],
        ["unreadable-date", 2, "datum"],
        ["impossible-number", 3, "duur"],
        ["unknown-kind", 3, "soort"],
        ["no-code", 4, "wie"],
    ]
    aside = received.quarantine[["row", "column", "value"]].to_numpy().tolist()
    assert sorted(aside) == [
        [2, "datum", "ergens"],
        [2, "duur", "lang"],
        [3, "duur", "1500"],
        [4, "datum", "3-2-2025"],
        [4, "duur", "60"],
        [4, "soort", "eettafel"],
    ]
    door = received.counts.set_index("door").loc["events"]
    assert door.tolist() == [4, 3, 1, 12, 6, 6]


def test_an_unknown_column_of_events(events) -> None:
    """A column that the design does not name is told once and its cells are set aside."""
    received = events("wie;datum;weer\nP1;3-2-2025;zon\nP2;4-2-2025;\n")

    rules = received.findings["rule"].value_counts()
    assert rules["unknown-column"] == 1
    assert received.quarantine[["column", "value"]].to_numpy().tolist() == [["weer", "zon"]]


def test_events_of_two_kinds_in_one_file(events) -> None:
    """Rows go to the source that selects them; the rest is set aside and told."""
    both = "".join(
        f"""
[[sources]]
files = "tafels.csv"
kind = "events"
event = "attendance"
rows = {{ wat = "{what}" }}
columns = {{ participant = "wie", date = "datum", {column} = "{column}" }}
"""
        for what, column in (("tafel", "minutes"), ("les", "topic"))
    )
    received = events(
        "wie;wat;datum;minutes;topic\nP1;tafel;3-2-2025;60;\nP2;LES;4-2-2025;;geld\n"
        "P3;iets;4-2-2025;;\n",
        both,
    )

    assert received.events["minutes"].fillna(0).tolist() == [60.0, 0.0]
    assert received.events["topic"].fillna("").tolist() == ["", "geld"]
    told = received.findings[["rule", "row", "participant"]].to_numpy().tolist()
    assert told == [["row-not-selected", 4, "P3"]]
    assert received.counts.set_index("door").loc["events"].tolist() == [3, 2, 1, 5, 4, 1]


STAGED = """
[[sources]]
files = "tafels.csv"
kind = "events"
event = "own"
[sources.columns]
participant = "wie"
site = "school"
date = "datum"
kind = "doel"
status = "stand"
level = "peil"
weight = "zwaarte"
rater = "door"
[[events]]
key = "own"
label = { nl = "eigen", en = "own" }
"""


def test_stages_levels_and_weights(events) -> None:
    """Words become stages, levels run from -2 to 2, weights are above 0; the rest is told."""
    received = events(
        "wie;school;datum;doel;stand;peil;zwaarte;door\n"
        "P1;;1-2-2025;rust;Gesteld;;1,5;\n"
        "P1;;1-3-2025;rust;gescoord;-1;;man\n"
        "P1;;1-4-2025;rust;behaald;3;0;coach\n",
        STAGED + 'means = "goal"\nstatuses = { rated = ["gescoord"] }\n',
    )

    assert received.events["status"].tolist() == ["set", "rated", "behaald"]
    assert received.events["weight"].fillna(0).tolist() == [1.5, 0, 0]
    assert received.events["level"].fillna(9).tolist() == [9, -1, 9]
    told = received.findings[["rule", "row", "found", "expected"]].sort_values(["row", "found"])
    assert told.fillna("").to_numpy().tolist() == [
        ["impossible-number", 4, "0", "a weight above 0, such as 1"],
        ["impossible-number", 4, "3", "a level from -2 to 2"],
        ["unknown-status", 4, "behaald", ""],
    ]
    aside = received.quarantine[["column", "value"]].to_numpy().tolist()
    assert sorted(aside) == [["peil", "3"], ["zwaarte", "0"]]


def test_a_family_s_own_register_has_no_column_for_people(events) -> None:
    """Where the design maps families and no person, no column is missed but the family's."""
    of_families = EVENTS_SOURCE.replace('participant = "wie"\n', "")
    header = HEADER.replace("wie;", "")
    received = events(f"{header}G1;;3-2-2025;;;;;;\n;;4-2-2025;;;;;;\n", of_families)

    assert received.events["family"].tolist() == ["G1"]
    assert received.events["participant"].isna().all()
    assert received.findings["rule"].tolist() == ["no-code"]
    assert received.findings["column"].tolist() == ["gezin"]


def test_a_principle_is_of_a_site(events) -> None:
    """A checklist of a centre has no person; a row without a site is set aside."""
    received = events(
        "school;datum;doel;stand\nNoord;1-2-2025;netwerk;deels\n;1-2-2025;netwerk;ja\n",
        STAGED.replace('participant = "wie"\n', "").replace(
            'level = "peil"\nweight = "zwaarte"\nrater = "door"\n', ""
        )
        + 'means = "principle"\n',
    )

    assert received.events[["site", "status"]].to_numpy().tolist() == [["Noord", "partly"]]
    assert received.findings["rule"].tolist() == ["no-code"]
    door = received.counts.set_index("door").loc["events"]
    assert door[["rows_in", "rows_kept", "rows_quarantined"]].tolist() == [2, 1, 1]


SESSIONS = """
[[sources]]
files = "tafels.csv"
kind = "events"
event = "cooking"
columns = { participant = "wie", date = "datum", minutes = "duur", status = "stand" }
[[events]]
key = "cooking"
label = { nl = "koken", en = "cooking" }
dose = true
"""


def test_who_was_ill_did_not_come(events) -> None:
    """Words for presence become keys; one that means neither is told, and stays as it is."""
    words = ("Aanwezig", "ziek", "Verhinderd", "afwezig met bericht", "x", "")
    received = events(
        "wie;datum;duur;stand\n" + "".join(f"P1;3-2-2025;90;{word}\n" for word in words),
        SESSIONS,
    )

    assert received.events["status"].fillna("").tolist() == [
        "present", "absent", "absent", "absent", "x", "",
    ]  # fmt: skip
    told = received.findings[["rule", "row", "column", "found"]].to_numpy().tolist()
    assert told == [["unknown-status", 6, "stand", "x"]]


def test_minutes_that_may_be_hours_are_told(events) -> None:
    """One and a half, and less than a session can last; 0 minutes; 25 hours is set aside."""
    cells = ("1,5", "2", "0", "1500", "90", "")
    rows = "".join(f"P{at};3-2-2025;{cell};\n" for at, cell in enumerate(cells))
    received = events("wie;datum;duur;stand\n" + rows, SESSIONS)

    told = received.findings[["rule", "row", "found", "expected"]].sort_values("row")
    expected = "minutes of one day, such as 90"
    assert told.to_numpy().tolist() == [
        ["minutes-as-hours", 2, "1,5", expected],
        ["minutes-as-hours", 3, "2", expected],
        ["session-without-minutes", 4, "0", expected],
        ["impossible-number", 5, "1500", expected],
    ]
    assert received.events["minutes"].fillna(-1).tolist() == [1.5, 2, 0, -1, 90, -1]


def test_a_short_telephone_call_is_no_hour(events) -> None:
    """Outside sessions 2 minutes may be 2 minutes, and one and a half may not."""
    received = events(HEADER + "P1;;;3-2-2025;;2;;;;\nP1;;;4-2-2025;;1,5;;;;\n")

    told = received.findings[["rule", "row"]].to_numpy().tolist()
    assert told == [["minutes-as-hours", 3]]


def test_a_rater_is_one_of_the_design(events) -> None:
    """Case and spaces do not matter; somebody else, or nobody, is told and kept as written."""
    received = events(
        "wie;school;datum;doel;stand;peil;zwaarte;door\n"
        "P1;;1-3-2025;rust;beoordeeld;-1;; OUDER\n"
        "P1;;2-3-2025;rust;beoordeeld;1;;juf Els\n"
        "P1;;3-3-2025;rust;beoordeeld;1;;\n"
        "P1;;1-1-2025;rust;gesteld;;1;\n"
        "P1;;4-3-2025;rust;beoordeeld;\N{MINUS SIGN}1;;Coach\n",
        STAGED + 'means = "goal"\nraters = ["ouder", "coach"]\n',
    )

    assert received.events["rater"].fillna("").tolist() == ["ouder", "juf Els", "", "", "coach"]
    assert received.events["level"].fillna(9).tolist() == [-1, 1, 1, 9, -1]
    told = received.findings[["rule", "row", "column", "found", "expected"]]
    assert told.fillna("").to_numpy().tolist() == [
        ["unknown-rater", 3, "door", "juf Els", "one of ouder, coach"],
        ["unknown-rater", 4, "door", "", "one of ouder, coach"],
    ]


def test_spaces_around_a_number_are_told_once_a_file(events) -> None:
    """As on forms: the number is read without them."""
    received = events(HEADER + '"P1 ";;;3-2-2025;;;;;;\n" P2";;;;;;;;;\nP3;;;;;;;;;\n')

    assert received.events["participant"].tolist() == ["P1", "P2", "P3"]
    told = received.findings[["rule", "file", "column", "found"]].to_numpy().tolist()
    assert told == [["spaces", "tafels.csv", "wie", "2x"]]

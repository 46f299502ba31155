"""The register: keys of the design, dates as dates, and every doubtful cell told."""

from __future__ import annotations

import datetime
from pathlib import Path

import pandas as pd
import pytest
from openpyxl import Workbook

from pilot.frames import LEFT_REASONS, REGISTER
from pilot.intake import read_exports
from pilot.intake.dates import day_of
from pilot.intake.register import REASONS, reason_of

ANSWERS = "nummer;datum;b1;b2;b3;b4;b5;b6;gezondheid\nP1;;3;4;2;5;1;3;goed\n"


@pytest.fixture
def register(design, folder: Path):
    """Give a function that reads a register of these rows beside one export."""

    def read(text: str, name: str = "register.csv"):
        (folder / "t0.csv").write_text(ANSWERS, encoding="utf-8")
        (folder / name).write_text(text, encoding="utf-8")
        return read_exports(design(), folder)

    return read


@pytest.mark.parametrize(
    "header",
    [
        "nummer;gezin;school;organisatie;rol;geboortejaar;van;tot;reden",
        "number;family;site;organisation;role;birth year;from;to;reason",
        "Deelnemer;Gezin;Locatie;Organisatie;Rol;Geboortejaar;Start;Einde;Reden van vertrek",
    ],
)
def test_dutch_and_english_headers(register, header: str) -> None:
    """A register is read under Dutch and English names, into keys of the design."""
    row = "P1;G1;School Noord;welzijn;Ouder;1988;1-2-2025;2025-05-03;verhuisd naar Delft"
    received = register(f"{header}\n{row}\n")

    assert list(received.register.columns) == list(REGISTER)
    assert received.register.iloc[0].to_dict() == {
        "file": "register.csv",
        "row": 2,
        "participant": "P1",
        "family": "G1",
        "site": "noord",
        "organisation": "welzijn",
        "role": "parent",
        "birth_year": 1988,
        "start": pd.Timestamp("2025-02-01"),
        "end": pd.Timestamp("2025-05-03"),
        "reason": "moved",
    }
    spelled = {rule for rule in received.findings["rule"] if rule != "column-spelling"}
    assert spelled == set()


def test_a_register_in_excel(design, folder: Path) -> None:
    """register.xlsx is claimed without being named, and its dates are dates."""
    (folder / "t0.csv").write_text(ANSWERS, encoding="utf-8")
    book = Workbook()
    book.active.append(["nummer", "rol", "van", "tot", "reden"])
    book.active.append(["P1", "ouder", datetime.date(2025, 1, 1), None, None])
    book.active.append(["P2", "ouder", 45658, datetime.datetime(2025, 3, 1), "scheiding"])
    book.save(folder / "register.xlsx")
    received = read_exports(design(), folder)

    assert received.register["start"].tolist() == [pd.Timestamp("2025-01-01")] * 2
    assert received.register["reason"].tolist()[1] == "split"
    assert received.findings[["rule", "row", "column", "found"]].to_numpy().tolist() == [
        ["serial-date", 3, "van", "45658"]
    ]


def test_no_register(design, folder: Path) -> None:
    """Without a register the table is there, and empty."""
    (folder / "t0.csv").write_text(ANSWERS, encoding="utf-8")
    received = read_exports(design(), folder)

    assert list(received.register.columns) == list(REGISTER)
    assert len(received.register) == 0


def test_what_is_wrong_is_told_and_set_aside(register) -> None:
    """Unknown roles, years and dates are set aside cell by cell; sites and reasons are kept."""
    received = register(
        "nummer;school;rol;geboortejaar;van;tot;reden\n"
        "P1;Oost;oma;88;eind maart;03/31/2025;geen idee\n"
        ";Noord;ouder;1990;;;\n"
    )
    told = received.findings[["rule", "row", "column", "found"]]

    assert told.sort_values(["row", "rule"]).fillna("").to_numpy().tolist() == [
        ["not-a-number", 2, "geboortejaar", "88"],
        ["turned-date", 2, "tot", "03/31/2025"],
        ["unknown-reason", 2, "reden", "geen idee"],
        ["unknown-role", 2, "rol", "oma"],
        ["unknown-site", 2, "school", "Oost"],
        ["unreadable-date", 2, "van", "eind maart"],
        ["no-code", 3, "nummer", ""],
    ]
    kept = received.register.iloc[0]
    assert (kept["site"], kept["reason"]) == ("Oost", "unknown")
    assert kept[["role", "birth_year", "start"]].isna().all()
    assert kept["end"] == pd.Timestamp("2025-03-31")
    aside = received.quarantine[["row", "participant", "column", "value"]].fillna("")
    assert sorted(map(tuple, aside.to_numpy().tolist())) == [
        (2, "P1", "geboortejaar", "88"),
        (2, "P1", "rol", "oma"),
        (2, "P1", "van", "eind maart"),
        (3, "", "geboortejaar", "1990"),
        (3, "", "rol", "ouder"),
        (3, "", "school", "Noord"),
    ]
    door = received.counts.set_index("door").loc["register"]
    assert door.tolist() == [2, 1, 1, 9, 3, 6]


def test_one_number_for_two_people(register) -> None:
    """Twins with one number: the first row counts, the second is set aside and told."""
    received = register("nummer;rol;geboortejaar\nK1;kind;2015\nK1;kind;2015\nK2;kind;2016\n")

    assert received.register["participant"].tolist() == ["K1", "K2"]
    told = received.findings[["rule", "row", "participant"]].to_numpy().tolist()
    assert told == [["register-twice", 3, "K1"]]


def test_who_left_and_came_back(register) -> None:
    """A number may stand twice when its periods do not overlap."""
    received = register(
        "nummer;rol;van;tot\nP1;ouder;2025-01-01;2025-03-01\nP1;ouder;2025-03-01;\n"
        "P2;ouder;2025-01-01;2025-03-01\nP2;ouder;2025-02-01;\n"
    )

    assert received.register["row"].tolist() == [2, 3, 4]
    assert received.findings["rule"].tolist() == ["register-twice"]


def test_names_of_people_do_not_go_on(register) -> None:
    """A column that no register has is told by its name; its cells appear nowhere."""
    received = register("nummer;rol;voornaam\nP1;ouder;Fatima\n")

    assert received.findings[["rule", "column"]].to_numpy().tolist() == [
        ["unknown-column", "voornaam"]
    ]
    for table in (received.register, received.quarantine, received.findings):
        assert not table.astype(str).isin(["Fatima"]).any(axis=None)


@pytest.mark.parametrize(
    ("word", "reason"),
    [
        ("verhuisd", "moved"),
        ("Gescheiden", "split"),
        ("school gestopt", "school stopped"),
        ("gestopt", "withdrew"),
        ("wil niet meer", "withdrew"),
        ("overleden", "died"),
        ("onbekend", "unknown"),
        ("moved house", "moved"),
        ("withdrew", "withdrew"),
        ("the school closed", "school stopped"),
        ("???", None),
    ],
)
def test_reasons_in_both_languages(word: str, reason: str | None) -> None:
    """Words for leaving become the keys that later rooms know."""
    assert reason_of(word) == reason
    assert {key for key, _ in REASONS} == set(LEFT_REASONS)


@pytest.mark.parametrize(
    ("text", "day", "rule"),
    [
        ("2025-3-1", datetime.date(2025, 3, 1), None),
        ("1-3-25", datetime.date(2025, 3, 1), None),
        ("01/03/2025 10:30", datetime.date(2025, 3, 1), None),
        ("2025-03-01T10:30:00", datetime.date(2025, 3, 1), None),
        ("13/31/2025", None, "unreadable-date"),
        ("31-2-2025", None, "unreadable-date"),
        ("3125-01-01", None, "unreadable-date"),
        ("99999", None, "unreadable-date"),
    ],
)
def test_dates_as_people_write_them(
    text: str, day: datetime.date | None, rule: str | None
) -> None:
    """Dutch, ISO and Excel dates are read; what is no day is told."""
    assert (day_of(text).day, day_of(text).rule) == (day, rule)

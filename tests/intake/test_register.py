"""The register: keys of the design, dates as dates, and every doubtful cell told."""

from __future__ import annotations

import datetime
from pathlib import Path

import pandas as pd
import pytest
from openpyxl import Workbook

from pilot.frames import LEFT_REASONS, REGISTER, Received
from pilot.intake import read_exports
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


def told_of(received: Received) -> pd.DataFrame:
    """Return the findings, but that these registers have no column of consent."""
    return received.findings[received.findings["rule"] != "consent-not-registered"]


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
    row = received.register.iloc[0]
    assert row.where(row.notna(), None).to_dict() == {
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
    } | dict.fromkeys(REGISTER[11:], None)
    assert set(received.findings["rule"]) - {"column-spelling"} == {"consent-not-registered"}


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
    told = told_of(received)
    assert told[["rule", "row", "column", "found"]].to_numpy().tolist() == [
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
    told = told_of(received)[["rule", "row", "column", "found"]]

    assert told.sort_values(["row", "rule", "column"]).fillna("").to_numpy().tolist() == [
        ["not-a-number", 2, "geboortejaar", "88"],
        ["unknown-reason", 2, "reden", "geen idee"],
        ["unknown-role", 2, "rol", "oma"],
        ["unknown-site", 2, "school", "Oost"],
        ["unreadable-date", 2, "tot", "03/31/2025"],
        ["unreadable-date", 2, "van", "eind maart"],
        ["no-code", 3, "nummer", ""],
    ]
    kept = received.register.iloc[0]
    assert (kept["site"], kept["reason"]) == ("Oost", "unknown")
    assert kept[["role", "birth_year", "start", "end"]].isna().all()
    aside = received.quarantine[["row", "participant", "column", "value"]].fillna("")
    assert sorted(map(tuple, aside.to_numpy().tolist())) == [
        (2, "P1", "geboortejaar", "88"),
        (2, "P1", "rol", "oma"),
        (2, "P1", "tot", "03/31/2025"),
        (2, "P1", "van", "eind maart"),
        (3, "", "geboortejaar", "1990"),
        (3, "", "rol", "ouder"),
        (3, "", "school", "Noord"),
    ]
    door = received.counts.set_index("door").loc["register"]
    assert door.tolist() == [2, 1, 1, 9, 2, 7]


def test_one_number_for_two_people(register) -> None:
    """Twins with one number: the first row counts, the second is set aside and told."""
    received = register("nummer;rol;geboortejaar\nK1;kind;2015\nK1;kind;2015\nK2;kind;2016\n")

    assert received.register["participant"].tolist() == ["K1", "K2"]
    told = told_of(received)[["rule", "row", "participant"]].to_numpy().tolist()
    assert told == [["register-twice", 3, "K1"]]


def test_who_left_and_came_back(register) -> None:
    """A number may stand twice when its periods do not overlap."""
    received = register(
        "nummer;rol;van;tot\nP1;ouder;2025-01-01;2025-03-01\nP1;ouder;2025-03-01;\n"
        "P2;ouder;2025-01-01;2025-03-01\nP2;ouder;2025-02-01;\n"
    )

    assert received.register["row"].tolist() == [2, 3, 4]
    assert told_of(received)["rule"].tolist() == ["register-twice"]


def test_one_number_in_two_roles_at_one_time(register) -> None:
    """Both rows are kept, since nobody knows whose number it is; told at the second."""
    received = register(
        "nummer;rol;van;tot\nP1;ouder;2025-01-01;\nP1;kind;2025-03-01;\n"
        "P2;kind;2025-01-01;2025-03-01\nP2;Ouders;2025-03-01;\n"
    )

    assert received.register["row"].tolist() == [2, 3, 4, 5]
    told = told_of(received)[["rule", "row", "participant", "expected"]]
    assert told.to_numpy().tolist() == [["two-roles", 3, "P1", "one person a number"]]


def test_consent_a_use_with_its_date_and_giver(register) -> None:
    """Yes, no or unknown a use; a column that is there and left empty is unknown."""
    received = register(
        "nummer;rol;toestemming;toestemming citaten;datum toestemming;toestemming door;"
        "ingetrokken;intrekking\n"
        "P1;ouder;Ja;nee;2024-12-20;zelf;;\n"
        "P2;ouder;;x;;moeder;3-3-2025;stoppen en verwijderen\n"
        "P3;ouder;misschien;0;ooit;P9;2025-03-04;stoppen\n"
    )
    read = received.register.set_index("participant")[list(REGISTER[11:])].astype(object)

    assert read.where(read.notna(), None).loc["P1"].to_dict() == {
        "consent_answers": "yes",
        "consent_named": None,
        "consent_quotes": "no",
        "consent_sharing": None,
        "consent_archive": None,
        "consent_date": pd.Timestamp("2024-12-20"),
        "consent_giver": "self",
        "guardian_1": None,
        "guardian_2": None,
        "withdrawn": None,
        "withdrawal": None,
    }
    assert read.loc["P2", ["consent_answers", "consent_quotes", "consent_giver"]].tolist() == [
        "unknown",
        "yes",
        "mother",
    ]
    assert read["withdrawal"].tolist()[1:] == ["stop and remove", "stop"]
    assert received.findings[["rule", "row", "found"]].to_numpy().tolist() == [
        ["unclear-consent", 4, "misschien"],
        ["unreadable-date", 4, "ooit"],
    ]
    door = received.counts.set_index("door").loc["register"]
    assert door["answers_in"] == door["answers_kept"] + door["answers_quarantined"]


def test_each_guardian_may_have_a_row(register) -> None:
    """The same child again with another giver is no twin; without one it is."""
    received = register(
        "nummer;rol;toestemming;toestemming door\nK1;kind;ja;moeder\nK1;kind;nee;vader\n"
        "K1;kind;ja;moeder\n"
    )

    assert received.register["row"].tolist() == [2, 3]
    assert [*received.findings["rule"]] == ["register-twice"]


def test_a_register_without_consent_is_told_once(register) -> None:
    """A note: nothing changed, and all answers count as before."""
    received = register("nummer;rol\nP1;ouder\nP2;ouder\n")

    told = received.findings[["rule", "severity", "file", "expected"]].to_numpy().tolist()
    assert told == [
        [
            "consent-not-registered",
            "note",
            "register.csv",
            "columns such as toestemming, datum toestemming, toestemming door",
        ]
    ]


def test_names_of_people_do_not_go_on(register) -> None:
    """A column that no register has is told by its name; its cells appear nowhere."""
    received = register("nummer;rol;voornaam\nP1;ouder;Fatima\n")

    assert told_of(received)[["rule", "column"]].to_numpy().tolist() == [
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
        ("kreeg een andere rol", "changed role"),
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

"""Who people are does not go on: names, addresses and numbers are counted, not kept."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from pilot.frames import Received
from pilot.intake import read_exports
from pilot.intake.personal import holds_personal, looks_personal

HEADER = "nummer;datum;b1;b2;b3;b4;b5;b6;gezondheid"
ROWS = ["P1;2025-01-10;3;4;2;5;1;3;goed", "P2;2025-01-11;2;2;2;2;2;2;gaat wel"]
HIDDEN = "(not kept: looks like a name)"


@pytest.fixture
def answers(design, folder: Path):
    """Give a function that reads an export with one more column."""

    def read(column: str, *cells: str) -> Received:
        lines = [f"{row};{cell}" for row, cell in zip(ROWS, cells, strict=True)]
        text = "\n".join([f"{HEADER};{column}", *lines]) + "\n"
        (folder / "t0.csv").write_text(text, encoding="utf-8")
        return read_exports(design(), folder)

    return read


def everything(received: Received) -> str:
    """Return every word of every table that goes on."""
    tables = (received.responses, received.events, received.register, received.quarantine)
    return " ".join(t.to_csv() for t in (*tables, received.findings, received.files))


def test_names_in_an_unknown_column_are_not_kept(answers) -> None:
    """File, row, column and count stay; what stood there does not."""
    received = answers("Voornaam kind", "Fatima", "Bo")

    assert received.findings[["rule", "severity", "column"]].to_numpy().tolist() == [
        ["personal-data", "error", "Voornaam kind"]
    ]
    aside = received.quarantine[["row", "participant", "column", "value", "rule"]]
    assert aside.to_numpy().tolist() == [
        [2, "P1", "Voornaam kind", HIDDEN, "personal-data"],
        [3, "P2", "Voornaam kind", HIDDEN, "personal-data"],
    ]
    assert "Fatima" not in everything(received)
    door = received.counts.set_index("door").loc["intake"]
    assert door["answers_in"] == door["answers_kept"] + door["answers_quarantined"] == 16


@pytest.mark.parametrize(
    ("column", "cells", "what"),
    [
        ("e-mail", ("a@b.nl", ""), "an e-mail address"),
        ("kolom 9", ("a@b.nl", "c@d.nl"), "an e-mail address"),
        ("kolom 9", ("06-12345678", "010 1234567"), "a telephone number"),
        ("kolom 9", ("+31 6 12345678", ""), "a telephone number"),
        ("kolom 9", ("111222333", "123456782"), "a citizen service number"),
        ("kolom 9", ("3021 AB", "3022cd"), "an address"),
        ("kolom 9", ("Jan de Vries", "Fatima El Amrani"), "a name"),
        ("BSN", ("1", "2"), "a citizen service number"),
        ("Straat + huisnummer", ("x", "y"), "an address"),
        ("geboortedatum", ("1-1-2010", ""), "a date of birth"),
    ],
)
def test_what_looks_personal_is_not_kept(
    answers, column: str, cells: tuple[str, str], what: str
) -> None:
    """By its header, or by what half of its cells look like."""
    received = answers(column, *cells)

    filled = [cell for cell in cells if cell]
    assert received.quarantine["value"].tolist() == [f"(not kept: looks like {what})"] * len(
        filled
    )
    words = everything(received)
    assert not [cell for cell in filled if len(cell) > 1 and cell in words]


@pytest.mark.parametrize(
    ("column", "cells"),
    [
        ("opmerking", ("komt later", "wil koffie")),
        ("duur", ("12,5", "40")),
        ("naamval", ("1", "2")),
        ("telling", ("3", "4")),
        ("aanwezig", ("Ja", "Nee")),
        ("code", ("123456789", "987654321")),
    ],
)
def test_what_does_not_look_personal_is_kept(answers, column: str, cells: tuple) -> None:
    """A remark, a duration, a count: in quarantine with what stood there."""
    received = answers(column, *cells)

    assert received.quarantine["value"].tolist() == list(cells)
    assert received.findings["rule"].tolist() == ["unknown-column"]


def test_first_names_alone_are_seen_when_nearly_all_differ() -> None:
    """One word with a capital a cell: names where they differ, answers where they do not."""
    assert looks_personal("x", ["Fatima", "Jan", "Bo", "Aïsha"]) == "a name"
    assert looks_personal("x", ["Goed", "Goed", "Matig", "Goed"]) is None


def test_a_row_that_moved_right_keeps_no_name(design, folder: Path) -> None:
    """A stray semicolon pushes the name into the next column: it is not kept there either."""
    lines = [f"{HEADER};naam", f"{ROWS[0]};Fatima", f"{ROWS[1]};;Zoë"]
    (folder / "t0.csv").write_text("\n".join(lines), encoding="utf-8")
    received = read_exports(design(), folder)

    assert "long-row" in set(received.findings["rule"])
    assert "Fatima" not in everything(received)
    assert "Zoë" not in everything(received)


def test_names_among_events_are_not_kept(design, folder: Path) -> None:
    """An attendance list with a column of names beside the numbers."""
    source = """
[[sources]]
files = "tafels.csv"
kind = "events"
event = "attendance"
columns = { participant = "wie", date = "datum" }
"""
    text = "wie;datum;naam ouder\nP1;3-2-2025;Fatima\nP2;3-2-2025;Jan;x\n"
    (folder / "tafels.csv").write_text(text, encoding="utf-8")
    received = read_exports(design(source), folder)

    assert {"personal-data", "long-row"} <= set(received.findings["rule"])
    assert HIDDEN in received.quarantine["value"].tolist()
    assert "Fatima" not in everything(received)
    assert "Jan" not in everything(received)


def test_a_giver_of_consent_is_a_number_not_a_name(design, folder: Path) -> None:
    """'zelf', 'moeder' or a number stay; a name is set aside without what it says."""
    (folder / "t0.csv").write_text("\n".join([HEADER, *ROWS]), encoding="utf-8")
    register = (
        "nummer;rol;toestemming;toestemming door\n"
        "P1;ouder;ja;zelf\nP2;ouder;ja;Fatima Amrani\nK1;kind;ja;P1\n"
    )
    (folder / "register.csv").write_text(register, encoding="utf-8")
    received = read_exports(design(), folder)

    givers = received.register["consent_giver"]
    assert givers.fillna("?").tolist() == ["self", "?", "P1"]
    told = received.findings[received.findings["rule"] == "personal-data"].iloc[0]
    assert (told["row"], told["column"]) == (3, "toestemming door")
    assert pd.isna(told["found"])
    assert "Fatima" not in everything(received)


@pytest.mark.parametrize(
    ("note", "what"),
    [
        ("Fatma belde zelf, 06-12345678", "a telephone number"),
        ("belde terug op 0612345678.", "a telephone number"),
        ("bel +31 6 12 34 56 78 na zessen", "a telephone number"),
        ("stuur naar f.amrani@huis.nl s.v.p.", "an e-mail address"),
        ("bsn 111222333 klopt niet", "a citizen service number"),
        ("gebeld met Fatma over de vragen", "a name"),
        ("Fatma belde zelf", "a name"),
    ],
)
def test_a_note_that_tells_who_somebody_is_is_not_kept(answers, note: str, what: str) -> None:
    """Beside another note that says nothing: that one stays."""
    received = answers("opmerking", note, "losse aantekening")

    assert received.quarantine["value"].tolist() == [
        f"(not kept: looks like {what})",
        "losse aantekening",
    ]
    assert note not in everything(received)
    door = received.counts.set_index("door").loc["intake"]
    assert door["answers_in"] == door["answers_kept"] + door["answers_quarantined"] == 16


def test_a_note_with_an_address_is_seen() -> None:
    """A street with a number, or a postal code."""
    assert holds_personal("woont nu Lindelaan 12") == "an address"
    assert holds_personal("post naar 3021 AB") == "an address"


@pytest.mark.parametrize(
    "note",
    ["Helemaal mee eens", "Op 12-03-2025 gebeld", "Formulier in het Turks", "1,5 uur in 2025"],
)
def test_a_note_about_nobody_is_kept(answers, note: str) -> None:
    """An answer, a date, a language: what stood there."""
    received = answers("opmerking", note, "losse aantekening")

    assert received.quarantine["value"].tolist() == [note, "losse aantekening"]

"""A file of quotes: found by its name, in Dutch or English, every cell accounted for."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from pilot.frames import QUOTES, Received
from pilot.intake import read_exports
from pilot.intake.quotes import _domains
from pilot.intake.table import plain

ANSWERS = "nummer;datum;b1;b2;b3;b4;b5;b6;gezondheid\nP1;;3;4;2;5;1;3;goed\n"
DUTCH = "nummer;rol;domein;richting;codeur;richting tweede codeur;toestemming;goedgekeurd;tekst"
ENGLISH = "number;role;domain;direction;coder;second direction;consent;approved;quote"


@pytest.fixture
def quotes(design, folder: Path):
    """Give a function that reads quotes of these rows beside one export."""

    def read(*lines: str, name: str = "quotes.csv") -> Received:
        (folder / "t0.csv").write_text(ANSWERS, encoding="utf-8")
        (folder / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
        return read_exports(design(), folder)

    return read


@pytest.mark.parametrize(
    ("header", "row"),
    [
        (DUTCH, "P1;ouder;coping;Beter;C1;wisselend;ja;ja;Ik durf meer."),
        (ENGLISH, "P1;Parent;Coping;better;C1;mixed;yes;x;Ik durf meer."),
    ],
)
def test_dutch_and_english_headers_and_words(quotes, header: str, row: str) -> None:
    """Keys of the design, directions in one word, consent and approval as yes."""
    received = quotes(header, row)
    expected = ["quotes.csv", 2, "P1", "coping", "parent", "Ik durf meer.", "better", "C1"]

    assert list(received.quotes.columns) == list(QUOTES)
    assert received.quotes.iloc[0].tolist() == [*expected, "mixed", "yes", "yes"]
    assert received.headings["quotes.csv", "text"] == header.split(";")[-1]
    assert received.files.set_index("file").loc["quotes.csv", "kind"] == "quotes"
    assert "unclaimed-file" not in received.findings["rule"].tolist()


def test_a_domain_may_be_called_by_its_outcome(quotes, design) -> None:
    """The label of the outcome in the domain means the domain."""
    label = design().outcomes()[0].label.nl
    received = quotes(DUTCH, f"P1;ouder;{label};beter;C1;;ja;ja;Zo.")
    assert received.quotes["domain"].tolist() == ["coping"]


@pytest.mark.parametrize("word", ["Zelfvertrouwen", "self-confidence", "self efficacy"])
def test_a_domain_may_be_called_as_the_pages_do(making, word: str) -> None:
    """What a page prints above an outcome means its domain, where the design has it."""
    assert _domains(making.design())[plain(word)] == "self_efficacy"
    assert plain("Gezondheid") not in _domains(making.design())


def test_words_that_nothing_knows_are_set_aside(quotes) -> None:
    """An unknown domain, role or direction is told with its cell; the rest of the row stays."""
    received = quotes(DUTCH, "P1;buur;geluk;top;C1;goed;misschien;ja;Zo.")
    row = received.quotes.iloc[0]
    told = received.findings[received.findings["file"] == "quotes.csv"]

    assert row[["domain", "role", "direction", "second_direction"]].isna().all()
    assert told["expected"].str.startswith("one of ").all()
    assert told["expected"].iloc[2] == "one of beter, gelijk, slechter, wisselend"
    assert "coping (" in told["expected"].iloc[0]
    assert told[["rule", "column", "found"]].to_numpy().tolist() == [
        ["unknown-domain", "domein", "geluk"],
        ["unknown-role", "rol", "buur"],
        ["unknown-direction", "richting", "top"],
        ["unknown-direction", "richting tweede codeur", "goed"],
    ]
    assert pd.isna(row["consent"])
    door = received.counts.set_index("door").loc["quotes"]
    assert (door["answers_in"], door["answers_kept"], door["answers_quarantined"]) == (8, 4, 4)


def test_the_words_of_nobody_are_kept_nowhere(quotes) -> None:
    """Without a number nobody can have consented: the row goes, and its words with it."""
    received = quotes(DUTCH, ";ouder;coping;beter;C1;;ja;ja;Geheim")

    assert received.quotes.empty
    assert "Geheim" not in received.quarantine.to_csv()
    assert "Geheim" not in received.findings.to_csv()
    assert received.quarantine["rule"].eq("no-code").all()


@pytest.mark.parametrize("column", ["domein", "rol", "richting", "richting tweede codeur"])
def test_a_sentence_in_another_column_is_kept_nowhere(quotes, column: str) -> None:
    """It may be what somebody said without consent: only its place is told, and it counts."""
    sentence = "Ik slaap weer de hele nacht."
    cells = ["P1", "ouder", "coping", "beter", "C1", "gelijk", "nee", "nee", "Zo."]
    cells[DUTCH.split(";").index(column)] = sentence
    received = quotes(DUTCH, ";".join(cells))
    told = received.findings[received.findings["file"] == "quotes.csv"]

    assert told[["row", "column", "found"]].to_numpy().tolist() == [[2, column, "(not kept)"]]
    assert received.quarantine["value"].tolist() == ["(not kept)"]
    door = received.counts.set_index("door").loc["quotes"]
    assert (door["answers_in"], door["answers_kept"], door["answers_quarantined"]) == (8, 7, 1)


def test_what_a_loose_semicolon_pushes_aside_is_kept_nowhere(quotes) -> None:
    """A row with too many cells has its words in any of them, also a single one."""
    received = quotes(
        DUTCH, "P1;ouder;coping;beter;C1;;nee;nee;Het is stil; ik slaap weer;goed"
    )

    assert set(received.quarantine["rule"]) == {"long-row"}
    assert received.quarantine["value"].tolist() == ["(not kept)"] * 9
    assert received.counts.set_index("door").loc["quotes", "answers_quarantined"] == 9


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("geluk", "geluk"),
        ("self_eficacy", "self_eficacy"),
        ("eigen kracht", "eigen kracht"),
        ("Mirjam sloeg mij", "(not kept)"),
        ("a" * 30, "a" * 30),
        ("a" * 31, "(not kept)"),
        ("06 12345678", "(not kept)"),
        ("Slecht!", "(not kept)"),
    ],
)
def test_a_word_that_may_be_meant_for_a_domain_is_shown(quotes, said: str, shown: str) -> None:
    """One word or two, of letters alone and no longer than 30: else nobody could mend it."""
    received = quotes(DUTCH, f"P1;ouder;{said};beter;C1;;nee;nee;Zo.")

    assert received.findings["found"].tolist() == [shown]
    assert received.quarantine["value"].tolist() == [shown]


def test_a_missing_column_is_told(quotes) -> None:
    """Without a column of approval nothing is approved, and it is told."""
    received = quotes(
        "nummer;rol;domein;richting;toestemming;tekst", "P1;ouder;coping;beter;ja;Zo"
    )
    told = received.findings[received.findings["rule"] == "missing-column"]

    assert told["expected"].tolist() == ["approved"]
    assert received.quotes["approved"].isna().all()


def test_without_quotes_there_is_an_empty_table(design, folder: Path) -> None:
    """Most pilots have none: the columns are there, and no door is counted."""
    (folder / "t0.csv").write_text(ANSWERS, encoding="utf-8")
    received = read_exports(design(), folder)

    assert list(received.quotes.columns) == list(QUOTES)
    assert received.quotes.empty
    assert "quotes" not in received.counts["door"].tolist()

"""Who answered, when, in which role and where."""

from __future__ import annotations

from dataclasses import replace
from types import ModuleType

import pandas as pd

from pilot.cleaning import clean


def test_a_big_file_in_order_has_nothing_told_of_it(making: ModuleType) -> None:
    """Its words come as categories: one that no row holds is no finding of zero rows."""
    received = making.received(making.form("p1"), making.form("p2"))
    file = received.responses["file"].astype("category")
    big = replace(received, responses=received.responses.assign(file=file))
    cleaned = clean(big, making.design())

    assert cleaned.findings["rule"].tolist() == []
    assert cleaned.responses["wave"].tolist() == ["t0", "t0"]


def test_a_row_without_a_code_is_set_aside_with_all_its_answers(making: ModuleType) -> None:
    """Nobody knows whose form it is: told by its row, one row of quarantine an answer."""
    rows = [making.form("p1"), making.form("  ", lsns_6_06=None), making.form(None, row=9)]
    cleaned = clean(making.received(*rows), making.design())

    place = {"file": "t0.csv", "column": "nummer", "expected": "a participant's number"}
    assert making.told(cleaned, "no-code") == [
        making.whole("no-code", row=3, **place),
        making.whole("no-code", row=9, **place),
    ]
    aside = making.set_aside(cleaned, "no-code")
    assert [answer[:2] for answer in aside] == [("t0.csv", 3)] * 15 + [("t0.csv", 9)] * 16
    assert aside[0] == ("t0.csv", 3, "GSE_1", "3")
    assert cleaned.responses["participant"].tolist() == ["p1"]
    assert making.leaks(cleaned) == []


def test_an_unknown_wave_takes_the_row_out(making: ModuleType) -> None:
    """A wave's key, labels and names are known, whatever their case; nothing else is."""
    rows = [making.form(wave=" T0 "), making.form("p2", wave="begin")]
    odd = making.form("p3", wave="tussentijds", file="x.csv")
    cleaned = clean(making.received(*rows, odd), making.design())

    assert making.told(cleaned, "unknown-wave") == [
        making.whole(
            "unknown-wave",
            file="x.csv",
            row=2,
            participant="p3",
            column="meting",
            found="tussentijds",
            expected="one of t0, t1, t2",
        )
    ]
    assert cleaned.responses["wave"].tolist() == ["t0", "t0"]
    assert len(making.set_aside(cleaned, "unknown-wave")) == 16
    assert making.leaks(cleaned) == []


def test_an_unknown_role_takes_the_row_out(making: ModuleType) -> None:
    """Without a role nobody knows which questions were asked."""
    rows = [making.form(role="Moeder"), making.form("p2", role="buurvrouw")]
    cleaned = clean(making.received(*rows), making.design())

    assert making.told(cleaned, "unknown-role") == [
        making.whole(
            "unknown-role",
            file="t0.csv",
            row=3,
            participant="p2",
            column="rol",
            found="buurvrouw",
            expected="one of parent, child",
        )
    ]
    assert cleaned.responses["role"].tolist() == ["parent"]
    assert making.leaks(cleaned) == []


def test_the_register_tells_a_role_that_the_export_does_not(making: ModuleType) -> None:
    """One role in the register is the role; two, or none, leave it unknown."""
    people = making.register(
        {"participant": "p1"},
        {"participant": "p2"},
        {"participant": "p2", "role": "child"},
    )
    rows = [making.form(code, role=None) for code in ("p1", "p2", "p3")]
    cleaned = clean(making.received(*rows, register=people), making.design())

    assert cleaned.responses[["participant", "role"]].to_numpy().tolist() == [["p1", "parent"]]
    unknown = making.told(cleaned, "unknown-role")
    assert [(each["participant"], each["found"]) for each in unknown] == [
        ("p2", None),
        ("p3", None),
    ]


def test_a_design_with_one_role_needs_none_in_the_export(making: ModuleType) -> None:
    """Everybody is in the only role there is."""
    content = making.design()
    alone = content.model_copy(update={"roles": content.roles[:1], "asked": content.asked[:-1]})
    cleaned = clean(making.received(making.form(role=None)), alone)

    assert cleaned.responses["role"].tolist() == ["parent"]
    assert making.told(cleaned, "unknown-role") == []


def test_an_unknown_site_is_told_and_the_row_is_kept(making: ModuleType) -> None:
    """Once a file and word: who mends it looks for the word, not for a row."""
    rows = [making.form(code, site="De Hafen", file="a.csv") for code in ("p1", "p2")]
    rows += [making.form("p3", site=" school noord"), making.form("p4", site="Oost")]
    cleaned = clean(making.received(*rows), making.design())

    expected = "one of noord, zuid"
    assert making.told(cleaned, "unknown-site") == [
        making.whole(
            "unknown-site",
            file="a.csv",
            column="locatie",
            found="De Hafen (2 rows)",
            expected=expected,
        ),
        making.whole(
            "unknown-site",
            file="t0.csv",
            row=3,
            column="locatie",
            found="Oost",
            expected=expected,
        ),
    ]
    assert cleaned.responses["site"].fillna("?").tolist() == ["?", "?", "noord", "?"]


def test_an_empty_form_is_not_an_answered_one(making: ModuleType) -> None:
    """A row without one answer is set aside and told once a file and wave."""
    blank = {key: None for key in making.form() if "_0" in key or "_10" in key}
    rows = [making.form("p1"), making.form("p2", **blank), making.form("p3", **blank)]
    cleaned = clean(making.received(*rows), making.design())

    assert making.told(cleaned, "empty-form") == [
        making.whole("empty-form", file="t0.csv", found="2 rows of t0")
    ]
    assert making.set_aside(cleaned, "empty-form") == [
        ("t0.csv", 3, None, None),
        ("t0.csv", 4, None, None),
    ]
    assert cleaned.counts["rows_quarantined"].tolist() == [2]
    assert cleaned.counts["answers_quarantined"].tolist() == [0]


def test_spaces_around_codes_and_words_are_told_once_a_column(making: ModuleType) -> None:
    """The value is read without them: 'p1 ' and 'p1' are one person."""
    rows = [making.form(" p1"), making.form("p2 ", site="noord "), making.form("p3")]
    cleaned = clean(making.received(*rows), making.design())

    assert cleaned.responses["participant"].tolist() == ["p1", "p2", "p3"]
    assert making.told(cleaned, "spaces") == [
        making.whole("spaces", file="t0.csv", column="nummer", found="2x"),
        making.whole("spaces", file="t0.csv", column="locatie", found="1x"),
    ]


def test_languages_modes_and_respondents_have_one_word_each(making: ModuleType) -> None:
    """Counted by what they mean; a word that is not known stays as it is."""
    rows = [
        making.form("p1", language="Nederlands", mode="Papier", respondent="zelf"),
        making.form("p2", language=" NL", mode="telefonisch", respondent="Self"),
        making.form("p3", language="Tigrinya", mode="duif", respondent="Buurvrouw"),
    ]
    roles = making.tomllib.loads(making.DESIGN)["roles"]
    roles[0] |= {"answered_by": ["self", "buurvrouw"]}
    kept = clean(making.received(*rows), making.design(roles=roles)).responses

    assert kept["language"].tolist() == ["nl", "nl", "tigrinya"]
    assert kept["mode"].tolist() == ["paper", "phone", "duif"]
    assert kept["respondent"].tolist() == ["self", "self", "buurvrouw"]


def test_nothing_received_is_cleaned_to_nothing(making: ModuleType) -> None:
    """A trajectory that has not started yet is no fault."""
    cleaned = clean(making.received(), making.design())

    assert len(cleaned.responses) == len(cleaned.findings) == 0
    assert cleaned.counts["answers_in"].tolist() == [0]


def test_codes_that_came_as_numbers_are_text_afterwards(making: ModuleType) -> None:
    """A column of whole numbers is a column of codes."""
    came = making.received(making.form("1"), making.form("2"))
    came.responses["participant"] = pd.Series([1, 2])
    cleaned = clean(came, making.design())

    assert cleaned.responses["participant"].tolist() == ["1", "2"]


def test_words_for_an_interpreter_and_spellings_of_a_code_are_one(making: ModuleType) -> None:
    """No, nee and geen; yes and ja; V1, v1 and V 1: the spelling of most forms."""
    said = [
        ("nee", "V1", "A"),
        ("No", "v1", "a"),
        ("geen tolk", "V 1", "A"),
        ("Ja", " V1", "A"),
        ("yes", "V2", "B"),
        ("T1", "v2", None),
        ("t1", None, None),
    ]
    rows = [
        making.form(f"p{n}", interpreter=one, interviewer=two, form_version=three)
        for n, (one, two, three) in enumerate(said)
    ]
    kept = clean(making.received(*rows), making.design()).responses

    assert kept["interpreter"].tolist() == ["no", "no", "no", "yes", "yes", "T1", "T1"]
    assert kept["interviewer"].fillna("?").tolist() == ["V1"] * 4 + ["V2", "V2", "?"]
    assert kept["form_version"].fillna("?").tolist() == ["A"] * 4 + ["B", "?", "?"]

"""Whose answers may be used: asked, refused, by guardians, withdrawn, removed."""

from __future__ import annotations

from dataclasses import replace
from types import ModuleType
from typing import Any

import pandas as pd
import pytest

from pilot.cleaning import clean
from pilot.findings import findings_table, quarantine_table
from pilot.frames import CONSENT, CONSENT_USES, Cleaned
from pilot.linkage import link_waves

KEPT_AWAY = "(not kept: no consent)"
ADULT = {"consent_answers": "yes", "consent_giver": "self", "consent_date": "2025-01-02"}
CHILD = {"role": "child", "birth_year": 2014, "consent_date": "2025-01-02"}


def cleaned(making: ModuleType, people: list[dict], *rows: dict, **tables: Any) -> Cleaned:
    """Return hand-made forms of the people of this register, cleaned."""
    came = making.received(*rows, register=making.register(*people), **tables)
    return clean(came, making.design())


def given(station: Cleaned, code: str, use: str = "answers") -> tuple[bool, str | None]:
    """Return whether somebody consented to a use, and why not."""
    table = station.consent
    row = table[(table["participant"] == code) & (table["use"] == use)].iloc[0]
    return bool(row["given"]), None if pd.isna(row["why"]) else str(row["why"])


def test_without_columns_of_consent_all_answers_count(making: ModuleType) -> None:
    """The table is there and empty, and nothing is set aside."""
    station = cleaned(making, [{"participant": "p1"}], making.form())

    assert station.consent.columns.tolist() == list(CONSENT)
    assert len(station.consent) == 0
    assert len(station.responses) == 1


@pytest.mark.parametrize(
    ("word", "why"), [("no", "refused"), ("unknown", "not asked"), (None, "not asked")]
)
def test_without_consent_the_answers_go_and_are_not_kept(
    making: ModuleType, word: str | None, why: str
) -> None:
    """In quarantine with the reason, counted by file, row and column; what they say is not."""
    people = [
        {"participant": "p1", **ADULT, "consent_answers": word},
        {"participant": "p2", **ADULT},
    ]
    rows = [making.form("p1", gse_10_01="99"), making.form("p1", "t1"), making.form("p2")]
    station = cleaned(making, people, *rows)

    assert making.told(station, "no-consent") == [
        making.whole(
            "no-consent",
            file="register.xlsx",
            row=2,
            participant="p1",
            found=why,
            expected="consent to use the answers",
        )
    ]
    aside = making.set_aside(station, "no-consent")
    assert len(aside) == 32
    assert aside[0] == ("t0.csv", 2, "GSE_1", KEPT_AWAY)
    assert {value for *_, value in aside} == {KEPT_AWAY}
    assert station.responses["participant"].tolist() == ["p2"]
    assert making.told(station, "no-answer-code") == []
    linked = link_waves(station, making.design())
    assert linked.started["participant"].tolist() == ["p2"]
    assert making.leaks(linked) == []


@pytest.mark.parametrize("spelt", ["P1", "p-01", "p 1"])
def test_a_refusal_holds_however_the_number_is_spelt(making: ModuleType, spelt: str) -> None:
    """A form whose number is spelt otherwise is of who refused."""
    people = [
        {"participant": "p2", **ADULT},
        {"participant": "p1", **ADULT, "consent_answers": "no"},
    ]
    forms = [making.form(spelt, gse_10_01="99"), making.form("p2")]
    station = cleaned(making, people, *forms)

    assert {value for *_, value in making.set_aside(station, "no-consent")} == {KEPT_AWAY}
    assert station.responses["participant"].tolist() == ["p2"]
    assert making.told(station, "no-answer-code") == []


@pytest.mark.parametrize(
    ("said", "whys"),
    [
        ({"consent_answers": "no"}, ["not asked", "refused"]),
        ({"withdrawal": "stop and remove"}, ["not asked", "withdrawn"]),
        ({"withdrawal": "stop", "withdrawn": "2025-03-01"}, ["not asked", "withdrawn"]),
    ],
)
@pytest.mark.parametrize("file", ["register.xlsx", "register-ark.xlsx"])
def test_of_numbers_that_read_alike_neither_counts_where_one_says_no(
    making: ModuleType, said: dict, whys: list[str], file: str
) -> None:
    """Perhaps one person who refused: an error names both, in one register or in two."""
    people = [{"participant": "01", **ADULT}, {"participant": "1", **ADULT, **said}]
    people[1]["file"] = file
    station = cleaned(making, people, making.form("01"), making.form("1", "t1"))

    answers = station.consent[station.consent["use"] == "answers"]
    assert answers["why"].tolist() == whys
    assert not station.consent["given"].any()
    assert len(station.responses) == 0
    assert making.told(station, "consent-disagrees") == [
        making.whole(
            "consent-disagrees",
            file=file,
            row=3,
            participant="1",
            column=None,
            found=f"01 (register.xlsx, row 2) | 1 ({file}, row 3)",
            expected="one spelling for one person, or two numbers that differ",
        )
    ]


def test_numbers_that_read_alike_and_agree_both_count(making: ModuleType) -> None:
    """Perhaps two people: nobody is joined, and nothing is set aside."""
    people = [{"participant": "01", **ADULT}, {"participant": "1", **ADULT}]
    station = cleaned(making, people, making.form("01"), making.form("1"))

    assert station.responses["participant"].tolist() == ["01", "1"]
    assert making.told(station, "consent-disagrees") == []


def test_a_yes_beside_an_unclear_word_is_no_yes(making: ModuleType) -> None:
    """In another row of the number: told at that row; an empty one changes nothing."""
    first = {"participant": "p1", **ADULT, "consent_quotes": "yes", "end": "2025-02-01"}
    second = first | {"start": "2025-02-01", "end": None, "consent_answers": "unclear"}
    unclear = cleaned(making, [first, second], making.form())
    empty = cleaned(making, [first, second | {"consent_answers": "unknown"}], making.form())

    assert given(unclear, "p1") == (False, "not asked")
    assert given(unclear, "p1", "quotes") == (True, None)
    told = making.told(unclear, "no-consent")
    assert [(each["row"], each["found"]) for each in told] == [(3, "not asked")]
    assert given(empty, "p1") == (True, None)


def test_consent_is_a_row_a_person_and_use(making: ModuleType) -> None:
    """Each use by itself: answers given, quotes refused, the others never asked."""
    people = [{"participant": "p1", **ADULT, "consent_quotes": "no"}]
    station = cleaned(making, people, making.form())

    assert station.consent["use"].tolist() == list(CONSENT_USES)
    assert station.consent["given"].tolist() == [True, False, False, False, False]
    assert given(station, "p1", "quotes") == (False, "refused")
    assert given(station, "p1", "archive") == (False, "not asked")
    row = station.consent.iloc[0]
    assert (row["giver"], row["date"]) == ("self", pd.Timestamp("2025-01-02"))
    assert (row["file"], row["row"]) == ("register.xlsx", 2)


@pytest.mark.parametrize(
    ("said", "outcome"),
    [
        ({"guardian_1": "yes"}, (True, None)),
        ({"guardian_1": "yes", "guardian_2": "yes"}, (True, None)),
        ({"guardian_1": "yes", "guardian_2": "unknown"}, (False, "not asked")),
        ({"guardian_1": "unknown", "guardian_2": "yes"}, (False, "not asked")),
        ({"guardian_1": "yes", "guardian_2": "no"}, (False, "refused")),
        ({"guardian_1": "yes", "consent_answers": "no"}, (False, "refused")),
        ({"consent_answers": "yes", "consent_giver": "mother"}, (True, None)),
        ({"consent_answers": "yes", "consent_giver": "P1"}, (True, None)),
        ({"consent_answers": "yes", "consent_giver": "C1"}, (False, "no guardian")),
        ({"consent_answers": "yes", "consent_giver": "self"}, (False, "no guardian")),
        ({"consent_answers": "yes"}, (False, "no guardian")),
        ({"guardian_1": "unknown", "guardian_2": "unknown"}, (False, "no guardian")),
    ],
)
def test_a_child_needs_its_guardians(
    making: ModuleType, said: dict[str, str], outcome: tuple[bool, str | None]
) -> None:
    """Under 16 a guardian says yes, and one refusal, the child's own too, is a refusal."""
    station = cleaned(making, [{"participant": "c1", **CHILD, **said}], making.child())

    assert given(station, "c1") == outcome
    assert len(station.responses) == int(outcome[0])


def test_two_rows_of_guardians_are_one_child(making: ModuleType) -> None:
    """The father refuses: the child's answers go, and it is one child in the flow."""
    row = {"participant": "c1", **CHILD, "consent_answers": "yes", "consent_giver": "mother"}
    father = {"consent_answers": "no", "consent_giver": "father"}
    refused = cleaned(making, [row, row | father], making.child())
    agreed = cleaned(making, [row, row | father | {"consent_answers": "yes"}], making.child())

    assert given(refused, "c1") == (False, "refused")
    assert given(agreed, "c1") == (True, None)
    assert agreed.consent["giver"].tolist()[0] == "mother, father"
    assert len(link_waves(agreed, making.design()).started) == 1


@pytest.mark.parametrize(
    ("birth_year", "role", "minor"),
    [
        (2009, "child", True),
        (2008, "child", False),
        (None, "child", True),
        (2015, "parent", False),
        (None, "parent", False),
    ],
)
def test_who_may_still_be_15_needs_a_guardian(
    making: ModuleType, birth_year: int | None, role: str, minor: bool
) -> None:
    """Born in 2009 and asked in January 2025: perhaps 15 still. A parent is no child."""
    people = [{"participant": "x1", "role": role, "birth_year": birth_year, **ADULT}]
    rows = making.form("x1") if role == "parent" else making.child("x1")
    station = cleaned(making, people, rows)

    assert given(station, "x1") == ((False, "no guardian") if minor else (True, None))


def test_another_child_is_no_guardian(making: ModuleType) -> None:
    """Whose number the register has in a role for children; a parent's number is one."""
    yes = {"consent_answers": "yes", "consent_giver": "c2"}
    other = {"participant": "c2", **CHILD, "guardian_1": "yes"}
    parent = other | {"role": "parent", "birth_year": 1985}
    by_child = cleaned(making, [{"participant": "c1", **CHILD, **yes}, other], making.child())
    by_parent = cleaned(making, [{"participant": "c1", **CHILD, **yes}, parent], making.child())

    assert given(by_child, "c1") == (False, "no guardian")
    assert given(by_parent, "c1") == (True, None)


def test_a_guardian_in_a_row_who_was_not_asked_is_no_yes(making: ModuleType) -> None:
    """The mother says yes, and the father's row waits: no consent until he is asked."""
    row = {"participant": "c1", **CHILD, "consent_answers": "yes", "consent_giver": "mother"}
    father = {"consent_answers": "unknown", "consent_giver": "father"}
    station = cleaned(making, [row, row | father], making.child())

    assert given(station, "c1") == (False, "not asked")
    assert len(station.responses) == 0


@pytest.mark.parametrize(
    ("giver", "outcome"),
    [
        (None, (False, "not asked")),
        ("father", (False, "not asked")),
        ("c9", (False, "not asked")),
        ("self", (True, None)),
    ],
)
@pytest.mark.parametrize("columns", [{}, {"guardian_1": "yes"}])
def test_a_row_of_a_child_that_waits_is_a_guardian_who_was_not_asked(
    making: ModuleType, giver: str | None, outcome: tuple[bool, str | None], columns: dict
) -> None:
    """Whoever it is of, named or not; only the child's own doubt is no guardian's."""
    row = {"participant": "c1", **CHILD, "consent_answers": "yes", "consent_giver": "mother"}
    other = row | columns | {"consent_answers": "unclear", "consent_giver": giver}
    station = cleaned(making, [row, other], making.child())

    assert given(station, "c1") == outcome
    assert len(station.responses) == int(outcome[0])


def test_a_second_period_without_words_of_consent_asks_nobody(making: ModuleType) -> None:
    """Who moved is not asked again: an empty row is no guardian."""
    row = {"participant": "c1", **CHILD, "consent_answers": "yes", "consent_giver": "mother"}
    first, second = row | {"end": "2025-02-01"}, {"participant": "c1", "role": "child"}
    second |= {"birth_year": 2014, "start": "2025-02-01", "consent_answers": "unknown"}
    station = cleaned(making, [first, second], making.child())

    assert given(station, "c1") == (True, None)


BY_PARENT = {"consent_answers": "yes", "consent_giver": "mother"}
OWN = {"consent_answers": "yes", "consent_giver": "self", "consent_date": "2025-05-20"}


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ({"birth_year": 2009, "consent_date": "2024-12-10"}, "2009: possibly 16 in 2025"),
        ({"birth_year": 2009, "consent_date": "2025-01-02"}, "2009: possibly 16 in 2025"),
        ({"birth_year": 2008, "consent_date": "2025-01-02"}, "2008: certainly 16 in 2025"),
        ({"birth_year": 2010, "consent_date": "2025-01-02"}, None),
    ],
)
def test_16_at_a_form_is_told(making: ModuleType, said: dict, found: str | None) -> None:
    """Whenever it is certain or possible, and only a parent said yes; the form is kept."""
    people = [{"participant": "c1", "role": "child", **BY_PARENT, **said}]
    station = cleaned(making, people, making.child("c1", "t1"))

    whole = making.whole(
        "turned-16",
        file="register.xlsx",
        row=2,
        participant="c1",
        column="geboortejaar",
        found=found,
        expected="consent given by 'self' at 16",
    )
    assert making.told(station, "turned-16") == ([whole] if found else [])
    assert len(station.responses) == 1


@pytest.mark.parametrize("rows", [1, 2])
def test_own_consent_at_16_mends_it(making: ModuleType, rows: int) -> None:
    """In the child's row or a second one: all forms stay, and none came before consent."""
    born = {"participant": "c1", "role": "child", "birth_year": 2009}
    first = born | BY_PARENT | {"consent_date": "2024-12-10"}
    people = [first, born | OWN] if rows == 2 else [born | OWN | {"guardian_1": "yes"}]
    forms = [making.child("c1", wave) for wave in ("t0", "t1")]
    station = cleaned(making, people, *forms)

    assert station.responses["wave"].tolist() == ["t0", "t1"]
    told = set(station.findings["rule"])
    assert not told & {"turned-16", "before-consent", "no-consent", "withdrawn"}


def test_own_consent_without_a_guardians_holds_from_its_day(making: ModuleType) -> None:
    """Somebody wrote over the parent's yes: the forms before rest on nothing, told once."""
    born = {"participant": "c1", "role": "child", "birth_year": 2009, "start": "2024-12-20"}
    forms = [making.child("c1", wave) for wave in ("t0", "t1")]
    station = cleaned(making, [born | OWN], *forms)

    assert station.responses["wave"].tolist() == ["t1"]
    told = making.told(station, "no-consent")
    assert [each["found"] for each in told] == ["no guardian before 2025-05-20"]
    assert {value for *_, value in making.set_aside(station, "no-consent")} == {KEPT_AWAY}
    assert making.leaks(station) == []


@pytest.mark.parametrize("rows", [1, 2])
def test_a_no_at_16_stops_from_that_day(making: ModuleType, rows: int) -> None:
    """What was given before stays, and nobody asks again."""
    born = {"participant": "c1", "role": "child", "birth_year": 2009}
    first = born | BY_PARENT | {"consent_date": "2024-12-10"}
    no = born | OWN | {"consent_answers": "no"}
    people = [first, no] if rows == 2 else [no | {"guardian_1": "yes"}]
    forms = [making.child("c1", wave) for wave in ("t0", "t1")]
    station = cleaned(making, people, *forms)

    assert station.responses["wave"].tolist() == ["t0"]
    told = making.told(station, "withdrawn")
    assert [each["found"] for each in told] == ["stop, 2025-05-20"]
    assert not {"turned-16", "no-consent"} & set(station.findings["rule"])
    assert making.leaks(station) == []


def test_an_unclear_withdrawal_keeps_everything_away(making: ModuleType) -> None:
    """Nobody knows whether it has to be removed: nothing is used or shown until asked."""
    how = {"withdrawn": "2025-03-01", "withdrawal": "unclear"}
    station = cleaned(making, [{"participant": "p1", **ADULT, **how}], making.form("p1"))

    assert given(station, "p1") == (False, "withdrawn")
    assert len(station.responses) == 0
    assert {value for *_, value in making.set_aside(station, "withdrawn")} == {KEPT_AWAY}
    linked = link_waves(station, making.design())
    assert linked.started["participant"].tolist() == ["p1"]


def test_a_withdrawal_counts_without_any_column_of_consent(making: ModuleType) -> None:
    """Who withdrew goes; of the others the register says nothing, and they stay."""
    people = [{"participant": "p1", "withdrawal": "stop and remove"}, {"participant": "p2"}]
    station = cleaned(making, people, making.form("p1"), making.form("p2"))

    assert station.responses["participant"].tolist() == ["p2"]


def test_the_owners_of_a_moved_row_decide_too(making: ModuleType) -> None:
    """A row whose key is of somebody who wants removal stands under another's number."""
    people = [
        {"participant": "p1", **ADULT, "withdrawal": "stop and remove"},
        {"participant": "p2", **ADULT},
        {"participant": "p3", **ADULT},
    ]
    place = {"file": "t1.xlsx", "participant": "p2", "column": "participant", "found": "p2"}
    moved = [
        making.whole("row-moved", row=7, expected="p1", **place),
        making.whole("row-moved", row=8, expected="p3, P1", **place),
        making.whole("row-moved", row=9, expected="p3", **place),
        making.whole(
            "formula", file="t1.xlsx", row=7, participant="p2", found="=A1", expected="typed: 3"
        ),
    ]
    cell = {"file": "t1.xlsx", "participant": "p2", "column": "q1", "value": "een geheim"}
    aside = [
        cell | {"row": each["row"], "rule": "row-moved", "finding": each["id"]}
        for each in moved[:3]
    ]
    tables = {"quarantine": quarantine_table(aside), "findings": findings_table(moved)}
    station = cleaned(making, people, making.form("p2"), **tables)

    shown = [value for *_, value in making.set_aside(station, "row-moved")]
    assert shown == [KEPT_AWAY, KEPT_AWAY, "een geheim"]
    formula = making.told(station, "formula")[0]
    assert (formula["found"], formula["expected"]) == (KEPT_AWAY, KEPT_AWAY)


def test_a_word_of_consent_is_shown_with_its_column(making: ModuleType) -> None:
    """It is no answer; and findings name the column that the register itself has."""
    people = [{"participant": "p1", **ADULT, "consent_answers": "unknown"}]
    told = making.whole(
        "unclear-consent", file="register.xlsx", row=2, participant="p1", found="misschien"
    )
    came = making.received(
        making.form("p1"),
        register=making.register(*people),
        findings=findings_table([told]),
    )
    headings = {("register.xlsx", "consent_answers"): "akkoord"}
    station = clean(replace(came, headings=headings), making.design())

    assert making.told(station, "unclear-consent")[0]["found"] == "misschien"
    assert making.told(station, "no-consent")[0]["column"] == "akkoord"


@pytest.mark.parametrize(
    ("rule", "file", "shown"),
    [
        ("unknown-role", "register.xlsx", True),
        ("two-roles", "register.xlsx", True),
        ("unreadable-date", "register.xlsx", True),
        ("unreadable-date", "t0.csv", False),
    ],
)
def test_what_a_register_says_is_shown(
    making: ModuleType, rule: str, file: str, shown: bool
) -> None:
    """Of who wants removal too, so that somebody can mend it; what a form says is not."""
    people = [{"participant": "p1", **ADULT, "withdrawal": "stop and remove"}]
    told = making.whole(rule, file=file, row=2, participant="p1", found="1-12-2205")
    came = making.received(
        making.form("p1"), register=making.register(*people), findings=findings_table([told])
    )
    station = clean(came, making.design())

    found = making.told(station, rule)[0]["found"]
    assert found == ("1-12-2205" if shown else KEPT_AWAY)


def test_a_register_that_lost_its_zeros_is_matched_and_told(making: ModuleType) -> None:
    """One finding for the file; a refusal holds, and a giver is still the parent."""
    people = [
        {"participant": "1", **ADULT},
        {"participant": "2", **ADULT, "consent_answers": "no"},
        {"participant": "12", **CHILD, "consent_answers": "yes", "consent_giver": "1"},
    ]
    forms = [making.form("001"), making.form("002"), making.child("012")]
    station = cleaned(making, people, *forms)

    assert station.responses["participant"].tolist() == ["001", "012"]
    told = making.told(station, "zeros-lost")
    assert [(each["found"], each["expected"]) for each in told] == [
        ("3 numbers, such as 1", "such as 001")
    ]
    assert link_waves(station, making.design()).started["participant"].tolist() == [
        "001",
        "012",
    ]


@pytest.mark.parametrize("forms", [("001", "1"), ("001", "02"), ("1", "2")])
def test_zeros_are_not_guessed(making: ModuleType, forms: tuple[str, ...]) -> None:
    """Numbers of two lengths, or with and without zeros: nobody is matched."""
    people = [{"participant": "1", **ADULT}, {"participant": "2", **ADULT}]
    station = cleaned(making, people, *(making.form(code) for code in forms))

    assert making.told(station, "zeros-lost") == []
    assert station.register["participant"].tolist() == ["1", "2"]


def test_events_that_lost_their_zeros_are_matched_and_told(making: ModuleType) -> None:
    """A file of its own: one finding, and the sessions are of the people of the register."""
    people = [{"participant": "001", **ADULT}, {"participant": "012", **ADULT}]
    events = making.attendance(
        {"participant": "1", "date": "2025-02-03"}, {"participant": "12", "date": "2025-02-03"}
    )
    station = cleaned(making, people, making.form("001"), events=events)

    assert station.events["participant"].tolist() == ["001", "012"]
    told = making.told(station, "zeros-lost")
    assert [(each["file"], each["found"]) for each in told] == [
        ("aanwezig.xlsx", "2 numbers, such as 1")
    ]
    assert making.told(station, "event-of-stranger") == []


def test_who_stops_keeps_what_was_given_till_then(making: ModuleType) -> None:
    """Answers since are set aside; a form without a date counts if its wave closed before."""
    people = [{"participant": "p1", **ADULT, "withdrawn": "2025-03-01", "withdrawal": "stop"}]
    rows = [
        making.form("p1", answered=None),
        making.form("p1", "t1"),
        making.form("p1", "t2", answered=None),
    ]
    station = cleaned(making, people, *rows)

    assert station.responses["wave"].tolist() == ["t0"]
    assert making.told(station, "withdrawn") == [
        making.whole(
            "withdrawn",
            file="register.xlsx",
            row=2,
            participant="p1",
            found="stop, 2025-03-01",
            expected="consent to use the answers",
        )
    ]
    assert {value for *_, value in making.set_aside(station, "withdrawn")} == {KEPT_AWAY}
    linked = link_waves(station, making.design())
    left = linked.flow[(linked.flow["stage"] == "left") & (linked.flow["n_participants"] == 1)]
    assert left[["wave", "reason"]].to_numpy().tolist() == [
        ["t1", "withdrew"],
        ["t2", "withdrew"],
    ]
    assert making.leaks(linked) == []


@pytest.mark.parametrize(
    "how",
    [
        {"withdrawn": "2025-03-01", "withdrawal": "stop and remove"},
        {"withdrawn": None, "withdrawal": "stop"},
    ],
)
def test_who_wants_it_removed_leaves_counts_only(making: ModuleType, how: dict) -> None:
    """No answer, event or quoted word stays; the flow still says that somebody withdrew.

    So it is too where nobody wrote down on which day consent was withdrawn.
    """
    people = [{"participant": "p1", **ADULT, **how}, {"participant": "p2", **ADULT}]
    rows = [making.form("p1", gse_10_01="een geheim"), making.form("p2")]
    events = making.attendance(
        {"participant": "p1", "date": "2025-02-03", "topic": "een geheim"},
        {"participant": "p2", "date": "2025-02-03"},
    )
    station = cleaned(making, people, *rows, events=events)
    linked = link_waves(station, making.design())

    assert station.responses["participant"].tolist() == ["p2"]
    tables = (linked.findings, linked.quarantine, linked.responses, linked.panel)
    assert "een geheim" not in " ".join(table.to_csv() for table in tables)
    assert len(making.set_aside(station, "withdrawn")) >= 16
    if how["withdrawn"]:
        assert station.events["participant"].tolist() == ["p2"]
        assert "een geheim" not in station.events.to_csv()
    assert linked.started["participant"].tolist() == ["p1", "p2"]
    flow = linked.flow[linked.flow["wave"] == "t0"].set_index(["stage", "reason"])
    assert flow["n_participants"].to_dict()["left", "withdrew"] == 1
    assert making.leaks(linked) == []


def test_a_form_before_consent_is_told_and_kept(making: ModuleType) -> None:
    """One of the two dates is wrong, or nobody asked in time."""
    people = [{"participant": "p1", **ADULT, "consent_date": "2025-02-01"}]
    station = cleaned(making, people, making.form())

    assert making.told(station, "before-consent") == [
        making.whole(
            "before-consent",
            file="t0.csv",
            row=2,
            participant="p1",
            column="datum",
            found="2025-01-20",
            expected="from 2025-02-01 on",
        )
    ]
    assert len(station.responses) == 1


def test_what_intake_set_aside_of_them_is_not_kept_either(making: ModuleType) -> None:
    """A cell of an unknown column of who refused: its place stays, and of the others all."""
    people = [{"participant": "p1", **ADULT, "consent_answers": "no"}, {"participant": "p2"}]
    people[1] |= ADULT
    told = making.whole("unknown-column", file="t0.csv", column="opmerking")
    place = {"file": "t0.csv", "column": "opmerking", "rule": "unknown-column"}
    aside = [
        place | {"row": row, "participant": code, "value": "een geheim", "finding": told["id"]}
        for row, code in ((2, " p1 "), (3, "p2"))
    ]
    tables = {"quarantine": quarantine_table(aside), "findings": findings_table([told])}
    station = cleaned(making, people, making.form("p1"), making.form("p2"), **tables)

    assert making.set_aside(station, "unknown-column") == [
        ("t0.csv", 2, "opmerking", KEPT_AWAY),
        ("t0.csv", 3, "opmerking", "een geheim"),
    ]

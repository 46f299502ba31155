"""Whose answers may be used: asked, refused, by guardians, withdrawn, removed."""

from __future__ import annotations

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
    """And whoever is in the register under just that number is nobody else."""
    people = [
        {"participant": "p01", **ADULT},
        {"participant": "p1", **ADULT, "consent_answers": "no"},
    ]
    forms = [making.form(spelt, gse_10_01="99"), making.form("p01")]
    station = cleaned(making, people, *forms)

    assert {value for *_, value in making.set_aside(station, "no-consent")} == {KEPT_AWAY}
    assert station.responses["participant"].tolist() == ["p01"]
    assert making.told(station, "no-answer-code") == []


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
        ({"guardian_1": "yes", "guardian_2": "unknown"}, (True, None)),
        ({"guardian_1": "yes", "guardian_2": "no"}, (False, "refused")),
        ({"guardian_1": "yes", "consent_answers": "no"}, (False, "refused")),
        ({"consent_answers": "yes", "consent_giver": "mother"}, (True, None)),
        ({"consent_answers": "yes", "consent_giver": "P1"}, (True, None)),
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


def test_turning_16_is_told(making: ModuleType) -> None:
    """15 at consent, 16 in the year of the last form: asked again, unless they were."""
    born = {"role": "child", "birth_year": 2009, "consent_date": "2024-12-10"}
    by_parent = {"consent_answers": "yes", "consent_giver": "mother"}
    own = {"consent_answers": "yes", "consent_giver": "self", "consent_date": "2025-06-01"}
    people = [
        {"participant": "c1", **born, **by_parent},
        {"participant": "c2", **born, **by_parent},
        {"participant": "c2", **born, **own},
        {"participant": "c3", **born, **by_parent, "birth_year": 2010},
    ]
    rows = [making.child(code, "t1") for code in ("c1", "c2", "c3")]
    station = cleaned(making, people, *rows)

    assert making.told(station, "turned-16") == [
        making.whole(
            "turned-16",
            file="register.xlsx",
            row=2,
            participant="c1",
            column="geboortejaar",
            found="2009: 16 in 2025",
            expected="consent given by 'self' at 16",
        )
    ]
    assert len(station.responses) == 3


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

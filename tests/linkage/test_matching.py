"""Forms and register: who is who, and what the register says."""

from __future__ import annotations

from types import ModuleType

import pytest

from pilot.cleaning import clean
from pilot.frames import Linked
from pilot.linkage import link_waves


def linked(making: ModuleType, *rows: dict, **tables: object) -> Linked:
    """Return hand-made exports cleaned and linked."""
    design = making.design()
    return link_waves(clean(making.received(*rows, **tables), design), design)


def test_a_code_the_register_does_not_know_is_set_aside(making: ModuleType) -> None:
    """Matched exactly: 'P1' is not 'p1', and nobody guesses who it is."""
    people = making.register({"participant": "p1"})
    study = linked(making, making.form(), making.form("P1"), register=people)

    assert making.told(study, "not-in-register") == [
        making.whole(
            "not-in-register",
            file="t0.csv",
            row=3,
            participant="P1",
            column="nummer",
            found="P1",
            expected="a number of the register",
        )
    ]
    aside = making.set_aside(study, "not-in-register")
    assert aside[0] == ("t0.csv", 3, "GSE_1", "3")
    assert len(aside) == 16
    assert study.panel["participant"].tolist() == ["p1"]
    assert making.leaks(study) == []


def test_without_a_register_the_exports_say_who_takes_part(making: ModuleType) -> None:
    """Everybody with a form started; family and site are the first that a form gives."""
    rows = [
        making.form("p1", "t1", family="F1", site="zuid"),
        making.form("p1", family="F1", site="noord"),
        making.form("p2"),
    ]
    study = linked(making, *rows)

    started = study.started.set_index("participant").astype(object)
    assert study.started.columns.tolist() == ["participant", "family", "site", "role"]
    assert started.loc["p1"].tolist() == ["F1", "noord", "parent"]
    assert started["family"].isna().tolist() == [False, True]
    assert study.panel["site"].fillna("?").tolist() == ["noord", "?", "noord"]
    assert len(study.findings) == 0


def test_the_register_s_role_counts(making: ModuleType) -> None:
    """The form is kept under the register's role, and told."""
    people = making.register({"participant": "p1", "role": "child"})
    study = linked(making, making.form(role="Vader"), register=people)

    assert making.told(study, "role-differs") == [
        making.whole(
            "role-differs",
            file="t0.csv",
            row=2,
            participant="p1",
            column="rol",
            found="parent",
            expected="child",
        )
    ]
    assert study.panel["role"].tolist() == ["child"]


def test_a_second_form_under_the_register_s_role_is_somebody_else_s(making: ModuleType) -> None:
    """The parent's own form stays; the one from a child with that number goes."""
    people = making.register({"participant": "p1"})
    study = linked(making, making.form(), making.child("p1"), register=people)

    assert making.told(study, "same-code-twice") == [
        making.whole(
            "same-code-twice",
            file="t0.csv",
            row=3,
            participant="p1",
            column="nummer",
            found="p1 at t0, parent in the register",
            expected="one form a person and wave",
        )
    ]
    assert study.panel["row"].tolist() == [2]
    assert making.set_aside(study, "same-code-twice") == [("t0.csv", 3, "tevreden", "7")]
    assert making.leaks(study) == []


def test_two_roles_with_one_number_are_two_people(making: ModuleType) -> None:
    """A parent and a child numbered alike, when the register says so."""
    people = making.register(
        {"participant": "p1", "family": "F1"},
        {"participant": "p1", "role": "child", "family": "F2"},
    )
    study = linked(making, making.form(), making.child("p1"), register=people)

    assert study.panel[["role", "family"]].to_numpy().tolist() == [
        ["parent", "F1"],
        ["child", "F2"],
    ]
    assert len(study.started) == 2
    assert len(study.findings) == 0


def test_another_site_than_the_register_s_is_told(making: ModuleType) -> None:
    """The site at the start counts; a site of any of the person's periods is no surprise."""
    people = making.register(
        {"participant": "p1", "site": "noord", "end": "2025-05-01", "reason": "moved"},
        {"participant": "p1", "site": "zuid", "start": "2025-05-01"},
        {"participant": "p2", "site": "noord"},
        {"participant": "p3"},
    )
    rows = [
        making.form("p1", "t1", site="zuid"),
        making.form("p2", site="zuid"),
        making.form("p3", site="zuid"),
    ]
    study = linked(making, *rows, register=people)

    assert making.told(study, "site-differs") == [
        making.whole(
            "site-differs",
            file="t0.csv",
            row=2,
            participant="p2",
            column="locatie",
            found="zuid",
            expected="noord",
        )
    ]
    assert dict(zip(study.panel["participant"], study.panel["site"], strict=True)) == {
        "p1": "noord",
        "p2": "noord",
        "p3": "zuid",
    }
    assert study.started["participant"].tolist() == ["p1", "p2", "p3"]


def test_the_cluster_is_the_family_at_the_start(making: ModuleType) -> None:
    """Whoever lives where later."""
    people = making.register(
        {"participant": "c1", "role": "child", "family": "F2", "start": "2025-05-01"},
        {"participant": "c1", "role": "child", "family": "F1", "end": "2025-05-01"},
    )
    study = linked(making, making.child(), making.child("c1", "t1"), register=people)

    assert study.panel["family"].tolist() == ["F1", "F1"]
    assert study.started["family"].tolist() == ["F1"]


def test_a_period_without_a_start_is_the_first(making: ModuleType) -> None:
    """Who was there from the beginning, says the register by leaving it open."""
    people = making.register(
        {"participant": "p1", "family": "F2", "start": "2025-05-01"},
        {"participant": "p1", "family": "F1", "start": None, "end": "2025-05-01"},
    )
    study = linked(making, making.form(), register=people)

    assert study.started["family"].tolist() == ["F1"]
    assert making.told(study, "after-leaving") == []


def test_a_register_without_roles_takes_those_of_the_forms(making: ModuleType) -> None:
    """A person without a role and without a form started all the same."""
    people = making.register(
        {"participant": "p1", "role": None}, {"participant": "p9", "role": None}
    )
    study = linked(making, making.form(), register=people)

    assert study.started["role"].fillna("?").tolist() == ["parent", "?"]
    assert making.told(study, "role-differs") == []


def test_parts_of_one_form_are_one_row(making: ModuleType) -> None:
    """Two files with different questions of one person and wave."""
    answers = making.form()
    gse = {key: value for key, value in answers.items() if not key.startswith("lsns")}
    lsns = {key: value for key, value in answers.items() if not key.startswith("gse")}
    study = linked(making, lsns | {"file": "b.csv"}, gse | {"file": "a.csv"}, making.form("p2"))

    assert study.panel[["file", "participant"]].to_numpy().tolist() == [
        ["a.csv", "p1"],
        ["t0.csv", "p2"],
    ]
    assert study.panel.loc[0, ["gse_10_01", "lsns_6_06"]].tolist() == [3, 4]
    assert study.counts.iloc[-1][["rows_in", "rows_kept"]].tolist() == [3, 3]
    assert making.leaks(study) == []


def test_the_panel_is_never_ordered_by_pseudonym(making: ModuleType) -> None:
    """By role, wave, file and row: other codes for the same people, the same order."""
    rows = [
        making.child("b", "t1"),
        making.form("a", "t1"),
        making.form("z", row=3),
        making.form("y", file="b.csv"),
        making.form("m", row=2),
    ]
    study = linked(making, *rows)

    assert study.panel["participant"].tolist() == ["y", "m", "z", "a", "b"]
    assert study.panel.columns[:6].tolist() == [
        "participant",
        "family",
        "site",
        "role",
        "wave",
        "months",
    ]


@pytest.mark.parametrize("role", ["parent", "child"])
def test_nobody_of_the_register_is_lost(making: ModuleType, role: str) -> None:
    """Who never answered stands among those who started, in the register's order."""
    codes = ["p3", "p1", "p2"]
    people = making.register(*({"participant": code, "role": role} for code in codes))
    study = linked(
        making, making.form("p1") if role == "parent" else making.child("p1"), register=people
    )

    assert study.started["participant"].tolist() == codes

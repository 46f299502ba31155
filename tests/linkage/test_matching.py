"""Forms and register: who is who, and what the register says."""

from __future__ import annotations

from types import ModuleType

import pytest

from pilot.cleaning import clean
from pilot.frames import Linked, items_of
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
    assert set(study.findings["rule"]) <= {"wave-open"}


def test_a_form_in_another_role_than_the_register_s_is_set_aside(making: ModuleType) -> None:
    """Whose it is nobody can know; it is not made a form of the register's role."""
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
    assert len(study.panel) == 0
    assert len(making.set_aside(study, "role-differs")) == 16
    assert making.leaks(study) == []


def test_two_people_under_one_number_that_never_meet(making: ModuleType) -> None:
    """A parent at t0 and a child at t1 under the parent's number: the child's form goes."""
    people = making.register({"participant": "p1"})
    study = linked(making, making.form(), making.child("p1", "t1"), register=people)

    assert [each["row"] for each in making.told(study, "role-differs")] == [2]
    assert study.panel["wave"].tolist() == ["t0"]
    assert making.set_aside(study, "role-differs") == [("t1.csv", 2, "tevreden", "7")]


def test_two_roles_of_one_number_at_one_time_are_two_people(making: ModuleType) -> None:
    """Neither's forms are guessed: all are set aside, at whichever waves they are."""
    people = making.register(
        {"participant": "p1", "family": "F1"},
        {"participant": "p1", "role": "child", "family": "F2"},
        {"participant": "p2"},
    )
    rows = [making.form(), making.child("p1", "t1"), making.form("p2")]
    study = linked(making, *rows, register=people)

    assert making.told(study, "two-roles") == [
        making.whole(
            "two-roles",
            file=f"{wave}.csv",
            row=2,
            participant="p1",
            column="nummer",
            found=f"p1 at {wave}: {role}",
            expected="one person a number",
        )
        for wave, role in (("t0", "parent"), ("t1", "child"))
    ]
    assert study.panel["participant"].tolist() == ["p2"]
    assert making.leaks(study) == []


def test_a_role_that_changed_on_a_day_is_one_person(making: ModuleType) -> None:
    """Forms count in the role of that day; one in the other role of that day does not."""
    people = making.register(
        {"participant": "p1", "role": "child", "end": "2025-05-01"},
        {"participant": "p1", "role": "parent", "start": "2025-05-01"},
    )
    rows = [making.child("p1"), making.form("p1", "t1"), making.child("p1", "t1", row=9)]
    study = linked(making, *rows, register=people)

    assert study.panel[["role", "wave"]].to_numpy().tolist() == [
        ["parent", "t1"],
        ["child", "t0"],
    ]
    assert [(each["row"], each["expected"]) for each in making.told(study, "role-differs")] == [
        (9, "child from 2025-01-01, parent from 2025-05-01")
    ]
    left = study.flow[(study.flow["role"] == "child") & (study.flow["stage"] == "left")]
    assert set(left["reason"]) == {"changed role"}


def test_a_role_that_changed_does_not_judge_a_form_without_a_date(making: ModuleType) -> None:
    """It may be in any of the person's roles."""
    people = making.register(
        {"participant": "p1", "role": "child", "end": "2025-05-01"},
        {"participant": "p1", "role": "parent", "start": "2025-05-01"},
    )
    study = linked(making, making.child("p1", "t1", answered=None), register=people)

    assert study.panel["role"].tolist() == ["child"]
    assert making.told(study, "role-differs") == []


def test_two_roles_that_the_register_leaves_open_are_not_guessed(making: ModuleType) -> None:
    """A number without a role in the register, and forms in two roles."""
    people = making.register({"participant": "p1", "role": None})
    study = linked(making, making.form(), making.child("p1", "t1"), register=people)

    assert len(making.told(study, "two-roles")) == 2
    assert len(study.panel) == 0


def halves(making: ModuleType, *sites: str | None) -> list[dict]:
    """Return two forms of one person and wave that answer different questions."""
    whole = making.form()
    gse = {key: value for key, value in whole.items() if not key.startswith("lsns")}
    lsns = {key: value for key, value in whole.items() if not key.startswith("gse")}
    return [
        gse | {"file": "a.csv", "site": sites[0]},
        lsns | {"file": "b.csv", "site": sites[1]},
    ]


@pytest.mark.parametrize("listed", [False, True])
def test_two_sites_at_one_wave_are_not_merged(making: ModuleType, listed: bool) -> None:
    """Other questions at another school: two people, with a register or without one."""
    people = {"register": making.register({"participant": "p1", "site": "noord"})}
    study = linked(making, *halves(making, "noord", "zuid"), **(people if listed else {}))

    assert making.told(study, "two-sites") == [
        making.whole(
            "two-sites",
            file=file,
            row=2,
            participant="p1",
            column="locatie",
            found=f"p1 at t0: {site}",
            expected="one site a person and wave",
        )
        for file, site in (("a.csv", "noord"), ("b.csv", "zuid"))
    ]
    assert {each["severity"] for each in making.told(study, "two-sites")} == {"error"}
    assert len(study.panel) == 0
    assert making.told(study, "site-differs") == []
    assert making.leaks(study) == []


def test_a_move_within_a_wave_is_one_person(making: ModuleType) -> None:
    """The register has the person at both sites: the parts are of one form."""
    people = making.register(
        {"participant": "p1", "site": "noord", "end": "2025-01-15"},
        {"participant": "p1", "site": "zuid", "start": "2025-01-15"},
    )
    moved = linked(making, *halves(making, "noord", "zuid"), register=people)
    same = linked(making, *halves(making, "noord", "noord"))
    unsaid = linked(making, *halves(making, "noord", None))

    for study in (moved, same, unsaid):
        assert study.panel[["gse_10_01", "lsns_6_06", "site"]].to_numpy().tolist() == [
            [3, 4, "noord"]
        ]


def test_responses_and_quarantine_are_all_there_is(making: ModuleType) -> None:
    """What linking sets aside no longer stands among the responses."""
    people = making.register({"participant": "p1"}, {"participant": "p2", "role": "child"})
    rows = [making.form(lsns_6_01="x"), making.form("p2"), making.form("p9")]
    study = linked(making, *rows, register=people)
    kept = int(study.responses[items_of(study.responses)].notna().sum().sum())

    assert study.responses["row"].tolist() == [2]
    assert study.quarantine["rule"].value_counts().to_dict() == {
        "not-in-register": 16,
        "role-differs": 16,
        "not-a-number": 1,
    }
    assert kept + len(study.quarantine) == 3 * 16


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

"""Who answered, for whom, about which child: answers in somebody's place stand apart."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import pandas as pd

from pilot.cleaning import clean
from pilot.design import Trajectory
from pilot.linkage import link_waves


def changed(making: ModuleType, role: str, **key: Any) -> Trajectory:
    """Return the design with another key of one role."""
    content = making.tomllib.loads(making.DESIGN)
    roles = [each | key if each["key"] == role else each for each in content["roles"]]
    return making.design(roles=roles)


def about_a_child(making: ModuleType) -> Trajectory:
    """Return the design with one instrument asked about one child."""
    content = making.tomllib.loads(making.DESIGN)
    source = content["sources"][0] | {"about_column": "over kind"}
    asked = [
        each | {"index_child": each["instrument"] == "gse-10"} for each in content["asked"]
    ]
    return making.design(sources=[source, *content["sources"][1:]], asked=asked)


def test_answers_in_somebody_s_place_are_never_mixed(making: ModuleType) -> None:
    """The mother fills in the child's form: set aside, at the first wave and at later ones."""
    rows = [
        making.child("c1", respondent="zelf"),
        making.child("c1", "t1", respondent="moeder"),
        making.child("c2", respondent="ouder"),
        making.child("c3", respondent="kind"),
        making.child("c4"),
        making.form("p1", respondent="vader"),
    ]
    design = making.design()
    cleaned = clean(making.received(*rows), design)

    assert making.told(cleaned, "proxy") == [
        making.whole(
            "proxy",
            file=f"{wave}.csv",
            row=row,
            participant=code,
            column="invuller",
            found=f"parent at {wave}",
            expected="self, for child",
        )
        for wave, row, code in (("t1", 2, "c1"), ("t0", 3, "c2"))
    ]
    panel = link_waves(cleaned, design).panel
    assert panel["participant"].tolist() == ["p1", "c1", "c3", "c4"]
    assert panel["respondent"].fillna("?").tolist() == ["self", "self", "self", "?"]
    assert making.set_aside(cleaned, "proxy") == [
        ("t1.csv", 2, "tevreden", "7"),
        ("t0.csv", 3, "tevreden", "7"),
    ]
    assert making.leaks(cleaned) == []


def test_a_role_may_be_answered_for_by_design(making: ModuleType) -> None:
    """Young children: the parent answers, and then a child's own form is the odd one."""
    rows = [making.child("c1", respondent="moeder"), making.child("c2", respondent="zelf")]
    cleaned = clean(making.received(*rows), changed(making, "child", answered_by=["parent"]))

    assert [each["participant"] for each in making.told(cleaned, "proxy")] == ["c2"]
    assert cleaned.responses["participant"].tolist() == ["c1"]


def test_another_of_those_who_may_answer_is_told(making: ModuleType) -> None:
    """Parent at first, then the child: both may, and the change stands beside the result."""
    design = changed(making, "child", answered_by=["parent", "self"])
    rows = [
        making.child("c1", respondent="moeder"),
        making.child("c1", "t1", respondent="zelf"),
        making.child("c2", respondent="vader"),
        making.child("c2", "t1", respondent="moeder"),
    ]
    cleaned = clean(making.received(*rows), design)

    assert making.told(cleaned, "changed-respondent") == [
        making.whole(
            "changed-respondent",
            file="t1.csv",
            row=2,
            participant="c1",
            column="invuller",
            found="self at t1",
            expected="parent, as at t0",
        )
    ]
    assert len(cleaned.responses) == 4


def test_another_child_at_a_later_wave(making: ModuleType) -> None:
    """The parenting scale is about one child; only its answers go, the others count."""
    rows = [
        making.form("p1", about="c1"),
        making.form("p1", "t1", about="c2"),
        making.form("p2", about="c3"),
        making.form("p2", "t1", about=" c3 "),
        making.form("p3", about=None),
        making.form("p3", "t1", about="c4"),
    ]
    design = about_a_child(making)
    cleaned = clean(making.received(*rows), design)

    assert making.told(cleaned, "another-child") == [
        making.whole(
            "another-child",
            file="t1.csv",
            row=2,
            participant="p1",
            column="over kind",
            found="c2 at t1",
            expected="c1, as at t0",
        )
    ]
    aside = making.set_aside(cleaned, "another-child")
    assert aside == [
        ("t1.csv", 2, f"GSE_{number}", str(answer))
        for number, answer in enumerate(making.GSE, start=1)
    ]
    later = cleaned.responses[cleaned.responses["wave"] == "t1"].set_index("participant")
    assert pd.isna(later.loc["p1", "gse_10_01"])
    assert later.loc["p1", "lsns_6_01"] == 2
    assert later["gse_10_01"].notna().tolist() == [False, True, True]
    assert making.leaks(cleaned) == []


def test_a_scale_that_is_not_about_one_child_may_be(making: ModuleType) -> None:
    """Without `index_child` in the design another child is no fault."""
    rows = [making.form("p1", about="c1"), making.form("p1", "t1", about="c2")]
    cleaned = clean(making.received(*rows), making.design())

    assert len(cleaned.findings) == 0

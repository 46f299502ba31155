"""Who answered, for whom, about which child: answers in somebody's place stand apart."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import pandas as pd
import pytest

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


@pytest.mark.parametrize("indexed", [True, False])
@pytest.mark.parametrize("way", ["stop and remove", "unclear"])
def test_a_removed_child_stays_nowhere_by_number(
    making: ModuleType, way: str, indexed: bool
) -> None:
    """What the parent said is kept; the number goes, from findings too, told once a file."""
    said = {"consent_answers": "yes", "consent_giver": "self", "birth_year": 1985}
    people = [
        {"participant": "p1", "family": "g1", **said},
        {"participant": "k7", "family": "g1", "role": "child", "withdrawal": way},
        {"participant": "k8", "family": "g1", "role": "child", "guardian_1": "yes"},
    ]
    rows = [
        making.form("p1", about="K-07"),
        making.form("p1", "t1", about="k8"),
        making.form("p1", "t2", about="k7"),
    ]
    design = about_a_child(making) if indexed else making.design()
    station = clean(making.received(*rows, register=making.register(*people)), design)

    assert station.responses["about"].fillna("").tolist() == ["", "k8", ""]
    assert station.responses["wave"].tolist() == ["t0", "t1", "t2"]
    told = making.told(station, "child-removed")
    assert [(each["file"], each["found"], each["row"]) for each in told] == [
        ("t0.csv", "1 form", None),
        ("t2.csv", "1 form", None),
    ]
    others = station.findings[station.findings["rule"].isin(["another-child"])]
    assert len(others) == int(indexed)
    texts = station.findings[["found", "expected"]].astype("str").to_csv()
    assert "k7" not in texts
    assert "K-07" not in texts


def test_a_scale_that_is_not_about_one_child_may_be(making: ModuleType) -> None:
    """Without `index_child` in the design another child is no fault."""
    rows = [making.form("p1", about="c1"), making.form("p1", "t1", about="c2")]
    cleaned = clean(making.received(*rows), making.design())

    assert len(cleaned.findings) == 0


def listed(making: ModuleType) -> pd.DataFrame:
    """Return a register of two families, each with a parent and a child or two."""
    return making.register(
        {"participant": "001", "family": "G1"},
        {"participant": "002", "family": "G1"},
        {"participant": "003", "family": "G1", "role": "child"},
        {"participant": "K4", "family": "G1", "role": "child"},
        {"participant": "005", "family": "G2"},
        {"participant": "006", "family": "G2", "role": "child"},
    )


def parent(making: ModuleType, number: str, wave: str, about: str | None) -> dict[str, Any]:
    """Return one parent's form about a child."""
    return making.form(number, wave, about=about)


def test_a_child_is_one_however_its_number_is_spelt(making: ModuleType) -> None:
    """Zeros that Excel took, capitals and spaces: no other child, told once a file."""
    rows = [
        parent(making, "001", "t0", "3"),
        parent(making, "001", "t1", "003"),
        parent(making, "002", "t0", " k4 "),
        parent(making, "002", "t1", "K 4"),
    ]
    design = about_a_child(making)
    cleaned = clean(making.received(*rows, register=listed(making)), design)

    assert cleaned.responses["about"].tolist() == ["003", "003", "K4", "K4"]
    assert making.told(cleaned, "another-child") == []
    assert making.told(cleaned, "child-spelt-otherwise") == [
        making.whole(
            "child-spelt-otherwise",
            file=f"{wave}.csv",
            column="over kind",
            found=found,
            expected=expected,
        )
        for wave, found, expected in (
            ("t0", "3 (1x), k4 (1x)", "003, K4"),
            ("t1", "K 4 (1x)", "K4"),
        )
    ]
    assert cleaned.responses["gse_10_01"].notna().all()


def test_without_a_register_a_child_is_one_however_its_number_is_spelt(
    making: ModuleType,
) -> None:
    """The spelling of most forms stands for all."""
    rows = [
        parent(making, "p1", wave, about)
        for wave, about in zip(("t0", "t1", "t2"), ("k3", "K-3", "K-3"), strict=True)
    ]
    cleaned = clean(making.received(*rows), about_a_child(making))

    assert cleaned.responses["about"].tolist() == ["K-3"] * 3
    assert making.told(cleaned, "another-child") == []


def test_a_number_that_is_no_child_of_the_family_is_told_at_every_wave(
    making: ModuleType,
) -> None:
    """Their own, the other parent's, a child of others: these answers go, at each wave.

    At the next wave the right number is no other child: a slip is no measure.
    """
    rows = [
        parent(making, "001", "t0", "1"),
        parent(making, "001", "t1", "003"),
        parent(making, "001", "t2", "003"),
        parent(making, "002", "t0", "001"),
        parent(making, "002", "t1", "006"),
        parent(making, "005", "t0", "006"),
    ]
    cleaned = clean(making.received(*rows, register=listed(making)), about_a_child(making))

    assert making.told(cleaned, "not-their-child") == [
        making.whole(
            "not-their-child",
            file=f"{wave}.csv",
            row=row,
            participant=number,
            column="over kind",
            found=f"{found} at {wave}",
            expected="the number of a child of the family",
        )
        for wave, row, number, found in (
            ("t0", 2, "001", "the person's own number: 001"),
            ("t0", 3, "002", "an adult's number: 001"),
            ("t1", 3, "002", "of another family: 006"),
        )
    ]
    assert making.told(cleaned, "another-child") == []
    assert len(making.set_aside(cleaned, "not-their-child")) == 3 * len(making.GSE)
    kept = cleaned.responses["gse_10_01"].notna()
    assert kept.tolist() == [False, True, True, False, False, True]
    assert cleaned.responses["lsns_6_01"].notna().all()
    assert making.leaks(cleaned) == []


def test_a_number_that_is_nobody_s_counts_and_is_told_at_every_wave(
    making: ModuleType,
) -> None:
    """A child may not take part: its answers count while the number stays the same."""
    rows = [
        parent(making, "001", "t0", "999"),
        parent(making, "001", "t1", "999"),
        parent(making, "001", "t2", "003"),
    ]
    cleaned = clean(making.received(*rows, register=listed(making)), about_a_child(making))

    told = making.told(cleaned, "child-unknown")
    assert [(each["file"], each["found"]) for each in told] == [
        ("t0.csv", "999 at t0"),
        ("t1.csv", "999 at t1"),
    ]
    assert [each["found"] for each in making.told(cleaned, "another-child")] == ["003 at t2"]
    assert cleaned.responses["gse_10_01"].notna().tolist() == [True, True, False]


def test_a_form_that_does_not_say_which_child_counts_and_is_told(making: ModuleType) -> None:
    """Empty is taken as designed, the same child; where nobody says it, nothing is told."""
    rows = [
        parent(making, "001", "t0", "003"),
        parent(making, "001", "t1", None),
        parent(making, "002", "t1", None) | making.items("gse_10", (None,) * 10),
    ]
    design = about_a_child(making)
    cleaned = clean(making.received(*rows, register=listed(making)), design)
    silent = clean(making.received(*rows[1:], register=listed(making)), design)

    assert making.told(cleaned, "child-not-said") == [
        making.whole(
            "child-not-said",
            file="t1.csv",
            row=2,
            participant="001",
            column="over kind",
            found="empty at t1",
            expected="the number of a child of the family",
        )
    ]
    assert cleaned.responses["gse_10_01"].notna().tolist() == [True, True, False]
    assert making.told(silent, "child-not-said") == []

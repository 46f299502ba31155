"""An attacker solves bands, shares, lines and exact counts together."""

from __future__ import annotations

from functools import cache
from itertools import combinations
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import pilot
from pilot.disclosure import disclose
from pilot.results import Disclosed, PublicCount, Study

T = 5
REPO = Path(__file__).parents[2]
VARIANTS = REPO / "data" / "raw" / "demo" / "variants"
DEMOS = (
    "krachtige-gezinnen",
    "m-power",
    "moeder-vadercentra",
    "verbinding-empowerment",
    "meet-the-parents",
    "krachtige-gezinnen-interim",
    "krachtige-gezinnen-four-families",
)
Set = frozenset[int]


@cache
def _demo(name: str) -> Study:
    if (VARIANTS / name).is_dir():
        return pilot.open_study("krachtige-gezinnen", demo=True, data=VARIANTS / name)
    return pilot.open_study(name, demo=True)


def _published(public: Disclosed) -> list[PublicCount]:
    table = public.feasibility
    return [
        public.started,
        *(count for _, count in public.flow),
        *(count for _, count in public.left),
        *(each.n_families for each in public.estimates if not each.refused),
        *(each for each in [*table["count"], *table["base"]] if isinstance(each, PublicCount)),
    ]


def _candidates(shown: PublicCount, exact: set[int]) -> Set:
    if shown.exact is not None:
        return frozenset([shown.exact])
    high = shown.low + 200 if shown.high is None else shown.high
    return frozenset(range(shown.low, high)) - exact


def _agrees(x: int, y: int, row: dict[str, Any], lines: Any) -> bool:
    if row["share"] is None and row["line"] is None:
        return x <= y
    if not 0 < y >= x:
        return False
    if row["share"] is not None and round(round(x / y / 0.05) * 0.05, 2) != row["share"]:
        return False
    if row["line"] is None:
        return True
    return bool(lines.verdict(x / y) == row["line"])


def _solved(public: Disclosed, exact: set[int]) -> list[tuple[Set, Set, Set]]:
    """Return for every row what count, base and their difference may be.

    A base that stands in the design is known before; only a count told exactly may stand
    next to it.
    """
    solved = []
    for row in public.feasibility.to_dict("records"):
        if not isinstance(row["count"], PublicCount) or row["base"] is None:
            continue
        given = not isinstance(row["base"], PublicCount)
        if given:
            row["base"] = PublicCount(row["base"])
        lines = public.trajectory.feasibility.of(row["measure"])
        row["line"] = row["line"] if lines is not None else None
        pairs = {
            (x, y)
            for x in _candidates(row["count"], exact)
            for y in _candidates(row["base"], exact)
            if _agrees(x, y, row, lines)
        }
        x, y, z = (frozenset(f(*p) for p in pairs) for f in (min, max, _less))
        solved.append((x, x if given else y, frozenset() if given and x <= exact else z))
    return solved


def _less(count: int, base: int) -> int:
    return base - count


def _points(a: Set, b: Set) -> bool:
    return all(0 < abs(x - y) < T for x in a for y in b)


def attack(public: Disclosed) -> None:
    """Fail where a difference of 1 to 4 is certain."""
    counts = _published(public)
    exact = {each.exact for each in counts if each.exact is not None}
    solved = _solved(public, exact)
    reach = public.trajectory.reach
    design = {reach.reached, reach.eligible, reach.consented} - {None}
    bands = {_candidates(each, exact) for each in counts}
    narrowed = {each for x, y, _ in solved for each in (x, y)}

    assert all(narrowed), "bands, share and line contradict each other"
    for _, _, missing in solved:
        assert not missing or not all(0 < each < T for each in missing)
    for one in bands | narrowed:
        assert not _points(one, frozenset([0]))
        assert one <= exact or not any(_points(one, frozenset([each])) for each in design)
    for one, other in combinations(bands | narrowed, 2):
        assert not _points(one, other), (sorted(one), sorted(other))


@pytest.mark.parametrize("name", DEMOS)
def test_no_demo_points_at_a_small_group(name: str) -> None:
    """Bands x shares x lines x exact counts leave no difference of 1 to 4 certain."""
    attack(disclose(_demo(name)))


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.data())
def test_no_study_points_at_a_small_group(studies: ModuleType, data: st.DataObject) -> None:
    """Nor does any study of 2 to 34 families, however many answered or left."""
    families = data.draw(st.integers(2, 34), label="families")
    first = data.draw(st.integers(max(2, families - 8), families), label="baseline")
    second = data.draw(st.integers(2, first), label="second")
    third = data.draw(st.integers(2, second), label="third")
    reasons = st.lists(st.sampled_from(["moved", "withdrew"]), max_size=families - third)
    made = studies.Made(
        families=families,
        stay=(first, second, third),
        held=data.draw(st.integers(1, 3), label="held"),
        reasons=tuple(data.draw(reasons, label="reasons")),
        whole=False,
    )
    attack(disclose(studies.make_study(made)))


def test_four_families_have_no_shares() -> None:
    """A first wave of 100 % beside a dash at the last would tell that 1 to 4 are missing."""
    table = disclose(_demo("krachtige-gezinnen-four-families")).feasibility
    about_people = table[~table["measure"].isin(["items_answered", "cost_per_family"])]
    assert about_people["share"].isna().all()
    assert about_people["line"].isna().all()


def test_roles_of_few_people_have_no_estimates() -> None:
    """Five coaches and six volunteers are a breakdown of fewer than ten people."""
    public = disclose(_demo("verbinding-empowerment"))
    others = [each for each in public.estimates if each.outcome.role != public.role]
    assert {each.reason for each in others} == {"few"}
    assert all(each.estimate is None for each in others)


def test_a_scale_with_an_item_against_it_is_withheld() -> None:
    """One item of the brs runs against the rest at the centres: looked at first."""
    study = _demo("moeder-vadercentra")
    told = next(e for e in disclose(study).estimates if e.outcome.key == "brs_total")
    assert (told.reason, told.estimate, told.verdict) == ("item", None, "refused")


def test_sites_are_counted_from_five_on() -> None:
    """Five centres are told as five; four schools are not."""
    assert disclose(_demo("moeder-vadercentra")).n_sites == 5
    assert disclose(_demo("krachtige-gezinnen")).n_sites is None


@pytest.mark.parametrize("name", DEMOS)
def test_no_more_left_than_are_missing(name: str) -> None:
    """What is told of who left fits into who started less who answered last."""
    public = disclose(_demo(name))
    least = sum(each.exact or each.low or 0 for _, each in public.left)
    started, answered = public.started, public.flow[-1][1]
    most = started.exact if started.exact is not None else started.high - 1
    assert least <= most - (answered.exact or answered.low or 0)

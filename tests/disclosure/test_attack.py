"""An attacker with all public numbers in hand looks for one family."""

from __future__ import annotations

from itertools import combinations
from types import ModuleType

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pilot.disclosure import disclose
from pilot.results import Disclosed, PublicCount, Study

T = 5


def _counts(public: Disclosed) -> list[PublicCount]:
    table = public.feasibility
    return [
        public.started,
        public.started_participants,
        *(count for _, count in public.flow),
        *(count for _, count in public.left),
        *(count for _, count in public.events),
        *(count for _, count in public.goals),
        *(each.n_families for each in public.estimates),
        *(count for each in public.estimates for _, count in each.groups),
        *(each for each in [*table["count"], *table["base"]] if isinstance(each, PublicCount)),
    ]


def _made(studies: ModuleType, data: st.DataObject) -> Study:
    families = data.draw(st.integers(2, 34), label="families")
    first = data.draw(st.integers(max(2, families - 8), families), label="baseline")
    second = data.draw(st.integers(2, first), label="second")
    third = data.draw(st.integers(2, second), label="third")
    reasons = data.draw(
        st.lists(st.sampled_from(["moved", "withdrew", "died"]), max_size=families - third)
    )
    made = studies.Made(
        families=families,
        stay=(first, second, third),
        held=data.draw(st.integers(1, 3), label="held"),
        seed=data.draw(st.integers(0, 99), label="seed"),
        reasons=tuple(reasons),
        whole=False,
    )
    return studies.make_study(made)


attacks = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@attacks
@given(st.data())
def test_no_two_published_numbers_leave_a_small_group(
    studies: ModuleType, data: st.DataObject
) -> None:
    """Any two exact counts are equal or a group apart; so is any edge from any exact count."""
    counts = _counts(disclose(_made(studies, data)))
    exact = [each.exact for each in counts if each.exact is not None]
    edges = {e for each in counts for e in (each.low, each.high) if e not in (None, 0, T)}

    assert all(each >= T for each in exact)
    assert all(a == b or abs(a - b) >= T for a, b in combinations(exact, 2))
    assert all(a == b or abs(a - b) >= T for a in exact for b in edges)


@attacks
@given(st.data())
def test_no_cell_follows_from_the_others(studies: ModuleType, data: st.DataObject) -> None:
    """Started less all who left leaves no exact small group, nor does any one reason."""
    study = _made(studies, data)
    public = disclose(study)
    left = [count.exact for _, count in public.left]
    if public.started.exact is None or None in left or not left:
        return
    stayed = public.started.exact - sum(left)
    assert stayed == 0 or stayed >= T or stayed < 0
    answered = dict(public.flow)[public.flow[-1][0]].exact
    if answered is not None:
        missed = stayed - answered
        assert missed <= 0 or missed >= T


@attacks
@given(st.data())
def test_estimates_stand_on_families_enough(studies: ModuleType, data: st.DataObject) -> None:
    """No number of fewer than five families, and none finer than it may be."""
    study = _made(studies, data)
    true = {(e.outcome.key, e.outcome.role): e for e in study.estimates}
    for each in disclose(study).estimates:
        n = true[each.outcome.key, each.outcome.role].n_families
        numbers = [each.estimate, each.conf_low, each.conf_high, each.conf_low_75]
        if n < T:
            assert each.refused
        if each.refused:
            assert numbers == [None] * 4
            assert each.groups == ()
        digits = 2 if each.outcome.level == "ordinal" else 1
        told = true[each.outcome.key, each.outcome.role].verdict
        finer = n >= 2 * T - 1 and told != "cannot tell"  # so that no end becomes 0; 9 is
        # told as 9 to 13, and counts as ten
        assert all(x is None or x == round(x, digits + finer) for x in numbers)


@attacks
@given(st.data())
def test_a_share_never_narrows_a_band(studies: ModuleType, data: st.DataObject) -> None:
    """A share with its true base leaves more than one small count possible, or is left out."""
    study = _made(studies, data)
    public = disclose(study)
    true = study.feasibility.set_index("measure")
    for row in public.feasibility.to_dict("records"):
        if row["share"] is None or not isinstance(row["count"], PublicCount):
            continue
        if row["count"].exact is not None:
            continue
        base = int(true.loc[row["measure"], "base"])
        possible = [k for k in range(base + 1) if abs(k / base - row["share"]) <= 0.0251]
        started = public.started.exact
        for known in (0, base, started):
            if known is not None:
                assert not all(0 < abs(known - k) < T for k in possible)


def test_cells_of_change_hold_families(studies: ModuleType) -> None:
    """With two parents in a family a cell needs ten people to be sure of five families."""
    study = studies.make_study(studies.Made(families=60, stay=(60, 60, 60)))
    groups = [each.groups for each in disclose(study).estimates if each.groups]

    assert groups
    for cells in groups:
        for names, count in cells:
            true = _cell(study, cells, names)
            assert true >= 2 * T
            assert count.exact in (None, true)


def _cell(study: Study, cells: object, names: tuple[str, ...]) -> int:
    words = {"improved": "improved", "cannot tell": "cannot_tell", "worse": "worse"}
    public = {each.groups: each.outcome for each in disclose(study).estimates}
    outcome = public[cells]
    found = next(e for e in study.individual if e.outcome == outcome)
    return sum(getattr(found, words[name]) for name in names)


@pytest.mark.parametrize("held", [1, 2, 3])
def test_nothing_of_the_team_is_in_it(studies: ModuleType, held: int) -> None:
    """No p, d, df, score, code or site is reachable from what is disclosed."""
    public = disclose(studies.make_study(studies.Made(held=held)))
    said = repr(
        [getattr(public, name) for name in public.__slots__ if name != "trajectory"]
    ).replace(repr(public.trajectory), "")

    for word in ("p_value", "statistic", "df=", "d_z", "std_error", "G00", "noord"):
        assert word not in said

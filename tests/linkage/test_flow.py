"""Which waves were held, and where everybody was at each of them."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pilot.cleaning import clean
from pilot.frames import DUE, LEFT_REASONS, Linked
from pilot.linkage import link_waves
from pilot.linkage.waves import Due, state_of


def linked(making: ModuleType, *rows: dict, rolling: bool = False, **tables: object) -> Linked:
    """Return hand-made exports cleaned and linked."""
    design = making.design(rolling)
    return link_waves(clean(making.received(*rows, **tables), design), design)


def counts(study: Linked, role: str, wave: str) -> dict[str, int]:
    """Return a role's flow at a wave: people by stage, or by stage and reason."""
    rows = study.flow[(study.flow["role"] == role) & (study.flow["wave"] == wave)]
    names = rows["stage"] + rows["reason"].map(lambda why: "" if pd.isna(why) else f": {why}")
    return dict(zip(names, rows["n_participants"].tolist(), strict=True))


def test_a_wave_is_held_open_or_to_come_at_the_lock(making: ModuleType) -> None:
    """On 16 June t0 is over, t1 is open, and t2 is no fault."""
    study = linked(making, making.form(), making.form("p2"), making.form("p1", "t1"))

    assert study.waves["state"].tolist() == ["held", "open", "to come"]
    assert study.waves["answered"].tolist() == [2, 1, 0]
    assert study.waves.loc[0, ["wave", "label_nl", "label_en"]].tolist() == [
        "t0",
        "begin",
        "start",
    ]
    assert study.waves["closes"].tolist()[0] == pd.Timestamp("2025-02-14")
    assert counts(study, "parent", "t1") == {
        "expected": 1,
        "answered": 1,
        "missed": 0,
        "not due": 1,
    }
    assert counts(study, "parent", "t2")["not due"] == 2
    assert making.told(study, "wave-not-held") == []


def test_a_wave_that_is_past_without_answers_is_told(making: ModuleType) -> None:
    """t1 is over and t2 came back: somebody has t1's export still."""
    study = linked(making, making.form(), making.form("p1", "t2"))

    assert study.waves["state"].tolist() == ["held", "not held", "open"]
    assert making.told(study, "wave-not-held") == [
        making.whole("wave-not-held", found="t1", expected="answers at t1")
    ]
    assert counts(study, "parent", "t1")["missed"] == 1


def test_who_left_stays_in_the_flow_with_a_reason(making: ModuleType) -> None:
    """A school that stops is a reason; who answered before leaving answered."""
    people = making.register(
        {"participant": "p1", "family": "F1"},
        {"participant": "p2", "family": "F2", "end": "2025-05-01", "reason": "school stopped"},
        {"participant": "p3", "family": "F2", "end": "2025-05-01", "reason": "school stopped"},
        {"participant": "p4", "family": "F4", "end": "2025-07-01", "reason": None},
        {"participant": "p5", "family": "F5", "start": "2025-09-01"},
        {"participant": "p6", "family": "F6", "end": "2025-07-01", "reason": "moved"},
        {"participant": "p7", "family": "F7"},
    )
    rows = [making.form(code) for code in ("p1", "p2", "p3", "p4", "p6", "p7")]
    rows += [making.form(code, "t1") for code in ("p1", "p6")]
    events = making.attendance({"participant": "p1", "date": "2025-09-02"})
    study = linked(making, *rows, register=people, events=events)

    assert counts(study, "parent", "t0") == {
        "expected": 6,
        "answered": 6,
        "missed": 0,
        "not due": 1,
    }
    assert counts(study, "parent", "t1") == {
        "expected": 3,
        "answered": 2,
        "missed": 1,
        "left: school stopped": 2,
        "left: unknown": 1,
        "not due": 1,
    }
    assert counts(study, "parent", "t2") == {
        "expected": 0,
        "answered": 0,
        "missed": 0,
        "left: moved": 1,
        "left: school stopped": 2,
        "left: unknown": 1,
        "not due": 3,
    }
    stopped = study.flow[study.flow["reason"] == "school stopped"]
    assert stopped["n_families"].tolist() == [1, 1]


def families(study: Linked, role: str, wave: str) -> dict[tuple[str, str | None], int]:
    """Return a role's families at a wave, where there are any, by stage and reason."""
    rows = study.flow[(study.flow["role"] == role) & (study.flow["wave"] == wave)]
    keys = [
        (row["stage"], None if pd.isna(row["reason"]) else row["reason"])
        for row in rows.to_dict("records")
    ]
    return {
        key: count
        for key, count in zip(keys, rows["n_families"].tolist(), strict=True)
        if count and key[0] != "expected"
    }


def test_a_family_left_when_all_of_it_did_and_counts_once(making: ModuleType) -> None:
    """Left for two reasons is one family, of the last reason; half a family has not left."""
    people = making.register(
        {"participant": "a1", "family": "A", "end": "2025-03-01", "reason": "split"},
        {"participant": "a2", "family": "A", "end": "2025-05-01", "reason": "moved"},
        {"participant": "b1", "family": "B", "end": "2025-03-01", "reason": "split"},
        {"participant": "b2", "family": "B"},
        {"participant": "c1", "family": "C", "end": "2025-03-01", "reason": "split"},
        {"participant": "c2", "family": "C"},
        {"participant": "d1", "family": "D", "end": "2025-03-01", "reason": None},
        {"participant": "d2", "family": "D", "end": "2025-03-01", "reason": "died"},
        {"participant": "e1", "family": "E"},
        {"participant": "e2", "family": "E"},
        {"participant": "k1", "family": "A", "role": "child"},
    )
    rows = [making.form(code) for code in people["participant"][:-1]]
    rows += [making.form("b2", "t1"), making.form("e1", "t1"), making.child("k1", "t1")]
    rows += [making.form("b2", "t2")]
    study = linked(making, *rows, register=people)

    assert families(study, "parent", "t1") == {
        ("answered", None): 2,  # B, and E of which only the other one missed
        ("missed", None): 1,  # C
        ("left", "moved"): 1,  # A, whose last member moved; its child stayed
        ("left", "died"): 1,  # D, on one day: what is known goes before unknown
    }
    assert counts(study, "parent", "t1") == {
        "expected": 4,
        "answered": 2,
        "missed": 2,
        "left: moved": 1,
        "left: split": 3,
        "left: died": 1,
        "left: unknown": 1,
        "not due": 0,
    }
    assert families(study, "child", "t1") == {("answered", None): 1}


def test_due_is_who_answered_missed_or_left(making: ModuleType) -> None:
    """Whose window is still open at the lock is not due, and nobody lost a score there."""
    people = making.register(
        {"participant": "p1", "start": "2024-11-01", "family": "F1"},
        {"participant": "p2", "start": "2024-11-01", "family": "F2", "site": "noord"},
        {"participant": "p3", "start": "2025-06-01"},
        {"participant": "p4", "start": "2024-11-01", "end": "2025-01-01", "reason": "moved"},
    )
    rows = [
        making.form("p1", answered="2024-11-20"),
        making.form("p3", answered="2025-07-01"),
        making.form("p1", "t1", answered="2025-05-01"),
    ]
    study = linked(making, *rows, rolling=True, register=people)
    due = study.due

    assert tuple(due.columns) == DUE
    assert due.groupby("wave")["participant"].apply(list).to_dict() == {
        "t0": ["p1", "p2", "p3", "p4"],
        "t1": ["p1", "p2", "p4"],
        "t2": ["p4"],
    }
    second = due[(due["participant"] == "p2") & (due["wave"] == "t1")].iloc[0]
    assert second[["family", "site", "role"]].tolist() == ["F2", "noord", "parent"]
    stage = study.flow[study.flow["stage"].isin(["answered", "missed", "left"])]
    told = stage.groupby(["role", "wave"])["n_participants"].sum()
    assert due.groupby(["role", "wave"]).size().to_dict() == told[told > 0].to_dict()


@pytest.mark.parametrize("rolling", [False, True])
def test_an_answered_wave_without_any_date_is_held(making: ModuleType, rolling: bool) -> None:
    """There is no day at which it could be open still, whether or not anyone is waited for."""
    rows = [making.form("p1"), making.form("p1", "t1")]
    study = linked(making, *({**row, "answered": None} for row in rows), rolling=rolling)

    assert study.lock is None
    assert study.waves["state"].tolist() == ["held", "held", "to come"]
    nobody = pd.Series([], dtype="datetime64[us]")
    for over, answered, state in (
        (True, True, "held"),
        (False, True, "held"),
        (True, False, "not held"),
        (False, False, "to come"),
    ):
        assert state_of(Due(nobody, nobody, None, over), answered) == state


def test_a_role_flows_through_its_own_waves_only(making: ModuleType) -> None:
    """Children are asked at t0 and t1: there is no t2 for them."""
    study = linked(making, making.form(), making.child())

    assert set(study.flow.loc[study.flow["role"] == "child", "wave"]) == {"t0", "t1"}
    assert set(study.flow.loc[study.flow["role"] == "parent", "wave"]) == {"t0", "t1", "t2"}


def test_with_clocks_of_their_own_everyone_is_due_in_turn(making: ModuleType) -> None:
    """On 1 July t1 (5 to 7 months) is past for who started in November, not for June."""
    people = making.register(
        {"participant": "p1", "start": "2024-11-01"},
        {"participant": "p2", "start": "2024-11-01"},
        {"participant": "p3", "start": "2025-06-01"},
    )
    rows = [
        making.form("p1", answered="2024-11-20"),
        making.form("p2", answered="2024-11-20"),
        making.form("p3", answered="2025-07-01"),
        making.form("p1", "t1", answered="2025-05-01"),
    ]
    study = linked(making, *rows, rolling=True, register=people)

    assert study.waves["state"].tolist() == ["open", "open", "to come"]
    assert counts(study, "parent", "t1") == {
        "expected": 2,
        "answered": 1,
        "missed": 1,
        "not due": 1,
    }
    assert study.waves["opens"].isna().all()


def test_data_without_a_date_are_over_up_to_the_last_answered_wave(making: ModuleType) -> None:
    """Old exports have no dates: who did not answer t1 missed it, and t2 is to come."""
    rows = [making.form("p1"), making.form("p2"), making.form("p1", "t1")]
    study = linked(making, *({**row, "answered": None} for row in rows))

    assert study.lock is None
    assert study.waves["state"].tolist() == ["held", "held", "to come"]
    assert counts(study, "parent", "t1")["missed"] == 1
    assert counts(study, "parent", "t2")["not due"] == 2


def test_without_answers_everything_is_still_to_come(making: ModuleType) -> None:
    """Before the first wave there is a design, and no fault."""
    study = linked(making)

    assert study.waves["state"].tolist() == ["to come"] * 3
    assert study.flow["n_participants"].sum() == 0
    assert len(study.findings) == len(study.panel) == len(study.started) == 0


CODES = [f"p{n}" for n in range(7)]
people_strategy = st.lists(
    st.fixed_dictionaries(
        {
            "participant": st.sampled_from(CODES),
            "family": st.sampled_from(["F1", "F2", None]),
            "role": st.sampled_from(["parent", "child"]),
            "start": st.sampled_from(["2025-01-01", "2025-09-01", None]),
            "end": st.sampled_from(["2025-05-01", "2025-12-31", None]),
            "reason": st.sampled_from([*LEFT_REASONS, None]),
        }
    ),
    max_size=7,
    unique_by=lambda person: (person["participant"], person["role"]),
)
forms_strategy = st.lists(
    st.tuples(st.sampled_from(CODES), st.sampled_from(["t0", "t1", "t2"]), st.booleans()),
    max_size=14,
    unique=True,
)


@settings(max_examples=80, deadline=None)
@given(people=people_strategy, forms=forms_strategy, rolling=st.booleans())
def test_everybody_stands_in_one_place_at_every_wave(
    making: ModuleType, people: list[dict[str, Any]], forms: list[Any], rolling: bool
) -> None:
    """Expected = answered + missed; started = expected + left + not due; nothing leaks."""
    rows = [
        making.child(code, wave) if young else making.form(code, wave)
        for code, wave, young in forms
    ]
    study = linked(making, *rows, rolling=rolling, register=making.register(*people))

    if people:
        register = {(each["participant"], each["role"]) for each in people}
        started = set(zip(study.started["participant"], study.started["role"], strict=True))
        assert started == register
    sizes = study.started["role"].value_counts()
    for (role, _), rows_ in study.flow.groupby(["role", "wave"]):
        stage = rows_.groupby("stage")["n_participants"].sum()
        assert stage["expected"] == stage["answered"] + stage["missed"]
        everyone = stage["expected"] + stage.get("left", 0) + stage["not due"]
        assert everyone == sizes.get(role, 0)
        own = study.started[study.started["role"] == role]
        stage = rows_.groupby("stage")["n_families"].sum()
        assert stage["expected"] == stage["answered"] + stage["missed"]
        everyone = stage["expected"] + stage.get("left", 0) + stage["not due"]
        assert everyone == own["family"].fillna(own["participant"]).nunique()
        assert (rows_["n_families"] <= rows_["n_participants"]).all()
    assert not study.panel.duplicated(["participant", "role", "wave"]).any()
    answered = study.flow[study.flow["stage"] == "answered"]["n_participants"].sum()
    asked = study.panel.merge(study.flow[["role", "wave"]].drop_duplicates())
    assert answered == len(asked)
    assert making.leaks(study) == []


@settings(max_examples=30, deadline=None)
@given(forms=forms_strategy, data=st.data())
def test_the_order_of_rows_changes_no_result(
    making: ModuleType, forms: list[Any], data: st.DataObject
) -> None:
    """Panel, flow and started are the same, row by row, however the export was sorted."""
    rows = [
        {**(making.child(code, wave) if young else making.form(code, wave)), "row": number}
        for number, (code, wave, young) in enumerate(forms, start=2)
    ]
    order = data.draw(st.permutations(range(len(rows))))
    people = making.register(*({"participant": code} for code in CODES))
    one = linked(making, *rows, register=people)
    two = linked(making, *(rows[place] for place in order), register=people)

    pd.testing.assert_frame_equal(one.panel[sorted(one.panel)], two.panel[sorted(two.panel)])
    pd.testing.assert_frame_equal(one.flow, two.flow)
    pd.testing.assert_frame_equal(one.started, two.started)

"""Feasibility: what was reached, what came back, and what nobody wrote down."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import pandas as pd

from pilot.cleaning import clean
from pilot.frames import FILES
from pilot.linkage import feasibility, link_waves


def measures(
    making: ModuleType, *rows: dict, design: Any = None, **tables: object
) -> pd.DataFrame:
    """Return the feasibility table of hand-made exports."""
    design = design or making.design()
    cleaned = clean(making.received(*rows, **tables), design)
    return feasibility(link_waves(cleaned, design), cleaned, design)


def row(table: pd.DataFrame, measure: str, role: str | None = None) -> dict[str, Any]:
    """Return one row of the table; what is empty is None."""
    own = table["role"].isna() if role is None else table["role"] == role
    found = table[(table["measure"] == measure) & own].to_dict("records")
    assert len(found) == 1
    return {key: None if pd.isna(value) else value for key, value in found[0].items()}


def study_of_four(making: ModuleType) -> dict[str, Any]:
    """Return four parents in three families; three answered at t1, one not well enough."""
    people = making.register(
        {"participant": "p1", "family": "F1"},
        {"participant": "p2", "family": "F1"},
        {"participant": "p3", "family": "F3"},
        {"participant": "p4", "family": "F4", "end": "2025-05-01", "reason": "moved"},
        {"participant": "c1", "family": "F1", "role": "child"},
    )
    poor = dict.fromkeys(f"lsns_6_{n:02d}" for n in range(1, 4))
    rows = [making.form(code, language="nl") for code in ("p1", "p2", "p3", "p4")]
    rows += [making.form("p1", "t1", language="tr"), making.form("p2", "t1")]
    rows += [making.form("p3", "t1", **poor), making.child()]
    sessions = [
        ("p1", "2025-02-03"),
        ("p1", "2025-02-10"),
        ("p1", "2025-02-17"),
        ("p2", "2025-02-03"),
    ]
    events = making.attendance(
        *({"participant": code, "date": day, "minutes": 90} for code, day in sessions),
        {"participant": "p3", "date": "2025-07-30", "status": "Afwezig"},
        {"participant": "c1", "date": "2025-02-03"},
    )
    return {"rows": rows, "register": people, "events": events}


def test_valid_forms_are_counted_by_role_over_who_is_due(making: ModuleType) -> None:
    """A form counts when both primary outcomes can be scored; who left is lost, not away."""
    made = study_of_four(making)
    table = measures(making, *made.pop("rows"), **made)

    pre = row(table, "pre_valid", "parent")
    assert (pre["wave"], pre["count"], pre["base"], pre["line"]) == ("t0", 4, 4, "go")
    post = row(table, "post_valid", "parent")
    assert (post["wave"], post["count"], post["base"]) == ("t1", 2, 4)
    assert (post["share"], post["line"]) == (0.5, "adapt")
    pairs = row(table, "linked_pairs", "parent")
    assert (pairs["count"], pairs["base"]) == (2, 4)
    child = row(table, "pre_valid", "child")
    assert (child["count"], child["base"]) == (1, 1)


def test_items_left_open_are_counted_over_what_was_asked(making: ModuleType) -> None:
    """7 forms of 16 columns that exports have, one of them without 3 answers."""
    made = study_of_four(making)
    items = row(measures(making, *made.pop("rows"), **made), "items_answered", "parent")

    # The children's life satisfaction is a column too, and no parent answered it.
    assert (items["count"], items["base"]) == (7 * 16 - 3, 7 * 17)
    assert items["line"] == "go"


def test_sessions_are_those_of_the_member_who_came_most(making: ModuleType) -> None:
    """F1 came three of four times: 75 %; absent is no session, and children count apart."""
    made = study_of_four(making)
    table = measures(making, *made.pop("rows"), **made)

    assert (row(table, "any_session")["count"], row(table, "any_session")["base"]) == (1, 3)
    dose = row(table, "dose")
    assert (dose["count"], dose["base"], dose["line"]) == (1, 3, "stop")
    assert row(table, "minutes")["count"] == 360
    assert row(table, "languages")["count"] == 2


def test_a_family_s_sessions_are_not_added_up(making: ModuleType) -> None:
    """Two parents at the same two tables make two sessions, not four of four."""
    people = making.register(
        {"participant": "p1", "family": "F1"}, {"participant": "p2", "family": "F1"}
    )
    days = ("2025-02-03", "2025-02-10")
    events = making.attendance(
        *({"participant": code, "date": day} for code in ("p1", "p2") for day in days)
    )
    table = measures(making, making.form("p1"), register=people, events=events)

    assert (row(table, "any_session")["count"], row(table, "dose")["count"]) == (1, 0)


def test_sessions_of_a_whole_family_count_for_it(making: ModuleType) -> None:
    """A list that names families only; three of four is enough."""
    people = making.register({"participant": "p1", "family": "F1"})
    days = ("2025-02-03", "2025-02-10", "2025-02-17")
    events = making.attendance(*({"family": "F1", "date": day} for day in days))
    table = measures(making, making.form("p1"), register=people, events=events)

    assert row(table, "dose")["count"] == 1


def test_more_started_than_consented_is_told_and_no_share(making: ModuleType) -> None:
    """3 of 2 families is no 150 %: the design or the register is wrong."""
    made = study_of_four(making)
    design = making.design(
        reach={"consented": 2}, feasibility={"started": {"go": 0.9, "adapt": 0.7}}
    )
    rows = made.pop("rows")
    step = row(measures(making, *rows, design=design, **made), "started")

    assert (step["count"], step["base"], step["share"], step["line"]) == (3, 2, None, None)
    linked = link_waves(clean(making.received(*rows, **made), design), design)
    (told,) = making.told(linked, "more-started-than-consented")
    assert (told["found"], told["expected"]) == ("3", "2 or fewer")
    fits = making.design(reach={"consented": 3})
    linked = link_waves(clean(making.received(*rows, **made), fits), fits)
    assert making.told(linked, "more-started-than-consented") == []


def test_reach_is_a_share_of_the_step_before(making: ModuleType) -> None:
    """Reached 40, eligible 20, consented 5, started 3 families."""
    reach = {"reached": 40, "eligible": 20, "consented": 5, "cost_per_family": 812.5}
    made = study_of_four(making)
    table = measures(making, *made.pop("rows"), design=making.design(reach=reach), **made)

    steps = [row(table, name) for name in ("reached", "eligible", "consented", "started")]
    assert [(step["count"], step["base"], step["share"]) for step in steps] == [
        (40, None, None),
        (20, 40, 0.5),
        (5, 20, 0.25),
        (3, 5, 0.6),
    ]
    assert row(table, "cost_per_family")["count"] == 812.5


def test_what_nobody_registered_is_in_the_table_without_a_count(making: ModuleType) -> None:
    """Never dropped, never 0: the report says it was not registered."""
    table = measures(making, making.form())

    for measure in ("reached", "eligible", "consented", "any_session", "dose", "minutes"):
        assert row(table, measure)["count"] is None
        assert row(table, measure)["line"] is None
    assert row(table, "languages")["count"] is None
    assert row(table, "cost_per_family")["count"] is None


def test_a_baseline_has_no_post_form_yet(making: ModuleType) -> None:
    """After t0 alone: the later measures wait, without a verdict."""
    table = measures(making, making.form(), making.form("p2"))

    assert row(table, "pre_valid", "parent")["count"] == 2
    post = row(table, "post_valid", "parent")
    assert (post["wave"], post["count"], post["base"], post["line"]) == (None, None, None, None)
    assert row(table, "linked_pairs", "parent")["count"] is None


def test_goals_that_nobody_set_are_no_open_items(making: ModuleType) -> None:
    """One goal of three is a whole answer."""
    content = making.design()
    asked = [
        *making.tomllib.loads(making.DESIGN)["asked"],
        {"instrument": "gas", "role": "parent"},
    ]
    design = making.design(asked=asked)
    with_goal = measures(making, making.form(gas_01="-1", gas_02=None), design=design)
    without = measures(making, making.form(), design=content)

    assert row(with_goal, "items_answered", "parent") == row(
        without, "items_answered", "parent"
    )


def test_what_is_not_due_is_neither_missing_nor_lost(making: ModuleType) -> None:
    """t1 is open: of three parents one answered, and two may still."""
    rows = [making.form(code) for code in ("p1", "p2", "p3")]
    table = measures(making, *rows, making.form("p1", "t1"))

    post = row(table, "post_valid", "parent")
    assert (post["wave"], post["count"], post["base"]) == ("t1", 1, 1)


def test_minutes_per_form_are_the_median_of_the_main_role(making: ModuleType) -> None:
    """30, 50 and 45 of parents make 45, whatever children took; up to 45 is go."""
    forms = [making.form(f"p{n}", minutes=took) for n, took in enumerate(("30", "50", "45"))]
    lines = {"minutes_per_form": {"go": 45, "adapt": 60}}
    table = measures(
        making, *forms, making.child(minutes="5"), design=making.design(feasibility=lines)
    )

    took = row(table, "minutes_per_form")
    assert (took["count"], took["base"], took["line"]) == (45, None, "go")


def burden(making: ModuleType, *events: dict, **tables: Any) -> dict[str, Any]:
    """Return the row of burdened families of three parents in two families."""
    people = making.register(
        {"participant": "p1", "family": "F1"},
        {"participant": "p2", "family": "F1"},
        {"participant": "p3", "family": "F3"},
        {"participant": "c1", "family": "F3", "role": "child"},
    )
    content = making.tomllib.loads(making.DESIGN)
    label = {"nl": "incident", "en": "incident"}
    design = making.design(
        events=[*content["events"], {"key": "incident", "label": label, "means": "critical"}],
        sources=[
            *content["sources"],
            {"files": "Incident*.xlsx", "kind": "events", "event": "incident"},
        ],
        feasibility={"burdened": {"go": 0.1, "adapt": 0.5}},
    )
    forms = [making.form(code) for code in ("p1", "p2", "p3")]
    happened = making.attendance(*events)
    table = measures(making, *forms, design=design, register=people, events=happened, **tables)
    return row(table, "burdened")


def test_families_are_burdened_once_whoever_it_happened_to(making: ModuleType) -> None:
    """Two events of one family are one; a child's count for no parent; half is adapt."""
    told = burden(
        making,
        {"event": "incident", "participant": "p1", "date": "2025-02-03"},
        {"event": "incident", "participant": "p2", "date": "2025-03-03"},
        {"event": "incident", "participant": "c1", "date": "2025-03-03"},
        {"event": "attendance", "participant": "p3", "date": "2025-03-03"},
    )
    assert (told["count"], told["base"], told["share"], told["line"]) == (1, 2, 0.5, "adapt")


def test_an_event_of_a_whole_family_burdens_it(making: ModuleType) -> None:
    """Something that is registered of a family and of no person."""
    told = burden(making, {"event": "incident", "family": "F3", "date": "2025-02-03"})
    assert told["count"] == 1


def test_no_burden_is_not_the_same_as_not_recorded(making: ModuleType) -> None:
    """An empty list of incidents came in: 0. No such list: nobody knows."""
    files = pd.DataFrame([{"file": "incidenten 2025.xlsx", "kind": "events"}])
    listed = files.reindex(columns=list(FILES)).astype({"file": "str"})

    assert burden(making, files=listed)["count"] == 0
    assert burden(making)["count"] is None


def test_lines_of_the_design_judge_the_steps(making: ModuleType) -> None:
    """5 of 20 eligible families consented: under the line of stopping that was drawn."""
    reach = {"reached": 40, "eligible": 20, "consented": 5, "cost_per_family": 900}
    lines = {
        "consented": {"go": 0.6, "adapt": 0.4},
        "linked_pairs": {"go": 0.5, "adapt": 0.4},
        "cost_per_family": {"go": 500, "adapt": 1000},
    }
    made = study_of_four(making)
    design = making.design(reach=reach, feasibility=lines)
    table = measures(making, *made.pop("rows"), design=design, **made)

    assert row(table, "consented")["line"] == "stop"
    assert row(table, "eligible")["line"] is None
    assert row(table, "linked_pairs", "parent")["line"] == "go"
    assert row(table, "cost_per_family")["line"] == "adapt"


def test_who_consented_is_counted_where_the_design_does_not_say_it(making: ModuleType) -> None:
    """Families of the register with a yes, withdrawn or not; without consent, not recorded."""
    people = making.register(
        {"participant": "p1", "family": "F1", "consent_answers": "yes"},
        {"participant": "p2", "family": "F1", "consent_answers": "no"},
        {"participant": "p3", "family": "F3", "consent_answers": "no"},
        {"participant": "p4", "family": "F4"},
        {
            "participant": "p5",
            "family": "F5",
            "consent_answers": "yes",
            "withdrawn": "2025-06-01",
            "withdrawal": "stop",
        },
        {
            "participant": "c1",
            "family": "F6",
            "role": "child",
            "consent_answers": "yes",
            "guardian_1": "yes",
        },
    )
    rows = [making.form("p1"), making.form("p5")]
    counted = measures(making, *rows, register=people)
    planned = making.design(reach={"reached": 9, "consented": 7})
    silent = people.assign(
        **dict.fromkeys(("consent_answers", "guardian_1", "withdrawal"), None),
        withdrawn=pd.NaT,
    )

    assert row(counted, "consented")["count"] == 2
    assert (
        row(measures(making, *rows, design=planned, register=people), "consented")["count"] == 7
    )
    assert row(measures(making, *rows, register=silent), "consented")["count"] is None

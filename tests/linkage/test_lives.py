"""Each person's own clock, age and leaving; the data lock."""

from __future__ import annotations

from datetime import date
from types import ModuleType

import pandas as pd
import pytest

from pilot.cleaning import clean
from pilot.design import Trajectory
from pilot.frames import Linked
from pilot.linkage import link_waves


def linked(making: ModuleType, *rows: dict, rolling: bool = False, **tables: object) -> Linked:
    """Return hand-made exports cleaned and linked."""
    design = making.design(rolling)
    return link_waves(clean(making.received(*rows, **tables), design), design)


def test_months_are_those_since_the_person_s_first_form(making: ModuleType) -> None:
    """147 days, 30.4375 to the month, whatever the wave's number; late starters begin at 0."""
    rows = [
        making.form(),
        making.form("p1", "t1"),
        making.form("p2", "t1"),
        making.form("p2", "t2"),
    ]
    months = linked(making, *rows).panel["months"].tolist()

    assert months == pytest.approx([0, 147 / 30.4375, 0, 154 / 30.4375], abs=1e-12)


def test_the_middle_of_the_window_stands_in_for_a_missing_date(making: ModuleType) -> None:
    """t0 lies around 25 January, t1 around 21 June: 147 days apart."""
    rows = [making.form(answered=None), making.form(wave="t1", answered="x")]
    months = linked(making, *rows).panel["months"].tolist()

    assert months == pytest.approx([0, 147 / 30.4375], abs=1e-12)


def test_rolling_months_count_from_the_register(making: ModuleType) -> None:
    """Started on 1 January, first asked on the 20th: 19 days."""
    people = making.register({"participant": "p1"}, {"participant": "p2", "start": None})
    rows = [making.form("p1"), making.form("p2"), making.form("p1", "t2", answered=None)]
    panel = linked(making, *rows, rolling=True, register=people).panel

    assert panel["months"].tolist() == pytest.approx([19 / 30.4375, 0, 12.5], abs=1e-12)


def test_the_lock_is_the_latest_date_in_the_data(making: ModuleType) -> None:
    """Answers, events, register: never today."""
    people = making.register({"participant": "p1", "end": "2025-03-02", "reason": "moved"})
    events = making.attendance({"participant": "p1", "date": "2025-03-05"})

    assert linked(making, making.form()).lock == pd.Timestamp("2025-01-20")
    assert linked(making, making.form(), register=people).lock == pd.Timestamp("2025-03-02")
    both = linked(making, making.form(), register=people, events=events)
    assert both.lock == pd.Timestamp("2025-03-05")
    assert linked(making, making.form(answered=None)).lock is None


def test_a_lock_that_the_design_states_ends_a_wave_whose_last_form_came_early(
    making: ModuleType,
) -> None:
    """Its last form came on 16 June, the files were closed in July: p2 missed it."""
    rows = [making.form(), making.form("p2"), making.form("p1", "t1")]
    design = making.design(data_lock=date(2025, 7, 31))
    open_still = linked(making, *rows)
    closed = link_waves(clean(making.received(*rows), design), design)

    assert making.told(open_still, "wave-open") == [
        making.whole("wave-open", found="t1", expected="until 2025-07-11")
    ]
    assert closed.lock == pd.Timestamp("2025-07-31")
    assert making.told(closed, "wave-open") == []
    states = [study.waves["state"].tolist()[1] for study in (open_still, closed)]
    missed = [
        study.flow.query("wave == 't1' and stage == 'missed'")["n_participants"].sum()
        for study in (open_still, closed)
    ]
    assert states == ["open", "held"]
    assert missed == [0, 1]


def test_a_stated_lock_never_hides_later_data(making: ModuleType) -> None:
    """What came in after the stated day moves the lock on."""
    design = making.design(data_lock=date(2025, 1, 1))
    study = link_waves(clean(making.received(making.form()), design), design)

    assert study.lock == pd.Timestamp("2025-01-20")


def test_a_planned_end_does_not_move_the_lock(making: ModuleType) -> None:
    """An end without a reason may lie in the future; with a reason it has happened."""
    planned = {"participant": "p1", "end": "2027-12-31", "reason": None}
    left = {"participant": "p2", "end": "2025-03-02", "reason": "moved"}

    alone = linked(making, making.form(), register=making.register(planned))
    both = linked(making, making.form(), register=making.register(planned, left))

    assert alone.lock == pd.Timestamp("2025-01-20")
    assert both.lock == pd.Timestamp("2025-03-02")


def test_a_slip_of_the_pen_does_not_move_the_lock(making: ModuleType) -> None:
    """2052 for 2025: the form is kept, and the waves after it are not over."""
    rows = [making.form(answered="2052-01-20"), making.form("p2")]
    study = linked(making, *rows)

    assert study.lock == pd.Timestamp("2025-01-20")
    assert study.waves["state"].tolist() == ["open", "to come", "to come"]


def test_an_age_that_does_not_fit_the_role_is_told(making: ModuleType) -> None:
    """Once a person, at the register's row; who may be 18 this year is 18."""
    people = making.register(
        {"participant": "p1", "birth_year": 2007},
        {"participant": "p2", "birth_year": 2008},
        {"participant": "c1", "birth_year": 2008, "role": "child"},
        {"participant": "c2", "birth_year": 2006, "role": "child"},
    )
    rows = [making.form("p1"), making.form("p2"), making.form("p2", "t1")]
    study = linked(making, *rows, making.child("c1"), making.child("c2"), register=people)

    place = {"file": "register.xlsx", "column": "geboortejaar"}
    assert making.told(study, "age-outside") == [
        making.whole(
            "age-outside",
            row=3,
            participant="p2",
            found="2008: 17 years in 2025",
            expected="18 to 120 for parent",
            **place,
        ),
        making.whole(
            "age-outside",
            row=5,
            participant="c2",
            found="2006: 19 years in 2025",
            expected="8 to 17 for child",
            **place,
        ),
    ]
    assert len(study.panel) == 5


def test_who_grew_out_of_a_form_no_longer_answers_it(making: ModuleType) -> None:
    """17 at the start, 19 at the end: the answers go; told by the year of birth alone."""
    people = making.register(
        {"participant": "c1", "role": "child", "birth_year": 2008},
        {"participant": "c2", "role": "child", "birth_year": 2009},
        {"participant": "p1", "birth_year": 1985},
    )
    rows = [making.child(code, wave) for code in ("c1", "c2") for wave in ("t0", "t1")]
    rows[1] |= {"answered": "2027-03-01"}
    rows[3] |= {"answered": "2027-03-01"}
    design = outgrown(making)
    study = link_waves(
        clean(making.received(*rows, making.form("p1"), register=people), design), design
    )

    assert making.told(study, "age-of-form") == [
        making.whole(
            "age-of-form",
            file="t1.csv",
            row=2,
            participant="c1",
            found="life-satisfaction at 19 years",
            expected="8 to 17 years",
        )
    ]
    assert making.set_aside(study, "age-of-form") == [("t1.csv", 2, "tevreden", "7")]
    there = study.panel.set_index(["participant", "wave"])["life_satisfaction_01"]
    assert there[[("c1", "t0"), ("c2", "t1")]].tolist() == [7, 7]
    assert pd.isna(there["c1", "t1"])
    assert study.responses["life_satisfaction_01"].notna().sum() == 3
    assert making.told(study, "age-outside") == []
    assert making.told(study, "age-outgrown") == [
        making.whole(
            "age-outgrown",
            file="t1.csv",
            row=2,
            participant="c1",
            found="19 years",
            expected="8 to 17 for child",
        )
    ]
    assert making.leaks(study) == []


def test_who_is_too_young_for_a_form_at_the_start_does_not_answer_it(
    making: ModuleType,
) -> None:
    """A child of 5 and a parent of 9: the answers go, and the mend speaks of a slip."""
    people = making.register(
        {"participant": "c1", "role": "child", "birth_year": 2020},
        {"participant": "c2", "role": "child", "birth_year": 2016},
        {"participant": "p1", "birth_year": 2016},
    )
    rows = [making.child("c1"), making.child("c2"), making.form("p1")]
    study = linked(making, *rows, register=people)

    told = making.told(study, "age-of-form")
    assert [(each["participant"], each["found"], each["expected"]) for each in told] == [
        ("p1", "gse-10 at 9 years", "12 to 120 years"),
        ("p1", "lsns-6 at 9 years", "18 to 120 years"),
        ("c1", "life-satisfaction at 5 years", "8 to 120 years"),
    ]
    assert told[0]["mend"] == (
        "If this is a slip of the birth year, correct the register: then the answers count. "
        "If it is right, give this person a questionnaire for their age."
    )
    assert making.set_aside(study, "age-of-form")[-1] == ("t0.csv", 2, "tevreden", "7")
    assert making.told(study, "age-outgrown") == []
    assert making.leaks(study) == []


def test_an_unknown_year_of_birth_is_told_once_where_an_age_matters(
    making: ModuleType,
) -> None:
    """Two forms, one finding at the register's row; a role of adults needs no year."""
    people = making.register(
        {"participant": "c1", "role": "child"},
        {"participant": "c2", "role": "child"},
        {"participant": "p1"},
    )
    rows = [making.child("c1"), making.child("c1", "t1"), making.form("p1")]
    design = outgrown(making)
    study = link_waves(clean(making.received(*rows, register=people), design), design)

    assert making.told(study, "age-unknown") == [
        making.whole(
            "age-unknown",
            file="register.xlsx",
            row=2,
            participant="c1",
            column="geboortejaar",
            expected="a year of birth, for life-satisfaction",
        )
    ]
    assert study.panel["life_satisfaction_01"].notna().sum() == 2


def test_of_two_children_one_may_outgrow_the_form(making: ModuleType) -> None:
    """The family's score at the end is that of the one who still answers."""
    people = making.register(
        {"participant": "c1", "family": "F1", "role": "child", "birth_year": 2008},
        {"participant": "c2", "family": "F1", "role": "child", "birth_year": 2014},
    )
    answers = {("c1", "t0"): 4, ("c2", "t0"): 6, ("c1", "t1"): 9, ("c2", "t1"): 8}
    rows = [
        making.child(code, wave, family="F1", life_satisfaction_01=answer)
        | ({"answered": "2027-03-01"} if wave == "t1" else {})
        for (code, wave), answer in answers.items()
    ]
    design = outgrown(making)
    study = link_waves(clean(making.received(*rows, register=people), design), design)
    means = study.panel.groupby(["family", "wave"])["life_satisfaction_01"].mean()

    assert means.to_dict() == {("F1", "t0"): 5.0, ("F1", "t1"): 8.0}
    assert [each["participant"] for each in making.told(study, "age-of-form")] == ["c1"]
    assert making.leaks(study) == []


def outgrown(making: ModuleType) -> Trajectory:
    """Return the design with a last wave in 2027, and a form for 8 to 17 years."""
    content = making.tomllib.loads(making.DESIGN)
    later = {"opens": date(2027, 2, 1), "closes": date(2027, 4, 1)}
    waves = [content["waves"][0], content["waves"][1] | later]
    asked = [each | {"waves": []} for each in content["asked"]]
    asked = [each for each in asked if each["role"] == "child" or each["columns"] != "tevreden"]
    made = making.design(waves=waves, asked=asked)
    own = made.instruments["life-satisfaction"].model_copy(update={"ages": (8, 17)})
    return made.model_copy(
        update={"instruments": made.instruments | {"life-satisfaction": own}}
    )


def test_a_form_after_leaving_is_told_and_kept(making: ModuleType) -> None:
    """Either the end or the form's date is wrong."""
    people = making.register({"participant": "p1", "end": "2025-06-01", "reason": "moved"})
    study = linked(making, making.form(), making.form(wave="t1"), register=people)

    assert making.told(study, "after-leaving") == [
        making.whole(
            "after-leaving",
            file="t1.csv",
            row=2,
            participant="p1",
            column="datum",
            found="2025-06-16",
            expected="until 2025-06-01",
        )
    ]
    assert len(study.panel) == 2


LATER = {"participant": "p1", "date": "2026-07-01"}
SAME_DAY = LATER | {"participant": "p2"}
NEXT_DAY = LATER | {"date": "2026-07-02"}


@pytest.mark.parametrize(
    ("others", "lock"),
    [
        ([], "2025-06-16"),
        ([SAME_DAY], "2025-06-16"),
        ([NEXT_DAY], "2026-07-02"),
        ([{"participant": "p1", "date": "2026-01-15"}], "2026-07-01"),
    ],
    ids=["one row", "one event of two people", "two days", "within half a year"],
)
def test_one_date_far_past_all_others_does_not_move_the_lock(
    making: ModuleType, others: list[dict], lock: str
) -> None:
    """A year typed wrong in one event, or of one session, would end the last wave."""
    events = making.attendance(LATER, *others)
    rows = [making.form(), making.form(wave="t1"), making.form("p2")]
    study = linked(making, *rows, events=events)
    told = making.told(study, "date-beyond-others")

    assert study.lock == pd.Timestamp(lock)
    believed = lock != "2025-06-16"
    assert study.waves["state"].tolist()[-1] == ("not held" if believed else "to come")
    assert len(told) == (0 if believed else 1 + len(others))
    if not others:
        assert told == [
            making.whole(
                "date-beyond-others",
                file="aanwezig.xlsx",
                row=2,
                participant="p1",
                column="date",
                found="2026-07-01",
                expected="until 2025-06-16",
            )
        ]


def test_the_first_form_of_a_wave_is_believed_alone(making: ModuleType) -> None:
    """Half a year after everything else, in the window of the wave it names."""
    rows = [making.form(), making.form("p2"), making.form(wave="t2")]
    study = linked(making, *rows)

    assert study.lock == pd.Timestamp("2025-11-17")
    assert making.told(study, "date-beyond-others") == []


def test_on_a_clock_of_one_s_own_the_register_s_start_says_the_same(
    making: ModuleType,
) -> None:
    """A form a year after the start is believed as the last wave's, and not as the first's."""
    people = making.register({"participant": "p1"}, {"participant": "p2"})
    rows = [making.form("p1"), making.form("p2")]
    late = {"answered": "2026-01-10"}
    believed = linked(
        making, *rows, making.form("p1", "t2", **late), rolling=True, register=people
    )
    doubted = linked(
        making,
        *rows[:1],
        making.form("p2", "t0", answered="2025-09-30"),
        rolling=True,
        register=people,
    )

    assert believed.lock == pd.Timestamp("2026-01-10")
    assert doubted.lock == pd.Timestamp("2025-01-20")
    assert [each["column"] for each in making.told(doubted, "date-beyond-others")] == ["datum"]

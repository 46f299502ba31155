"""When a form was answered: read, judged by the waves' windows, and put in order."""

from __future__ import annotations

from datetime import date
from types import ModuleType

import numpy as np
import pandas as pd

from pilot.cleaning import clean
from pilot.cleaning.windows import swapped


def test_an_unreadable_date_leaves_the_answers(making: ModuleType) -> None:
    """The date is empty afterwards; every answer counts."""
    rows = [making.form("p1", answered="mrt-25"), making.form("p2")]
    cleaned = clean(making.received(*rows), making.design())

    assert making.told(cleaned, "unreadable-date") == [
        making.whole(
            "unreadable-date",
            file="t0.csv",
            row=2,
            participant="p1",
            column="datum",
            found="mrt-25",
            expected="a date such as 2025-03-31",
        )
    ]
    assert cleaned.responses["answered"].isna().tolist() == [True, False]
    assert cleaned.counts["answers_kept"].tolist() == [32]


def test_excel_numbers_are_read_and_told_once_a_file(making: ModuleType) -> None:
    """45677 is 20 January 2025 in Excel."""
    rows = [making.form(code, answered="45677") for code in ("p1", "p2")]
    cleaned = clean(making.received(*rows), making.design())

    assert making.told(cleaned, "serial-date") == [
        making.whole("serial-date", file="t0.csv", column="datum", found="45677 (2x)")
    ]
    assert cleaned.responses["answered"].tolist() == [pd.Timestamp("2025-01-20")] * 2


def test_a_turned_date_is_told_and_left_empty(making: ModuleType) -> None:
    """7 February stands there as 2 July, which is t1's: the wave's name decides, not chance."""
    rows = [making.form("p1", answered="2-7-2025"), making.form("p2", answered="7-2-2025")]
    cleaned = clean(making.received(*rows), making.design())

    assert making.told(cleaned, "turned-date") == [
        making.whole(
            "turned-date",
            file="t0.csv",
            row=2,
            participant="p1",
            column="datum",
            found="2025-07-02 at t0",
            expected="2025-01-06 to 2025-02-14",
        )
    ]
    assert making.told(cleaned, "mislabelled-wave") == []
    assert cleaned.responses["answered"].isna().tolist() == [True, False]


def test_only_days_up_to_the_twelfth_can_be_turned() -> None:
    """13 May has no month 13; 3 March is itself."""
    days = np.array(["2025-01-12", "2025-05-13", "2025-03-03", "NaT", "2024-12-01"], "M8[D]")
    turned = swapped(days).astype(str).tolist()

    assert turned == ["2025-12-01", "NaT", "NaT", "NaT", "2024-01-12"]


def test_a_date_outside_the_window_is_told_and_kept(making: ModuleType) -> None:
    """Late is late: the answers count, and the date gives the elapsed time."""
    cleaned = clean(making.received(making.form(answered="2025-02-27")), making.design())

    assert making.told(cleaned, "outside-window") == [
        making.whole(
            "outside-window",
            file="t0.csv",
            row=2,
            participant="p1",
            column="datum",
            found="2025-02-27 at t0",
            expected="2025-01-06 to 2025-02-14",
        )
    ]
    assert len(cleaned.responses) == 1


def test_a_date_in_another_wave_s_window_takes_the_form_out(making: ModuleType) -> None:
    """The wave or the date is wrong, and only the form can tell which."""
    rows = [making.form(), making.form(wave="t1", answered="2025-01-29")]
    cleaned = clean(making.received(*rows), making.design())

    assert making.told(cleaned, "mislabelled-wave") == [
        making.whole(
            "mislabelled-wave",
            file="t1.csv",
            row=2,
            participant="p1",
            column="meting",
            found="2025-01-29 at t1",
            expected="2025-06-02 to 2025-07-11; this date lies in t0",
        )
    ]
    assert cleaned.responses["wave"].tolist() == ["t0"]
    assert len(making.set_aside(cleaned, "mislabelled-wave")) == 16
    assert making.leaks(cleaned) == []


def test_a_mislabelled_form_does_not_spoil_the_right_one(making: ModuleType) -> None:
    """Judged before duplicates: the real t0 form stays."""
    mislabelled = making.form(wave="t0", answered="2025-06-16", lsns_6_01=5)
    cleaned = clean(making.received(making.form(), mislabelled), making.design())

    assert cleaned.responses["row"].tolist() == [2]
    assert making.told(cleaned, "same-code-twice") == []


def test_a_later_wave_answered_earlier_takes_both_out(making: ModuleType) -> None:
    """One finding for the pair, at the later wave's row; both forms refer to it."""
    rows = [
        making.form(),
        making.form(wave="t1", answered="2024-11-03"),
        making.form("p2", "t1"),
    ]
    cleaned = clean(making.received(*rows), making.design())

    found = making.told(cleaned, "wrong-order")
    assert found == [
        making.whole(
            "wrong-order",
            file="t1.csv",
            row=2,
            participant="p1",
            column="datum",
            found="2024-11-03 at t1",
            expected="after 2025-01-20 at t0 (t0.csv, row 2)",
        )
    ]
    aside = cleaned.quarantine[cleaned.quarantine["rule"] == "wrong-order"]
    assert set(zip(aside["file"], aside["row"], strict=True)) == {("t0.csv", 2), ("t1.csv", 2)}
    assert set(aside["finding"]) == {found[0]["id"]}
    assert cleaned.responses["participant"].tolist() == ["p2"]
    assert making.told(cleaned, "outside-window") == []
    assert making.leaks(cleaned) == []


def test_the_order_is_looked_at_again_after_forms_were_taken_out(making: ModuleType) -> None:
    """Once t1 and t2 are out, t0 and t3 stand the wrong way round, too."""
    content = making.tomllib.loads(making.DESIGN)
    last = {"key": "t3", "label": {"nl": "na", "en": "after"}}
    last |= {"opens": date(2026, 1, 5), "closes": date(2026, 2, 6)}
    design = making.design(waves=[*content["waves"], last])
    dates = {"t0": "2024-05-01", "t1": "2024-06-01", "t2": "2024-01-01", "t3": "2024-02-01"}
    rows = [making.form(wave=wave, answered=day) for wave, day in dates.items()]
    cleaned = clean(making.received(*rows), design)

    assert len(cleaned.responses) == 0
    assert [each["expected"][:22] for each in making.told(cleaned, "wrong-order")] == [
        "after 2024-06-01 at t1",
        "after 2024-05-01 at t0",
    ]


class TestRolling:
    """Where everyone has a clock of their own, windows are months since the own start."""

    def test_months_count_from_the_register_s_start(self, making: ModuleType) -> None:
        """Six months after 1 September is no fault; nine months is outside."""
        people = making.register(
            {"participant": "p1", "start": "2025-09-01"},
            {"participant": "p2", "start": "2025-06-01"},
        )
        rows = [making.form(code, "t1", answered="2026-03-03") for code in ("p1", "p2")]
        cleaned = clean(making.received(*rows, register=people), making.design(rolling=True))

        outside = making.told(cleaned, "outside-window")
        assert [(each["participant"], each["expected"]) for each in outside] == [
            ("p2", "5 to 7 months after the start")
        ]

    def test_without_a_register_the_first_wave_is_the_start(self, making: ModuleType) -> None:
        """A half-year form after twelve months lies in the year's window."""
        rows = [
            making.form("p1", answered="2025-01-20"),
            making.form("p1", "t1", answered="2026-01-20"),
            making.form("p2", "t1", answered="2026-01-20"),
        ]
        cleaned = clean(making.received(*rows), making.design(rolling=True))

        assert [each["participant"] for each in making.told(cleaned, "mislabelled-wave")] == [
            "p1"
        ]
        assert cleaned.responses["participant"].tolist() == ["p1", "p2"]

"""Every answer is one of the form's, or set aside for a reason."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import numpy as np
import pandas as pd
import pytest

from pilot.cleaning import clean
from pilot.cleaning.meaning import Meaning, Way


def kept(making: ModuleType, **cells: Any) -> pd.Series[Any]:
    """Return one form's answers after cleaning."""
    return clean(making.received(making.form(**cells)), making.design()).responses.iloc[0]


def test_a_number_off_the_form_is_set_aside_by_itself(making: ModuleType) -> None:
    """The cell is told as a person finds it; the rest of the form counts."""
    rows = [making.form(), making.form("p2", gse_10_04="7")]
    cleaned = clean(making.received(*rows), making.design())

    assert making.told(cleaned, "out-of-range") == [
        making.whole(
            "out-of-range",
            file="t0.csv",
            row=3,
            participant="p2",
            column="GSE_4",
            found="7",
            expected="1 to 4",
        )
    ]
    assert making.set_aside(cleaned, "out-of-range") == [("t0.csv", 3, "GSE_4", "7")]
    assert cleaned.responses["gse_10_04"].isna().tolist() == [False, True]
    assert making.leaks(cleaned) == []


def test_a_word_is_no_number(making: ModuleType) -> None:
    """'vier' may be meant as 4; nobody but the one who was there can say so."""
    cleaned = clean(making.received(making.form(lsns_6_03="vier")), making.design())

    assert making.told(cleaned, "not-a-number") == [
        making.whole(
            "not-a-number",
            file="t0.csv",
            row=2,
            participant="p1",
            column="LSNS_3",
            found="vier",
            expected="0 to 5, or: geen, negen of meer",
        )
    ]


def test_half_an_answer_is_not_on_the_form(making: ModuleType) -> None:
    """2,5 between two boxes is no answer; 3,0 is the number 3 in Dutch Excel."""
    cleaned = clean(
        making.received(making.form(gse_10_01="2,5", gse_10_02="3,0")), making.design()
    )

    assert [each["found"] for each in making.told(cleaned, "out-of-range")] == ["2,5"]
    assert cleaned.responses["gse_10_02"].tolist() == [3]


def test_no_answer_is_told_once_a_column_with_its_words(making: ModuleType) -> None:
    """'Weet niet', n.v.t. and 99 are answers that do not count, never numbers."""
    said = ("99", "Weet niet", "n.v.t.", "-9", "99", "wil niet zeggen", "-", "  ")
    rows = [making.form(f"p{n}", gse_10_05=word) for n, word in enumerate(said)]
    cleaned = clean(making.received(*rows), making.design())

    found = (
        "99 (2x),    (1x), - (1x), -9 (1x), Weet niet (1x), n.v.t. (1x), wil niet zeggen (1x)"
    )
    assert making.told(cleaned, "no-answer-code") == [
        making.whole("no-answer-code", file="t0.csv", column="GSE_5", found=found)
    ]
    aside = making.set_aside(cleaned, "no-answer-code")
    assert [answer[3] for answer in aside] == list(said)
    assert cleaned.responses["gse_10_05"].isna().all()
    assert making.leaks(cleaned) == []


def test_a_bare_number_is_not_trusted_where_files_disagree(making: ModuleType) -> None:
    """1 = ja in one file and 1 = nee in another: only the words are believed."""
    rows = [
        making.form("p1", djg_6_03="Min of meer"),
        making.form("p2", djg_6_03="1"),
        making.form("p3", djg_6_03="2"),
        making.form("p4", djg_6_04="3"),
    ]
    cleaned = clean(making.received(*rows), making.design())

    expected = "nee, min of meer, ja, nee!, ja!"
    assert making.told(cleaned, "bare-code") == [
        making.whole(
            "bare-code",
            file="t0.csv",
            column="DJG_3",
            found="1 (1x), 2 (1x)",
            expected=expected,
        ),
        making.whole(
            "bare-code",
            file="t0.csv",
            row=5,
            participant="p4",
            column="DJG_4",
            found="3",
            expected=expected,
        ),
    ]
    assert cleaned.responses["djg_6_03"].fillna(0).tolist() == [2, 0, 0, 0]
    assert making.leaks(cleaned) == []


def test_the_trajectory_may_say_what_a_bare_number_means(making: ModuleType) -> None:
    """Declared under `answers`, 1 = ja is read as 3, also where Excel wrote 1.0."""
    content = making.design()
    djg = next(asked for asked in content.asked if asked.instrument == "djg-6")
    said = djg.model_copy(update={"answers": {"1": 3, "2": 2, "3": 1}})
    asked = [said if each is djg else each for each in content.asked]
    rows = [making.form("p1", djg_6_03="1"), making.form("p2", djg_6_03="3.0")]
    cleaned = clean(making.received(*rows), content.model_copy(update={"asked": asked}))

    assert cleaned.responses["djg_6_03"].tolist() == [3, 1]
    assert making.told(cleaned, "bare-code") == []


def test_words_of_design_and_form_are_numbers_afterwards(making: ModuleType) -> None:
    """Whatever their case and spaces; numbers stand beside them."""
    row = kept(
        making, lsns_6_01=" Negen  of meer", lsns_6_02="geen", lsns_6_03="2", djg_6_10="JA!"
    )

    assert row["lsns_6_01"] == 5
    assert row["lsns_6_02"] == 0
    assert row["lsns_6_03"] == 2
    assert row["djg_6_10"] == 3


def test_spaces_are_told_once_a_column(making: ModuleType) -> None:
    """How many, not which: nothing has to be mended."""
    rows = [making.form(f"p{n}", gse_10_01=" 3", gse_10_02="2") for n in range(3)]
    cleaned = clean(making.received(*rows), making.design())

    assert making.told(cleaned, "spaces") == [
        making.whole("spaces", file="t0.csv", column="GSE_1", found="3x")
    ]
    assert cleaned.responses["gse_10_01"].tolist() == [3, 3, 3]


def test_what_a_role_or_wave_is_not_asked_is_set_aside(making: ModuleType) -> None:
    """A child's answer to a parent's question belongs to somebody else."""
    stray = making.child("c2", gse_10_01=3)
    rows = [making.child("c1"), stray, making.child("c1", "t2"), making.child("c3", "t2")]
    cleaned = clean(making.received(*rows), making.design())

    asked = "life-satisfaction is asked of parent (all); child (t0, t1)"
    assert making.told(cleaned, "not-asked") == [
        making.whole(
            "not-asked", file="t2.csv", column="tevreden", found="7 (2x)", expected=asked
        ),
        making.whole(
            "not-asked",
            file="t0.csv",
            row=3,
            participant="c2",
            column="GSE_1",
            found="3",
            expected="gse-10 is asked of parent (all)",
        ),
    ]
    assert making.leaks(cleaned) == []


def test_a_column_that_is_no_question_is_set_aside(making: ModuleType) -> None:
    """Not dropped: each of its answers is in quarantine."""
    cleaned = clean(making.received(making.form(shoe_size=43)), making.design())

    assert making.told(cleaned, "unknown-column") == [
        making.whole("unknown-column", column="shoe_size", found="43 (1x)")
    ]
    assert making.set_aside(cleaned, "unknown-column") == [("t0.csv", 2, "shoe_size", "43")]
    assert "shoe_size" not in cleaned.responses
    assert making.leaks(cleaned) == []


def test_a_ready_made_total_lies_in_its_scale_s_range(making: ModuleType) -> None:
    """Decimals are allowed: the sum of five times four may be prorated elsewhere."""
    said = ("52", "52,8", "104", "n.v.t.", "veel")
    rows = [making.form(f"p{n}", who_5_total=word) for n, word in enumerate(said)]
    cleaned = clean(making.received(*rows), making.design())

    totals = cleaned.responses["who_5_total"]
    assert totals.dtype == np.float64
    assert totals.fillna(-1).tolist() == [52.0, 52.8, -1.0, -1.0, -1.0]
    assert making.told(cleaned, "out-of-range") == [
        making.whole(
            "out-of-range",
            file="t0.csv",
            row=4,
            participant="p2",
            column="WHO",
            found="104",
            expected="0 to 100",
        )
    ]
    assert making.leaks(cleaned) == []


def test_a_number_the_form_offers_is_an_answer_whatever_it_codes_elsewhere() -> None:
    """8 is a mark for life from 1 to 10, and no answer from 1 to 4 only if declared."""
    marks, boxes = Way(1, 100, missing=frozenset({"8"})), Way(1, 4, missing=frozenset({"8"}))

    assert marks.read("8").value == 8
    assert boxes.read("8") == Meaning(rule="no-answer-code")
    assert Way(1, 4).read("8").rule == "out-of-range"
    assert Way(1, 100).read("99").value == 99


def test_minus_signs_of_every_kind_are_read() -> None:
    """Goals run from -2 to 2; Word writes a long minus."""
    goal = Way(-2, 2)

    assert [goal.read(word).value for word in ("-2", "\u22122", "\u20131", "+1")] == [
        -2,
        -2,
        -1,
        1,
    ]


@pytest.mark.parametrize("dtype", ["int8", "Int8", "int64", "str"])
def test_numbers_and_text_are_judged_alike(making: ModuleType, dtype: str) -> None:
    """A column of numbers, as big files bring, keeps and sets aside the same answers."""
    rows = [making.form(f"p{n}", gse_10_01=value) for n, value in enumerate((1, 4, 99, 7, 0))]
    came = making.received(*rows)
    numbers = came.responses["gse_10_01"].astype("int64")
    came.responses["gse_10_01"] = numbers.astype(dtype)
    cleaned = clean(came, making.design())

    assert cleaned.responses["gse_10_01"].dtype == "Int8"
    assert cleaned.responses["gse_10_01"].fillna(-1).tolist() == [1, 4, -1, -1, -1]
    assert [each["found"] for each in making.told(cleaned, "out-of-range")] == ["7", "0"]
    assert [each["found"] for each in making.told(cleaned, "no-answer-code")] == ["99 (1x)"]
    assert making.leaks(cleaned) == []


@pytest.mark.parametrize("dtype", ["int8", "Int8"])
def test_a_column_in_order_is_passed_on_as_it_is(making: ModuleType, dtype: str) -> None:
    """No copy of a million answers that are all right."""
    came = making.received(making.form("p1"), making.form("p2"))
    came.responses["gse_10_01"] = pd.Series([1, 4], dtype=dtype)
    cleaned = clean(came, making.design())

    assert cleaned.responses["gse_10_01"].dtype == dtype
    if dtype == "int8":
        own = cleaned.responses["gse_10_01"].to_numpy()
        assert np.shares_memory(own, came.responses["gse_10_01"].to_numpy())


def test_the_received_tables_are_not_written_to(making: ModuleType) -> None:
    """Cleaning the same exports again gives the same."""
    came = making.received(making.form(gse_10_01=" 7"), making.form(None), making.form("p2"))
    before = came.responses.copy()
    once, twice = clean(came, making.design()), clean(came, making.design())

    pd.testing.assert_frame_equal(came.responses, before)
    pd.testing.assert_frame_equal(once.responses, twice.responses)
    pd.testing.assert_frame_equal(once.findings, twice.findings)

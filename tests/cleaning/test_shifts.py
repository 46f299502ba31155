"""Answers counted from 0 where the form begins at 1."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import numpy as np
import pandas as pd

from pilot.cleaning import clean

FROM_ZERO = [
    (2, 1, 2, 3, 2, 1, 2, 0, 1, 2),
    (1, 1, 0, 2, 2, 1, 2, 2, 1, 2),
    (2, 3, 2, 1, 2, 0, 1, 1, 2, 2),
]


def shifted(making: ModuleType, file: str = "t0.csv") -> list[dict[str, Any]]:
    """Return three forms whose self-efficacy was counted from 0."""
    return [
        making.form(f"s{n}", file=file, **making.items("gse_10", answers))
        for n, answers in enumerate(FROM_ZERO)
    ]


def test_all_answers_of_a_shifted_instrument_are_set_aside(making: ModuleType) -> None:
    """0 is there and 4 never: a 3 may be a 4, so no answer of that file is believed."""
    rows = shifted(making)
    rows[0]["gse_10_01"] = "weet niet"
    cleaned = clean(making.received(*rows, making.form("t1", "t1")), making.design())

    found = making.told(cleaned, "shifted-coding")
    assert found == [
        making.whole(
            "shifted-coding",
            file="t0.csv",
            found="gse-10: 0 is there, 4 never",
            expected="1 to 4",
        )
    ]
    aside = cleaned.quarantine[cleaned.quarantine["rule"] == "shifted-coding"]
    assert len(aside) == 29
    assert set(aside["finding"]) == {found[0]["id"]}
    assert cleaned.responses["gse_10_04"].fillna(0).tolist() == [0, 0, 0, 4]
    assert cleaned.responses["lsns_6_01"].tolist() == [2, 2, 2, 2]
    assert len(making.set_aside(cleaned, "no-answer-code")) == 1
    assert making.told(cleaned, "out-of-range") == []
    assert making.leaks(cleaned) == []


def test_numbers_of_a_big_file_are_looked_at_alike(making: ModuleType) -> None:
    """Columns of whole numbers show a shift as columns of text do."""
    came = making.received(*shifted(making))
    for item in (f"gse_10_{n:02d}" for n in range(1, 11)):
        came.responses[item] = came.responses[item].astype("int64").astype("int8")
    cleaned = clean(came, making.design())

    assert len(making.told(cleaned, "shifted-coding")) == 1
    assert len(making.set_aside(cleaned, "shifted-coding")) == 30
    assert making.leaks(cleaned) == []


def test_a_declared_shift_is_applied_and_told(making: ModuleType) -> None:
    """The design's source says +1: the answers count, once they are 1 to 4."""
    sources = [
        {"files": "oud-*.csv", "wave_column": "meting", "shift": {"gse-10": 1}},
        {"files": "*.csv", "wave_column": "meting"},
    ]
    rows = [*shifted(making, "oud-t0.csv"), making.form()]
    cleaned = clean(making.received(*rows), making.design(sources=sources))

    assert making.told(cleaned, "shifted") == [
        making.whole("shifted", file="oud-t0.csv", found="gse-10: 30 answers, +1")
    ]
    assert cleaned.responses["gse_10_08"].tolist() == [1, 3, 2, 1]
    assert cleaned.responses["lsns_6_01"].tolist() == [2, 2, 2, 2]
    assert len(cleaned.findings) == 1
    assert making.leaks(cleaned) == []


def test_one_zero_is_a_slip_of_the_pen(making: ModuleType) -> None:
    """A single 0, or a 0 beside the top answer, is set aside by itself."""
    slip = [making.form("p1", gse_10_04="0"), making.form("p2", gse_10_04="3")]
    tops = [*shifted(making), making.form("p9")]
    for rows in (slip, tops):
        cleaned = clean(making.received(*rows), making.design())
        assert making.told(cleaned, "shifted-coding") == []
        assert {each["found"] for each in making.told(cleaned, "out-of-range")} == {"0"}


def test_a_form_that_begins_at_zero_is_never_shifted(making: ModuleType) -> None:
    """LSNS-6 runs from 0 to 5: nobody with nine friends is no fault."""
    rows = [
        making.form(f"p{n}", **making.items("lsns_6", (0, 1, 2, 0, 1, 3))) for n in range(9)
    ]
    cleaned = clean(making.received(*rows), making.design())

    assert len(cleaned.findings) == 0


def test_each_file_is_looked_at_by_itself(making: ModuleType) -> None:
    """One school typed from 0, the others did not; a school's number stays with it."""
    rng = np.random.default_rng(3)
    rows = []
    for school in ("a", "b", "c"):
        for n in range(6):
            answers = rng.integers(1, 5, 10) - (school == "b")
            cells = making.items("gse_10", tuple(int(answer) for answer in answers))
            rows.append(making.form(f"{school}{n}", file=f"{school}.csv", **cells))
    rows = pd.Series(rows).sample(frac=1, random_state=5).tolist()
    for row in rows:
        row["row"] = int(row["participant"][1:]) + 2
    cleaned = clean(making.received(*rows), making.design())

    assert [each["file"] for each in making.told(cleaned, "shifted-coding")] == ["b.csv"]
    assert {answer[0] for answer in making.set_aside(cleaned, "shifted-coding")} == {"b.csv"}
    assert len(making.set_aside(cleaned, "shifted-coding")) == 60

"""What only a whole form, or all forms together, can show."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import numpy as np
import pandas as pd

from pilot.cleaning import clean
from pilot.cleaning.keying import Spread

RSES = (2, 1, 3, 2, 0, 1, 2, 1, 1, 3)
NEGATIVE = (2, 5, 6, 8, 9)


def agreeing(making: ModuleType, people: int = 24) -> list[dict[str, Any]]:
    """Return forms whose self-esteem items go together, the negative ones reversed."""
    rng = np.random.default_rng(11)
    rows = []
    for n in range(people):
        level = rng.normal(1.5, 0.9)
        answers = np.clip(np.rint(level + rng.normal(0, 0.6, 10)), 0, 3).astype(int)
        answers = [3 - a if k in NEGATIVE else a for k, a in enumerate(answers, start=1)]
        rows.append(making.form(f"p{n}", **making.items("rses", tuple(answers))))
    return rows


def test_one_answer_everywhere_is_told_where_items_point_both_ways(making: ModuleType) -> None:
    """Ten times 2 on self-esteem contradicts itself; on self-efficacy it does not."""
    rows = [
        making.form("p1", **making.items("rses", (2,) * 10)),
        making.form("p2", **making.items("rses", RSES)),
        making.form("p3", **making.items("gse_10", (2,) * 10)),
        making.form("p4", **making.items("rses", (2,) * 5)),
    ]
    cleaned = clean(making.received(*rows), making.design())

    assert making.told(cleaned, "straight-lining") == [
        making.whole(
            "straight-lining",
            file="t0.csv",
            row=2,
            participant="p1",
            found="rses: 10 times 2",
            expected="different answers",
        )
    ]
    assert len(cleaned.responses) == 4


def test_one_answer_on_twenty_items_of_all_forms_is_told_once(making: ModuleType) -> None:
    """The whole booklet, not each form of it again."""
    cells = making.items("rses", (2,) * 10) | making.items("gse_10", (2,) * 10)
    rows = [making.form("p1", **cells, **making.items("lsns_6", (2,) * 6)), making.form("p2")]
    cleaned = clean(making.received(*rows), making.design())

    told = making.told(cleaned, "straight-lining")
    assert [each["found"] for each in told] == ["all forms: 26 times 2"]


def test_six_the_same_on_loneliness_is_told(making: ModuleType) -> None:
    """All 'ja' counts 3, all 'min of meer' 6: look before it is scored."""
    numbers = (3, 4, 7, 8, 9, 10)
    cells = {f"djg_6_{n:02d}": "ja" for n in numbers}
    cleaned = clean(making.received(making.form(**cells), making.form("p2")), making.design())

    told = making.told(cleaned, "straight-lining")
    assert [each["found"] for each in told] == ["djg-6: 6 times 3"]


def test_an_item_turned_in_the_export_runs_against_its_scale(making: ModuleType) -> None:
    """Reversed once before and once by scoring: its correlation with the rest is negative."""
    rows = agreeing(making)
    for row in rows:
        row["rses_05"] = 3 - row["rses_05"]
    cleaned = clean(making.received(*rows), making.design())

    told = making.told(cleaned, "item-against-scale")
    assert len(told) == 1
    found = told[0].pop("found")
    assert found.startswith("r = -0.")
    assert found.endswith(" with the other items of rses at t0 (parent, 24 forms)")
    assert {key: told[0][key] for key in ("rule", "severity", "file", "row", "column")} == {
        "rule": "item-against-scale",
        "severity": "warning",
        "file": "t0.csv",
        "row": None,
        "column": "RSES_5",
    }
    assert told[0]["expected"] == "a correlation above 0 once reversed items are turned"
    assert len(cleaned.responses) == 24


def test_of_a_form_the_column_is_named_as_the_form_does(making: ModuleType) -> None:
    """Two sheets of forms and an export: each heading once."""
    rows = agreeing(making)
    for number, row in enumerate(rows):
        row["rses_05"] = 3 - row["rses_05"]
        if number < len(rows) // 2:
            row["file"] = f"getypt.xlsx[ouder {1 + number % 2}] (form)"
    mixed = clean(making.received(*rows), making.design())
    forms = [row | {"file": "getypt.xlsx[ouder 1] (form)"} for row in rows]
    typed = clean(making.received(*forms), making.design())

    columns = [making.told(each, "item-against-scale")[0]["column"] for each in (typed, mixed)]
    assert columns[0] == "rses_05"
    assert sorted(columns[1].split(", ")) == ["RSES_5", "rses_05"]


def test_all_reversed_items_turned_in_the_export_are_told_together(making: ModuleType) -> None:
    """Half of the items one way and half the other: no single one stands out, the sums do."""
    rows = agreeing(making)
    for row in rows:
        for n in NEGATIVE:
            row[f"rses_{n:02d}"] = 3 - row[f"rses_{n:02d}"]
    cleaned = clean(making.received(*rows), making.design())

    told = making.told(cleaned, "item-against-scale")
    assert [each["column"] for each in told] == ["RSES_2, RSES_5, RSES_6, RSES_8, RSES_9"]


def test_a_sound_scale_is_not_told_of(making: ModuleType) -> None:
    """Neither are seven forms, however they look: nobody can tell from seven."""
    sound = clean(making.received(*agreeing(making)), making.design())
    few = agreeing(making, 7)
    for row in few:
        row["rses_05"] = 3 - row["rses_05"]
    small = clean(making.received(*few), making.design())

    assert making.told(sound, "item-against-scale") == []
    assert making.told(small, "item-against-scale") == []


def test_item_rest_correlations_are_those_of_numpy() -> None:
    """From the covariances alone: the item against the sum of the others."""
    answers = np.random.default_rng(2).integers(0, 4, (40, 5)).astype(float)
    spread = Spread(40, np.cov(answers.T))
    rest = [
        np.corrcoef(answers[:, k], np.delete(answers, k, axis=1).sum(axis=1))[0, 1]
        for k in range(5)
    ]

    assert np.allclose(spread.item_rest(), rest, atol=1e-12)
    assert np.isnan(Spread(9, np.zeros((3, 3))).item_rest()).all()


def test_few_forms_need_a_clearer_sign() -> None:
    """-0.3 among 12 forms may be chance, among 60 it is told; -0.1 never is."""
    assert not Spread(12, np.eye(3)).runs_against(-0.3)
    assert Spread(60, np.eye(3)).runs_against(-0.3)
    assert not Spread(5000, np.eye(3)).runs_against(-0.1)
    assert Spread(8, np.eye(3)).runs_against(-1.0)


def test_missing_answers_are_no_answers_to_a_line(making: ModuleType) -> None:
    """Empty cells neither break a straight line nor make one."""
    nullable = pd.array([2, None, 2], dtype="Int8")
    rows = [making.form(f"p{n}", **making.items("rses", (2,) * 10)) for n in range(3)]
    came = making.received(*rows)
    came.responses["rses_03"] = nullable
    cleaned = clean(came, making.design())

    told = making.told(cleaned, "straight-lining")
    assert [each["found"] for each in told] == [
        "rses: 10 times 2",
        "rses: 9 times 2",
        "rses: 10 times 2",
    ]

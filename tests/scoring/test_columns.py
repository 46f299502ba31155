"""Any column type an export or a frame may have gives the same scores."""

import numpy as np
import pandas as pd
import pytest

from pilot.design import load_instrument
from pilot.scoring import score

ITEMS = list(load_instrument("rses").items)
WHOLE = pd.DataFrame(np.arange(60).reshape(6, 10) ** 2 % 7 % 4, columns=ITEMS)
HOLED = WHOLE.astype("Int64").mask(np.arange(60).reshape(6, 10) % 13 == 0)
HOLED_TYPES = ["Int8", "UInt8", "Int16", "Float64", "float64", "int8[pyarrow]"]
HOLED_TYPES += ["object", "string", "category"]
WHOLE_TYPES = [*HOLED_TYPES, "int8", "uint8", "int64", "float32", "double[pyarrow]", "str"]


@pytest.mark.parametrize("dtype", WHOLE_TYPES)
def test_whole_answers_score_alike_in_any_type(dtype: str) -> None:
    """Types are how a file was read, not what somebody answered."""
    scored = score(WHOLE.astype(dtype), "rses")

    by_hand = [
        sum(3 - x if number in {2, 5, 6, 8, 9} else x for number, x in enumerate(row, 1))
        for row in WHOLE.to_numpy().tolist()
    ]
    assert scored["rses_total"].tolist() == by_hand
    assert scored["rses_total"].dtype == np.float64


@pytest.mark.parametrize("dtype", HOLED_TYPES)
def test_holes_score_alike_in_any_type(dtype: str) -> None:
    """Nothing that stands under a hole in memory enters a score."""
    pd.testing.assert_frame_equal(score(HOLED.astype(dtype), "rses"), score(HOLED, "rses"))


def test_what_stands_under_a_mask_is_not_read() -> None:
    """A nullable column may hold any number where it says 'missing'."""
    under = pd.arrays.IntegerArray(np.array([99, 3], np.int8), np.array([True, False]))
    answers = pd.DataFrame({item: pd.Series([3, 3], dtype="Int8") for item in ITEMS})
    answers["rses_01"] = pd.Series(under)

    assert score(answers, "rses")["rses_total"].tolist() == [pytest.approx(120 / 9), 15]


def test_mixed_cells_of_a_spreadsheet() -> None:
    """Numbers, numbers as text, words, spaces and empty cells in one column."""
    answers = pd.DataFrame({"talent_use_01": [5, "4", " Eens ", "", None, "2.0", 3.0, "  "]})

    scored = score(answers, "talent-use")["talent_use_total"]

    assert scored.fillna(-1).tolist() == [5, 4, 4, -1, -1, 2, 3, -1]


def test_unsigned_numbers_meet_a_form_below_zero() -> None:
    """A column without minus signs still belongs to -2 to 2."""
    answers = pd.DataFrame({f"gas_{n:02d}": pd.array([1, None], "UInt8") for n in (1, 2, 3)})

    assert score(answers, "gas")["gas_total"][0] == pytest.approx(50 + 30 / 4.8**0.5)


def test_no_people_is_no_fault() -> None:
    """A wave that nobody answered yet has scores for nobody."""
    assert score(WHOLE.iloc[:0], "rses").shape == (0, 1)


def test_index_is_kept() -> None:
    """Participant and wave come back as they came."""
    index = pd.MultiIndex.from_product([["p2", "p1", "p1"], ["pre", "post"]])

    assert score(WHOLE.set_axis(index), "rses").index.equals(index)


def test_answers_wider_than_a_byte() -> None:
    """Hours run to 80, and their mirror image would not fit in eight bits."""
    answers = pd.DataFrame({"day_activity_hours_01": pd.array([80, None, 0], "Int16")})

    scored = score(answers, "day-activity-hours")["day_activity_hours_total"]

    assert scored.fillna(-1).tolist() == [80, -1, 0]


def test_a_wide_answer_is_reversed_without_overflow() -> None:
    """1 to 200 and its mirror image: 201 - 1."""
    one = load_instrument("life-satisfaction")
    scale = one.scales[0].model_copy(
        update={"reverse": ["life_satisfaction_01"], "range": (1.0, 200.0)}
    )
    wide = one.responses.model_copy(update={"high": 200})
    form = one.model_copy(update={"responses": wide, "scales": [scale]})
    answers = pd.DataFrame({"life_satisfaction_01": pd.array([1, 200, None], "UInt8")})

    scored = score(answers, form)["life_satisfaction_total"]

    assert scored.fillna(-1).tolist() == [200, 1, -1]


def test_large_answers_add_up_without_overflow() -> None:
    """Six times 20,000 does not fit in sixteen bits."""
    brs = load_instrument("brs")
    scale = brs.scales[0].model_copy(update={"combine": "sum", "reverse": []})
    wide = brs.responses.model_copy(update={"high": 20_000})
    form = brs.model_copy(update={"responses": wide, "scales": [scale]})

    scored = score(pd.DataFrame({item: [20_000] for item in brs.items}), form)

    assert scored["brs_total"].tolist() == [120_000]

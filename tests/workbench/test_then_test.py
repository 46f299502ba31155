"""A then-test walks the whole corridor: from an export to two changes side by side."""

from __future__ import annotations

from types import ModuleType

import numpy as np
import pandas as pd
import pytest

from pilot.design import then_tests
from pilot.estimation import shift_of
from pilot.results import Study
from pilot.workbench import open_study

SOURCES = """\
[[sources]]
files = "answers.csv"
wave_column = "meting"
date_column = "datum"
role  = "parent"
"""
AGAIN = 'waves = ["post"]\ncolumns = "toen_{item:02d}"\nthen_of = "pre"\n'
AGAINST = (2, 5, 6, 8, 9)


@pytest.fixture(scope="module")
def text(making: ModuleType) -> str:
    """Return a design: confidence is asked again, looking back."""
    return making.toml(
        SOURCES,
        making.asks("rses"),
        making.asks("rses-then", more=AGAIN),
        making.asks("lsns-6"),
        making.plans("rses_total", "self_efficacy"),
        making.plans("lsns_6_total", "network_strength"),
    )


def answers(total: int) -> list[int]:
    """Return ten answers of 0 to 3 whose score is a total, five items being turned round."""
    keyed = [total // 10 + (item <= total % 10) for item in range(1, 11)]
    return [3 - kept if item in AGAINST else kept for item, kept in enumerate(keyed, start=1)]


@pytest.fixture(scope="module")
def study(text: str, tmp_path_factory: pytest.TempPathFactory) -> Study:
    """Open seven people's forms: 15 at the start, 20 to 22 later, recalled as 10 to 16."""
    drawn, rows = np.random.default_rng(3), []
    for place in range(7):
        later = 20 + place % 3
        for wave, day, total in (("pre", "2025-03-10", 15), ("post", "2025-06-20", later)):
            row: dict[str, object] = {"nummer": 101 + place, "meting": wave, "datum": day}
            row |= {f"rses_{i:02d}": x for i, x in enumerate(answers(total), 1)}
            row |= {f"lsns_6_{i:02d}": int(drawn.integers(0, 6)) for i in range(1, 7)}
            if wave == "post":
                row |= {f"toen_{i:02d}": x for i, x in enumerate(answers(10 + place), 1)}
            rows.append(row)
    folder = tmp_path_factory.mktemp("then")
    (folder / "tables.toml").write_text(text, encoding="utf-8")
    data = folder / "exports"
    data.mkdir()
    pd.DataFrame(rows).astype(object).to_csv(data / "answers.csv", index=False)
    return open_study(folder / "tables.toml", data=data)


def test_from_export_to_both_changes(study: Study) -> None:
    """Items turned round, scored under names of its own, and set beside the change as asked."""
    at_post = study.scores[study.scores["wave"] == "post"]
    assert sorted(at_post["rses_then_total"]) == [10, 11, 12, 13, 14, 15, 16]
    assert study.scores.loc[study.scores["wave"] == "pre", "rses_then_total"].isna().all()

    asked = study.scores.assign(
        rses_total=study.scores["rses_total"] + (study.scores["participant"] == "101")
    )
    told = shift_of(asked, study.primary("self_efficacy"), then_tests(study.trajectory)[0])
    assert (told.n, told.n_left_out) == (7, 0)
    assert told.as_asked.estimate == pytest.approx(5 + 6 / 7)
    assert told.by_then_test.estimate == pytest.approx(20 + 6 / 7 + 1 / 7 - 13)


def test_no_estimate_is_made_of_what_was_recalled(study: Study) -> None:
    """A then-test is never an outcome: it stands in no row of estimates."""
    assert {each.outcome.key for each in study.estimates} == {"rses_total", "lsns_6_total"}

"""The committed table: complete, made by this code, and in agreement with what follows."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tests.validation.cells import CELLS
from tests.validation.draw import draw
from tests.validation.holding import holds_from
from tests.validation.measure import SETS, measure
from tests.validation.methods import METHODS
from tests.validation.page import page
from tests.validation.table import csv_text, packaged, read_records, records
from tests.validation.verdicts import REFUSED_BELOW, error

from pilot.estimation.ladder import COVERS_FROM
from pilot.presentation.outcomes import HELD

ROOT = Path(__file__).resolve().parents[2]
PACKAGED = ROOT / "src" / "pilot" / "estimation" / "validated.csv"
MADE_WITH = "## Made with"
PUBLISHED = {4: 88.0, 8: 89.0, 16: 91.0, 30: 92.5}
"""Coverage of t intervals for exponential changes, of 40,000 sets each, rounded."""


@pytest.fixture(scope="module")
def table() -> list[dict[str, Any]]:
    """Return the committed figures."""
    return read_records(ROOT / "docs" / "validation.csv")


def test_every_cell_and_method_stands_in_the_table(table: list[dict[str, Any]]) -> None:
    """With at least 4,000 data sets."""
    wanted = {
        (cell.name, each.name) for cell in CELLS for each in METHODS if each.in_cell(cell)
    }

    assert {(row["cell"], row["method"]) for row in table} == wanted
    assert {row["sets"] for row in table} == {SETS}
    assert SETS >= 4_000


def test_the_page_is_that_of_the_table(table: list[dict[str, Any]]) -> None:
    """Nobody edited it; only the versions it was made with may be others."""
    committed = (ROOT / "docs" / "validation.md").read_text(encoding="utf-8")

    assert committed.split(MADE_WITH)[0] == page(table).split(MADE_WITH)[0]


def test_the_package_carries_the_table(table: list[dict[str, Any]]) -> None:
    """The lowest coverage of each method and condition."""
    assert PACKAGED.read_text(encoding="utf-8") == csv_text(packaged(table))


@pytest.mark.parametrize("place", [0, 8, 40, 77, len(CELLS) - 5])
def test_figures_come_out_again(place: int, table: list[dict[str, Any]]) -> None:
    """Means, sites and sign flips over pairs of the same 4,000 data sets."""
    cell = CELLS[place]
    fast = ("paired_t", "persons_t", "site_means_t", "pooled_within_sites", "site_cr2")
    committed = {row["method"]: row for row in table if row["cell"] == cell.name}
    drawn = draw(cell, SETS)

    for method in METHODS:
        if method.name in fast:
            answers = method.answer(drawn)
            held = (answers.low <= answers.truth) & (answers.truth <= answers.high)
            given = np.isfinite(answers.low)
            row = committed[method.name]
            assert int(given.sum()) == row["intervals_95"]
            if given.any():
                assert round(float(held[given].mean()), 4) == row["coverage_95"]


def test_the_mixed_model_comes_out_again(table: list[dict[str, Any]]) -> None:
    """A model that was changed since makes the table old: run ``make validate``."""
    cell = next(cell for cell in CELLS if cell.families == 5 and cell.members == "one")
    committed = next(
        row for row in table if (row["cell"], row["method"]) == (cell.name, "mixed_kr")
    )
    mixed = next(each for each in METHODS if each.name == "mixed_kr")
    answers = mixed.answer(draw(cell, SETS))
    held = (answers.low <= 0) & (answers.high >= 0)

    assert float(held.mean()) == pytest.approx(committed["coverage_95"], abs=1.01 / SETS)
    assert float(np.mean(answers.high - answers.low)) == pytest.approx(
        committed["width"], abs=2e-4
    )


@pytest.mark.parametrize("n", sorted(PUBLISHED))
def test_exponential_changes_cover_as_published(n: int, table: list[dict[str, Any]]) -> None:
    """The t interval misses as it is known to, within three errors and the rounding."""
    row = next(
        row
        for row in table
        if (row["method"], row["shape"], row["families"]) == ("paired_t", "exponential", n)
    )
    share = PUBLISHED[n] / 100

    assert row["coverage_95"] == pytest.approx(share, abs=3 * error(share, SETS) + 0.005)


def test_a_method_that_may_be_planned_misses_no_more_than_is_told(
    table: list[dict[str, Any]],
) -> None:
    """No planned mean covers less than its limit in a core cell: too wide is all it may be."""
    short = [
        (row["method"], row["cell"], row["verdict"])
        for row in table
        if row["method"] in ("mixed_kr", "paired_t", "site_means_t")
        and row["part"] in ("core", "conservative")
        and "rejects" in str(row["verdict"])
    ]

    assert short == []


def test_88_is_one_number() -> None:
    """The table's limit, the ladder's, and what the public page promises."""
    assert REFUSED_BELOW == COVERS_FROM == float(HELD) / 100


def test_the_plan_agrees_with_the_table(table: list[dict[str, Any]]) -> None:
    """The mixed model answers from the number of families from which it covers 94 %."""
    from pilot.estimation import plan

    for waves in (2, 5):
        start = holds_from(table, waves)
        assert start is not None
        assert start <= plan.MIXED_FROM, waves


def test_records_read_back_as_written() -> None:
    """Numbers as numbers, and what is empty as empty."""
    made = records(measure(CELLS[0], sets=4, compared=0))
    text = csv_text(made)

    assert "4 families" in text
    assert made[0]["sets"] == 4

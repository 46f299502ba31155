"""What is measured is what people call, and it is judged by the limits that are told."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from tests.validation import __main__ as command
from tests.validation.answers import Answers
from tests.validation.cells import BASE, CELLS, FIVE, STRESS, Cell
from tests.validation.draw import draw
from tests.validation.measure import Row, measure
from tests.validation.methods import METHODS, Validated
from tests.validation.page import page
from tests.validation.same import DifferError, compare, pairs_of
from tests.validation.table import figures, read_records
from tests.validation.verdicts import part, verdict

from pilot.estimation import METHODS as REGISTRY
from pilot.estimation import Plan, Refusal

LIKE = {
    "mixed_kr": METHODS[0],
    **{method.name: method for method in METHODS},
}
KINDS = (
    replace(BASE, families=8),
    replace(BASE, families=6, sites="unbalanced", icc=0.5),
    replace(FIVE, families=8, loss="score"),
    replace(BASE, families=30, loss="random"),
    replace(BASE, families=8, shape="strong ceiling moved"),
    replace(BASE, families=12, members="one", icc=0.0, shape="exponential"),
)


def _row(method: str = "paired_t", cell: Cell = BASE, **figures: float) -> Row:
    known: dict[str, float] = {
        "pairs": 12.0,
        "refused": 0.0,
        "coverage_95": 0.95,
        "coverage_75": 0.75,
        "rejection": 0.05,
        "width": 1.0,
        "df": 11.0,
    }
    counts = {"sets": 4_000, "intervals_95": 4_000, "intervals_75": 4_000, "tests": 4_000}
    return Row(cell=cell, method=LIKE[method], **(known | counts | figures))  # type: ignore[arg-type]


@pytest.mark.parametrize("cell", KINDS, ids=lambda cell: cell.name)
def test_bulk_numbers_are_those_of_the_registry(cell: Cell) -> None:
    """To nine digits, method by method, for eight data sets of each kind of cell."""
    assert len(measure(cell, sets=8, compared=8)) >= 6


def test_a_bulk_number_that_differs_is_seen() -> None:
    """One millionth more on one estimate, and the run stops with the place."""
    paired = LIKE["paired_t"]
    drawn = draw(BASE, 2)
    right = paired.answer(drawn)
    wrong = replace(right, estimate=right.estimate + np.array([0.0, 1e-6]))
    off: Validated = replace(paired, answer=lambda drawn: wrong)

    compare(off, drawn, wrong, row=0)
    with pytest.raises(
        DifferError, match=r"12 families, data set 1, <lambda>, estimate: .* by"
    ):
        compare(off, drawn, wrong, row=1)


def test_the_registry_refuses_the_data_sets_that_count_as_refused() -> None:
    """Through the method itself, ladder and all, where a third of six families left."""
    drawn = draw(replace(BASE, families=6, members="one", loss="random"), 12)
    answers = LIKE["paired_t"].answer(drawn)
    refused = []
    for row in range(12):
        try:
            said = REGISTRY["paired_t"](pairs_of(drawn, row), Plan("paired_t"))
        except Refusal:
            refused.append(True)
            continue
        refused.append(said.refused)

    np.testing.assert_array_equal(np.isnan(answers.estimate), refused)
    assert 0 < sum(refused) < 12


def test_coverage_and_rejections_of_a_sample_that_is_known() -> None:
    """Three intervals, one without; the truth in two of three, one p of three below .05."""
    four = np.array([0.0, 0.0, 0.0, np.nan])
    ends = np.array([1.0, 1.0, 1.0, np.nan])
    low = np.array([-1.0, -1.0, 0.5, np.nan])
    p_value = np.array([0.5, 0.04, 0.06, np.nan])
    known = Answers(four, p_value, ends, low, ends, low, ends)
    method: Validated = replace(
        LIKE["paired_t"], answer=lambda drawn: known, in_cell=lambda cell: True
    )

    from tests.validation.measure import _row as row_of  # the one line between both

    row = row_of(method, draw(BASE, 4), 0)
    assert (row.coverage_95, row.intervals_95) == (2 / 3, 3)
    assert (row.rejection, row.tests, row.refused) == (1 / 3, 3, 0.25)


@pytest.mark.parametrize(
    ("row", "kind", "said"),
    [
        (_row(), "core", "holds"),
        (_row(coverage_95=0.934), "core", "holds"),
        (_row(coverage_95=0.931), "core", "misses: 95 % 93.1"),
        (_row(coverage_95=0.981), "core", "misses: 95 % 98.1"),
        (_row(coverage_75=0.70, rejection=0.07), "core", "misses: 75 % 70.0, rejects 7.0"),
        (_row("sign_flip", coverage_95=0.99, coverage_75=0.9), "conservative", "holds"),
        (_row("site_cr2", df=1.9, coverage_95=0.99), "conservative", "holds"),
        (_row("sign_flip", rejection=0.08), "conservative", "misses: rejects 8.0"),
        (_row("d_av", coverage_75=0.83), "standardised", "holds"),
        (_row("d_av", coverage_95=0.91), "standardised", "misses: 95 % 91.0"),
        (_row(cell=replace(BASE, families=4)), "below the ladder", "refused by the ladder"),
        (_row(cell=replace(BASE, loss="score")), "other estimand", "asks something else"),
        (_row("mixed_kr", cell=replace(BASE, loss="score")), "core", "holds"),
        (_row(cell=replace(BASE, site_change=0.5)), "conservative", "holds"),
        (
            _row(cell=replace(BASE, site_change=0.5, generalises_to="sites")),
            "other estimand",
            "asks something else",
        ),
        (_row("site_means_t", cell=STRESS[-1], coverage_95=0.87), "stress", "below 88"),
        (_row("site_means_t", cell=STRESS[-1], coverage_95=0.88), "stress", "as measured"),
        (_row(intervals_95=0, intervals_75=0, tests=0), "core", "always refused"),
    ],
)
def test_a_row_is_judged_by_its_part(row: Row, kind: str, said: str) -> None:
    """Limits of core, conservative, standardised and stress, within two Monte Carlo errors."""
    assert part(row) == kind
    assert said in verdict(row)
    assert (said == "holds") == (verdict(row) == "holds")


def test_one_process_and_two_say_the_same() -> None:
    """Rows come in the order of the cells with the same figures, whoever measured them."""
    cells = (replace(BASE, families=8), replace(BASE, loss="random"), KINDS[-1])
    work = partial(figures, sets=16, compared=0)
    one, two = (list(command.measured(cells, work, processes)) for processes in (1, 2))

    assert one == two
    assert [rows[0]["cell"] for rows in one] == [cell.name for cell in cells]


@pytest.fixture(scope="module")
def quick(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Run the whole command on a few data sets of every cell."""
    folder = tmp_path_factory.mktemp("validation")
    places = ["--docs", str(folder), "--package", str(folder)]
    command.main(["--quick", "--processes", "1", *places])
    return folder


def test_the_command_exercises_every_cell(quick: Path) -> None:
    """Every cell and method stands in the table, and nothing is left lying aside."""
    found = read_records(quick / "validation.csv")

    assert {row["cell"] for row in found} == {cell.name for cell in CELLS}
    assert {row["method"] for row in found} == {method.name for method in METHODS}
    assert sorted(each.name for each in quick.iterdir()) == [
        "validated.csv",
        "validation.csv",
        "validation.md",
    ]


def test_the_page_says_what_the_table_says(quick: Path) -> None:
    """It is made from the figures and nothing else."""
    assert (quick / "validation.md").read_text(encoding="utf-8") == page(
        read_records(quick / "validation.csv")
    )

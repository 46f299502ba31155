"""The way for big files gives what the careful way gives, and saves time and memory."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pilot.frames import items_of
from pilot.intake import columnar, opening, read_exports
from pilot.intake.columnar import read_big
from pilot.intake.layout import Layout
from pilot.intake.opening import read_tables
from pilot.intake.table import Table, as_text

NUMBERS = ["", "1", "4", "-2", "99", "127", "128", "3,5", "1.0", " 2", "2 ", " ", "+3", "0x3"]
WORDS = ["n.v.t.", "één", "weet niet", 'zegt "ja"', "een\ntwee", "a;b", "2025-01-03", "true"]
CELLS = st.sampled_from([*NUMBERS, *WORDS])
ROWS = st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=1, max_size=25)


def same(big: Table, careful: Table) -> None:
    """Compare two tables cell by cell, as text."""
    assert big.header == careful.header
    assert list(big.rows) == list(careful.rows)
    for one, other in zip(big.columns, careful.columns, strict=True):
        pd.testing.assert_series_equal(as_text(one), as_text(other), check_names=False)


def quoted(rows: list[list[str]], end: str, always: bool) -> str:
    """Write rows as CSV, cells in quotes where they need it or always."""

    def cell(text: str) -> str:
        needs = always or any(sign in text for sign in '";\n')
        return '"' + text.replace('"', '""') + '"' if needs else text

    return end.join(";".join(map(cell, row)) for row in rows) + end


@settings(max_examples=150, deadline=None)
@given(
    rows=ROWS,
    form=st.tuples(
        st.sampled_from(["\n", "\r\n"]),
        st.sampled_from(["utf-8", "utf-8-sig", "cp1252"]),
        st.booleans(),
    ),
    piece=st.integers(20, 400),
)
def test_both_ways_give_the_same(
    tmp_path_factory: pytest.TempPathFactory,
    rows: list[list[str]],
    form: tuple[str, str, bool],
    piece: int,
) -> None:
    """Whatever the cells, quotes, line ends and code page: same cells, same row numbers."""
    end, encoding, always = form
    path = tmp_path_factory.mktemp("big") / "a.csv"
    text = quoted([["nummer", "q1", "q2"], *rows], end, always)
    path.write_bytes(text.encode(encoding))
    careful = read_tables(path, "a.csv")[0]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(columnar, "PIECE", piece)
        patch.setattr(columnar, "SAMPLE", 3)
        big = read_big(path, "a.csv", Layout(text=frozenset(["nummer"])))

    if big is not None:
        same(big, careful)


@pytest.fixture
def small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make every file a big one, read in small pieces."""
    monkeypatch.setattr(opening, "BIG", 0)
    monkeypatch.setattr(columnar, "PIECE", 64)
    monkeypatch.setattr(columnar, "SAMPLE", 5)


def numbered(count: int) -> str:
    """Write a file of whole numbers, one cell of q2 empty."""
    lines = [f"P{at};{at % 5};{at % 7 if at != 3 else ''}" for at in range(count)]
    return "nummer;q1;q2\n" + "\n".join(lines) + "\n"


@pytest.mark.usefixtures("small_pieces")
def test_small_whole_numbers_take_one_byte(tmp_path: Path) -> None:
    """A column of small whole numbers comes as int8, with empty cells as Int8."""
    (tmp_path / "a.csv").write_text(numbered(200), encoding="utf-8")
    table = read_tables(tmp_path / "a.csv", "a.csv", Layout(text=frozenset(["nummer"])))[0]

    assert [str(column.dtype) for column in table.columns] == ["str", "int8", "Int8"]
    assert table.columns[1].sum() == sum(at % 5 for at in range(200))
    assert list(np.flatnonzero(pd.isna(table.columns[2]))) == [3]


@pytest.mark.usefixtures("small_pieces")
@pytest.mark.parametrize("late", ["n.v.t.", "300", " 3", "0x3", "3,5"])
def test_a_word_far_down_makes_the_column_text(tmp_path: Path, late: str) -> None:
    """One cell that is no plain number turns its column, and only that, into text."""
    text = numbered(200) + f"P200;{late};1\n" + "P201;2;2\n"
    (tmp_path / "a.csv").write_text(text, encoding="utf-8")
    table = read_tables(tmp_path / "a.csv", "a.csv", Layout(text=frozenset(["nummer"])))[0]

    assert [str(column.dtype) for column in table.columns] == ["str", "str", "Int8"]
    assert list(table.text(1))[-3:] == ["4", late, "2"]


@pytest.mark.usefixtures("small_pieces")
@pytest.mark.parametrize(
    "text",
    [
        numbered(40) + "P40;1\n",
        numbered(40) + "P40;1;2;3\n",
        numbered(40) + "\n" + "P41;1;2\n",
        numbered(40) + 'P40;"een\n\ntwee";2\n' + "P41;1;2\n",
        numbered(40) + 'P40;5";2\n' + numbered(90).partition("\n")[2],
        numbered(40).replace("\n", "\r"),
    ],
    ids=[
        "short row",
        "long row",
        "blank line",
        "blank line in quotes",
        "stray quote",
        "old Mac",
    ],
)
def test_what_needs_care_is_read_with_care(
    tmp_path: Path, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rows of another length and blank lines give the findings and numbers they always give."""
    (tmp_path / "a.csv").write_bytes(text.encode())
    big = read_tables(tmp_path / "a.csv", "a.csv")[0]
    monkeypatch.setattr(opening, "BIG", 10**9)
    careful = read_tables(tmp_path / "a.csv", "a.csv")[0]

    same(big, careful)
    assert (big.too_long, big.too_short) == (careful.too_long, careful.too_short)


@pytest.mark.usefixtures("small_pieces")
@pytest.mark.parametrize("encoding", ["cp1252", "utf-8", "mac_roman"])
def test_a_code_page_that_shows_late(tmp_path: Path, encoding: str) -> None:
    """The code page is found where the first letter with an accent stands."""
    text = numbered(300) + "P300;één;2\n"
    (tmp_path / "a.csv").write_bytes(text.encode(encoding))
    table = read_tables(tmp_path / "a.csv", "a.csv", Layout(text=frozenset(["nummer"])))[0]

    assert table.text(1).iloc[-1] == "één"
    assert (table.encoding, table.big) == (encoding, True)


@pytest.mark.usefixtures("small_pieces")
def test_received_alike_both_ways(
    design, folder: Path, held, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The public function gives the same answers, findings and counts for big and small."""
    rng = np.random.default_rng(5)
    lines = ["nummer;datum;" + ";".join(f"b{i}" for i in range(1, 7)) + ";gezondheid;extra"]
    for at in range(120):
        answers = ";".join(str(answer) for answer in rng.integers(1, 6, 6))
        lines.append(f"P{at:03};2025-01-03;{answers};{'goed' if at % 3 else ''};{at % 2}")
    (folder / "t0.csv").write_text("\n".join(lines), encoding="utf-8")
    big = read_exports(design(), folder)
    monkeypatch.setattr(opening, "BIG", 10**9)
    small = read_exports(design(), folder)

    assert big.responses["brs_01"].dtype == "int8"
    assert small.responses["brs_01"].dtype == "str"
    assert isinstance(big.responses["wave"].dtype, pd.CategoricalDtype)
    assert items_of(big.responses) == items_of(small.responses)
    assert held(big) == held(small)
    pd.testing.assert_frame_equal(big.counts, small.counts)
    pd.testing.assert_frame_equal(big.findings, small.findings)
    pd.testing.assert_frame_equal(big.quarantine, small.quarantine)


def test_answers_of_two_lines_across_blocks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A line break inside quotes ends no row, also where pyarrow cuts the file in blocks."""
    rows = [f'P{at};{at % 5};"een\ntwee {"x" * (at % 40)}"' for at in range(60_000)]
    (tmp_path / "a.csv").write_bytes(("nummer;q1;q2\n" + "\n".join(rows)).encode())
    monkeypatch.setattr(opening, "BIG", 0)
    table = read_tables(tmp_path / "a.csv", "a.csv", Layout(text=frozenset(["nummer"])))[0]

    assert table.big
    assert list(table.rows[[0, -1]]) == [2, 60_001]
    assert table.text(2).iloc[-1] == "een\ntwee " + "x" * (59_999 % 40)

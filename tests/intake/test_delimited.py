"""Text files come in as a person sees them, whatever program wrote them."""

from __future__ import annotations

from pathlib import Path

import pytest

from pilot.errors import IntakeError
from pilot.intake.delimited import find_delimiter
from pilot.intake.layout import Layout
from pilot.intake.opening import read_tables
from pilot.intake.table import Table

WORDS = [["nummer", "antwoord", "cijfer"], ["P1", "één keer", "7,5"], ["P2", "geïsoleerd", "6"]]


def written(path: Path, text: str, encoding: str = "utf-8") -> Path:
    """Write text as bytes, line ends untouched."""
    path.write_bytes(text.encode(encoding))
    return path


def read(path: Path, header_row: int = 1) -> Table:
    """Read the one table of a text file."""
    return read_tables(path, path.name, Layout(((None, header_row),)))[0]


def cells(table: Table) -> list[list[str | None]]:
    """Return a table's rows, header first, None where empty."""
    columns = [table.text(place) for place in range(len(table.header))]
    rows = [list(row) for row in zip(*columns, strict=True)]
    return [list(table.header), *[[None if c != c else c for c in row] for row in rows]]


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_delimiter_and_line_end(tmp_path: Path, delimiter: str, end: str) -> None:
    """The delimiter is found by itself, and a decimal comma stays as it was written."""
    lines = [delimiter.join(f'"{word}"' for word in row) for row in WORDS]
    table = read(written(tmp_path / "a.csv", end.join(lines) + end))

    assert cells(table) == WORDS
    assert table.delimiter == delimiter


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "mac_roman", "cp850"],
)
def test_every_encoding_that_excel_writes(tmp_path: Path, encoding: str) -> None:
    """Letters with accents survive every encoding, with or without a byte order mark."""
    text = "\r\n".join(";".join(row) for row in WORDS)

    assert cells(read(written(tmp_path / "a.csv", text, encoding))) == WORDS


def test_turkish_windows(tmp_path: Path) -> None:
    """A name with ş and ğ, as Turkish Windows writes it, is not taken for Icelandic."""
    table = read(written(tmp_path / "a.csv", "nummer;taal\nP1;Türkçe, Doğuş\n", "cp1254"))

    assert cells(table)[1] == ["P1", "Türkçe, Doğuş"]


def test_a_byte_without_a_letter(tmp_path: Path) -> None:
    """A byte that no code page knows is still read, as latin-1."""
    (tmp_path / "a.csv").write_bytes(b"nummer;q\nP1;\x81\x8d\x90\n")

    assert read(tmp_path / "a.csv").encoding in {"latin-1", "mac_roman", "cp850"}


def test_the_line_that_excel_reads_for_itself(tmp_path: Path) -> None:
    """After `sep=;` the header is row 1, as it is in Excel."""
    table = read(written(tmp_path / "a.csv", "sep=;\r\nnummer;q\r\nP1;1,5\r\n"))

    assert cells(table) == [["nummer", "q"], ["P1", "1,5"]]
    assert list(table.rows) == [2]


def test_commas_in_words_are_no_delimiter() -> None:
    """A header whose questions hold commas is split where the rows are."""
    text = "nummer;hoe gaat het, nu;en thuis, met wie\nP1;goed;alleen\nP2;slecht;samen\n"

    assert find_delimiter(text, 1)[1] == ";"


def test_row_numbers_are_those_of_excel(tmp_path: Path) -> None:
    """Title lines, blank rows and an answer of two lines each count as Excel counts them."""
    text = 'Meting najaar\n\nnummer;q\nP1;"een\ntwee"\n;\n\nP2;3\n'
    table = read(written(tmp_path / "a.csv", text), header_row=3)

    assert cells(table) == [["nummer", "q"], ["P1", "een\ntwee"], ["P2", "3"]]
    assert list(table.rows) == [4, 7]


def test_columns_and_cells_that_nobody_sees(tmp_path: Path) -> None:
    """Trailing delimiters make no columns, and a cell of spaces is an empty one."""
    table = read(written(tmp_path / "a.csv", "nummer;q;;\nP1;  ;;\nP2; 3 ;;\n"))

    assert cells(table) == [["nummer", "q"], ["P1", None], ["P2", " 3 "]]


def test_a_nameless_column_that_holds_something(tmp_path: Path) -> None:
    """A column without a name is called by its letter, so that a person finds it."""
    table = read(written(tmp_path / "a.csv", "nummer;;q\nP1;x;3\n"))

    assert table.header == ("nummer", "(column B)", "q")


def test_rows_of_another_length(tmp_path: Path) -> None:
    """A row with too many cells is kept apart whole; one with too few is kept and told of."""
    table = read(written(tmp_path / "a.csv", "nummer;q;r\nP1;1;2\nP2;1;2;3\nP3;1\n"))

    assert cells(table)[1:] == [["P1", "1", "2"], ["P3", "1", None]]
    assert table.too_long == ((3, ("P2", "1", "2", "3")),)
    assert table.too_short == (4,)


def test_a_quotation_mark_that_swallows_the_file(tmp_path: Path) -> None:
    """An unclosed quotation mark is refused with the row, not read as one long answer."""
    path = written(tmp_path / "a.csv", 'nummer;q\nP1;1\nP2;"een\nP3;2\nP4;3\n')

    with pytest.raises(IntakeError) as caught:
        read(path)
    assert str(caught.value) == (
        'a.csv, row 3: a quotation mark (") is opened and never closed: '
        "'een\\nP3;2\\nP4;3\\n' ...\n"
        "  mend: close it or take it out, and try again"
    )


def test_a_file_cut_in_its_last_letter(tmp_path: Path) -> None:
    """A UTF-8 file cut in the middle of a letter stays UTF-8; the other letters are right."""
    raw = "nummer;q\nP1;één\nP2;geë".encode()
    (tmp_path / "a.csv").write_bytes(raw[:-1])

    assert cells(read(tmp_path / "a.csv"))[1:] == [["P1", "één"], ["P2", "ge\ufffd"]]


def test_no_names_where_they_should_be(tmp_path: Path) -> None:
    """A header row that does not exist is refused, with the setting that mends it."""
    path = written(tmp_path / "a.csv", "nummer;q\nP1;1\n")

    with pytest.raises(
        IntakeError, match=r"a\.csv, row 9: holds no column names\n  mend: .*`header_row`"
    ):
        read(path, header_row=9)

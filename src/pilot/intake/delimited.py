"""Text files with a delimiter: which one it is, and the rows as Excel numbers them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from itertools import islice

from pilot.errors import IntakeError
from pilot.intake.encoding import decode
from pilot.intake.grid import Grid
from pilot.intake.table import Cells, cell

DELIMITERS = (";", ",", "\t", "|")
LOOKED_AT = 200  # rows from which the delimiter is judged


def read_delimited(raw: bytes, name: str, header_row: int) -> Grid:
    """Read a whole text file as a grid of cells.

    Raises
    ------
    IntakeError
        When it is no text, is empty, or a quotation mark swallows the rest of the file.
    """
    text, encoding = decode(raw, name)
    _refuse_binary(text, name)
    text, delimiter = find_delimiter(text, header_row)
    rows: list[Cells] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        rows.extend([cell(each) for each in cells] for cells in reader)
    except csv.Error as fault:
        raise IntakeError(
            f"{name}, row {len(rows) + 1}",
            f"cannot be split into cells: {fault}",
            'look for a quotation mark (") that is opened and never closed',
        ) from fault
    _refuse_swallowed(rows, delimiter, name)
    numbers = range(1, len(rows) + 1)
    return Grid(name, None, "csv", rows, numbers, True, encoding, delimiter)


def find_delimiter(text: str, header_row: int) -> tuple[str, str]:
    r"""Return the text from its first row on, and the delimiter.

    Excel's own first line ``sep=;`` is believed and, as in Excel, is no row. Otherwise the
    delimiter is the one that splits most rows into as many cells as the header.

    Examples
    --------
    >>> find_delimiter("sep=|\na|b\n1|2\n", 1)
    ('a|b\n1|2\n', '|')
    >>> find_delimiter("a;b\n1,5;2,5\n", 1)[1]
    ';'
    """
    first, _, rest = text.partition("\n")
    said = first.strip().strip('"')
    if said.lower().startswith("sep=") and len(said) == 5:
        return rest, said[4]
    if first.strip("\r").lower() == "sep=\t":
        return rest, "\t"
    best = max(DELIMITERS, key=lambda delimiter: _fit(text, delimiter, header_row))
    return text, best


def _fit(text: str, delimiter: str, header_row: int) -> tuple[bool, float, int]:
    """Return how well a delimiter splits: the header at all, most rows alike, in many cells."""
    lengths = [len(cells) for cells in _first_rows(text, delimiter, header_row)]
    if not lengths:
        return False, 0.0, 0
    usual = lengths[0] if lengths[0] > 1 else max(lengths, key=lengths.count)
    if usual < 2:
        return False, 0.0, 0
    return lengths[0] > 1, lengths.count(usual) / len(lengths), usual


def _first_rows(text: str, delimiter: str, header_row: int) -> Iterator[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    above = max(header_row - 1, 0)
    try:
        for cells in islice(reader, above, above + LOOKED_AT):
            if cells:
                yield cells
    except csv.Error:
        return


def _refuse_binary(text: str, name: str) -> None:
    head = text[:65536]
    odd = sum(1 for sign in head if sign < " " and sign not in "\t\n\r\f\x1a")
    if odd > 0.005 * len(head):
        raise IntakeError(
            name, "holds bytes that are no text", "export the answers again, as CSV or XLSX"
        )


def _refuse_swallowed(rows: list[Cells], delimiter: str, name: str) -> None:
    # A quotation mark that is opened in one row and closed in another swallows whole rows of
    # cells: each line break in it then comes with a row's worth of delimiters.
    full = max((len(cells) for cells in rows), default=2) - 1
    for number, cells in enumerate(rows, start=1):
        for text in filter(None, cells):
            breaks = len(text.splitlines()) - 1
            if breaks and text.count(delimiter) >= max(full, 1) * breaks:
                raise IntakeError(
                    f"{name}, row {number}",
                    f'a quotation mark (") is opened and never closed: {text[:20]!r} ...',
                    "close it or take it out, and try again",
                )

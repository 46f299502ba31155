"""The way for big text files: a piece at a time, column by column, never row by row.

What comes out equals what `delimited` gives, but that a column of nothing but small whole
numbers comes as numbers of one byte. Where a file has anything that needs a careful eye
(rows of unequal length, mixed encodings), it says so by giving nothing.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import pandas as pd

from pilot.errors import IntakeError
from pilot.intake.delimited import find_delimiter
from pilot.intake.encoding import decode, legacy
from pilot.intake.grid import names_of
from pilot.intake.layout import FIRST_FILLED, Layout
from pilot.intake.table import Table, cell, plain

HEAD = 2**20  # bytes in which the header is looked for
SAMPLE = 2_000  # rows from which types are guessed; a wrong guess is mended on the way
PIECE = 8 * 2**20  # bytes read at a time; more costs memory and gains no time
MOST_LINES = 1_000  # lines in one cell; more is a quotation mark that was never closed
TEXT: Any = pd.StringDtype(na_value=np.nan)
SMALL = re.compile(r"0|-?[1-9]\d{0,2}")
LONE_RETURN = re.compile(r"\r(?!\n)")


class NeedsCareError(Exception):
    """The file has something that only reading row by row gets right."""


def read_big(path: Path, name: str, layout: Layout) -> Table | None:
    """Read a big text file, or return None where it must be read row by row.

    Columns that `layout` names as text stay text. In a column that holds nothing but small
    whole numbers, ``03`` becomes 3; spaces around a number keep a column text.
    """
    with path.open("rb") as stream:
        try:
            return _Reading(stream, name, layout).table()
        except (NeedsCareError, IntakeError):
            return None


class _Reading:
    """One big file while it is read."""

    def __init__(self, stream: BinaryIO, name: str, layout: Layout) -> None:
        self.stream, self.name = stream, name
        head = stream.read(HEAD)
        whole = head[: head.rfind(b"\n") + 1]
        text, self.encoding = decode(whole, name)
        if (
            not whole
            or self.encoding.startswith(("utf-16", "utf-32"))
            or LONE_RETURN.search(text)
        ):
            raise NeedsCareError
        self.ascii = whole.isascii()
        self.spaces = False
        wanted = layout.header_row(None, first=True)
        rows_text, self.delimiter = find_delimiter(text, wanted)
        reader = csv.reader(io.StringIO(rows_text, newline=""), delimiter=self.delimiter)
        self.header_row, names = _header(reader, wanted)
        above = text.count("\n") - rows_text.count("\n")
        self.start = _offset(whole, above + reader.line_num)
        self.header = names_of([cell(each) for each in names], [], exact=True)
        self.width = len(names)
        sample = zip(*islice(reader, SAMPLE), strict=False)
        self.numbers = {
            place
            for place, (column, cells) in enumerate(zip(self.header, sample, strict=False))
            if plain(column) not in layout.text and _small_numbers(cells)
        }

    def table(self) -> Table:
        """Read piece after piece and put the columns together."""
        if len(self.header) < self.width or self.width < 2:
            raise NeedsCareError
        gathered: list[list[Any]] = [[] for _ in range(self.width)]
        for piece in self._pieces():
            for place, column in enumerate(self._columns(piece)):
                gathered[place].append(column)
        columns = []
        for place in range(self.width):
            columns.append(self._together(gathered[place]))
            gathered[place] = []
        _give_back_memory()
        first = self.header_row + 1
        rows = np.arange(first, first + len(columns[0]), dtype=np.int32)
        columns, rows = _without_blank_rows(columns, rows)
        return Table(
            file=self.name,
            name=self.name,
            sheet=None,
            kind="csv",
            header=self.header,
            columns=columns,
            rows=rows,
            encoding=self.encoding,
            delimiter=self.delimiter,
        )

    def _pieces(self) -> Iterator[bytes]:
        """Give the file in pieces that end where a row ends."""
        self.stream.seek(self.start)
        while piece := self.stream.read(PIECE):
            yield self._checked(piece + self._rest_of_row(piece))

    def _rest_of_row(self, piece: bytes) -> bytes:
        """Read on to where a row ends: at the first line break outside quotes."""
        rest, quotes = b"", piece.count(b'"') if b'"' in piece else 0
        for _ in range(MOST_LINES):
            line = self.stream.readline()
            rest += line
            quotes += line.count(b'"')
            if quotes % 2 == 0:
                return rest
        raise NeedsCareError

    def _checked(self, piece: bytes) -> bytes:
        if b"\0" in piece:
            raise NeedsCareError
        if not piece.isascii():
            piece = self._as_utf8(piece)
        self.spaces = self.spaces or b" " in piece
        return piece

    def _as_utf8(self, piece: bytes) -> bytes:
        try:
            text = piece.decode("utf-8" if self.encoding.startswith("utf-8") else self.encoding)
        except UnicodeDecodeError as fault:
            if not self.ascii or self.encoding != "utf-8":
                raise NeedsCareError from fault
            self.encoding = legacy(piece)
            text = piece.decode(self.encoding)
        self.ascii = False
        return text.encode()

    def _columns(self, piece: bytes) -> list[Any]:
        """Return one piece's columns, numbers where every cell so far allowed it."""
        import pyarrow as pa

        if self._hides_text(piece):
            return self._narrowed(piece)
        types = {place: pa.int8() for place in self.numbers}
        try:
            read = self._parse(piece, types)
        except pa.ArrowInvalid:
            return self._narrowed(piece)
        return [read.column(place) for place in range(self.width)]

    def _narrowed(self, piece: bytes) -> list[Any]:
        """Read a piece as text, then take as numbers the columns that still can be."""
        import pyarrow as pa

        try:
            read = self._parse(piece, {})
        except pa.ArrowInvalid as fault:
            raise NeedsCareError from fault
        for place in sorted(self.numbers):
            numbers = _as_numbers(read.column(place))
            if numbers is None:
                self.numbers.discard(place)
            else:
                read = read.set_column(place, str(place), numbers)
        return [read.column(place) for place in range(self.width)]

    def _parse(self, piece: bytes, types: dict[int, Any]) -> Any:
        import pyarrow as pa
        from pyarrow import csv as arrow

        names = [str(place) for place in range(self.width)]
        return arrow.read_csv(
            pa.BufferReader(pa.py_buffer(piece)),
            read_options=arrow.ReadOptions(column_names=names),
            parse_options=arrow.ParseOptions(
                delimiter=self.delimiter,
                newlines_in_values=b'"' in piece,
                ignore_empty_lines=False,  # Excel gives them a number too
            ),
            convert_options=arrow.ConvertOptions(
                column_types={
                    name: types.get(place, pa.string()) for place, name in enumerate(names)
                },
                null_values=[""],
                strings_can_be_null=True,
                quoted_strings_can_be_null=True,
            ),
        )

    def _hides_text(self, piece: bytes) -> bool:
        """Return whether a cell may be a number to pyarrow and more than that to a person."""
        edges = (self.delimiter.encode(), b"\n", b'"')
        if b" " in piece and any(
            edge + b" " in piece or b" " + edge in piece for edge in (*edges, b"\r")
        ):
            return True
        hexed = b"x" in piece or b"X" in piece
        return hexed and any(
            edge + sign in piece for edge in (*edges, b"-") for sign in (b"0x", b"0X")
        )

    def _together(self, chunks: list[Any]) -> Any:
        import pyarrow as pa

        if chunks and all(chunk.type == pa.int8() for chunk in chunks):
            return _numbers(_joined(chunks, pa.int8()))
        texts = [chunk.cast(pa.string()) for chunk in chunks]
        return _text(_joined(texts, pa.string()), blanks=self.spaces)


def _give_back_memory() -> None:
    # pyarrow keeps what it has freed; the rooms after this one need the room.
    import pyarrow as pa

    pa.default_memory_pool().release_unused()


def _as_numbers(column: Any) -> Any | None:
    import pyarrow as pa
    import pyarrow.compute as pc

    if pc.any(pc.match_substring(column, "x", ignore_case=True)).as_py():
        return None  # pyarrow takes 0x3 for 3; a person does not
    try:
        return column.cast(pa.int8())
    except pa.ArrowInvalid:
        return None


def _small_numbers(cells: tuple[str, ...]) -> bool:
    filled = {*cells} - {""}
    return bool(filled) and all(
        SMALL.fullmatch(cell) and -128 <= int(cell) <= 127 for cell in filled
    )


def _header(reader: Iterator[list[str]], wanted: int) -> tuple[int, list[str]]:
    """Return which row holds the names, and the names."""
    for number, cells in enumerate(reader, start=1):
        if number == wanted or (wanted == FIRST_FILLED and any(map(cell, cells))):
            return number, cells
    raise NeedsCareError


def _offset(head: bytes, lines: int) -> int:
    """Return at which byte the first row begins that stands so many lines down."""
    at = 0
    for _ in range(lines):
        at = head.index(b"\n", at) + 1
    return at


def _joined(columns: list[Any], type_: Any) -> Any:
    import pyarrow as pa

    return pa.chunked_array([chunk for column in columns for chunk in column.chunks], type_)


def _numbers(column: Any) -> Any:
    numbers = pd.Int8Dtype().__from_arrow__(column)  # type: ignore[attr-defined]
    return numbers if column.null_count else numbers.to_numpy("int8")


def _text(column: Any, *, blanks: bool) -> Any:
    import pyarrow as pa
    import pyarrow.compute as pc

    if blanks:
        seen = pc.not_equal(pc.utf8_trim_whitespace(column), "")
        column = pc.if_else(pc.fill_null(seen, False), column, pa.scalar(None, pa.string()))
    return TEXT.__from_arrow__(column)


def _without_blank_rows(columns: list[Any], rows: np.ndarray) -> tuple[list[Any], np.ndarray]:
    blank = np.ones(len(rows), dtype=bool)
    for column in columns:
        if isinstance(column, np.ndarray):
            return columns, rows
        blank &= np.asarray(column.isna())
        if not blank.any():
            return columns, rows
    return [column[~blank] for column in columns], rows[~blank]

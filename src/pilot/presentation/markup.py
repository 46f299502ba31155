"""Small pieces of HTML: text, lists, sections and tables that a screen reader can walk."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from html import escape

import pandas as pd

from pilot.design import Language

EN_DASH = "\N{EN DASH}"


def paragraph(text: str, kind: str = "") -> str:
    """Return a paragraph; `kind` is its class.

    Examples
    --------
    >>> paragraph("4 < 5", "doubt")
    '<p class="doubt">4 &lt; 5</p>'
    """
    return f"<p{_kind(kind)}>{escape(text)}</p>"


def bullets(lines: Iterable[str]) -> str:
    """Return a list of lines; nothing where there are none."""
    items = "".join(f"<li>{escape(line)}</li>" for line in lines)
    return f"<ul>{items}</ul>" if items else ""


def lines(told: Sequence[str]) -> str:
    """Return one line as a paragraph, several as a list."""
    return paragraph(told[0]) if len(told) == 1 else bullets(told)


def details(summary: str, *body: str) -> str:
    r"""Return what opens on asking, and stands open on paper; nothing where it is empty.

    Examples
    --------
    >>> details("More", paragraph("Four schools."))
    '<details>\n<summary>More</summary>\n<p>Four schools.</p>\n</details>'
    """
    inside = "\n".join(part for part in body if part)
    if not inside:
        return ""
    return f"<details>\n<summary>{escape(summary)}</summary>\n{inside}\n</details>"


def heading(text: str, level: int) -> str:
    """Return a heading."""
    return f"<h{level}>{escape(text)}</h{level}>"


def section(key: str, language: Language, title: str, *body: str, kind: str = "") -> str:
    """Return a section with a heading of its own, found by ``<key>-<language>``."""
    name = f"{key}-{language}"
    inside = "\n".join(part for part in body if part)
    return (
        f'<section id="{name}" aria-labelledby="{name}-title"{_kind(kind)}>\n'
        f'<h2 id="{name}-title">{escape(title)}</h2>\n{inside}\n</section>'
    )


def _kind(kind: str) -> str:
    return f' class="{kind}"' if kind else ""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: what stands above it, whether it holds numbers, or words too."""

    label: str
    numbers: bool = False
    words: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a caption, whose first column names the rows.

    Shows itself in a notebook; `frame` gives the same cells to calculate with words. Of the
    kind ``blocks`` each row is a block of its own on a narrow screen: a browser forgets then
    that it was a table, so that its parts say their roles, and a cell carries what stands
    above it. ``verdict`` puts the last column beside the name there.

    Examples
    --------
    >>> Table(
    ...     "Reach", (Column("stage"), Column("families", numbers=True)), (("started", "14"),)
    ... )
    Table('Reach', 1 row: stage, families)
    """

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    kind: str = ""
    note: str = ""

    def html(self) -> str:
        """Return the table with caption and scopes, in a region that can be scrolled."""
        head = "".join(
            f'<th scope="col"{self._role("columnheader")}{_align(column)}>'
            f"{escape(column.label)}</th>"
            for column in self.columns
        )
        group, row = self._role("rowgroup"), self._role("row")
        body = "\n".join(self._row(row) for row in self.rows)
        note = paragraph(self.note, "note") if self.note else ""
        label = escape(self.caption, quote=True)
        return (
            f'<div class="table" role="region" tabindex="0" aria-label="{label}">\n'
            f"<table{_kind(self.kind)}{self._role('table')}>\n"
            f"<caption>{escape(self.caption)}</caption>\n"
            f"<thead{group}><tr{row}>{head}</tr></thead>\n<tbody{group}>\n{body}\n</tbody>\n"
            f"</table>\n</div>{note}"
        )

    @property
    def _blocks(self) -> bool:
        return "blocks" in self.kind.split()

    def _role(self, role: str) -> str:
        return f' role="{role}"' if self._blocks else ""

    def _cell(self, column: Column, cell: str) -> str:
        above = f' data-label="{escape(column.label, quote=True)}"' if self._blocks else ""
        empty = " data-empty" if self._blocks and cell in ("", EN_DASH) else ""
        return f"<td{self._role('cell')}{above}{empty}{_align(column)}>{escape(cell)}</td>"

    def without(self, *places: int) -> Table:
        """Return the table without some of its columns, counted from 0."""
        kept = [place for place in range(len(self.columns)) if place not in places]
        return replace(
            self,
            columns=tuple(self.columns[place] for place in kept),
            rows=tuple(tuple(row[place] for place in kept) for row in self.rows),
        )

    def without_empty(self) -> Table:
        """Return the table without the columns in which nothing stands."""
        cells = list(zip(*self.rows, strict=True))
        return self.without(*(place for place, column in enumerate(cells) if not any(column)))

    def _row(self, row: Sequence[str]) -> str:
        first, *rest = row
        cells = "".join(
            self._cell(column, cell)
            for column, cell in zip(self.columns[1:], rest, strict=True)
        )
        name = f'<th scope="row"{self._role("rowheader")}>{escape(first)}</th>'
        return f"<tr{self._role('row')}>{name}{cells}</tr>"

    def frame(self) -> pd.DataFrame:
        """Return the cells as they are written, as a DataFrame."""
        return pd.DataFrame(list(self.rows), columns=[each.label for each in self.columns])

    def _repr_html_(self) -> str:
        return self.html()

    def __repr__(self) -> str:
        rows = f"{len(self.rows)} row{'' if len(self.rows) == 1 else 's'}"
        return f"Table({self.caption!r}, {rows}: {', '.join(c.label for c in self.columns)})"


def _align(column: Column) -> str:
    if not column.numbers:
        return ""
    return ' class="n words"' if column.words else ' class="n"'

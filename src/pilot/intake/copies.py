"""Sheets of a form that somebody copied: the copy is set aside and told of once."""

from __future__ import annotations

from collections.abc import Hashable, Iterable

import pandas as pd

from pilot.findings import finding
from pilot.intake.entry import Entry

MOVED = "row-moved"  # of rows that are set aside already


def set_copies_aside(entries: Iterable[Entry]) -> None:
    """Set sheets aside that hold exactly what another sheet of the same typing does.

    A copied sheet or workbook says that it is the same typing of the same wave, and so does
    one that somebody went on typing in: then they differ, and cleaning judges each row.

    Parameters
    ----------
    entries : iterable of Entry
        Before typings are compared; of two that are alike the shorter name stays.
    """
    seen: dict[Hashable, Entry] = {}
    for entry in sorted(entries, key=_by_name):
        first = seen.setdefault(_content(entry), entry)
        if first is entry or not entry.kept.any():
            continue
        told = finding(
            "sheet-copied",
            file=entry.table.file,
            found=f"{int(entry.kept.sum())} rows",
            expected=f"once, as in {first.table.file}",
        )
        entry.findings = [told, *(each for each in entry.findings if each["rule"] == MOVED)]
        for at in range(len(entry.table.rows)):
            if entry.kept[at]:
                entry.row_aside(at, dict(told))


def _content(entry: Entry) -> Hashable:
    """Return which typing a sheet is, and every cell that somebody can see."""
    cells = tuple(
        (name, tuple("" if pd.isna(text) else str(text) for text in column))
        for name, column in zip(entry.table.header, entry.table.columns, strict=True)
    )
    return str(entry.typed.marker), cells


def _by_name(entry: Entry) -> tuple[int, str]:
    """Order files so that a copy, whose name is longer, comes after what it was made of."""
    return len(entry.table.file), entry.table.file

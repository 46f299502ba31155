"""Register and events: tables with named columns, whose cells are read or set aside."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from pilot.design.dates import Written, read_date
from pilot.findings import finding
from pilot.intake.headers import Header, nearest_name
from pilot.intake.labels import occasion_seen
from pilot.intake.plan import Finding
from pilot.intake.quarantine import Aside
from pilot.intake.table import Table


class Records:
    """The rows of a table that one source reads, column by column.

    Parameters
    ----------
    table : Table
        One sheet.
    places : mapping of str to int
        Where each column of the result stands.
    picked : array of bool
        The rows this source is about.
    identity : tuple of str
        Columns that say who and where: they are no answers.

    Attributes
    ----------
    frame : DataFrame
        What was kept so far, one column a name in `places`; its index counts the rows.
    findings, aside : list, Aside
        What was seen, and what was set aside.
    """

    def __init__(
        self,
        table: Table,
        places: Mapping[str, int],
        picked: np.ndarray,
        identity: tuple[str, ...],
    ) -> None:
        self.table, self.places = table, dict(places)
        self.identity = [name for name in identity if name in places]
        self.findings: list[Finding] = []
        columns = {name: occasion_seen(table, place) for name, place in places.items()}
        self.frame = pd.DataFrame(columns, index=range(len(table.rows)))[picked]
        named = {place for name, place in places.items() if name not in self.identity}
        idle = set(range(len(table.header))) - named
        self.aside = Aside(table, idle, places.get("participant"), self._who)
        for place in idle - {self.places[name] for name in self.identity}:
            self.aside.hide(place)
        self.answers_in = int(self.frame.drop(columns=self.identity).notna().sum().sum())
        self.answers_in += self.aside.too_long()
        self.aside.too_short()
        self.rows_in = len(self.frame) + len(table.too_long)

    def _who(self) -> pd.DataFrame:
        who = pd.DataFrame(
            index=range(len(self.table.rows)), columns=["wave", "role"], dtype="str"
        )
        place = self.places.get("participant")
        who["participant"] = None if place is None else self.table.text(place)
        return who

    def tell(
        self, name: str, rows: Iterable[int], rule: str, expected: str | None = None
    ) -> None:
        """Tell of cells that are kept."""
        for at in rows:
            self.findings.append(self.finding_of(name, at, rule, expected))

    def refuse(self, name: str, rows: Iterable[int], rule: str, expected: str = "") -> None:
        """Set cells aside, each with a finding of its own."""
        for at in rows:
            told = self.finding_of(name, at, rule, expected or None)
            self.findings.append(told)
            mask = np.zeros(len(self.table.rows), dtype=bool)
            mask[at] = True
            self.aside.cells(self.places[name], mask, told)

    def refuse_together(self, names: Iterable[str], at: int, told: Finding) -> None:
        """Set some cells of one row aside, all for one reason, and leave them empty."""
        self.findings.append(told)
        mask = np.zeros(len(self.table.rows), dtype=bool)
        mask[at] = True
        for name in names:
            self.aside.cells(self.places[name], mask, told)
            self.frame.loc[at, name] = None

    def hide(self, name: str, rows: Iterable[int], expected: str) -> None:
        """Set cells aside that name a person: told and counted, but not what they say."""
        for at in rows:
            told = self.finding_of(name, at, "personal-data", expected) | {"found": None}
            self.findings.append(told)
            mask = np.zeros(len(self.table.rows), dtype=bool)
            mask[at] = True
            self.aside.cells(self.places[name], mask, told, "a name")

    def refuse_rows(self, name: str, rows: Iterable[int], rule: str) -> None:
        """Set whole rows aside, with every answer they hold."""
        gone = list(rows)
        for at in gone:
            held = [
                place
                for each, place in self.places.items()
                if each not in self.identity and self.table.filled(place)[at]
            ]
            self.aside.row(at, held, self.finding_of(name, at, rule, None))
        self.frame = self.frame.drop(index=gone)

    def finding_of(self, name: str, at: int, rule: str, expected: str | None) -> Finding:
        """Return a finding about one cell, which nobody is told of yet."""
        place = self.places.get(name)
        found = self.frame[name].get(at) if place is not None else None
        return finding(
            rule,
            file=self.table.file,
            row=int(self.table.rows[at]),
            participant=self.code(at),
            column=None if place is None else self.table.header[place],
            found=None if pd.isna(found) else found,
            expected=expected,
        )

    def code(self, at: int) -> str | None:
        """Return the participant's number on a row, if it has one."""
        code = self.frame["participant"].get(at) if "participant" in self.places else None
        return None if pd.isna(code) else str(code)

    def text(self, name: str) -> pd.Series:
        """Return a column as text without spaces around it, NA where there is none."""
        if name in self.places:
            return self.frame[name].str.strip()
        return pd.Series(
            pd.array([None] * len(self.frame), dtype="str"), index=self.frame.index
        )

    def dates(self, name: str) -> pd.Series:
        """Return a column as dates; cells that are none are set aside."""
        texts = self.text(name)
        known = {text: read_date(text) for text in texts.dropna().unique()}
        written = [known.get(text, Written()) for text in texts]
        days = pd.Series([each.day for each in written], index=texts.index, dtype=object)
        self.tell(name, texts.index[[each.serial for each in written]], "serial-date")
        unread = texts.index[texts.notna() & days.isna()]
        self.refuse(name, unread, "unreadable-date", "a date such as 2025-03-31")
        return pd.to_datetime(days).astype("datetime64[us]")

    def numbers(
        self, name: str, read: Callable[[str], float | None], expected: str
    ) -> pd.Series:
        """Return a column as numbers; cells that `read` gives None for are set aside."""
        texts = self.text(name)
        known = {text: read(text) for text in texts.dropna().unique()}
        numbers = texts.map(known).astype("Float64")
        wrong = texts.index[texts.notna() & numbers.isna()]
        self.refuse(name, wrong, "not-a-number", expected)
        return numbers

    def keys(
        self, name: str, key: Callable[[str], str | None], rule: str, *, keep: bool
    ) -> pd.Series:
        """Return a column as keys of the design; unknown words are kept or set aside."""
        texts = self.text(name)
        known = {text: key(text) for text in texts.dropna().unique()}
        keys = texts.map(known).astype("str")
        strangers = texts.index[texts.notna() & keys.isna()]
        if keep:
            self.tell(name, strangers, rule)
            return keys.fillna(texts)
        self.refuse(name, strangers, rule)
        return keys

    def counts(self, door: str) -> dict[str, Any]:
        """Return what came in, what was kept and what was set aside."""
        aside = sum(int(piece["column"].notna().sum()) for piece in self.aside.pieces)
        return {
            "door": door,
            "rows_in": self.rows_in,
            "rows_kept": len(self.frame),
            "rows_quarantined": self.rows_in - len(self.frame),
            "answers_in": self.answers_in,
            "answers_kept": self.answers_in - aside,
            "answers_quarantined": aside,
        }


def placed(
    table: Table, names: Mapping[str, Iterable[str]], needed: set[str]
) -> tuple[dict[str, int], list[Finding]]:
    """Find columns by any of their names; tell of what is needed and missing.

    Parameters
    ----------
    names : mapping of str to names
        What each column of the result may be called.
    needed : set of str
        Those whose absence is told.
    """
    header = Header(table.header)
    places = {name: header.find(*called) for name, called in names.items()}
    findings = [
        finding("column-spelling", file=table.file, column=table.header[place], expected=name)
        for place, name in sorted(header.respelled.items())
    ]
    for name in sorted(needed):
        if places.get(name) is None:
            called = next(iter(names[name]))
            near = nearest_name(called, table.header)
            findings.append(
                finding(
                    "missing-column", file=table.file, column=called, found=near, expected=name
                )
            )
    return {name: place for name, place in places.items() if place is not None}, findings

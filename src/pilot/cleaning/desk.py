"""The desk on which forms are judged: what stays, what was seen, what is set aside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pilot.cleaning.consent import consent_table
from pilot.cleaning.words import Column, Flags, Places, Words, word_of, words_of
from pilot.design import Trajectory
from pilot.design.exports import Exports
from pilot.findings import finding
from pilot.frames import QUARANTINE, items_of

Names = NDArray[np.object_]


@dataclass(frozen=True, slots=True, eq=False)
class Taken:
    """Single answers of one column that are set aside.

    Parameters
    ----------
    places : array of int
        Their rows on the desk.
    names, said, ids : sequence of str or None
        What the export calls their column, what stood there, and their finding.
    """

    places: Places
    names: Sequence[str | None]
    said: Sequence[str | None]
    ids: Sequence[str]


@dataclass(slots=True)
class Desk:
    """Forms that are being judged, one row a participant and wave.

    Each step of cleaning looks at `forms`, tells what it sees, and sets rows or answers
    aside. Nothing leaves the desk in another way.

    Parameters
    ----------
    trajectory : Trajectory
    forms : DataFrame
        Columns `RESPONSES`, then the answers. Its index is 0, 1, 2 ...
    register, events : DataFrame
        Columns `REGISTER` and `EVENTS`; may be empty.
    headings : dict of (str, str) to str, optional
        What the register calls its columns.

    Attributes
    ----------
    consent : DataFrame
        Columns `CONSENT`; empty where the register says nothing of it.
    permitted : set of (str, int)
        File and row of what those said before, of whom something may not be used.
    """

    trajectory: Trajectory
    forms: pd.DataFrame
    register: pd.DataFrame
    events: pd.DataFrame
    headings: dict[tuple[str, str], str] = field(default_factory=dict)
    findings: list[dict[str, Any]] = field(default_factory=list)
    aside: list[pd.DataFrame] = field(default_factory=list)
    rows_aside: int = 0
    exports: Exports = field(init=False)
    consent: pd.DataFrame = field(init=False)
    permitted: set[tuple[str, int]] = field(init=False, default_factory=set)
    _words: dict[str, Words] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.exports = Exports(self.trajectory, self.headings)
        self.consent = consent_table(self.register, self.trajectory)

    def take_in(self, other: Desk) -> None:
        """Add what another desk kept, saw and set aside below its own."""
        if len(other.forms):
            both = [each for each in (self.forms, other.forms) if len(each)]
            self.forms = pd.concat(both, ignore_index=True)[list(self.forms.columns)]
        self.findings += other.findings
        self.aside += other.aside
        self.rows_aside += other.rows_aside
        self.permitted |= other.permitted
        self._words.clear()

    def permit(self, rows: pd.DataFrame) -> None:
        """Remember that these rows were said while they were allowed."""
        self.permitted.update(zip(rows["file"].astype(str), rows["row"].tolist(), strict=True))

    def tell(self, rule: str, **place: Any) -> str:
        """Write down a finding and return its name."""
        told = finding(rule, **place)
        self.findings.append(told)
        return str(told["id"])

    def tell_of_row(self, rule: str, place: int, **what: Any) -> str:
        """Write down a finding about one row and return its name."""
        for name in ("file", "row", "participant"):
            value: Any = self.forms.loc[place, name]
            if not pd.isna(value):
                what[name] = value
        return self.tell(rule, **what)

    def names(self, column: str, places: Places) -> list[str]:
        """Return what the export calls an answer's column, for each of some rows."""
        files, roles, waves = self.words("file"), self.words("role"), self.words("wave")
        codes = (words.codes[places].tolist() for words in (files, roles, waves))
        each = list(zip(*codes, strict=True))
        known = {
            (file, role, wave): self.exports.heading(
                column, roles.word(role), waves.word(wave), files.word(file)
            )
            for file, role, wave in dict.fromkeys(each)
        }
        return [known[occasion] for occasion in each]

    def words(self, name: str) -> Words:
        """Return the different words of a column and which one each row holds."""
        if name not in self._words:
            self._words[name] = words_of(self.forms[name])
        return self._words[name]

    def replace(self, columns: dict[str, Any]) -> None:
        """Put judged columns in the place of received ones, without copying the others."""
        for name in columns:
            self._words.pop(name, None)
        self.forms = self.forms.assign(**columns)

    def set_rows_aside(self, places: Sequence[int], rule: str, ids: Sequence[str]) -> None:
        """Take whole rows from the desk: one row of quarantine an answer they held.

        Parameters
        ----------
        places : sequence of int
            Positions on the desk, each once.
        ids : sequence of str
            The finding of each of these rows.
        """
        if not len(places):
            return
        at = np.asarray(places, dtype=np.intp)
        keep = np.ones(len(self.forms), dtype=bool)
        keep[at] = False
        self.aside.append(self._table(rule, self._answers_of(at, ids)))
        self.rows_aside += len(at)
        self._words.clear()
        self.forms = self.forms[keep].reset_index(drop=True)

    def set_answers_aside(self, rule: str, taken: Taken) -> None:
        """Take single answers from the desk; the judged column comes in place of theirs."""
        self.aside.append(self._table(rule, taken))

    def _answers_of(self, places: Places, ids: Sequence[str]) -> Taken:
        rows: list[int] = []
        names: list[str | None] = []
        said: list[str | None] = []
        forms = self.forms.iloc[places]
        for column in items_of(forms):
            held = forms[column]
            here = np.flatnonzero(answered_in(held))
            rows += here.tolist()
            names += self.names(column, places[here])
            said += [word_of(value) for value in held.iloc[here]]
        blank = np.setdiff1d(np.arange(len(places)), rows).tolist()
        nothing = [None] * len(blank)
        every, names, said = [*rows, *blank], [*names, *nothing], [*said, *nothing]
        order = np.argsort(every, kind="stable").tolist()
        return Taken(
            places[[every[at] for at in order]],
            [names[at] for at in order],
            [said[at] for at in order],
            [ids[every[at]] for at in order],
        )

    def _table(self, rule: str, taken: Taken) -> pd.DataFrame:
        who = ("file", "row", "participant", "wave", "role")
        said: dict[str, Any] = {name: self.forms[name].array.take(taken.places) for name in who}
        said |= {"column": taken.names, "value": taken.said}
        said |= {"rule": [rule] * len(taken.ids), "finding": taken.ids}
        types = {name: "Int64" if name == "row" else "str" for name in QUARANTINE}
        return pd.DataFrame(
            {name: pd.array(said[name], dtype=types[name]) for name in QUARANTINE}
        )


def count_answers(forms: pd.DataFrame) -> int:
    """Return how many answers a table of responses holds: its cells that are not empty."""
    return sum(_count(forms[column]) for column in items_of(forms))


def _count(column: Column) -> int:
    whole = isinstance(column.dtype, np.dtype) and column.dtype.kind in "iu"
    return len(column) if whole else int(np.count_nonzero(answered_in(column)))


@dataclass(frozen=True, slots=True, eq=False)
class Numbers:
    """A judged column as plain whole numbers.

    Parameters
    ----------
    codes : array of int
        Anything where nobody answered.
    answered : array of bool or None
        Who answered; None when everybody did.
    """

    codes: NDArray[np.integer[Any]]
    answered: Flags | None


def numbers_of(column: Column, empty: int = 0) -> Numbers:
    """Return a judged column as plain whole numbers, with `empty` where nobody answered."""
    if isinstance(column.dtype, np.dtype):
        return Numbers(column.to_numpy(), None)
    answered = answered_in(column)
    codes = column.to_numpy(dtype=column.dtype.name.lower(), na_value=empty)
    return Numbers(codes, None if answered.all() else answered)


def answered_in(column: Column) -> Flags:
    """Return which rows hold an answer."""
    return column.notna().to_numpy(dtype=bool)

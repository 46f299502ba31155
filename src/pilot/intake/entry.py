"""One sheet of a form that somebody typed in: which rows hold something, and whose they are."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd

from pilot.design import Role, Site, Trajectory
from pilot.design.forms import (
    ABOUT,
    FORM_VERSION,
    KEY,
    OCCASION,
    WHO,
    Blank,
    asking_hash,
    blanks_of,
    participant_of_key,
)
from pilot.findings import finding
from pilot.intake.forms import Typed
from pilot.intake.plan import Finding
from pilot.intake.quarantine import Aside
from pilot.intake.table import Table, plain, text_array

TOLD = {*WHO, *OCCASION, ABOUT, FORM_VERSION}
FILLED_IN = {*WHO, FORM_VERSION}  # by the form itself


@dataclass(slots=True, eq=False)
class Entry:
    """One sheet while its rows are looked at.

    Attributes
    ----------
    typed : Typed
    table : Table
        The rows that hold something typed, answers as cleaning knows them.
    numbers : list of str or None
        Whose row each is.
    blanks : dict of str to Blank
        What today's design asks, by column.
    aside : Aside
    who : DataFrame
        Participant, wave and role of each row, for what is set aside.
    kept : array of bool
        The rows that go on; the others are set aside, or were only a second look.
    sites : tuple of Site
        What the design calls them.
    role : Role or None
        Whose form it is; None where the design no longer has that role.
    about_one : frozenset of str
        The columns of what is asked about one child.
    rows_aside : int
    findings : list of finding
    disputed : dict of (int, str) to finding
        Row and column of what two typings told differently of when and how.
    """

    typed: Typed
    table: Table
    numbers: list[str | None]
    blanks: dict[str, Blank]
    aside: Aside
    who: pd.DataFrame
    kept: np.ndarray
    sites: tuple[Site, ...] = ()
    role: Role | None = None
    about_one: frozenset[str] = frozenset()
    rows_aside: int = 0
    findings: list[Finding] = field(default_factory=list)
    disputed: dict[tuple[int, str], Finding] = field(default_factory=dict)

    @property
    def group(self) -> tuple[str, str, str, str]:
        """What the two times of typing have in common: wave, role, site, and who rates."""
        marker = self.typed.marker
        return marker.wave, marker.role, marker.site, marker.rater

    def place(self, column: str) -> int | None:
        """Return where a column stands, if it does."""
        return self.table.header.index(column) if column in self.table.header else None

    def owner(self, at: int) -> str:
        """Return the number that the form made a row for; empty on an open row."""
        keys = [p for p, name in enumerate(self.table.header) if is_key(name)]
        owners = [participant_of_key(self.cell(at, place) or "") for place in keys]
        return next((owner for owner in owners if owner), "")

    def cell(self, at: int, place: int) -> str | None:
        """Return what one cell holds."""
        text = self.table.columns[place][at]
        return None if pd.isna(text) else str(text)

    @property
    def answers(self) -> list[int]:
        """The columns that hold answers, those that the design does not know too."""
        return [
            place
            for place, name in enumerate(self.table.header)
            if name not in TOLD and not is_key(name)
        ]

    def where(self, at: int) -> dict[str, object]:
        """Return where a row stands, for a finding."""
        return {
            "file": self.table.file,
            "row": int(self.table.rows[at]),
            "participant": self.numbers[at],
        }

    def restore(self, at: int, number: str) -> None:
        """Give a row the number that the form knows it by."""
        told = finding(
            "number-restored",
            column="participant",
            found=self.numbers[at],
            expected=number,
            **self.where(at),
        )
        self.numbers[at] = number
        self.who.loc[at, "participant"] = number  # so that consent finds what is set aside
        self.findings.append(told | {"participant": number})
        place = self.place("participant")
        if place is not None:
            self.table.columns[place][at] = number

    def row_aside(self, at: int, told: Finding) -> None:
        """Set a whole row aside, with every answer it holds."""
        held = [place for place in self.answers if self.table.filled(place)[at]]
        self.aside.row(at, held, told)
        self.kept[at] = False
        self.rows_aside += 1

    def cell_aside(self, at: int, place: int, told: Finding) -> None:
        """Set one answer aside, with its finding told elsewhere."""
        mask = np.zeros(len(self.table.rows), dtype=bool)
        mask[at] = True
        if self.table.filled(place)[at]:
            self.aside.cells(place, mask, told)

    def left(self) -> Table:
        """Return the rows that go on, without the keys."""
        places = [p for p, name in enumerate(self.table.header) if not is_key(name)]
        table = _rows(self.table, self.kept)
        return replace(
            table,
            header=tuple(table.header[place] for place in places),
            columns=[table.columns[place] for place in places],
            formulas={},  # each was told of by its cell
        )


def is_key(column: str) -> bool:
    """Return whether a column holds the hidden keys of rows."""
    head, _, number = column.partition("_")
    return head == KEY and (not number or number.isdecimal())


def entry_of(typed: Typed, trajectory: Trajectory) -> Entry | None:
    """Return what was typed on a sheet, or None when nothing was.

    A row that was sorted apart from its answers, and every row of a form that asked
    something else than the design does now, is set aside.
    """
    marker = typed.marker
    table = _rows(typed.table, _touched(typed.table))
    if not len(table.rows) and not table.too_long:
        return None
    asked = _asked_now(typed, trajectory)
    blanks = {blank.column: blank for blank in asked or ()}
    table = replace(table, columns=_as_known(table, blanks))
    who = pd.DataFrame(index=range(len(table.rows)))
    numbers = _column(table, "participant")
    who["participant"] = pd.array(numbers, dtype="str")
    who["wave"], who["role"] = marker.wave, marker.role
    aside = Aside(table, _idle(table), _place(table, "participant"), lambda: who)
    kept = np.ones(len(table.rows), dtype=bool)
    entry = Entry(typed, table, numbers, blanks, aside, who, kept, tuple(trajectory.sites))
    entry.role = next((role for role in trajectory.roles if role.key == marker.role), None)
    entry.about_one = _about_one(trajectory, marker.role)
    entry.findings += typed.findings
    if asked is None:
        _refuse_older(entry, trajectory)
    else:
        _judge_rows(entry)
    _tell_formulas(entry)
    return entry


def _asked_now(typed: Typed, trajectory: Trajectory) -> list[Blank] | None:
    """Return what the design asks, or None where the form was made for another asking."""
    role, wave = typed.marker.role, typed.marker.wave
    if role not in [each.key for each in trajectory.roles] or wave not in trajectory.wave_keys:
        return None
    rater = typed.marker.rater
    same = asking_hash(trajectory, role, wave, rater) == typed.marker.asking
    return blanks_of(trajectory, role, wave, rater) if same else None


def _about_one(trajectory: Trajectory, role: str) -> frozenset[str]:
    """Return the columns of what a role is asked about one child."""
    return frozenset(
        column
        for asked in trajectory.asked
        if asked.index_child and asked.role == role
        for column in (
            *asked.items_of(trajectory.instruments[asked.instrument]),
            *asked.totals,
        )
    )


def _touched(table: Table) -> np.ndarray:
    """Return which rows hold something that a person typed."""
    touched = np.zeros(len(table.rows), dtype=bool)
    for place, name in enumerate(table.header):
        if name not in FILLED_IN and not is_key(name):
            touched |= table.filled(place)
    number, key = _place(table, "participant"), _place(table, KEY)
    if number is not None and key is not None:
        keys = _column(table, KEY)
        ours = np.array([bool(text and participant_of_key(text)) for text in keys], dtype=bool)
        touched |= table.filled(number) & ~ours
    return touched


def _place(table: Table, column: str) -> int | None:
    return table.header.index(column) if column in table.header else None


def _column(table: Table, column: str) -> list[str | None]:
    place = _place(table, column)
    if place is None:
        return [None] * len(table.rows)
    return [None if pd.isna(text) else str(text).strip() for text in table.columns[place]]


def _rows(table: Table, mask: np.ndarray) -> Table:
    numbers = {int(number) for number in table.rows[mask]}
    return replace(
        table,
        columns=[column[mask] for column in table.columns],
        rows=table.rows[mask],
        too_short=tuple(number for number in table.too_short if number in numbers),
    )


def _as_known(table: Table, blanks: dict[str, Blank]) -> list[object]:
    """Return the columns, an answer of a list as its number."""
    return [
        text_array([None if pd.isna(text) else blanks[name].read(str(text)) for text in column])
        if name in blanks
        else column
        for name, column in zip(table.header, table.columns, strict=True)
    ]


def _idle(table: Table) -> set[int]:
    return {p for p, name in enumerate(table.header) if name in TOLD or is_key(name)}


def _refuse_older(entry: Entry, trajectory: Trajectory) -> None:
    marker = entry.typed.marker
    told = finding(
        "older-form",
        file=entry.table.file,
        found=f"{marker.role}, {marker.wave}: {marker.asking}",
        expected=f"what {trajectory.key} asks now",
    )
    entry.findings.append(told)
    for place in entry.answers:
        entry.aside.cells(place, entry.table.filled(place), told)
    entry.rows_aside += len(entry.table.rows)
    entry.kept[:] = False


def _tell_formulas(entry: Entry) -> None:
    """Tell of cells that hold a sum that Excel made, not what somebody typed."""
    for at in range(len(entry.table.rows)):
        where = entry.where(at)
        for column, formulas in entry.table.formulas.items():
            formula = formulas.get(int(where["row"]))  # type: ignore[call-overload]
            said = None if formula is None else entry.cell(at, entry.table.header.index(column))
            if said not in (None, formula) and not is_key(column):
                told = finding(
                    "formula", column=column, found=formula, expected=f"typed: {said}", **where
                )
                entry.findings.append(told)


def _judge_rows(entry: Entry) -> None:
    """See by its keys whether each row is still one row, and whose."""
    places = [p for p, name in enumerate(entry.table.header) if is_key(name)]
    if len(places) < 2:
        entry.findings.append(finding("key-lost", file=entry.table.file, column=KEY))
    for at in range(len(entry.table.rows)):
        keys = {text.strip() for place in places if (text := entry.cell(at, place))}
        owners = [participant_of_key(key) for key in sorted(keys)]
        number = entry.numbers[at]
        if len(keys) > 1 or (owners and not may_be(number, owners[0])):
            found = ", ".join(str(owner or "?") for owner in owners)
            told = finding(
                "row-moved",
                column="participant",
                found=number,
                expected=found,
                **entry.where(at),
            )
            entry.row_aside(at, told)
        elif owners and owners[0] and number != owners[0]:
            entry.restore(at, owners[0])
    place = entry.place("participant")
    if place is not None:
        entry.table.columns[place] = text_array(entry.numbers)


def may_be(number: str | None, owner: str | None) -> bool:
    """Return whether a number is the owner's, but for zeros that Excel took away.

    Examples
    --------
    >>> may_be("7", "007"), may_be("p3", "P3"), may_be("8", "007")
    (True, True, False)
    """
    if not owner or number is None:
        return True
    return plain(number).lstrip("0") == plain(owner).lstrip("0")

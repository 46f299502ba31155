"""What is set aside at the door, one row an answer, and why."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pandas as pd

from pilot.findings import finding
from pilot.frames import QUARANTINE
from pilot.intake.grid import letter
from pilot.intake.personal import cell_looks_personal, holds_personal, looks_personal
from pilot.intake.plan import Finding
from pilot.intake.table import Table

# Under these, a cell is set aside in which anybody may have written anything.
OF_NOTES = ("unknown-column", "row-moved", "long-row", "older-form")


def not_kept(what: str) -> str:
    """Return what stands in quarantine for a cell that holds who somebody is.

    Examples
    --------
    >>> not_kept("a name")
    '(not kept: looks like a name)'
    """
    return f"(not kept: looks like {what})"


def _without_people(values: pd.Series) -> pd.Series:
    """Return notes, but of those that tell who somebody is only that they do."""
    seen = {text: holds_personal(text) for text in values.dropna().unique()}
    telling = {text: not_kept(what) for text, what in seen.items() if what is not None}
    return values.map(lambda text: telling.get(text, text)) if telling else values


class Aside:
    """The quarantine of one table.

    Of columns that nobody knows and that look like names, addresses or the like, only the
    place of each cell is kept.

    Parameters
    ----------
    table : Table
        Where the cells come from.
    idle : set of int
        Columns that hold no answers.
    code : int or None
        The column with the participant's number.
    who : callable
        Gives participant, wave and role of every row; called once, when first needed.

    Attributes
    ----------
    hidden : dict of int to str
        Columns whose content is not kept, and what they look like; see `hide`.
    """

    def __init__(
        self,
        table: Table,
        idle: set[int],
        code: int | None,
        who: Callable[[], pd.DataFrame],
    ) -> None:
        self.table, self.idle, self.code = table, idle, code
        self.pieces: list[pd.DataFrame] = []
        self.findings: list[Finding] = []
        self.hidden: dict[int, str] = {}
        self._who = who
        self._known: pd.DataFrame | None = None

    def hide(self, place: int) -> str | None:
        """Keep nothing of a column that nobody knows if it looks like who people are."""
        what = looks_personal(self.table.header[place], self.table.text(place).dropna())
        if what is not None:
            self.hidden[place] = what
        return what

    def cells(
        self, place: int, mask: np.ndarray, told: Finding, hidden: str | None = None
    ) -> None:
        """Set the cells of one column aside, all for the same reason."""
        values = self.table.text(place)[mask]
        if hidden is not None:
            values = pd.Series([not_kept(hidden)] * len(values), dtype="str")
        self._add(np.flatnonzero(mask), values, place, told)

    def row(self, at: int, places: Sequence[int], told: Finding) -> None:
        """Set a whole row aside: every answer it holds, or the row alone if it holds none."""
        who = self._told_of(np.array([at]))
        told["participant"] = who["participant"].iloc[0]
        self.findings.append(told)
        for place in places:
            self._add(np.array([at]), self.table.text(place).iloc[[at]], place, told)
        if not places:
            self._add(np.array([at]), pd.Series([None], dtype="str"), None, told)

    def too_long(self) -> int:
        """Set the rows aside that have more cells than names; return how many answers."""
        answers = 0
        width = len(self.table.header)
        for number, cells in self.table.too_long:
            told = finding(
                "long-row",
                file=self.table.file,
                row=number,
                participant=None if self.code is None else cells[self.code],
                found=f"{len(cells)} cells",
                expected=f"{width} cells",
            )
            self.findings.append(told)
            held = [
                p for p, cell in enumerate(cells) if cell is not None and p not in self.idle
            ]
            answers += len(held)
            for place in held:
                self._add_cell(number, self._shown(place, cells[place]), place, told)
            if not held:
                self._add_cell(number, None, None, told)
        return answers

    def too_short(self) -> None:
        """Tell of the rows that stop early; what they hold is kept."""
        for number in self.table.too_short:
            self.findings.append(
                finding(
                    "short-row",
                    file=self.table.file,
                    row=number,
                    expected=f"{len(self.table.header)} cells",
                )
            )

    def _add(self, at: np.ndarray, values: pd.Series, place: int | None, told: Finding) -> None:
        who = self._told_of(at)
        if place in self.hidden:
            values = pd.Series([not_kept(self.hidden[place])] * len(at), dtype="str")
        elif told["rule"] in OF_NOTES:
            values = _without_people(values)
        self.pieces.append(
            pd.DataFrame(
                {
                    "file": self.table.file,
                    "row": self.table.rows[at],
                    "participant": who["participant"].to_numpy(),
                    "wave": who["wave"].to_numpy(),
                    "role": who["role"].to_numpy(),
                    "column": self._name(place),
                    "value": values.to_numpy(),
                    "rule": told["rule"],
                    "finding": told["id"],
                },
                columns=list(QUARANTINE),
            )
        )

    def _add_cell(
        self, number: int, value: str | None, place: int | None, told: Finding
    ) -> None:
        record: dict[str, Any] = dict.fromkeys(QUARANTINE)
        record |= {"file": self.table.file, "row": number, "value": value}
        record |= {"participant": told["participant"]}
        record |= {"column": self._name(place), "rule": told["rule"], "finding": told["id"]}
        self.pieces.append(pd.DataFrame([record], columns=list(QUARANTINE)))

    def _shown(self, place: int, value: str | None) -> str | None:
        """Return a cell of a row with too many cells, where any may have moved right."""
        moved = [what for first, what in self.hidden.items() if first <= place]
        what = moved[-1] if moved else cell_looks_personal(value)
        what = what or (holds_personal(value) if value else None)
        return value if what is None else not_kept(what)

    def _name(self, place: int | None) -> str | None:
        if place is None:
            return None
        header = self.table.header
        return header[place] if place < len(header) else f"(column {letter(place + 1)})"

    def _told_of(self, at: np.ndarray) -> pd.DataFrame:
        if self._known is None:
            self._known = self._who()
        return self._known.iloc[at]

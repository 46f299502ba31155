"""What is set aside at the door, one row an answer, and why."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pandas as pd

from pilot.findings import finding
from pilot.frames import QUARANTINE
from pilot.intake.grid import letter
from pilot.intake.plan import Finding
from pilot.intake.table import Table


class Aside:
    """The quarantine of one table.

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
        self._who = who
        self._known: pd.DataFrame | None = None

    def cells(self, place: int, mask: np.ndarray, told: Finding) -> None:
        """Set the cells of one column aside, all for the same reason."""
        self._add(np.flatnonzero(mask), self.table.text(place)[mask], place, told)

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
                self._add_cell(number, cells[place], place, told)
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

    def _name(self, place: int | None) -> str | None:
        if place is None:
            return None
        header = self.table.header
        return header[place] if place < len(header) else f"(column {letter(place + 1)})"

    def _told_of(self, at: np.ndarray) -> pd.DataFrame:
        if self._known is None:
            self._known = self._who()
        return self._known.iloc[at]

"""Register, events and quotes while they are judged: a cell or a row is kept, or set aside."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from pilot.cleaning.words import Flags
from pilot.design.exports import Exports
from pilot.findings import finding, quarantine_table
from pilot.frames import EVENTS, GROUP, QUOTES, REGISTER

# Columns that say where a row comes from, whose it is and where: they are no answers.
PLACES = {
    "register": ("file", "row", "participant"),
    "events": ("file", "row", "event", "participant", "family", "site"),
    "quotes": ("file", "row", "participant"),
}
COLUMNS = {"register": REGISTER, "events": EVENTS, "quotes": QUOTES}


@dataclass(slots=True)
class Listed:
    """The rows of the register, of events or of quotes.

    Parameters
    ----------
    kind : {"register", "events", "quotes"}
    frame : DataFrame
        Its rows; the index is 0, 1, 2 ...
    exports : Exports
        Knows what the files call their columns.
    headings : dict of (str, str) to str
        What the files of quotes call theirs.
    """

    kind: str
    frame: pd.DataFrame
    exports: Exports
    headings: dict[tuple[str, str], str] = field(default_factory=dict)
    findings: list[dict[str, Any]] = field(default_factory=list)
    aside: list[dict[str, Any]] = field(default_factory=list)
    came: tuple[int, int] = field(init=False)

    def __post_init__(self) -> None:
        self.came = (len(self.frame), self._cells())

    def tell(self, rule: str, place: int, **what: Any) -> str:
        """Write down a finding about one row and return its name."""
        where = dict(self.frame.loc[place, ["file", "row", "participant"]].dropna())
        told = finding(rule, **where, **what)
        self.findings.append(told)
        return str(told["id"])

    def heading(self, place: int, name: str) -> str:
        """Return what the file of a row calls a column; its own name where no design says."""
        if self.kind == "events":
            return self.exports.event_column(str(self.frame.loc[place, "file"]), name)
        if self.kind == "quotes":
            return self.headings.get((str(self.frame.loc[place, "file"]), name), name)
        file = str(self.frame.loc[place, "file"])
        return self.exports.register_column(name, file) or name

    def set_cells_aside(self, name: str, ids: dict[int, str]) -> None:
        """Take cells of one column out of their rows, which stay.

        Parameters
        ----------
        ids : dict of int to str
            The finding of each row's cell.
        """
        for place, told in ids.items():
            self._put(place, name, self.frame.loc[place, name], told)
        kept = self.frame[name].copy()
        kept.loc[list(ids)] = pd.NaT if pd.api.types.is_datetime64_any_dtype(kept) else None
        self.frame = self.frame.assign(**{name: kept})

    def set_rows_aside(self, ids: dict[int, str]) -> None:
        """Take whole rows out, with every cell they hold."""
        for place, told in ids.items():
            held = self.frame.loc[place, self._answers()].dropna()
            for name, value in held.items():
                self._put(place, str(name), value, told)
            if held.empty:
                self._put(place, None, None, told)
        self.frame = self.frame.drop(index=list(ids))

    def marked(self, where: Flags) -> list[int]:
        """Return the rows that are marked."""
        return [int(place) for place in self.frame.index[np.asarray(where, dtype=bool)]]

    def door(self) -> dict[str, Any]:
        """Return what came in, what was kept and what was set aside."""
        cells = self._cells()
        return {
            "door": f"{self.kind} judged",
            "rows_in": self.came[0],
            "rows_kept": len(self.frame),
            "rows_quarantined": self.came[0] - len(self.frame),
            "answers_in": self.came[1],
            "answers_kept": cells,
            "answers_quarantined": self.came[1] - cells,
        }

    def quarantine(self) -> pd.DataFrame:
        """Return what was set aside, one row a cell."""
        return quarantine_table(self.aside)

    def _answers(self) -> list[str]:
        own = (*COLUMNS[self.kind], *([GROUP] if GROUP in self.frame else []))
        return [name for name in own if name not in PLACES[self.kind]]

    def _cells(self) -> int:
        return int(self.frame[self._answers()].notna().sum().sum())

    def _put(self, place: int, column: str | None, value: Any, told: str) -> None:
        row: dict[Any, Any] = self.frame.loc[place].to_dict()
        where = {name: row[name] for name in ("file", "row", "participant")}
        heading = None if column is None else self.heading(place, column)
        text = f"{value:%Y-%m-%d}" if isinstance(value, pd.Timestamp) else value
        rule = next(each["rule"] for each in reversed(self.findings) if each["id"] == told)
        self.aside.append(
            {name: None if pd.isna(what) else what for name, what in where.items()}
            | {"column": heading, "value": None if text is None else str(text)}
            | {"rule": rule, "finding": told}
        )

"""What linking sees and sets aside on its way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pilot.design import Trajectory
from pilot.design.exports import Exports
from pilot.findings import finding, findings_table, quarantine_table
from pilot.frames import items_of

Column: TypeAlias = "pd.Series[Any]"
Flags: TypeAlias = NDArray[np.bool_]


@dataclass(slots=True)
class Tray:
    """Findings and quarantine of the room."""

    trajectory: Trajectory
    told: list[dict[str, Any]] = field(default_factory=list)
    aside: list[dict[str, Any]] = field(default_factory=list)
    rows_aside: int = 0
    headings: dict[tuple[str, str], str] = field(default_factory=dict)
    exports: Exports = field(init=False)

    def __post_init__(self) -> None:
        self.exports = Exports(self.trajectory, self.headings)

    @property
    def findings(self) -> pd.DataFrame:
        """What was seen, as a table."""
        return findings_table(self.told).drop_duplicates("id")

    @property
    def quarantine(self) -> pd.DataFrame:
        """What was set aside, as a table."""
        return quarantine_table(self.aside)

    def tell(self, rule: str, row: Column, **what: Any) -> str:
        """Write down a finding about a row that has a file, number and participant."""
        where = dict(row[["file", "row", "participant"]].dropna())
        told = finding(rule, **where, **what)
        self.told.append(told)
        return str(told["id"])

    def set_aside(
        self, forms: pd.DataFrame, where: Flags, rule: str, ids: Sequence[str]
    ) -> pd.DataFrame:
        """Take rows out, an answer each into quarantine; return the rows that remain."""
        columns = items_of(forms)
        taken = forms[where]
        for (_, row), name in zip(taken.iterrows(), ids, strict=True):
            said = row[columns].dropna()
            known = row[["file", "row", "participant", "wave", "role"]].dropna()
            told = dict(known) | {"rule": rule, "finding": name}
            self.aside += [self._answer(told, item, value) for item, value in said.items()]
            if said.empty:
                self.aside.append(told)
        self.rows_aside += len(taken)
        return forms[~where] if len(taken) else forms

    def set_answers_aside(
        self, forms: pd.DataFrame, where: Flags, items: list[str], why: tuple[str, list[str]]
    ) -> pd.DataFrame:
        """Take answers to some items out of rows that stay; return all the rows.

        Parameters
        ----------
        why : (str, list of str)
            The rule, and the finding of each marked row.
        """
        rule, ids = why
        for (_, row), name in zip(forms[where].iterrows(), ids, strict=True):
            known = row[["file", "row", "participant", "wave", "role"]].dropna()
            told = dict(known) | {"rule": rule, "finding": name}
            self.aside += [
                self._answer(told, at, said) for at, said in row[items].dropna().items()
            ]
        marked = pd.Series(where, index=forms.index)
        return forms.assign(**{item: forms[item].mask(marked) for item in items})

    def _answer(self, told: dict[str, Any], item: Any, value: Any) -> dict[str, Any]:
        column = self.exports.heading(
            item, told.get("role"), told.get("wave"), told.get("file")
        )
        return told | {"column": column, "value": f"{value:g}"}

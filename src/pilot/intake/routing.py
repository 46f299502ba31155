"""Every cell of a table goes somewhere: to the responses, or to quarantine with a reason."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from pilot.design import Trajectory
from pilot.findings import finding
from pilot.frames import GROUP, OCCASION, RATED_BY
from pilot.intake.claims import Claim
from pilot.intake.labels import answers_seen, occasion_seen
from pilot.intake.patterns import key_of
from pilot.intake.plan import Finding, Plan
from pilot.intake.quarantine import Aside
from pilot.intake.slots import Place, Slot
from pilot.intake.table import Table, as_text, plain

Mask = np.ndarray


@dataclass(slots=True)
class Routed:
    """What became of one table."""

    responses: list[pd.DataFrame] = field(default_factory=list)
    aside: list[pd.DataFrame] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    rows_kept: int = 0
    rows_aside: int = 0
    answers_in: int = 0


def route(plan: Plan, trajectory: Trajectory) -> Routed:
    """Send every cell of a table where it belongs.

    A cell goes to the first source that reads its column and selects its row. What no
    source reads, or no source selects, goes to quarantine. A row of a wide file gives a
    response for every wave it holds something of.
    """
    return _Routing(plan, trajectory).done()


class _Routing:
    """One table while its cells are sent where they belong."""

    def __init__(self, plan: Plan, trajectory: Trajectory) -> None:
        self.plan, self.table, self.trajectory = plan, plan.table, trajectory
        self.routed = Routed(findings=list(plan.findings))
        self.picked = [selected(slot.claim, self.table) for slot in plan.slots]
        anybody = np.logical_or.reduce(self.picked)
        nobody = np.logical_or.reduce(
            [~anybody & selected(claim, self.table) for claim in plan.ignores]
            or [~anybody & False]
        )
        self.ours = ~nobody
        self.unpicked = ~anybody & self.ours
        self.answers = [p for p in range(len(self.table.header)) if p not in plan.idle]
        self.left: dict[int, Mask] = {}
        self.none = np.zeros(len(self.table.rows), dtype=bool)
        codes = [slot.occasion.get("participant") for slot in plan.slots]
        self.aside = Aside(self.table, plan.idle, codes[0], self._who)
        self._hide_personal()

    def done(self) -> Routed:
        """Send responses, then what is left."""
        routed = self.routed
        routed.answers_in = sum(int(np.count_nonzero(self._free(p))) for p in self.answers)
        self._send_responses()
        self._send_unpicked()
        self._send_strays()
        routed.answers_in += self.aside.too_long()
        routed.rows_aside += len(self.table.too_long)
        self.aside.too_short()
        routed.aside = self.aside.pieces
        routed.findings += self.aside.findings
        return routed

    def _hide_personal(self) -> None:
        for place, told in self.plan.strays.items():
            if told["rule"] == "unknown-column" and self.aside.hide(place):
                known = finding("personal-data", file=told["file"], column=told["column"])
                self.plan.strays[place] = known
                self.routed.findings.remove(told)
                self.routed.findings.append(known)

    def _free(self, place: int) -> Mask:
        """Return which cells of a column hold something that nobody has read."""
        left = self.left.get(place)
        return self.table.filled(place) & self.ours if left is None else left

    def _take(self, place: int, mask: Mask) -> None:
        left = self._free(place) & ~mask
        self.left[place] = left if left.any() else self.none

    def _send_responses(self) -> None:
        alone = len(self.plan.slots) == 1
        made = []
        for slot, picked in zip(self.plan.slots, self.picked, strict=True):
            values, holds = self._read(slot, picked)
            for place in slot.own:
                holds |= picked & self.table.filled(place)
            made.append((slot, values, picked if alone else holds))
        # A row that holds nothing of any wave or role still tells that somebody was there.
        without = np.logical_or.reduce(self.picked)
        for _, _, rows in made:
            without = without & ~rows
        for (slot, values, rows), picked in zip(made, self.picked, strict=True):
            kept = rows | (without & picked)
            without = without & ~picked
            if kept.any():
                self.routed.rows_kept += int(kept.sum())
                self.routed.responses.append(self._frame(slot, values, kept))

    def _read(self, slot: Slot, picked: Mask) -> tuple[dict[str, Any], Mask]:
        """Take the cells that a slot reads; say which rows it read something of."""
        values: dict[str, Any] = {}
        holds = np.zeros(len(picked), dtype=bool)
        for item, places in slot.items.items():
            read = np.zeros(len(picked), dtype=bool)
            for place in places:
                mask = picked & self._free(place.position) & ~read
                if len(places) > 1:
                    mask &= self._asked_there(slot, place)
                column = self._masked(place, mask)
                if item in values:
                    column = as_text(column).where(mask, as_text(values[item]))
                values[item] = column
                self._take(place.position, mask)
                read |= mask
            holds |= read
        return values, holds

    def _masked(self, place: Place, mask: Mask) -> pd.Series:
        column = answers_seen(self.table, place.position, place.asked, self.trajectory)
        if column is None:
            column = pd.Series(self.table.columns[place.position], copy=False)
        if np.array_equal(mask, self.table.filled(place.position)):
            return column
        if column.dtype == "int8":
            column = column.astype("Int8")
        return column.where(mask)

    def _asked_there(self, slot: Slot, place: Place) -> Mask:
        """Return the rows whose role and wave are asked an item in this column."""
        roles = self._keys(slot, "role")
        waves = self._keys(slot, "wave")
        here = np.zeros(len(self.table.rows), dtype=bool)
        for asked in place.asked:
            of_wave = waves.isin(self.trajectory.waves_of(asked))
            here |= np.asarray((roles == asked.role) & of_wave)
        return here

    def _keys(self, slot: Slot, part: str) -> pd.Series:
        words = self._part(slot, part)
        named = self.trajectory.roles if part == "role" else self.trajectory.waves
        keys = {word: key_of(named, word) for word in words.dropna().unique()}
        return words.map(keys)

    def _part(self, slot: Slot, part: str) -> pd.Series:
        if part in slot.said:
            return pd.Series([slot.said[part]] * len(self.table.rows), dtype="str")
        if part in slot.occasion:
            return occasion_seen(self.table, slot.occasion[part])
        return pd.Series([None] * len(self.table.rows), dtype="str")

    def _frame(self, slot: Slot, values: dict[str, Any], kept: Mask) -> pd.DataFrame:
        every = bool(kept.all())
        count = len(kept) if every else int(kept.sum())
        data: dict[str, Any] = {
            "file": said(self.table.file, count, big=self.table.big),
            "row": self.table.rows if every else self.table.rows[kept],
        }
        for part in (*OCCASION, *([GROUP] if self.trajectory.groups else [])):
            if part in slot.occasion:
                column = occasion_seen(self.table, slot.occasion[part])
                data[part] = column.array if every else column.array[kept]
            else:
                data[part] = said(slot.said.get(part), count, big=self.table.big)
        if self.trajectory.rated:
            data[RATED_BY] = said(slot.claim.source.rated_by, count, big=self.table.big)
        for item, column in values.items():
            data[item] = column.array if every else column.array[kept]
        return pd.DataFrame(data, copy=False)

    def _send_unpicked(self) -> None:
        if not self.unpicked.any():
            return
        free = {place: self._free(place) for place in self.answers}
        for at in np.flatnonzero(self.unpicked):
            held = [place for place in free if free[place][at]]
            told = finding(
                "row-not-selected",
                file=self.table.file,
                row=int(self.table.rows[at]),
                found=self._told_by(int(at)),
            )
            self.aside.row(int(at), held, told)
        for place in self.answers:
            self._take(place, self.unpicked)
        self.routed.rows_aside += int(self.unpicked.sum())

    def _told_by(self, at: int) -> str:
        columns = {c: v for slot in self.plan.slots for c, v in slot.claim.source.rows.items()}
        told = []
        for column in columns:
            places = [
                p for p, name in enumerate(self.table.header) if plain(name) == plain(column)
            ]
            cell = self.table.text(places[0]).iloc[at] if places else None
            told.append(f"{column} = {'' if pd.isna(cell) else cell}")
        return ", ".join(told)

    def _send_strays(self) -> None:
        for place in self.answers:
            free = self._free(place)
            if not free.any():
                continue
            told = self.plan.strays.get(place)
            if told is None:
                told = finding(
                    "not-asked", file=self.table.file, column=self.table.header[place]
                )
                self.routed.findings.append(told)
            self.aside.cells(place, free, told)

    def _who(self) -> pd.DataFrame:
        """Return participant, wave and role of every row, as far as the table tells them."""
        who = pd.DataFrame(index=range(len(self.table.rows)))
        for part in ("participant", "wave", "role"):
            column = pd.Series([None] * len(who), dtype="str")
            for slot, picked in zip(self.plan.slots, self.picked, strict=True):
                if part == "wave" and slot.claim.source.waves_in_columns:
                    continue
                theirs = picked | (part == "participant")
                column = column.where(~theirs | column.notna(), self._part(slot, part))
            who[part] = column
        return who


def selected(claim: Claim, table: Table) -> Mask:
    """Return the rows of a table that a source is about: all, or those with its `rows`."""
    mask = np.ones(len(table.rows), dtype=bool)
    for column, wanted in claim.source.rows.items():
        places = [p for p, name in enumerate(table.header) if plain(name) == plain(column)]
        if not places:
            return np.zeros(len(table.rows), dtype=bool)
        code, label = table.text(places[0]), occasion_seen(table, places[0])
        mask &= np.asarray(_is_word(code, wanted) | _is_word(label, wanted))
    return mask


def _is_word(words: pd.Series, wanted: str) -> pd.Series:
    alike = [word for word in words.dropna().unique() if plain(word) == plain(wanted)]
    return words.isin(alike)


def said(word: str | None, count: int, *, big: bool) -> Any:
    """Return one word for every row: text, or for big files a category, to save memory."""
    if not big:
        return pd.array([word] * count, dtype="str")
    known = pd.Index([] if word is None else [word], dtype="str")
    codes = np.full(count, len(known) - 1, dtype=np.int8)
    return pd.Categorical.from_codes(codes, categories=known)

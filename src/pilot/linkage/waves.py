"""Which waves were held, judged at the data lock and never by today's clock."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from pilot.design import Wave
from pilot.findings import finding
from pilot.frames import WAVES
from pilot.linkage.lives import DAYS_A_MONTH
from pilot.linkage.tray import Column, Flags, Tray


@dataclass(frozen=True, slots=True, eq=False)
class Due:
    """When each person may answer one wave, and how that stands at the data lock.

    Parameters
    ----------
    opens, closes : Series of datetime
        One a person; NaT where a person's own clock never started.
    lock : Timestamp or None
        None where the data hold no date at all.
    over : bool
        Whether the wave is over as far as its place tells: looked at without a lock only.
    """

    opens: Column
    closes: Column
    lock: pd.Timestamp | None
    over: bool = False

    @property
    def begun(self) -> Flags:
        """Whose window has opened."""
        return self._reached(self.opens)

    @property
    def past(self) -> Flags:
        """Whose window has closed."""
        return self._reached(self.closes)

    def of(self, who: Flags) -> Due:
        """Return the same for some of the people."""
        return replace(self, opens=self.opens[who], closes=self.closes[who])

    def _reached(self, day: Column) -> Flags:
        if self.lock is None:
            return np.full(len(day), self.over)
        return (day <= self.lock).to_numpy(dtype=bool)


def due(wave: Wave, starts: Column, lock: pd.Timestamp | None) -> Due:
    """Return when each person may answer a wave.

    Parameters
    ----------
    starts : Series of datetime
        Each person's own start; only looked at where everyone has a clock of their own.
    """
    if wave.rolling:
        first, last = (
            starts + pd.to_timedelta(round(months * DAYS_A_MONTH), unit="D")
            for months in (wave.start, wave.end)
        )
        return Due(first, last, lock)
    days = pd.DataFrame({"opens": wave.opens, "closes": wave.closes}, index=starts.index)
    return Due(pd.to_datetime(days["opens"]), pd.to_datetime(days["closes"]), lock)


def state_of(due: Due, answered: bool) -> str:
    """Return how a wave stands: one of `frames.WAVE_STATES`.

    Parameters
    ----------
    due : Due
        Of everyone who may still answer.
    answered : bool
        Whether anybody did. In data without any date, a wave that anybody answered is held.
    """
    if due.lock is None:  # no day to judge by, so an answer is all there is to know
        past = "not held" if due.over else "to come"
        return "held" if answered else past
    if due.past.all() and len(due.past):
        return "held" if answered else "not held"
    if answered:
        return "open"
    return "open" if due.begun.any() else "to come"


def waves_table(
    panel: pd.DataFrame, people: pd.DataFrame, windows: dict[str, Due], tray: Tray
) -> pd.DataFrame:
    """Return the waves and their state; tell of an open one, and of one that nobody answered.

    Who left before a window closed is waited for no longer.

    Returns
    -------
    DataFrame
        Columns `frames.WAVES`; `answered` counts forms.
    """
    counts = panel["wave"].value_counts()
    rows = []
    for wave in tray.trajectory.waves:
        answered = int(counts.get(wave.key, 0))
        its = windows[wave.key]
        state = state_of(its.of(~_left_before(people, its)), answered > 0)
        if state == "not held":
            told = finding("wave-not-held", found=wave.key, expected=f"answers at {wave.key}")
            tray.told.append(told)
        if state == "open" and wave.closes is not None:
            until = f"until {wave.closes:%Y-%m-%d}"
            tray.told.append(finding("wave-open", found=wave.key, expected=until))
        words = (wave.key, wave.label.nl, wave.label.en, state)
        rows.append((*words, wave.opens, wave.closes, answered))
    table = pd.DataFrame(rows, columns=list(WAVES))
    days = {name: pd.to_datetime(table[name]) for name in ("opens", "closes")}
    return table.assign(**days)


def _left_before(people: pd.DataFrame, its: Due) -> Flags:
    return (people["end"] <= its.closes).to_numpy(dtype=bool)

"""Each date against the windows of the waves: swapped, another wave's, or outside."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pilot.cleaning.desk import Desk
from pilot.cleaning.words import Flags, Places
from pilot.cleaning.written import Days, date_heading
from pilot.design import Wave

DAYS_A_MONTH = 30.4375
NOWHERE = -1

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Windows:
    """The windows of the waves and where each form's date lies on their scale.

    The scale is the calendar's day, or months since a person's own start where the waves
    have a clock of their own.

    Parameters
    ----------
    starts, ends : array of float
        A window a wave.
    own : array of int
        The place of each form's wave.
    at, turned : array of float
        Where each form's date lies, as it stands and with day and month swapped; NaN
        where there is no date, no such day, or no known start.
    """

    starts: Numbers
    ends: Numbers
    own: Places
    at: Numbers
    turned: Numbers

    def inside_own(self, at: Numbers) -> Flags:
        """Return whether these dates lie in the window of the form's own wave."""
        return (at >= self.starts[self.own]) & (at <= self.ends[self.own])

    @property
    def outside(self) -> Flags:
        """Return which dates are known and outside the form's own window."""
        return ~np.isnan(self.at) & ~self.inside_own(self.at)

    def wave_of(self, places: Places) -> Places:
        """Return the wave in whose window these dates lie, or `NOWHERE`."""
        at = self.at[places, None]
        inside = (at >= self.starts) & (at <= self.ends)
        return np.where(inside.any(axis=1), inside.argmax(axis=1), NOWHERE)


def judge_windows(desk: Desk) -> None:
    """Judge each date that lies outside the window of its own wave.

    With day and month swapped it lies inside: told, and the date is left empty, since
    nobody can know. It lies in another wave's window: the form is set aside.
    """
    if desk.forms["answered"].isna().all():
        return
    windows = windows_of(desk)
    turned = windows.outside & windows.inside_own(windows.turned)
    _empty_turned(desk, np.flatnonzero(turned))
    elsewhere = np.flatnonzero(windows.outside & ~turned)
    waves = windows.wave_of(elsewhere)
    _set_aside_mislabelled(desk, elsewhere[waves != NOWHERE], waves[waves != NOWHERE])


def look_outside_windows(desk: Desk) -> None:
    """Tell of forms answered outside their wave's window; they are kept."""
    if desk.forms["answered"].isna().all():
        return
    for place in np.flatnonzero(windows_of(desk).outside).tolist():
        desk.tell_of_row("outside-window", place, **_told(desk, place))


def _empty_turned(desk: Desk, places: Places) -> None:
    for place in places.tolist():
        desk.tell_of_row("turned-date", place, **_told(desk, place))
    if len(places):
        answered = desk.forms["answered"].copy()
        answered.iloc[places] = pd.NaT
        desk.replace({"answered": answered})


def _set_aside_mislabelled(desk: Desk, places: Places, waves: Places) -> None:
    ids = []
    for place, wave in zip(places.tolist(), waves.tolist(), strict=True):
        told = _told(desk, place)
        labelled = desk.exports.wave_column(str(desk.forms["file"].iloc[place]))
        told["column"] = labelled or told["column"]
        told["expected"] += f"; this date lies in {desk.trajectory.wave_keys[wave]}"
        ids.append(desk.tell_of_row("mislabelled-wave", place, **told))
    desk.set_rows_aside(places.tolist(), "mislabelled-wave", ids)


def _told(desk: Desk, place: int) -> dict[str, Any]:
    form = desk.forms.iloc[place]
    return {
        "column": date_heading(desk, place),
        "found": f"{form['answered']:%Y-%m-%d} at {form['wave']}",
        "expected": window_in_words(desk.trajectory.wave(form["wave"])),
    }


def window_in_words(wave: Wave) -> str:
    """Return a wave's window as a person reads it.

    Examples
    --------
    >>> from pilot.design import Text
    >>> label = Text(nl="half jaar", en="half a year")
    >>> window_in_words(Wave(key="half-year", label=label, from_month=5, to_month=8))
    '5 to 8 months after the start'
    """
    if wave.rolling:
        return f"{wave.from_month:g} to {wave.to_month:g} months after the start"
    return f"{wave.opens} to {wave.closes}"


def windows_of(desk: Desk) -> Windows:
    """Return where each form's date lies among the windows of the waves."""
    trajectory = desk.trajectory
    words = desk.words("wave")
    own = words.spread([trajectory.wave_keys.index(key) for key in words.each], np.intp, 0)
    days = desk.forms["answered"].to_numpy().astype("datetime64[D]")
    starts = np.array([wave.start for wave in trajectory.waves])
    ends = np.array([wave.end for wave in trajectory.waves])
    turned = swapped(days)
    if trajectory.waves[0].rolling:
        start = own_starts(desk, days)
        return Windows(starts, ends, own, _months(days, start), _months(turned, start))
    return Windows(starts, ends, own, _ordinals(days), _ordinals(turned))


def swapped(days: Days) -> Days:
    """Return days with day and month swapped; NaT where that is no other day.

    Examples
    --------
    >>> swapped(np.array(["2025-02-01", "2025-02-13", "2025-02-02"], "datetime64[D]"))
    array(['2025-01-02',        'NaT',        'NaT'], dtype='datetime64[D]')
    """
    years = days.astype("datetime64[Y]")
    months = days.astype("datetime64[M]")
    month, day = _as_numbers(months - years), _as_numbers(days - months)
    possible = (day < 12) & (day != month)
    swap = np.where(possible, day, 0).astype("timedelta64[M]")
    after = np.where(possible, month, 0).astype("timedelta64[D]")
    turned = (years.astype("datetime64[M]") + swap).astype("datetime64[D]") + after
    return np.where(possible, turned, np.datetime64("NaT", "D"))


def own_starts(desk: Desk, days: Days) -> Days:
    """Return when each form's person started: the register's day, or the first wave's form.

    NaT where neither is known: then no window can be judged.
    """
    forms, first = desk.forms, desk.trajectory.waves[0].key
    people = forms["participant"]
    began = pd.Series(days, index=forms.index).where((forms["wave"] == first).to_numpy(bool))
    by_form = began.groupby([people, forms["role"]], sort=False).transform("min")
    register = desk.register.assign(start=pd.to_datetime(desk.register["start"]))
    by_register = people.map(register.groupby("participant")["start"].min().to_dict())
    start = pd.to_datetime(by_register).fillna(by_form)
    return start.to_numpy().astype("datetime64[D]")


def _ordinals(days: Days) -> Numbers:
    origin = np.datetime64("0001-01-01", "D")
    return _as_numbers(days - origin) + 1


def _months(days: Days, start: Days) -> Numbers:
    return _as_numbers(days - start) / DAYS_A_MONTH


def _as_numbers(spans: NDArray[np.timedelta64]) -> Numbers:
    numbers = spans.astype(float)
    numbers[np.isnat(spans)] = np.nan
    return numbers

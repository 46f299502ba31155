"""Each person's own clock: months since the start, age, and what came after leaving."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pilot.design import Trajectory
from pilot.linkage.people import PERSON
from pilot.linkage.tray import Column, Tray

DAYS_A_MONTH = 30.4375
SECONDS_A_DAY = 86_400

Months = NDArray[np.float64]


def months_of(forms: pd.DataFrame, people: pd.DataFrame, trajectory: Trajectory) -> Months:
    """Return how many months after a person's own start each form was answered.

    The date of answering counts, not the wave's number. The start is the person's first
    form; where everyone has a clock of their own, the register's day. Where a date is
    missing, the middle of the wave's window stands in for it.
    """
    middle = {wave.key: (wave.start + wave.end) / 2 for wave in trajectory.waves}
    answered = forms["answered"]
    if not trajectory.waves[0].rolling:
        days = {key: pd.Timestamp(date.fromordinal(int(day))) for key, day in middle.items()}
        answered = answered.fillna(pd.to_datetime(forms["wave"].map(days)))
        return _elapsed(answered, _first(forms, answered))
    start = start_of(forms, people).fillna(_first(forms, answered))
    elapsed = _elapsed(answered, start)
    planned = forms["wave"].map(middle).to_numpy(np.float64)
    return np.where(np.isnan(elapsed), planned, elapsed)


def start_of(forms: pd.DataFrame, people: pd.DataFrame) -> Column:
    """Return the register's start of each form's person; NaT where it gives none."""
    start = forms[PERSON].merge(people[[*PERSON, "start"]], on=PERSON, how="left")["start"]
    return start.set_axis(forms.index)


def _first(forms: pd.DataFrame, answered: Column) -> Column:
    return answered.groupby([forms[name] for name in PERSON], sort=False).transform("min")


def _elapsed(later: Column, earlier: Column) -> Months:
    days = (pd.to_datetime(later) - pd.to_datetime(earlier)).dt.total_seconds() / SECONDS_A_DAY
    return np.asarray((days / DAYS_A_MONTH).to_numpy(np.float64), dtype=np.float64)


def look_at_lives(forms: pd.DataFrame, people: pd.DataFrame, tray: Tray) -> None:
    """Tell of people whose age does not fit their role, and of forms after leaving."""
    lived = forms[[*PERSON, "file", "wave", "row", "answered"]].merge(
        people[[*PERSON, "end"]], on=PERSON, how="left"
    )
    for _, row in lived[lived["answered"] > lived["end"]].iterrows():
        column = tray.exports.column(str(row["file"]), "answered", str(row["wave"]))
        found, end = f"{row['answered']:%Y-%m-%d}", f"{row['end']:%Y-%m-%d}"
        tray.tell("after-leaving", row, column=column, found=found, expected=f"until {end}")
    first = forms.groupby(PERSON, sort=False)["answered"].min().rename("first").reset_index()
    aged = people.merge(first, on=PERSON, how="left")
    aged["first"] = aged["first"].fillna(aged["start"])
    _tell_ages(aged.dropna(subset=["first", "birth_year", "role"]), tray)


def _tell_ages(aged: pd.DataFrame, tray: Tray) -> None:
    """Judge a year of birth: on any day of a year, a person may be of two ages."""
    ages: dict[str, Any] = {role.key: role.ages for role in tray.trajectory.roles}
    oldest = aged["first"].dt.year - aged["birth_year"].astype(int)
    low = (
        aged["role"]
        .map({role: youngest for role, (youngest, _) in ages.items()})
        .astype("Int64")
    )
    high = (
        aged["role"].map({role: highest for role, (_, highest) in ages.items()}).astype("Int64")
    )
    outside = (oldest < low) | (oldest - 1 > high)
    for place, row in aged[outside].iterrows():
        tray.tell(
            "age-outside",
            row,
            column=tray.exports.register_column("birth_year", str(row["file"])),
            found=f"{row['birth_year']}: {oldest[place]} years in {row['first']:%Y}",
            expected=f"{low[place]} to {high[place]} for {row['role']}",
        )

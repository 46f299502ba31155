"""Forms for another age: somebody who grew out of a questionnaire on the way."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from pilot.design import Trajectory
from pilot.linkage.people import PERSON
from pilot.linkage.tray import Flags, Tray


def set_other_ages_aside(forms: pd.DataFrame, people: pd.DataFrame, tray: Tray) -> pd.DataFrame:
    """Return forms without answers to instruments that are for people of another age.

    A child of 17 at the start may be 19 at the end, and a questionnaire for children then
    says nothing. Judged on the day of answering, by the year of birth: on any day of a year
    somebody may be of two ages, and both have to lie outside. Who does not fit the role at
    the start either has a year of birth that is a slip of the pen: that is told elsewhere,
    and the answers count.
    """
    aged = forms[[*PERSON, "answered"]].merge(
        people[[*PERSON, "birth_year"]], on=PERSON, how="left"
    )
    if aged["birth_year"].isna().all():
        return forms
    born = aged["birth_year"].astype("Float64").to_numpy(dtype=np.float64, na_value=np.nan)
    oldest = pd.to_datetime(aged["answered"]).dt.year.to_numpy(np.float64) - born
    known = ~np.isnan(oldest) & ~_misfits(forms, oldest, tray.trajectory)
    for key, instrument in tray.trajectory.instruments.items():
        low, high = instrument.ages
        outside = known & ((oldest < low) | (oldest - 1 > high))
        items = [item for item in _columns(key, tray.trajectory) if item in forms]
        asked = outside & forms[items].notna().any(axis=1).to_numpy(bool)
        if asked.any():
            ids = [
                tray.tell(
                    "age-of-form",
                    row,
                    found=f"{key} at {age:g} years",
                    expected=f"{low} to {high} years",
                )
                for (_, row), age in zip(forms[asked].iterrows(), oldest[asked], strict=True)
            ]
            forms = tray.set_answers_aside(forms, asked, items, ("age-of-form", ids))
    return forms


def _misfits(forms: pd.DataFrame, oldest: Any, trajectory: Trajectory) -> Flags:
    """Return the forms of people who did not fit their role at their first form."""
    first = pd.Series(oldest, index=forms.index).groupby(
        [forms[name] for name in PERSON], sort=False
    )
    began = first.transform("min")
    ages = {role.key: role.ages for role in trajectory.roles}
    low = forms["role"].map({role: youngest for role, (youngest, _) in ages.items()})
    high = forms["role"].map({role: highest for role, (_, highest) in ages.items()})
    return ((began < low) | (began - 1 > high)).to_numpy(bool)


def _columns(key: str, trajectory: Trajectory) -> list[str]:
    asked = [each for each in trajectory.asked if each.instrument == key]
    instrument = trajectory.instruments[key]
    return list(
        dict.fromkeys(
            name for each in asked for name in (*each.items_of(instrument), *each.totals)
        )
    )

"""Forms for another age: people too young for a questionnaire, or grown out of it."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pilot.design import Trajectory
from pilot.linkage.people import PERSON
from pilot.linkage.tray import Tray

ADULT = 18

Years = NDArray[np.float64]


def set_other_ages_aside(forms: pd.DataFrame, people: pd.DataFrame, tray: Tray) -> pd.DataFrame:
    """Return forms without answers to instruments that are for people of another age.

    A child of 5 cannot answer what is meant for 8 and over, and who was 17 at the start may
    be 19 at the end. Judged on the day of answering, by the year of birth: on any day of a
    year somebody may be of two ages, and both have to lie outside. Where the year of birth
    is a slip of the pen, the register is corrected and the answers count again. Whose year
    is not known is taken to be of the right age; `look_at_ages` tells of them.
    """
    oldest = _oldest(forms, people)
    for key, instrument in tray.trajectory.instruments.items():
        low, high = instrument.ages
        outside = (oldest < low) | (oldest - 1 > high)
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


def look_at_ages(forms: pd.DataFrame, people: pd.DataFrame, tray: Tray) -> None:
    """Tell of who grew out of the ages of a role, and of whose year of birth is not known.

    The first at the first form after it, once a person and role; who did not fit the role
    at the start is told elsewhere. The second once a person who answered anything, at the
    register's row, in a role that has people under 18: what is for 8 and over may be asked
    of a child of 5, and only the year of birth would show it.
    """
    oldest = pd.Series(_oldest(forms, people), index=forms.index)
    for (_, role), rows in forms.groupby(PERSON, sort=False):
        low, high = tray.trajectory.role(str(role)).ages
        lived = oldest[rows.index].sort_values(kind="stable")
        fitted = (lived >= low) & (lived - 1 <= high)
        grown = lived[lived - 1 > high]
        if len(grown) and fitted.iloc[0]:
            tray.tell(
                "age-outgrown",
                forms.loc[grown.index[0]],
                found=f"{grown.iloc[0]:g} years",
                expected=f"{low} to {high} for {role}",
            )
    _tell_unknown(forms, people, tray)


def _tell_unknown(forms: pd.DataFrame, people: pd.DataFrame, tray: Tray) -> None:
    """Tell of people without a year of birth in a role for young people, whose ages matter."""
    young = [role.key for role in tray.trajectory.roles if role.ages[0] < ADULT]
    unknown = people[people["birth_year"].isna() & people["role"].isin(young)]
    for _, person in unknown.iterrows():
        rows = forms[(forms[PERSON] == person[PERSON]).all(axis=1)]
        keys = [
            key
            for key in tray.trajectory.instruments
            if rows[[each for each in _columns(key, tray.trajectory) if each in rows]]
            .notna()
            .any(axis=None)
        ]
        if keys:
            tray.tell(
                "age-unknown",
                person,
                column=tray.exports.register_column("birth_year"),
                expected=f"a year of birth, for {', '.join(keys)}",
            )


def _oldest(forms: pd.DataFrame, people: pd.DataFrame) -> Years:
    """Return the age that each person reaches in the year of answering; NaN if unknown."""
    aged = forms[[*PERSON, "answered"]].merge(
        people[[*PERSON, "birth_year"]], on=PERSON, how="left"
    )
    born = aged["birth_year"].astype("Float64").to_numpy(dtype=np.float64, na_value=np.nan)
    year = pd.to_datetime(aged["answered"]).dt.year.to_numpy(np.float64)
    return np.asarray(year - born, dtype=np.float64)


def _columns(key: str, trajectory: Trajectory) -> list[str]:
    asked = [each for each in trajectory.asked if each.instrument == key]
    instrument = trajectory.instruments[key]
    return list(
        dict.fromkeys(
            name for each in asked for name in (*each.items_of(instrument), *each.totals)
        )
    )

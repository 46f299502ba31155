"""Who takes part: one person a row, as they were at the start."""

from __future__ import annotations

from typing import Any

import pandas as pd

PERSON = ["participant", "role"]
PEOPLE = [*PERSON, "family", "site", "birth_year", "start", "end", "reason", "file", "row"]
LEAVING = ["end", "reason"]


def people_of(register: pd.DataFrame) -> pd.DataFrame:
    """Return the people of a register, in its order; a person with two periods is one.

    A person is a number and a role. Family and site are those of the first period: whoever
    lives where later, the cluster stays the one at the start. Who has an open period has
    not left; else the last period's end and reason count.

    Parameters
    ----------
    register : DataFrame
        Columns `frames.REGISTER`; the periods of one number do not overlap.

    Returns
    -------
    DataFrame
        Columns `PEOPLE`.
    """
    people = register[PEOPLE].assign(
        start=pd.to_datetime(register["start"]), end=pd.to_datetime(register["end"])
    )
    periods = people.sort_values("start", na_position="first", kind="stable")
    first = ~periods.duplicated(PERSON)
    last = periods.drop_duplicates(PERSON, keep="last").set_index(PERSON)[LEAVING]
    left = periods.loc[first, PERSON].merge(last, left_on=PERSON, right_index=True, how="left")
    once = periods[first].assign(**{name: left[name] for name in LEAVING})
    return once.sort_index().reset_index(drop=True)


def people_in(forms: pd.DataFrame, waves: list[str]) -> pd.DataFrame:
    """Return the people of a trajectory without a register, from their forms.

    Family and site are the first that one of their forms gives, wave by wave.
    """
    lived = forms.sort_values("wave", key=lambda wave: wave.map(waves.index), kind="stable")
    given = lived.groupby(PERSON, sort=False)[["family", "site", "file", "row"]].first()
    people: dict[str, Any] = dict(given.reset_index())
    nothing = {
        "birth_year": pd.array([pd.NA] * len(given), dtype="Int64"),
        "start": pd.NaT,
        "end": pd.NaT,
        "reason": None,
    }
    made = pd.DataFrame(people | nothing)[PEOPLE]
    return made.astype({"start": "datetime64[us]", "end": "datetime64[us]", "reason": "str"})

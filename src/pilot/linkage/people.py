"""Who takes part: one person a row, as they were at the start."""

from __future__ import annotations

from typing import Any

import pandas as pd

PERSON = ["participant", "role"]
PEOPLE = [*PERSON, "family", "site", "birth_year", "start", "end", "reason", "file", "row"]
LEAVING = ["end", "reason"]
EARLIEST = "1900-01-01"  # before any wave: for who withdrew on a day that nobody knows


def consented(register: pd.DataFrame, consent: pd.DataFrame) -> pd.DataFrame:
    """Return the register without people who never let their answers be used.

    Who withdrew had started: they stay, and leave on the day on which they withdrew; where
    nobody knows that day or how, or all they gave was removed, on the one they started.
    """
    if consent.empty:
        return register
    answers = consent[consent["use"] == "answers"].set_index("participant")
    numbers = register["participant"]
    never = numbers.map(answers["why"]).isin(["refused", "no guardian", "not asked"])
    way = numbers.map(answers["withdrawal"])
    since = pd.to_datetime(numbers.map(answers["withdrawn"])).astype("datetime64[us]")
    since = since.where(~way.isin(["stop and remove", "unclear"]))
    start = pd.to_datetime(register["start"]).fillna(pd.Timestamp(EARLIEST))
    until = pd.to_datetime(register["end"])
    day = since.fillna(start).where(way.notna())
    sooner = day.notna() & ~(until <= day)
    reason = register["reason"].mask(sooner, "withdrew")
    return register.assign(end=until.mask(sooner, day), reason=reason)[~never]


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
    return _with_changed_roles(once, periods).sort_index().reset_index(drop=True)


def _with_changed_roles(people: pd.DataFrame, periods: pd.DataFrame) -> pd.DataFrame:
    """Say of who left a role without a reason, and has another role later, that it changed."""
    last = periods.drop_duplicates("participant", keep="last").set_index("participant")["role"]
    now = people["participant"].map(last)
    silent = people["end"].notna() & people["reason"].isna()
    changed = silent & now.notna() & (now != people["role"])
    return people.assign(reason=people["reason"].mask(changed, "changed role"))


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

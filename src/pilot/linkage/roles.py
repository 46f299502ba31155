"""Whose form it is: a number is one person, who has one role on any day."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from pilot.linkage.people import PERSON
from pilot.linkage.tray import Flags, Tray

EVER, NEVER = pd.Timestamp("1800-01-01"), pd.Timestamp("2200-01-01")


def shared_numbers(register: pd.DataFrame) -> set[str]:
    """Return the numbers that the register gives two roles at one time.

    Two rows with other roles and periods that follow each other are one person whose role
    changed; periods that overlap are two people under one number.
    """
    roles = register.dropna(subset=["role"]).groupby("participant", sort=False)["role"]
    several = roles.nunique()
    return {
        str(number)
        for number in several.index[several > 1]
        if _overlapping(register[register["participant"] == number])
    }


def _overlapping(rows: pd.DataFrame) -> bool:
    starts = pd.to_datetime(rows["start"]).fillna(EVER).tolist()
    ends = pd.to_datetime(rows["end"]).fillna(NEVER).tolist()
    roles = rows["role"].tolist()
    return any(
        roles[one] != roles[other] and starts[one] < ends[other] and starts[other] < ends[one]
        for one in range(len(rows))
        for other in range(one)
    )


def set_shared_numbers_aside(
    forms: pd.DataFrame, register: pd.DataFrame, tray: Tray
) -> pd.DataFrame:
    """Return forms without those under a number of two people; none of them is guessed.

    Where the register gives a number without a role, forms in two roles are two people too.
    """
    silent = register.loc[register["role"].isna(), "participant"]
    told = forms.groupby("participant", sort=False)["role"].transform("nunique")
    unsaid = forms["participant"].isin(silent).to_numpy(bool) & (told > 1).to_numpy(bool)
    shared = forms["participant"].isin(shared_numbers(register)).to_numpy(bool) | unsaid
    ids = [
        tray.tell(
            "two-roles",
            row,
            column=tray.exports.column(str(row["file"]), "participant"),
            found=f"{row['participant']} at {row['wave']}: {row['role']}",
            expected="one person a number",
        )
        for _, row in forms[shared].iterrows()
    ]
    return tray.set_aside(forms, shared, "two-roles", ids)


def set_other_roles_aside(
    forms: pd.DataFrame, register: pd.DataFrame, tray: Tray
) -> pd.DataFrame:
    """Return forms whose role is the register's for that number on the day of answering.

    Of a person whose role changed, a form without a date, or dated outside all periods, may
    be in any of their roles.
    """
    known = register.dropna(subset=["role"])
    pairs = known[PERSON].drop_duplicates()
    agree = forms[PERSON].merge(pairs.assign(known=True), on=PERSON, how="left")["known"]
    told = forms["participant"].isin(pairs["participant"]).to_numpy(bool)
    wrong: Flags = told & agree.isna().to_numpy(bool)
    changed = forms["participant"].isin(
        pairs.loc[pairs.duplicated("participant"), "participant"]
    )
    wrong = wrong | _wrong_on_the_day(forms, known, changed.to_numpy(bool))
    ids = [
        tray.tell(
            "role-differs",
            row,
            column=tray.exports.column(str(row["file"]), "role"),
            found=row["role"],
            expected=_in_words(known[known["participant"] == row["participant"]]),
        )
        for _, row in forms[wrong].iterrows()
    ]
    return tray.set_aside(forms, wrong, "role-differs", ids)


def _wrong_on_the_day(forms: pd.DataFrame, known: pd.DataFrame, changed: Flags) -> Flags:
    wrong = np.zeros(len(forms), dtype=bool)
    for place in np.flatnonzero(changed & forms["answered"].notna().to_numpy(bool)).tolist():
        form = forms.iloc[place]
        own = known[known["participant"] == form["participant"]]
        starts = pd.to_datetime(own["start"]).fillna(EVER)
        ends = pd.to_datetime(own["end"]).fillna(NEVER)
        there = own[(starts <= form["answered"]) & (form["answered"] <= ends)]
        wrong[place] = len(there) > 0 and form["role"] not in set(there["role"])
    return wrong


def _in_words(periods: pd.DataFrame) -> str:
    """Return a person's roles as the register gives them, each with its start if several."""
    if len(set(periods["role"])) == 1:
        return str(periods["role"].iloc[0])
    starts: list[Any] = pd.to_datetime(periods["start"]).tolist()
    return ", ".join(
        f"{role} from {start:%Y-%m-%d}" if pd.notna(start) else f"{role} at first"
        for role, start in zip(periods["role"], starts, strict=True)
    )

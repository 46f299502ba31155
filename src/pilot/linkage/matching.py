"""Forms and register: codes matched exactly, and the register decides."""

from __future__ import annotations

import pandas as pd

from pilot.linkage.people import PERSON
from pilot.linkage.tray import Tray


def match_register(
    forms: pd.DataFrame, people: pd.DataFrame, register: pd.DataFrame, tray: Tray
) -> pd.DataFrame:
    """Return the forms of people in the register, with its role, family and site.

    A form whose code the register does not know is set aside. One whose role differs takes
    the register's role, unless that person has a form of that role at the wave already:
    then it is somebody else's, and set aside.
    """
    forms = _set_strangers_aside(forms, people, tray)
    forms = _take_roles(forms, people, tray)
    _tell_other_sites(forms, register, tray)
    return with_cluster(forms, people)


def with_cluster(forms: pd.DataFrame, people: pd.DataFrame) -> pd.DataFrame:
    """Return forms with the family and site that their person had at the start.

    Where the people do not tell it, what the form gives stays.
    """
    start = forms[PERSON].merge(people[[*PERSON, "family", "site"]], on=PERSON, how="left")
    start.index = forms.index
    told = {name: start[name].astype("str") for name in ("family", "site")}
    return forms.assign(**{name: each.fillna(forms[name]) for name, each in told.items()})


def with_roles(people: pd.DataFrame, forms: pd.DataFrame) -> pd.DataFrame:
    """Return people with the role of their first form where the register gives none."""
    if people["role"].notna().all():
        return people
    first = forms.drop_duplicates("participant").set_index("participant")["role"]
    roles = people["participant"].map(first).astype("str")
    return people.assign(role=people["role"].fillna(roles))


def _set_strangers_aside(forms: pd.DataFrame, people: pd.DataFrame, tray: Tray) -> pd.DataFrame:
    strange = ~forms["participant"].isin(people["participant"]).to_numpy(bool)
    ids = [
        tray.tell(
            "not-in-register",
            row,
            column=tray.exports.column(str(row["file"]), "participant"),
            found=row["participant"],
            expected="a number of the register",
        )
        for _, row in forms[strange].iterrows()
    ]
    return tray.set_aside(forms, strange, "not-in-register", ids)


def _take_roles(forms: pd.DataFrame, people: pd.DataFrame, tray: Tray) -> pd.DataFrame:
    known = people[PERSON].assign(known=True)
    agree = forms[PERSON].merge(known, on=PERSON, how="left")["known"].notna().to_numpy(bool)
    if agree.all():
        return forms
    roles = people.dropna(subset=["role"]).drop_duplicates("participant")
    register = forms["participant"].map(roles.set_index("participant")["role"]).astype("str")
    for (_, row), expected in zip(forms[~agree].iterrows(), register[~agree], strict=True):
        column = tray.exports.column(str(row["file"]), "role")
        tray.tell("role-differs", row, column=column, found=row["role"], expected=expected)
    taken = forms.assign(role=forms["role"].where(agree, register))
    clash = taken.duplicated([*PERSON, "wave"], keep=False).to_numpy(bool) & ~agree
    # Who clashes at one wave is somebody else at all of them.
    others = forms.loc[clash, PERSON].drop_duplicates().assign(other=True)
    twice = forms[PERSON].merge(others, on=PERSON, how="left")["other"].notna().to_numpy(bool)
    ids = [
        tray.tell(
            "same-code-twice",
            row,
            column=tray.exports.column(str(row["file"]), "participant"),
            found=f"{row['participant']} at {row['wave']}, {row['role']} in the register",
            expected="one form a person and wave",
        )
        for _, row in taken[twice].iterrows()
    ]
    return tray.set_aside(taken, twice, "same-code-twice", ids)


def _tell_other_sites(forms: pd.DataFrame, register: pd.DataFrame, tray: Tray) -> None:
    """Tell of forms from a site where the register never had the person."""
    sited = register.dropna(subset=["site"])
    pairs = sited[["participant", "site"]].drop_duplicates().assign(known=True)
    here = forms[["participant", "site"]].merge(pairs, on=["participant", "site"], how="left")
    elsewhere = (
        here["known"].isna().to_numpy(bool)
        & forms["site"].notna().to_numpy(bool)
        & forms["participant"].isin(sited["participant"]).to_numpy(bool)
    )
    for _, row in forms[elsewhere].iterrows():
        own = sited.loc[sited["participant"] == row["participant"], "site"]
        tray.tell(
            "site-differs",
            row,
            column=tray.exports.column(str(row["file"]), "site"),
            found=row["site"],
            expected=", ".join(dict.fromkeys(own)),
        )

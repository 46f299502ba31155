"""Forms and register: codes matched exactly, and nobody guesses who somebody is."""

from __future__ import annotations

import pandas as pd

from pilot.linkage.people import PERSON
from pilot.linkage.roles import set_other_roles_aside, set_shared_numbers_aside
from pilot.linkage.tray import Flags, Tray


def match_register(
    forms: pd.DataFrame, people: pd.DataFrame, register: pd.DataFrame, tray: Tray
) -> pd.DataFrame:
    """Return the forms of people in the register, with its family and site.

    Set aside is a form whose code the register does not know; every form under a number
    that the register gives to two people at once; and one whose role is not the register's
    for that number, on that day: then it is somebody else's, whoever that is.
    """
    forms = _set_strangers_aside(forms, people, tray)
    forms = set_shared_numbers_aside(forms, register, tray)
    forms = set_other_roles_aside(forms, register, tray)
    forms = set_two_sites_aside(forms, register, tray)
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


def set_two_sites_aside(
    forms: pd.DataFrame, register: pd.DataFrame, tray: Tray
) -> pd.DataFrame:
    """Return forms without those that two sites filled in for one number at one wave.

    Parts of one form may come in different files; two sites make it two people, unless the
    register says that this person was at both.
    """
    if not forms.duplicated([*PERSON, "wave"]).any():
        return forms
    sites = forms.groupby([*PERSON, "wave"], sort=False)["site"].transform("nunique")
    several = (sites > 1).to_numpy(bool)
    if not several.any():
        return forms
    known = register.dropna(subset=["site"]).drop_duplicates(["participant", "site"])
    known = known[["participant", "site"]].assign(known=True)
    at = forms[["participant", "site"]].merge(known, on=["participant", "site"], how="left")
    stranger = forms["site"].notna().to_numpy(bool) & at["known"].isna().to_numpy(bool)
    moved = ~_any_of(forms, stranger & several)
    twice = several & ~moved
    ids = [
        tray.tell(
            "two-sites",
            row,
            column=tray.exports.column(str(row["file"]), "site"),
            found=f"{row['participant']} at {row['wave']}: {row['site']}",
            expected="one site a person and wave",
        )
        for _, row in forms[twice].iterrows()
    ]
    return tray.set_aside(forms, twice, "two-sites", ids)


def _any_of(forms: pd.DataFrame, where: Flags) -> Flags:
    """Return which forms are of a person and wave that any marked form is of."""
    keys = [forms[name] for name in (*PERSON, "wave")]
    marked = pd.Series(where, index=forms.index).groupby(keys, sort=False).transform("any")
    return marked.to_numpy(bool)


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

"""Who answered, and for whom, at the first wave and later."""

from __future__ import annotations

from collections.abc import Collection
from functools import partial
from typing import Any

import numpy as np

from pilot.cleaning.desk import Desk
from pilot.cleaning.words import Column, translated
from pilot.design import Role

OWN = "self"


def judge_respondents(desk: Desk) -> None:
    """Set forms aside that somebody filled in who does not answer for that role.

    A word for the role itself (a child's form, filled in by the child) is the person's own.
    A form that does not say who answered is taken for one that was answered as designed.
    """
    if desk.forms["respondent"].isna().all():
        return
    roles = {role.key: role for role in desk.trajectory.roles}
    for key, role in roles.items():
        own = (desk.forms["role"] == key) & desk.forms["respondent"].notna()
        words = translated(desk.words("respondent"), partial(_who, role=role))
        told = desk.forms["respondent"].where(~own, words.set_axis(desk.forms.index))
        desk.replace({"respondent": told})
    proxy = desk.forms["respondent"].notna()
    for key, role in roles.items():
        proxy &= (desk.forms["role"] != key) | ~desk.forms["respondent"].isin(role.answered_by)
    places = np.flatnonzero(proxy.to_numpy(bool))
    ids = []
    for place in places.tolist():
        form = desk.forms.iloc[place]
        ids.append(
            desk.tell_of_row(
                "proxy",
                place,
                column=heading_at(desk, place, "respondent"),
                found=f"{form['respondent']} at {form['wave']}",
                expected=f"{', '.join(roles[form['role']].answered_by)}, for {form['role']}",
            )
        )
    desk.set_rows_aside(places.tolist(), "proxy", ids)


def _who(word: str, role: Role) -> str:
    return OWN if word == role.key or role.is_called(word) else word


def look_at_respondents(desk: Desk) -> None:
    """Tell where somebody else answered than at the person's first wave; the form is kept."""
    for place, form, before in changed_forms(desk, "respondent"):
        desk.tell_of_row(
            "changed-respondent",
            place,
            column=heading_at(desk, place, "respondent"),
            found=f"{form['respondent']} at {form['wave']}",
            expected=f"{before['respondent']}, as at {before['wave']}",
        )


def changed_forms(
    desk: Desk, name: str, but: Collection[int] = ()
) -> list[tuple[int, Column, dict[str, Any]]]:
    """Return the forms that say another word than the person's first form that says any.

    Parameters
    ----------
    name : str
        A column of the occasion.
    but : collection of int
        Forms whose word does not count, by their place on the desk.
    """
    forms = desk.forms
    says = forms[name].notna().to_numpy(bool)
    says = says & ~np.isin(np.arange(len(forms)), list(but))
    known = np.flatnonzero(says)
    if not len(known):
        return []
    people = forms[["participant", "role", "wave", name]].iloc[known]
    wave = people["wave"].map(desk.trajectory.wave_keys.index).to_numpy(np.intp)
    life = np.argsort(wave, kind="stable")
    people, places = people.iloc[life], known[life]
    first = people.groupby(["participant", "role"], sort=False)[[name, "wave"]]
    before = first.transform("first")
    changed = np.flatnonzero((people[name] != before[name]).to_numpy(bool))
    return [
        (
            int(places[at]),
            forms.iloc[places[at]],
            {column: before[column].iloc[at] for column in (name, "wave")},
        )
        for at in changed
    ]


def heading_at(desk: Desk, place: int, name: str) -> str:
    """Return what the export calls a column of the occasion, at one row."""
    form = desk.forms.iloc[place]
    return desk.exports.column(str(form["file"]), name, str(form["wave"]))

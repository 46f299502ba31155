"""Who answered, for whom and about which child, at the first wave and later."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np

from pilot.cleaning.desk import Desk, Taken, answered_in
from pilot.cleaning.reading import with_emptied
from pilot.cleaning.words import Column, Places, translated, word_of
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
                column=_heading(desk, place, "respondent"),
                found=f"{form['respondent']} at {form['wave']}",
                expected=f"{', '.join(roles[form['role']].answered_by)}, for {form['role']}",
            )
        )
    desk.set_rows_aside(places.tolist(), "proxy", ids)


def _who(word: str, role: Role) -> str:
    return OWN if word == role.key or role.is_called(word) else word


def look_at_respondents(desk: Desk) -> None:
    """Tell where somebody else answered than at the person's first wave; the form is kept."""
    for place, form, before in _changed(desk, "respondent"):
        desk.tell_of_row(
            "changed-respondent",
            place,
            column=_heading(desk, place, "respondent"),
            found=f"{form['respondent']} at {form['wave']}",
            expected=f"{before['respondent']}, as at {before['wave']}",
        )


def judge_index_child(desk: Desk) -> None:
    """Set answers aside that are about another child than at the person's first wave.

    Only of instruments that the design asks about one child (``index_child``); the rest of
    the form stays.
    """
    asked = [each for each in desk.trajectory.asked if each.index_child]
    changed = list(_changed(desk, "about")) if asked else []
    for role in dict.fromkeys(each.role for each in asked):
        rows = [(place, form, was) for place, form, was in changed if form["role"] == role]
        ids = [
            desk.tell_of_row(
                "another-child",
                place,
                column=_heading(desk, place, "about"),
                found=f"{form['about']} at {form['wave']}",
                expected=f"{before['about']}, as at {before['wave']}",
            )
            for place, form, before in rows
        ]
        places = np.array([place for place, *_ in rows], dtype=np.intp)
        for each in asked:
            if each.role == role and len(places):
                items = each.items_of(desk.trajectory.instruments[each.instrument])
                _empty(desk, [*items, *each.totals], places, ids)


def _empty(desk: Desk, columns: list[str], places: Places, ids: list[str]) -> None:
    for name in [column for column in columns if column in desk.forms]:
        column = desk.forms[name]
        here = np.flatnonzero(answered_in(column)[places])
        if len(here):
            gone = places[here]
            said = [word_of(value) for value in column.iloc[gone]]
            told = [ids[at] for at in here]
            taken = Taken(gone, desk.names(name, gone), said, told)
            desk.set_answers_aside("another-child", taken)
            desk.replace({name: with_emptied(column, gone)})


def _changed(desk: Desk, name: str) -> list[tuple[int, Column, dict[str, Any]]]:
    """Return the forms that say another word than the person's first form that says any."""
    forms = desk.forms
    known = np.flatnonzero(forms[name].notna().to_numpy(bool))
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


def _heading(desk: Desk, place: int, name: str) -> str:
    form = desk.forms.iloc[place]
    return desk.exports.column(str(form["file"]), name, str(form["wave"]))

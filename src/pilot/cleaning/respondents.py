"""Who answered, at the first wave and later."""

from __future__ import annotations

import numpy as np

from pilot.cleaning.desk import Desk


def look_at_respondents(desk: Desk) -> None:
    """Tell where somebody else answered than at the person's first wave; the form is kept."""
    forms = desk.forms
    known = np.flatnonzero(forms["respondent"].notna().to_numpy(bool))
    if not len(known):
        return
    people = forms[["participant", "role", "wave", "respondent"]].iloc[known]
    wave = people["wave"].map(desk.trajectory.wave_keys.index).to_numpy(np.intp)
    life = np.argsort(wave, kind="stable")
    people, places = people.iloc[life], known[life]
    first = people.groupby(["participant", "role"], sort=False)[["respondent", "wave"]]
    before = first.transform("first")
    changed = (people["respondent"] != before["respondent"]).to_numpy(bool)
    for place, was, when in zip(
        places[changed],
        before["respondent"].to_numpy()[changed],
        before["wave"].to_numpy()[changed],
        strict=True,
    ):
        form = forms.iloc[place]
        desk.tell_of_row(
            "changed-respondent",
            place,
            column=desk.exports.column(str(form["file"]), "respondent", str(form["wave"])),
            found=f"{form['respondent']} at {form['wave']}",
            expected=f"{was}, as at {when}",
        )

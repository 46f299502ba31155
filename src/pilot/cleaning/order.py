"""The order of the waves in one person's life: a later wave is not answered earlier."""

from __future__ import annotations

import numpy as np

from pilot.cleaning.desk import Desk
from pilot.cleaning.words import Places
from pilot.cleaning.written import date_heading


def judge_order(desk: Desk) -> None:
    """Set both forms aside where a person answered a later wave before an earlier one.

    Which of the two dates or waves is wrong, only the forms can tell. A pair gives one
    finding, at the later wave's row.
    """
    while len(pairs := turned_pairs(desk)):
        ids = [_tell(desk, earlier, later) for earlier, later in pairs]
        named: dict[int, str] = {}
        for (earlier, later), name in zip(pairs.tolist(), ids, strict=True):
            named.setdefault(later, name)
            named.setdefault(earlier, name)
        desk.set_rows_aside(list(named), "wrong-order", list(named.values()))


def turned_pairs(desk: Desk) -> Places:
    """Return pairs of forms next to each other in one person's life, answered the other way.

    Returns
    -------
    array of int, shape (n, 2)
        Positions of the earlier and the later wave's form.
    """
    forms = desk.forms
    nobody = np.empty((0, 2), dtype=np.intp)
    dated = np.flatnonzero(forms["answered"].notna().to_numpy(bool))
    if not len(dated):
        return nobody
    people = forms[["participant", "role"]].iloc[dated]
    again = people.duplicated(keep=False).to_numpy(bool)
    if not again.any():
        return nobody
    places = dated[again]
    person = people[again].groupby(["participant", "role"], sort=False).ngroup().to_numpy()
    wave = forms["wave"].iloc[places].map(desk.trajectory.wave_keys.index).to_numpy(np.intp)
    life = np.lexsort((wave, person))
    places, person, wave = places[life], person[life], wave[life]
    days = forms["answered"].to_numpy()[places]
    same_person = person[1:] == person[:-1]
    backwards = same_person & (wave[1:] > wave[:-1]) & (days[1:] < days[:-1])
    return np.stack([places[:-1][backwards], places[1:][backwards]], axis=1)


def _tell(desk: Desk, earlier: int, later: int) -> str:
    before, after = desk.forms.iloc[earlier], desk.forms.iloc[later]
    return desk.tell_of_row(
        "wrong-order",
        later,
        column=date_heading(desk, later),
        found=f"{after['answered']:%Y-%m-%d} at {after['wave']}",
        expected=f"after {before['answered']:%Y-%m-%d} at {before['wave']} "
        f"({before['file']}, row {before['row']})",
    )

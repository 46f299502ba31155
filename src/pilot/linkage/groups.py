"""Each person's comparison group: the one at the start, whatever is said later."""

from __future__ import annotations

import numpy as np
import pandas as pd

from pilot.design.grouping import site_groups
from pilot.frames import GROUP
from pilot.linkage.people import PERSON
from pilot.linkage.tray import Column, Tray


def with_groups(forms: pd.DataFrame, register: pd.DataFrame, tray: Tray) -> pd.DataFrame:
    """Return forms with the group their person was in at the start.

    It is the register's, else the one of the person's first form that says one, else that
    of their site at the start. A form that says another group is told of and kept, as is a
    person of whom nobody says it. Without groups in the design, nothing happens.
    """
    if tray.trajectory.groups is None:
        return forms
    waves, of_site = tray.trajectory.wave_keys, site_groups(tray.trajectory)
    at_start = _of_register(forms, register).fillna(_first_said(forms, GROUP, waves))
    at_start = at_start.fillna(_first_said(forms, "site", waves).map(of_site).astype("str"))
    said = forms[GROUP]
    _tell(forms, (said.notna() & at_start.notna() & (said != at_start)), at_start, tray)
    _tell_unknown(forms, at_start, tray)
    return forms.assign(**{GROUP: at_start.astype("str")})


def _of_register(forms: pd.DataFrame, register: pd.DataFrame) -> Column:
    if GROUP not in register:
        return pd.Series(None, index=forms.index, dtype="str")
    periods = register.sort_values("start", na_position="first", kind="stable")
    first = periods.dropna(subset=[GROUP]).drop_duplicates("participant")
    return forms["participant"].map(first.set_index("participant")[GROUP]).astype("str")


def _first_said(forms: pd.DataFrame, name: str, waves: list[str]) -> Column:
    """Return what the first form of each person that says it says in a column."""
    said = forms[[*PERSON, "wave", name]].dropna(subset=[name])
    lived = said.sort_values("wave", key=lambda wave: wave.map(waves.index), kind="stable")
    first = lived.drop_duplicates(PERSON)[[*PERSON, name]]
    found = forms[PERSON].merge(first, on=PERSON, how="left")[name]
    return found.set_axis(forms.index).astype("str")


def _tell(forms: pd.DataFrame, other: Column, at_start: Column, tray: Tray) -> None:
    for place in np.flatnonzero(other.to_numpy(bool)):
        row = forms.iloc[place]
        tray.tell(
            "group-changes",
            row,
            column=tray.exports.column(str(row["file"]), GROUP),
            found=f"{row[GROUP]} at {row['wave']}",
            expected=str(at_start.iloc[place]),
        )


def _tell_unknown(forms: pd.DataFrame, at_start: Column, tray: Tray) -> None:
    groups = tray.trajectory.groups
    expected = ", ".join(level.key for level in groups.levels) if groups else ""
    first = at_start.isna() & ~forms.duplicated(PERSON)
    for place in np.flatnonzero(first.to_numpy(bool)):
        row = forms.iloc[place]
        tray.tell(
            "group-unknown",
            row,
            column=tray.exports.column(str(row["file"]), GROUP),
            expected=expected,
        )

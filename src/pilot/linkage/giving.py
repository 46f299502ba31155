"""Whether people give help as well as receive it, from their answers and from events."""

from __future__ import annotations

import pandas as pd

from pilot.design import Trajectory
from pilot.frames import GIVING

FORMS = {"given": "help-given", "received": "help-received"}
STANDINGS = ("both", "only given", "only received", "none")


def giving(
    panel: pd.DataFrame,
    events: pd.DataFrame,
    started: pd.DataFrame,
    trajectory: Trajectory,
) -> pd.DataFrame:
    """Return who gives help and who receives it.

    From the forms `help-given` and `help-received` at the last wave at which a person
    answered both, or from events that mean help (status ``given`` or ``received``), for
    whoever has one. Who answered only one of the two, and has no event, is not in it: empty
    is not 'no'.

    Returns
    -------
    DataFrame
        Columns `frames.GIVING`, one row a person and role; `wave` is empty where only
        events tell. `standing` is ``both``, ``only given``, ``only received`` or ``none``.
    """
    answered = _answered(panel, trajectory)
    keys = [each.key for each in trajectory.events if each.means == "help"]
    told = events[events["event"].isin(keys)]
    table = started[list(GIVING[:4])].merge(answered, on=["participant", "role"], how="left")
    known = table["wave"].notna() | table["participant"].isin(told["participant"])
    for name in FORMS:
        seen = table["participant"].isin(told.loc[told["status"] == name, "participant"])
        table[name] = table[name].eq(True) | seen
    table["standing"] = [
        STANDINGS[(0 if given else 2) + (0 if received else 1)]
        if given != received or given
        else "none"
        for given, received in zip(table["given"], table["received"], strict=True)
    ]
    return table.loc[known, list(GIVING)].reset_index(drop=True)


def _answered(panel: pd.DataFrame, trajectory: Trajectory) -> pd.DataFrame:
    """Return, a person and role, the last wave with both answers, and whether above 0."""
    parts = []
    for role in trajectory.roles:
        asked = {each.instrument for each in trajectory.asked_of(role.key)}
        if not set(FORMS.values()) <= asked:
            continue
        items = {
            name: next(iter(trajectory.instruments[form].items)) for name, form in FORMS.items()
        }
        own = panel[panel["role"] == role.key].dropna(subset=list(items.values()))
        order = own["wave"].map(trajectory.wave_keys.index)
        last = (
            own.assign(order=order)
            .sort_values("order")
            .drop_duplicates("participant", keep="last")
        )
        flags = {name: (last[item] > 0).astype(bool) for name, item in items.items()}
        parts.append(last[["participant", "role", "wave"]].assign(**flags))
    columns = ["participant", "role", "wave", *FORMS]
    return pd.concat(parts)[columns] if parts else pd.DataFrame(columns=columns, dtype=object)

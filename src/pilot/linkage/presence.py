"""When each person was there: sessions, minutes, from first to last, the longest gap."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from pilot.design import Trajectory
from pilot.frames import PRESENCE
from pilot.linkage.dose import attendance
from pilot.linkage.sessions import attended, lived


def presence(
    events: pd.DataFrame,
    started: pd.DataFrame,
    trajectory: Trajectory,
    consent: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Return the dose of each person who started, and how it was spread over time.

    What a family attended together counts for each of its members, as in `attendance`.
    Sessions without a date count as sessions and not in the days. Who never came has 0
    sessions; of whose site there is no list, or whose events may not be used, sessions are
    empty, as minutes are where nobody wrote them down. Nothing is filled in.

    Parameters
    ----------
    events : DataFrame
        Columns `frames.EVENTS`.
    started : DataFrame
        Columns `frames.STARTED`.
    trajectory : Trajectory
        Says which events make up the dose.
    consent : DataFrame, optional
        Columns `frames.CONSENT`.

    Returns
    -------
    DataFrame
        Columns `frames.PRESENCE`, in the order of `started`; `span_days` from the first to
        the last day, `longest_gap_days` between two days in a row (empty below two days).
        Empty where nothing was registered.

    Examples
    --------
    >>> from pilot.design import load_trajectory
    >>> design = load_trajectory("meet-the-parents")
    >>> days = pd.to_datetime(["2025-01-06", "2025-01-13", "2025-02-03"])
    >>> came = pd.DataFrame(
    ...     {"event": "attendance", "participant": "a", "family": None, "date": days}
    ... ).assign(minutes=60.0, status=None, kind=None, site=None)
    >>> who = pd.DataFrame(
    ...     {"participant": ["a"], "family": None, "site": "x", "role": "parent"}
    ... )
    >>> there = presence(came, who, design)[["sessions", "span_days", "longest_gap_days"]]
    >>> there.to_numpy().tolist()
    [[3.0, 28.0, 21.0]]
    """
    times = attendance(events, started, trajectory, consent)
    if times is None:
        return pd.DataFrame(columns=list(PRESENCE))
    rows = lived(attended(events, trajectory), started)[["participant", "date", "minutes"]]
    by_person: dict[Any, pd.DataFrame] = dict(list(rows.groupby("participant", sort=False)))
    nothing = rows.iloc[:0]
    told = pd.DataFrame(
        [_spread(by_person.get(who, nothing)) for who in started["participant"]],
        index=started.index,
    )
    known = times.notna()
    told = told.assign(sessions=times, undated=told["undated"].where(known))
    return pd.concat([started[list(PRESENCE[:4])], told], axis="columns")[list(PRESENCE)]


def family_presence(table: pd.DataFrame, role: str) -> pd.DataFrame:
    """Return one row a family: that of its member in a role who came most.

    Of members who came as often, the one with most minutes, then the longest span. Where no
    family is known, each person stands for one.
    """
    own = table[table["role"] == role]
    unit = own["family"].fillna(own["participant"])
    best = ["sessions", "minutes", "span_days"]
    most = own.assign(unit=unit).sort_values(
        best, ascending=False, kind="stable", na_position="last"
    )
    return most.drop_duplicates("unit").drop(columns="unit").reset_index(drop=True)


def _spread(own: pd.DataFrame) -> dict[str, Any]:
    days = pd.to_datetime(own["date"]).dropna().dt.normalize().sort_values()
    gaps = days.drop_duplicates().diff().dt.days.dropna()
    minutes = pd.to_numeric(own["minutes"])
    return {
        "minutes": float(minutes.sum()) if minutes.notna().any() else np.nan,
        "first": days.min() if len(days) else pd.NaT,
        "last": days.max() if len(days) else pd.NaT,
        "span_days": float((days.max() - days.min()).days) if len(days) else np.nan,
        "longest_gap_days": float(gaps.max()) if len(gaps) else np.nan,
        "undated": len(own) - len(days),
    }

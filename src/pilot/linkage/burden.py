"""Families that a critical event burdened; none is not the same as not recorded."""

from __future__ import annotations

import pandas as pd

from pilot.design import Trajectory
from pilot.design.globs import compiled
from pilot.frames import Cleaned
from pilot.linkage.tray import Column


def families_burdened(
    cleaned: Cleaned, started: pd.DataFrame, trajectory: Trajectory
) -> int | None:
    """Return how many families (people, where no family is known) had a critical event.

    Parameters
    ----------
    cleaned : Cleaned
    started : DataFrame
        Columns `frames.STARTED`: the people it is about.
    trajectory : Trajectory
        Its events that mean ``critical``.

    Returns
    -------
    int or None
        None where the design has no such event, or none of its files came in.
    """
    critical = {each.key for each in trajectory.events if each.means == "critical"}
    happened = cleaned.events[cleaned.events["event"].isin(critical)]
    if happened.empty and not _came(cleaned.files["file"], critical, trajectory):
        return None
    unit = started["family"].fillna(started["participant"])
    own = started["participant"].isin(happened["participant"].dropna())
    together = unit.isin(happened.loc[happened["participant"].isna(), "family"].dropna())
    return int(unit[own | together].nunique())


def _came(files: Column, critical: set[str], trajectory: Trajectory) -> bool:
    patterns = [
        compiled(source.files)
        for source in trajectory.sources
        if source.kind == "events" and source.event in critical
    ]
    return any(pattern.fullmatch(str(name)) for pattern in patterns for name in files.dropna())

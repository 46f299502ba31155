"""The flow of people through the waves: who was expected, answered, missed, left."""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pilot.design import Trajectory
from pilot.frames import DUE, FLOW, LEFT_REASONS, STARTED
from pilot.linkage.tray import Column, Flags
from pilot.linkage.waves import Due

Stages = NDArray[np.object_]
Standing: TypeAlias = "dict[tuple[str, str], tuple[Flags, Stages]]"

# A family stands where the first of these holds for one of its members.
FIRST = ("answered", "missed", "not due", "left")


def standing_of(
    panel: pd.DataFrame, people: pd.DataFrame, windows: dict[str, Due], trajectory: Trajectory
) -> Standing:
    """Return where everybody stands, by role and wave: who has the role, and each stage.

    Everyone who started stands at every wave in one place: answered, missed, left (whoever
    left before the window closed and did not answer) or not due (the window had not closed
    at the data lock, or the person joined after it).
    """
    standing: Standing = {}
    for role in trajectory.roles:
        own = (people["role"] == role.key).to_numpy(dtype=bool)
        for wave in asked_waves(trajectory, role.key):
            there = panel[(panel["role"] == role.key) & (panel["wave"] == wave)]
            answered = people["participant"].isin(there["participant"]).to_numpy(dtype=bool)
            standing[role.key, wave] = (own, _stages(people, answered, windows[wave]))
    return standing


def flow_table(standing: Standing, people: pd.DataFrame) -> pd.DataFrame:
    """Return who was where at each wave, by role.

    Expected are those who answered or missed; left stands there once a reason. Families
    are counted where they are given, else people, and each family of a role stands in one
    place too: answered when a member did, else missed when a member did, else not due when
    a member is not, and left only when all its members left. Its reason is that of the
    member who left last; of several on one day, the one that `frames.LEFT_REASONS` names
    first. So at every wave families and people add up to those that started.

    Parameters
    ----------
    standing : dict
        By `standing_of`.
    people : DataFrame
        Columns `people.PEOPLE`, one row a person.

    Returns
    -------
    DataFrame
        Columns `frames.FLOW`; reasons are those of `frames.LEFT_REASONS`.

    References
    ----------
    CONSORT 2010 extension to pilot and feasibility trials, the flow diagram.
    """
    rows: list[tuple[Any, ...]] = []
    reason = people["reason"].fillna("unknown")
    unit = people["family"].fillna(people["participant"])
    living = people[["end"]].assign(unit=pd.factorize(unit)[0], reason=reason)
    for (role, wave), (own, stages) in standing.items():
        here = living[own].assign(stage=stages[own])
        persons = _counted(here["stage"], here["reason"])
        families = _counted(*_families(here))
        for stage, why in PLACES:
            counts = (persons.get((stage, why), 0), families.get((stage, why), 0))
            if why is None or any(counts):
                rows.append((role, wave, stage, why, *counts))
    return pd.DataFrame(rows, columns=list(FLOW)).astype({"reason": "str"})


def due_table(standing: Standing, people: pd.DataFrame) -> pd.DataFrame:
    """Return whose form was due at each wave: who answered, missed or left.

    Returns
    -------
    DataFrame
        Columns `frames.DUE`, one row a person, role and wave.
    """
    parts = [
        people.loc[own & (stages != "not due"), list(STARTED)].assign(wave=wave)
        for (_, wave), (own, stages) in standing.items()
    ]
    due: pd.DataFrame = pd.concat(parts, ignore_index=True)[list(DUE)]
    return due.astype({"wave": "str"})


def asked_waves(trajectory: Trajectory, role: str) -> list[str]:
    """Return the waves at which a role is asked anything."""
    asked = {wave for each in trajectory.asked_of(role) for wave in trajectory.waves_of(each)}
    return [wave for wave in trajectory.wave_keys if wave in asked]


PLACES: tuple[tuple[str, str | None], ...] = (
    ("expected", None),
    ("answered", None),
    ("missed", None),
    *(("left", why) for why in LEFT_REASONS),
    ("not due", None),
)


def _stages(people: pd.DataFrame, answered: Flags, its: Due) -> Stages:
    left = (people["end"] <= its.closes).to_numpy(dtype=bool)
    joined_later = (people["start"] > its.closes).to_numpy(dtype=bool)
    waiting = ~its.past | joined_later
    return np.select(
        [answered, left, waiting], ["answered", "left", "not due"], default="missed"
    ).astype(object)


def _families(here: pd.DataFrame) -> tuple[Column, Column]:
    """Return the stage and the reason of each family of people of one role."""
    rank = here["stage"].map({stage: place for place, stage in enumerate(FIRST)})
    why = here["reason"].map({reason: place for place, reason in enumerate(LEFT_REASONS)})
    order = np.lexsort((why, -here["end"].to_numpy("datetime64[us]").astype(np.int64), rank))
    first = here.iloc[order].drop_duplicates("unit")
    return first["stage"], first["reason"]


def _counted(stage: Column, reason: Column) -> dict[tuple[str, str | None], int]:
    told: dict[tuple[str, str | None], int] = {
        (str(name), None): int(count) for name, count in stage.value_counts().items()
    }
    left = reason[stage == "left"].value_counts()
    told |= {("left", str(name)): int(count) for name, count in left.items()}
    told["expected", None] = told.get(("answered", None), 0) + told.get(("missed", None), 0)
    return told

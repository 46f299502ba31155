"""The flow of people through the waves: who was expected, answered, missed, left."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pilot.design import Trajectory
from pilot.frames import FLOW, LEFT_REASONS
from pilot.linkage.tray import Flags
from pilot.linkage.waves import Due

Stages = NDArray[np.object_]


def flow_table(
    panel: pd.DataFrame, people: pd.DataFrame, windows: dict[str, Due], trajectory: Trajectory
) -> pd.DataFrame:
    """Return who was where at each wave, by role.

    Everyone who started stands at every wave in one place: answered, missed, left (with
    the reason; whoever left before the window closed and did not answer) or not due (the
    window had not closed at the data lock, or the person joined after it). Expected are
    those who answered or missed. Families are counted where they are given, else people; a
    family may stand in more than one place at a wave.

    Returns
    -------
    DataFrame
        Columns `frames.FLOW`; reasons are those of `frames.LEFT_REASONS`.

    References
    ----------
    CONSORT 2010 extension to pilot and feasibility trials, the flow diagram.
    """
    rows: list[tuple[Any, ...]] = []
    unit = people["family"].fillna(people["participant"])
    for role in trajectory.roles:
        own = (people["role"] == role.key).to_numpy(dtype=bool)
        for wave in asked_waves(trajectory, role.key):
            there = panel[(panel["role"] == role.key) & (panel["wave"] == wave)]
            answered = people["participant"].isin(there["participant"]).to_numpy(dtype=bool)
            stages = _stages(people, answered, windows[wave])
            for stage, reason, who in _places(stages, people, own):
                if reason is None or who.any():
                    counts = (int(who.sum()), int(unit[who].nunique()))
                    rows.append((role.key, wave, stage, reason, *counts))
    return pd.DataFrame(rows, columns=list(FLOW)).astype({"reason": "str"})


def asked_waves(trajectory: Trajectory, role: str) -> list[str]:
    """Return the waves at which a role is asked anything."""
    asked = {wave for each in trajectory.asked_of(role) for wave in trajectory.waves_of(each)}
    return [wave for wave in trajectory.wave_keys if wave in asked]


def _stages(people: pd.DataFrame, answered: Flags, its: Due) -> Stages:
    left = (people["end"] <= its.closes).to_numpy(dtype=bool)
    joined_later = (people["start"] > its.closes).to_numpy(dtype=bool)
    waiting = ~its.past | joined_later
    return np.select(
        [answered, left, waiting], ["answered", "left", "not due"], default="missed"
    ).astype(object)


def _places(
    stages: Stages, people: pd.DataFrame, own: Flags
) -> list[tuple[str, str | None, Flags]]:
    reason = people["reason"].fillna("unknown").to_numpy(dtype=object)
    expected = own & np.isin(stages, ["answered", "missed"])
    left = [("left", why, own & (stages == "left") & (reason == why)) for why in LEFT_REASONS]
    return [
        ("expected", None, expected),
        ("answered", None, own & (stages == "answered")),
        ("missed", None, own & (stages == "missed")),
        *left,
        ("not due", None, own & (stages == "not due")),
    ]

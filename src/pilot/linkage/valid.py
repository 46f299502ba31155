"""Forms that can be scored: enough items answered of what the role is followed on."""

from __future__ import annotations

import numpy as np
import pandas as pd

from pilot.design import Instrument, Outcome, Scale, Trajectory
from pilot.linkage.tray import Flags


def valid_forms(panel: pd.DataFrame, role: str, wave: str, trajectory: Trajectory) -> Flags:
    """Return which rows of a panel are a role's form at a wave that can be scored.

    Valid is a form with enough answers (`min_answered`) for every primary outcome of the
    role; of a role without one, for every outcome planned for it; without those, for
    anything at all.
    """
    here = ((panel["role"] == role) & (panel["wave"] == wave)).to_numpy(dtype=bool)
    for outcome in _followed(role, wave, trajectory):
        here = here & _scorable(panel, outcome, trajectory)
    return here


def answered_for(panel: pd.DataFrame, outcome: Outcome, trajectory: Trajectory) -> Flags:
    """Return which rows of a panel are of an outcome's role and have enough answers for it."""
    own = (panel["role"] == outcome.role).to_numpy(dtype=bool)
    return own & _scorable(panel, outcome, trajectory)


def _followed(role: str, wave: str, trajectory: Trajectory) -> list[Outcome]:
    own = [each for each in trajectory.outcomes() if each.role == role and wave in each.waves]
    return [outcome for outcome in own if outcome.primary] or own


def _scorable(panel: pd.DataFrame, outcome: Outcome, trajectory: Trajectory) -> Flags:
    if outcome.key in panel:
        return panel[outcome.key].notna().to_numpy(dtype=bool)
    instrument = trajectory.instruments[outcome.instrument]
    scale = _scale(instrument, outcome)
    answered = np.zeros(len(panel), dtype=np.intp)
    for item in scale.items:
        if item in panel:
            answered += panel[item].notna().to_numpy(dtype=bool)
    return np.asarray(answered >= max(scale.min_answered, 1))


def _scale(instrument: Instrument, outcome: Outcome) -> Scale:
    return next(s for s in instrument.scales if instrument.score_name(s) == outcome.key)


def answered_items(panel: pd.DataFrame, role: str, trajectory: Trajectory) -> tuple[int, int]:
    """Return how many items a role answered, and how many its forms asked.

    Goals are not counted: one that nobody set is not a question left open. Nor are items
    that no export has a column of.
    """
    answered = asked = 0
    own = (panel["role"] == role).to_numpy(dtype=bool)
    for each in trajectory.asked_of(role):
        rows = own & panel["wave"].isin(trajectory.waves_of(each)).to_numpy(dtype=bool)
        instrument = trajectory.instruments[each.instrument]
        if any(scale.combine == "goal_attainment" for scale in instrument.scales):
            continue
        for item in each.items_of(instrument):
            if item in panel:
                asked += int(rows.sum())
                answered += int(panel[item].notna().to_numpy(dtype=bool)[rows].sum())
    return answered, asked

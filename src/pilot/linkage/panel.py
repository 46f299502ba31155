"""The panel: one row a person and wave they answered."""

from __future__ import annotations

import numpy as np
import pandas as pd

from pilot.design import Trajectory
from pilot.frames import GROUP, PANEL, items_of
from pilot.linkage.people import PERSON


def join_parts(forms: pd.DataFrame) -> pd.DataFrame:
    """Return forms with the parts of one form, from different files, in one row.

    Parts answer different questions: cleaning sets aside what overlaps. The first part by
    file and row gives file, row and occasion.
    """
    part = forms.duplicated([*PERSON, "wave"], keep=False).to_numpy(dtype=bool)
    if not part.any():
        return forms
    parts = forms[part].sort_values(["file", "row"], kind="stable")
    joined = parts.groupby([*PERSON, "wave"], sort=False).first().reset_index()
    return pd.concat([forms[~part], joined[forms.columns]], ignore_index=True)


def in_order(panel: pd.DataFrame, trajectory: Trajectory) -> pd.DataFrame:
    """Return a panel by role, wave, file and row: never by who it is about."""
    roles = [role.key for role in trajectory.roles]
    role = panel["role"].map({key: place for place, key in enumerate(roles)})
    wave = panel["wave"].map({key: place for place, key in enumerate(trajectory.wave_keys)})
    file = pd.factorize(panel["file"], sort=True)[0]
    order = np.lexsort((panel["row"].to_numpy(np.int64), file, wave, role))
    columns = [*PANEL, *([GROUP] if trajectory.groups else []), *items_of(panel)]
    return panel.iloc[order].reset_index(drop=True)[columns]

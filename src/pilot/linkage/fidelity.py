"""Whether sites keep to the principles of the method: a checklist a period."""

from __future__ import annotations

import pandas as pd

from pilot.design import Trajectory, find
from pilot.frames import FIDELITY

ANSWERS = {"kept": "yes", "partly": "partly", "not_kept": "no"}


def fidelity(events: pd.DataFrame, trajectory: Trajectory) -> pd.DataFrame:
    """Return, a site and half-year, how many principles were kept, in part or not.

    Each row of the checklist is one principle (`kind`) with its answer (`status`). What was
    left empty, or says something the design does not know, is not counted as an answer.

    Parameters
    ----------
    events : DataFrame
        Columns `frames.EVENTS`; those that mean a principle.

    Returns
    -------
    DataFrame
        Columns `frames.FIDELITY`, sites as in the design, periods such as ``2024-1`` (the
        first half); `share` is the share of the answers that say it was kept whole.
    """
    keys = [each.key for each in trajectory.events if each.means == "principle"]
    told = events[events["event"].isin(keys) & events["status"].isin(ANSWERS.values())]
    if told.empty:
        return pd.DataFrame(columns=list(FIDELITY))
    day = pd.to_datetime(told["date"])
    half = (1 + (day.dt.month > 6)).astype("str")
    known = told.assign(
        site=[find(trajectory.sites, str(word)) or str(word) for word in told["site"]],
        period=(day.dt.year.astype("Int64").astype("str") + "-" + half).where(day.notna()),
    )
    flags = {name: known["status"].eq(answer) for name, answer in ANSWERS.items()}
    groups = known.assign(**flags).groupby(["site", "period"], sort=False, dropna=False)
    table = groups[list(ANSWERS)].sum().astype("int64").reset_index()
    table["asked"] = table[list(ANSWERS)].sum(axis="columns")
    table["share"] = table["kept"] / table["asked"]
    places = {site.key: place for place, site in enumerate(trajectory.sites)}
    order = table["site"].map(places).fillna(len(places))
    sorted_ = table.assign(order=order).sort_values(["order", "site", "period"], kind="stable")
    return sorted_[list(FIDELITY)].reset_index(drop=True)

"""What events may tell to everybody: roles, requests, help given and received, principles."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from pilot.disclosure.cells import Cell, join_neighbours
from pilot.disclosure.ledger import Ledger
from pilot.disclosure.tally import Counted, main_role, most_members
from pilot.results import PublicHappened, Study

STEP = 0.05
A_WEEK = 7
FEW_WAITS = 10
STANDINGS = ("both", "only given", "only received", "none")


@dataclass(frozen=True, slots=True)
class Events:
    """True counts of what happened, before they are shown. They never leave this room."""

    moved: Counted
    requests: Counted
    giving: tuple[Cell, ...]

    @property
    def counts(self) -> list[int]:
        """Every count that will be shown."""
        return [count for _, count in (*self.moved, *self.requests, *self.giving)]


def count_events(study: Study) -> Events:
    """Count what the public pages tell of roles, requests and help."""
    return Events(_moved(study), tuple(_requests(study)), _giving(study))


def show_events(study: Study, counted: Events, ledger: Ledger) -> PublicHappened:
    """Return what happened as it may be shown.

    Nothing is told by site. Of whom moved up the whole is shown beside it, and of help the
    cells of all four standings, joined until each holds: a cell of nobody does not. Weeks
    of waiting are told from ten requests of families enough.
    """
    return PublicHappened(
        moved=tuple((word, ledger.show(count)) for word, count in counted.moved),
        requests=tuple((word, ledger.show(count)) for word, count in counted.requests),
        waiting_weeks=_weeks(study, counted),
        giving=tuple((names, ledger.show(count)) for names, count in counted.giving),
        kept=tuple(_kept(study)),
    )


def _moved(study: Study) -> Counted:
    rates = study.happened.rates
    if rates.empty:
        return ()
    whole = rates[rates["site"].isna()].iloc[0]
    people = int(whole["people"])
    if people < study.trajectory.thresholds.people:
        return ()
    return (("people", people), ("moved_up", int(whole["moved_up"])))


def _requests(study: Study) -> Iterator[tuple[str, int]]:
    table = study.happened.requests
    if table.empty:
        return
    least = study.trajectory.thresholds.families
    told = table[table["state"] != "unclear"]
    done = told["fulfilled"].notna() | (told["state"] == "fulfilled")
    states = {
        "asked": pd.Series(True, index=told.index),
        "matched": told["matched"].notna() | done,
        "fulfilled": done,
        "open": told["state"].isin(["open", "matched"]),
    }
    for word, marked in states.items():
        if _families(told[marked]) >= least and _families(told[~marked]) not in range(1, least):
            yield word, int(marked.sum())


def _families(requests: pd.DataFrame) -> int:
    return int(requests["family"].fillna(requests["participant"]).nunique())


def _weeks(study: Study, counted: Events) -> int | None:
    waits = study.happened.waits
    done = dict(counted.requests).get("fulfilled", 0)
    if waits.empty or done < FEW_WAITS:
        return None
    days = pd.to_numeric(waits.loc[waits["stage"] == "fulfilled", "median_days"]).dropna()
    return round(float(days.iloc[0]) / A_WEEK) if len(days) else None


def _giving(study: Study) -> tuple[Cell, ...]:
    table, role = study.happened.giving, main_role(study.trajectory)
    if table.empty:
        return ()
    own = table.loc[table["role"] == role, "standing"]
    cells = [((name,), int((own == name).sum())) for name in STANDINGS]
    least = study.trajectory.thresholds.families * most_members(study, role)
    return join_neighbours(cells, least)


def _kept(study: Study) -> Iterator[tuple[str, float]]:
    table = study.happened.fidelity
    least = study.trajectory.thresholds.families
    for period, own in table.groupby("period", sort=True) if len(table) else ():
        if own["site"].nunique() >= least:
            share = own["kept"].sum() / own["asked"].sum()
            yield str(period), round(round(share / STEP) * STEP, 2)

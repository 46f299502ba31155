"""Whether it may be told that people were asked in another way at the last wave."""

from __future__ import annotations

import pandas as pd

from pilot.disclosure.tally import most_members
from pilot.results import Estimate, Study

ANY = "any"


def asked_otherwise(study: Study) -> tuple[str, ...]:
    """Return the ways of asking that changed for so many people that it may be told.

    Of the first primary outcome only, so that no two outcomes can be subtracted. A way is
    told where those it changed for hold as a cell, and those it did not change for too, or
    are nobody; ``any`` stands alone where no single way holds but all together do.

    Returns
    -------
    tuple of str
        Keys of ways, in their order; empty where nothing may be told. No numbers.
    """
    first = next((e for e in study.estimates if _leads(e)), None)
    known = study.changes_of_asking
    if first is None or known.empty:
        return ()
    outcome = first.outcome
    rows = known[(known["outcome"] == outcome.key) & (known["role"] == outcome.role)]
    families = study.trajectory.thresholds.families
    held = _hold(rows, families, families * most_members(study, outcome.role))
    ways = tuple(way for way in held if way != ANY)
    return ways or held


def _leads(estimate: Estimate) -> bool:
    return estimate.outcome.primary and estimate.standing == "planned"


def _hold(rows: pd.DataFrame, families: int, people: int) -> tuple[str, ...]:
    rest = rows["n_known"] - rows["n_changed"]
    enough = (rows["n_changed"] >= people) & (rows["n_families_changed"] >= families)
    return tuple(rows.loc[enough & ((rest == 0) | (rest >= people)), "what"].astype(str))

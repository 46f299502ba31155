"""Consent: whose answers may be used, for what, and from when no longer."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd

from pilot.design import Trajectory
from pilot.frames import CONSENT, CONSENT_USES, empty

OF_AGE = 16
GUARDIANS = ("guardian_1", "guardian_2")
GIVEN = (*(f"consent_{use}" for use in CONSENT_USES), *GUARDIANS)
REMOVE = "stop and remove"
NOT_ASKED, REFUSED, NO_GUARDIAN, WITHDRAWN = "not asked", "refused", "no guardian", "withdrawn"


def consent_table(register: pd.DataFrame, trajectory: Trajectory) -> pd.DataFrame:
    """Return who consented to what, one row a person and use.

    One refusal is a refusal, whoever gave it. Who is under 16 needs a guardian's yes; who
    may still be 15, as far as the year of birth tells, is under 16, and so is who has no
    year of birth in a role for children. A guardian's own column counts for the answers; for
    another use the column of that use says yes.

    Parameters
    ----------
    register : DataFrame
        Columns `frames.REGISTER`: one row a person and period, or one a guardian.
    trajectory : Trajectory
        Knows the ages of the roles, and when the first wave opens.

    Returns
    -------
    DataFrame
        Columns `frames.CONSENT`. `given` is a boolean; `why` says why not: ``not asked``,
        ``refused``, ``no guardian`` or ``withdrawn`` (with removal of what was given).
        Empty where the register has no column of consent.

    References
    ----------
    Uitvoeringswet AVG, article 5: under 16, consent is that of the legal representative.
    """
    if register.empty or register[list(GIVEN)].isna().all(axis=None):
        return empty(CONSENT)
    people: dict[str, list[Any]] = {}
    for row in register.itertuples(index=False):
        people.setdefault(str(row.participant), []).append(row)
    rows = [
        _row(rows, use, under_16(rows[0], trajectory))
        for rows in people.values()
        for use in CONSENT_USES
    ]
    made = pd.DataFrame(rows, columns=list(CONSENT))
    days = {name: pd.to_datetime(made[name]) for name in ("date", "withdrawn")}
    return made.assign(**days).astype({"given": bool, "row": "Int64"})


def under_16(row: Any, trajectory: Trajectory, on: pd.Timestamp | None = None) -> bool:
    """Return whether a person of the register may be under 16 when they gave consent.

    Only in a role that has people under 16: a parent born in 2015 is a slip of the pen,
    which is told as such.

    Parameters
    ----------
    row : named tuple
        One row of the register.
    on : Timestamp, optional
        Another day than that of consent.
    """
    youngest = {role.key: role.ages[0] for role in trajectory.roles}
    if youngest.get(row.role, OF_AGE if pd.isna(row.birth_year) else 0) >= OF_AGE:
        return False
    if pd.isna(row.birth_year):
        return True
    opens = trajectory.waves[0].opens
    days: Iterable[Any] = (on, row.consent_date, row.start, opens)
    known = [pd.Timestamp(day) for day in days if day is not None and pd.notna(day)]
    return bool(known) and known[0].year - int(row.birth_year) <= OF_AGE


def _row(rows: list[Any], use: str, minor: bool) -> dict[str, Any]:
    why = _why_not(rows, use, minor)
    withdrawn = [row.withdrawn for row in rows if pd.notna(row.withdrawn)]
    ways = [row.withdrawal for row in rows if pd.notna(row.withdrawal)]
    way = REMOVE if REMOVE in ways else ("stop" if ways or withdrawn else None)
    if not why and (way == REMOVE or (way and not withdrawn)):
        why = WITHDRAWN
    dates = [row.consent_date for row in rows if pd.notna(row.consent_date)]
    givers = dict.fromkeys(row.consent_giver for row in rows if pd.notna(row.consent_giver))
    return {
        "participant": rows[0].participant,
        "role": rows[0].role,
        "use": use,
        "given": not why,
        "why": why or None,
        "date": max(dates, default=None),
        "giver": ", ".join(givers) or None,
        "withdrawn": min(withdrawn, default=None),
        "withdrawal": way,
        "file": rows[0].file,
        "row": rows[0].row,
    }


def _why_not(rows: list[Any], use: str, minor: bool) -> str:
    said = [(getattr(row, f"consent_{use}"), row.consent_giver) for row in rows]
    columns = [getattr(row, name) for row in rows for name in GUARDIANS]
    if "no" in [*(word for word, _ in said), *columns]:
        return REFUSED
    yes = [giver for word, giver in said if word == "yes"]
    if minor:
        by_guardian = any(pd.notna(giver) and giver != "self" for giver in yes)
        if not by_guardian and "yes" not in columns:
            return NO_GUARDIAN
        return "" if yes or use == "answers" else NOT_ASKED
    return "" if yes else NOT_ASKED

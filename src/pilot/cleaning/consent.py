"""Consent: whose answers may be used, for what, and from when no longer."""

from __future__ import annotations

from typing import Any

import pandas as pd

from pilot.cleaning.alike import without_disputed
from pilot.cleaning.asked import (
    GUARDIANS,
    NO_GUARDIAN,
    NOT_ASKED,
    OF_AGE,
    REFUSED,
    WITHDRAWN,
    Asked,
    everybody,
    under_16,
)
from pilot.design import Trajectory
from pilot.frames import CONSENT, CONSENT_USES, empty

__all__ = ["OF_AGE", "REMOVE", "UNCLEAR", "WITHDRAWN", "consent_table", "under_16"]

GIVEN = (*(f"consent_{use}" for use in CONSENT_USES), *GUARDIANS)
STOP, REMOVE, UNCLEAR = "stop", "stop and remove", "unclear"


def consent_table(register: pd.DataFrame, trajectory: Trajectory) -> pd.DataFrame:
    """Return who consented to what, one row a person and use.

    One refusal is a refusal, whoever gave it and in whichever row; a yes beside an unclear
    word in another row is none. Where two numbers read alike, 001 and 1, and one of them
    refused or withdrew, neither consents. Who is under 16 needs a
    guardian's yes, and that of a second guardian who is named; who may still be 15, as far
    as the year of birth tells, is under 16, and so is who has no year of birth in a role for
    children. A guardian's own column counts for the answers; for another use the column of
    that use says yes. A young person who says no at 16, after a guardian's yes, withdraws
    from that day on.

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
        ``refused``, ``no guardian`` or ``withdrawn`` (with removal of what was given, or
        nobody knows when or how). `date` is the day of consent at the start: of two
        guardians the later, and not that of a young person asked again at 16. Empty where
        the register has no column of consent; with withdrawals alone, those who withdrew.

    References
    ----------
    Uitvoeringswet AVG, article 5: under 16, consent is that of the legal representative.
    """
    withdrew = register[["withdrawn", "withdrawal"]].notna().any(axis="columns")
    asks = bool(register[list(GIVEN)].notna().any(axis=None))
    if not asks:
        register = register[register["participant"].isin(register.loc[withdrew, "participant"])]
    if register.empty:
        return empty(CONSENT)
    rows = [
        _row(person, use, _why_not(person, use) if asks else "")
        for person in everybody(register, trajectory)
        for use in CONSENT_USES
    ]
    made = pd.DataFrame(rows, columns=list(CONSENT))
    days = {name: pd.to_datetime(made[name]) for name in ("date", "withdrawn")}
    return without_disputed(made.assign(**days).astype({"given": bool, "row": "Int64"}))


def _row(person: Asked, use: str, why: str) -> dict[str, Any]:
    withdrawn = [row.withdrawn for row in person.rows if pd.notna(row.withdrawn)]
    ways = [row.withdrawal for row in person.rows if pd.notna(row.withdrawal)]
    if person.stopped is not None:
        withdrawn.append(person.stopped)
    known = [each for each in (REMOVE, UNCLEAR) if each in ways]
    way = known[0] if known else (STOP if ways or withdrawn else None)
    if not why and (known or (way and not withdrawn)):
        why = WITHDRAWN
    said = [row.consent_giver for row in person.rows if pd.notna(row.consent_giver)]
    told = _telling(person, use)
    return {
        "participant": person.number,
        "role": person.rows[0].role,
        "use": use,
        "given": not why,
        "why": why or None,
        "date": _date(person),
        "giver": ", ".join(dict.fromkeys(said)) or None,
        "withdrawn": min(withdrawn, default=None),
        "withdrawal": way,
        "file": told.file,
        "row": told.row,
    }


def _why_not(person: Asked, use: str) -> str:
    stopped = person.own("no") if use == "answers" and person.guarded() else []
    said = [(row, word) for row, word, _ in person.said(use)]
    refused = [row for row, word in said if word == "no" and not _among(row, stopped)]
    if refused or "no" in person.columns:
        return REFUSED
    given = any(word == "yes" for _, word in said) and not person.doubtful(use)
    if not person.minor:
        return "" if given or stopped else NOT_ASKED
    if not person.guarded(use):
        return "" if given and person.own_since is not None else NO_GUARDIAN
    return NOT_ASKED if person.waiting or not (given or use == "answers") else ""


def _date(person: Asked) -> pd.Timestamp | None:
    """Return from when consent holds; None where only the day of a later one is known."""
    later = person.own("yes") + person.own("no") if person.guarded() else []
    days: dict[str, list[pd.Timestamp]] = {}
    for row in person.rows:
        if pd.notna(row.consent_date) and not _among(row, later):
            days.setdefault(str(row.consent_giver), []).append(row.consent_date)
    first = [min(each) for each in days.values()]
    return (max if person.young else min)(first, default=None)


def _among(row: Any, rows: list[Any]) -> bool:
    return any(row is each for each in rows)


def _telling(person: Asked, use: str) -> Any:
    """Return the row that decides: with a withdrawal, a refusal or a doubt, else the first."""
    refusals = (f"consent_{use}", *GUARDIANS)
    withdrew = [
        row for row in person.rows if pd.notna(row.withdrawn) or pd.notna(row.withdrawal)
    ]
    said_no = [
        row for row in person.rows if any(getattr(row, name) == "no" for name in refusals)
    ]
    return (withdrew or said_no or person.doubtful(use) or person.rows)[0]

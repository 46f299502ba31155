"""Who is in at a wave, from the register: their numbers are filled in on the form."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from pilot.design import Trajectory, Wave
from pilot.design.forms import WHO

DAYS_A_MONTH = 365.25 / 12


@dataclass(frozen=True, slots=True)
class Person:
    """One row of a form.

    Parameters
    ----------
    number : str
        Empty on an open row.
    family, site, group : str
        Empty where the register does not say.
    closed : frozenset of str
        Columns of questions that are for people of another age.
    """

    number: str
    family: str = ""
    site: str = ""
    group: str = ""
    closed: frozenset[str] = field(default=frozenset(), repr=False)

    def said(self, column: str) -> str:
        """Return what stands beside the number, or the number itself."""
        return str(getattr(self, "number" if column == "participant" else column))


def people_at(
    register: pd.DataFrame, trajectory: Trajectory, wave: str, role: str, site: str = ""
) -> list[Person]:
    """Return who is in at a wave, in the order of the register.

    Parameters
    ----------
    register : DataFrame
        Columns `REGISTER`, one row a person and period; may be empty.
    site : str
        A site's key; empty for all sites.

    Returns
    -------
    list of Person
        Each number once. Whoever left before the wave opened, or came after it closed, is
        not in it. Where everyone has a clock of their own, the window opens so many months
        after a person's start, and closes for nobody: who comes late still has a form.

    Examples
    --------
    >>> from pilot.design import load_trajectory
    >>> register = pd.DataFrame(
    ...     {
    ...         "participant": ["P1", "P2"],
    ...         "family": ["G1", "G2"],
    ...         "site": ["noord", "noord"],
    ...         "role": ["parent", "parent"],
    ...         "start": pd.to_datetime(["2024-02-01"] * 2),
    ...         "end": pd.to_datetime([None, "2024-06-01"]),
    ...     }
    ... )
    >>> people_at(register, load_trajectory("krachtige-gezinnen"), "t1", "parent")
    [Person(number='P1', family='G1', site='noord', group='')]
    """
    design = trajectory.wave(wave)
    found: dict[str, Person] = {}
    for row in _rows(register):
        if row["role"] != role or (site and row["site"] != site):
            continue
        if _is_in(row, design):
            number, family, place, group = (_text(row.get(name)) for name in WHO)
            person = Person(number, family, place, group)
            found.setdefault(person.number, person)
    return list(found.values())


def nowhere_at(
    register: pd.DataFrame, trajectory: Trajectory, wave: str, site: str = ""
) -> list[str]:
    """Return the numbers that are in at a wave and yet get no row, each once.

    Whose role the register does not say, or says with a word that the design does not
    know; for the form of one site, whose site the same.
    """
    design = trajectory.wave(wave)
    roles = {each.key for each in trajectory.roles}
    sites = {each.key for each in trajectory.sites}
    lost = [
        _text(row["participant"])
        for row in _rows(register)
        if row["role"] not in roles or (site and row.get("site") not in sites)
        if _is_in(row, design)
    ]
    return list(dict.fromkeys(lost))


def _rows(register: pd.DataFrame) -> Iterator[dict[str, Any]]:
    for row in register.to_dict("records"):
        yield {str(name): value for name, value in row.items()}


def _is_in(row: dict[str, Any], wave: Wave) -> bool:
    opens, closes = _window(row, wave)
    came_later = closes is not None and pd.notna(row["start"]) and row["start"] > closes
    left_before = opens is not None and pd.notna(row["end"]) and row["end"] < opens
    return not came_later and not left_before


def _window(row: dict[str, Any], wave: Wave) -> tuple[Any, Any]:
    if not wave.rolling:
        return pd.Timestamp(str(wave.opens)), pd.Timestamp(str(wave.closes))
    if pd.isna(row["start"]):
        return None, None
    opens = row["start"] + pd.Timedelta(days=(wave.from_month or 0) * DAYS_A_MONTH)
    return opens, None


def _text(value: object) -> str:
    return "" if pd.isna(value) else str(value)  # type: ignore[call-overload]

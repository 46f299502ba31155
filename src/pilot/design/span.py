"""The days that a programme's calendar knows of."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from pilot.design.course import Wave

A_YEAR = timedelta(days=366)


def calendar_span(waves: Sequence[Wave]) -> tuple[date, date] | None:
    """Return the first and last day on which anything of a programme can have happened.

    A year before its first wave opens until a year after its last one closes; None where
    everyone has a clock of their own, since then no wave has a day.

    Examples
    --------
    >>> from pilot.design import load_trajectory
    >>> calendar_span(load_trajectory("moeder-vadercentra").waves) is None
    True
    """
    opens, closes = waves[0].opens, waves[-1].closes
    if opens is None or closes is None:
        return None
    return opens - A_YEAR, closes + A_YEAR

"""What may be shown to everybody, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import pandas as pd

from pilot.design.outcome import Outcome
from pilot.design.trajectory import Trajectory

WITHHELD = ("not yet", "few", "same", "method", "item")


@dataclass(frozen=True, slots=True)
class PublicCount:
    """A number of families or people as it may be shown: exact, or as a band.

    `exact` is None where the number, or its difference from another published number,
    would point at fewer than the threshold; then it lies in `low` to `high` (`low` may be
    0; `high` None means 'or more').
    """

    exact: int | None
    low: int | None = None
    high: int | None = None


@dataclass(frozen=True, slots=True)
class PublicEstimate:
    """An estimate as it may be shown to everybody: rounded, without p, d or df.

    `reason` is one word of `WITHHELD`: why there is no number (``item``: a question runs
    against the others, to be looked at first). Where cells of better and
    worse would follow from it, an ordinal estimate has no interval.

    `groups` are counts of persons better / cannot tell / worse, joined until each cell
    holds: ``((("improved",), PublicCount(...)), (("cannot tell", "worse"), ...))``; empty
    where even the whole may not be split.

    `digits` is how many decimals its numbers are told with. Of fewer than ten families the
    numbers are coarser and there is no 75 % interval: `conf_low_75` is None.
    """

    outcome: Outcome
    earlier: str
    later: str
    estimate: float | None
    conf_low: float | None
    conf_high: float | None
    conf_low_75: float | None
    conf_high_75: float | None
    n_families: PublicCount
    verdict: Literal["better", "worse", "cannot tell", "refused"]
    groups: tuple[tuple[tuple[str, ...], PublicCount], ...] = ()
    refused: bool = False
    reason: str | None = None
    digits: int = 1


@dataclass(frozen=True, slots=True, eq=False)
class Disclosed:
    """All that a public page may know of a study. Nothing else reaches the public face.

    Attributes
    ----------
    planned_families : int or None
        How many the design planned: a number of the plan, not of people.
    flow : tuple of (wave, count)
        Families (or participants) of the main role that answered.
    left : tuple of (reason, count)
        ``other`` for the reasons that hold only together.
    events : tuple of (key, count)
        ``<event>`` and ``<event>.<kind>`` count times, ``<event>.units`` families or people.
    goals : tuple of (word, count)
        Goals ``set`` and ``reached``, where the design asks for goals of one's own.
    role, family_roles
        The role of the primary outcomes; the roles in which families are known, so that n
        counts families there and participants elsewhere.
    n_sites : int or None
        Sites where people of the main role started; None below five.
    """

    trajectory: Trajectory
    simulated: bool
    lock: pd.Timestamp | None
    waves: pd.DataFrame
    planned_families: int | None
    started: PublicCount
    started_participants: PublicCount
    flow: tuple[tuple[str, PublicCount], ...]
    left: tuple[tuple[str, PublicCount], ...]
    feasibility: pd.DataFrame
    estimates: tuple[PublicEstimate, ...]
    events: tuple[tuple[str, PublicCount], ...]
    answers_in: int
    answers_set_aside_share: float
    small: bool
    role: str = ""
    family_roles: tuple[str, ...] = ()
    goals: tuple[tuple[str, PublicCount], ...] = ()
    n_sites: int | None = None

"""What may be shown to everybody, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

import pandas as pd

from pilot.design.outcome import Outcome
from pilot.design.trajectory import Trajectory
from pilot.results.counts import PublicCount
from pilot.results.happened import PublicHappened
from pilot.results.stories import PublicStory

WITHHELD = ("not yet", "few", "same", "method", "item")


@dataclass(frozen=True, slots=True)
class PublicEstimate:
    """An estimate as it may be shown to everybody: rounded, without p, d or df.

    `reason` is one word of `WITHHELD`: why there is no number (``item``: a question runs
    against the others, to be looked at first). Where cells of better and
    worse would follow from it, an ordinal estimate has no interval.

    `group` names the two groups, ``"<group> - <reference>"``, where the number is a difference
    between them and not a change.

    `groups` are counts of persons better / cannot tell / worse, joined until each cell
    holds: ``((("improved",), PublicCount(...)), (("cannot tell", "worse"), ...))``; empty
    where even the whole may not be split.

    `n_families` counts those with both waves. `everyone` says that whoever answered at one
    of them counts in the estimate too: a word about the method, and no count.

    `caution` says at which end of the scale many people stood, so that the interval holds less
    often than it says; None says nothing.

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
    everyone: bool = False
    group: str = ""
    caution: Literal["floor", "ceiling"] | None = None


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
        ``<event>`` and ``<event>.<kind>`` count times, ``<event>.units`` families or people,
        ``<event>.people`` those of another role, who are in no family.
    goals : tuple of (word, count)
        Goals ``set`` and ``reached``, where the design asks for goals of one's own.
    role, family_roles
        The role of the primary outcomes; the roles in which families are known, so that n
        counts families there and participants elsewhere.
    plan : {"none", "before", "after", "unknown"}
        Whether a plan was frozen, and whether before anyone answered at the last wave.
    deviations : int
        From the frozen plan; they are of the design, not of people.
    happened : PublicHappened
        What else the events tell: roles, requests, help, principles.
    asked_otherwise : tuple of str
        Ways of asking that changed between the waves for many people; words, no counts.
    stories : tuple of PublicStory
        Coded themes as counts, and approved quotes.
    n_sites : int or None
        Sites where people of the main role started; None below five.
    answers_in, answers_set_aside_share : number or None
        Answers in hundreds, and the share set aside in whole percents; None of few families.
    kept : tuple of (key, day)
        What stands as an earlier report had it, and until which day its data ran: since then
        fewer families than the threshold answered otherwise.
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
    answers_in: int | None
    answers_set_aside_share: float | None
    small: bool
    role: str = ""
    family_roles: tuple[str, ...] = ()
    goals: tuple[tuple[str, PublicCount], ...] = ()
    plan: Literal["none", "before", "after", "unknown"] = "none"
    deviations: int = 0
    n_sites: int | None = None
    happened: PublicHappened = field(default_factory=PublicHappened)
    stories: tuple[PublicStory, ...] = ()
    asked_otherwise: tuple[str, ...] = ()
    kept: tuple[tuple[str, str | None], ...] = ()

"""What happened besides the questionnaires: dose, roles, requests, help, principles, goals."""

from __future__ import annotations

from dataclasses import dataclass, field

import pandas as pd

from pilot.design.trajectory import Trajectory
from pilot.results.counts import PublicCount


@dataclass(frozen=True, slots=True, eq=False)
class Happened:
    """What events tell, each table empty where nothing of its kind was registered.

    Attributes
    ----------
    counts : DataFrame
        ``event, kind, times, people, families, minutes``: every event of the design, and
        each of its kinds; `kind` is empty for the whole event.
    counted : DataFrame or None
        The events behind `counts`: no absence, no request twice. None where nobody looked.
    presence : DataFrame
        Columns `frames.PRESENCE`, one row a person who started; `sessions` is empty of
        whose site there is no list.
    families : DataFrame
        The same, one row a family of the main role: its member who came most.
    planned : int or None
        Sessions that the design plans for a person.
    moves, rates : DataFrame
        Columns `frames.ROLE_MOVES`; and ``site, people, moved_up, years, rate, conf_low,
        conf_high, share, share_low, share_high, method, share_method, reason, reason_nl``, one
        row a site and one for all (`site` empty).
    requests, waits : DataFrame
        Columns `frames.REQUESTS`; and ``stage, n, done, median_days, conf_low, conf_high,
        method, reason, reason_nl``.
    giving, fidelity, goals : DataFrame
        Columns `frames.GIVING`, `frames.FIDELITY` and `frames.GOALS`.
    attained : DataFrame
        ``participant, family, goals, t``: T of each person all of whose goals, written
        before the start, were rated. For the team.
    goals_mean : dict
        ``t, conf_low, conf_high, n, new_goals, unrated, with_unrated, left_out``, or
        ``reason`` and ``reason_nl``.
    goals_agreement : dict
        ``n, same, within_one`` of two raters of one goal; ``kappa, conf_low, conf_high`` or
        ``reason``.
    """

    counts: pd.DataFrame = field(default_factory=pd.DataFrame)
    counted: pd.DataFrame | None = None
    presence: pd.DataFrame = field(default_factory=pd.DataFrame)
    families: pd.DataFrame = field(default_factory=pd.DataFrame)
    planned: int | None = None
    moves: pd.DataFrame = field(default_factory=pd.DataFrame)
    rates: pd.DataFrame = field(default_factory=pd.DataFrame)
    requests: pd.DataFrame = field(default_factory=pd.DataFrame)
    waits: pd.DataFrame = field(default_factory=pd.DataFrame)
    giving: pd.DataFrame = field(default_factory=pd.DataFrame)
    fidelity: pd.DataFrame = field(default_factory=pd.DataFrame)
    goals: pd.DataFrame = field(default_factory=pd.DataFrame)
    attained: pd.DataFrame = field(default_factory=pd.DataFrame)
    goals_mean: dict[str, object] = field(default_factory=dict)
    goals_agreement: dict[str, object] = field(default_factory=dict)

    def times(self, trajectory: Trajectory) -> dict[str, int]:
        """Return how often each event of a design happened, as readers count it.

        A goal is counted once, however often it was rated, and of roles the moves; any other
        event as `counts` has it.
        """
        told = self.counts[self.counts["kind"].isna()] if len(self.counts) else self.counts
        times = {str(row["event"]): int(row["times"]) for row in told.to_dict("records")}
        whole = {"goal": len(self.goals), "role": len(self.moves)}
        return {
            event.key: whole.get(str(event.means), times.get(event.key, 0))
            for event in trajectory.events
        }


@dataclass(frozen=True, slots=True)
class PublicHappened:
    """What events tell, as it may be shown to everybody: of the whole, never of a site.

    Attributes
    ----------
    moved : tuple of (word, count)
        ``people`` who could take another role, and who ``moved_up``.
    requests : tuple of (word, count)
        ``asked``, ``matched``, ``fulfilled`` and ``open``; a word is left out where it holds
        of requests of too few families, or of all but too few.
    waiting_weeks : int or None
        The median from asked to fulfilled, with open requests counted as waiting, in whole
        weeks.
    giving : tuple of (names, count)
        People of the main role who gave and received help, joined until each cell holds.
    kept : tuple of (period, share)
        The share of the answers that say that a principle was kept, to 5 %.
    """

    moved: tuple[tuple[str, PublicCount], ...] = ()
    requests: tuple[tuple[str, PublicCount], ...] = ()
    waiting_weeks: int | None = None
    giving: tuple[tuple[tuple[str, ...], PublicCount], ...] = ()
    kept: tuple[tuple[str, float], ...] = ()

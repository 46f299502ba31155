"""A study: one trajectory walked through the whole corridor, each station kept."""

from __future__ import annotations

from dataclasses import dataclass, field

import pandas as pd

from pilot.design.outcome import Outcome
from pilot.design.trajectory import Trajectory
from pilot.errors import CallError, suggestion
from pilot.results.agreement import Agreement
from pilot.results.beside import Beside
from pilot.results.claims import ClaimStanding, claims_of
from pilot.results.estimate import Estimate, IndividualChange
from pilot.results.happened import Happened
from pilot.results.plan import PlanStanding


@dataclass(frozen=True, slots=True, eq=False)
class Study:
    """The whole corridor of one trajectory, each station kept.

    Made by `open_study`. The tables have the columns that `pilot.frames` names.
    """

    trajectory: Trajectory
    simulated: bool
    responses: pd.DataFrame
    events: pd.DataFrame
    register: pd.DataFrame
    files: pd.DataFrame
    findings: pd.DataFrame
    quarantine: pd.DataFrame
    counts: pd.DataFrame
    panel: pd.DataFrame
    waves: pd.DataFrame
    flow: pd.DataFrame
    started: pd.DataFrame
    feasibility: pd.DataFrame
    scores: pd.DataFrame
    reliability: pd.DataFrame
    estimates: tuple[Estimate, ...]
    individual: tuple[IndividualChange, ...]
    sites_left_out: pd.DataFrame
    lock: pd.Timestamp | None
    beside: tuple[Beside, ...] = ()
    slopes: pd.DataFrame = field(default_factory=pd.DataFrame)
    plan: PlanStanding = field(default_factory=PlanStanding)
    consent: pd.DataFrame = field(default_factory=pd.DataFrame)
    changes_of_asking: pd.DataFrame = field(default_factory=pd.DataFrame)
    happened: Happened = field(default_factory=Happened)
    quotes: pd.DataFrame = field(default_factory=pd.DataFrame)
    agreements: tuple[Agreement, ...] = ()
    ratings: pd.DataFrame = field(default_factory=pd.DataFrame)

    @property
    def claims(self) -> tuple[ClaimStanding, ...]:
        """Every claim of the design, with what measures it; also those nobody measures."""
        return claims_of(self.trajectory, self.estimates, self.happened.times(self.trajectory))

    def outcome(self, key: str, role: str | None = None) -> Outcome:
        """Return a planned outcome by its key (and role, where two roles have it)."""
        known = self.trajectory.outcomes()
        for outcome in known:
            if outcome.key == key and role in (None, outcome.role):
                return outcome
        raise CallError(
            "outcome", f"no outcome is called {key!r}", suggestion(key, [o.key for o in known])
        )

    def primary(self, domain: str) -> Outcome:
        """Return the primary outcome of ``self_efficacy`` or ``network_strength``."""
        return next(o for o in self.trajectory.outcomes() if o.primary and o.domain == domain)

    def planned(self, outcome: Outcome) -> Estimate:
        """Return the planned estimate of an outcome."""
        return next(
            each
            for each in self.estimates
            if each.outcome.key == outcome.key
            and each.outcome.role == outcome.role
            and each.standing == "planned"
        )

    def told_beside(self, outcome: Outcome) -> dict[str, Beside]:
        """Return what stands beside an outcome's estimates, by its name."""
        return {
            each.name: each
            for each in self.beside
            if (each.outcome.key, each.outcome.role) == (outcome.key, outcome.role)
        }

    def __repr__(self) -> str:
        held = list(self.waves.loc[self.waves["state"].isin(["held", "open"]), "wave"])
        return (
            f"Study({self.trajectory.key}, waves with answers: {', '.join(held) or 'none'}, "
            f"{len(self.panel)} answered forms, {len(self.findings)} findings)"
        )

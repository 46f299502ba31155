"""Waves and register -> one panel, the flow of people through it, feasibility, events."""

from pilot.linkage.asking import changes_of_asking
from pilot.linkage.dose import attendance
from pilot.linkage.feasibility import feasibility
from pilot.linkage.fidelity import fidelity
from pilot.linkage.giving import giving
from pilot.linkage.goals import goals_of
from pilot.linkage.link import link_waves
from pilot.linkage.moves import in_a_known_role, role_moves, time_at_risk
from pilot.linkage.presence import family_presence, presence
from pilot.linkage.requests import requests_of, waiting
from pilot.linkage.tallies import OTHER_KINDS, counted, tallies

__all__ = [
    "OTHER_KINDS",
    "attendance",
    "changes_of_asking",
    "counted",
    "family_presence",
    "feasibility",
    "fidelity",
    "giving",
    "goals_of",
    "in_a_known_role",
    "link_waves",
    "presence",
    "requests_of",
    "role_moves",
    "tallies",
    "time_at_risk",
    "waiting",
]

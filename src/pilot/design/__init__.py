"""What was planned: trajectories, instruments, outcomes; read from TOML and checked."""

from pilot.design.asking import Asked, Ceilings, Claim, EventKind, Lines, Planned, Source
from pilot.design.catalogue import (
    instrument_names,
    load_instrument,
    load_trajectory,
    on_the_shelf,
    trajectory_names,
)
from pilot.design.course import Role, Site, Wave
from pilot.design.groups import Group, Groups
from pilot.design.history import StatedShift
from pilot.design.instrument import Instrument, Item, Reliability, Scale
from pilot.design.outcome import Outcome
from pilot.design.rated import Rated, rated_outcomes
from pilot.design.text import LANGUAGES, Language, Text
from pilot.design.then_test import ThenTest, then_tests
from pilot.design.trajectory import Trajectory, find

__all__ = [
    "LANGUAGES",
    "Asked",
    "Ceilings",
    "Claim",
    "EventKind",
    "Group",
    "Groups",
    "Instrument",
    "Item",
    "Language",
    "Lines",
    "Outcome",
    "Planned",
    "Rated",
    "Reliability",
    "Role",
    "Scale",
    "Site",
    "Source",
    "StatedShift",
    "Text",
    "ThenTest",
    "Trajectory",
    "Wave",
    "find",
    "instrument_names",
    "load_instrument",
    "load_trajectory",
    "on_the_shelf",
    "rated_outcomes",
    "then_tests",
    "trajectory_names",
]

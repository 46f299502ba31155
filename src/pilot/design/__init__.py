"""What was planned: trajectories, instruments, outcomes; read from TOML and checked."""

from pilot.design.asking import Asked, Claim, EventKind, Lines, Planned, Source
from pilot.design.catalogue import (
    instrument_names,
    load_instrument,
    load_trajectory,
    on_the_shelf,
    trajectory_names,
)
from pilot.design.course import Role, Site, Wave
from pilot.design.instrument import Instrument, Item, Reliability, Scale
from pilot.design.outcome import Outcome
from pilot.design.text import LANGUAGES, Language, Text
from pilot.design.trajectory import Trajectory, find

__all__ = [
    "LANGUAGES",
    "Asked",
    "Claim",
    "EventKind",
    "Instrument",
    "Item",
    "Language",
    "Lines",
    "Outcome",
    "Planned",
    "Reliability",
    "Role",
    "Scale",
    "Site",
    "Source",
    "Text",
    "Trajectory",
    "Wave",
    "find",
    "instrument_names",
    "load_instrument",
    "load_trajectory",
    "on_the_shelf",
    "trajectory_names",
]

"""What can so many families show? Planned before a pilot begins."""

from pilot.estimation.planning.assume import Ask, assume, planned_outcome, usual_change
from pilot.estimation.planning.foresee import FAMILIES_ASKED, SEED, SIMULATIONS, foresee
from pilot.estimation.planning.formula import Reach, reach_of, t_power

__all__ = [
    "FAMILIES_ASKED",
    "SEED",
    "SIMULATIONS",
    "Ask",
    "Reach",
    "assume",
    "foresee",
    "planned_outcome",
    "reach_of",
    "t_power",
    "usual_change",
]

"""Two groups beside each other, or a pilot beside a published norm."""

from pilot.estimation.comparison.arms import Arms, arms_of
from pilot.estimation.comparison.compare import compare_groups
from pilot.estimation.comparison.described import group_table
from pilot.estimation.comparison.norm import NormComparison, compare_with_norm
from pilot.estimation.comparison.permutation import Permutation, permute
from pilot.estimation.comparison.welch import glass_delta, welch

__all__ = [
    "Arms",
    "NormComparison",
    "Permutation",
    "arms_of",
    "compare_groups",
    "compare_with_norm",
    "glass_delta",
    "group_table",
    "permute",
    "welch",
]

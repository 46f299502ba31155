"""Answers to scores: every scale by its published key, and how well its items hang together."""

from pilot.scoring.combine import COMBINE
from pilot.scoring.consistency import Consistency, item_rest, reliability
from pilot.scoring.scales import score

__all__ = ["COMBINE", "Consistency", "item_rest", "reliability", "score"]

"""Waves and register -> one panel, the flow of people through it, and feasibility."""

from pilot.linkage.feasibility import feasibility
from pilot.linkage.link import link_waves

__all__ = ["feasibility", "link_waves"]

"""Responses as received -> clean ones: every answer is kept, or set aside for a reason."""

from pilot.cleaning.door import clean

__all__ = ["clean"]

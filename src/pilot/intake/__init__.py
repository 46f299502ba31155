"""Intake: an export, whoever wrote it, becomes responses and events as received."""

from pilot.intake.description import Description
from pilot.intake.reading import read_export, read_exports, read_register

__all__ = ["Description", "read_export", "read_exports", "read_register"]

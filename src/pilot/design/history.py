"""What is stated to have happened to everybody, whatever the programme did."""

from __future__ import annotations

from pydantic import Field

from pilot.design.text import Part


class StatedShift(Part):
    """How far people around moved by themselves, in points of the score, and who says so.

    It is shown beside the change and never subtracted from it.
    """

    shift: float = Field(allow_inf_nan=False)
    source: str = Field(min_length=1)

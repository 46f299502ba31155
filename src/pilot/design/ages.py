"""An age range, the lower age first."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator

from pilot.design.faults import PartError


def _lower_first(ages: tuple[int, int]) -> tuple[int, int]:
    youngest, oldest = ages
    if youngest > oldest:
        raise PartError(f"nobody is {youngest} to {oldest}", "give the lower age first")
    return ages


Ages = Annotated[tuple[int, int], AfterValidator(_lower_first)]

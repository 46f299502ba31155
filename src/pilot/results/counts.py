"""A number of families or people as it may be shown."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PublicCount:
    """A number of families or people as it may be shown: exact, or as a band.

    `exact` is None where the number, or its difference from another published number,
    would point at fewer than the threshold; then it lies in `low` to `high` (`low` may be
    0; `high` None means 'or more').
    """

    exact: int | None
    low: int | None = None
    high: int | None = None

"""Stories beside numbers, as everybody may read them."""

from __future__ import annotations

from dataclasses import dataclass

from pilot.results.counts import PublicCount

DIRECTIONS = ("better", "same", "mixed", "worse")


@dataclass(frozen=True, slots=True)
class PublicStory:
    """What people of one role said about one domain.

    Parameters
    ----------
    role, domain : str
    families : tuple of (direction, count)
        Families (or participants) with a story that was coded so, for each of `DIRECTIONS`;
        empty where the role is too small to be split, or no theme is shared by enough.
    quotes : tuple of (direction, text)
        Approved words, without whose they are.
    """

    role: str
    domain: str
    families: tuple[tuple[str, PublicCount], ...]
    quotes: tuple[tuple[str, str], ...]

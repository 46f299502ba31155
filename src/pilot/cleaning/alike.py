"""Numbers that read alike, 001 and 1: where their consent disagrees, neither counts."""

from __future__ import annotations

import re
from collections.abc import Iterable

import pandas as pd

from pilot.cleaning.asked import NOT_ASKED, REFUSED, WITHDRAWN

_PART = re.compile(r"\d+|[^\W\d_]+")


def parts_of(word: str) -> tuple[str, ...]:
    """Return the letters and figures of a number, without case, zeros and what stands between.

    Examples
    --------
    >>> parts_of("P-02") == parts_of("p2")
    True
    """
    parts = _PART.findall(word.casefold())
    return tuple(part.lstrip("0") or "0" if part.isdecimal() else part for part in parts)


def in_dispute(answers: pd.DataFrame) -> list[list[str]]:
    """Return the numbers that read alike, of whom some refused or withdrew and some did not.

    Parameters
    ----------
    answers : DataFrame
        Columns `frames.CONSENT`, of one use.
    """
    stopped = answers["withdrawal"].notna() | answers["why"].isin([REFUSED, WITHDRAWN])
    numbers = answers["participant"].astype("str")
    said = dict(zip(numbers, stopped.astype(bool), strict=True))
    groups = [group for group in _alike(numbers) if len({said[each] for each in group}) > 1]
    return [sorted(group) for group in groups]


def without_disputed(consent: pd.DataFrame) -> pd.DataFrame:
    """Return consent in which no number in dispute consents, to any use.

    Nobody knows whether it is one person, who said no, or two.
    """
    answers = consent[consent["use"] == "answers"]
    disputed = {number for group in in_dispute(answers) for number in group}
    doubt = consent["participant"].isin(disputed) & consent["given"].astype(bool)
    why = pd.Series(NOT_ASKED, index=consent.index, dtype=object)
    why = why.mask(consent["withdrawal"].notna(), WITHDRAWN)
    return consent.assign(
        given=consent["given"] & ~doubt, why=consent["why"].where(~doubt, why)
    )


def _alike(numbers: Iterable[str]) -> list[list[str]]:
    groups: dict[tuple[str, ...], list[str]] = {}
    for number in numbers:
        groups.setdefault(parts_of(number), []).append(number)
    return [group for parts, group in groups.items() if parts and len(group) > 1]

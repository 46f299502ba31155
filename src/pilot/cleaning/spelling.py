"""A number as people write it: ``p2``, ``P-02`` and ``P 2`` are the same one."""

from __future__ import annotations

import re

import pandas as pd

_PART = re.compile(r"\d+|[^\W\d_]+")


def as_listed(codes: pd.Series, listed: pd.Series) -> pd.Series:
    """Return codes as the list spells them, where another spelling stands.

    For what must not slip through by a spelling, such as a refusal; a code that the list
    has as it is stays, so that nobody is taken for another of the list.

    Examples
    --------
    >>> as_listed(pd.Series(["p2", "P-02", "P3", "22"]), pd.Series(["P2", "P3"])).tolist()
    ['P2', 'P2', 'P3', '22']
    """
    words = codes.astype("str").str.strip()
    known = {_parts(word): word for word in reversed(listed.astype("str").tolist())}
    exact = set(listed.astype("str"))
    spelt = {
        word: word if word in exact else known.get(_parts(word), word)
        for word in words.dropna().unique()
    }
    return words.map(spelt)


def _parts(word: str) -> tuple[str, ...]:
    parts = _PART.findall(word.casefold())
    return tuple(part.lstrip("0") or "0" if part.isdecimal() else part for part in parts)

"""File patterns as people write them: ``*``, ``?`` and ``[...]``."""

from __future__ import annotations

import re
from functools import lru_cache

_WILD = re.compile(r"(\*|\?|\[[^\]]+\])")


@lru_cache(maxsize=1024)
def compiled(pattern: str) -> re.Pattern[str]:
    r"""Return a pattern as a regular expression, a group for each star.

    Case does not matter, a star does not reach into another folder, and ``[!a]`` is any
    character but a.

    Raises
    ------
    re.error
        For brackets that hold no range, such as ``[z-a]``.

    Examples
    --------
    >>> compiled("t[0-9]-*.csv").fullmatch("T0-Noord.csv").groups()
    ('Noord',)
    >>> compiled("t[!0].csv").fullmatch("t0.csv") is None
    True
    """
    parts = [_part(part) for part in _WILD.split(pattern.replace("\\", "/"))]
    return re.compile("".join(parts), re.IGNORECASE)


def _part(part: str) -> str:
    if part == "*":
        return "([^/]*)"
    if part == "?":
        return "[^/]"
    if _WILD.fullmatch(part):
        inside = re.sub(r"([\[^])", r"\\\1", part[1:-1])
        return f"[^{inside[1:]}]" if inside.startswith("!") else f"[{inside}]"
    return re.escape(part)

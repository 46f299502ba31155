"""File names: in the order people count, and what a pattern's stars stood for."""

from __future__ import annotations

import re
from pathlib import Path

from pilot.design import Group, Role, Site, Wave, find
from pilot.design.globs import compiled

# Written by programs for themselves; no person put an answer there.
IGNORED = re.compile(
    r"\.|~\$|thumbs\.db$|desktop\.ini$|simulated\.txt$|readme(\.md|\.txt)?$", re.IGNORECASE
)


def exports_in(folder: Path) -> list[str]:
    """Return the files below a folder, by name, in the order people count.

    Left out are hidden files, lock files of Excel (``~$t0.xlsx``), readmes and the mark
    of simulated data.
    """
    names = [
        path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()
    ]
    seen = [name for name in names if not any(IGNORED.match(part) for part in name.split("/"))]
    return sorted(seen, key=counted)


def counted(name: str) -> tuple[tuple[int, int, str], ...]:
    """Return a key that sorts names as people count them.

    Examples
    --------
    >>> sorted(["t10.csv", "t2.csv", "T1.csv"], key=counted)
    ['T1.csv', 't2.csv', 't10.csv']
    """
    parts = re.split(r"(\d+)", name.casefold())
    key = [(0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts]
    return (*key, (2, 0, name))


def stars(pattern: str, name: str) -> tuple[str, ...] | None:
    """Return what the stars of a pattern stood for in a name, or None when it does not fit.

    Case does not matter, and a star does not reach into another folder.

    Examples
    --------
    >>> stars("t0-*.xlsx", "T0-Noord.xlsx")
    ('Noord',)
    >>> stars("*.csv", "old/t0.csv") is None
    True
    """
    match = compiled(pattern).fullmatch(name)
    return None if match is None else match.groups()


def filled_in(template: str, caught: tuple[str, ...]) -> str:
    """Return a design's word with ``{1}`` replaced by what the first star stood for.

    Examples
    --------
    >>> filled_in("school-{1}", ("noord",))
    'school-noord'
    """
    for place, word in enumerate(caught, start=1):
        template = template.replace(f"{{{place}}}", word)
    return template


def key_of(named: list[Role] | list[Site] | list[Wave] | list[Group], word: str) -> str:
    """Return the key of the wave, role, site or group a word means, or else the word itself.

    In file names ``-`` and ``_`` may stand for a space.
    """
    for spelling in (word, re.sub(r"[-_]+", " ", word), re.sub(r"[\s_]+", "-", word)):
        key = find(named, spelling)
        if key is not None:
            return key
    return word

"""The names in a header: found exactly, or but for spaces and case, which is then told."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase

from rapidfuzz import fuzz, process

from pilot.intake.table import plain


@dataclass(slots=True)
class Header:
    """One table's column names, and which were met under another spelling.

    Attributes
    ----------
    names : sequence of str
        As written; of two columns with one name only the first is found.
    respelled : dict of int to str
        The columns found apart from spaces and case, with the name the design gives.
    """

    names: Sequence[str]
    respelled: dict[int, str] = field(default_factory=dict)
    _exact: dict[str, int] = field(init=False)
    _plain: dict[str, int] = field(init=False)

    def __post_init__(self) -> None:
        backwards = [*enumerate(self.names)][::-1]
        self._exact = {name: place for place, name in backwards}
        self._plain = {plain(name): place for place, name in backwards}

    def find(self, *names: str) -> int | None:
        """Return where the first of these names stands, or None.

        Every name is looked for as written before any is looked for apart from spaces and
        case.

        Examples
        --------
        >>> header = Header(["nummer", " GSE_1"])
        >>> header.find("gse_1"), header.find("gse_2"), header.respelled
        (1, None, {1: 'gse_1'})
        """
        for name in names:
            if name in self._exact:
                return self._exact[name]
        for name in names:
            place = self._plain.get(plain(name)) if name else None
            if place is not None:
                self.respelled.setdefault(place, name)
                return place
        return None

    def fitting(self, pattern: str) -> set[int]:
        """Return the columns a name of `unused_columns` means; ``*`` stands for anything."""
        found = self.find(pattern)
        if found is not None:
            return {found}
        wanted = plain(pattern)
        return {
            place for place, name in enumerate(self.names) if fnmatchcase(plain(name), wanted)
        }

    def twice(self) -> list[int]:
        """Return the columns whose name an earlier column has already."""
        return [place for place, name in enumerate(self.names) if self._exact[name] != place]


def nearest_name(name: str, among: Iterable[str]) -> str | None:
    """Return the name nearest to one that is missing, or None when none is near.

    Examples
    --------
    >>> nearest_name("GSE_4", ["GSE4", "LSNS_4", "nummer"])
    'GSE4'
    """
    choices = {each: plain(each) for each in among}
    best = process.extractOne(plain(name), choices, scorer=fuzz.ratio, score_cutoff=75)
    return None if best is None else str(best[2])

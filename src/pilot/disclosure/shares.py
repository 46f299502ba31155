"""What shares, lines and bands leave possible together, in this report and in earlier ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pilot.design import Ceilings, Lines, Trajectory
from pilot.disclosure.ledger import Ledger
from pilot.results import PublicCount, Published

STEP = 0.05

Place = tuple[str, str, str]
Possible = frozenset[int]
Told = tuple[float | None, str | None]


@dataclass(slots=True)
class Known:
    """What a reader knows that numbers may be, beside the row looked at.

    Attributes
    ----------
    sets : list of frozenset
        Of each other number, in this report or an earlier one, what it may be.
    before : dict
        By row, what its count and its base could be by each earlier report.
    """

    sets: list[Possible]
    before: dict[Place, list[tuple[Possible, Possible]]] = field(default_factory=dict)

    def add(self, pairs: Sequence[tuple[int, int]]) -> None:
        """Take in what a row leaves possible for its count and its base."""
        self.sets += _sides(pairs)

    def reveals(
        self,
        pairs: Sequence[tuple[int, int]],
        ledger: Ledger,
        place: Place,
        *,
        given: bool = False,
    ) -> bool:
        """Say whether one of these pairs of count and base, for sure, shows a small group.

        Also where neither moved since an earlier report: what was possible then and now is
        less than what is possible now. A base that is `given` by the design was known before.
        """
        sides = _sides(pairs)[: 1 if given else 2]
        if all(len(each) == 1 for each in sides):
            return not all(each <= ledger.exact for each in sides)
        few = all(0 < y - x < ledger.threshold for x, y in pairs)
        return few or any(
            self._points(each, ledger) or self._points_both(each, ledger, place, side)
            for side, each in enumerate(sides)
        )

    def _points(self, possible: Possible, ledger: Ledger) -> bool:
        return not possible <= ledger.exact and ledger.reveals(possible, self.sets)

    def _points_both(self, possible: Possible, ledger: Ledger, place: Place, side: int) -> bool:
        left = possible
        for then in self.before.get(place, []):
            left = (left & then[side]) or left
        if left == possible or left <= ledger.exact:
            return False
        return len(left) == 1 or self._points(left, ledger)


def known_before(
    trajectory: Trajectory, threshold: int, earlier: Sequence[Published]
) -> dict[Place, list[tuple[Possible, Possible]]]:
    """Return what each row with a share or a line could be by each earlier report."""
    found: dict[Place, list[tuple[Possible, Possible]]] = {}
    for report in earlier:
        ledger = _of(report, threshold)
        for row in report.shares:
            told = row["share"], row["line"]
            lines = trajectory.feasibility.of(row["measure"])
            pairs = pairs_left((row["count"], row["base"]), ledger, told, lines)
            if pairs:
                counts, bases = _sides(pairs)
                found.setdefault(place_of(row), []).append((counts, bases))
    return found


def told_before(threshold: int, earlier: Sequence[Published]) -> list[Possible]:
    """Return what each number of who started, answered and left could be, by report."""
    return [
        _of(report, threshold).possible(count) for report in earlier for count in report.told
    ]


def _of(report: Published, threshold: int) -> Ledger:
    """Return what a reader of a report knew was exact."""
    exact = frozenset(each.exact for each in report.counts if each.exact is not None)
    return Ledger(threshold, exact, ())


def place_of(row: Mapping[str, Any]) -> Place:
    """Return which row this is."""
    return (row["measure"], row["role"] or "", row["wave"] or "")


def pairs_left(
    shown: tuple[PublicCount, PublicCount],
    ledger: Ledger,
    told: Told,
    lines: Lines | Ceilings | None,
) -> list[tuple[int, int]]:
    """Return every count with every base that agree with bands, share and line.

    That there is a line says that the base is twice the threshold or more.
    """
    share, line = told
    count, base = shown
    return [
        (x, y)
        for y in ledger.possible(base)
        for x in ledger.possible(count)
        if x <= y
        and (share is None or (y > 0 and rounded(x / y) == share))
        and (line is None or y >= 2 * ledger.threshold)
        and (line is None or lines is None or (y > 0 and lines.verdict(x / y) == line))
    ]


def follows(
    count: PublicCount, base: PublicCount, least: int, lines: Lines | Ceilings
) -> str | None:
    """Return the verdict that all counts and bases within two bands have; None without one.

    It follows from what is shown, so telling it tells nothing more. Nor does it say that
    the base holds at least so many: the band does.

    Examples
    --------
    >>> lines = Lines(go=0.7, adapt=0.5)
    >>> follows(PublicCount(None, 16, 21), PublicCount(21), 10, lines)
    'go'
    >>> follows(PublicCount(None, 14, 21), PublicCount(21), 10, lines) is None
    True
    """
    (low, high), (smallest, largest) = _ends(count), _ends(base)
    if high is None or largest is None or smallest < max(least, 1):
        return None
    verdicts = {lines.verdict(low / largest), lines.verdict(min(high / smallest, 1.0))}
    return verdicts.pop() if len(verdicts) == 1 else None


def _ends(shown: PublicCount) -> tuple[int, int | None]:
    if shown.exact is not None:
        return shown.exact, shown.exact
    return shown.low or 0, None if shown.high is None else shown.high - 1


def rounded(share: float) -> float:
    """Return a share to 5 %.

    Examples
    --------
    >>> rounded(14 / 22)
    0.65
    """
    return round(round(share / STEP) * STEP, 2)


def _sides(pairs: Sequence[tuple[int, int]]) -> tuple[Possible, Possible]:
    return frozenset(x for x, _ in pairs), frozenset(y for _, y in pairs)

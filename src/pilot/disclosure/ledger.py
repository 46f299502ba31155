"""A ledger of published counts: no two of them may be subtracted to find a small group."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pilot.results import PublicCount

NICE = (10, 15, 20, 30, 50, 100, 200, 300, 500, 1000, 2000, 5000, 10_000, 100_000, 1_000_000)
WIDE = 300


@dataclass(frozen=True, slots=True)
class Ledger:
    """What may be told exactly, and the edges between which everything else is told.

    Two counts told exactly are equal or differ by more than the threshold. A count between
    them is told as lying between two `edges`, which keep the threshold from each other and
    from every exact count above them, and more from every one below: of what lies between,
    something always differs from both sides by a whole group. So whatever published number
    is subtracted from whatever other, nothing between 0 and the threshold comes out. The
    two exceptions, 0 and the threshold itself, are edges too: they follow from the rule
    and not from the data.

    Made by `open_ledger`.
    """

    threshold: int
    exact: frozenset[int]
    edges: tuple[int, ...]

    def show(self, count: int, *, exactly: bool = True) -> PublicCount:
        """Return a count as it may be shown.

        Parameters
        ----------
        count : int
        exactly : bool
            False where the count would give another one away, whatever the ledger says.

        Examples
        --------
        >>> ledger = open_ledger([14, 12, 3], threshold=5)
        >>> ledger.show(14)
        PublicCount(exact=14, low=None, high=None)
        >>> ledger.show(12)
        PublicCount(exact=None, low=9, high=14)
        >>> ledger.show(3)
        PublicCount(exact=None, low=0, high=5)
        """
        if exactly and count in self.exact:
            return PublicCount(count)
        below = max(edge for edge in self.edges if edge <= count)
        above = [edge for edge in self.edges if edge > count]
        return PublicCount(None, below, min(above) if above else None)

    def possible(self, shown: PublicCount) -> frozenset[int]:
        """Return what a reader takes a published count for: no exact count lies in a band.

        Of a very wide band the two ends stand for all of it, so that no more seems possible
        than is.

        Examples
        --------
        >>> ledger = open_ledger([14, 12], threshold=5)
        >>> sorted(ledger.possible(ledger.show(12)))
        [9, 10, 11, 12, 13]
        """
        if shown.exact is not None:
            return frozenset([shown.exact])
        low = shown.low or 0
        high = low + WIDE if shown.high is None else shown.high
        ends = [*range(low, min(high, low + WIDE)), *range(max(low, high - WIDE), high)]
        return frozenset(ends) - self.exact

    def reveals(self, possible: Iterable[int], known: Iterable[frozenset[int]] = ()) -> bool:
        """Return whether a count known to be one of these would point at a small group.

        It does when all of them are small, or when all of them differ by less than the
        threshold, and by something, from one exact count or from all that another count
        may be.

        Examples
        --------
        >>> ledger = open_ledger([14], threshold=5)
        >>> ledger.reveals([12, 13]), ledger.reveals([13, 14]), ledger.reveals([3])
        (True, False, True)
        >>> ledger.reveals([20, 21], known=[frozenset([22, 23])])
        True
        """
        values = frozenset(possible)
        if not values or max(values) - min(values) > 2 * self.threshold:
            return not values
        others = [frozenset([0]), *(frozenset([count]) for count in self.exact), *known]
        return any(
            all(0 < abs(other - value) < self.threshold for value in values for other in each)
            for each in others
        )


def open_ledger(
    counts: Iterable[int], threshold: int, before: Iterable[PublicCount] = ()
) -> Ledger:
    """Decide which counts are told exactly; where two clash, the first one wins.

    Parameters
    ----------
    counts : iterable of int
        Every count that will be shown, the most wanted first.
    threshold : int
        The smallest group that may be pointed at.
    before : iterable of PublicCount
        Every count that earlier reports showed. They stay in readers' hands: what was exact
        stays so and wins from what is new, and bands lie within the bands shown before or
        outside them, so that no two of them can be laid over each other to narrow one.

    Notes
    -----
    Counts of less than twice the threshold win from nobody: where two different ones are
    shown, neither is exact, since the smaller would be cornered between the threshold and
    the larger. Where an earlier report has one of them exactly, whatever is smaller is told
    as lying between 0 and it.

    References
    ----------
    Hundepool et al. (2012). Statistical Disclosure Control. Wiley, chapter 4 (secondary
    suppression) and 5.4 (differencing).

    Examples
    --------
    A form came late: 13 families were published, now they are 14.

    >>> ledger = open_ledger([14], threshold=5, before=[PublicCount(13)])
    >>> ledger.show(14), ledger.show(13)
    (PublicCount(exact=None, low=13, high=20), PublicCount(exact=13, low=None, high=None))
    """
    wanted, shown = [int(count) for count in counts], list(before)
    exact = list(dict.fromkeys(each.exact for each in shown if each.exact is not None))
    used = _used(shown, threshold)
    small = {count for count in (*wanted, *exact) if threshold <= count < 2 * threshold}
    for count in wanted:
        if count < threshold or (count in small and len(small) > 1):
            continue
        if _apart(count, exact, threshold) and _clear(count, used, threshold):
            exact.append(count)
    cornered = len(small) > 1 and any(threshold < count for count in small & set(exact))
    edges = _edges(sorted(set(exact)), threshold, used)
    if cornered:
        edges = tuple(edge for edge in edges if edge != threshold)
    return Ledger(threshold, frozenset(exact), edges)


def _apart(count: int, exact: Iterable[int], threshold: int) -> bool:
    return all(count == other or abs(count - other) > threshold for other in exact)


def _used(shown: Iterable[PublicCount], threshold: int) -> frozenset[int]:
    """Return the ends of the bands shown, but for those that follow from the rule.

    A band from the threshold on is none of these: a count just above it would corner it.
    """
    bands = [each for each in shown if each.exact is None]
    tops = {each.high for each in bands if each.high not in (None, threshold)}
    return frozenset(end for end in {each.low for each in bands} | tops if end)


def _clear(count: int, used: Iterable[int], threshold: int) -> bool:
    """Say whether a count is as far from the ends of earlier bands as an edge must be."""
    return all(
        edge == count or count - edge >= threshold or edge - count > threshold for edge in used
    )


def _edges(exact: list[int], threshold: int, used: frozenset[int]) -> tuple[int, ...]:
    told = set(exact) | used
    for count in (*(count - threshold for count in exact), *NICE):
        far = all(
            abs(count - other) >= threshold + (other in exact and count > other)
            for other in told
        )
        if far and count >= 2 * threshold - 1:
            told.add(count)
    return tuple(sorted({0, threshold} | told))

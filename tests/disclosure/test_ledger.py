"""No two published counts may be subtracted to find a small group."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from pilot.disclosure import Ledger, open_ledger
from pilot.results import PublicCount

counts = st.lists(st.integers(0, 80), min_size=1, max_size=12)
thresholds = st.integers(5, 10)


def _exact(ledger: Ledger, wanted: list[int]) -> list[int]:
    told = [ledger.show(count).exact for count in wanted]
    return [count for count in told if count is not None]


@given(counts, thresholds)
def test_exact_counts_are_equal_or_far_apart(wanted: list[int], threshold: int) -> None:
    """What is told exactly is no small group, and no difference of two of them is one."""
    exact = _exact(open_ledger(wanted, threshold), wanted)

    assert all(count >= threshold for count in exact)
    assert all(a == b or abs(a - b) >= threshold for a, b in combinations(exact, 2))


@given(counts, thresholds)
def test_edges_are_far_from_every_exact_count(wanted: list[int], threshold: int) -> None:
    """An edge of a band is an exact count or as far from each as a whole group.

    0 and the threshold itself follow from the rule and not from the data.
    """
    ledger = open_ledger(wanted, threshold)
    exact = _exact(ledger, wanted)
    shown = [ledger.show(count) for count in wanted]
    edges = {edge for each in shown for edge in (each.low, each.high) if edge is not None}

    for edge in edges - {0, threshold}:
        assert all(edge == count or abs(edge - count) >= threshold for count in exact)


@given(counts, thresholds)
def test_a_band_holds_its_count(wanted: list[int], threshold: int) -> None:
    """The number lies between the two that are told."""
    ledger = open_ledger(wanted, threshold)
    for count in wanted:
        shown = ledger.show(count)
        if shown.exact is None:
            assert shown.low <= count
            assert shown.high is None or count < shown.high


@given(counts, thresholds)
def test_who_knows_the_rule_learns_no_more(wanted: list[int], threshold: int) -> None:
    """Knowing how bands are made leaves as many possible numbers as a group has people.

    An attacker who sees a band knows that its number was not told exactly. The numbers
    that would have got the same band still leave every size of a small group open.
    """
    ledger = open_ledger(wanted, threshold)
    for count in wanted:
        shown = ledger.show(count)
        if shown.exact is None and shown.high is not None:
            alike = [n for n in range(shown.low, shown.high) if n not in ledger.exact]
            assert len(alike) >= threshold - 1


@given(counts, thresholds, st.data())
def test_who_knows_the_rule_and_the_rest_cannot_pin_a_number(
    wanted: list[int], threshold: int, data: st.DataObject
) -> None:
    """An attacker who reruns the ledger with every other true count still finds two answers."""
    place = data.draw(st.integers(0, len(wanted) - 1))
    ledger = open_ledger(wanted, threshold)
    told = [ledger.show(count) for count in wanted]
    band = told[place]
    if band.exact is not None or band.high is None:
        return
    possible = []
    for guess in range(band.low, band.high + 1):
        guessed = [*wanted[:place], guess, *wanted[place + 1 :]]
        rerun = open_ledger(guessed, threshold)
        if [rerun.show(count) for count in guessed] == told:
            possible.append(guess)

    assert wanted[place] in possible
    assert len(possible) > 1


@given(counts, thresholds)
def test_the_same_number_is_always_told_alike(wanted: list[int], threshold: int) -> None:
    """Two places that hold one number cannot be laid beside each other to narrow it."""
    ledger = open_ledger(wanted, threshold)
    assert [ledger.show(count) for count in wanted] == [ledger.show(count) for count in wanted]


def test_the_most_wanted_count_wins() -> None:
    """14 started is told, so 12 that answered is not; the other way round when turned."""
    assert open_ledger([14, 12], 5).show(14) == PublicCount(14)
    assert open_ledger([14, 12], 5).show(12) == PublicCount(None, 9, 14)
    assert open_ledger([12, 14], 5).show(12) == PublicCount(12)


def test_two_small_counts_corner_nobody() -> None:
    """Of 6 and 5 neither is exact: 'fewer than 6, and at least 5' would be exactly 5."""
    ledger = open_ledger([6, 5], 5)
    assert ledger.show(6) == ledger.show(5) == PublicCount(None, 5, 10)


def test_nobody_is_told_as_fewer_than_the_threshold() -> None:
    """A count of 0 looks like a count of 4: that nobody did is an answer, too."""
    ledger = open_ledger([20, 0, 4], 5)
    assert ledger.show(0) == ledger.show(4) == PublicCount(None, 0, 5)


def test_a_known_range_reveals_when_all_of_it_is_near() -> None:
    """A share that leaves only 12 or 13 of 14 tells that 1 or 2 are missing."""
    ledger = open_ledger([14], 5)
    assert ledger.reveals([12, 13])
    assert not ledger.reveals([9, 12])

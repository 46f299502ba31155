"""An attacker tries all sets of answers that could have led to what is published."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import combinations_with_replacement

import numpy as np
import pytest
from scipy.stats import t

from pilot.disclosure import disclose
from pilot.disclosure.grain import Grain, grain_of
from pilot.results import Estimate, PublicCount, Study

ENOUGH = 10
SPREADS = {
    5: [(-3, 0, 1, 1, 2), (-2, -1, 0, 1, 1), (0, 1, 2, 3, 4)],
    6: [(-3, 0, 1, 1, 2, 4), (-1, 0, 0, 1, 1, 2)],
    7: [(-2, -1, 0, 0, 1, 2, 3)],
}


def _estimate(study: Study, width: float, n: int) -> Estimate:
    known = next(e for e in study.estimates if e.outcome.key == "gse_10_total")
    outcome = replace(known.outcome, low=0.0, high=width)
    return replace(known, outcome=outcome, n_families=n)


def _told(change: np.ndarray, grain: Grain) -> list[tuple[float | None, ...]]:
    n = change.shape[1]
    middle, spread = change.mean(axis=1), change.std(axis=1, ddof=1)
    half = t.ppf(0.975, n - 1) / math.sqrt(n) * spread
    bounds = (middle, middle - half, middle + half)
    return list(zip(*([grain.round(x) for x in each.tolist()] for each in bounds), strict=True))


@pytest.mark.parametrize(("width", "reach"), [(30, 5), (10, 5), (4, 5)])
@pytest.mark.parametrize("n", [5, 6, 7])
def test_a_small_group_leaves_many_sets_of_answers(
    study: Study, width: int, reach: int, n: int
) -> None:
    """Who knows n finds ten sets and more, with different numbers of people better.

    Changes are whole points, and sixths on a scale of 4 points made of six items.
    """
    grain = grain_of(_estimate(study, width, n), whole=True)
    parts = 6 if width == 4 else 1
    sets = np.array(list(combinations_with_replacement(range(-reach, reach + 1), n)))
    told = _told(sets / parts, grain)
    for true in SPREADS[n]:
        seen = _told(np.array([true]) / parts, grain)[0]
        possible = sets[[each == seen for each in told]]
        better = (possible > 0).sum(axis=1)

        assert len(possible) >= ENOUGH
        assert better.min() < better.max()


def test_one_decimal_would_name_them() -> None:
    """Why it is so coarse: to one decimal, mean and interval leave a few sets only."""
    sets = np.array(list(combinations_with_replacement(range(-4, 5), 5)))
    told = _told(sets, Grain(0.1, 1))
    seen = _told(np.array([SPREADS[5][0]]), Grain(0.1, 1))[0]
    assert sum(each == seen for each in told) <= 2


@pytest.mark.parametrize(
    ("n", "digits", "has_75"), [(5, 0, False), (8, 0, False), (9, 1, True), (10, 1, True)]
)
def test_from_ten_families_on_numbers_are_finer(
    study: Study, n: int, digits: int, has_75: bool
) -> None:
    """Fewer than nine: whole points and no 75 % interval. 9 and 10 are told as 9 to 14."""
    changed = replace(
        study,
        estimates=tuple(
            replace(e, n_families=n, conf_low=0.61, conf_high=4.64, estimate=2.5)
            if e.outcome.key == "gse_10_total"
            else e
            for e in study.estimates
        ),
    )
    told = next(e for e in disclose(changed).estimates if e.outcome.key == "gse_10_total")
    assert told.digits == digits
    assert (told.conf_low_75 is not None) == has_75
    assert told.conf_low == round(0.61, digits)


def test_a_rounded_interval_says_what_the_verdict_says(study: Study) -> None:
    """0.03 to 3 leaves out 0: it is told to two decimals; and a scale of 5 points always is."""
    wide = replace(_estimate(study, 30, 12), conf_low=0.03, conf_high=3.0)
    assert grain_of(wide, whole=True) == Grain(0.01, 2)
    assert grain_of(replace(wide, conf_low=-0.03), whole=True) == Grain(0.1, 1)
    assert grain_of(replace(wide, conf_low=0.3), whole=True) == Grain(0.1, 1)
    narrow = replace(_estimate(study, 3, 12), conf_low=0.3, conf_high=1.0)
    assert grain_of(narrow, whole=True, unit=1 / 4).digits == 2


def _shown(estimate: Estimate, told: PublicCount, sets: np.ndarray, parts: int) -> list[tuple]:
    """Return every set of changes, in parts of a point, with what would be told of it."""
    n, sets = sets.shape[1], sets / parts
    middle, spread = sets.mean(axis=1), sets.std(axis=1, ddof=1)
    halves = [t.ppf(share, n - 1) / math.sqrt(n) * spread for share in (0.975, 0.875)]
    found = []
    for changes, at, half, inner in zip(sets, middle, *halves, strict=True):
        if half == 0:
            continue
        made = replace(
            estimate, n_families=n, estimate=at, conf_low=at - half, conf_high=at + half
        )
        grain = grain_of(made, whole=True, told=told, unit=1 / parts)
        ends = (at - half, at + half) if grain.ends else ()
        inside = () if grain.coarse else (at - inner, at + inner)
        page = tuple(grain.round(float(each)) for each in (at, *ends, *inside))
        found.append((changes, (grain.digits, grain.ends, *page)))
    return found


@pytest.mark.parametrize("parts", [1, 3, 6])
@pytest.mark.parametrize(
    ("sizes", "told", "reach"),
    [
        ((5,), PublicCount(5), 4),
        ((5, 6, 7, 8), PublicCount(None, 5, 9), 3),
        ((9, 10, 11), PublicCount(None, 9, 14), 3),
        ((10,), PublicCount(10), 3),
        ((14,), PublicCount(14), 2),
        ((20,), PublicCount(20), 2),
    ],
)
def test_families_that_changed_alike_leave_many_sets(
    study: Study, sizes: tuple[int, ...], told: PublicCount, reach: int, parts: int
) -> None:
    """Also where one answer moved at most: bands and decimals name nobody.

    Whole points of a sum, thirds and sixths of a mean. Of 9 to 13 families the sets of 12 and
    13 would come on top of those tried here.
    """
    estimate = _estimate(study, 30 if parts == 1 else 4, sizes[0])
    possible: dict[tuple, list[int]] = {}
    true: set[tuple] = set()
    for n in sizes:
        sets = np.array(list(combinations_with_replacement(range(-reach, reach + 1), n)))
        for changes, page in _shown(estimate, told, sets, parts):
            possible.setdefault(page, []).append(int((changes > 0).sum()))
            if np.abs(changes).max() * parts <= 1:
                true.add(page)
    for page in true:
        assert len(possible[page]) >= ENOUGH, page
        assert min(possible[page]) < max(possible[page]), page


def test_a_narrow_interval_to_one_decimal_would_name_them() -> None:
    """Why: 13 families stayed and one went up a point; no other set has these numbers."""
    sets = np.array(list(combinations_with_replacement(range(-2, 3), 14)))
    told = _told(sets, Grain(0.1, 1))
    seen = _told(np.array([[0] * 13 + [1]]), Grain(0.1, 1))[0]
    assert sum(each == seen for each in told) == 1


def test_how_far_one_answer_moves_a_score_decides(study: Study) -> None:
    """A mean of six items moves in sixths: an interval of half a point hides enough there."""
    known = next(e for e in study.estimates if e.outcome.key == "gse_10_total")
    made = replace(_estimate(study, 4, 14), conf_low=-0.2, conf_high=0.3)
    assert known.outcome.level != "ordinal"
    assert grain_of(made, whole=True, unit=1 / 6) == Grain(0.01, 2)
    assert grain_of(made, whole=True, unit=1 / 2).step > 0.01

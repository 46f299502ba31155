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
from pilot.results import Estimate, Study

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
            replace(e, n_families=n, conf_low=0.61, conf_high=4.44, estimate=2.5)
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
    assert grain_of(narrow, whole=True).digits == 2

"""A model that keeps people with one wave tells no more of anybody than pairs do."""

from __future__ import annotations

from dataclasses import replace
from types import ModuleType
from typing import Any

import pytest

from pilot.disclosure import disclose
from pilot.presentation import describe
from pilot.results import PublicEstimate, Study


def kept(study: Study, method: str = "mixed_kr", **more: Any) -> PublicEstimate:
    """Return the first primary outcome as told, had the model of everyone answered it."""
    changed = [
        replace(each, method=method, **more)
        if each.outcome.key == "gse_10_total" and each.standing == "planned"
        else each
        for each in study.estimates
    ]
    told = disclose(replace(study, estimates=tuple(changed)))
    return next(each for each in told.estimates if each.outcome.key == "gse_10_total")


@pytest.fixture
def whole(studies: ModuleType) -> Study:
    """Return a study of twelve families of which nobody left."""
    return studies.make_study(studies.Made(families=12, stay=(12, 12, 12)))


def test_the_public_count_is_of_those_with_both_waves(whole: Study) -> None:
    """Twenty families of which eight have one wave: told as twelve, as with pairs."""
    told = kept(whole, n_families=20, incomplete_families=8)

    assert told.n_families == kept(whole).n_families
    assert told.n_families.exact == 12


def test_who_has_one_wave_carries_nobody_over_the_threshold(whole: Study) -> None:
    """Four families with both waves are too few, whoever else is in the model."""
    told = kept(whole, n_families=12, incomplete_families=8)

    assert (told.refused, told.reason, told.estimate) == (True, "few", None)


def test_numbers_of_few_pairs_stay_coarse(whole: Study) -> None:
    """Nine families with both waves: whole points and no 75 % interval, as with pairs."""
    told = kept(whole, n_families=12, incomplete_families=3)

    assert (told.digits, told.conf_low_75) == (0, None)
    assert kept(whole, n_families=12).digits == 1


def test_that_one_form_counts_is_told_of_the_method_not_of_people(whole: Study) -> None:
    """The same word whether somebody has one wave or nobody has: it counts no one."""
    assert kept(whole).everyone
    assert kept(whole, n_families=20, incomplete_families=8).everyone
    assert not any(each.everyone for each in disclose(whole).estimates)


def test_a_difference_over_everyone_is_told_as_one(whole: Study) -> None:
    """Difference in differences keeps people with one wave too; the sentence names it."""
    groups = {"group": "tables - waiting", "n_by_group": (6, 6)}
    told = kept(
        whole, "difference_in_differences", n_families=20, incomplete_families=8, **groups
    )

    assert told.everyone
    assert told.n_families.exact == 12
    assert "difference in change, everyone (mixed model)" in describe(told, "en")
    assert "ANCOVA" in describe(kept(whole, "ancova", **groups), "en")

"""That many people stood at an end of a scale is told only where it names nobody."""

from __future__ import annotations

from dataclasses import replace
from types import ModuleType

import pytest

from pilot.disclosure import disclose
from pilot.presentation.outcomes import outcomes_section
from pilot.results import PublicEstimate, Study

KEY = "gse_10_total"


def _at_the_end(study: Study, people: int, trouble: str = "ceiling") -> Study:
    """Put so many parents at the end of the scale at the first wave, and nobody else."""
    outcome = next(each for each in study.estimates if each.outcome.key == KEY).outcome
    end = outcome.high if trouble == "ceiling" else outcome.low
    scores = study.scores.copy()
    here = (scores["role"] == outcome.role) & scores[KEY].notna()
    scores.loc[here, KEY] = scores.loc[here, KEY].clip(outcome.low + 1, outcome.high - 1)
    first = scores.index[here & (scores["wave"] == outcome.waves[0])]
    scores.loc[first[:people], KEY] = end
    told = tuple(
        replace(each, trouble=trouble) if each.outcome.key == KEY else each  # type: ignore[arg-type]
        for each in study.estimates
    )
    return replace(study, scores=scores, estimates=told)


def _public(study: Study) -> PublicEstimate:
    return next(each for each in disclose(study).estimates if each.outcome.key == KEY)


@pytest.fixture
def sixty(studies: ModuleType) -> Study:
    """Return 60 families, all of whom stay."""
    return studies.make_study(studies.Made(families=60, stay=(60, 60, 60)))


@pytest.mark.parametrize("trouble", ["ceiling", "floor"])
def test_it_is_told_where_both_cells_hold(sixty: Study, trouble: str) -> None:
    """Half of 60 families at the end: five families or more on both sides."""
    assert _public(_at_the_end(sixty, 40, trouble)).caution == trouble


def test_it_is_not_told_where_a_cell_is_small(sixty: Study) -> None:
    """Four people at the end, or all but four, are a cell that shows a family."""
    people = sixty.scores[(sixty.scores["role"] == "parent") & (sixty.scores["wave"] == "t0")]
    everyone = int(people[KEY].notna().sum())

    for count in (4, everyone - 4, everyone):
        assert _public(_at_the_end(sixty, count)).caution is None, count


def test_skew_is_never_told(sixty: Study) -> None:
    """That a few families moved far is about those few."""
    assert _public(_at_the_end(sixty, 40, "skew")).caution is None


def test_nothing_is_told_of_a_calm_estimate(sixty: Study) -> None:
    """Without trouble in estimation, disclosure adds none of its own."""
    assert all(each.caution is None for each in disclose(sixty).estimates)


def test_the_page_says_it_under_the_table(sixty: Study) -> None:
    """Whole sentences, in both languages, and only where it may be told."""
    html = outcomes_section(disclose(_at_the_end(sixty, 40))).html
    calm = outcomes_section(disclose(sixty)).html
    nl = (
        "bij een van de metingen hadden veel mensen de hoogste score, en hoger kan niet. In "
        "simulaties met zulke scores lag het echte getal in minstens 88 van de 100 keer binnen "
        "de marge van 95 %."
    )
    en = (
        "many people had the highest score at one of the measurements, and nobody can score "
        "above it. In simulations of scores like these the 95% interval held the real number "
        "in at least 88 of 100."
    )

    assert nl in html["nl"]
    assert en in html["en"]
    assert "hoogste score" not in calm["nl"]

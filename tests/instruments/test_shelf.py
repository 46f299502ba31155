"""The whole shelf against the published keys, written out here a second time by hand."""

from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

import pytest

from pilot.design import Instrument, Scale, instrument_names, load_instrument
from pilot.design.files import build, read_toml
from pilot.errors import DesignError

SHELF = [load_instrument(name) for name in instrument_names()]
SCALES = [(form, scale) for form in SHELF for scale in form.scales]
LONGEST_LABEL = 5


class Key(NamedTuple):
    """One published key: item numbers stand for items."""

    items: int
    low: int
    high: int
    reverse: tuple[int, ...]
    combine: str
    min_answered: int
    missing_rule: str
    range: tuple[float, float]
    higher_is: str
    level: str


PUBLISHED = {
    "gse_10_total": Key(10, 1, 4, (), "sum", 7, "published", (10, 40), "better", "interval"),
    "alcos_12_total": Key(
        12,
        1,
        5,
        (3, 4, 6, 8, 9, 11, 12),
        "sum",
        12,
        "workbench",
        (12, 60),
        "better",
        "interval",
    ),
    "rses_total": Key(
        10, 0, 3, (2, 5, 6, 8, 9), "sum", 8, "published", (0, 30), "better", "interval"
    ),
    "lsns_6_total": Key(6, 0, 5, (), "sum", 6, "workbench", (0, 30), "better", "interval"),
    "lsns_6_family": Key(3, 0, 5, (), "sum", 3, "workbench", (0, 15), "better", "interval"),
    "lsns_6_friends": Key(3, 0, 5, (), "sum", 3, "workbench", (0, 15), "better", "interval"),
    "osss_3_total": Key(3, 1, 5, (), "sum", 3, "workbench", (3, 14), "better", "ordinal"),
    "mspss_total": Key(12, 1, 7, (), "mean", 12, "workbench", (1, 7), "better", "interval"),
    "mspss_significant_other": Key(
        4, 1, 7, (), "mean", 4, "workbench", (1, 7), "better", "interval"
    ),
    "mspss_family": Key(4, 1, 7, (), "mean", 4, "workbench", (1, 7), "better", "interval"),
    "mspss_friends": Key(4, 1, 7, (), "mean", 4, "workbench", (1, 7), "better", "interval"),
    "djg_6_total": Key(6, 1, 3, (), "count", 5, "published", (0, 6), "worse", "ordinal"),
    "djg_6_emotional": Key(3, 1, 3, (), "count", 3, "published", (0, 3), "worse", "ordinal"),
    "djg_6_social": Key(3, 1, 3, (), "count", 3, "published", (0, 3), "worse", "ordinal"),
    "brs_total": Key(6, 1, 5, (2, 4, 6), "mean", 6, "workbench", (1, 5), "better", "interval"),
    "pss_10_total": Key(
        10, 0, 4, (4, 5, 7, 8), "sum", 10, "workbench", (0, 40), "worse", "interval"
    ),
    "pss_4_total": Key(4, 0, 4, (2, 3), "sum", 4, "workbench", (0, 16), "worse", "interval"),
    "who_5_total": Key(5, 0, 5, (), "sum", 5, "workbench", (0, 100), "better", "interval"),
    "pfw_total": Key(8, 1, 10, (), "mean", 8, "workbench", (1, 10), "better", "interval"),
    "mhc_sf_total": Key(14, 0, 5, (), "sum", 14, "workbench", (0, 70), "better", "interval"),
    "sampson_cohesion_total": Key(
        10, 1, 5, (9, 10), "sum", 10, "workbench", (10, 50), "better", "interval"
    ),
    "participatieladder_total": Key(
        1, 1, 6, (), "single", 1, "workbench", (1, 6), "neither", "ordinal"
    ),
    "self_rated_health_total": Key(
        1, 1, 5, (), "single", 1, "workbench", (1, 5), "better", "ordinal"
    ),
    "life_satisfaction_total": Key(
        1, 1, 10, (), "single", 1, "workbench", (1, 10), "better", "interval"
    ),
    "gas_total": Key(
        3, -2, 2, (), "goal_attainment", 1, "workbench", (22.6, 77.4), "better", "interval"
    ),
    "making_ends_meet_total": Key(
        1, 1, 5, (), "single", 1, "workbench", (1, 5), "better", "ordinal"
    ),
    "help_given_total": Key(1, 0, 4, (), "single", 1, "workbench", (0, 4), "better", "ordinal"),
    "help_received_total": Key(
        1, 0, 4, (), "single", 1, "workbench", (0, 4), "neither", "ordinal"
    ),
    "talent_use_total": Key(1, 1, 5, (), "single", 1, "workbench", (1, 5), "better", "ordinal"),
    "feeling_safe_total": Key(
        1, 1, 5, (), "single", 1, "workbench", (1, 5), "better", "ordinal"
    ),
    "day_activity_hours_total": Key(
        1, 0, 80, (), "single", 1, "workbench", (0, 80), "better", "ordinal"
    ),
    "talk_about_money_total": Key(
        1, 1, 5, (), "single", 1, "workbench", (1, 5), "better", "ordinal"
    ),
    "healthy_food_total": Key(
        1, 0, 7, (), "single", 1, "workbench", (0, 7), "better", "ordinal"
    ),
    "exercise_days_total": Key(
        1, 0, 7, (), "single", 1, "workbench", (0, 7), "better", "ordinal"
    ),
    "knows_where_to_go_total": Key(
        1, 1, 5, (), "single", 1, "workbench", (1, 5), "better", "ordinal"
    ),
}

UNVERIFIED = {
    "gse_6_total",
    "psoc_efficacy",
    "psoc_satisfaction",
    "psoc_total",
    "djg_11_total",
    "djg_11_emotional",
    "djg_11_social",
    "mhc_sf_emotional",
    "mhc_sf_social",
    "mhc_sf_psychological",
    "sampson_cohesion_control",
    "sampson_cohesion_cohesion",
    "sociale_cohesie_total",
}

SUBSCALES = {
    "lsns_6_family": [1, 2, 3],
    "lsns_6_friends": [4, 5, 6],
    "mspss_significant_other": [1, 2, 5, 10],
    "mspss_family": [3, 4, 8, 11],
    "mspss_friends": [6, 7, 9, 12],
    "djg_6_total": [3, 4, 7, 8, 9, 10],
    "djg_6_emotional": [3, 9, 10],
    "djg_6_social": [4, 7, 8],
    "psoc_efficacy": [1, 6, 7, 10, 11, 13, 15],
    "psoc_satisfaction": [2, 3, 4, 5, 8, 9, 12, 14, 16],
    "djg_11_emotional": [2, 3, 5, 6, 9, 10],
    "djg_11_social": [1, 4, 7, 8, 11],
    "sampson_cohesion_control": [1, 2, 3, 4, 5],
    "sampson_cohesion_cohesion": [6, 7, 8, 9, 10],
}

CUT_OFFS = {
    "rses_total": [(None, 14.99)],
    "lsns_6_total": [(None, 11)],
    "osss_3_total": [(3, 8), (9, 11), (12, 14)],
    "mspss_total": [(1, 2.99), (3, 5), (5.01, 7)],
    "djg_6_total": [(0, 1), (2, 4), (5, 6)],
    "djg_6_emotional": [(0, 0), (1, 3)],
    "djg_6_social": [(0, 0), (1, 3)],
    "who_5_total": [(None, 28), (29, 50)],
}

CHILDREN = {
    "exercise-days",
    "feeling-safe",
    "healthy-food",
    "help-given",
    "help-received",
    "knows-where-to-go",
    "life-satisfaction",
    "self-rated-health",
    "talent-use",
}


def numbers(items: list[str]) -> list[int]:
    """Return the item numbers of item ids."""
    return [int(item.rpartition("_")[2]) for item in items]


def a_scale(name: str) -> tuple[Instrument, Scale]:
    """Return the form and scale behind a score's name."""
    return next((form, scale) for form, scale in SCALES if form.score_name(scale) == name)


def test_every_scale_on_the_shelf_is_in_one_of_the_two_lists() -> None:
    """A new scale is either checked against a published key here, or unverified."""
    names = {form.score_name(scale) for form, scale in SCALES}

    assert names == set(PUBLISHED) | UNVERIFIED


@pytest.mark.parametrize("name", PUBLISHED)
def test_key_is_the_published_one(name: str) -> None:
    """Items, coding, reversal, rule, missing rule, range and direction are as published."""
    form, scale = a_scale(name)
    found = Key(
        items=len(scale.items),
        low=min(form.low(item) for item in scale.items),
        high=max(form.high(item) for item in scale.items),
        reverse=tuple(numbers(scale.reverse)),
        combine=scale.combine,
        min_answered=scale.min_answered,
        missing_rule=scale.missing_rule,
        range=scale.range,
        higher_is=scale.higher_is,
        level=scale.level,
    )

    assert found == PUBLISHED[name]
    assert scale.verified


@pytest.mark.parametrize("name", sorted(UNVERIFIED))
def test_what_nobody_saw_is_unverified_and_says_why(name: str) -> None:
    """A key that rests on memory is shipped shut."""
    _, scale = a_scale(name)

    assert not scale.verified
    assert len(scale.why.split()) > 4


@pytest.mark.parametrize("name", SUBSCALES)
def test_subscale_has_the_published_items(name: str) -> None:
    """Item numbers of every part are those of the printed form."""
    _, scale = a_scale(name)

    assert numbers(scale.items) == SUBSCALES[name]


def test_loneliness_counts_min_of_meer_on_both_kinds_of_item() -> None:
    """Negative items count min of meer and ja, positive ones nee and min of meer."""
    for form, scale in SCALES:
        if scale.combine == "count":
            for item, codes in scale.counted.items():
                negative = numbers([item])[0] in {2, 3, 5, 6, 9, 10}
                assert codes == ([2, 3] if negative else [1, 2]), (form.key, item)
            assert set(scale.counted) == set(scale.items)


def test_first_item_of_oslo_has_four_answers() -> None:
    """Its range of 3 to 14 rests on it."""
    form = load_instrument("osss-3")

    assert [form.high(item) for item in form.items] == [4, 5, 5]


def test_goal_attainment_holds_every_reachable_score() -> None:
    """Three goals of equal weight reach furthest: 50 + 60 / sqrt(4.8)."""
    low, high = a_scale("gas_total")[1].range

    assert low <= 50 - 60 / 4.8**0.5 < low + 0.1
    assert high - 0.1 < 50 + 60 / 4.8**0.5 <= high


def test_cut_offs_are_those_seen_in_a_source() -> None:
    """No band without one: PSS, BRS and GSE have none."""
    found = {
        form.score_name(scale): [(cut.low, cut.high) for cut in scale.cut_offs]
        for form, scale in SCALES
        if scale.cut_offs
    }

    assert found == CUT_OFFS


def test_only_who_5_has_a_published_minimal_change() -> None:
    """Ten points of a hundred; the others stay empty."""
    found = {
        form.score_name(scale): scale.minimal_change.value
        for form, scale in SCALES
        if scale.minimal_change
    }

    assert found == {"who_5_total": 10}


@pytest.mark.parametrize(("form", "scale"), SCALES, ids=lambda each: each.key)
def test_every_published_number_has_a_source(form: Instrument, scale: Scale) -> None:
    """A doi, PMID, PMC or address a person can open, or how it was computed."""
    published = [*scale.reliability, *scale.reference, *scale.cut_offs]
    published += [scale.minimal_change] if scale.minimal_change else []
    marks = ("http", "doi 10.", "PMID ", "PMC", "computed from")

    assert all(any(mark in each.source for mark in marks) for each in published)


@pytest.mark.parametrize("form", SHELF, ids=lambda form: form.key)
def test_labels_are_topics_in_both_languages(form: Instrument) -> None:
    """Short words of our own; a longer one would begin to be the wording."""
    for item in form.items.values():
        for label in (item.nl, item.en):
            assert 0 < len(label.split()) <= LONGEST_LABEL
            assert not label.endswith((".", "?", "!"))
    assert form.cite
    assert form.licence


@pytest.mark.parametrize("form", SHELF, ids=lambda form: form.key)
def test_items_are_named_in_order(form: Instrument) -> None:
    """Numbers run from 1, except the six loneliness items, numbered as among eleven."""
    expected = [3, 4, 7, 8, 9, 10] if form.key == "djg-6" else [*range(1, len(form.items) + 1)]

    assert list(form.items) == [f"{form.stem}_{number:02d}" for number in expected]


def test_children_answer_only_single_items() -> None:
    """From 8 on: the short ones; from 12 on also general self-efficacy."""
    youngest = {form.key: form.ages[0] for form in SHELF}

    assert {key for key, age in youngest.items() if age == 8} == CHILDREN
    assert {key for key, age in youngest.items() if age == 12} == {"gse-10"}
    assert set(youngest.values()) == {8, 12, 18}


def test_where_files_disagree_about_numbers_the_words_count() -> None:
    """De Jong Gierveld, self-rated health and Dutch cohesion are coded by their labels."""
    by_words = {form.key for form in SHELF if form.responses.coded == "labels"}

    assert by_words == {"djg-6", "djg-11", "self-rated-health", "sociale-cohesie"}
    assert load_instrument("djg-6").responses.options == {
        "nee": 1,
        "min of meer": 2,
        "ja": 3,
        "nee!": 1,
        "ja!": 3,
    }
    assert load_instrument("self-rated-health").responses.options["zeer goed"] == 5


def test_a_misspelt_key_does_not_load(tmp_path: Path) -> None:
    """`revers` would silently score a scale without reversal."""
    text = (files("pilot") / "instruments" / "brs.toml").read_text(encoding="utf-8")
    path = tmp_path / "brs.toml"
    path.write_text(text.replace("reverse ", "revers  "), encoding="utf-8")

    with pytest.raises(DesignError) as refused:
        build(Instrument, read_toml(path), path.name)

    assert str(refused.value) == (
        "brs.toml [scales[1].revers]: unknown key 'revers'\n"
        "  mend: did you mean 'reverse'? known here: combine, counted, cut_offs, higher_is, "
        "items, key, label, level, min_answered, minimal_change, missing_rule, range, "
        "reference, reliability, reverse, times, verified, why"
    )

"""The five designs of the shelf: whole, asked within bounds, and told in words people read."""

from __future__ import annotations

import re

import pytest

from pilot.design import Text, Trajectory, load_trajectory, trajectory_names
from pilot.design.trajectory import MOST_ITEMS

FIVE = [
    "krachtige-gezinnen",
    "m-power",
    "meet-the-parents",
    "moeder-vadercentra",
    "verbinding-empowerment",
]
CORE = {
    "gse-10",
    "lsns-6",
    "osss-3",
    "djg-6",
    "brs",
    "life-satisfaction",
    "self-rated-health",
    "participatieladder",
}
FOR_CHILDREN = {
    "life-satisfaction",
    "self-rated-health",
    "talent-use",
    "knows-where-to-go",
    "feeling-safe",
    "help-given",
}


@pytest.fixture(params=FIVE)
def trajectory(request: pytest.FixtureRequest) -> Trajectory:
    """Return each of the five."""
    return load_trajectory(request.param)


def told(trajectory: Trajectory) -> list[Text]:
    """Return what a design tells residents."""
    about = trajectory.about
    return [about.what, about.done, *about.lessons, *about.next, *about.history]


def test_the_shelf_holds_the_five() -> None:
    """Each of the five programmes has a design, and nothing else stands on the shelf."""
    assert trajectory_names() == FIVE


def test_two_primary_outcomes_of_adults(trajectory: Trajectory) -> None:
    """Self-efficacy and network strength are primary, as interval scores of adults."""
    primary = {o.domain: o for o in trajectory.outcomes() if o.primary}

    assert {domain: outcome.key for domain, outcome in primary.items()} == {
        "self_efficacy": "gse_10_total",
        "network_strength": "lsns_6_total",
    }
    assert all(trajectory.role(outcome.role).adult for outcome in primary.values())
    assert all(outcome.level == "interval" for outcome in primary.values())


def test_ordinal_stays_ordinal(trajectory: Trajectory) -> None:
    """No design takes the mean of loneliness, support, health, a ladder or a single item."""
    ordinal = {o.instrument for o in trajectory.outcomes() if o.level == "ordinal"}
    interval = {o.instrument for o in trajectory.outcomes() if o.level == "interval"}

    assert {"djg-6", "osss-3", "self-rated-health", "participatieladder"} <= ordinal
    assert interval <= {
        "gse-10",
        "lsns-6",
        "brs",
        "psoc",
        "rses",
        "pfw",
        "pss-4",
        "gas",
        "life-satisfaction",
    }


def test_the_core_set_and_one_module(trajectory: Trajectory) -> None:
    """Adults whose change is primary answer the core set, and nobody more than 45 items."""
    primary = trajectory.outcomes()[0].role
    asked = {each.instrument for each in trajectory.asked_of(primary)}

    assert asked >= CORE
    for role in trajectory.roles:
        for wave in trajectory.wave_keys:
            items = [
                item
                for each in trajectory.asked_of(role.key)
                if wave in trajectory.waves_of(each)
                for item in each.items_of(trajectory.instruments[each.instrument])
            ]
            assert 0 < len(items) <= MOST_ITEMS


def test_everything_asked_is_planned(trajectory: Trajectory) -> None:
    """Nobody is asked what no planned outcome needs, itself or what stands beside it."""
    planned = {(o.instrument, o.role) for o in trajectory.outcomes()}

    own = [asked for asked in trajectory.asked if not (asked.then_of or asked.rated_by)]
    assert planned == {(asked.instrument, asked.role) for asked in own}


def test_every_planned_outcome_stands_behind_a_claim(trajectory: Trajectory) -> None:
    """What is primary measures something that the programme says of itself."""
    measured = {outcome for claim in trajectory.claims for outcome in claim.measured_by}

    assert {o.key for o in trajectory.outcomes() if o.primary} <= measured


def test_what_nobody_measures_stays_visible(trajectory: Trajectory) -> None:
    """Each programme claims something that no questionnaire measures, and it is listed."""
    assert [claim for claim in trajectory.claims if not claim.measured_by and not claim.seen_in]


def test_the_exports_have_a_register(trajectory: Trajectory) -> None:
    """Everyone who takes part is known by number, role and period, whatever they answer."""
    register = [source for source in trajectory.sources if source.kind == "register"]

    assert len(register) == 1
    assert {"participant", "role", "birth_year", "start", "end", "reason"} <= set(
        register[0].columns
    )


def test_each_event_is_registered_somewhere(trajectory: Trajectory) -> None:
    """What the design says is registered comes in by a source, and no source is without."""
    kept = {source.event for source in trajectory.sources if source.kind == "events"}

    assert kept == {event.key for event in trajectory.events}


def test_residents_can_read_it(trajectory: Trajectory) -> None:
    """Dutch for residents has at most 15 words a sentence; both languages are there."""
    for text in told(trajectory):
        assert text.en
        for sentence in re.split(r"(?<=[.?!:])\s+", text.nl):
            assert len(sentence.split()) <= 15, sentence


def test_every_design_names_what_else_may_have_changed(trajectory: Trajectory) -> None:
    """A change without a comparison group is read beside what else went on in those years."""
    assert len(trajectory.about.history) >= 3
    assert trajectory.about.lessons
    assert trajectory.about.next


def test_krachtige_gezinnen_claims_the_six_sources_for_adults_and_children() -> None:
    """Each veerkrachtbron has rows of its own, for parents and for children."""
    claims = load_trajectory("krachtige-gezinnen").claims

    rows = {(claim.source, claim.role) for claim in claims if claim.source[-1].isdigit()}
    assert rows == {
        (f"veerkrachtbron {n}", role) for n in range(1, 7) for role in ("parent", "child")
    }


def test_children_answer_only_single_items() -> None:
    """Children of eight and older are asked life satisfaction, health and single items."""
    trajectory = load_trajectory("krachtige-gezinnen")

    assert {asked.instrument for asked in trajectory.asked_of("child")} == FOR_CHILDREN
    assert trajectory.role("child").ages == (8, 17)


def test_only_the_centres_speak_of_other_sites() -> None:
    """The centres' result is about centres like these; the others are about their families."""
    generalises = {name: load_trajectory(name).generalises_to for name in FIVE}

    assert [name for name, to in generalises.items() if to == "sites"] == ["moeder-vadercentra"]


def test_the_centres_go_by_everyones_own_clock() -> None:
    """Visitors come and go all year: their waves are months since their own start."""
    rolling = {name: load_trajectory(name).waves[0].rolling for name in FIVE}

    assert [name for name, own in rolling.items() if own] == ["moeder-vadercentra"]

"""Claims: each has its row, what measures it, and what may be said; none is left out."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from html import unescape

import pytest

import pilot
from pilot import presentation as show
from pilot.design import load_trajectory, trajectory_names
from pilot.disclosure import disclose
from pilot.results import Study
from pilot.workbench import results


@cache
def demo(key: str) -> Study:
    """Return a demo's study."""
    return pilot.open_study(key, demo=True)


@pytest.mark.parametrize("role", ["parent", "child"])
def test_six_sources_of_resilience_have_their_rows(role: str) -> None:
    """Krachtige Gezinnen: each of the six stands there for adults and for children."""
    claims = load_trajectory("krachtige-gezinnen").claims
    own = {claim.source for claim in claims if claim.role == role}

    assert own >= {f"veerkrachtbron {number}" for number in range(1, 7)}


@pytest.mark.parametrize("key", trajectory_names())
def test_no_claim_is_left_out(key: str) -> None:
    """Every claim of the design is in results.json and on the page, in its order."""
    study = demo(key)
    texts = [claim.text.en for claim in study.trajectory.claims]
    record = json.loads(results(study).to_json())["claims"]
    html = unescape(show.claims_section(disclose(study)).html["en"])

    assert [row["text"]["en"] for row in record] == texts
    assert all(text in html for text in texts)


def test_a_verdict_is_only_of_a_primary_outcome() -> None:
    """The same words as the estimate has; of others the reading is exploratory."""
    study = demo("krachtige-gezinnen")
    primary = study.planned(study.primary("self_efficacy"))
    rows = {(row.claim.source, row.claim.role, row.claim.text.en): row for row in study.claims}
    one = rows["veerkrachtbron 1", "parent", "Source 1: self-confidence"].to_record()
    three = rows["veerkrachtbron 3", "parent", "Source 3: dealing with stress"].to_record()

    assert [(row["verdict"], row["reading"]) for row in one["said"]] == [
        (primary.verdict, "verdict")
    ]
    assert one["said"][0]["estimate"] == primary.estimate
    assert [(row["verdict"], row["reading"]) for row in three["said"]] == [
        (None, "exploratory")
    ]


def test_a_claim_about_children_is_not_measured_by_their_parents() -> None:
    """Talents of children rest on the children's answers, and on theirs alone."""
    study = demo("krachtige-gezinnen")
    talents = [row for row in study.claims if row.claim.source == "veerkrachtbron 2"]

    assert {row.claim.role: {e.outcome.role for e in row.estimates} for row in talents} == {
        "parent": {"parent"},
        "child": {"child"},
    }


def test_standings_add_up_to_the_sentence_on_the_page() -> None:
    """Measured, counted and not measured are all there are; the page counts the last."""
    study = demo("krachtige-gezinnen")
    standings = [row.standing for row in study.claims]
    silent = standings.count("not measured")
    html = show.claims_section(disclose(study)).html["en"]

    assert set(standings) == {"measured", "counted", "not measured"}
    assert f"The programme makes {len(standings)} claims. Not measured: {silent}." in html
    assert html.count(">not measured</td>") == silent


def test_what_is_only_counted_says_how_often() -> None:
    """Meeting through art has no questionnaire: the events are counted."""
    study = demo("krachtige-gezinnen")
    art = next(row for row in study.claims if "art" in row.claim.text.en.split())

    assert art.standing == "counted"
    assert art.to_record()["seen_in"] == {
        "attendance": int((study.events["event"] == "attendance").sum())
    }
    assert art.to_record()["said"] == []


@pytest.mark.parametrize(
    ("key", "said", "seen"),
    [
        ("m-power", "eigen doelen: 83 gesteld, 47 gehaald", {"goal": 83}),
        (
            "moeder-vadercentra",
            "uitgangspunten van het centrum: gelukt in 60 % (eerste helft van 2024), 65 % "
            "(tweede helft van 2024) en 70 % (eerste helft van 2025)",
            {"principle": 180},
        ),
    ],
)
def test_goals_and_principles_are_told_as_the_page_tells_them(
    key: str, said: str, seen: dict[str, int]
) -> None:
    """What is told elsewhere on the page is not `nothing counted` here."""
    html = unescape(show.claims_section(disclose(demo(key))).html["nl"]).replace("\xa0", " ")

    assert said in html
    assert "niets geteld" not in html
    told = [row.to_record()["seen_in"] for row in demo(key).claims]
    assert seen in told


@pytest.mark.parametrize("key", trajectory_names())
def test_seen_in_counts_as_the_events_do(key: str) -> None:
    """Goals once, moves of roles, and anything else as often as `events.counts` says."""
    study = demo(key)
    record = json.loads(results(study).to_json())
    whole = {
        row["event"]: row["times"] for row in record["events"]["counts"] if not row["kind"]
    }
    for event in study.trajectory.events:
        if event.means == "goal":
            whole[event.key] = sum(row["n"] for row in record["events"]["goals"]["standings"])
        if event.means == "role":
            moves = record["events"]["transitions"]["moves"]
            whole[event.key] = sum(row["times"] for row in moves)
    for claim in record["claims"]:
        assert claim["seen_in"] == {event: whole[event] for event in claim["seen_in"]}


def test_nothing_to_show_is_not_nothing_kept() -> None:
    """What has a source and too few families is `none or too few`; without one `not kept`."""
    study = demo("m-power")
    few = replace(study, happened=replace(study.happened, goals=study.happened.goals.head(2)))
    nowhere = few.trajectory.model_copy(
        update={"sources": [s for s in few.trajectory.sources if s.event is None]}
    )
    for changed, said in (
        (few, "goals of one's own: none, or too few to show"),
        (replace(few, trajectory=nowhere), "goals of one's own: not recorded"),
    ):
        assert said in unescape(show.claims_section(disclose(changed)).html["en"])


def test_what_was_not_asked_at_the_end_says_until_when() -> None:
    """In Krachtige Gezinnen parenting and support stop a wave before the others."""
    html = unescape(show.claims_section(disclose(demo("krachtige-gezinnen"))).html["en"])
    until = ", until \N{LEFT SINGLE QUOTATION MARK}after a year and a half"

    assert f"Social support{until}" in html
    assert f"Efficacy as a parent{until}" in html
    assert html.count(until) == 3  # support measures two claims
    assert f"Self-efficacy{until}" not in html


def test_where_all_were_asked_at_the_end_nothing_is_said_of_it() -> None:
    """The wave stands with an outcome only where another goes on for longer."""
    html = unescape(show.claims_section(disclose(demo("meet-the-parents"))).html["en"])

    assert ", until" not in html

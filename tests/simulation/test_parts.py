"""Every part that the description of a programme has is used by its simulated course."""

from __future__ import annotations

from functools import cache

import pandas as pd
import pytest

import pilot
from pilot.design import trajectory_names
from pilot.results import Study

KG, MP, MV, VE, AP = (
    "krachtige-gezinnen",
    "m-power",
    "moeder-vadercentra",
    "verbinding-empowerment",
    "meet-the-parents",
)


@cache
def study(name: str) -> Study:
    """Walk a simulated trajectory."""
    return pilot.open_study(name, demo=True)


def found(name: str, rule: str) -> pd.DataFrame:
    """Return the findings by one rule."""
    findings = study(name).findings
    return findings[findings["rule"] == rule]


def measures(name: str) -> pd.DataFrame:
    """Return the feasibility measures that are counted once."""
    table = study(name).feasibility
    return table.drop_duplicates("measure").set_index("measure")


def kinds(name: str, event: str) -> set[str]:
    """Return the kinds of an event that happened."""
    events = study(name).events
    return set(events.loc[events["event"] == event, "kind"])


def known(name: str, event: str) -> set[str]:
    """Return the kinds of an event that the design knows."""
    return set(next(e.kinds for e in study(name).trajectory.events if e.key == event))


# -- all five ----------------------------------------------------------------------------


@pytest.mark.parametrize("name", trajectory_names())
def test_the_way_to_the_first_form_and_its_cost_are_counted(name: str) -> None:
    """Reached, eligible, consented, started and cost per family, each with its line."""
    told = measures(name).loc[["reached", "eligible", "consented", "started"], "count"]

    assert told.is_monotonic_decreasing
    assert (told > 0).all()
    cost = measures(name).loc["cost_per_family"]
    assert cost["count"] > 0
    assert cost["line"] in ("go", "adapt", "stop")


@pytest.mark.parametrize("name", trajectory_names())
def test_somebody_withdrew_and_the_consent_of_all_is_known(name: str) -> None:
    """In each course somebody stops, and everyone of the register answered on each use."""
    consent = study(name).consent
    answers = consent[consent["use"] == "answers"]

    assert (answers["withdrawal"] == "stop").sum() == 1
    assert set(answers["participant"]) == set(study(name).register["participant"])
    assert set(consent["use"]) == {"answers", "named", "quotes", "sharing", "archive"}
    assert set(consent.loc[consent["use"] == "quotes", "given"]) == {True, False}


@pytest.mark.parametrize("name", [KG, MP, AP])
def test_stories_stand_beside_numbers(name: str) -> None:
    """Three courses have quotes of two coders, which contradict the numbers too."""
    quotes = study(name).quotes

    assert {"better", "same", "worse", "mixed"} <= set(quotes["direction"])
    assert (quotes["direction"] != quotes["second_direction"]).any()
    for rule in ("quote-without-consent", "quote-not-approved", "quote-may-identify"):
        assert len(found(name, rule)) == 1


@pytest.mark.parametrize(("name", "role"), [(KG, "parent"), (AP, "parent")])
def test_minutes_are_known_of_some_forms(name: str, role: str) -> None:
    """How long a form took was written down where somebody could, not everywhere."""
    minutes = study(name).panel.query("role == @role")["minutes"]

    assert 0.6 < minutes.notna().mean() < 0.9
    assert measures(name).loc["minutes_per_form", "count"] == minutes.median()
    assert measures(name).loc["minutes_per_form", "line"] == "go"


# -- M-pOwer -----------------------------------------------------------------------------


def test_hours_of_a_talk_become_minutes() -> None:
    """The men's talks are written down in hours; the line of the design is in minutes."""
    told = measures(MP).loc["minutes_per_form"]

    assert told["count"] == study(MP).panel["minutes"].median()
    assert 20 < told["count"] < 90
    assert told["line"] == "go"


# -- Krachtige Gezinnen ------------------------------------------------------------------


def test_parents_and_children_at_four_schools_over_two_years() -> None:
    """Families with both roles, five waves, and four schools of which one stops."""
    started, panel = study(KG).started, study(KG).panel
    roles = started.groupby("family")["role"].nunique()

    assert (roles == 2).sum() == 13
    assert set(panel["wave"]) == {"t0", "t1", "t2", "t3", "t4"}
    assert set(started["site"]) == {"noord", "oost", "zuid", "west"}
    assert {"school stopped", "split", "moved"} <= set(study(KG).register["reason"])


def test_attendance_is_known_by_kind() -> None:
    """Every activity of the description was attended, each with its minutes."""
    assert kinds(KG, "attendance") == known(KG, "attendance")
    assert study(KG).events.query("event == 'attendance'")["minutes"].notna().all()


def test_a_then_test_at_the_end() -> None:
    """At t4 parents look back at t0; ten other items give way, whose change is until t3."""
    panel = study(KG).panel
    back = panel[[f"gse_10_then_{n:02d}" for n in range(1, 11)]]
    gone = panel[["psoc_01", "osss_3_01"]]

    assert set(panel.loc[back.notna().any(axis=1), "wave"]) == {"t4"}
    assert "t4" not in set(panel.loc[gone.notna().any(axis=1), "wave"])
    shift = next(b for b in study(KG).beside if b.name == "response_shift")
    assert (shift.outcome.key, shift.refused) == ("gse_10_total", False)
    until = {e.outcome.key: e.contrast for e in study(KG).estimates if e.standing == "planned"}
    assert until["psoc_efficacy"] == until["osss_3_total"] == "t3 - t0"
    assert until["gse_10_total"] == "t4 - t0"


def test_critical_events_are_recorded_a_family() -> None:
    """A few families, by family and not by person: fewer than may be shown."""
    burdens = study(KG).events.query("event == 'burden'")

    assert burdens["participant"].isna().all()
    assert burdens["family"].nunique() == 4
    assert measures(KG).loc["burdened", "count"] == 4
    assert measures(KG).loc["burdened", "line"] == "go"


def test_who_refused_is_counted_nowhere() -> None:
    """A parent, and a child by one of two guardians: their forms came in and are not kept."""
    told = found(KG, "no-consent")
    refused = set(told["participant"])
    aside = study(KG).quarantine.query("rule == 'no-consent'")

    assert refused == {"KG-15-1", "KG-09-3"}
    assert set(aside["participant"]) == refused
    assert set(aside["value"].dropna()) == {"(not kept: no consent)"}
    consent = study(KG).consent.query("use == 'answers'").set_index("participant")
    assert consent.loc[sorted(refused), "why"].tolist() == ["refused", "refused"]
    guardians = study(KG).register.set_index("participant").loc["KG-09-3"]
    assert [guardians["guardian_1"], guardians["guardian_2"]] == ["yes", "no"]
    for table in (study(KG).panel, study(KG).started, study(KG).events):
        assert not refused & set(table["participant"].dropna())


def test_a_child_turns_16_and_goes_on_answering() -> None:
    """It is told, and what the child answers stays."""
    told = found(KG, "turned-16")
    panel = study(KG).panel

    own = panel[panel["participant"] == told["participant"].item()]
    assert set(own["wave"]) >= {"t3", "t4"}


def test_answers_about_another_child_are_set_aside() -> None:
    """Of one parent at t3 the seven parenting answers; the rest of the form stays."""
    told = found(KG, "another-child")
    aside = study(KG).quarantine.query("rule == 'another-child'")
    panel = study(KG).panel[study(KG).panel["wave"] == "t3"]
    form = panel[panel["participant"] == told["participant"].item()]

    assert len(aside) == 7
    assert form[[c for c in form if c.startswith("psoc")]].isna().all(axis=None)
    assert form[["gse_10_01", "lsns_6_01"]].notna().all(axis=None)


def test_asking_changes_on_the_way() -> None:
    """Mode, interviewer and interpreter differ between the first and the last wave."""
    changes = study(KG).changes_of_asking.query("outcome == 'gse_10_total'").set_index("what")

    assert (changes.loc[["mode", "interviewer", "interpreter"], "n_changed"] > 0).all()


# -- Moeder- en vadercentra --------------------------------------------------------------


def test_visitors_come_in_all_year_round() -> None:
    """Nobody's clock is another's: starts are spread over more than a year."""
    starts = study(MV).register["start"]

    assert starts.max() - starts.min() > pd.Timedelta(days=365)
    assert study(MV).trajectory.waves[0].rolling


def test_each_role_of_a_centre_is_taken() -> None:
    """From visitor to coordinator, with who moved up a centre."""
    assert kinds(MV, "role-change") == known(MV, "role-change")
    assert study(MV).happened.rates["site"].nunique() == 5


def test_each_principle_is_looked_at_in_each_centre() -> None:
    """Also those for fathers, and diversity; half-year by half-year."""
    assert kinds(MV, "principle") == known(MV, "principle")
    assert study(MV).happened.fidelity.groupby("site").size().tolist() == [3] * 5


def test_talents_are_passed_on_and_received() -> None:
    """Some give, some receive, some do both."""
    assert kinds(MV, "exchange") == known(MV, "exchange")
    standings = set(study(MV).happened.giving["standing"])
    assert standings == {"both", "only given", "only received"}


# -- Verbinding & Empowerment ------------------------------------------------------------


def test_three_roles_answer_forms_of_their_own() -> None:
    """Parents, coaches and volunteers, none of whom is asked all that another is."""
    asked = {
        role: {each.instrument for each in study(VE).trajectory.asked_of(role)}
        for role in ("parent", "coach", "volunteer")
    }

    assert set(study(VE).panel["role"]) == set(asked)
    assert "pfw" in asked["parent"] - asked["coach"] - asked["volunteer"]
    assert "pss-4" in asked["coach"] - asked["parent"] - asked["volunteer"]
    assert "rses" in asked["volunteer"] - asked["parent"] - asked["coach"]


def test_contacts_have_date_minutes_topic_and_mode() -> None:
    """The coaches' log is whole."""
    contacts = study(VE).events.query("event == 'contact'")

    assert kinds(VE, "contact") == known(VE, "contact")
    assert contacts[["date", "minutes", "topic", "mode"]].notna().all(axis=None)


def test_requests_run_through_their_stages() -> None:
    """Asked, matched, fulfilled, and some still open."""
    states = set(study(VE).happened.requests["state"])

    assert states == {"open", "matched", "fulfilled"}
    assert kinds(VE, "request") == known(VE, "request")


def test_volunteers_keep_a_logbook_and_parents_say_why_not() -> None:
    """What volunteers did, what burdened families, and why help was not used."""
    volunteers = set(study(VE).started.query("role == 'volunteer'")["participant"])

    for event in ("logbook", "unused-help"):
        assert kinds(VE, event) == known(VE, event)
    assert set(study(VE).events.query("event == 'logbook'")["participant"]) <= volunteers
    assert measures(VE).loc["burdened", "count"] > 0


# -- Meet the Parents --------------------------------------------------------------------


def test_the_coffee_hour_is_the_dose_and_goes_on_after_the_project() -> None:
    """One parent a household; sessions by kind; people still come after the last wave."""
    events = study(AP).events.query("event == 'attendance'")

    assert kinds(AP, "attendance") == known(AP, "attendance")
    assert events["date"].max() > pd.Timestamp("2025-12-19")
    assert study(AP).started["family"].isna().all()
    assert kinds(AP, "step") == known(AP, "step")


def test_a_follow_up_after_the_project() -> None:
    """The third wave comes half a year after the end, and is the one compared."""
    months = study(AP).panel.groupby("wave")["months"].median()

    assert months["follow-up"] - months["end"] > 4
    assert {e.contrast for e in study(AP).estimates} == {"follow-up - start"}


def test_who_wants_all_removed_is_in_no_table() -> None:
    """Stop and remove: no answer, no session, no value; only that somebody withdrew."""
    consent = study(AP).consent.query("use == 'answers' and withdrawal == 'stop and remove'")
    code = consent["participant"].item()
    aside = study(AP).quarantine.query("participant == @code")

    assert len(aside) > 45
    assert set(aside["value"].dropna()) == {"(not kept: no consent)"}
    for table in (study(AP).panel, study(AP).events, study(AP).scores, study(AP).quotes):
        assert code not in set(table["participant"])
    row = study(AP).register.set_index("participant").loc[code]
    assert row["reason"] == "withdrew"

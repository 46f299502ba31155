"""What happened in the simulated courses: the study says what the generator wrote."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from dataclasses import replace
from functools import cache
from typing import Any

import pandas as pd
import pytest
from tests.simulation import m_power, moeder_vadercentra, verbinding_empowerment
from tests.simulation.m_power_goals import goals
from tests.simulation.verbinding_empowerment_events import burdens, logbook, requests

import pilot
from pilot.design import load_trajectory
from pilot.intake import read_exports
from pilot.results import Study
from pilot.workbench.goals import mean_attained
from pilot.workbench.happened import happened
from pilot.workbench.places import exports
from pilot.workbench.record import results
from pilot.workbench.study import walk

STAGE = {"gevraagd": "asked", "gekoppeld": "matched", "vervuld": "fulfilled"}


@cache
def study_of(name: str) -> Study:
    """Return a demo study."""
    return pilot.open_study(name, demo=True)


def test_requests_are_those_the_generator_wrote() -> None:
    """Every request, with the day of each stage, and whether it is still open."""
    wrote: dict[Any, dict[str, Any]] = defaultdict(dict)
    for row in requests(verbinding_empowerment.lived()).rows:
        key = (row.code, row.cells["volgnummer"], row.cells["vraag"])
        wrote[key][STAGE[row.cells["status"]]] = pd.Timestamp(row.cells["datum"])
    truth = Counter(
        (code, kind, *(days.get(stage, pd.NaT) for stage in STAGE.values()))
        for (code, _, kind), days in wrote.items()
    )

    found = study_of("verbinding-empowerment").happened
    told = found.requests[["participant", "kind", *STAGE.values()]]
    assert Counter(map(str, told.itertuples(index=False, name=None))) == Counter(
        {str(key): n for key, n in truth.items()}
    )
    open_ = sum("fulfilled" not in days for days in wrote.values())
    assert int(found.requests["state"].isin(["open", "matched"]).sum()) == open_
    waits = found.waits.set_index("stage")
    assert waits["n"].tolist() == [len(wrote), len(wrote)]
    assert waits.loc["fulfilled", "done"] == len(wrote) - open_


def test_logbook_and_burdens_are_counted() -> None:
    """Volunteers' work and burdening events come in whole."""
    course = verbinding_empowerment.lived()
    counts = study_of("verbinding-empowerment").happened.counts
    whole = counts[counts["kind"].isna()].set_index("event")["times"]

    assert whole["logbook"] == len(logbook(course).rows)
    assert whole["burden"] == len(burdens(course).rows)


def test_goals_are_those_the_generator_wrote() -> None:
    """Goals set, changed on the way, and the last level that the man gave."""
    wrote: dict[Any, dict[str, Any]] = {}
    for row in goals(m_power.lived()).rows:
        cells = row.cells
        goal = wrote.setdefault((row.code, cells["doel"]), {"level": None, "standing": ""})
        if cells.get("door") == "man":
            goal["level"] = cells["niveau"]
        if cells["wat"] == "gewijzigd":
            goal["standing"] = "replaced"
    for goal in wrote.values():
        rated = "not rated" if goal["level"] is None else "not reached"
        met = goal["level"] is not None and goal["level"] >= 0
        goal["standing"] = goal["standing"] or ("reached" if met else rated)

    found = study_of("m-power").happened
    table = found.goals.set_index(["participant", "goal"])["standing"].to_dict()
    assert table == {key: goal["standing"] for key, goal in wrote.items()}
    assert found.goals_mean["new_goals"] == sum(name.endswith("nieuw") for _, name in wrote)
    assert (found.goals["written"] < found.goals["started"]).sum() == len(wrote) - (
        found.goals_mean["new_goals"]
    )


def test_mean_t_is_that_of_the_men_counted() -> None:
    """The mean T is the mean of the team's lines, as each man is his own family."""
    found = study_of("m-power").happened

    assert found.goals_mean["t"] == pytest.approx(found.attained["t"].mean())
    assert found.goals_mean["n"] == len(found.attained)
    assert 0 < found.goals_agreement["same"] <= found.goals_agreement["within_one"]
    assert found.goals_agreement["conf_low"] < found.goals_agreement["kappa"]


def test_moves_are_the_roles_after_the_first() -> None:
    """Of each visitor all roles but the first one are moves, and all of them go up."""
    written = Counter(
        row.code for row in moeder_vadercentra.role_changes(moeder_vadercentra.lived()).rows
    )
    found = study_of("moeder-vadercentra").happened

    assert len(found.moves) == sum(n - 1 for n in written.values())
    assert found.moves["up"].all()
    whole = found.rates[found.rates["site"].isna()].iloc[0]
    sites = found.rates[found.rates["site"].notna()]
    assert whole["moved_up"] == sum(n > 1 for n in written.values())
    assert sites["moved_up"].sum() == whole["moved_up"]
    assert sites["years"].sum() == pytest.approx(whole["years"])
    assert (sites["conf_low"] < sites["rate"]).all()


def test_principles_are_those_the_centres_wrote() -> None:
    """Answers kept, in part and not add up to what was filled in."""
    rows = moeder_vadercentra.checklist(moeder_vadercentra.lived()).rows
    said = Counter(row.cells["gelukt"] for row in rows)
    found = study_of("moeder-vadercentra").happened.fidelity

    told = found[["kept", "partly", "not_kept"]].sum().tolist()
    assert told == [said["ja"], said["deels"], said["nee"]]
    assert found["asked"].sum() == len(rows) - said[None]
    assert len(found) == 15


@pytest.mark.parametrize(
    "name", ["krachtige-gezinnen", "meet-the-parents", "verbinding-empowerment"]
)
def test_presence_holds_every_session(name: str) -> None:
    """The sessions of everybody add up to the events of the dose."""
    study = study_of(name)
    keys = [event.key for event in study.trajectory.events if event.dose]

    own = study.events["event"].isin(keys)
    assert study.happened.presence["sessions"].sum() == own.sum()
    row = study.feasibility.set_index("measure").loc["dose"]
    families = study.happened.families["sessions"]
    assert (families >= 0.75 * study.happened.planned).sum() == row["count"]
    assert families.notna().sum() == row["base"]


def test_events_stand_in_the_results() -> None:
    """`results.json` has all parts, as plain rows and unrounded."""
    told = json.loads(results(study_of("verbinding-empowerment")).to_json())["events"]

    assert set(told) == {
        "counts", "dose", "transitions", "requests", "giving", "fidelity", "goals",
    }  # fmt: skip
    assert told["dose"]["n"] == 24
    assert told["dose"]["lower_quartile"] <= told["dose"]["median"]
    assert told["dose"]["share_enough"] == told["dose"]["enough"] / told["dose"]["n"]
    states = told["requests"]["states"]
    assert sum(row["n"] for row in states) == told["requests"]["waits"][0]["n"]
    assert {row["state"] for row in states} == {"open", "matched", "fulfilled"}


def test_without_a_register_there_is_a_share_and_no_rate() -> None:
    """Nobody knows since when people took part: the share stands, the rate has a reason."""
    design = load_trajectory("moeder-vadercentra")
    received = read_exports(design, exports(design, demo=True))
    cleaned, linked = walk(design, replace(received, register=received.register.iloc[:0]))
    whole = happened(cleaned, linked, design).rates.iloc[-1]

    assert pd.isna(whole["rate"])
    assert whole["share"] == whole["moved_up"] / whole["people"]
    assert whole["reason"] == (
        f"of none of {whole['people']} people is known since when they took part"
    )
    assert whole["reason_nl"] == (
        f"van geen van {whole['people']} mensen is bekend sinds wanneer zij meedoen"
    )


def test_a_site_of_four_has_no_rate() -> None:
    """Below five people a centre has counts only, and the reason says so."""
    design = load_trajectory("moeder-vadercentra")
    received = read_exports(design, exports(design, demo=True))
    cleaned, linked = walk(design, received)
    own = linked.started["site"] == "de-tuin"
    few = linked.started[~own | (own.cumsum() <= 4)]
    told = happened(cleaned, replace(linked, started=few), design).rates.set_index("site")

    garden = told.loc["de-tuin"]
    assert garden["people"] == 4
    assert garden[["rate", "share"]].isna().all()
    assert garden["reason"] == "4 people; a rate with an interval is given from 5"


def test_mean_t_is_the_same_whoever_is_called_what() -> None:
    """Goals shuffled and men renamed: the mean T is the same, to its last digit."""
    goals = study_of("m-power").happened.goals
    numbers = sorted(goals["participant"].unique())
    renamed = goals["participant"].map(dict(zip(numbers, numbers[::-1], strict=True)))
    other = goals.assign(participant=renamed).sample(frac=1, random_state=3)

    assert mean_attained(other) == mean_attained(goals)

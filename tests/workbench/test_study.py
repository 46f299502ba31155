"""One call walks the whole corridor, and every station stays in the study."""

from __future__ import annotations

import dataclasses
import json
import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import pilot
from pilot import frames
from pilot.design import Outcome, trajectory_names
from pilot.errors import CallError, IntakeError
from pilot.estimation import Pairs, contrasts
from pilot.results import Estimate, Study
from pilot.workbench import results
from pilot.workbench.places import places
from pilot.workbench.record import as_json, records
from pilot.workbench.scores import score_panel
from pilot.workbench.study import waves_to_compare

REAL = Path(__file__).parents[3] / "shared" / "real"


@pytest.fixture(scope="module")
def study() -> Study:
    """Open the study of Krachtige Gezinnen."""
    return pilot.open_study("krachtige-gezinnen", demo=True)


def test_every_station_is_kept(study: Study) -> None:
    """The tables have the columns that the contract names, in front of their own."""
    stations = {
        "events": frames.EVENTS,
        "files": frames.FILES,
        "findings": frames.FINDINGS,
        "quarantine": frames.QUARANTINE,
        "counts": frames.COUNTS,
        "waves": frames.WAVES,
        "flow": frames.FLOW,
        "started": frames.STARTED,
        "feasibility": frames.FEASIBILITY,
        "reliability": frames.RELIABILITY,
    }
    for name, columns in stations.items():
        assert tuple(getattr(study, name).columns) == columns, name
    assert tuple(study.responses.columns[: len(frames.RESPONSES)]) == frames.RESPONSES
    assert tuple(study.panel.columns[: len(frames.PANEL)]) == frames.PANEL
    assert tuple(study.scores.columns[: len(frames.KEYS)]) == frames.KEYS
    assert len(study.scores) == len(study.panel)


def test_nothing_is_lost_between_the_doors(study: Study) -> None:
    """What a door keeps goes into the next one, and every quarantined answer is there."""
    doors = study.counts.set_index("door")
    walk = doors.loc[["intake", "cleaning", "linkage"]]

    assert (walk["answers_in"] == walk["answers_kept"] + walk["answers_quarantined"]).all()
    assert list(walk["answers_in"][1:]) == list(walk["answers_kept"][:-1])
    assert int(doors["answers_quarantined"].sum()) == int(
        study.quarantine["column"].notna().sum()
    )


@pytest.mark.parametrize("name", trajectory_names())
def test_every_planned_outcome_has_an_answer(name: str) -> None:
    """An estimate or a reason for each, reliable change too, and two are primary."""
    one = pilot.open_study(name, demo=True)
    outcomes = one.trajectory.outcomes()

    for outcome in outcomes:
        planned = one.planned(outcome)
        assert planned.refused == (planned.estimate is None)
        assert bool(planned.reason) == planned.refused
    assert len(one.individual) == len(one.reliability) == len(outcomes)
    assert {o.key for o in outcomes if o.primary} == {"gse_10_total", "lsns_6_total"}
    assert all(outcome.key in one.scores for outcome in outcomes)


def test_a_study_from_a_given_folder(hashes_of: Callable[[Path], dict[str, str]]) -> None:
    """An interim wave is no fault: the same design, other exports, which stay as they were."""
    folder = places().demo / "variants" / "krachtige-gezinnen-interim"
    before = hashes_of(folder)
    interim = pilot.open_study("krachtige-gezinnen", data=folder)
    state = interim.waves.set_index("wave")["state"]

    assert interim.simulated
    assert state["t4"] not in ("held", "not held")
    assert interim.planned(interim.primary("self_efficacy")).contrast == "t3 - t0"
    assert hashes_of(folder) == before


def test_bounds_do_not_count_who_is_not_due() -> None:
    """Twelve of 60 visitors are not a year on their way: 48 could have left."""
    centres = pilot.open_study("moeder-vadercentra", demo=True)
    flow = centres.flow[centres.flow["wave"] == "year"].groupby("stage")["n_families"].sum()
    bounds = [row for row in centres.estimates if row.method in ("worst_case", "best_case")]

    assert flow["not due"] == 12
    assert {row.n_families for row in bounds if row.contrast == "year - start"} == {48}


def test_the_planned_primaries_share_their_five_percent(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """An interval without 0 whose p after Holm is above .05 cannot tell; JSON is as ever."""

    def nearly(*_: object, **__: object) -> list[Estimate]:
        return [
            Estimate(
                outcome,
                "end - intake",
                "",
                "paired_t",
                estimate=2.0,
                p_value=0.04,
                conf_low=0.1,
                conf_high=3.9,
            )
            for outcome in pilot.load_trajectory("m-power").outcomes()
        ]

    monkeypatch.setattr("pilot.workbench.study.estimates_of", nearly)
    one = pilot.open_study("m-power", demo=True)
    told = {row.outcome.key: row for row in one.estimates if row.outcome.primary}

    assert {row.p_adjusted for row in told.values()} == {0.08}
    assert {row.verdict for row in told.values()} == {"cannot tell"}
    assert all(row.p_adjusted is None for row in one.estimates if not row.outcome.primary)
    assert not any("p_adjusted" in row for row in results(one).record["estimates"])


def test_an_unknown_name_is_refused() -> None:
    """The near name is suggested, before anything is read."""
    with pytest.raises(CallError, match="did you mean 'm-power'"):
        pilot.open_study("m-powr", demo=True)


def test_scores_are_asked_for_whom_and_when(study: Study) -> None:
    """A child has no score on a form that parents are asked, however the panel is filled."""
    children = study.scores[study.scores["role"] == "child"]
    panel = study.panel.copy()
    items = [column for column in panel if column.startswith("gse_10_")]
    panel[items] = panel[items].fillna(3)

    assert children["gse_10_total"].isna().all()
    scores = score_panel(panel, study.trajectory)
    assert scores.loc[scores["role"] == "child", "gse_10_total"].isna().all()
    assert (scores.loc[scores["role"] == "parent", "gse_10_total"].notna()).all()


def test_an_unverified_scale_waits_until_somebody_compared_it(study: Study) -> None:
    """Only what the form's key verifies, or the trajectory confirmed, is scored."""
    design = study.trajectory
    form = design.instruments["gse-10"]
    doubtful = form.scales[0].model_copy(update={"verified": False, "why": "not compared"})
    instruments = {
        **design.instruments,
        "gse-10": form.model_copy(update={"scales": [doubtful]}),
    }
    unsure = design.model_copy(update={"instruments": instruments})
    confirmed = [
        asked.model_copy(update={"confirmed": ["total"]})
        if asked.instrument == "gse-10"
        else asked
        for asked in design.asked
    ]
    sure = unsure.model_copy(update={"asked": confirmed})

    assert "gse_10_total" not in score_panel(study.panel, unsure)
    pd.testing.assert_series_equal(
        score_panel(study.panel, sure)["gse_10_total"], study.scores["gse_10_total"]
    )


def test_an_item_that_no_export_has_is_a_missing_answer(study: Study) -> None:
    """Nine of ten items still give a score; none of them gives none, and no error."""
    items = [column for column in study.panel if column.startswith("gse_10_")]
    nine = score_panel(study.panel.drop(columns=items[:1]), study.trajectory)
    none = score_panel(study.panel.drop(columns=items), study.trajectory)

    assert nine["gse_10_total"].notna().sum() >= study.scores["gse_10_total"].notna().sum() - 2
    assert "gse_10_total" not in none


@pytest.mark.skipif(not REAL.is_dir(), reason="the public data of real people are not here")
def test_ready_made_totals_are_scores() -> None:
    """A trajectory without items, without dates and without primaries walks through too."""
    design = Path(__file__).parents[1] / "real" / "prison-stress.toml"
    prison = pilot.open_study(design, data=REAL)

    assert not prison.simulated
    assert prison.scores.iloc[:, len(frames.KEYS) :].notna().all(axis=None)
    assert all(each.outcome.primary is False for each in prison.estimates)


def test_results_name_a_second_role_beside_the_outcome(study: Study) -> None:
    """Parents and children answer life satisfaction: each has a row of its own."""
    individual = results(study).record["individual"]

    assert len(individual) == len(study.individual)
    assert "life_satisfaction_total (child)" in individual
    assert "gse_10_total" in individual


def test_results_hold_what_stands_beside_each_outcome(study: Study) -> None:
    """Every outcome has its rows, answered or refused, and JSON has them unrounded."""
    record = results(study).record
    told = {(row["outcome"], row["role"], row["name"]): row for row in record["beside"]}

    assert len(told) == len(record["beside"]) == len(study.beside)
    assert all(row["refused"] == bool(row["reason"]) for row in told.values())
    for outcome in study.trajectory.outcomes():
        rows = study.told_beside(outcome)
        assert {"tipping_point", "floor_and_ceiling", "attrition", "dose"} <= set(rows)
        assert ("posterior_as_usually_seen" in rows) == (outcome.level == "interval")
        for name, row in rows.items():
            assert told[outcome.key, outcome.role, name]["numbers"] == row.numbers
    assert record["plan"] == study.plan.to_record()


def test_results_hold_how_people_were_asked(study: Study) -> None:
    """Every outcome and way of asking, in whole numbers, and nobody who asked by name."""
    record = results(study).record["changes_of_asking"]

    assert len(record) == len(study.changes_of_asking) > 0
    assert {row["what"] for row in record} >= {"any", "mode", "interviewer", "language"}
    assert all(isinstance(row["n_changed"], int) for row in record)
    assert all(row["changes"] == "" for row in record if row["what"] == "interviewer")


def test_lines_of_families_stay_out_of_results(study: Study) -> None:
    """Five waves give each family a line, for the team's page and not for the file."""
    first = study.primary("self_efficacy")
    own = study.slopes[study.slopes["outcome"] == first.key]

    assert list(own["slope_per_year"]) == sorted(own["slope_per_year"])
    assert study.told_beside(first)["family_slopes"].numbers["n"] == len(own) >= 10
    text = results(study).to_json()
    assert not any(f'"{family}"' in text for family in own["family"])


def test_results_hold_no_number_that_json_has_no_word_for(study: Study) -> None:
    """NaN and infinity become null, before a kernel or a browser chokes on them."""
    odd = dataclasses.replace(
        study.estimates[0], statistic=float("inf"), p_value=float("nan"), refused=False
    )
    record = results(dataclasses.replace(study, estimates=(odd,))).record

    assert record["estimates"][0]["statistic"] is None
    assert record["estimates"][0]["p_value"] is None
    assert json.loads(as_json(record)) == record
    assert record["findings"] == study.findings["rule"].value_counts().to_dict()


def test_tables_become_plain_records() -> None:
    """Dates are text, whole numbers whole, nothing is null."""
    table = pd.DataFrame(
        {
            "n": pd.array([3, None], dtype="Int64"),
            "on": pd.to_datetime(["2025-03-31", None]),
            "name": pd.array(["a", None], dtype="str"),
            "share": [0.5, float("nan")],
        }
    )

    assert records(table) == [
        {"n": 3, "on": "2025-03-31", "name": "a", "share": 0.5},
        {"n": None, "on": None, "name": None, "share": None},
    ]


def test_the_first_forms_of_an_open_wave_replace_nothing() -> None:
    """An open wave counts once half as many people answered as at the wave before."""
    waves = pd.DataFrame(
        {
            "wave": ["t0", "t1", "t2", "t3"],
            "state": ["held", "held", "open", "to come"],
            "answered": [14, 10, 4, 0],
        }
    )

    assert waves_to_compare(waves) == ["t0", "t1"]
    assert waves_to_compare(waves.assign(answered=[14, 10, 5, 0])) == ["t0", "t1", "t2"]


def test_each_outcome_is_paired_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Estimates, individual changes, sites left out, what is beside and slopes share pairs."""
    pairs_of, times = contrasts.pairs_of, Counter[tuple[str, str | None]]()

    def counted(rows: pd.DataFrame, outcome: Outcome, *more: Any) -> Pairs:
        times[outcome.key, outcome.role] += 1
        return pairs_of(rows, outcome, *more)

    monkeypatch.setattr(contrasts, "pairs_of", counted)
    study = pilot.open_study("m-power", demo=True)

    assert set(times.values()) == {1}
    assert len(times) == len(study.trajectory.outcomes())


def test_a_half_written_export_makes_no_study(tmp_path: Path) -> None:
    """While a file cannot be read its people would look as if they left: nothing is made."""
    shutil.copytree(places().data / "raw" / "demo" / "m-power", tmp_path / "m-power")
    whole = (tmp_path / "m-power" / "register.xlsx").read_bytes()
    (tmp_path / "m-power" / "register.xlsx").write_bytes(whole[:3000])
    with pytest.raises(IntakeError, match=r"^register\.xlsx: cannot be read"):
        pilot.open_study("m-power", data=tmp_path)

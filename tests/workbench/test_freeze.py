"""A plan is frozen once; whatever goes otherwise afterwards is listed by itself."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

import pilot
from pilot.design import Trajectory, load_trajectory
from pilot.design.groups import Groups
from pilot.design.history import StatedShift
from pilot.errors import DesignError, RunError
from pilot.results import Deviation, Estimate, PlanStanding
from pilot.workbench import freeze_plan, results
from pilot.workbench.freeze import plan_standing
from pilot.workbench.planned import hash_of, planned_part

NOBODY = pd.DataFrame({"wave": pd.Series(dtype="str"), "answered": pd.Series(dtype=object)})


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep decisions apart from those of this machine."""
    monkeypatch.setenv("PILOT_DATA", str(tmp_path))
    return tmp_path


@pytest.fixture
def design() -> Trajectory:
    """Return M-Power."""
    return load_trajectory("m-power")


def run_of(design: Trajectory) -> list[Estimate]:
    """Return a planned row for each outcome, by the method that the plan chose."""
    methods = {key: each["method"] for key, each in planned_part(design)["outcomes"].items()}
    return [
        Estimate(outcome, "end - intake", "", methods[f"{outcome.key}, {outcome.role}"])
        for outcome in design.outcomes()
    ]


def standing(design: Trajectory, panel: pd.DataFrame = NOBODY) -> PlanStanding:
    """Return how the design stands to what was frozen."""
    return plan_standing(design, run_of(design), panel)


def test_a_plan_is_frozen_once(design: Trajectory, data: Path) -> None:
    """The file holds the plan, the day and its checksum; a second time is refused."""
    plan = freeze_plan("m-power")
    written = json.loads((data / "decisions" / "m-power" / "plan.json").read_text("utf-8"))

    assert written == {
        "trajectory": "m-power",
        "frozen": date.today().isoformat(),
        "hash": hash_of(planned_part(design)),
        "plan": planned_part(design),
    }
    assert plan.path.parent.parent == data / "decisions"
    assert [path.name for path in plan.path.parent.iterdir()] == ["plan.json"]
    with pytest.raises(RunError) as told:
        freeze_plan("m-power")
    assert str(told.value) == (
        f"{plan.path}: the plan was frozen on {date.today().isoformat()} already\n"
        "  mend: leave it: the report lists what changed since. Only a plan that nobody has "
        "acted on may be deleted and frozen anew"
    )


def test_without_a_frozen_plan_that_is_said(design: Trajectory) -> None:
    """No date and no deviation, but the checksum of the plan as it is."""
    found = standing(design)

    assert found == PlanStanding(hash_of(planned_part(design)))
    assert found.to_record()["frozen"] is None


def test_a_plan_that_was_kept_has_no_deviation(design: Trajectory) -> None:
    """Labels, files and the order of outcomes may change: they are no plan."""
    freeze_plan(design)
    about = design.about.model_copy(update={"place": "elsewhere"})
    turned = design.model_copy(update={"about": about, "planned": design.planned[::-1]})

    assert standing(design).deviations == ()
    assert standing(turned).deviations == ()
    assert standing(turned).frozen == date.today()


def test_each_deviation_is_listed_by_itself(design: Trajectory) -> None:
    """Method, outcomes in and out, waves, thresholds and lines: one row each."""
    freeze_plan(design)
    dropped, kept = design.planned[-1], design.planned[:-1]
    key = kept[0].outcome
    changed = design.model_copy(
        update={
            "planned": [kept[0].model_copy(update={"primary": False}), *kept[1:]],
            "thresholds": design.thresholds.model_copy(update={"families": 6}),
            "waves": [
                *design.waves[:-1],
                design.waves[-1].model_copy(update={"to_month": 99.0, "closes": None}),
            ],
        }
    )
    rows = [
        row if row.outcome.key != key else Estimate(row.outcome, "", "", "paired_t")
        for row in run_of(changed)
    ]
    found = {
        (each.kind, each.where): (each.frozen, each.run)
        for each in plan_standing(changed, rows, NOBODY).deviations
    }
    role = rows[0].outcome.role

    assert found[("outcome", f"{key}, {role}: primary")] == ("true", "false")
    assert found[("method", f"{key}, {role}")] == ("mixed_kr", "paired_t")
    assert any(kind == "dropped" and dropped.outcome in where for kind, where in found)
    assert found[("design", "thresholds.families")] == ("5", "6")
    assert ("waves", f"{design.waves[-1].key}: to_month") in found


def test_a_shift_stated_later_is_a_deviation(design: Trajectory) -> None:
    """What the neighbourhood did by itself is stated before, as a smallest change is."""
    first, *others = design.planned
    stated = [
        first.model_copy(update={"history": StatedShift(shift=shift, source="made up")})
        for shift in (0.5, 0.1)
    ]
    before, after = (design.model_copy(update={"planned": [s, *others]}) for s in stated)
    where = f"{first.outcome}, {design.outcomes()[0].role}: history"
    freeze_plan(before)

    assert standing(before).deviations == ()
    assert standing(after).deviations == (Deviation("outcome", where, "0.5", "0.1"),)
    assert standing(design).deviations == (Deviation("outcome", where, "0.5", ""),)
    assert "history" not in planned_part(design)["outcomes"][where.removesuffix(": history")]


def test_a_comparison_group_added_later_is_another_method(design: Trajectory) -> None:
    """A design that gains a waiting list answers with a difference: every method deviates."""
    freeze_plan(design)
    lists = Groups(reference="waiting list", levels=["waiting list", "taking part"])
    compared = design.model_copy(update={"groups": lists})
    part = planned_part(compared)

    methods = {each["method"] for each in part["outcomes"].values()}
    assert methods == {"ancova", "net_difference"}
    found = standing(compared).deviations
    assert {each.kind for each in found} == {"method"}
    assert len(found) == len(design.planned)


def test_an_outcome_added_later_is_told(design: Trajectory) -> None:
    """What was not in the frozen plan is no planned outcome."""
    fewer = design.model_copy(update={"planned": design.planned[:-1]})
    freeze_plan(fewer)

    (found,) = standing(design).deviations
    assert found.kind == "added"
    assert design.planned[-1].outcome in found.where


def test_another_scoring_key_is_a_deviation(design: Trajectory) -> None:
    """Turning an item around after freezing changes the outcome, and says so."""
    freeze_plan(design)
    form = design.instruments["gse-10"]
    turned = form.scales[0].model_copy(update={"reverse": form.scales[0].items[:1]})
    forms = {**design.instruments, "gse-10": form.model_copy(update={"scales": [turned]})}

    (found,) = standing(design.model_copy(update={"instruments": forms})).deviations
    assert found.where.endswith("scoring")


def test_a_frozen_file_that_was_changed_tells_on_itself(design: Trajectory, data: Path) -> None:
    """The checksum no longer fits: that is the first deviation."""
    path = freeze_plan(design).path
    text = path.read_text("utf-8").replace(
        '"thresholds.families": 5', '"thresholds.families": 9'
    )
    path.write_text(text, "utf-8")
    first, second = standing(design).deviations

    assert (first.kind, first.where) == ("file", "plan.json")
    assert second == Deviation("design", "thresholds.families", "9", "5")


@pytest.mark.parametrize("text", ["{", "[]", '{"frozen": "2025-01-01", "hash": "a"}'])
def test_a_frozen_file_that_cannot_be_read_is_refused(design: Trajectory, text: str) -> None:
    """A report without it would hide the deviations."""
    path = freeze_plan(design).path
    path.write_text(text, "utf-8")

    with pytest.raises(DesignError) as told:
        standing(design)
    assert str(told.value) == (
        f"{path}: cannot be read as a frozen plan\n"
        "  mend: put back the file as it was frozen, from a copy"
    )


@pytest.mark.parametrize(
    ("answered", "before"),
    [("2131-01-01", True), ("2021-01-01", False), (None, False)],
)
def test_frozen_before_the_last_wave_or_after(
    design: Trajectory, answered: str | None, before: bool
) -> None:
    """The first answer at the last wave decides; without a date the opening of that wave."""
    freeze_plan(design)
    last = design.waves[-1].key
    panel = pd.DataFrame({"wave": [last], "answered": [pd.Timestamp(answered)]})

    assert standing(design, panel).before_last_wave is before
    assert standing(design).before_last_wave is True, "nobody answered there yet"


def test_without_any_date_nobody_can_tell() -> None:
    """Everyone has a clock of their own and no form has a date: neither before nor after."""
    centres = load_trajectory("moeder-vadercentra")
    freeze_plan(centres)
    undated = pd.DataFrame({"wave": [centres.waves[-1].key], "answered": [pd.NaT]})

    assert standing(centres, undated).before_last_wave is None


def test_the_study_and_its_results_carry_the_plan(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A plan frozen for the simulated exports is held against them, not against real ones."""
    monkeypatch.delenv("PILOT_DATA")
    demo = Path(pilot.workbench.places.places().demo) / "m-power"
    monkeypatch.setenv("PILOT_DATA", str(tmp_path))
    freeze_plan("m-power", demo=True)
    record = results(pilot.open_study("m-power", data=demo)).record["plan"]

    assert (tmp_path / "decisions" / "demo" / "m-power" / "plan.json").is_file()
    assert record["frozen"] == date.today().isoformat()
    assert record["before_last_wave"] is False
    assert list(record) == ["hash", "frozen", "frozen_hash", "before_last_wave", "deviations"]

"""Sport against control, from raw file to report; R 4.2.2 gave the expected numbers."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest

import pilot
from pilot.results import Estimate, Study

HERE = Path(__file__).parent
EXPORTS = HERE.parents[2] / "shared" / "real"
DESIGN = HERE / "prison-stress-groups.toml"

pytestmark = pytest.mark.skipif(
    not EXPORTS.is_dir(), reason="the real data stand outside the project"
)


@cache
def study() -> Study:
    """Walk the corridor once."""
    return pilot.open_study(DESIGN, data=EXPORTS)


def row(method: str, group: str = "sport - control") -> Estimate:
    """Return one estimate by its method."""
    (found,) = [e for e in study().estimates if (e.method, e.group) == (method, group)]
    return found


def test_ancova_is_the_planned_answer() -> None:
    """Sport ends 7.26 points lower at the same start."""
    planned = study().planned(study().trajectory.outcomes()[0])

    assert planned.method == "ancova"
    assert planned.estimate == pytest.approx(-7.2598011337, abs=5e-11)
    assert planned.std_error == pytest.approx(2.4731412279, abs=5e-11)
    assert (planned.df, planned.n_by_group) == (23, (15, 11))
    assert planned.verdict == "better"


def test_welch_on_changes() -> None:
    """Told as control minus sport elsewhere: t 3.59 with 15.46 df."""
    found = row("welch_change")

    assert found.statistic == pytest.approx(-3.5908271136, abs=5e-11)
    assert found.df == pytest.approx(15.4610219946, abs=5e-11)
    assert found.p_value == pytest.approx(0.0025646613, abs=5e-11)


def test_permutation_says_that_it_was_drawn() -> None:
    """7,726,160 arrangements are too many to count; the p agrees with Welch's within reach."""
    found = row("permutation")

    assert found.reason == "99999 arrangements were drawn, for all of them are too many"
    assert 0.0005 < (found.p_value or 0) < 0.003


@pytest.mark.parametrize(
    ("group", "change"), [("sport", -3.9333333333), ("control", 7.3636363636)]
)
def test_each_group_by_itself(group: str, change: float) -> None:
    """The change within each group stands beside the difference."""
    assert row("paired_t", group).estimate == pytest.approx(change, abs=5e-11)


def test_a_report_comes_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages in both languages tell the difference, and results.json every row."""
    monkeypatch.setenv("PILOT_REPORTS", str(tmp_path))
    pilot.run_report(DESIGN, data=EXPORTS)
    latest = tmp_path / "prison-stress-groups" / "latest"
    results = json.loads((latest / "results.json").read_text(encoding="utf-8"))
    page = (latest / "nl.html").read_text(encoding="utf-8")
    compared = [each for each in results["estimates"] if each.get("n_by_group")]

    assert {each["group"] for each in compared} == {"sport - control"}
    assert compared[0]["n_by_group"] == [15, 11]
    plain = page.replace("\N{LEFT SINGLE QUOTATION MARK}", "'")
    plain = plain.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
    told = "'sportgroep' gemiddeld 7,3 punt lager dan 'controlegroep' (hoger = slechter)"
    assert told in plain
    assert "vergelijkt niet met een andere groep" not in page

"""The report of a whole trajectory, from raw exports to pages in both languages."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import pilot
from pilot.workbench import ReportRun
from pilot.workbench.places import places

ESTIMATE = {
    "outcome",
    "domain",
    "role",
    "primary",
    "standing",
    "rung",
    "contrast",
    "estimand",
    "method",
    "estimate",
    "std_error",
    "statistic",
    "df",
    "p_value",
    "smallest_p",
    "conf_low",
    "conf_high",
    "conf_low_75",
    "conf_high_75",
    "standardised",
    "n_participants",
    "n_families",
    "n_sites",
    "direction",
    "refused",
    "reason",
    "caution",
    "caution_nl",
    "chosen",
    "incomplete_families",
    "incomplete_participants",
    "notes",
    "trouble",
}
Hashes = Callable[[Path], dict[str, str]]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, hashes_of: Hashes) -> Any:
    """Make the report of m-power twice, and remember the exports before and after."""
    reports = tmp_path_factory.mktemp("reports of the tests")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PILOT_REPORTS", str(reports))
        raw = places().demo / "m-power"
        before = hashes_of(raw)
        first = pilot.run_report("m-power", demo=True)
        kept = {name: path.read_bytes() for name, path in first.paths.items()}
        patch.chdir(reports)
        second = pilot.run_report("m-power", demo=True)
        return {
            "first": kept,
            "second": second,
            "raw": raw,
            "hashes": (before, hashes_of(raw)),
            "reports": reports,
        }


@pytest.fixture
def second(made: dict[str, Any]) -> ReportRun:
    """Return the second of two runs."""
    run: ReportRun = made["second"]
    return run


def test_what_is_published(made: dict[str, Any], second: ReportRun) -> None:
    """The pages, the numbers, what they were made from, and what may leave; no more."""
    assert list(second.paths) == [
        "en.html",
        "index.html",
        "nl.html",
        "published.json",
        "results.json",
        "run.json",
        "share/en.html",
        "share/index.html",
        "share/nl.html",
        "team.html",
    ]
    assert second.folder == made["reports"] / "demo" / "m-power" / "latest"
    visible = [path for path in second.folder.parent.iterdir() if path.name[0] != "."]
    assert visible == [second.folder], "nothing lies about beside it"


def test_the_same_input_gives_the_same_bytes(made: dict[str, Any], second: ReportRun) -> None:
    """Run again, from elsewhere: numbers and pages are the same, byte for byte."""
    pages = ("nl.html", "en.html", "team.html", "index.html")
    for name in ("results.json", "published.json", *pages):
        assert second.paths[name].read_bytes() == made["first"][name], name


def test_raw_is_read_only(made: dict[str, Any]) -> None:
    """The exports are after two reports what they were before, and no file was added."""
    before, after = made["hashes"]

    assert after == before


def test_results_have_their_schema(second: ReportRun) -> None:
    """`results.json` has the keys that notebooks, schedules and checks rest on."""
    results = json.loads(second.paths["results.json"].read_text("utf-8"))

    assert list(results) == [
        "trajectory",
        "simulated",
        "waves",
        "flow",
        "feasibility",
        "estimates",
        "individual",
        "beside",
        "changes_of_asking",
        "plan",
        "stories",
        "agreement",
        "claims",
        "events",
        "findings",
    ]
    assert results == second.results
    assert results["trajectory"] == "m-power"
    assert results["simulated"] is True
    assert all(set(row) == ESTIMATE for row in results["estimates"])
    assert all(
        set(each) == {"name", "estimate", "conf_low", "conf_high"}
        for row in results["estimates"]
        for each in row["standardised"]
    )
    assert {row["standing"] for row in results["estimates"]} <= {
        "planned",
        "alternative",
        "sensitivity",
    }
    assert {row["direction"] for row in results["estimates"]} <= {
        "better",
        "same",
        "worse",
        None,
    }
    assert all(isinstance(count, int) for count in results["findings"].values())
    assert set(results["individual"]) <= {row["outcome"] for row in results["estimates"]}


def test_two_planned_outcomes_are_primary(second: ReportRun) -> None:
    """One a domain, of the adults, with one planned row: the last wave minus the first."""
    planned = [
        row
        for row in second.results["estimates"]
        if row["primary"] and row["standing"] == "planned"
    ]

    assert {(row["domain"], row["outcome"]) for row in planned} == {
        ("self_efficacy", "gse_10_total"),
        ("network_strength", "lsns_6_total"),
    }
    assert len(planned) == 2
    assert {row["contrast"] for row in planned} == {"end - intake"}


def test_numbers_are_those_of_the_study(second: ReportRun) -> None:
    """What is published is what `open_study` computes, unrounded."""
    study = pilot.open_study("m-power", demo=True)

    assert second.results["estimates"] == [each.to_record() for each in study.estimates]


def test_a_run_says_what_it_was_made_from(made: dict[str, Any], second: ReportRun) -> None:
    """Input hashes, versions, seed, parameters and durations stand in `run.json`."""
    run = json.loads(second.paths["run.json"].read_text("utf-8"))

    assert run["inputs"] == made["hashes"][0]
    assert run["versions"]["pilot"] == pilot.__version__
    assert {"python", "pandas", "statsmodels", "pingouin", "papermill"} <= set(run["versions"])
    assert isinstance(run["seed"], int)
    assert run["parameters"] == {
        "trajectory": "m-power",
        "demo": True,
        "data": str(made["raw"]),
        "earlier": str(second.paths["run.json"].with_name("published.json")),
    }
    assert run["durations"]["all"] >= sum(run["durations"]["cells"].values())
    assert all(re.fullmatch("[0-9a-f]{64}", run[key]) for key in ("plan", "notebook"))


def test_only_public_pages_may_leave(second: ReportRun) -> None:
    """`share/` holds copies of the public pages, and nothing that is for the team."""
    for name, path in second.paths.items():
        if name.startswith("share/"):
            page = path.read_bytes()
            assert page == second.paths[name.removeprefix("share/")].read_bytes()
            assert b"team-" not in page
            assert b"MP-" not in page, "no participant's number"


@pytest.mark.parametrize("name", ["nl.html", "en.html", "team.html", "index.html"])
def test_every_page_says_that_it_is_simulated(second: ReportRun, name: str) -> None:
    """A page made from simulated data says so, and needs no network to be read."""
    page = second.paths[name].read_text("utf-8")
    language = "en" if name == "en.html" else "nl"

    assert f'<html lang="{language}">' in page
    assert page.count("<h1") == 1
    assert re.search("gesimuleerd|simulated", page, flags=re.IGNORECASE)
    assert not re.search(r"<(script|link|img|iframe)[^>]+(src|href)=\"https?:", page)


def test_index_leads_to_dutch_first(second: ReportRun) -> None:
    """The first link is the Dutch page, the second the English one."""
    page = second.paths["index.html"].read_text("utf-8")

    assert re.findall(r'href="(\w\w\.html)"', page) == ["nl.html", "en.html"]

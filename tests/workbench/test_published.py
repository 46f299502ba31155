"""What was published is remembered beside the report, and forgotten with it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

import pilot
from pilot import presentation as show
from pilot.disclosure import disclose
from pilot.errors import RunError
from pilot.results import Study
from pilot.workbench import already_public, public_so_far

REMEMBERS = """
from pilot.presentation import Piece
from pilot.results import Published
from pilot.workbench import already_public, provenance
from IPython.display import display
before = already_public(earlier)
display(Piece("words", "public", {"nl": "<p>Hallo</p>", "en": "<p>Hello</p>"}))
display({"application/vnd.pilot.results+json": {"simulated": True}}, raw=True)
reports = [each.to_record() for each in (*before, Published(str(len(before)), True))]
record = {"format": 1, "reports": reports}
display({"application/vnd.pilot.published+json": record}, raw=True)
provenance()
"""


def test_each_report_hears_of_those_before_it(write_report: Callable[..., Path]) -> None:
    """The second run reads what the first published; without its folder it is the first."""
    write_report(REMEMBERS)
    locks = []
    for forget in (False, False, True):
        if forget:
            shutil.rmtree(run.folder)  # noqa: F821 - of the run before
        run = pilot.run_report("m-power", demo=True)
        record = json.loads(run.paths["published.json"].read_text("utf-8"))
        locks.append([each["lock"] for each in record["reports"]])
    assert locks == [["0"], ["0", "1"], ["0"]]
    assert "share/published.json" not in run.paths


def test_a_record_that_cannot_be_read_stops_the_report(tmp_path: Path) -> None:
    """Made without it, a page could be subtracted from the one before."""
    path = tmp_path / "published.json"
    path.write_text('{"format": 1, "reports": [{}]}', encoding="utf-8")
    with pytest.raises(RunError) as told:
        already_public(path)
    assert str(told.value) == (
        f"{path}: cannot be read as a record of what was published: KeyError('bases')\n"
        "  mend: put it back from a backup; only when no earlier report went out, delete the "
        "folder it is in: the next report is then made as if it were the first"
    )


def test_the_page_says_what_stayed_as_it_was(study: Study) -> None:
    """In both languages, with the day of the earlier report; and nothing where nothing did."""
    first = public_so_far(study, disclose(study)).reports
    scores = study.scores.copy()
    one = scores["family"] == sorted(scores["family"].dropna())[0]
    scores.loc[one, "gse_10_total"] += 1
    changed = tuple(
        replace(each, estimate=each.estimate + 1)
        if each.outcome.key == "gse_10_total"
        else each
        for each in study.estimates
        if each.estimate is not None
    )
    later = replace(study, scores=scores, estimates=changed)
    page = disclose(later, first)
    told = {each.outcome.key: each.estimate for each in page.estimates}
    before = {each.outcome.key: each.estimate for each in disclose(study).estimates}
    html = show.outcomes_section(page).html

    assert told["gse_10_total"] == before["gse_10_total"]
    assert "Zoals in het rapport tot en met 20 oktober 2025: " in html["nl"]
    assert "fewer than 5 families" in html["en"]
    assert "As in the report up to" not in show.outcomes_section(disclose(study)).html["en"]


def test_a_report_of_real_people_without_its_record_stops_the_next(tmp_path: Path) -> None:
    """It went out, and nobody knows any more what stood on it; a simulated one may go."""
    path = tmp_path / "published.json"
    assert already_public(path) == ()
    (tmp_path / "run.json").write_text('{"simulated": true}', encoding="utf-8")
    assert already_public(path) == ()
    (tmp_path / "run.json").write_text('{"simulated": false}', encoding="utf-8")
    with pytest.raises(
        RunError, match="is not there, though the report beside it was published"
    ):
        already_public(path)


def test_a_record_of_a_later_format_stops_the_report(tmp_path: Path) -> None:
    """Nothing of it is guessed."""
    path = tmp_path / "published.json"
    path.write_text('{"format": 2, "reports": []}', encoding="utf-8")
    with pytest.raises(RunError, match="format 2, not 1"):
        already_public(path)


def test_the_record_of_another_trajectory_is_refused(study: Study) -> None:
    """A folder that was copied would bind this report to another's families."""
    first = public_so_far(study, disclose(study)).reports
    other = [replace(first[0], trajectory="m-power")]
    with pytest.raises(RunError, match="is of 'm-power', and this report of"):
        public_so_far(study, disclose(study), other)


def test_a_key_that_changed_is_refused(study: Study) -> None:
    """One outcome under two names could be subtracted from itself."""
    first = public_so_far(study, disclose(study)).reports
    items = {
        key.replace("gse_10_total", "gse_total"): shown for key, shown in first[0].items.items()
    }
    with pytest.raises(RunError) as told:
        public_so_far(study, disclose(study), [replace(first[0], items=items)])
    assert "outcome gse_total of parent" in told.value.where
    assert "gse_10_total of parent" in told.value.cause

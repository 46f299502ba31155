"""Feasibility on the page: first, with its lines, and never silent about what is not known."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from html import unescape
from pathlib import Path

import pytest

import pilot
from pilot import presentation as show
from pilot.design import Ceilings, load_trajectory, trajectory_names
from pilot.disclosure import disclose
from pilot.presentation.programme import programme_table
from pilot.results import Study
from pilot.workbench.feasible import feasibility_record

NOTEBOOK = Path(__file__).parents[2] / "notebooks" / "report.ipynb"
DASH = show.Words("en")("number.dash")
STEPS = [
    "reached",
    "eligible",
    "consented",
    "started",
    "any_session",
    "dose",
    "pre_valid",
    "post_valid",
    "linked_pairs",
    "items_answered",
    "minutes_per_form",
    "languages",
    "minutes",
    "burdened",
    "cost_per_family",
]


@cache
def demo(key: str = "m-power") -> Study:
    """Return a demo: men with the minutes of each form."""
    return pilot.open_study(key, demo=True)


def rows_of(html: str) -> dict[str, list[str]]:
    """Return the cells of each row of the first table, by its name."""
    table = html[html.index("<tbody") : html.index("</tbody>")]
    cells = [re.findall(r"<t[hd][^>]*>([^<]*)</t[hd]>", row) for row in table.split("<tr")[1:]]
    return {unescape(first): [unescape(each) for each in rest] for first, *rest in cells}


def timed(study: Study, minutes: list[float | None]) -> Study:
    """Return a study in which the first forms took so many minutes and nobody else is known."""
    known = [*minutes, *[None] * (len(study.panel) - len(minutes))]
    panel = study.panel.assign(minutes=known).astype({"minutes": "Float64"})
    return replace(study, panel=panel)


def test_every_step_has_a_row() -> None:
    """From reached to costs, in the order of CONSORT, whatever was recorded."""
    assert demo().feasibility["measure"].tolist() == STEPS
    assert disclose(demo()).feasibility["measure"].tolist() == STEPS


@pytest.mark.parametrize(
    ("language", "said"), [("nl", "niet bijgehouden"), ("en", "not recorded")]
)
def test_what_nobody_recorded_says_so(language: str, said: str) -> None:
    """Sessions and burden of the men were not kept: it says so, to everybody."""
    words = show.Words(language)
    for piece in (show.feasibility_section(disclose(demo())), show.team_feasibility(demo())):
        rows = rows_of(piece.html[language])
        for measure in ("any_session", "dose", "burdened"):
            assert rows[words(f"measure.{measure}")][1] == said, measure


def test_what_is_still_to_come_is_not_called_unrecorded() -> None:
    """A last wave that nobody answered yet is not measured yet."""
    table = demo().feasibility
    later = table["measure"].isin(["post_valid", "linked_pairs"])
    open_ = table.assign(count=table["count"].mask(later), share=None, line=None)
    rows = rows_of(show.team_feasibility(replace(demo(), feasibility=open_)).html["en"])
    assert rows["last wave answered well enough"][1] == "not measured yet"


def test_minutes_are_told_in_fives_and_judged_before_rounding() -> None:
    """62.4 minutes read 60, and are over a line of 60 all the same."""
    design = demo().trajectory
    lines = design.feasibility.model_copy(
        update={"minutes_per_form": Ceilings(go=60, adapt=90)}
    )
    table = demo().feasibility
    here = table["measure"] == "minutes_per_form"
    slow = table.assign(
        count=table["count"].mask(here, 62.4), line=table["line"].mask(here, "adapt")
    )
    study = replace(
        demo(), feasibility=slow, trajectory=design.model_copy(update={"feasibility": lines})
    )

    cells = rows_of(show.feasibility_section(disclose(study)).html["en"])[
        "minutes per form, the median"
    ]
    assert cells[1:] == ["60", DASH, DASH, "go on up to 60, stop above 90", "adapt"]


def test_minutes_of_a_few_are_not_shown() -> None:
    """Of four men it is known how long it took: no number, and no word that nobody kept it."""
    few = disclose(timed(demo(), [45.0, 45.0, 50.0, 60.0])).feasibility
    enough = disclose(timed(demo(), [45.0, 45.0, 50.0, 60.0, 60.0])).feasibility
    row = few.set_index("measure").loc["minutes_per_form"]

    assert (row["count"], row["line"], row["known"]) == (None, None, True)
    assert enough.set_index("measure").loc["minutes_per_form", "count"] == 60


def test_who_consented_by_the_register_is_for_the_team_alone() -> None:
    """It is the number that started, exactly, of which the public reads a band."""
    study = demo()
    design = study.trajectory
    reach = design.reach.model_copy(update={"consented": None})
    counted = replace(study, trajectory=design.model_copy(update={"reach": reach}))
    public = disclose(counted).feasibility.set_index("measure")

    empty = (None, None, None, None, True)
    names = ["count", "base", "share", "line", "known"]
    assert tuple(public.loc["consented", names]) == empty
    assert tuple(public.loc["started", names])[1:4] == (None, None, None)
    assert public.loc["started", "count"] is not None
    assert disclose(study).feasibility.set_index("measure").loc["consented", "count"] == 38


def test_it_is_the_first_table_of_the_report() -> None:
    """The report's notebook shows it before any other piece that has a table."""
    public = disclose(demo())
    for piece in (show.payer_page(public), show.residents_pages(public)):
        assert "<table" not in piece.html["nl"]
    source = NOTEBOOK.read_text(encoding="utf-8")
    shown = re.findall(r"show\.(\w+)\((public|study)\)", source)
    public_order = [name for name, given in shown if given == "public"]
    team_order = [name for name, given in shown if given == "study"]
    assert public_order[:3] == ["payer_page", "residents_pages", "feasibility_section"]
    assert team_order[0] == "team_feasibility"


def test_results_have_value_line_and_verdict() -> None:
    """Each measure with its value, the design's line and the verdict that follows."""
    rows = {row["measure"]: row for row in feasibility_record(demo())}

    assert rows["minutes_per_form"] == {
        "measure": "minutes_per_form",
        "role": None,
        "wave": None,
        "count": 60.0,
        "base": None,
        "value": 60.0,
        "recorded": True,
        "line": {"go": 60.0, "adapt": 90.0, "side": "up to"},
        "verdict": "go",
    }
    post = rows["post_valid"]
    assert post["value"] == post["count"] / post["base"]
    assert post["line"] == {"go": 0.7, "adapt": 0.5, "side": "from"}
    assert (rows["burdened"]["recorded"], rows["burdened"]["value"]) == (False, None)


@pytest.mark.parametrize("key", trajectory_names())
def test_the_programme_is_described_in_ten_items(key: str) -> None:
    """TIDieR's items stand under the table in both languages; what is missing says so."""
    design = load_trajectory(key)
    for language, missing in (("nl", "niet bijgehouden"), ("en", "not recorded")):
        table = programme_table(show.Words(language), design)
        assert len(table.rows) == 10
        told = dict(table.rows)
        assert all(told.values())
        assert told[show.Words(language)("programme.modifications")] == missing
        assert told[show.Words(language)("programme.why")] != missing

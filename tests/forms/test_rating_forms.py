"""A coach rates the people of a group in a workbook, beside the one they answer in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from pilot.cleaning import clean
from pilot.design import Trajectory
from pilot.design.forms import asking_hash, read_marker
from pilot.errors import CallError
from pilot.forms import Form, Person, form_workbook
from pilot.intake import read_exports
from pilot.linkage import link_waves
from pilot.workbench.form import FormWanted, write_form

RATED = (
    '[[planned]]\noutcome = "brs_total"',
    '[[asked]]\ninstrument = "brs-coach"\nrole = "parent"\nrated_by = "coach"\n'
    'columns = "coach_{item}"\n[[planned]]\noutcome = "brs_total"',
)
THEIRS = {f"brs_coach_{item:02d}": said for item, said in enumerate((3, 2, 4, 1, 5, 2), 1)}
PEOPLE = {"parent": [Person("007", "G1", "noord"), Person("008"), Person("P3", "G2", "zuid")]}
Designer = Callable[..., Trajectory]


@pytest.fixture
def made(design: Designer, typist: Any, tmp_path: Path) -> Callable[..., Any]:
    """Give a function that makes a form, of people themselves or of their coach."""

    def make(name: str, rater: str = "") -> Any:
        folder = tmp_path / "exports"
        folder.mkdir(exist_ok=True)
        form = Form(design(RATED), "t0", ("parent",), rater=rater)
        (folder / name).write_bytes(form_workbook(form, PEOPLE))
        return typist(folder / name)

    return make


def test_it_asks_the_rated_forms_alone(made: Callable[..., Any]) -> None:
    """When, which coach, and what the coach says; never how the person was asked."""
    coach, own = made("coach.xlsx", "coach"), made("own.xlsx")
    columns = [name for name in coach.columns(coach.sheet()) if not name.startswith("key")]

    who = ["participant", "family", "site"]
    assert columns == [*who, "answered", "interviewer", *THEIRS]
    assert not [name for name in own.columns(own.sheet()) if "coach" in name]
    assert read_marker(coach.sheet().cell(1, 1).value).rater == "coach"
    assert read_marker(own.sheet().cell(1, 1).value).rater == ""
    title = coach.book.worksheets[0].cell(1, 2).value
    assert title == "Wat u van de deelnemer vindt"


def test_the_form_of_people_themselves_is_as_it_was(design: Designer) -> None:
    """A rated form in the design changes neither checksum nor workbook of their own."""
    before, after = design(), design(RATED)

    assert asking_hash(before, "parent", "t0") == asking_hash(after, "parent", "t0")
    assert asking_hash(after, "parent", "t0", "coach") != asking_hash(after, "parent", "t0")


def test_both_come_back_side_by_side(
    made: Callable[..., Any], design: Designer, answers: dict[str, Any], tmp_path: Path
) -> None:
    """Typed twice in each workbook: one form of the person, one rating, nothing told."""
    made("own.xlsx").types_twice("007", answers).saves()
    theirs = {"answered": "2025-01-29", "interviewer": "C2", **THEIRS}
    made("whatever.xlsx", "coach").types_twice("007", theirs).types_twice("P3", theirs).saves()
    received = read_exports(design(RATED), tmp_path / "exports")
    linked = link_waves(clean(received, design(RATED)), design(RATED))

    assert list(received.findings["rule"]) == []
    assert linked.panel[["participant", "answered"]].to_numpy().tolist() == [
        ["007", pd.Timestamp("2025-01-20")]
    ]
    assert not [name for name in linked.panel if "coach" in name]
    ratings = linked.ratings.set_index("participant")
    assert list(ratings.index) == ["007", "P3"]
    assert ratings.loc["P3", list(THEIRS)].tolist() == list(THEIRS.values())
    assert set(ratings["answered"]) == {pd.Timestamp("2025-01-29")}
    assert list(linked.started["participant"]) == ["007"]


def test_two_typings_that_differ_are_told_with_both_values(
    made: Callable[..., Any], design: Designer, tmp_path: Path
) -> None:
    """The answer counts in neither, the others stay."""
    typist = made("coach.xlsx", "coach").types_twice(
        "008", {"answered": "2025-01-29", **THEIRS}
    )
    typist.types("008", {"brs_coach_02": 5}, entry=2).saves()
    received = read_exports(design(RATED), tmp_path / "exports")
    linked = link_waves(clean(received, design(RATED)), design(RATED))

    (told,) = received.findings.to_dict("records")
    assert (told["rule"], told["column"], told["found"]) == (
        "entry-differs",
        "brs_coach_02",
        "2 | 5",
    )
    assert linked.ratings["brs_coach_02"].isna().all()
    assert linked.ratings["brs_coach_01"].tolist() == [3]
    assert linked.panel.empty


@pytest.mark.parametrize(
    ("also", "message"),
    [
        (
            {"rated_by": "partner"},
            "--rated-by: there is no rater 'partner'\n  mend: use one of: coach",
        ),
        (
            {"rated_by": "coach", "role": "vrouw"},
            "--role: there is no role 'vrouw'\n",
        ),
    ],
)
def test_a_wrong_word_is_refused(tmp_path: Path, also: dict[str, str], message: str) -> None:
    """With the words that are known."""
    wanted = FormWanted("m-power", "end", demo=True, output=tmp_path / "x.xlsx", **also)
    with pytest.raises(CallError) as caught:
        write_form(wanted)

    assert str(caught.value).startswith(message)


def test_where_nobody_is_rated_there_is_no_form(tmp_path: Path) -> None:
    """A trajectory without raters says so."""
    wanted = FormWanted(
        "meet-the-parents", "end", demo=True, output=tmp_path / "x.xlsx", rated_by="coach"
    )
    with pytest.raises(CallError, match="there is no rater 'coach'"):
        write_form(wanted)

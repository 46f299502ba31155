"""The page of a run that failed may be sent on: no places of a machine, Dutch where it can."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pilot.errors import PilotError, RunError
from pilot.workbench.failure import tell_failure, without_places
from pilot.workbench.order import Order, settle
from pilot.workbench.places import places


@pytest.fixture
def order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Order:
    """Return an order of simulated exports, with reports in a new place."""
    monkeypatch.setenv("PILOT_REPORTS", str(tmp_path / "reports"))
    return settle("m-power", demo=True)


def page(order: Order, fault: PilotError) -> str:
    """Return the page that tells a fault."""
    order.folder.mkdir(parents=True, exist_ok=True)
    tell_failure(order, fault)
    return (order.folder / "failed.html").read_text("utf-8")


def test_no_place_of_the_machine_is_told(order: Order, tmp_path: Path) -> None:
    """Exports, reports, temporary files and the home of who ran it: only what lies within."""
    fault = RunError(
        str(order.exports / "intake.csv"),
        f"{order.folder / 'latest'} and {tmp_path / 'x.csv'} are open: '{Path.home()}/Jan B/a'",
        f"close /opt/work/other.xlsx, see {places().data / 'raw' / 'notes.txt'}",
    )
    told = page(order, fault)

    for place in (order.exports, tmp_path, Path.home(), places().data, "/opt", "/work"):
        assert str(place) not in told
    assert "m-power/intake.csv" in told
    assert "data/raw/notes.txt" in told
    assert "close other.xlsx, see" in told


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("'C:\\\\Users\\\\jan\\\\t1.xlsx' is open", "'t1.xlsx' is open"),
        (r"C:\Users\jan\t1.xlsx is open", "t1.xlsx is open"),
        (r"\\server\share\t1.xlsx is open", "t1.xlsx is open"),
        ("/srv/families/t1.xlsx: is empty", "t1.xlsx: is empty"),
        ("and/or 1/2, data/raw/t1.csv", "and/or 1/2, data/raw/t1.csv"),
    ],
)
def test_of_any_other_file_the_name_stays(order: Order, words: str, told: str) -> None:
    """Also in the way Windows and Python write a path; what is no path stays as it is."""
    assert without_places(words, order) == told


def test_the_dutch_part_is_dutch_and_what_is_not_is_marked(order: Order) -> None:
    """A cause that has Dutch words is told in them; one without keeps its mark of English."""
    fault = RunError("intake.csv", "is empty", "ask Jan for it")
    dutch, _, english = page(order, fault).partition('<div lang="en">')

    assert "<p>is leeg</p>" in dutch
    assert '<p lang="en">ask Jan for it</p>' in dutch
    assert "is empty" not in dutch
    assert re.search(r"<p[^>]*>is empty</p>", english)

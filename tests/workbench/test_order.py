"""What a run is to do is settled, or refused, before any kernel starts."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import pilot
from pilot.errors import CallError, RunError
from pilot.workbench.order import settle
from pilot.workbench.places import places


@pytest.fixture(autouse=True)
def no_kernel(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Fail a test that starts a kernel."""

    def refuse(*_: object) -> None:
        raise AssertionError("a kernel was started")

    monkeypatch.setattr("pilot.workbench.make.started_kernel", refuse)
    monkeypatch.setenv("PILOT_REPORTS", str(tmp_path / "reports"))


@pytest.mark.parametrize(
    ("call", "told"),
    [
        ({"trajectory": "m-powr", "demo": True}, "did you mean 'm-power'?"),
        ({"trajectory": "nowhere.toml"}, "there is no such file"),
        (
            {"trajectory": "m-power", "demo": True, "languages": ["nl", "fr"]},
            "use one of: nl, en",
        ),
        ({"trajectory": "m-power", "demo": True, "languages": []}, "name one of: nl, en"),
        ({"trajectory": "m-power", "data": "no/such/folder"}, "there is no such folder"),
        (
            {"trajectory": "m-power", "demo": True, "parameters": {"trajectry": "x"}},
            "did you mean 'trajectory'?",
        ),
        (
            {"trajectory": "m-power", "demo": True, "parameters": {"demo": False}},
            "leave it out and say --demo",
        ),
    ],
)
def test_a_wrong_call_starts_no_kernel(call: dict[str, Any], told: str) -> None:
    """What cannot be right is refused with exit code 2, and nothing is written."""
    with pytest.raises(CallError, match=told.replace("?", r"\?")) as refused:
        pilot.run_report(**call)

    assert refused.value.exit_code == 2
    assert not places().reports.exists()


def test_an_order_says_all_that_a_run_needs(tmp_path: Path) -> None:
    """Parameters are whole and absolute, so that the kernel's folder makes no difference."""
    order = settle("m-power", demo=True, languages=["en", "nl", "nl"])

    assert order.parameters == {
        "trajectory": "m-power",
        "demo": True,
        "data": str(places().demo / "m-power"),
        "earlier": str(order.latest / "published.json"),
    }
    assert order.languages == ("nl", "en"), "Dutch first, each once"
    assert order.simulated
    assert order.latest == tmp_path / "reports" / "demo" / "m-power" / "latest"


def test_a_design_by_its_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A sixth trajectory is a TOML and a folder, named by relative paths too."""
    shelf = Path(pilot.__file__).parent / "trajectories" / "m-power.toml"
    text = shelf.read_text("utf-8").replace('"m-power"', '"our-own"', 1)
    (tmp_path / "our-own.toml").write_text(text, encoding="utf-8")
    (tmp_path / "exports" / "our-own").mkdir(parents=True)
    monkeypatch.chdir(tmp_path)
    order = settle("our-own.toml", data="exports")

    assert order.trajectory.key == "our-own"
    assert order.parameters["trajectory"] == str(tmp_path / "our-own.toml")
    assert order.parameters["data"] == str(tmp_path / "exports" / "our-own")
    assert order.latest == tmp_path / "reports" / "our-own" / "latest"
    assert not order.simulated


def publish(folder: Path, *, simulated: bool) -> None:
    """Put a published report's numbers in a folder."""
    folder.mkdir(parents=True)
    text = json.dumps({"trajectory": "m-power", "simulated": simulated})
    (folder / "results.json").write_text(text, encoding="utf-8")


def test_simulated_numbers_never_replace_real_ones(tmp_path: Path) -> None:
    """A student who points --data at the demo exports does not overwrite the real report."""
    publish(tmp_path / "reports" / "m-power" / "latest", simulated=False)
    demo = places().demo / "m-power"

    with pytest.raises(RunError) as refused:
        settle("m-power", data=demo)

    assert refused.value.cause == "holds a report of real families; these exports are simulated"
    assert settle("m-power", demo=True).latest.parts[-3:] == ("demo", "m-power", "latest")


def test_simulated_numbers_may_replace_simulated_ones(tmp_path: Path) -> None:
    """Trying out with --data on simulated exports goes on as often as one likes."""
    publish(tmp_path / "reports" / "m-power" / "latest", simulated=True)

    assert settle("m-power", data=places().demo / "m-power").simulated


def test_a_copied_design_needs_a_key_of_its_own(tmp_path: Path) -> None:
    """A copy of a design under the same key would publish in that one's place."""
    shelf = Path(pilot.__file__).parent / "trajectories" / "m-power.toml"
    copy = tmp_path / "mine.toml"
    copy.write_text(shelf.read_text(encoding="utf-8"), encoding="utf-8")
    own = tmp_path / "own.toml"
    own.write_text(
        copy.read_text(encoding="utf-8").replace("m-power", "our-men", 1), encoding="utf-8"
    )
    exports = places().demo / "m-power"

    with pytest.raises(CallError) as refused:
        settle(copy, data=exports)

    assert str(refused.value) == (
        "mine.toml [key]: 'm-power' is the name of a trajectory on the shelf, and its report "
        "would take that one's place\n"
        "  mend: give this design a key of its own"
    )
    assert settle(shelf, data=exports).trajectory.key == "m-power"
    assert settle(own, data=exports).latest.parts[-2:] == ("our-men", "latest")


def test_the_notebook_may_declare_more(write_report: Callable[..., Path]) -> None:
    """`-p NAME=VALUE` sets what the notebook declares, as the type it declares."""
    write_report("1")
    notebook = settle("m-power", demo=True).notebook
    text = notebook.read_text("utf-8").replace('data = \\"\\"', 'data = \\"\\"\\nrows = 5')
    notebook.write_text(text, encoding="utf-8")

    assert settle("m-power", demo=True, parameters=["rows=7"]).parameters["rows"] == 7
    assert settle("m-power", demo=True, parameters={"rows": 8}).parameters["rows"] == 8

"""Data and reports are where the person said, and real families need no clone."""

from __future__ import annotations

from pathlib import Path

import pytest

from pilot.design import load_trajectory
from pilot.errors import CallError
from pilot.workbench.places import exports, is_simulated, places

ROOT = Path(__file__).parents[2]
M_POWER = load_trajectory("m-power")


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Move data and reports to a folder of their own."""
    monkeypatch.setenv("PILOT_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("PILOT_REPORTS", str(tmp_path / "reports"))
    (tmp_path / "data" / "raw" / "demo" / "m-power").mkdir(parents=True)
    return tmp_path


def test_a_checkout_holds_its_own_places(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without variables the checkout's folders are meant, from wherever one calls."""
    monkeypatch.delenv("PILOT_DATA", raising=False)
    monkeypatch.delenv("PILOT_REPORTS", raising=False)
    monkeypatch.chdir("/")
    here = places()

    assert (here.data, here.reports) == (ROOT / "data", ROOT / "reports")
    assert here.notebooks == ROOT / "notebooks"


def test_variables_move_them(elsewhere: Path) -> None:
    """`PILOT_DATA` and `PILOT_REPORTS` move data and reports, and what lies below."""
    here = places()

    assert here.demo == elsewhere / "data" / "raw" / "demo"
    assert here.report("m-power", demo=True) == elsewhere / "reports" / "demo" / "m-power"
    assert here.report("m-power", demo=False) == elsewhere / "reports" / "m-power"
    assert here.processed("m-power", demo=True).parts[-3:] == ("processed", "demo", "m-power")
    assert exports(M_POWER, demo=True) == here.demo / "m-power"


def test_a_given_folder_is_meant_itself_or_by_its_subfolder(tmp_path: Path) -> None:
    """`--data` takes the folder of one trajectory, or the folder of all of them."""
    assert exports(M_POWER, data=tmp_path) == tmp_path
    (tmp_path / "m-power").mkdir()

    assert exports(M_POWER, data=tmp_path) == tmp_path / "m-power"
    assert exports(M_POWER, demo=True, data=str(tmp_path)) == tmp_path / "m-power"


def test_exports_that_are_not_there_are_told(elsewhere: Path) -> None:
    """The error names the folder looked in and the three ways on."""
    with pytest.raises(CallError) as told:
        exports(M_POWER)

    assert str(told.value) == (
        f"{elsewhere / 'data' / 'raw' / 'm-power'}: there is no such folder\n"
        "  mend: put the exports there, say where they are with --data FOLDER, "
        "or use the simulated ones with --demo"
    )
    with pytest.raises(CallError, match="check the path given with --data"):
        exports(M_POWER, data=elsewhere / "nowhere")


def test_what_is_simulated_is_known_as_such(elsewhere: Path) -> None:
    """Asked so, placed so, or marked so; a folder of real exports is not."""
    real = elsewhere / "data" / "raw" / "m-power"
    real.mkdir()

    assert is_simulated(real, demo=True)
    assert is_simulated(places().demo / "m-power")
    assert is_simulated(places().demo / "variants" / "x")
    assert not is_simulated(real)
    (real / "SIMULATED.txt").touch()
    assert is_simulated(real)

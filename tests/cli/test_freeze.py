"""`pilot freeze` writes the plan once, and never over another."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from pilot.cli import app


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Move what people ruled away from this machine's own."""
    monkeypatch.setenv("PILOT_DATA", str(tmp_path))
    return tmp_path


def invoke(*words: str) -> tuple[int, str]:
    """Return the exit code and all that was said."""
    done = CliRunner().invoke(app, ["freeze", *words])
    return done.exit_code, done.output


def test_a_plan_is_written_and_told(data: Path) -> None:
    """Exit code 0; the path, the number of outcomes and the checksum are told."""
    code, said = invoke("m-power")
    path = data / "decisions" / "m-power" / "plan.json"

    assert code == 0, said
    assert said.startswith(f"Frozen in {path}: 10 outcomes.\nChecksum ")
    assert path.is_file()


def test_the_simulated_plan_stands_apart(data: Path) -> None:
    """With --demo nothing is written where the plan of real families would be."""
    assert invoke("m-power", "--demo")[0] == 0
    assert (data / "decisions" / "demo" / "m-power" / "plan.json").is_file()
    assert not (data / "decisions" / "m-power").exists()


def test_a_second_time_is_refused_and_changes_nothing(data: Path) -> None:
    """Exit code 1, and the file is as it was."""
    invoke("m-power")
    path = data / "decisions" / "m-power" / "plan.json"
    before = path.read_bytes()
    code, said = invoke("m-power")

    assert code == 1
    assert "the plan was frozen on" in said
    assert path.read_bytes() == before


def test_an_unknown_name_is_a_wrong_call() -> None:
    """Exit code 2, with the near name."""
    code, said = invoke("m-powr")

    assert code == 2
    assert "did you mean 'm-power'" in said

"""`pilot clean` writes what the rooms hand on, whole, and leaves the exports alone."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner

import pilot
from pilot.cli import app
from pilot.frames import FINDINGS, FLOW, KEYS, QUARANTINE
from pilot.workbench.places import places

FILES = [
    "changes_of_asking.csv",
    "consent.csv",
    "events.parquet",
    "findings.csv",
    "flow.csv",
    "manifest.json",
    "panel.parquet",
    "quarantine.csv",
    "responses.parquet",
    "scores.parquet",
]


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Move the data away, with the simulated exports in their place."""
    raw = tmp_path / "data" / "raw"
    raw.mkdir(parents=True)
    (raw / "demo").symlink_to(places().demo, target_is_directory=True)
    monkeypatch.setenv("PILOT_DATA", str(tmp_path / "data"))
    return tmp_path / "data"


@pytest.mark.parametrize("name", ["m-power", "verbinding-empowerment", "krachtige-gezinnen"])
def test_every_table_is_written(data: Path, name: str) -> None:
    """A file a table, with the rows the study has, and counts that add up at every door."""
    done = CliRunner().invoke(app, ["clean", name, "--demo"])
    folder = data / "processed" / "demo" / name
    study = pilot.open_study(name, demo=True)
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))

    assert done.exit_code == 0, done.output
    assert f"Written in {folder}:" in done.output
    ratings = [] if study.ratings.empty else ["ratings.parquet"]
    assert sorted(path.name for path in folder.iterdir()) == sorted([*FILES, *ratings])
    scores = pd.read_parquet(folder / "scores.parquet")
    assert list(scores.columns[: len(KEYS)]) == list(KEYS)
    pd.testing.assert_series_equal(scores["gse_10_total"], study.scores["gse_10_total"])
    assert len(pd.read_parquet(folder / "responses.parquet")) == len(study.responses)
    assert len(pd.read_parquet(folder / "events.parquet")) == len(study.events)
    for table, columns in (("findings", FINDINGS), ("flow", FLOW), ("quarantine", QUARANTINE)):
        written = pd.read_csv(folder / f"{table}.csv")
        assert tuple(written.columns) == columns
        assert len(written) == len(getattr(study, table)) == manifest["rows"][f"{table}.csv"]
    asking = pd.read_csv(folder / "changes_of_asking.csv")
    assert len(asking) == len(study.changes_of_asking) > 0
    assert manifest["rows"]["changes_of_asking.csv"] == len(asking)
    consent = pd.read_csv(folder / "consent.csv")
    assert list(consent) == ["participant", "role", "use", "given", "why", "withdrawal"]
    assert manifest["rows"]["consent.csv"] == len(consent) == len(study.consent) > 0
    assert all(
        door["answers_in"] == door["answers_kept"] + door["answers_quarantined"]
        for door in manifest["counts"]
    )
    assert manifest["simulated"] is True


def test_cleaned_again_is_the_same(data: Path) -> None:
    """The same exports give the same bytes, and what was there is replaced whole."""
    folder = data / "processed" / "demo" / "m-power"
    CliRunner().invoke(app, ["clean", "m-power", "--demo"])
    first = {path.name: path.read_bytes() for path in folder.iterdir()}
    (folder / "left over.csv").touch()
    CliRunner().invoke(app, ["clean", "m-power", "--demo"])

    assert {path.name: path.read_bytes() for path in folder.iterdir()} == first


def test_what_cannot_be_read_leaves_the_last_tables(data: Path, tmp_path: Path) -> None:
    """Exports that cannot be read end with exit 1, and the tables of before are still there."""
    CliRunner().invoke(app, ["clean", "m-power", "--demo"])
    folder = data / "processed" / "demo" / "m-power"
    first = {path.name: path.read_bytes() for path in folder.iterdir()}
    broken = tmp_path / "broken"
    broken.mkdir()
    (broken / "intake.csv").touch()

    said = CliRunner().invoke(app, ["clean", "m-power", "--demo", "--data", str(broken)])

    assert said.exit_code == 1
    assert "intake.csv: is empty" in said.stderr
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == first

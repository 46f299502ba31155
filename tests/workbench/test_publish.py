"""A reader finds a whole report, the old one or the new one."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

import pytest

from pilot.errors import RunError
from pilot.workbench.publish import alone, aside, swap


def tree(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder with its bytes."""
    found = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


@pytest.fixture
def latest(tmp_path: Path) -> Path:
    """Publish a good report."""
    target = tmp_path / "m-power" / "latest"
    with aside(target) as staging:
        (staging / "share").mkdir()
        (staging / "nl.html").write_text("goed", encoding="utf-8")
        (staging / "share" / "nl.html").write_text("goed", encoding="utf-8")
    return target


def half_a_report(target: Path, fault: BaseException) -> None:
    """Begin a report and fail."""
    with aside(target) as staging:
        (staging / "nl.html").write_text("hal", encoding="utf-8")
        raise fault


def test_a_new_report_replaces_the_whole_old_one(latest: Path) -> None:
    """No file of the old report is left among those of the new one."""
    with aside(latest) as staging:
        (staging / "en.html").write_text("better", encoding="utf-8")
        assert "nl.html" in tree(latest), "until it is whole, readers see the old one"

    assert tree(latest) == {"en.html": b"better"}
    assert [path.name for path in latest.parent.iterdir()] == ["latest"]


@pytest.mark.parametrize("fault", [RuntimeError("broken"), KeyboardInterrupt()])
def test_a_run_that_fails_leaves_the_last_good_report(
    latest: Path, fault: BaseException
) -> None:
    """Whatever stops a run, the last good report is as it was, and nothing lies about."""
    before = tree(latest)

    with pytest.raises(type(fault)):
        half_a_report(latest, fault)

    assert tree(latest) == before
    assert [path.name for path in latest.parent.iterdir()] == ["latest"]


def test_a_swap_that_fails_puts_the_old_one_back(
    latest: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When the new folder cannot be renamed (a file is open), the old one returns."""
    before = tree(latest)
    new = tmp_path / "m-power" / "new"
    new.mkdir()
    rename = Path.rename

    def held(self: Path, target: Path) -> Path:
        if self == new:
            raise PermissionError(13, "held by another program", str(self))
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", held)
    with pytest.raises(PermissionError):
        swap(new, latest)

    assert tree(latest) == before


def test_what_the_system_refuses_is_told(latest: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that is open in another program gives place, cause and mend."""

    def held(self: Path, target: Path) -> Path:
        raise PermissionError(13, "in use", str(target))

    monkeypatch.setattr(Path, "rename", held)
    with pytest.raises(RunError) as told, aside(latest) as staging:
        (staging / "nl.html").write_text("nieuw", encoding="utf-8")

    assert told.value.where.endswith("latest")
    assert told.value.mend.startswith("close it (a browser tab, Excel) and try again")


def test_a_killed_swap_is_mended_by_the_next_run(latest: Path) -> None:
    """A run that was killed between the two renames loses no report, and leaves no rubbish."""
    before = tree(latest)
    latest.rename(latest.with_name(".old-latest"))
    (latest.with_name(".aside-latest.abc") / "share").mkdir(parents=True)

    with alone(latest, "a report"):
        assert tree(latest) == before
        assert not latest.with_name(".aside-latest.abc").exists()


def test_a_neighbour_is_left_alone(tmp_path: Path) -> None:
    """Mending `m-power` does not touch what a run of `m-power-2` is writing."""
    (tmp_path / ".aside-m-power-2.abc").mkdir()

    with alone(tmp_path / "m-power", "tables"):
        assert (tmp_path / ".aside-m-power-2.abc").is_dir()


def test_two_runs_at_once_are_refused(latest: Path) -> None:
    """The second run of one report stops at once and says so; the first goes on."""
    told: list[str] = []

    def second() -> None:
        try:
            with alone(latest, "the report of m-power"):
                told.append("went on")
        except RunError as refused:
            told.append(str(refused))

    with alone(latest, "the report of m-power"):
        thread = threading.Thread(target=second)
        thread.start()
        thread.join()
    second()

    assert told == [
        f"{latest}: another run is making the report of m-power at this moment\n"
        "  mend: wait until it has finished, then run again if it is still needed",
        "went on",
    ]


def test_another_process_is_kept_out_too(latest: Path) -> None:
    """The lock holds between processes, as a scheduler and a person would run them."""
    script = (
        "import sys; from pathlib import Path\n"
        "from pilot.workbench.publish import alone\n"
        "with alone(Path(sys.argv[1]), 'it'): pass\n"
    )
    command = [sys.executable, "-c", script, str(latest)]
    with alone(latest, "it"):
        kept_out = subprocess.run(command, capture_output=True, text=True)

    assert kept_out.returncode == 1
    assert "another run is making it at this moment" in kept_out.stderr
    assert subprocess.run(command, capture_output=True).returncode == 0


def test_readers_may_read_what_was_published(latest: Path) -> None:
    """A report has the rights of the folder it lies in, not those of a temporary folder."""
    assert latest.stat().st_mode == latest.parent.stat().st_mode

"""Checking exports: read and cleaned, nothing written, everything seen told."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from pilot.design import Trajectory, load_trajectory, trajectory_names
from pilot.errors import CallError, suggestion
from pilot.frames import Received
from pilot.intake import Description, read_export, read_exports
from pilot.workbench.places import exports, is_simulated, places
from pilot.workbench.study import walk

READ = ("responses", "register", "events", "form")


@dataclass(frozen=True, slots=True)
class Checked:
    """What was seen in exports.

    Attributes
    ----------
    design : Trajectory
    target : str
        The design as a person names it: a name on the shelf or the path of a file.
    place : Path
        The folder or the one export that was read.
    whole : bool
        All of a trajectory's exports, not one of them.
    simulated, demo : bool
    files, findings, counts : DataFrame
        As `pilot.frames` names their columns.
    looks_like : Description or None
        What a single export holds, where the design claims nothing of it.
    """

    design: Trajectory
    target: str
    place: Path
    whole: bool
    simulated: bool
    demo: bool
    files: pd.DataFrame
    findings: pd.DataFrame
    counts: pd.DataFrame
    looks_like: Description | None = None

    def command(self, name: str) -> str:
        """Return a command to type next about the same exports."""
        if not self.whole and name == "check":
            return f'pilot check "{self.place}" --as {self.target}'
        return f"pilot {name} {self.target}{' --demo' if self.demo else ''}{self._data}"

    @property
    def _data(self) -> str:
        usual = (places().demo, places().data / "raw")
        if not self.whole or self.place in [folder / self.design.key for folder in usual]:
            return ""
        return f' --data "{self.place}"'

    @property
    def home(self) -> Path:
        """Where this trajectory's exports usually stand."""
        return places().data / "raw" / self.design.key


def check_target(
    target: str,
    *,
    design: str | None = None,
    demo: bool = False,
    data: str | Path | None = None,
) -> Checked | Description:
    """Read and clean a trajectory's exports, or one export, and write nothing.

    Parameters
    ----------
    target : str
        A name on the shelf, the path of a design, or the path of one export.
    design : str, optional
        The trajectory that one export belongs to; without it the export is described.
    demo, data
        As in `open_study`.

    Raises
    ------
    CallError
        For an unknown word or a path that is not there.
    IntakeError
        When it could not be read.
    """
    path = Path(target).expanduser()
    if target.endswith(".toml") or target in trajectory_names():
        if design is not None:
            raise CallError(
                "--as", f"{target!r} is itself a design", "leave --as out, or name an export"
            )
        return check_exports(target, demo=demo, data=data)
    if path.is_file():
        return check_export(path, design)
    raise _unknown(target, path)


def check_exports(
    target: str, *, demo: bool = False, data: str | Path | None = None
) -> Checked:
    """Read and clean all exports of a trajectory."""
    trajectory = load_trajectory(target)
    folder = exports(trajectory, demo=demo, data=data)
    received = read_exports(trajectory, folder)
    return _checked(trajectory, target, folder, received, demo=demo)


def check_export(path: Path, design: str | None) -> Checked | Description:
    """Read and clean one export as a design says, or describe it."""
    if design is None:
        described = read_export(path)
        if isinstance(described, Description):
            return described
    trajectory = load_trajectory(design or "")
    received = read_export(path, trajectory)
    if isinstance(received, Description):
        return received
    return _checked(trajectory, str(design), path, received, demo=False)


def _checked(
    trajectory: Trajectory, target: str, place: Path, received: Received, *, demo: bool
) -> Checked:
    _, linked = walk(trajectory, received)
    whole = place.is_dir()
    claimed = received.files["kind"].isin(READ).any()
    seen = None if whole or claimed else read_export(place)
    return Checked(
        design=trajectory,
        target=target,
        place=place,
        whole=whole,
        simulated=is_simulated(place if whole else place.parent, demo=demo),
        demo=demo,
        files=received.files,
        findings=linked.findings,
        counts=linked.counts,
        looks_like=seen if isinstance(seen, Description) else None,
    )


def _unknown(target: str, path: Path) -> CallError:
    if target == "demo":
        return CallError(
            "TARGET",
            "'demo' is a reserved word, not a trajectory",
            "name the trajectory first: pilot check m-power --demo",
        )
    if path.is_dir():
        return CallError(
            target,
            "is a folder",
            f'say whose exports these are: pilot check TRAJECTORY --data "{target}"',
        )
    if path.suffix or len(path.parts) > 1:
        return CallError(target, "there is no such file", "check the path")
    return CallError(
        "TARGET",
        f"no trajectory or file is called {target!r}",
        suggestion(target, trajectory_names()),
    )

"""Where data, reports and notebooks are; never a path in a notebook."""

from __future__ import annotations

import os
from dataclasses import dataclass
from importlib.resources import as_file, files
from pathlib import Path

from pilot.design import Trajectory
from pilot.errors import CallError

MARK = "SIMULATED.txt"


@dataclass(frozen=True, slots=True)
class Places:
    """The folders that one person's work lives in."""

    data: Path
    reports: Path
    notebooks: Path

    @property
    def demo(self) -> Path:
        """The simulated exports."""
        return self.data / "raw" / "demo"

    def report(self, key: str, *, demo: bool) -> Path:
        """Return the folder in which a trajectory's ``latest/`` is published."""
        return self.reports / "demo" / key if demo else self.reports / key

    def processed(self, key: str, *, demo: bool) -> Path:
        """Return the folder of what cleaning, linkage and scoring hand on."""
        below = self.data / "processed"
        return below / "demo" / key if demo else below / key

    def decisions(self, key: str, *, demo: bool) -> Path:
        """Return the folder of what people ruled about a trajectory."""
        below = self.data / "decisions"
        return below / "demo" / key if demo else below / key


def places() -> Places:
    """Return the places of this installation.

    ``PILOT_DATA`` and ``PILOT_REPORTS`` move them, so that real families never need to
    live in a clone. Without these they are ``data/`` and ``reports/`` of the checkout the
    package was installed from, else of the current folder.

    Examples
    --------
    >>> places().report("m-power", demo=True).parts[-2:]
    ('demo', 'm-power')
    """
    root = checkout() or Path.cwd()
    return Places(
        data=_moved("PILOT_DATA", root / "data"),
        reports=_moved("PILOT_REPORTS", root / "reports"),
        notebooks=_notebooks(root),
    )


def _moved(variable: str, usual: Path) -> Path:
    return Path(os.environ.get(variable) or usual).expanduser().resolve()


def checkout() -> Path | None:
    """Return the root of the checkout that runs, or None where the package was installed."""
    root = Path(__file__).resolve().parents[3]
    return root if (root / "pyproject.toml").is_file() else None


def _notebooks(root: Path) -> Path:
    if (root / "notebooks" / "report.ipynb").is_file():
        return root / "notebooks"
    with as_file(files("pilot") / "notebooks") as packed:
        return packed


def exports(
    trajectory: Trajectory, *, demo: bool = False, data: str | Path | None = None
) -> Path:
    """Return the folder that holds a trajectory's exports.

    Parameters
    ----------
    trajectory : Trajectory
    demo : bool
        The simulated exports, ``data/raw/demo/<trajectory>``.
    data : str or Path, optional
        Another folder: itself, or its subfolder named by the trajectory.

    Raises
    ------
    CallError
        When there is no such folder.
    """
    if data:
        given = Path(data).expanduser().resolve()
        below = given / trajectory.key
        folder = below if below.is_dir() else given
        mend = "check the path given with --data"
    elif demo:
        folder = places().demo / trajectory.key
        mend = (
            "this trajectory has no simulated exports: leave --demo out, "
            "or say where its exports are with --data FOLDER"
        )
    else:
        folder = places().data / "raw" / trajectory.key
        mend = (
            "put the exports there, say where they are with --data FOLDER, "
            "or use the simulated ones with --demo"
        )
    if not folder.is_dir():
        raise CallError(str(folder), "there is no such folder", mend)
    return folder


def is_simulated(folder: Path, *, demo: bool = False) -> bool:
    """Return whether a folder's exports are simulated: asked so, placed so, or marked so."""
    return (
        demo
        or (folder / MARK).is_file()
        or folder.resolve().is_relative_to(places().demo)
        or folder.resolve().parts[-3:-1] == ("raw", "demo")
    )

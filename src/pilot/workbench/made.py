"""What a run was made from: inputs, versions, design, and the commit."""

from __future__ import annotations

import hashlib
import platform
import re
from dataclasses import dataclass
from datetime import date
from html import escape
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path
from typing import Any

import pilot
from pilot.design import Trajectory
from pilot.errors import IntakeError
from pilot.workbench.places import checkout

MADE_MIME = "application/vnd.pilot.made+json"


def sha256(path: Path) -> str:
    """Return the checksum of one file.

    Examples
    --------
    >>> sha256(Path(__file__)) == sha256(Path(__file__))
    True
    """
    try:
        with path.open("rb") as content:
            return hashlib.file_digest(content, "sha256").hexdigest()
    except PermissionError as fault:
        raise IntakeError(
            path.name, "is in use, or may not be read", "close it and try again"
        ) from fault


def input_hashes(folder: Path) -> dict[str, str]:
    """Return the checksum of every file below a folder of exports, by its name there."""
    found = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): sha256(path) for path in found}


def plan_hash(trajectory: Trajectory) -> str:
    """Return the checksum of a whole design: the trajectory and every form it asks.

    It is the same for the same design, whatever its comments and the order of its keys.
    """
    forms = {key: form.model_dump_json() for key, form in trajectory.instruments.items()}
    parts = [trajectory.model_dump_json(), *(forms[key] for key in sorted(forms))]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def versions() -> dict[str, str]:
    """Return the version of Python, of pilot and of each package it needs.

    Examples
    --------
    >>> list(versions())[:2]
    ['python', 'pilot']
    """
    try:
        needs = requires("pilot") or []
    except PackageNotFoundError:  # imported from sources that nobody installed
        needs = list(_PLAIN)
    found = {"python": platform.python_version(), "pilot": pilot.__version__}
    for need in needs:
        name = re.split(r"[^A-Za-z0-9._-]", need, maxsplit=1)[0]
        if "extra ==" not in need:
            found[name] = version(name)
    return found


_PLAIN = ("jupyterlab", "pandas", "statsmodels", "pingouin", "papermill", "numpy", "scipy")


def commit() -> str | None:
    """Return the commit of the checkout, or None where there is none."""
    root = checkout()
    head = None if root is None else root / ".git" / "HEAD"
    if head is None or not head.is_file():
        return None
    text = head.read_text(encoding="utf-8").strip()
    if not text.startswith("ref: "):
        return text
    name = text.removeprefix("ref: ")
    loose = head.parent / name
    if loose.is_file():
        return loose.read_text(encoding="utf-8").strip()
    packed = head.parent / "packed-refs"
    lines = packed.read_text(encoding="utf-8").splitlines() if packed.is_file() else []
    return next((line.split()[0] for line in lines if line.endswith(f" {name}")), None)


@dataclass(frozen=True, slots=True)
class Made:
    """When and with what a notebook was run; shown in its last cell, read into ``run.json``."""

    commit: str | None
    on: date
    seed: int
    versions: dict[str, str]

    def __repr__(self) -> str:
        lines = [f"commit {self.commit or 'none'}, {self.on.isoformat()}, seed {self.seed}"]
        return "\n".join(
            [*lines, *(f"{name} {number}" for name, number in self.versions.items())]
        )

    def _repr_html_(self) -> str:
        rows = {
            "commit": self.commit or "none",
            "date": self.on.isoformat(),
            "seed": str(self.seed),
            **self.versions,
        }
        cells = "".join(
            f'<tr><th scope="row">{escape(name)}</th><td>{escape(value)}</td></tr>'
            for name, value in rows.items()
        )
        return f"<table>{cells}</table>"

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        record = {"commit": self.commit, "seed": self.seed, "versions": self.versions}
        return {
            "text/plain": repr(self),
            "text/html": self._repr_html_(),
            MADE_MIME: record,
        }


def provenance() -> Made:
    """Return commit, date, seed and package versions, for the last cell of a notebook.

    Examples
    --------
    >>> provenance().versions["pilot"] == pilot.__version__
    True
    """
    from pilot.estimation.signflip import SEED  # slow to import, and there in any notebook

    return Made(commit(), date.today(), SEED, versions())

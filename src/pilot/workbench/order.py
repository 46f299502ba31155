"""What a report run was asked to do, settled and refused before any kernel starts."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pilot.design import (
    LANGUAGES,
    Language,
    Trajectory,
    load_trajectory,
    on_the_shelf,
)
from pilot.errors import CallError, RunError
from pilot.workbench.contract import read_contract, refuse_unknown_languages
from pilot.workbench.places import exports, is_simulated, places

NOTEBOOK = "report.ipynb"
LATEST = "latest"
PUBLISHED = "published.json"
OWN = {
    "trajectory": "name it as the argument",
    "demo": "say --demo",
    "data": "say --data FOLDER",
    "earlier": "let it find what was published before",
}


@dataclass(frozen=True, slots=True)
class Order:
    """One report to make.

    Attributes
    ----------
    trajectory : Trajectory
    folder : Path
        In which ``latest/`` is published.
    exports : Path
        Read, never written to.
    simulated : bool
    languages : tuple of {"nl", "en"}
    notebook : Path
    parameters : dict
        Every parameter of the notebook, of the type it declares.
    """

    trajectory: Trajectory
    folder: Path
    exports: Path
    simulated: bool
    languages: tuple[Language, ...]
    notebook: Path
    parameters: dict[str, Any]

    @property
    def latest(self) -> Path:
        """The published report."""
        return self.folder / LATEST


def settle(
    trajectory: str | Path,
    *,
    demo: bool = False,
    data: str | Path | None = None,
    languages: Sequence[str] = LANGUAGES,
    parameters: Mapping[str, Any] | Sequence[str] | None = None,
) -> Order:
    """Settle what a run is to do.

    Parameters
    ----------
    trajectory : str or Path
        A name on the shelf or the path of a design.
    demo, data
        As in `open_study`.
    languages : sequence of {"nl", "en"}
    parameters : dict, or list of ``"NAME=VALUE"``, optional
        More parameters of the report notebook.

    Raises
    ------
    CallError
        For an unknown trajectory, language or parameter, a wrong type, a missing folder,
        a design of one's own under the name of one on the shelf.
    RunError
        When a simulated report would take the place of a real one.

    Examples
    --------
    >>> settle("m-power", demo=True, languages=["nl"]).languages
    ('nl',)
    """
    design = load_trajectory(trajectory)
    _refuse_a_name_of_the_shelf(trajectory, design)
    notebook = places().notebooks / NOTEBOOK
    contract = read_contract(notebook)
    more = (
        dict(parameters) if isinstance(parameters, Mapping) else contract.read(parameters or ())
    )
    _refuse_own(more)
    folder = exports(design, demo=demo, data=data)
    target = str(trajectory)
    if target.endswith(".toml"):
        target = str(Path(trajectory).expanduser().resolve())
    latest = places().report(design.key, demo=demo) / LATEST
    order = Order(
        trajectory=design,
        folder=latest.parent,
        exports=folder,
        simulated=is_simulated(folder, demo=demo),
        languages=_languages(languages),
        notebook=notebook,
        parameters=contract.settle(
            {
                **more,
                "trajectory": target,
                "demo": demo,
                "data": str(folder),
                "earlier": str(latest / PUBLISHED),
            }
        ),
    )
    _keep_the_real_one(order)
    return order


def _refuse_own(parameters: Mapping[str, Any]) -> None:
    for name in parameters:
        if name in OWN:
            raise CallError(
                f"--parameter {name}",
                "the command itself sets this parameter",
                f"leave it out and {OWN[name]}",
            )


def _refuse_a_name_of_the_shelf(trajectory: str | Path, design: Trajectory) -> None:
    """Refuse a design of one's own that would publish where one of the shelf does."""
    if str(trajectory).endswith(".toml") and on_the_shelf(design, Path(trajectory)) is False:
        raise CallError(
            f"{Path(trajectory).name} [key]",
            f"{design.key!r} is the name of a trajectory on the shelf, and its report would "
            "take that one's place",
            "give this design a key of its own",
        )


def _languages(chosen: Sequence[str]) -> tuple[Language, ...]:
    refuse_unknown_languages(chosen)
    if not chosen:
        raise CallError("language", "none was named", f"name one of: {', '.join(LANGUAGES)}")
    return tuple(language for language in LANGUAGES if language in chosen)


def _keep_the_real_one(order: Order) -> None:
    """Refuse to put a simulated report where one of real families stands."""
    published = order.latest / "results.json"
    if not order.simulated or not published.is_file():
        return
    if json.loads(published.read_text(encoding="utf-8"))["simulated"] is False:
        raise RunError(
            str(order.latest),
            "holds a report of real families; these exports are simulated",
            "add --demo, which publishes beside it, or name the folder of the real exports",
        )

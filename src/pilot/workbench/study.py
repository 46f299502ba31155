"""The whole corridor in one call: raw exports in, a study with every station kept out."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from pilot.cleaning import clean
from pilot.design import Trajectory, load_trajectory
from pilot.errors import IntakeError
from pilot.estimation import estimate_change, individual_changes, sites_left_out, with_holm
from pilot.frames import Cleaned, Linked, Received
from pilot.intake import read_exports
from pilot.linkage import feasibility, link_waves
from pilot.results import Study
from pilot.workbench.places import exports, is_simulated
from pilot.workbench.scores import consistency_table, score_panel


def open_study(
    trajectory: str | Path | Trajectory,
    demo: bool = False,
    data: str | Path | None = None,
) -> Study:
    """Walk the whole corridor of one trajectory and keep each station.

    Parameters
    ----------
    trajectory : str, Path or Trajectory
        A name on the shelf, the path of a design, or a loaded one.
    demo : bool
        The simulated exports.
    data : str or Path, optional
        Another folder of exports: itself, or its subfolder named by the trajectory.

    Returns
    -------
    Study
        With ``.responses .events .findings .quarantine .panel .flow .scores .estimates``
        and the stations between. Exports are read, never written to.

    Raises
    ------
    CallError
        When there is no such trajectory or folder.
    DesignError, IntakeError
        When the design cannot be right, or nothing could be read.

    Examples
    --------
    >>> study = open_study("m-power", demo=True)
    >>> study.simulated
    True
    """
    design = trajectory if isinstance(trajectory, Trajectory) else load_trajectory(trajectory)
    folder = exports(design, demo=demo, data=data)
    received = read_exports(design, folder)
    refuse_unreadable(received)
    cleaned, linked = walk(design, received)
    return _study(design, cleaned, linked, simulated=is_simulated(folder, demo=demo))


def refuse_unreadable(received: Received) -> None:
    """Refuse to go on while an export cannot be read: its people would look as if they left.

    Raises
    ------
    IntakeError
        Naming each such file.
    """
    lost = received.findings[received.findings["rule"] == "unreadable-file"]
    if len(lost):
        raise IntakeError(
            ", ".join(lost["file"].astype(str)),
            f"cannot be read: {'; '.join(lost['found'].astype(str))}",
            "save it again from the program it comes from, or take it out of the folder",
        )


def waves_to_compare(waves: pd.DataFrame) -> list[str]:
    """Return the waves that estimates may use: those held, and an open one well under way.

    The first forms of an open wave must not replace a whole one: it counts once half as
    many people answered as at the wave before.
    """
    chosen: list[str] = []
    before = 0
    for wave, state, answered in waves[["wave", "state", "answered"]].itertuples(index=False):
        if state == "held" or (state == "open" and 2 * answered >= before):
            chosen.append(wave)
            before = answered
    return chosen


def walk(design: Trajectory, received: Received) -> tuple[Cleaned, Linked]:
    """Clean and link what was received; for who wants the stations without estimates."""
    cleaned = clean(received, design)
    return cleaned, link_waves(cleaned, design)


def _study(design: Trajectory, cleaned: Cleaned, linked: Linked, *, simulated: bool) -> Study:
    outcomes = design.outcomes()
    scores = score_panel(linked.panel, design)
    held = waves_to_compare(linked.waves)
    return Study(
        trajectory=design,
        simulated=simulated,
        responses=cleaned.responses,
        events=cleaned.events,
        register=cleaned.register,
        files=cleaned.files,
        findings=linked.findings,
        quarantine=linked.quarantine,
        counts=linked.counts,
        panel=linked.panel,
        waves=linked.waves,
        flow=linked.flow,
        started=linked.started,
        feasibility=feasibility(linked, cleaned, design),
        scores=scores,
        reliability=consistency_table(linked.panel, design),
        estimates=tuple(
            with_holm(
                estimate_change(
                    scores,
                    outcomes,
                    held,
                    generalises_to=design.generalises_to,
                    started=linked.due,
                )
            )
        ),
        individual=tuple(individual_changes(scores, outcomes, held)),
        sites_left_out=sites_left_out(scores, outcomes, held),
        lock=linked.lock,
    )

"""The whole corridor in one call: raw exports in, a study with every station kept out."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from pilot.cleaning import clean
from pilot.design import Trajectory, load_trajectory, then_tests
from pilot.design.grouping import site_groups
from pilot.errors import IntakeError
from pilot.estimation import (
    Seen,
    beside,
    contrasts_of,
    estimate_change,
    estimates_of,
    individual_changes,
    sites_left_out,
    slopes,
    with_holm,
)
from pilot.frames import GROUP, Cleaned, Linked, Received
from pilot.intake import read_exports
from pilot.linkage import attendance, changes_of_asking, feasibility, link_waves
from pilot.results import Study
from pilot.workbench.freeze import plan_standing
from pilot.workbench.happened import happened
from pilot.workbench.places import exports, is_simulated
from pilot.workbench.ratings import agreements_of, score_ratings
from pilot.workbench.scores import consistency_table, score_panel
from pilot.workbench.stories import coders_of


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
    return study_of(design, cleaned, linked, simulated=is_simulated(folder, demo=demo))


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


def study_of(design: Trajectory, cleaned: Cleaned, linked: Linked, *, simulated: bool) -> Study:
    """Score and estimate what was linked; the second half of `open_study`."""
    outcomes = design.outcomes()
    scores = score_panel(linked.panel, design)
    ratings = score_ratings(linked.ratings, design)
    held = waves_to_compare(linked.waves)
    own = taking_part(scores, design)
    contrasts = contrasts_of(own, outcomes, held, _due(design, cleaned, linked, own))
    generalises_to, groups = design.generalises_to, design.groups
    estimates = tuple(
        with_holm(
            estimates_of(contrasts, generalises_to)
            if groups is None
            else estimate_change(
                scores, outcomes, held, generalises_to=generalises_to, groups=groups
            )
        )
    )
    seen = Seen(
        dose=_came(design, cleaned, linked),
        then_tests=tuple(then_tests(design)),
        estimates=estimates if design.groups is None else (),
    )
    return Study(
        trajectory=design,
        simulated=simulated,
        responses=linked.responses,
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
        estimates=estimates,
        individual=tuple(individual_changes(contrasts)),
        sites_left_out=sites_left_out(contrasts),
        lock=linked.lock,
        consent=cleaned.consent,
        quotes=cleaned.quotes,
        agreements=(*coders_of(cleaned.quotes), *agreements_of(scores, ratings, design)),
        ratings=ratings,
        changes_of_asking=changes_of_asking(linked.panel, design, held),
        beside=tuple(beside(contrasts, seen)),
        slopes=slopes(contrasts),
        plan=plan_standing(design, estimates, linked.panel, simulated=simulated),
        happened=happened(cleaned, linked, design),
    )


def _came(design: Trajectory, cleaned: Cleaned, linked: Linked) -> pd.Series | None:
    """Return how often each person came, whatever their role."""
    times = attendance(cleaned.events, linked.started, design, cleaned.consent)
    return None if times is None else times.groupby(linked.started["participant"]).max()


def taking_part(scores: pd.DataFrame, design: Trajectory) -> pd.DataFrame:
    """Return the scores of those who took part: all, or the group that is no reference."""
    if design.groups is None:
        return scores
    return scores[scores[GROUP] == design.groups.taking_part.key]


def _due(
    design: Trajectory, cleaned: Cleaned, linked: Linked, own: pd.DataFrame
) -> pd.DataFrame:
    """Return who of those taking part was due: who never answered only if known to be."""
    if design.groups is None:
        return linked.due
    due = linked.due
    group = due["site"].map(site_groups(design)).astype("str")
    if GROUP in cleaned.register:
        periods = cleaned.register.dropna(subset=[GROUP])
        first = periods.sort_values("start", na_position="first", kind="stable")
        said = first.drop_duplicates("participant").set_index("participant")[GROUP]
        group = due["participant"].map(said).astype("str").fillna(group)
    silent = ~due["participant"].isin(linked.panel["participant"])
    known = silent & (group == design.groups.taking_part.key)
    return due[due["participant"].isin(own["participant"]) | known]

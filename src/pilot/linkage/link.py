"""The walk through the room: register and waves into one panel."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from pilot.design import Trajectory
from pilot.errors import LinkageError
from pilot.findings import together
from pilot.frames import COUNTS, STARTED, Cleaned, Linked, items_of
from pilot.linkage.ages import look_at_ages, set_other_ages_aside
from pilot.linkage.events_seen import look_at_events
from pilot.linkage.feasibility import look_at_reach
from pilot.linkage.flow import due_table, flow_table, standing_of
from pilot.linkage.groups import with_groups
from pilot.linkage.lives import look_at_lives, months_of
from pilot.linkage.lock import data_lock
from pilot.linkage.matching import match_register, set_two_sites_aside, with_cluster, with_roles
from pilot.linkage.panel import in_order, join_parts
from pilot.linkage.people import PERSON, consented, people_in, people_of
from pilot.linkage.ratings import (
    Rows,
    own_forms,
    ratings_table,
    rows_of,
    set_double_ratings_aside,
)
from pilot.linkage.tray import Column, Tray
from pilot.linkage.waves import Due, due, waves_table


def link_waves(cleaned: Cleaned, trajectory: Trajectory) -> Linked:
    """Join the waves of each person, and say who stayed, who left and why.

    Codes are matched exactly. With a register, a form whose code it does not know, or whose
    role is not that person's, is set aside, and family and site are those of the register
    at the start; without one, the exports tell who takes part. Whose answers may not be
    used did not start; who withdrew left on that day. What others say of a person stands
    apart: it is in no panel, and who was only rated did not answer.

    Parameters
    ----------
    cleaned : Cleaned
        By `pilot.clean`.
    trajectory : Trajectory
        The design, by `pilot.load_trajectory`.

    Returns
    -------
    Linked
        `responses` are those cleaned, without what was set aside here.
        `panel` has one row a person and wave they answered, in the order of roles, waves,
        files and rows; `months` counts from each person's own start (a month is 30.4375
        days). `started` and `flow` hold everyone in the register, also who never answered;
        `due` those whose form was due at a wave; `ratings` what others said of people.
        The data lock is the latest date in answers, events and register, but for one far
        past all others; in data without any date, all waves up to the last answered one are
        over.

    Raises
    ------
    LinkageError
        When rows or answers got lost on the way, which is a fault of this code.

    Examples
    --------
    >>> import pilot
    >>> study = pilot.open_study("m-power", demo=True)
    >>> study.flow.columns.tolist()
    ['role', 'wave', 'stage', 'reason', 'n_participants', 'n_families']
    """
    tray = Tray(trajectory, headings=cleaned.headings)
    came = cleaned.responses
    rows, people = _rows_and_people(cleaned, tray)
    forms = own_forms(rows, trajectory)
    look_at_lives(forms, people, tray)
    look_at_events(cleaned, people, tray)
    lock = data_lock(forms, people, cleaned, tray)
    panel = join_parts(forms)
    panel = in_order(panel.assign(months=months_of(panel, people, trajectory)), trajectory)
    windows = _windows(panel, people, lock, trajectory)
    waves = waves_table(panel, people, windows, tray)
    standing = standing_of(panel, people, windows, trajectory)
    ratings = ratings_table(rows, trajectory)
    door = _door(came, rows, [panel, ratings], tray)
    started = _started(people, trajectory)
    look_at_reach(started, tray)
    return Linked(
        responses=_kept(came, rows.every),
        panel=panel,
        waves=waves,
        flow=flow_table(standing, people),
        started=started,
        due=due_table(standing, people),
        lock=lock,
        findings=together(cleaned.findings, tray.findings),
        quarantine=together(cleaned.quarantine, tray.quarantine),
        counts=together(cleaned.counts, pd.DataFrame([door], columns=list(COUNTS))),
        ratings=ratings,
    )


def _rows_and_people(cleaned: Cleaned, tray: Tray) -> tuple[Rows, pd.DataFrame]:
    """Return the rows of people who take part, and these people; each looked at by itself."""
    came = rows_of(cleaned.responses, tray.trajectory)
    own, people = _forms_and_people(came.own, cleaned, tray)
    own = with_groups(own, cleaned.register, tray)
    if len(cleaned.register):
        look_at_ages(own, people, tray)
    own = set_other_ages_aside(own, people, tray)
    others = came.others
    if len(others) and len(cleaned.register):
        others = match_register(others, people, cleaned.register, tray)
    if len(others):
        others = set_other_ages_aside(with_cluster(others, people), people, tray)
    return set_double_ratings_aside(Rows(own, others), tray), people


def _forms_and_people(
    forms: pd.DataFrame, cleaned: Cleaned, tray: Tray
) -> tuple[pd.DataFrame, pd.DataFrame]:
    if cleaned.register.empty:
        forms = set_two_sites_aside(forms, cleaned.register, tray)
        people = people_in(forms, tray.trajectory.wave_keys)
        return with_cluster(forms, people), people
    taking_part = consented(cleaned.register, cleaned.consent)
    people = with_roles(people_of(taking_part), forms)
    forms = match_register(forms, people, cleaned.register, tray)
    return forms, people


def _kept(came: pd.DataFrame, forms: pd.DataFrame) -> pd.DataFrame:
    """Return what came in and was kept, as it came in: the register's words not yet in it."""
    answers = {item: forms[item] for item in items_of(came)}
    return came.loc[forms.index].assign(**answers).reset_index(drop=True)


def _windows(
    panel: pd.DataFrame,
    people: pd.DataFrame,
    lock: pd.Timestamp | None,
    trajectory: Trajectory,
) -> dict[str, Due]:
    first = panel.groupby(PERSON, sort=False)["answered"].min().rename("first").reset_index()
    answered: Column = people[PERSON].merge(first, on=PERSON, how="left")["first"]
    starts = people["start"].fillna(answered.set_axis(people.index))
    windows = {wave.key: due(wave, starts, lock) for wave in trajectory.waves}
    if lock is None:
        return _by_place(windows, set(panel["wave"]))
    return windows


def _by_place(windows: dict[str, Due], answered: set[str]) -> dict[str, Due]:
    """Return windows of data without any date: up to the last answered wave all is over."""
    last = max((place for place, wave in enumerate(windows) if wave in answered), default=-1)
    return {
        wave: replace(its, over=place <= last)
        for place, (wave, its) in enumerate(windows.items())
    }


def _started(people: pd.DataFrame, trajectory: Trajectory) -> pd.DataFrame:
    """Return everyone who started, by role and then as the register lists them."""
    order = {role.key: place for place, role in enumerate(trajectory.roles)}
    place = people["role"].map(order).fillna(len(order))
    return people.loc[place.sort_values(kind="stable").index, list(STARTED)].reset_index(
        drop=True
    )


def _door(
    came: pd.DataFrame, rows: Rows, tables: list[pd.DataFrame], tray: Tray
) -> dict[str, object]:
    quarantine = tray.quarantine
    door = {
        "door": "linkage",
        "rows_in": len(came),
        "rows_kept": len(rows.own) + len(rows.others),
        "rows_quarantined": tray.rows_aside,
        "answers_in": _answers(came),
        "answers_kept": sum(map(_answers, tables)),
        "answers_quarantined": int(quarantine["column"].notna().sum()),
    }
    for what in ("rows", "answers"):
        counted = [door[f"{what}_{end}"] for end in ("in", "kept", "quarantined")]
        came_in, kept, aside = (int(str(count)) for count in counted)
        if came_in != kept + aside:
            raise LinkageError(
                f"door 'linkage', {what}",
                f"{came_in} came in, but {kept} were kept and {aside} set aside",
                "report this with the export's structure: it is a fault of pilot",
            )
    return door


def _answers(forms: pd.DataFrame) -> int:
    return sum(int(forms[column].notna().sum()) for column in items_of(forms))

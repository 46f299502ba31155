"""Feasibility, reported before outcomes: how many were reached, took part and answered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from pilot.design import Ceilings, Lines, Role, Trajectory
from pilot.frames import FEASIBILITY, Cleaned, Linked
from pilot.linkage.burden import families_burdened
from pilot.linkage.dose import dose_of
from pilot.linkage.flow import asked_waves
from pilot.linkage.tray import Tray
from pilot.linkage.valid import answered_items, valid_forms

WITH_ANSWERS = ("held", "open")
NUMBERS = ("minutes_per_form", "cost_per_family")
"""Measures whose line is about the number itself; those of the others are about shares."""


@dataclass(frozen=True, slots=True)
class Measure:
    """One row of the table; what nobody wrote down is None."""

    measure: str
    count: float | None = None
    base: float | None = None
    role: str | None = None
    wave: str | None = None
    lines: Lines | Ceilings | None = None

    def row(self) -> dict[str, Any]:
        """Return the row, with share and verdict where both numbers are known.

        More than there were is no share: one of the two numbers is wrong.
        """
        share = None
        if self.count is not None and self.base and self.count <= self.base:
            share = self.count / self.base
        judged = self.count if self.measure in NUMBERS else share
        line = None
        if judged is not None and self.lines is not None:
            line = self.lines.verdict(judged)
        fields = ("measure", "role", "wave", "count", "base")
        return {name: getattr(self, name) for name in fields} | {"share": share, "line": line}


def feasibility(linked: Linked, cleaned: Cleaned, trajectory: Trajectory) -> pd.DataFrame:
    """Count what came before the questionnaires, and how well they came back.

    Reached, eligible, consented and started are each a share of the one before; sessions
    and planned dose are counted over the families that started and of whose site there is a
    list of who came; both in the role of the primary outcomes. Valid forms are counted over
    the people that started and are due, by role, at the first wave and at the latest one
    with answers; pairs, whose number is
    exactly the same at both, over the valid first forms. Minutes per form are the median
    over the forms of the main role; burdened are the families of it with a critical event.
    Where the design does not give who consented, the register's families with a yes are
    counted. What nobody registered has an empty count and is never left out.

    Parameters
    ----------
    linked : Linked
    cleaned : Cleaned
        Has the events.
    trajectory : Trajectory
        Its `reach` and the lines for go, adapt and stop.

    Returns
    -------
    DataFrame
        Columns `frames.FEASIBILITY`.

    References
    ----------
    Eldridge et al. (2016). CONSORT 2010 statement: extension to randomised pilot and
    feasibility trials. BMJ, 355, i5239.
    """
    measures = [
        *_reach(linked, cleaned, trajectory),
        *_taking_part(linked, cleaned, trajectory),
        *(each for role in trajectory.roles for each in _forms(linked, role, trajectory)),
        *_circumstances(linked, cleaned, trajectory),
    ]
    table = pd.DataFrame([each.row() for each in measures], columns=list(FEASIBILITY))
    return table.astype(
        {"measure": "str", "role": "str", "wave": "str", "line": "str"}
        | dict.fromkeys(("count", "base", "share"), "float64")
    )


def look_at_reach(started: pd.DataFrame, tray: Tray) -> None:
    """Tell where more families started than the design says consented.

    Parameters
    ----------
    started : DataFrame
        Columns `frames.STARTED`.
    """
    consented = tray.trajectory.reach.consented
    main = started[started["role"] == _role(tray.trajectory)]
    began = int(main["family"].fillna(main["participant"]).nunique())
    if consented is not None and began > consented:
        nowhere = pd.Series({"file": None, "row": None, "participant": None})
        expected = f"{consented} or fewer"
        tray.tell("more-started-than-consented", nowhere, found=str(began), expected=expected)


def _main(linked: Linked, trajectory: Trajectory) -> pd.DataFrame:
    """Return who started in the role of the first planned outcome: those it is all about."""
    started = linked.started
    return started[started["role"] == _role(trajectory)]


def _role(trajectory: Trajectory) -> str:
    return trajectory.outcomes()[0].role


def _families(linked: Linked, trajectory: Trajectory) -> int:
    main = _main(linked, trajectory)
    return int(main["family"].fillna(main["participant"]).nunique())


def _consented(cleaned: Cleaned, trajectory: Trajectory) -> int | None:
    """Return the families of which somebody said yes, by the register; None without consent.

    Who withdrew later had said yes.
    """
    answers = cleaned.consent[cleaned.consent["use"] == "answers"]
    if answers.empty or not answers["given"].any():
        return None
    said = answers[answers["given"].astype(bool) | answers["withdrawal"].notna()]
    main = cleaned.register["role"] == _role(trajectory)
    people = cleaned.register[main & cleaned.register["participant"].isin(said["participant"])]
    return int(people["family"].fillna(people["participant"]).nunique())


def _reach(linked: Linked, cleaned: Cleaned, trajectory: Trajectory) -> Iterator[Measure]:
    reach, lines = trajectory.reach, trajectory.feasibility
    consented = reach.consented
    if consented is None:
        consented = _consented(cleaned, trajectory)
    steps = (
        ("reached", reach.reached),
        ("eligible", reach.eligible),
        ("consented", consented),
        ("started", _families(linked, trajectory)),
    )
    base = None
    for measure, count in steps:
        yield Measure(measure, count, base, lines=lines.of(measure))
        base = count


def _taking_part(linked: Linked, cleaned: Cleaned, trajectory: Trajectory) -> Iterator[Measure]:
    main, lines = _main(linked, trajectory), trajectory.feasibility
    dose = dose_of(cleaned.events, main, trajectory, cleaned.consent)
    families = dose.recorded if dose else _families(linked, trajectory)
    some, enough = (dose.any_session, dose.enough) if dose and families else (None, None)
    yield Measure("any_session", some, families, lines=lines.any_session)
    yield Measure("dose", enough, families, lines=lines.dose)


def _forms(linked: Linked, role: Role, trajectory: Trajectory) -> Iterator[Measure]:
    waves = asked_waves(trajectory, role.key)
    states = dict(zip(linked.waves["wave"], linked.waves["state"], strict=True))
    held = [wave for wave in waves if states[wave] in WITH_ANSWERS]
    last = held[-1] if held and held[-1] != waves[0] else None
    lines = trajectory.feasibility
    pre = _people(linked, role.key, waves[0] if held else None, trajectory)
    post = _people(linked, role.key, last, trajectory)
    yield _valid(
        linked, Measure("pre_valid", _size(pre), None, role.key, waves[0], lines.pre_valid)
    )
    yield _valid(
        linked, Measure("post_valid", _size(post), None, role.key, last, lines.post_valid)
    )
    pairs = None if pre is None or post is None else pre & post
    yield Measure("linked_pairs", _size(pairs), _size(pre), role.key, lines=lines.linked_pairs)
    answered, asked = answered_items(linked.panel, role.key, trajectory)
    items = Measure("items_answered", role=role.key, lines=lines.items_answered)
    yield replace(items, count=answered, base=asked) if asked else items


def _valid(linked: Linked, measure: Measure) -> Measure:
    """Give a measure of forms its base: everyone who started, but for who is not due yet."""
    flow = linked.flow
    here = flow[(flow["role"] == measure.role) & (flow["wave"] == measure.wave)]
    due = here[here["stage"].isin(["answered", "missed", "left"])]["n_participants"]
    return replace(measure, base=int(due.sum()) if measure.wave else None)


def _people(
    linked: Linked, role: str, wave: str | None, trajectory: Trajectory
) -> set[str] | None:
    if wave is None:
        return None
    panel = linked.panel
    return set(panel.loc[valid_forms(panel, role, wave, trajectory), "participant"])


def _size(people: set[str] | None) -> int | None:
    return None if people is None else len(people)


def _circumstances(
    linked: Linked, cleaned: Cleaned, trajectory: Trajectory
) -> Iterator[Measure]:
    main, lines = _main(linked, trajectory), trajectory.feasibility
    took = linked.panel.loc[linked.panel["role"] == _role(trajectory), "minutes"].dropna()
    median = float(took.median()) if len(took) else None
    yield Measure("minutes_per_form", median, lines=lines.minutes_per_form)
    languages = linked.panel["language"].dropna()
    used = int(languages.nunique()) if len(languages) else None
    yield Measure("languages", used)
    dose = dose_of(cleaned.events, main, trajectory, cleaned.consent)
    yield Measure("minutes", dose.minutes if dose else None)
    burdened = families_burdened(cleaned, main, trajectory)
    yield Measure("burdened", burdened, _families(linked, trajectory), lines=lines.burdened)
    cost = trajectory.reach.cost_per_family
    yield Measure("cost_per_family", cost, lines=lines.cost_per_family)

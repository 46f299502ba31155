"""Counting, before anything is decided about showing it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from pilot.design import EventKind, Trajectory
from pilot.results import Study

Counted = tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Tally:
    """True counts of a study. They never leave this room.

    Attributes
    ----------
    role : str
        The role of the primary outcomes; without those, of the first planned one.
    family_roles : tuple of str
        Roles in which families are known.
    started, people : int
        Families (or participants) and people of the main role that started.
    flow, left, events, goals
        As in `Disclosed`; `left` with the reasons apart.
        Who left is never more than who started less who answered.
    missed : int
        Of the main role, at the last wave held: expected, still in, and did not answer.
    """

    role: str
    family_roles: tuple[str, ...]
    started: int
    people: int
    flow: Counted
    left: Counted
    missed: int
    events: Counted
    goals: Counted
    sites: int


def most_members(study: Study, role: str) -> int:
    """Return how many people of one family may stand in a cell, so that it holds families."""
    people = study.started[study.started["role"] == role]
    family = people["family"].fillna(people["participant"])
    return int(people.groupby(family)["participant"].nunique().max()) if len(people) else 1


def tally(study: Study) -> Tally:
    """Count what the public pages tell of."""
    role = main_role(study.trajectory)
    started = study.started[study.started["role"] == role]
    return Tally(
        role=role,
        family_roles=tuple(
            each.key
            for each in study.trajectory.roles
            if study.started.loc[study.started["role"] == each.key, "family"].notna().any()
        ),
        started=units(started),
        people=int(started["participant"].nunique()),
        flow=_flow(study, role),
        left=_left(study, role),
        missed=_missed(study, role),
        events=_events(study),
        goals=_goals(study),
        sites=int(started["site"].nunique()),
    )


def main_role(trajectory: Trajectory) -> str:
    """Return whose outcomes are primary; without any, whose outcome was planned first."""
    outcomes = trajectory.outcomes()
    return outcomes[0].role if outcomes else trajectory.roles[0].key


def units(people: pd.DataFrame) -> int:
    """Count families, and where no family is given, participants.

    Examples
    --------
    >>> units(pd.DataFrame({"participant": ["a", "b", "c"], "family": ["x", "x", None]}))
    2
    """
    return int(people["family"].fillna(people["participant"]).nunique())


def asked_waves(study: Study) -> list[str]:
    """Return the waves that were held or are open, in their order."""
    waves = study.waves
    return list(waves.loc[waves["state"].isin(["held", "open"]), "wave"])


def _flow(study: Study, role: str) -> Counted:
    panel = study.panel[study.panel["role"] == role]
    return tuple((wave, units(panel[panel["wave"] == wave])) for wave in asked_waves(study))


def _at_the_end(study: Study, role: str, stages: tuple[str, ...]) -> pd.DataFrame:
    waves = asked_waves(study)
    flow = study.flow
    last = (flow["role"] == role) & (flow["wave"] == (waves[-1] if waves else ""))
    return flow[last & flow["stage"].isin(stages)]


def _left(study: Study, role: str) -> Counted:
    left = _at_the_end(study, role, ("left",))
    counts = left.groupby(left["reason"].fillna("unknown"), sort=True)["n_families"].sum()
    told = tuple((str(reason), int(count)) for reason, count in counts.items() if count)
    allowed = _gone(study, role)
    if sum(count for _, count in told) <= allowed:
        return told
    return (("other", allowed),) if allowed else ()


def _gone(study: Study, role: str) -> int:
    """Return how many started and did not answer last: no more can have left."""
    flow = _flow(study, role)
    started = units(study.started[study.started["role"] == role])
    return max(0, started - flow[-1][1]) if flow else started


def _missed(study: Study, role: str) -> int:
    return int(_at_the_end(study, role, ("missed", "not due"))["n_families"].sum())


def _events(study: Study) -> Counted:
    counted: list[tuple[str, int]] = []
    family = study.started.drop_duplicates("participant").set_index("participant")["family"]
    events = study.events if study.happened.counted is None else study.happened.counted
    events = events.assign(family=events["family"].fillna(events["participant"].map(family)))
    for event in study.trajectory.events:
        if not _recorded(event, study):
            continue
        rows = _times(events[events["event"] == event.key], event)
        few = units(rows) < study.trajectory.thresholds.families
        whose = "units" if few or _of_main_role(rows, study) else "people"
        counted += [(event.key, len(rows)), (f"{event.key}.{whose}", units(rows))]
        counted += [
            (f"{event.key}.{kind}", len(rows[rows["kind"] == kind]))
            for kind in _kinds_that_hold(rows, tuple(event.kinds), study)
        ]
    return tuple(counted)


def _recorded(event: EventKind, study: Study) -> bool:
    """Return whether it is counted how often something happened, also where it never did.

    A row that is there from the first time on would tell that there was a first time. Of
    sessions without any list nothing is known. Goals are told by themselves, and principles
    are of sites.
    """
    if event.means in ("goal", "principle"):
        return False
    seen = bool((study.events["event"] == event.key).any())
    return seen or (study.trajectory.registers(event.key) and not event.dose)


def _of_main_role(rows: pd.DataFrame, study: Study) -> bool:
    """Return whether events are of the role that n counts, or of families."""
    role = study.started["role"] == main_role(study.trajectory)
    people = set(study.started.loc[role, "participant"])
    return bool(rows["family"].notna().any()) or not people.isdisjoint(rows["participant"])


def _times(rows: pd.DataFrame, event: EventKind) -> pd.DataFrame:
    """Return one row each time it happened; of roles, those that came after the first."""
    if event.means == "role":
        lived = rows.sort_values("date", kind="stable")
        return lived[lived.duplicated("participant")]
    return rows


def _kinds_that_hold(
    rows: pd.DataFrame, kinds: tuple[str, ...], study: Study
) -> tuple[str, ...]:
    """Return the kinds to tell of: all with families enough, if what remains has so, too."""
    least = study.trajectory.thresholds.families
    holding = tuple(kind for kind in kinds if units(rows[rows["kind"] == kind]) >= least)
    rest = rows[~rows["kind"].isin(holding)]
    return holding if rest.empty or units(rest) >= least else ()


def _goals(study: Study) -> Counted:
    """Count goals set and reached, where enough families reached one and enough did not.

    Where nobody missed one that holds, too. Of fewer families than the threshold goals are
    all there is to tell of them: set and reached, of all together.
    """
    known = study.happened.goals
    if len(known):
        reached = known["standing"] == "reached"
        told = (("set", len(known)), ("reached", int(reached.sum())))
        return told if _both_hold(known[reached], known[~reached], study) else ()
    items = [
        item
        for instrument in study.trajectory.instruments.values()
        for scale in instrument.scales
        if scale.combine == "goal_attainment"
        for item in scale.items
        if item in study.panel
    ]
    if not items:
        return ()
    order = {wave: place for place, wave in enumerate(study.trajectory.wave_keys)}
    rows = study.panel.assign(place=study.panel["wave"].map(order)).sort_values("place")
    latest: Any = rows.groupby("participant", sort=True)[items].last()
    rated = int(latest.notna().sum().sum())
    told = (("set", rated), ("reached", int((latest >= 0).sum().sum())))
    whose = rows.drop_duplicates("participant")[["participant", "family"]]
    whose = whose.set_index("participant", drop=False).loc[latest.index]
    some, rest = (whose[each.any(axis=1)] for each in (latest >= 0, latest < 0))
    return told if rated and _both_hold(some, rest, study) else ()


def _both_hold(some: pd.DataFrame, rest: pd.DataFrame, study: Study) -> bool:
    least = study.trajectory.thresholds.families
    if units(study.started[study.started["role"] == main_role(study.trajectory)]) < least:
        return True
    return units(some) >= least and units(rest) not in range(1, least)

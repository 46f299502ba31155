"""A plan is frozen once, on purpose; later reports list each deviation from it by itself."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from pilot.design import Trajectory, load_trajectory
from pilot.errors import DesignError, RunError
from pilot.results import Deviation, Estimate, PlanStanding
from pilot.results.plan import Kind
from pilot.workbench.places import places
from pilot.workbench.planned import Planned, hash_of, named, planned_part

FILE = "plan.json"
PARTS = ("outcomes", "waves", "design")


@dataclass(frozen=True, slots=True)
class FrozenPlan:
    """A plan as it was written down.

    Attributes
    ----------
    path : Path
    on : date
    part : dict
        What was planned, see `planned_part`.
    hash : str
        Of `part` when it was frozen.
    """

    path: Path
    on: date
    part: Planned
    hash: str


def freeze_plan(trajectory: str | Path | Trajectory, demo: bool = False) -> FrozenPlan:
    """Write down what is planned, once, before the answers are known.

    Written to ``data/decisions/<trajectory>/plan.json`` (``data/decisions/demo/...`` for
    the simulated one): the outcomes with their methods, the waves, the thresholds and the
    lines, with the day and a checksum.

    Parameters
    ----------
    trajectory : str, Path or Trajectory
        As in `open_study`.
    demo : bool
        The plan that reports on the simulated exports are held against.

    Raises
    ------
    RunError
        When a plan was frozen already: it would not be one if it could be replaced.

    Notes
    -----
    Freeze before the last wave, and best before the first: a plan that is written down when
    the answers are known binds nobody. It freezes what is planned, not the labels and the
    names of files, which may be mended later.
    """
    design = trajectory if isinstance(trajectory, Trajectory) else load_trajectory(trajectory)
    path = places().decisions(design.key, demo=demo) / FILE
    if path.exists():
        known = _read(path)
        raise RunError(
            str(path),
            f"the plan was frozen on {known.on.isoformat()} already",
            "leave it: the report lists what changed since. Only a plan that nobody has acted "
            "on may be deleted and frozen anew",
        )
    part = planned_part(design)
    plan = FrozenPlan(path, date.today(), part, hash_of(part))
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f".{FILE}.aside")
    record = {"trajectory": design.key, "frozen": plan.on.isoformat(), "hash": plan.hash}
    text = json.dumps(record | {"plan": part}, indent=2, ensure_ascii=False, allow_nan=False)
    aside.write_text(f"{text}\n", encoding="utf-8", newline="\n")
    aside.replace(path)
    return plan


def plan_standing(
    design: Trajectory,
    estimates: Iterable[Estimate],
    panel: pd.DataFrame,
    *,
    simulated: bool = False,
) -> PlanStanding:
    """Hold what was run against the plan that was frozen, if one was.

    Raises
    ------
    DesignError
        When the frozen plan cannot be read.
    """
    part = planned_part(design)
    path = places().decisions(design.key, demo=simulated) / FILE
    if not path.exists():
        return PlanStanding(hash_of(part))
    frozen = _read(path)
    run = {named(each.outcome): each.method for each in estimates if each.standing == "planned"}
    return PlanStanding(
        hash=hash_of(part),
        frozen=frozen.on,
        frozen_hash=frozen.hash,
        before_last_wave=_before(frozen.on, design, panel),
        deviations=tuple(deviations(frozen, part, run)),
    )


def deviations(
    frozen: FrozenPlan, now: Planned, methods: Mapping[str, str]
) -> Iterator[Deviation]:
    """Yield each thing that is otherwise than the frozen plan said, one by one.

    Parameters
    ----------
    frozen : FrozenPlan
    now : dict
        The plan as the design has it today.
    methods : mapping of outcome to method
        What answered for each planned outcome in this run.
    """
    if hash_of(frozen.part) != frozen.hash:
        yield Deviation("file", frozen.path.name, frozen.hash[:12], hash_of(frozen.part)[:12])
    ran = {key: {**now["outcomes"][key], "method": methods[key]} for key in methods}
    yield from _between(frozen.part["outcomes"], {**now["outcomes"], **ran}, "outcome")
    yield from _between(frozen.part["waves"], now["waves"], "waves")
    settings = ({"": frozen.part["design"]}, {"": now["design"]})
    yield from _between(*settings, "design")


def _between(
    before: Mapping[str, dict[str, Any]], now: Mapping[str, dict[str, Any]], kind: Kind
) -> Iterator[Deviation]:
    for key in before:
        if key not in now:
            yield Deviation("dropped" if kind == "outcome" else kind, key, frozen="+")
            continue
        for name in dict.fromkeys([*before[key], *now[key]]):
            first, second = before[key].get(name), now[key].get(name)
            if first != second:
                told: Kind = "method" if name == "method" else kind
                where = key if told == "method" else ": ".join(filter(None, (key, name)))
                yield Deviation(told, where, _said(first), _said(second))
    for key in now:
        if key not in before:
            yield Deviation("added" if kind == "outcome" else kind, key, run="+")


def _said(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(str(each) for each in value)
    return "" if value is None else json.dumps(value) if isinstance(value, bool) else str(value)


def _before(on: date, design: Trajectory, panel: pd.DataFrame) -> bool | None:
    """Say whether nobody had answered at the last wave by then; None without any date."""
    last = design.waves[-1]
    answered = pd.to_datetime(panel.loc[panel["wave"] == last.key, "answered"]).dropna()
    if len(answered):
        return bool(on < answered.min().date())
    if (panel["wave"] == last.key).any():
        return None if last.opens is None else on < last.opens
    return True


def _read(path: Path) -> FrozenPlan:
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
        part = {name: dict(record["plan"][name]) for name in PARTS}
        return FrozenPlan(path, date.fromisoformat(record["frozen"]), part, record["hash"])
    except (ValueError, KeyError, TypeError) as fault:
        raise DesignError(
            str(path),
            "cannot be read as a frozen plan",
            "put back the file as it was frozen, from a copy",
        ) from fault

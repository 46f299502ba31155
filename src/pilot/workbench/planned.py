"""The part of a design that is a plan: what may not change once the answers are known."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from pilot.design import Instrument, Outcome, Trajectory
from pilot.design.instrument import Scale
from pilot.estimation import plan_for
from pilot.estimation.comparison.planning import plan_of_groups, versus_of

KEY_OF_SCORING = {
    "items", "reverse", "combine", "times", "counted", "min_answered", "missing_rule", "range",
}  # fmt: skip

Planned = dict[str, dict[str, Any]]


def planned_part(trajectory: Trajectory) -> Planned:
    """Return the plan of a design as plain words and numbers.

    Returns
    -------
    dict
        ``outcomes`` by ``key, role``, each with the method that the plan chooses for as
        many families as the design hopes for; ``waves`` by key; ``design``: what it
        generalises to, the thresholds of publishing and the lines of feasibility.

    Examples
    --------
    >>> from pilot.design import load_trajectory
    >>> part = planned_part(load_trajectory("m-power"))
    >>> part["outcomes"]["gse_10_total, man"]["primary"], list(part["waves"])
    (True, ['intake', 'halfway', 'end'])
    """
    shown: dict[str, Any] = json.loads(trajectory.model_dump_json())
    settings = {name: shown[name] for name in ("generalises_to", "thresholds", "feasibility")}
    return {
        "outcomes": {
            named(outcome): _outcome(outcome, trajectory) for outcome in trajectory.outcomes()
        },
        "waves": {wave["key"]: _window(wave) for wave in shown["waves"]},
        "design": dict(_flat(settings)),
    }


def named(outcome: Outcome) -> str:
    """Return what an outcome is called in a plan."""
    return f"{outcome.key}, {outcome.role}"


def hash_of(part: Planned) -> str:
    """Return the checksum of a plan, the same whatever the order of its keys.

    Examples
    --------
    >>> hash_of({"design": {"a": 1, "b": 2}}) == hash_of({"design": {"b": 2, "a": 1}})
    True
    """
    text = json.dumps(part, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _outcome(outcome: Outcome, trajectory: Trajectory) -> dict[str, Any]:
    plan = plan_for(
        outcome, trajectory.generalises_to, trajectory.wave_keys, trajectory.reach.families
    )
    if trajectory.groups is not None:
        plan = plan_of_groups(plan, outcome.level, versus_of(trajectory.groups))
    minimal, history = outcome.minimal_change, outcome.history
    form = trajectory.instruments[outcome.instrument]
    return {
        "primary": outcome.primary,
        "domain": outcome.domain,
        "level": outcome.level,
        "higher_is": outcome.higher_is,
        "minimal_change": None if minimal is None else minimal.value,
        **({} if history is None else {"history": history.shift}),
        "waves": list(outcome.waves),
        "method": plan.planned,
        "scoring": _scoring(outcome, form),
    }


def _scoring(outcome: Outcome, form: Instrument) -> str:
    """Return the first figures of the checksum of a scale's scoring key."""
    scale: Scale = next(each for each in form.scales if form.score_name(each) == outcome.key)
    return hashlib.sha256(scale.model_dump_json(include=KEY_OF_SCORING).encode()).hexdigest()[
        :12
    ]


def _window(wave: dict[str, Any]) -> dict[str, Any]:
    names = ("opens", "closes", "from_month", "to_month")
    return {name: wave[name] for name in names if wave[name] is not None}


def _flat(branch: dict[str, Any], stem: str = "") -> list[tuple[str, Any]]:
    """Return what was settled, by its path; what the design leaves open is not in it."""
    leaves: list[tuple[str, Any]] = []
    for name, value in branch.items():
        key = f"{stem}{name}"
        if isinstance(value, dict):
            leaves += _flat(value, f"{key}.")
        elif value is not None:
            leaves.append((key, value))
    return leaves

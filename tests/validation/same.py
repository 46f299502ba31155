"""What is measured in bulk is what people call: the same numbers, data set by data set."""

from __future__ import annotations

import inspect
import math
from typing import Any

import numpy as np
import pandas as pd
from tests.validation.answers import Answers
from tests.validation.draw import Draw, bound_of
from tests.validation.means import LEAST
from tests.validation.methods import Validated
from tests.validation.ordinal import MOVED, on_ladder
from tests.validation.standard import limits_75, moved

from pilot.design.outcome import Outcome
from pilot.design.text import Text
from pilot.estimation import METHODS as REGISTRY
from pilot.estimation import Pairs, Plan, Refusal, contrast_pairs

NAMES = {
    "estimate": "estimate",
    "p_value": "p_value",
    "df": "df",
    "low": "conf_low",
    "high": "conf_high",
    "low_75": "conf_low_75",
    "high_75": "conf_high_75",
}
NEAR = 1e-9


class DifferError(AssertionError):
    """The bulk numbers are not those of the public method."""


def pairs_of(drawn: Draw, row: int, *, level: str = "interval") -> Pairs:
    """Return one data set as the registry's methods take it.

    Raises
    ------
    Refusal
        When a wave has no scores.
    """
    scores = drawn.scores[row]
    people, waves = scores.shape
    keys = [f"w{wave}" for wave in range(waves)]
    table = pd.DataFrame(
        {
            "participant": np.repeat([f"p{person:03d}" for person in range(people)], waves),
            "family": np.repeat([f"f{family:03d}" for family in drawn.family], waves),
            "site": np.repeat([f"s{site}" for site in drawn.site[drawn.family]], waves),
            "wave": np.tile(keys, people),
            "months": np.tile(drawn.months, people),
            "simulated": scores.ravel(),
        }
    )
    high = bound_of(drawn.cell)
    high = high if math.isfinite(high) else 100.0
    label = Text(nl="Gesimuleerd", en="Simulated")
    outcome = Outcome("simulated", label, "better", -100.0, high, level=level)  # type: ignore[arg-type]
    return contrast_pairs(table, outcome, keys)


def public(method: Validated, drawn: Draw, row: int) -> dict[str, Any]:
    """Return what the public method says of one data set; nothing where it refuses."""
    if method.kind == "ordinal":
        drawn = on_ladder(drawn, MOVED if method.name.endswith("moved") else 0.0)
    if method.kind == "standardised":
        drawn = moved(drawn)
    level = "ordinal" if method.kind == "ordinal" else "interval"
    try:
        pairs = pairs_of(drawn, row, level=level)
        if len(pairs.families) < min(LEAST, drawn.cell.families):
            return {}
        plan = Plan(method.registry, waves=tuple(f"w{n}" for n in range(drawn.cell.waves)))
        return dict(inspect.unwrap(REGISTRY[method.registry])(pairs, plan))
    except Refusal:
        return {}


def compare(method: Validated, drawn: Draw, answers: Answers, row: int) -> None:
    """Refuse bulk numbers of one data set that differ from the public method's.

    Raises
    ------
    DifferError
    """
    said = public(method, drawn, row)
    if method.kind == "standardised" and said:
        said = _standardised(method, drawn, row, said)
    for name, called in NAMES.items():
        ours, theirs = getattr(answers, name)[row], said.get(called)
        if not _alike(ours, theirs, name):
            place = f"{drawn.cell.name}, data set {row}, {method.name}, {called}"
            raise DifferError(f"{place}: {ours} in bulk, {theirs} by the registry")


def _standardised(
    method: Validated, drawn: Draw, row: int, said: dict[str, Any]
) -> dict[str, Any]:
    found = next(each for each in said["standardised"] if each.name == method.name)
    spread = said["estimate"] / found.estimate
    low_75, high_75 = limits_75(drawn, row, spread, method.name)
    return {
        "estimate": found.estimate,
        "conf_low": found.conf_low,
        "conf_high": found.conf_high,
        "conf_low_75": low_75,
        "conf_high_75": high_75,
        "df": said["df"],
    }


def _alike(ours: float, theirs: float | None, name: str) -> bool:
    if theirs is None:
        return bool(np.isnan(ours)) or name == "estimate"
    return math.isclose(ours, theirs, rel_tol=NEAR, abs_tol=NEAR)

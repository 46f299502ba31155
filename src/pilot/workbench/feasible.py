"""Feasibility as it stands in ``results.json``: value, line and verdict of each measure."""

from __future__ import annotations

from typing import Any

import pandas as pd

from pilot.design import Ceilings, Trajectory
from pilot.results import Study


def feasibility_record(study: Study) -> list[dict[str, Any]]:
    """Return every measure with its value, the line of the design and the verdict.

    Returns
    -------
    list of dict
        ``measure``, ``role``, ``wave``, ``count``, ``base``; ``value``, the share where
        there is one, else the number; ``recorded``; ``line`` with ``go``, ``adapt`` and
        ``side`` (``from`` or ``up to``), or None; ``verdict``.

    Examples
    --------
    >>> import pilot
    >>> rows = feasibility_record(pilot.open_study("m-power", demo=True))
    >>> next(row for row in rows if row["measure"] == "minutes_per_form")["verdict"]
    'go'
    """
    rows = study.feasibility.to_dict("records")
    return [_record(study.trajectory, row) for row in rows]


def _record(trajectory: Trajectory, row: dict[Any, Any]) -> dict[str, Any]:
    told = {str(key): None if pd.isna(value) else value for key, value in row.items()}
    names = ("measure", "role", "wave", "count", "base")
    value = told["count"] if told["base"] is None else told["share"]
    return {name: told[name] for name in names} | {
        "value": value,
        "recorded": told["count"] is not None,
        "line": _line(trajectory, str(told["measure"])),
        "verdict": told["line"],
    }


def _line(trajectory: Trajectory, measure: str) -> dict[str, Any] | None:
    lines = trajectory.feasibility.of(measure)
    if lines is None:
        return None
    side = "up to" if isinstance(lines, Ceilings) else "from"
    return {"go": lines.go, "adapt": lines.adapt, "side": side}

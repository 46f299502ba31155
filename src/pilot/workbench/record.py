"""``results.json``: every number of a study, unrounded, the same bytes for the same input."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pandas as pd

from pilot.results import IndividualChange, Study
from pilot.workbench.feasible import feasibility_record
from pilot.workbench.happened_record import recorded
from pilot.workbench.stories import stories_record

RESULTS_MIME = "application/vnd.pilot.results+json"


@dataclass(frozen=True, slots=True, repr=False)
class Results:
    """A study's numbers as they stand in ``results.json``; shows itself in a notebook."""

    record: dict[str, Any]

    def to_json(self) -> str:
        """Return the file's text: unrounded, null where there is no number."""
        return as_json(self.record)

    def __repr__(self) -> str:
        counts = {key: len(self.record[key]) for key in ("estimates", "individual", "findings")}
        listed = ", ".join(f"{count} {key}" for key, count in counts.items())
        return f"Results({self.record['trajectory']}: {listed})"

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        return {"text/plain": repr(self), RESULTS_MIME: self.record}


def results(study: Study) -> Results:
    """Return every number of a study, in the schema of ``results.json``.

    Examples
    --------
    >>> import pilot
    >>> results(pilot.open_study("m-power", demo=True)).record["trajectory"]
    'm-power'
    """
    return Results(
        {
            "trajectory": study.trajectory.key,
            "simulated": study.simulated,
            "waves": records(study.waves),
            "flow": records(study.flow),
            "feasibility": _finite(feasibility_record(study)),
            "estimates": [_finite(each.to_record()) for each in study.estimates],
            "individual": dict(_individual(study.individual)),
            "beside": [_finite(each.to_record()) for each in study.beside],
            "changes_of_asking": records(study.changes_of_asking),
            "plan": study.plan.to_record(),
            "stories": _finite(stories_record(study)),
            "agreement": [_finite(each.to_record()) for each in study.agreements],
            "claims": [_finite(each.to_record()) for each in study.claims],
            "events": _finite(recorded(study.happened)),
            "findings": _counted(study.findings),
        }
    )


def as_json(record: Any) -> str:
    """Return a record as JSON text, refusing what JSON has no word for."""
    return json.dumps(record, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def records(table: pd.DataFrame) -> list[dict[str, Any]]:
    """Return a table's rows as plain records: dates as text, nothing as None.

    Examples
    --------
    >>> records(pd.DataFrame({"n": [1, None], "on": pd.to_datetime(["2025-03-31", None])}))
    [{'n': 1.0, 'on': '2025-03-31'}, {'n': None, 'on': None}]
    """
    columns = [str(name) for name in table.columns]
    rows = table.astype(object).to_numpy().tolist()
    return [dict(zip(columns, map(_plain, row), strict=True)) for row in rows]


def _plain(value: Any) -> Any:
    if value is None or value is pd.NaT or value is pd.NA:
        return None
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if hasattr(value, "isoformat"):
        return value.isoformat()[:10]
    return value.item() if hasattr(value, "item") else value


def _finite(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _finite(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(each) for each in value]
    if isinstance(value, pd.DataFrame):
        return records(value)
    return _plain(value)


def _individual(changes: Iterable[IndividualChange]) -> Iterable[tuple[str, dict[str, Any]]]:
    """Yield one row an outcome; a second role with the same outcome is named beside it."""
    seen: set[str] = set()
    for change in changes:
        key = change.outcome.key
        name = f"{key} ({change.outcome.role})" if key in seen else key
        seen.add(key)
        yield name, _finite(change.to_record())


def _counted(findings: pd.DataFrame) -> dict[str, int]:
    counts = findings["rule"].value_counts()
    return {str(rule): int(counts[rule]) for rule in sorted(counts.index)}

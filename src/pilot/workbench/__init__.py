"""Runs the corridor: studies, notebooks, reports, and the places they live in.

Everything here is imported when it is asked for, so that the command line starts at once.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

_PLACES = {
    "open_study": "pilot.workbench.study",
    "run_report": "pilot.workbench.run",
    "run_reports": "pilot.workbench.run",
    "ReportRun": "pilot.workbench.make",
    "clean_trajectory": "pilot.workbench.clean",
    "FormWanted": "pilot.workbench.form",
    "write_form": "pilot.workbench.form",
    "freeze_plan": "pilot.workbench.freeze",
    "already_public": "pilot.workbench.published",
    "public_so_far": "pilot.workbench.published",
    "results": "pilot.workbench.record",
    "provenance": "pilot.workbench.made",
}
__all__ = list(_PLACES)


def __getattr__(name: str) -> Any:
    if name not in _PLACES:
        raise AttributeError(f"module 'pilot.workbench' has no attribute {name!r}")
    return getattr(import_module(_PLACES[name]), name)


def __dir__() -> list[str]:
    return list(__all__)

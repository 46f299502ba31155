"""A research workbench for the evaluation of small community pilots.

The public face, in the order in which data walk:

>>> import pilot
>>> study = pilot.open_study("m-power", demo=True)
>>> study.primary("self_efficacy").key
'gse_10_total'
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

__version__ = "0.1.0"

_PLACES = {
    "load_trajectory": "pilot.design",
    "load_instrument": "pilot.design",
    "read_export": "pilot.intake",
    "read_exports": "pilot.intake",
    "clean": "pilot.cleaning",
    "link_waves": "pilot.linkage",
    "score": "pilot.scoring",
    "reliability": "pilot.scoring",
    "estimate_change": "pilot.estimation",
    "reliable_change": "pilot.estimation",
    "sign_flip": "pilot.estimation",
    "standardised_change": "pilot.estimation",
    "pool_imputations": "pilot.estimation",
    "mixed_model": "pilot.estimation.mixed",
    "cluster_robust": "pilot.estimation.clusters",
    "wild_bootstrap": "pilot.estimation.clusters",
    "disclose": "pilot.disclosure",
    "describe": "pilot.presentation",
    "plot_change": "pilot.presentation",
    "change_table": "pilot.presentation",
    "open_study": "pilot.workbench",
    "run_report": "pilot.workbench",
    "PilotError": "pilot.errors",
}
__all__ = list(_PLACES)


def __getattr__(name: str) -> Any:
    if name not in _PLACES:
        raise AttributeError(f"module 'pilot' has no attribute {name!r}")
    return getattr(import_module(_PLACES[name]), name)


def __dir__() -> list[str]:
    return [*__all__, "__version__"]

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
    "compare_groups": "pilot.estimation.comparison",
    "compare_with_norm": "pilot.estimation.comparison",
    "sign_flip": "pilot.estimation",
    "standardised_change": "pilot.estimation",
    "pool_imputations": "pilot.estimation",
    "attrition_table": "pilot.estimation",
    "tipping_point": "pilot.estimation",
    "wilcoxon_pratt": "pilot.estimation",
    "paired_odds": "pilot.estimation",
    "proportional_odds": "pilot.estimation",
    "floor_and_ceiling": "pilot.estimation",
    "becker_d": "pilot.estimation",
    "probability_of_improvement": "pilot.estimation",
    "clinical_cut_off": "pilot.estimation",
    "clinical_change": "pilot.estimation",
    "false_flags": "pilot.estimation",
    "expected_regression": "pilot.estimation",
    "response_shift": "pilot.estimation",
    "history_shift": "pilot.estimation",
    "dose_response": "pilot.estimation",
    "dose_slope": "pilot.estimation",
    "posterior_changes": "pilot.estimation",
    "bootstrap_change": "pilot.estimation",
    "goal_attainment": "pilot.estimation",
    "goal_attainment_t": "pilot.estimation",
    "phases_of": "pilot.estimation",
    "single_case": "pilot.estimation",
    "randomisation_test": "pilot.estimation",
    "agreement": "pilot.estimation",
    "mixed_model": "pilot.estimation.mixed",
    "cluster_robust": "pilot.estimation.clusters",
    "wild_bootstrap": "pilot.estimation.clusters",
    "disclose": "pilot.disclosure",
    "describe": "pilot.presentation",
    "plot_change": "pilot.presentation",
    "change_table": "pilot.presentation",
    "open_study": "pilot.workbench",
    "plan": "pilot.workbench.plan",
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

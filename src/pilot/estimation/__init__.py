"""Scores in, estimates out: how much changed, how sure that is, and how it was got."""

from pilot.estimation.attrition import attrition_table
from pilot.estimation.bounded import FloorAndCeiling, floor_and_ceiling
from pilot.estimation.bounds import leave_one_site_out
from pilot.estimation.change import (
    contrast_pairs,
    estimate_change,
    individual_changes,
    sites_left_out,
)
from pilot.estimation.cut_offs import clinical_change, clinical_cut_off
from pilot.estimation.dose import DoseResponse, dose_response, spearman_interval
from pilot.estimation.false_flags import FalseFlags, false_flags
from pilot.estimation.holm import holm, holm_primaries, with_holm
from pilot.estimation.improvement import (
    Improvement,
    becker_d,
    probability_of_improvement,
)
from pilot.estimation.imputation import Pooled, pool_imputations
from pilot.estimation.individual import individual_change
from pilot.estimation.ladder import Rung, rung_for, rung_of
from pilot.estimation.ordinal import exact_sign_test, tango_interval, transition_table
from pilot.estimation.pairs import Pairs, complete_pairs
from pilot.estimation.plan import Plan, plan_for
from pilot.estimation.posterior import (
    PRIORS,
    Posterior,
    Prior,
    posterior_change,
    posterior_changes,
)
from pilot.estimation.reasons import REASONS, Refusal
from pilot.estimation.registry import METHODS
from pilot.estimation.regression_to_mean import ExpectedRegression, expected_regression
from pilot.estimation.reliable import reliable_change
from pilot.estimation.signflip import SignFlip, sign_flip
from pilot.estimation.standardised import standardised_change
from pilot.estimation.t import MeanT, mean_t
from pilot.estimation.tipping import TippingPoint, tipping_point
from pilot.estimation.wilcoxon import WilcoxonPratt, wilcoxon_pratt

__all__ = [
    "METHODS",
    "PRIORS",
    "REASONS",
    "DoseResponse",
    "ExpectedRegression",
    "FalseFlags",
    "FloorAndCeiling",
    "Improvement",
    "MeanT",
    "Pairs",
    "Plan",
    "Pooled",
    "Posterior",
    "Prior",
    "Refusal",
    "Rung",
    "SignFlip",
    "TippingPoint",
    "WilcoxonPratt",
    "attrition_table",
    "becker_d",
    "clinical_change",
    "clinical_cut_off",
    "complete_pairs",
    "contrast_pairs",
    "dose_response",
    "estimate_change",
    "exact_sign_test",
    "expected_regression",
    "false_flags",
    "floor_and_ceiling",
    "holm",
    "holm_primaries",
    "individual_change",
    "individual_changes",
    "leave_one_site_out",
    "mean_t",
    "plan_for",
    "pool_imputations",
    "posterior_change",
    "posterior_changes",
    "probability_of_improvement",
    "reliable_change",
    "rung_for",
    "rung_of",
    "sign_flip",
    "sites_left_out",
    "spearman_interval",
    "standardised_change",
    "tango_interval",
    "tipping_point",
    "transition_table",
    "wilcoxon_pratt",
    "with_holm",
]

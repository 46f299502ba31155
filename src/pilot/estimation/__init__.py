"""Scores in, estimates out: how much changed, how sure that is, and how it was got."""

from pilot.estimation.agreement import agreement
from pilot.estimation.around import Seen
from pilot.estimation.attrition import attrition_table
from pilot.estimation.beside import beside, slopes
from pilot.estimation.bootstrap import BootstrapChange, bootstrap_change
from pilot.estimation.bounded import FloorAndCeiling, floor_and_ceiling
from pilot.estimation.bounds import leave_one_site_out
from pilot.estimation.change import (
    estimate_change,
    estimates_of,
    individual_changes,
    sites_left_out,
)
from pilot.estimation.contrasts import Contrast, Contrasts, contrast_pairs, contrasts_of
from pilot.estimation.cut_offs import clinical_change, clinical_cut_off
from pilot.estimation.dose import DoseResponse, dose_response, spearman_interval
from pilot.estimation.dose_slope import DoseSlope, dose_slope
from pilot.estimation.false_flags import FalseFlags, false_flags
from pilot.estimation.goals import GoalAttainment, goal_attainment, goal_attainment_t
from pilot.estimation.history import HistoryShift, history_shift, stated_history
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
from pilot.estimation.paired_odds import PairedOdds, odds_interval, paired_odds
from pilot.estimation.pairs import Pairs, complete_pairs
from pilot.estimation.phases import Phases, phases_of
from pilot.estimation.plan import Plan, plan_for
from pilot.estimation.posterior import (
    PRIORS,
    Posterior,
    Prior,
    posterior_change,
    posterior_changes,
)
from pilot.estimation.proportional_odds import ProportionalOdds, proportional_odds
from pilot.estimation.randomisation import Randomisation, randomisation_test
from pilot.estimation.reasons import REASONS, Refusal
from pilot.estimation.registry import METHODS
from pilot.estimation.regression_to_mean import ExpectedRegression, expected_regression
from pilot.estimation.reliable import reliable_change
from pilot.estimation.response_shift import ResponseShift, response_shift, shift_of
from pilot.estimation.signflip import SignFlip, sign_flip
from pilot.estimation.single_case import SingleCase, nap_interval, single_case
from pilot.estimation.slopes import family_slopes
from pilot.estimation.standardised import standardised_change
from pilot.estimation.t import MeanT, mean_t
from pilot.estimation.tipping import TippingPoint, tipping_point
from pilot.estimation.wilcoxon import WilcoxonPratt, wilcoxon_pratt

__all__ = [
    "METHODS",
    "PRIORS",
    "REASONS",
    "BootstrapChange",
    "Contrast",
    "Contrasts",
    "DoseResponse",
    "DoseSlope",
    "ExpectedRegression",
    "FalseFlags",
    "FloorAndCeiling",
    "GoalAttainment",
    "HistoryShift",
    "Improvement",
    "MeanT",
    "PairedOdds",
    "Pairs",
    "Phases",
    "Plan",
    "Pooled",
    "Posterior",
    "Prior",
    "ProportionalOdds",
    "Randomisation",
    "Refusal",
    "ResponseShift",
    "Rung",
    "Seen",
    "SignFlip",
    "SingleCase",
    "TippingPoint",
    "WilcoxonPratt",
    "agreement",
    "attrition_table",
    "becker_d",
    "beside",
    "bootstrap_change",
    "clinical_change",
    "clinical_cut_off",
    "complete_pairs",
    "contrast_pairs",
    "contrasts_of",
    "dose_response",
    "dose_slope",
    "estimate_change",
    "estimates_of",
    "exact_sign_test",
    "expected_regression",
    "false_flags",
    "family_slopes",
    "floor_and_ceiling",
    "goal_attainment",
    "goal_attainment_t",
    "history_shift",
    "holm",
    "holm_primaries",
    "individual_change",
    "individual_changes",
    "leave_one_site_out",
    "mean_t",
    "nap_interval",
    "odds_interval",
    "paired_odds",
    "phases_of",
    "plan_for",
    "pool_imputations",
    "posterior_change",
    "posterior_changes",
    "probability_of_improvement",
    "proportional_odds",
    "randomisation_test",
    "reliable_change",
    "response_shift",
    "rung_for",
    "rung_of",
    "shift_of",
    "sign_flip",
    "single_case",
    "sites_left_out",
    "slopes",
    "spearman_interval",
    "standardised_change",
    "stated_history",
    "tango_interval",
    "tipping_point",
    "transition_table",
    "wilcoxon_pratt",
    "with_holm",
]

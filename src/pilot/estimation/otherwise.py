"""The same change said otherwise: with what was known before, by person, in other units."""

from __future__ import annotations

from pilot.estimation.around import Around, Told, answered, numbers_of
from pilot.estimation.bootstrap import bootstrap_change
from pilot.estimation.by_index import counts_by_index, passed_cut_off
from pilot.estimation.improvement import becker_d, probability_of_improvement
from pilot.estimation.individual import individual_change
from pilot.estimation.ladder import refuse_below_the_ladder
from pilot.estimation.paired_odds import paired_odds
from pilot.estimation.posterior import Prior, posterior_change
from pilot.estimation.proportional_odds import proportional_odds
from pilot.estimation.reasons import Refusal
from pilot.estimation.slopes import family_slopes
from pilot.results import IndividualChange


def posterior(around: Around, prior: Prior) -> Told:
    """Weigh the change against what such changes usually are."""
    found = posterior_change(around.pairs, prior)
    return {
        "prior_mean": prior.mean,
        "prior_sd": prior.sd,
        **numbers_of(
            found,
            "estimate",
            "conf_low",
            "conf_high",
            "conf_low_75",
            "conf_high_75",
            "probability_better",
            "probability_important",
        ),
    }, prior.words


def flags(around: Around) -> Told:
    """Count the persons flagged though nobody changed."""
    counted = _counted(individual_change(around.pairs))
    return {
        "n": counted.improved + counted.cannot_tell + counted.worse,
        "expected": counted.expected_false,
        "at_95": counted.false_at_95,
    }, None


def usual_movement(around: Around) -> Told:
    """Count who moved more than people usually do."""
    counted = _counted(individual_change(around.pairs, against="usual movement"))
    names = ("improved", "cannot_tell", "worse", "threshold", "reliability", "source")
    return numbers_of(counted, *names), None


def _counted(change: IndividualChange) -> IndividualChange:
    if change.refused:
        raise Refusal("individual_change", change.reason or "", "", change.reason_nl or "")
    return change


def improvement(around: Around) -> Told:
    """Tell how likely somebody like these has the better score later."""
    pairs = around.pairs
    refuse_below_the_ladder(pairs)
    found = probability_of_improvement(
        pairs.before,
        pairs.after,
        higher_is=pairs.outcome.higher_is,
        family=pairs.table["family"],
    )
    return numbers_of(found, "estimate", "conf_low", "conf_high", "observed"), None


def becker(around: Around) -> Told:
    """Divide the change by the spread before, as meta-analyses do."""
    pairs = around.pairs
    refuse_below_the_ladder(pairs)
    found = becker_d(pairs.before, pairs.after, family=pairs.table["family"])
    return numbers_of(found, "estimate", "conf_low", "conf_high"), None


def lines(around: Around) -> Told:
    """Tell how far the lines of families lie apart."""
    found = family_slopes(around.pairs, around.waves)["slope_per_year"]
    return {
        "n": len(found),
        "lowest": float(found.min()),
        "median": float(found.median()),
        "highest": float(found.max()),
    }, None


def drawn_again(around: Around) -> Told:
    """Give the mean change by drawing families again and again."""
    found = bootstrap_change(around.pairs.changes, units=around.pairs.units)
    names = ("estimate", "conf_low", "conf_high", "conf_low_75", "conf_high_75", "resamples")
    return numbers_of(found, *names, "n"), found.words


def odds(around: Around) -> Told:
    """Count who went which way, and tell how many times as many got better as got worse."""
    found = paired_odds(around.pairs)
    names = ("better", "worse", "same", "estimate", "conf_low", "conf_high", "p_value")
    return numbers_of(found, *names), found.words


def odds_of_steps(around: Around) -> Told:
    """Tell by how much the odds of standing above a step went up, from 20 families."""
    found = proportional_odds(around.pairs)
    names = ("estimate", "conf_low", "conf_high", "df", "p_value", "ups", "downs", "n")
    return numbers_of(found, *names), found.words


def by_method(around: Around, name: str) -> Told:
    """Give the numbers of one of the registry's methods."""
    found = answered(around.pairs, name)
    names = ("estimate", "conf_low", "conf_high", "p_value", "smallest_p", "n_families")
    return numbers_of(found, *names), None


def index_counts(around: Around, index: str) -> Told:
    """Count persons by one of the seven indices."""
    return counts_by_index(around.pairs, index), None


def cut_off(around: Around) -> Told:
    """Count who passed the line with people in general."""
    return passed_cut_off(around.pairs), None

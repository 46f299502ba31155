"""Methods that answer with a mean change over pairs: by family, by person, by sign flips."""

from __future__ import annotations

from typing import Any

import numpy as np

from pilot.estimation.pairs import Pairs
from pilot.estimation.plan import Plan
from pilot.estimation.rows import estimator, from_mean
from pilot.estimation.signflip import drawn_note, smallest_p
from pilot.estimation.signflip import sign_flip as flip_signs
from pilot.estimation.standardised import spread_of_change, spread_on_average, standardise
from pilot.estimation.t import MeanT, mean_t
from pilot.results import Standardised

NO_SPREAD = 1e-12  # of the largest score, below which an SD is 0 but for rounding


@estimator(
    "mean change of {units} at the sites that took part, over those with both waves, "
    "each weighing 1",
    level="interval",
)
def paired_t(pairs: Pairs, plan: Plan) -> dict[str, Any]:
    """Estimate the mean over families of the family's mean change, with t intervals.

    m = mean of the n family changes, s.e. = s / sqrt(n), df = n - 1. Beside it d_z and
    d_av: m over the SD between persons of their change, and over the root of the mean
    variance between persons of both waves (see `standardise`).

    Use it where the design generalises to families. Not where it speaks of sites like
    these: when sites differ in change it rejects 11-22 % of true nulls.

    References
    ----------
    Student (1908). The probable error of a mean. Biometrika, 6(1), 1-25.

    Examples
    --------
    >>> from pilot.estimation.example import SLEEP, sleep_pairs
    >>> paired_t(sleep_pairs(), Plan("paired_t"))
    Estimate(sleep, other - one: 1.58 [0.70, 2.46], n = 10, paired_t)
    """
    mean = mean_t(pairs.changes, pairs.where)
    return from_mean(mean) | {"standardised": by_persons(mean, pairs)}


@estimator(
    "mean change of persons at the sites that took part, over those with both waves, as if "
    "members of a family were independent",
    level="interval",
)
def persons_t(pairs: Pairs, plan: Plan) -> dict[str, Any]:
    """Estimate the mean change over persons, families ignored: an alternative, never planned.

    Use it to see what averaging within families does. Not to conclude from: members of a
    family are not independent, so its interval is too narrow.

    References
    ----------
    Student (1908). The probable error of a mean. Biometrika, 6(1), 1-25.

    Examples
    --------
    >>> from pilot.estimation.example import sleep_pairs
    >>> persons_t(sleep_pairs(), Plan("paired_t")).n_participants
    10
    """
    changes = pairs.after - pairs.before
    mean = mean_t(changes, pairs.where)
    return from_mean(mean) | {
        "standardised": by_persons(mean, pairs),
        "smallest_p": smallest_p(changes),
    }


@estimator(
    "mean change of {units} at the sites that took part, over those with both waves, each "
    "weighing 1; tested: each one's change is symmetric about 0",
    level="interval",
)
def sign_flip(pairs: Pairs, plan: Plan) -> dict[str, Any]:
    """Test the mean change by flipping families' signs, with the interval that inverts it.

    See `pilot.estimation.signflip.sign_flip` for formula, sources and when not to use it.

    Examples
    --------
    >>> from pilot.estimation.example import sleep_pairs
    >>> sign_flip(sleep_pairs(), Plan("paired_t")).p_value
    0.00390625
    """
    flipped = flip_signs(pairs.changes)
    return {
        "estimate": float(pairs.changes.mean()),
        "p_value": flipped.p_value,
        "smallest_p": flipped.smallest_p,
        "conf_low": flipped.conf_low,
        "conf_high": flipped.conf_high,
        "conf_low_75": flipped.conf_low_75,
        "conf_high_75": flipped.conf_high_75,
        "reason": flipped.reason,
        "notes": drawn_note(pairs.changes),
    }


def by_persons(mean: MeanT, pairs: Pairs) -> tuple[Standardised, ...]:
    """Return d_z and d_av, by the SDs between persons of the role with both waves.

    Without one that is 0: where all with both waves stand alike, nothing is to divide by.
    """
    spreads = {
        "d_z": spread_of_change(pairs.before, pairs.after, pairs.table["family"]),
        "d_av": spread_on_average(pairs.before, pairs.after, pairs.table["family"]),
    }
    largest = max(np.abs(pairs.before).max(initial=0.0), np.abs(pairs.after).max(initial=0.0))
    return tuple(
        standardise(mean, spread, name)
        for name, spread in spreads.items()
        if spread > NO_SPREAD * largest
    )

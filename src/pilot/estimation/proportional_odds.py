"""A cumulative-link model of two waves in which every family keeps its own level."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import special

from pilot.design.text import Text
from pilot.estimation.ordinal import MOST_STEPS
from pilot.estimation.pairs import Pairs
from pilot.estimation.reasons import refusal
from pilot.estimation.t import t_quantile

FAMILIES_FROM = 20

Counts = NDArray[np.float64]

_WORDS = Text(
    en="for each step of the scale, the odds of standing above it became {odds} times as large "
    "towards better [{low}, {high}], if they changed alike at every step",
    nl="voor elke stap van de schaal werd de kansverhouding om erboven te staan {odds} keer zo "
    "groot, naar beter gerekend [{low}; {high}], als dat bij elke stap evenveel was",
)


@dataclass(frozen=True, slots=True)
class ProportionalOdds:
    """By how much the odds of standing above any step went up, towards better.

    ``estimate`` is the odds ratio, ``log_odds`` its logarithm with ``std_error`` and
    ``df``; ``ups`` and ``downs`` are the steps gone up and down by all persons together, and
    ``words`` the line for the team.
    """

    estimate: float
    conf_low: float
    conf_high: float
    log_odds: float
    std_error: float
    df: float
    p_value: float
    ups: int
    downs: int
    n: int
    words: Text


def proportional_odds(pairs: Pairs, *, conf_level: float = 0.95) -> ProportionalOdds:
    """Fit logit P(score > step) = person + cut-point + beta x later, persons left free.

    Each cut-point between two steps makes of each person a pair of yes and no; given that
    the two differ, the person's level and the cut-point drop out (conditional likelihood).
    Taking all cut-points together with one beta, exp(beta) is the number of steps gone up
    by all persons over the number gone down. Its standard error is the sandwich over
    families, times sqrt(n / (n - 1)), with t on n - 1 df.

    Parameters
    ----------
    pairs : Pairs
        Of an outcome whose scores are whole steps, from 20 families.
    conf_level : float
        Coverage of the interval.

    Returns
    -------
    ProportionalOdds

    Raises
    ------
    Refusal
        Below 20 families, where scores are no whole steps, where nobody moved, and where
        all moves go one way.

    Notes
    -----
    Why from 20: of 8,000 simulated pilots a cell, intervals cover 95-98 % at 20 to 60
    families, and at most 3 % have no end; at 8 up to 28 % have none. A model with normal
    random effects (R's ``clmm``, 200 a cell) covers 84-91 % at 8 to 16 families and finds
    no fit in 8-19 %.
    ``tests/benchmarks/ordinal_small_n.py`` measures it again. Not a replacement of the net
    share, which needs no model: it assumes that the odds rise as much at every step.

    References
    ----------
    McCullagh (1977). A logistic model for paired comparisons with ordered categorical data.
    Biometrika, 64(3), 449-453.
    Mukherjee, Ahn, Liu, Rathouz & Sanchez (2008). Fitting stratified proportional odds
    models by amalgamating conditional likelihoods. Statistics in Medicine, 27(24),
    4950-4971.

    Examples
    --------
    >>> from pilot.estimation.example import many_on_a_ladder
    >>> told = proportional_odds(many_on_a_ladder())
    >>> told.ups, told.downs, f"{told.estimate:.2f}"
    (17, 6, '2.83')
    >>> f"[{told.conf_low:.2f}, {told.conf_high:.2f}]"
    '[0.85, 9.41]'
    """
    n = len(pairs.families)
    if n < FAMILIES_FROM:
        raise refusal(
            "few_for_odds",
            pairs.where,
            "read better against worse",
            n=n,
            units=pairs.units,
            needed=FAMILIES_FROM,
        )
    ups, downs = _steps(pairs)
    _refuse_no_odds(ups, downs, pairs)
    return odds_of_steps(ups, downs, conf_level)


def odds_of_steps(ups: Counts, downs: Counts, conf_level: float = 0.95) -> ProportionalOdds:
    """Return the model's odds from each family's steps up and steps down, however few.

    Parameters
    ----------
    ups, downs : array of float
        One a family, and some of each.
    conf_level : float
        Coverage of the interval.

    Examples
    --------
    >>> odds_of_steps(np.array([1.0, 0, 2, 1]), np.array([0.0, 1, 0, 0])).estimate
    4.0
    """
    up, down, n = float(ups.sum()), float(downs.sum()), len(ups)
    share = up / (up + down)
    score = ups - share * (ups + downs)
    spread = math.sqrt(math.fsum(score**2) * n / (n - 1))
    std_error = spread / ((up + down) * share * (1 - share))
    log_odds, df = math.log(up / down), n - 1
    half = t_quantile(conf_level, df) * std_error
    low, high = math.exp(log_odds - half), math.exp(log_odds + half)
    return ProportionalOdds(
        estimate=up / down,
        conf_low=low,
        conf_high=high,
        log_odds=log_odds,
        std_error=std_error,
        df=float(df),
        p_value=float(2 * special.stdtr(df, -abs(log_odds) / std_error)),
        ups=round(up),
        downs=round(down),
        n=n,
        words=_words(up / down, low, high),
    )


def _words(odds: float, low: float, high: float) -> Text:
    shown = {"odds": f"{odds:.1f}", "low": f"{low:.1f}", "high": f"{high:.1f}"}
    commas = {name: number.replace(".", ",") for name, number in shown.items()}
    return Text(en=_WORDS.en.format(**shown), nl=_WORDS.nl.format(**commas))


def _steps(pairs: Pairs) -> tuple[Counts, Counts]:
    """Return how many steps each family's members went towards better, and away from it."""
    moves = (pairs.after - pairs.before) * (pairs.outcome.better_sign or 1)
    whole = np.round(moves)
    steps = pairs.outcome.high - pairs.outcome.low
    if np.abs(moves - whole).max(initial=0.0) > 1e-9 or steps >= MOST_STEPS:
        raise refusal(
            "no_whole_steps",
            pairs.where,
            "read the net share better, which takes any score",
            most=MOST_STEPS,
        )
    _, family = np.unique(pairs.table["family"].to_numpy(dtype=str), return_inverse=True)
    ups, downs = (
        np.bincount(family, np.maximum(side * whole, 0)).astype(np.float64) for side in (1, -1)
    )
    return ups, downs


def _refuse_no_odds(ups: Counts, downs: Counts, pairs: Pairs) -> None:
    moved = int(((ups > 0) | (downs > 0)).sum())
    if not moved:
        raise refusal(
            "nobody_moved",
            pairs.where,
            "show the steps they stand on",
            n=len(ups),
            units=pairs.units,
        )
    if not ups.any() or not downs.any():
        raise refusal(
            "all_one_way",
            pairs.where,
            "read better against worse, whose interval has a beginning",
            n=moved,
            units=pairs.units,
        )

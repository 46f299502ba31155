"""What others say of people, scored, and how far it agrees with what people say themselves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pandas as pd

from pilot.design import Rated, Trajectory, rated_outcomes
from pilot.estimation.agreement import agreement
from pilot.frames import RATED_BY, RATINGS
from pilot.results import Agreement, SideBySide
from pilot.workbench.scores import add_scores, asked_here

OF_STEPS = ("kappa_quadratic",)
OF_NUMBERS = ("icc_agreement", "difference")
PERSON = ["participant", "role", "wave"]


def score_ratings(ratings: pd.DataFrame, trajectory: Trajectory) -> pd.DataFrame:
    """Score every form that others filled in, one row a person, wave and rater.

    Parameters
    ----------
    ratings : DataFrame
        Columns `RATINGS`, then the rated items and ready-made totals.
    trajectory : Trajectory

    Returns
    -------
    DataFrame
        Same index; columns `RATINGS`, then one a score, such as ``gse_10_coach_total``: a
        name that no person's own score has, so that the two are never averaged.
    """
    scores = ratings[list(RATINGS)].copy()
    for asked in trajectory.rated:
        theirs = ratings[RATED_BY] == asked.rated_by
        rows = ratings[theirs & asked_here(ratings, asked, trajectory)]
        add_scores(scores, rows, asked, trajectory.instruments[asked.instrument])
    return scores


def agreements_of(
    scores: pd.DataFrame, ratings: pd.DataFrame, trajectory: Trajectory
) -> tuple[Agreement, ...]:
    """Return how far raters agree with people about themselves: outcome, rater and wave.

    Ordered steps: a quadratic kappa over all steps of the form. Numbers: an intraclass
    correlation, and the difference (rater minus own) with its limits.

    Parameters
    ----------
    scores : DataFrame
        People's own, by `score_panel`.
    ratings : DataFrame
        By `score_ratings`.
    trajectory : Trajectory
    """
    return tuple(
        told
        for rated in rated_outcomes(trajectory)
        for wave in rated.waves
        for told in _at(scores, ratings, rated, wave)
    )


def _at(
    scores: pd.DataFrame, ratings: pd.DataFrame, rated: Rated, wave: str
) -> Iterator[Agreement]:
    outcome = rated.outcome
    if outcome.key not in scores or rated.score not in ratings:
        return
    theirs = ratings[ratings[RATED_BY] == rated.rater]
    own, theirs = (
        table[(table["wave"] == wave) & (table["role"] == outcome.role)].dropna(subset=[name])
        for table, name in ((scores, outcome.key), (theirs, rated.score))
    )
    if own.empty and theirs.empty:
        return
    pairs = own[[*PERSON, outcome.key]].merge(theirs[[*PERSON, rated.score]], on=PERSON)
    # Ordered by what was said: sums then give the same digits whoever is called what.
    pairs = pairs.sort_values([outcome.key, rated.score])
    first, second = pairs[outcome.key], pairs[rated.score]
    beside = _side_by_side((first, second), rated, (wave, len(own), len(theirs)))
    for kind in OF_STEPS if rated.steps else OF_NUMBERS:
        name = f"{outcome.key}, {rated.rater}, {wave}"
        told = agreement(first, second, kind=kind, name=name, categories=rated.steps)
        yield replace(told, beside=beside)


def _side_by_side(
    pair: tuple[pd.Series, pd.Series], rated: Rated, counts: tuple[str, int, int]
) -> SideBySide:
    own, theirs = pair
    wave, n_own, n_rated = counts
    middles = [_middle(each, steps=bool(rated.steps)) for each in pair]
    return SideBySide(
        outcome=rated.outcome.key,
        role=rated.outcome.role,
        rater=rated.rater,
        wave=wave,
        n_own=n_own,
        n_rated=n_rated,
        own=middles[0],
        rated=middles[1],
        rated_higher=int((theirs > own).sum()),
        same=int((theirs == own).sum()),
        rated_lower=int((theirs < own).sum()),
    )


def _middle(values: pd.Series, *, steps: bool) -> float | None:
    """Return the median of steps, or the mean of numbers."""
    if values.empty:
        return None
    return float(values.median() if steps else values.mean())

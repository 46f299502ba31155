"""Goal attainment: T of the goals a person set beforehand, and its mean over families."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from pilot.design.text import Text
from pilot.errors import EstimationError, suggestion
from pilot.estimation.ladder import INTERVAL_FROM
from pilot.estimation.reasons import FAMILIES, PEOPLE, refusal
from pilot.estimation.t import MeanT, mean_t

RHO = 0.30  # the correlation between goals that Kiresuk and Sherman (1968) assume
EXPECTED = 50.0
NEEDED = ("participant", "goal", "written", "started", "level")

_WORDS = Text(
    en="the goals that {n} {units} had set before the start were reached at T = {mean} [{low}, "
    "{high}] on average, where 50 is as expected; T says how well expectations were met, and "
    "is not compared between people",
    nl="de doelen die {n} {units} voor de start stelden, zijn gemiddeld bereikt op T = {mean} "
    "[{low}; {high}], waarbij 50 is zoals verwacht; T zegt hoe goed de verwachting uitkwam en "
    "is niet bedoeld om mensen te vergelijken",
)


@dataclass(frozen=True, slots=True, eq=False)
class GoalAttainment:
    """The mean T over families, and which goals it could not count.

    Parameters
    ----------
    mean : MeanT
        Of T; 50 means that goals were reached as expected.
    scores : DataFrame
        One row a person counted: ``participant, family, goals, t``. For the team only.
    n : int
        Families, or participants where none is known.
    new_goals : int
        Goals written after the start (changed or added halfway), or on a day that is not
        known: not in T.
    unrated : int
        Goals set in time and never rated; whoever has one is left out, for it may be the
        goal that failed.
    with_unrated : int
        How many people that leaves out.
    left_out : int
        People without a T, for that or because all their goals are new.
    words : Text
        The sentence for the report.
    """

    mean: MeanT
    scores: pd.DataFrame
    n: int
    new_goals: int
    unrated: int
    with_unrated: int
    left_out: int
    words: Text


def goal_attainment_t(
    levels: ArrayLike, weights: ArrayLike | None = None, *, rho: float = RHO
) -> float:
    """Return T of one person's goals: 50 when all went as expected.

    T = 50 + 10 sum(w x) / sqrt((1 - rho) sum(w^2) + rho sum(w)^2).

    Parameters
    ----------
    levels : array of float
        How far each goal was reached: -2, -1, 0 (as expected), +1 or +2.
    weights : array of float, optional
        One a goal, above 0 (such as importance 1-3 times difficulty 1-3); all 1 without.
    rho : float
        The assumed correlation between goals.

    Returns
    -------
    float

    Raises
    ------
    EstimationError
        For no goal, a level outside -2 to 2, or a weight that is not above 0.

    Notes
    -----
    Turner-Stokes (2009) prints the formula wrongly on pages 364 and 367; this is the
    erratum's. Not for goals whose levels were written after the start, and never to compare
    two people: T says how realistic a person's own expectations were.

    References
    ----------
    Kiresuk & Sherman (1968). Goal attainment scaling. Community Mental Health Journal, 4,
    443-453. Turner-Stokes (2009), doi 10.1177/0269215508101742, with its erratum.

    Examples
    --------
    >>> [round(goal_attainment_t(levels), 2) for levels in ([1], [1, 1, 1], [-1, -1, -1])]
    [60.0, 63.69, 36.31]
    """
    reached = np.asarray(levels, dtype=float).ravel()
    weight = np.ones(len(reached)) if weights is None else np.asarray(weights, float).ravel()
    _refuse_what_is_no_goal(reached, weight, rho)
    spread = (1 - rho) * float(weight @ weight) + rho * float(weight.sum()) ** 2
    return EXPECTED + 10 * float(weight @ reached) / math.sqrt(spread)


def goal_attainment(goals: pd.DataFrame, *, rho: float = RHO) -> GoalAttainment:
    """Estimate the mean T over families, of goals whose levels were written before the start.

    The day of the start itself is before: levels are written in the first talk, when
    nothing of the programme has happened yet. A goal changed halfway is a new goal: its new
    row is written after the start, so it does not count, and the old row keeps the level at
    which it was left.

    Parameters
    ----------
    goals : DataFrame
        One row a goal: ``participant, goal, written`` (the day its levels were written),
        ``started`` (the day the person started), ``level`` (-2 to 2, empty if never rated);
        and ``family`` and ``weight`` where known.
    rho : float
        The assumed correlation between goals.

    Returns
    -------
    GoalAttainment

    Raises
    ------
    Refusal
        When no goal was written before the start, below 5 families, and without spread.

    Notes
    -----
    A mean above 50 can mean modest goals as well as progress: have the levels written with
    somebody else present, and rated by two people. Not a change score, and not a norm.

    References
    ----------
    Kiresuk & Sherman (1968). Goal attainment scaling. Community Mental Health Journal, 4,
    443-453. Turner-Stokes (2009). Goal attainment scaling (GAS) in rehabilitation: a
    practical guide. Clinical Rehabilitation, 23(4), 362-370, with its erratum.

    Examples
    --------
    >>> who = ["a", "b", "c", "d", "e"]
    >>> goals = pd.DataFrame({"participant": who, "goal": 1, "level": [1, 0, 2, -1, 1]})
    >>> days = {"written": pd.Timestamp(2025, 1, 6), "started": pd.Timestamp(2025, 2, 3)}
    >>> goal_attainment(goals.assign(**days)).mean.estimate
    56.0
    """
    _refuse_lacking_columns(goals)
    in_time = set_in_time(goals)
    own = goals[in_time]
    if own.empty:
        raise refusal(
            "levels_too_late", "goal_attainment", "tell the goals as stories", n=len(goals)
        )
    unrated = own["level"].isna()
    kept = own[~own["participant"].isin(own.loc[unrated, "participant"])]
    _refuse_twice(kept)
    scores = _scores(kept, rho)
    of_families = scores.groupby("family")["t"].mean()
    units = PEOPLE if scores["family"].eq(scores["participant"]).all() else FAMILIES
    if len(of_families) < INTERVAL_FROM:
        raise refusal(
            "few_with_goals",
            "goal_attainment",
            "give how many goals were reached, as counts",
            n=len(of_families),
            units=units,
            needed=INTERVAL_FROM,
        )
    mean = mean_t(of_families.to_numpy(), "goal_attainment, T")
    return GoalAttainment(
        mean=mean,
        scores=scores,
        n=len(of_families),
        new_goals=int((~in_time).sum()),
        unrated=int(unrated.sum()),
        with_unrated=int(own.loc[unrated, "participant"].nunique()),
        left_out=goals["participant"].nunique() - len(scores),
        words=_words(mean, len(of_families), units),
    )


def set_in_time(goals: pd.DataFrame) -> pd.Series[bool]:
    """Return which goals had their levels written by the day on which their person started.

    Examples
    --------
    >>> days = pd.to_datetime(["2025-02-02", "2025-02-03", "2025-02-04", None])
    >>> set_in_time(pd.DataFrame({"written": days, "started": days[1]})).tolist()
    [True, True, False, False]
    """
    return pd.to_datetime(goals["written"]) <= pd.to_datetime(goals["started"])


def _scores(goals: pd.DataFrame, rho: float) -> pd.DataFrame:
    rows = []
    for participant, own in goals.groupby("participant", sort=True):
        weights = own.get("weight")
        family = own["family"].iloc[0] if "family" in own else None
        rows.append(
            {
                "participant": participant,
                "family": participant if pd.isna(family) else family,
                "goals": len(own),
                "t": goal_attainment_t(own["level"], weights, rho=rho),
            }
        )
    return pd.DataFrame(rows, columns=["participant", "family", "goals", "t"])


def _refuse_what_is_no_goal(reached: ArrayLike, weight: ArrayLike, rho: float) -> None:
    levels, weights = np.asarray(reached), np.asarray(weight)
    faults = {
        "there is no goal": not len(levels),
        f"{len(weights)} weights for {len(levels)} goals": len(weights) != len(levels),
        "a level lies outside -2 to 2": not (np.abs(levels) <= 2).all(),
        "a weight is not above 0": not (np.isfinite(weights) & (weights > 0)).all(),
        f"rho is {rho:g}": not 0 <= rho < 1,
    }
    for cause, true in faults.items():
        if true:
            raise EstimationError(
                where="goal_attainment_t",
                cause=cause,
                mend="give a level from -2 to 2 and a weight above 0 for each goal",
            )


def _refuse_lacking_columns(goals: pd.DataFrame) -> None:
    known = [str(name) for name in goals.columns]
    for name in NEEDED:
        if name not in known:
            raise EstimationError(
                where="goals", cause=f"has no column {name!r}", mend=suggestion(name, known)
            )


def _refuse_twice(goals: pd.DataFrame) -> None:
    twice = goals[goals.duplicated(["participant", "goal"])]
    if len(twice):
        first = twice.iloc[0]
        raise EstimationError(
            where="goals",
            cause=f"goal {first['goal']!s} of {first['participant']!s} was written twice "
            "before the start",
            mend="keep the levels that stood when the person started",
        )


def _words(mean: MeanT, n: int, units: Text) -> Text:
    shown = {
        "mean": f"{mean.estimate:.1f}",
        "low": f"{mean.conf_low:.1f}",
        "high": f"{mean.conf_high:.1f}",
    }
    commas = {name: number.replace(".", ",") for name, number in shown.items()}
    return Text(
        en=_WORDS.en.format(n=n, units=units.en, **shown),
        nl=_WORDS.nl.format(n=n, units=units.nl, **commas),
    )

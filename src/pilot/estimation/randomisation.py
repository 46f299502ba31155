"""The test that follows from drawing a family's start by lot, and only from that."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pilot.design.text import Text
from pilot.errors import EstimationError
from pilot.estimation.phases import Phases
from pilot.estimation.reasons import refusal

MOST = 2**20
TIE = 1e-9

Numbers = NDArray[np.float64]

_WORDS = Text(
    en="of the {draws} ways in which the starts could have been drawn, {far} gave a difference "
    "between before and during the programme at least as large as the one seen (p = {p:.3f}; "
    "it could not have been below {least:.3f})",
    nl="van de {draws} manieren waarop de start geloot had kunnen worden, geven er {far} een "
    "verschil tussen vooraf en tijdens het programma dat minstens zo groot is als het geziene "
    "(p = {p_nl}; lager dan {least_nl} kon niet)",
)


@dataclass(frozen=True, slots=True)
class Randomisation:
    """The mean difference between phases, and how rare it is among the starts that could be.

    Parameters
    ----------
    estimate : float
        Mean of the programme minus mean of the baseline, towards better; over several
        families the mean of theirs.
    p_value : float
        Two-sided: the share of possible draws with a difference at least as far from 0.
    smallest_p : float
        What p could have been at least: one over the number of possible draws.
    draws : int
        How many draws could have come out.
    words : Text
        The line for the team.
    """

    estimate: float
    p_value: float
    smallest_p: float
    draws: int
    words: Text


def randomisation_test(courses: Sequence[Phases]) -> Randomisation:
    """Test whether the drawn starts mark a change, among all starts that could be drawn.

    Each family's start was drawn from a list written before (`Phases.starts`), every entry
    as likely. If the programme does nothing, the measurements would have been the same
    whichever start had come out: p is the share of all combinations of starts whose mean
    difference between phases is at least as far from 0 as the one drawn.

    Parameters
    ----------
    courses : sequence of Phases
        One a family, each with its own list and drawn by itself.

    Returns
    -------
    Randomisation

    Raises
    ------
    Refusal
        When a course has no list of starts to have been drawn from.

    Notes
    -----
    Exact under the draw, whatever the trend or autocorrelation. With few possible starts it
    cannot be small: one family with 5 of them gives .2 at least. Never invent the list
    afterwards.

    References
    ----------
    Edgington & Onghena (2007). Randomization tests, 4th ed., ch. 11.
    Wampold & Worsham (1986). Randomization tests for multiple-baseline designs. Behavioral
    Assessment, 8, 135-143.

    Examples
    --------
    >>> from pilot.estimation.phases import phases_of
    >>> course = phases_of([2, 3, 2, 3], [6, 7, 6, 7, 7], starts=[3, 4, 5, 6])
    >>> told = randomisation_test([course])
    >>> told.p_value, told.smallest_p
    (0.25, 0.25)
    """
    if not courses:
        raise EstimationError(
            where="randomisation_test",
            cause="there is no course to test",
            mend="give the phases of one family or more",
        )
    if any(not course.starts for course in courses):
        raise refusal("no_draw", "randomisation_test", "read NAP, which is no test")
    draws = math.prod(len(course.starts) for course in courses)
    if draws > MOST:
        raise EstimationError(
            where="randomisation_test",
            cause=f"{draws} combinations of starts, more than {MOST}",
            mend="test the families in smaller groups that were named beforehand",
        )
    sums = np.zeros(1)
    for course in courses:
        sums = np.add.outer(sums, _differences(course)).ravel()
    observed = sum(_difference(course, len(course.baseline)) for course in courses)
    scale = float(np.abs(sums).max())
    far = int((np.abs(sums) >= abs(observed) - TIE * max(scale, 1.0)).sum())
    return Randomisation(
        observed / len(courses), far / draws, 1 / draws, draws, _words(far, draws)
    )


def _words(far: int, draws: int) -> Text:
    p, least = far / draws, 1 / draws
    commas = {
        "p_nl": f"{p:.3f}".replace(".", ","),
        "least_nl": f"{least:.3f}".replace(".", ","),
    }
    parts = {"draws": draws, "far": far, "p": p, "least": least}
    return Text(en=_WORDS.en.format(**parts), nl=_WORDS.nl.format(**parts, **commas))


def _differences(course: Phases) -> Numbers:
    return np.array([_difference(course, start) for start in course.starts])


def _difference(course: Phases, start: int) -> float:
    sign = 1.0 if course.higher_is == "better" else -1.0
    series = sign * course.series
    return float(series[start:].mean() - series[:start].mean())

"""One family measured often: how far programme and baseline lie apart."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

from pilot.design.text import Text
from pilot.estimation.phases import Phases
from pilot.estimation.reasons import refusal
from pilot.estimation.root import falling_root

Numbers = NDArray[np.float64]
POINTS_FROM = 3
POINTS_WELL = 5

_PHASES = {
    "baseline": Text(nl="periode vooraf", en="baseline"),
    "programme": Text(nl="periode met het programma", en="programme phase"),
}
_SAID = Text(
    en="of all pairs of a measurement before and one during the programme, {nap:.0%} were "
    "better during it{trend}; that describes this course and does not show what caused it",
    nl="van alle paren van een meting vooraf en een tijdens het programma was {nap:.0%} "
    "tijdens het programma beter{trend}; dat beschrijft dit verloop en toont niet de oorzaak",
)
_TREND = Text(
    en="(the baseline was already moving that way: Tau-U takes that off)",
    nl="(de periode vooraf ging al die kant op: Tau-U haalt dat eraf)",
)
_FEW = Text(
    en="; with {n} measurements before, fewer than the 5 that standards for single cases ask, "
    "take it as a picture only",
    nl="; met {n} metingen vooraf, minder dan de 5 die standaarden voor enkele gevallen "
    "vragen, is het alleen een plaatje",
)


@dataclass(frozen=True, slots=True)
class SingleCase:
    """How far two phases of one family or person lie apart, towards better.

    Parameters
    ----------
    nap : float
        Share of pairs (one of each phase) in which the programme's is better, ties half.
    nap_low, nap_high : float
        Newcombe's interval of it, which takes measurements as independent.
    tau : float
        2 NAP - 1.
    tau_u : float
        Tau with the baseline's own trend taken off; it can leave [-1, 1].
    baseline_trend : float
        Kendall's tau-a of the baseline with time, towards better.
    n_baseline, n_programme : int
        Measurements.
    words : Text
        The line for the team.
    """

    nap: float
    nap_low: float
    nap_high: float
    tau: float
    tau_u: float
    baseline_trend: float
    n_baseline: int
    n_programme: int
    words: Text


def single_case(phases: Phases, *, conf_level: float = 0.95) -> SingleCase:
    """Describe one course of repeated measurements by NAP and Tau-U.

    Of the m n pairs of a baseline and a programme measurement, NAP is the share in which
    the latter is better, ties counting half. Tau-U = (S_AB - S_A) / (m n), with S_AB the
    pairs better minus worse between the phases, and S_A those within the baseline, later
    against earlier.

    Parameters
    ----------
    phases : Phases
        The two series in order of time, from 3 measurements each.
    conf_level : float
        Coverage of NAP's interval.

    Returns
    -------
    SingleCase

    Raises
    ------
    Refusal
        With fewer than 3 measurements in a phase.

    Notes
    -----
    One measurement before and one after is no single-case experiment. Measurements of one
    person lean on each other, so the interval is too narrow and no p is given; a test only
    follows from a start that was drawn by lot (`randomisation_test`). From 3 to 4 baseline
    points the words say that they are few. Tau-U takes off the baseline's trend as if it
    would have gone on, and depends on how long each phase is: never compare it between
    families with other numbers of measurements.

    References
    ----------
    Parker & Vannest (2009). An improved effect size for single-case research: nonoverlap of
    all pairs. Behavior Therapy, 40(4), 357-367.
    Parker, Vannest, Davis & Sauber (2011). Combining nonoverlap and trend for single-case
    research: Tau-U. Behavior Therapy, 42(2), 284-299.
    Newcombe (2006). Confidence intervals for an effect size measure based on the
    Mann-Whitney statistic, part 2. Statistics in Medicine, 25(4), 559-573 (method 5).
    Tate et al. (2016). The Single-Case Reporting Guideline In BEhavioural Interventions
    (SCRIBE) 2016 statement. Physical Therapy, 96(7), e1-e10.

    Examples
    --------
    >>> from pilot.estimation.phases import phases_of
    >>> told = single_case(phases_of([3, 3, 4, 5], [4, 5, 6, 7, 7]))  # Parker et al. (2011)
    >>> round(told.nap, 3), round(told.tau, 3), round(told.tau_u, 3)
    (0.9, 0.8, 0.55)
    """
    for key, series in (("baseline", phases.baseline), ("programme", phases.programme)):
        if len(series) < POINTS_FROM:
            raise refusal(
                "short_phase",
                "single_case",
                "show the measurements as a line",
                n=len(series),
                phase=_PHASES[key],
                needed=POINTS_FROM,
            )
    before, during = phases.towards_better()
    m, n = len(before), len(during)
    between = _moves(before, during).sum()
    within = np.triu(_moves(before, before), k=1).sum()
    tau, nap = float(between / (m * n)), float((1 + between / (m * n)) / 2)
    low, high = nap_interval(nap, m, n, conf_level)
    return SingleCase(
        nap=nap,
        nap_low=low,
        nap_high=high,
        tau=tau,
        tau_u=float((between - within) / (m * n)),
        baseline_trend=float(within / (m * (m - 1) / 2)),
        n_baseline=m,
        n_programme=n,
        words=_words(nap, m, rising=within > 0),
    )


def nap_interval(nap: float, m: int, n: int, conf_level: float = 0.95) -> tuple[float, float]:
    """Return Newcombe's interval of a share of pairs, from m and n measurements.

    The limits are the shares x at which (nap - x)^2 equals z^2 times the variance
    x (1 - x) [1 + h ((1 - x) / (2 - x) + x / (1 + x))] / (m n), h = (m + n) / 2 - 1.

    Parameters
    ----------
    nap : float
    m, n : int
        Measurements in the two phases.
    conf_level : float
        Coverage of the interval.

    Notes
    -----
    It never leaves 0 to 1, and has a width at 0 and 1. With independent measurements it
    covers 94-97 % from m = 3 and n = 5 on (90 % at 3 and 3); where nothing changed and the
    measurements' autocorrelation is .4 it covers 79-91 %.

    Examples
    --------
    >>> low, high = nap_interval(38.5 / 42, 6, 7)  # Parker, Vannest & Davis (2011)
    >>> f"{low:.4f} {high:.4f}"
    '0.5973 0.9860'
    """
    z = float(special.ndtri((1 + conf_level) / 2))
    h = (m + n) / 2 - 1

    def beyond(x: float) -> float:
        variance = x * (1 - x) * (1 + h * ((1 - x) / (2 - x) + x / (1 + x))) / (m * n)
        return (nap - x) ** 2 - z * z * variance

    low = falling_root(beyond, 0.0, nap) if nap > 0 else 0.0
    high = falling_root(lambda x: -beyond(x), nap, 1.0) if nap < 1 else 1.0
    return low, high


def _moves(first: ArrayLike, second: ArrayLike) -> Numbers:
    """Return for each pair whether the second is better (1), worse (-1) or the same."""
    return np.sign(np.round(np.subtract.outer(second, first).T, 9))


def _words(nap: float, m: int, *, rising: bool) -> Text:
    told = {}
    for language in ("nl", "en"):
        trend = f" {getattr(_TREND, language)}" if rising else ""
        few = getattr(_FEW, language).format(n=m) if m < POINTS_WELL else ""
        told[language] = getattr(_SAID, language).format(nap=nap, trend=trend) + few
    return Text(**told)

"""How often something happened: a rate a person-year, or a share, with its interval."""

from __future__ import annotations

import math
from dataclasses import dataclass

from scipy import stats
from statsmodels.stats.proportion import proportion_confint

from pilot.errors import EstimationError
from pilot.estimation.ladder import INTERVAL_FROM
from pilot.estimation.reasons import refusal


@dataclass(frozen=True, slots=True)
class Rate:
    """A rate or a share, how sure it is, and how that was got.

    Parameters
    ----------
    estimate, conf_low, conf_high : float
        A person-year, or a share of people.
    events : int
        Of a share: people of whom it holds.
    exposure : float
        Person-years, or people.
    n : int
        People.
    method : str
        ``exact Poisson`` or ``Wilson``.
    """

    estimate: float
    conf_low: float
    conf_high: float
    events: int
    exposure: float
    n: int
    method: str


def event_rate(events: int, person_years: float, n: int, *, conf_level: float = 0.95) -> Rate:
    """Return how often something happened a person-year, with an exact Poisson interval.

    The limits are chi-squared quantiles: chi2(a/2; 2x) / (2T) and chi2(1 - a/2; 2x + 2) / (2T)
    for x events in T years.

    Parameters
    ----------
    events : int
        Events, at most one a person if the person is then no longer counted.
    person_years : float
        Years at risk, of all people together.
    n : int
        People those years are of.
    conf_level : float

    Returns
    -------
    Rate

    Raises
    ------
    EstimationError
        For a negative number of events, or years that are not above 0.
    Refusal
        Below 5 people.

    Notes
    -----
    The interval takes people as apart from each other and the rate as the same throughout.
    Not where one person's step makes the next one's likelier (a vacancy filled), nor to
    rank centres: with a dozen people each their intervals nearly always overlap.

    References
    ----------
    Garwood (1936). Fiducial limits for the Poisson distribution. Biometrika, 28, 437-442.

    Examples
    --------
    >>> rate = event_rate(6, 12.0, n=10)
    >>> rate.estimate, round(rate.conf_low, 4), round(rate.conf_high, 4)
    (0.5, 0.1835, 1.0883)
    """
    if events < 0 or not (math.isfinite(person_years) and person_years > 0):
        raise EstimationError(
            where="event_rate",
            cause=f"{events} events in {person_years:g} person-years",
            mend="give 0 or more events and the years, above 0, in which they could happen",
        )
    _refuse_few(n, "event_rate")
    tail = (1 - conf_level) / 2
    low = stats.chi2.ppf(tail, 2 * events) / 2 if events else 0.0
    high = stats.chi2.isf(tail, 2 * events + 2) / 2
    return Rate(
        events / person_years,
        float(low) / person_years,
        float(high) / person_years,
        events,
        person_years,
        n,
        "exact Poisson",
    )


def share_of(events: int, n: int, *, conf_level: float = 0.95) -> Rate:
    """Return of which share of people something holds, with a Wilson interval.

    Parameters
    ----------
    events : int
        People of whom it holds.
    n : int
        All people.
    conf_level : float

    Returns
    -------
    Rate

    Raises
    ------
    EstimationError
        When it holds of more people than there are, or of fewer than none.
    Refusal
        Below 5 people.

    Notes
    -----
    Not where people could move up for very different lengths of time: read the rate a
    person-year there.

    References
    ----------
    Wilson (1927). Probable inference, the law of succession, and statistical inference.
    JASA, 22(158), 209-212.

    Examples
    --------
    >>> share = share_of(6, 12)
    >>> share.estimate, round(share.conf_low, 4), round(share.conf_high, 4)
    (0.5, 0.2538, 0.7462)
    """
    if not 0 <= events <= n:
        raise EstimationError(
            where="share_of",
            cause=f"holds of {events} of {n} people",
            mend="count each person once, among all people",
        )
    _refuse_few(n, "share_of")
    low, high = proportion_confint(events, n, alpha=1 - conf_level, method="wilson")
    low, high = max(0.0, float(low)), min(1.0, float(high))
    return Rate(events / n, low, high, events, float(n), n, "Wilson")


def _refuse_few(n: int, where: str) -> None:
    if n < INTERVAL_FROM:
        raise refusal(
            "few_at_site", where, "give the counts to the team only", n=n, needed=INTERVAL_FROM
        )

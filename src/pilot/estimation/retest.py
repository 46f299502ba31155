"""What a published reliability measures: a form's own error, or how people usually move."""

from __future__ import annotations

import math

import numpy as np

from pilot.design.instrument import Reliability
from pilot.design.outcome import Outcome
from pilot.design.text import Text
from pilot.estimation.pairs import Pairs

RETEST_DAYS = 90  # a longer interval measures how people move, not how the form errs
DAYS_A_MONTH = 365.25 / 12
ABOUT = 1.5  # a retest over a time between 2/3 and 3/2 of the pilot's counts as the same
WITHIN = ("alpha", "kr20")
AGAIN = ("retest", "icc")


def measurement_error(outcome: Outcome) -> Reliability | None:
    """Return the published reliability that tells an outcome's measurement error, if any.

    Internal consistency first, else a retest known to be within 90 days.

    Examples
    --------
    >>> from dataclasses import replace
    >>> from pilot.estimation.example import SLEEP
    >>> year = Reliability(value=0.7, kind="retest", interval_days=365, source="made up")
    >>> measurement_error(replace(SLEEP, reliability=(year,))) is None
    True
    """
    within = [known for known in outcome.reliability if known.kind in WITHIN]
    soon = [
        known
        for known in outcome.reliability
        if known.kind in AGAIN
        and known.interval_days is not None
        and known.interval_days <= RETEST_DAYS
    ]
    return next(iter([*within, *soon]), None)


def usual_movement(outcome: Outcome, days: float) -> Reliability | None:
    """Return the published retest over about as many days, if any: the nearest in time.

    Examples
    --------
    >>> from dataclasses import replace
    >>> from pilot.estimation.example import SLEEP
    >>> year = Reliability(value=0.7, kind="retest", interval_days=365, source="made up")
    >>> usual_movement(replace(SLEEP, reliability=(year,)), days=400).value
    0.7
    """
    over = [
        (abs(math.log(known.interval_days / days)), known)
        for known in outcome.reliability
        if known.kind in AGAIN and known.interval_days and days > 0
    ]
    near = [pair for pair in over if pair[0] <= math.log(ABOUT)]
    return min(near, key=lambda pair: pair[0])[1] if near else None


def days_between(pairs: Pairs) -> float | None:
    """Return the median number of days between a person's two scores, None if not known.

    Examples
    --------
    >>> from pilot.estimation.example import sleep_pairs
    >>> days_between(sleep_pairs()) is None
    True
    """
    if pairs.everyone.empty:
        return None
    months = pairs.everyone.pivot(index="participant", columns="wave", values="months")
    if not {pairs.earlier, pairs.later} <= set(months.columns):
        return None
    both = months.reindex(pairs.table["participant"]).astype(float)
    gaps = (both[pairs.later] - both[pairs.earlier]).dropna()
    return float(np.median(gaps)) * DAYS_A_MONTH if len(gaps) else None


def beyond(known: Reliability) -> Text:
    """Say what a change beyond this reliability is more than.

    Examples
    --------
    >>> year = Reliability(value=0.7, kind="retest", interval_days=365, source="made up")
    >>> beyond(year).en
    'more than people usually move in a year, which is no measurement error'
    """
    days = known.interval_days
    if known.kind in WITHIN or (days is not None and days <= RETEST_DAYS):
        return Text(
            en="more than the questionnaire's own error",
            nl="meer dan de meetfout van de vragenlijst",
        )
    time = _time(days)
    return Text(
        en=f"more than people usually move {time.en}, which is no measurement error",
        nl=f"meer dan mensen {time.nl} gewoonlijk schommelen, en dat is geen meetfout",
    )


def _time(days: int | None) -> Text:
    if days is None:
        return Text(en="between two measurements", nl="tussen twee metingen")
    months = round(days / DAYS_A_MONTH)
    if months == 12:
        return Text(en="in a year", nl="in een jaar")
    return Text(en=f"in {months} months", nl=f"in {months} maanden")

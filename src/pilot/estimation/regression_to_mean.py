"""How far a group that starts low is expected to move back by itself."""

from __future__ import annotations

from dataclasses import dataclass

from pilot.design.instrument import Reference, Reliability
from pilot.design.text import Text
from pilot.estimation.pairs import Pairs
from pilot.estimation.reasons import refusal
from pilot.estimation.retest import DAYS_A_MONTH, days_between, usual_movement


@dataclass(frozen=True, slots=True)
class ExpectedRegression:
    """The change expected of these families had nothing been done, and the change seen.

    Parameters
    ----------
    expected : float
        (1 - r) (M - mean before), in points.
    observed : float
        The mean change of families, in points.
    mean_before : float
        Of families, their members averaged.
    reference : Reference
        The published group whose mean M is.
    retest : Reliability
        The published correlation r over about the same time.
    words : Text
        The sentence for the report.
    """

    expected: float
    observed: float
    mean_before: float
    reference: Reference
    retest: Reliability
    words: Text


_TOWARDS = Text(
    en="a group that starts at {before}, where {population} has {mean}, is expected to "
    "move {expected} points by itself; {observed} was seen",
    nl="een groep die begint op {before}, waar {population} op {mean} staat, schuift naar "
    "verwachting vanzelf {expected} punten op; gezien is {observed}",
)


def expected_regression(pairs: Pairs) -> ExpectedRegression:
    """Return the regression to the mean to expect, from a published mean and retest.

    A group whose first scores lie off the mean M of a population moves back by
    (1 - r) (M - mean before) when it is measured again, r being the correlation of two
    measurements as far apart as these. Both are published, on the outcome: the first
    reference mean, and the retest whose time is nearest to that between the waves (between
    two thirds and three halves of it).

    Parameters
    ----------
    pairs : Pairs
        With the months of each score (`complete_pairs`).

    Returns
    -------
    ExpectedRegression

    Raises
    ------
    Refusal
        For ordinal outcomes, without a published mean, without dates, and without a
        published retest over about that time.

    Notes
    -----
    It assumes that the families are drawn from that population by their low (or high) first
    score. Who differs from it for good, by income or language, does not move back: then the
    expected change is too large. It is no correction: show it beside the change, never
    subtract it, and never correlate change with the first score instead.

    References
    ----------
    Galton (1886). Regression towards mediocrity in hereditary stature. Journal of the
    Anthropological Institute, 15, 246-263.
    Barnett, van der Pols & Dobson (2005). Regression to the mean: what it is and how to
    deal with it. International Journal of Epidemiology, 34(1), 215-220.

    Examples
    --------
    >>> from dataclasses import replace
    >>> import pandas as pd
    >>> from pilot.estimation.example import SLEEP
    >>> from pilot.estimation.pairs import complete_pairs
    >>> norm = Reference(population="adults", mean=3.0, source="made up")
    >>> year = Reliability(value=0.6, kind="retest", interval_days=365, source="made up")
    >>> known = replace(SLEEP, reference=(norm,), reliability=(year,))
    >>> scores = pd.DataFrame(
    ...     {
    ...         "participant": [*"ab", *"ab"],
    ...         "wave": ["one"] * 2 + ["other"] * 2,
    ...         "months": [0, 0, 12, 12],
    ...         "sleep": [0.0, 2.0, 2.0, 3.0],
    ...     }
    ... )
    >>> pairs = complete_pairs(scores, known, "one", "other")
    >>> f"{expected_regression(pairs).expected:.1f}"  # (1 - 0.6) x (3 - 1)
    '0.8'
    """
    if pairs.outcome.level == "ordinal":
        raise refusal("mean_of_ordinal", pairs.where, "read the transition table")
    if pairs.table.empty:
        raise refusal(
            "no_pairs",
            pairs.where,
            "look in the flow at who is due and who left",
            earlier=pairs.earlier,
            later=pairs.later,
        )
    reference, retest = _published(pairs)
    before = float(pairs.table.groupby("family")["before"].mean().mean())
    expected = (1 - retest.value) * (reference.mean - before)
    observed = float(pairs.changes.mean())
    words = _words(reference, before=before, expected=expected, observed=observed)
    return ExpectedRegression(expected, observed, before, reference, retest, words)


def _published(pairs: Pairs) -> tuple[Reference, Reliability]:
    if not pairs.outcome.reference:
        raise refusal(
            "no_reference_mean",
            pairs.where,
            "add a published one to the instrument, with its source",
        )
    days = days_between(pairs)
    if days is None:
        raise refusal("no_time", pairs.where, "give the dates of answering")
    retest = usual_movement(pairs.outcome, days)
    if retest is None:
        raise refusal(
            "no_retest_over",
            pairs.where,
            "add a published one to the instrument, with its source",
            months=round(days / DAYS_A_MONTH),
        )
    return pairs.outcome.reference[0], retest


def _words(reference: Reference, **numbers: float) -> Text:
    shown = {name: f"{number:+.1f}" for name, number in numbers.items()} | {
        "before": f"{numbers['before']:.1f}",
        "mean": f"{reference.mean:g}",
    }
    commas = {name: number.replace(".", ",") for name, number in shown.items()}
    group = reference.population
    return Text(
        en=_TOWARDS.en.format(population=group.en, **shown),
        nl=_TOWARDS.nl.format(population=group.nl, **commas),
    )

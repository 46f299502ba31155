"""How badly those who left must have fared before a result no longer holds."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pilot.design.text import Text
from pilot.estimation.bounds import left_families
from pilot.estimation.pairs import Pairs
from pilot.estimation.reasons import refusal
from pilot.results import Estimate


@dataclass(frozen=True, slots=True)
class TippingPoint:
    """The change of those who left at which a result stops being certain of its direction.

    Parameters
    ----------
    share_left : float
        Of the families (or participants) that started, without both scores.
    stayers : float
        The estimate over those who stayed.
    delta : float or None
        How much those who left must differ from those who stayed; None where the result
        does not hold even without them, or nobody left.
    change_of_leavers : float or None
        ``stayers + delta``: the change they must have had.
    reachable : bool
        Whether the scale allows that change; where not, the result holds whatever they did.
    words : Text
        The line for the report.
    """

    share_left: float
    stayers: float
    delta: float | None
    change_of_leavers: float | None
    reachable: bool
    words: Text


_NOBODY = Text(
    en="nobody left, so nothing is hidden by who left",
    nl="niemand viel af, dus verbergen vertrekkers hier niets",
)
_NEVER = Text(
    en="does not hold even without those who left: their scores could go either way",
    nl="houdt ook zonder wie afviel geen stand: de richting is al onzeker",
)
_ALWAYS = Text(
    en="holds whatever those who left did ({share:.0%} of {units}): the scale has no room for "
    "the change of {change} it would take",
    nl="houdt stand hoe het wie afviel ook verging ({share:.0%} van de {units}): voor de "
    "verandering van {change} die daarvoor nodig is, biedt de schaal geen ruimte",
)
_UNTIL = Text(
    en="holds until those who left ({share:.0%} of {units}) changed by {change}",
    nl="houdt stand tot wie afviel ({share:.0%} van de {units}) {change} veranderde",
)
_UNTIL_NET = Text(
    en="holds until, among those who left ({share:.0%} of {units}), the share better minus "
    "the share worse was {change}",
    nl="houdt stand tot van wie afviel ({share:.0%} van de {units}) het aandeel beter min het "
    "aandeel slechter {change} was",
)
_ALWAYS_NET = Text(
    en="holds whatever those who left did ({share:.0%} of {units}): not even all of them "
    "going the other way would undo it",
    nl="houdt stand hoe het wie afviel ook verging ({share:.0%} van de {units}): ook als zij "
    "allemaal de andere kant op gingen",
)


def tipping_point(pairs: Pairs, estimate: Estimate) -> TippingPoint:
    """Find how much those who left must have changed before a direction is no longer certain.

    With s the share that left and delta how much their change differs from that of those
    who stayed, estimate(delta) = stayers' change + s delta, with the stayers' standard
    error. The direction is certain while the 95 % interval leaves 0 out; that ends at
    delta = -limit / s, limit being the interval's end nearest to 0.

    Parameters
    ----------
    pairs : Pairs
        With everyone who started (`complete_pairs(..., started=...)`).
    estimate : Estimate
        Of the same outcome and contrast, over those who stayed, with its 95 % interval.

    Returns
    -------
    TippingPoint

    Raises
    ------
    Refusal
        Where the estimate has no interval.

    Notes
    -----
    It says how far the truth may lie from missing at random, not how likely that is. Not
    beside a method that already uses people with one wave, such as the mixed model: delta
    would count them twice.

    References
    ----------
    Yan, Lee & Li (2009). Missing data handling methods in medical device clinical trials.
    Journal of Biopharmaceutical Statistics, 19(6), 1085-1098 (tipping-point analysis).
    Little & Rubin (2019). Statistical analysis with missing data, 3rd ed., ch. 15.

    Examples
    --------
    >>> from pilot.estimation.example import sleep_pairs
    >>> from pilot.estimation.means import paired_t
    >>> from pilot.estimation.plan import Plan
    >>> pairs = sleep_pairs(left=2)
    >>> tipping_point(pairs, paired_t(pairs, Plan("paired_t"))).words.en
    'holds until those who left (17% of participants) changed by -2.6'
    """
    low, high = estimate.conf_low, estimate.conf_high
    if estimate.estimate is None or low is None or high is None:
        raise refusal("no_interval", pairs.where, "read the worst case", n=len(pairs.families))
    stayers = estimate.estimate
    gone = left_families(pairs)
    share = len(gone) / (len(gone) + len(pairs.families))
    if low <= 0 <= high:
        return TippingPoint(share, stayers, None, None, False, _NEVER)
    if not share:
        return TippingPoint(share, stayers, None, None, False, _NOBODY)
    delta = -(low if low > 0 else high) / share
    change = stayers + delta
    bounds = _reachable(pairs, up=low < 0)
    reachable = change >= bounds if low > 0 else change <= bounds
    words = _words(pairs, reachable=reachable)
    return TippingPoint(
        share, stayers, delta, change, reachable, _said(words, pairs, share, change)
    )


def _reachable(pairs: Pairs, *, up: bool) -> float:
    """Return the mean change of those who left, had each gone as far as the scale goes."""
    if pairs.outcome.level == "ordinal":
        return 1.0 if up else -1.0
    return float(np.mean(left_families(pairs, up=up)))


def _words(pairs: Pairs, *, reachable: bool) -> Text:
    if pairs.outcome.level == "ordinal":
        return _UNTIL_NET if reachable else _ALWAYS_NET
    return _UNTIL if reachable else _ALWAYS


def _said(words: Text, pairs: Pairs, share: float, change: float) -> Text:
    shown = f"{change:+.0%}" if pairs.outcome.level == "ordinal" else _points(change)
    return Text(
        en=words.en.format(share=share, units=pairs.units.en, change=shown),
        nl=words.nl.format(share=share, units=pairs.units.nl, change=shown.replace(".", ",")),
    )


def _points(change: float) -> str:
    return f"{change:+.1f}" if abs(change) >= 0.1 else f"{change:+.2f}"

"""What remains of a change if the neighbourhood moved too: stated, never subtracted."""

from __future__ import annotations

import math
from dataclasses import dataclass

from pilot.design.text import Text
from pilot.errors import EstimationError
from pilot.estimation.reasons import refusal
from pilot.results import Estimate


@dataclass(frozen=True, slots=True)
class HistoryShift:
    """A change, how much of it a stated shift would take, and when nothing certain is left.

    Parameters
    ----------
    estimate : float
        The change as estimated, in points.
    shift : float
        How far people around them are stated to have moved by themselves, in points.
    source : str
        Where that is stated.
    remains, conf_low, conf_high : float
        The change beyond the shift, with the estimate's own interval moved along; the
        shift is taken as known.
    holds_until : float or None
        The shift at which the interval of what remains reaches 0; None where it holds 0
        without any shift.
    words : Text
        The line for the report.
    """

    estimate: float
    shift: float
    source: str
    remains: float
    conf_low: float
    conf_high: float
    holds_until: float | None
    words: Text


_REMAINS = Text(
    en="if the neighbourhood moved by {shift} by itself ({source}), {remains} of the change of "
    "{estimate} remains [{low}, {high}]",
    nl="als de buurt vanzelf {shift} opschoof ({source}), blijft van de verandering van "
    "{estimate} over: {remains} [{low}; {high}]",
)
_UNTIL = {
    1: Text(
        en="the direction holds until the neighbourhood's own rise exceeds {until}",
        nl="de richting houdt stand tot de buurt zelf meer dan {until} steeg",
    ),
    -1: Text(
        en="the direction holds until the neighbourhood's own fall exceeds {until}",
        nl="de richting houdt stand tot de buurt zelf meer dan {until} daalde",
    ),
    0: Text(
        en="the direction is uncertain even without any such shift",
        nl="de richting is ook zonder zo'n verschuiving onzeker",
    ),
}


def history_shift(estimate: Estimate, shift: float, source: str) -> HistoryShift:
    """Return what remains of a change if people around moved by a stated shift.

    estimate(delta) = estimate - delta, with the estimate's own standard error. The
    direction is certain while the 95 % interval leaves 0 out; that ends when delta equals
    the interval's end nearest to 0.

    Parameters
    ----------
    estimate : Estimate
        A mean change with its 95 % interval, in points.
    shift : float
        How far such people moved without the programme over the same months, in the same
        points: stated in the design before the data, with its source.
    source : str
        Where that stands.

    Returns
    -------
    HistoryShift

    Raises
    ------
    Refusal
        For ordinal outcomes, and where the estimate has no interval.

    Notes
    -----
    The shift is somebody's statement about other people and mostly about another measure:
    it is never subtracted from the estimate, only shown beside it, and its own uncertainty
    is not in the interval. Where a comparison group was measured, use that instead.

    References
    ----------
    Campbell & Stanley (1963). Experimental and quasi-experimental designs for research
    (history as a rival explanation).
    Rosenbaum (2002). Observational studies, 2nd ed., ch. 4 (how strong a rival would have
    to be).

    Examples
    --------
    >>> from pilot.estimation.example import sleep_pairs
    >>> from pilot.estimation.means import paired_t
    >>> from pilot.estimation.plan import Plan
    >>> told = history_shift(paired_t(sleep_pairs(), Plan("paired_t")), 0.5, "made up")
    >>> f"{told.remains:.2f} [{told.conf_low:.2f}, {told.conf_high:.2f}]"
    '1.08 [0.20, 1.96]'
    >>> told.words.en.split("; ")[-1]
    "the direction holds until the neighbourhood's own rise exceeds 0.7"
    """
    where = f"outcome {estimate.outcome.key!r}, {estimate.contrast}"
    if estimate.outcome.level == "ordinal":
        raise refusal("mean_of_ordinal", where, "name the shift in words, without a number")
    low, high = estimate.conf_low, estimate.conf_high
    if estimate.estimate is None or low is None or high is None:
        raise refusal("no_interval", where, "name the history in words")
    _refuse_what_is_not_stated(shift, source)
    side = 1 if low > 0 else -1 if high < 0 else 0
    until = {1: low, -1: high, 0: None}[side]
    told = (estimate.estimate, shift, estimate.estimate - shift, low - shift, high - shift)
    return HistoryShift(
        estimate=estimate.estimate,
        shift=shift,
        source=source,
        remains=told[2],
        conf_low=told[3],
        conf_high=told[4],
        holds_until=until,
        words=_words(told, source, side, until),
    )


def stated_history(estimate: Estimate) -> HistoryShift | None:
    """Return what remains beyond the shift that the design states, or None if it states none.

    Parameters
    ----------
    estimate : Estimate
        Its outcome carries what was stated (``[[planned]] history``).

    Examples
    --------
    >>> from dataclasses import replace
    >>> from pilot.design.history import StatedShift
    >>> from pilot.estimation.example import SLEEP, sleep_pairs
    >>> from pilot.estimation.means import paired_t
    >>> from pilot.estimation.plan import Plan
    >>> change = paired_t(sleep_pairs(), Plan("paired_t"))
    >>> stated_history(change) is None
    True
    >>> stated = replace(SLEEP, history=StatedShift(shift=0.5, source="made up"))
    >>> round(stated_history(replace(change, outcome=stated)).remains, 2)
    1.08
    """
    stated = estimate.outcome.history
    return None if stated is None else history_shift(estimate, stated.shift, stated.source)


def _refuse_what_is_not_stated(shift: float, source: str) -> None:
    if not math.isfinite(shift):
        raise EstimationError(
            where="history_shift",
            cause=f"the shift is {shift:g}",
            mend="state it in points of this score",
        )
    if not source.strip():
        raise EstimationError(
            where="history_shift",
            cause="the shift has no source",
            mend="say where it is stated, or leave it out",
        )


def _words(told: tuple[float, ...], source: str, side: int, until: float | None) -> Text:
    names = ("estimate", "shift", "remains", "low", "high")
    points = {name: f"{number:+.1f}" for name, number in zip(names, told, strict=True)}
    points["until"] = "" if until is None else f"{abs(until):.1f}"
    commas = {name: number.replace(".", ",") for name, number in points.items()}
    lines = [
        (each.nl.format(source=source, **commas), each.en.format(source=source, **points))
        for each in (_REMAINS, _UNTIL[side])
    ]
    return Text(nl="; ".join(nl for nl, _ in lines), en="; ".join(en for _, en in lines))

"""How many people stood at the end of a scale already, and what that hides."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from pilot.design.text import Text
from pilot.estimation.pairs import Pairs
from pilot.estimation.reasons import refusal

WARN_FROM = 0.20
AT_END = 1e-9

_HIDDEN: dict[str, Text] = {
    "best": Text(
        en="{share:.0%} of {n} people already had the best score at {wave}: they could not "
        "improve, so the change shown is smaller than what may have happened",
        nl="{share:.0%} van {n} mensen had bij {wave} al de beste score: zij konden niet "
        "vooruitgaan, dus de verandering lijkt kleiner dan zij misschien was",
    ),
    "worst": Text(
        en="{share:.0%} of {n} people already had the worst score at {wave}: they could not "
        "get worse, so the change shown may look better than it was",
        nl="{share:.0%} van {n} mensen had bij {wave} al de slechtste score: zij konden niet "
        "achteruitgaan, dus de verandering kan beter lijken dan zij was",
    ),
    "lowest": Text(
        en="{share:.0%} of {n} people already had the lowest score at {wave}: they could only "
        "move up",
        nl="{share:.0%} van {n} mensen had bij {wave} al de laagste score: zij konden alleen "
        "omhoog",
    ),
    "highest": Text(
        en="{share:.0%} of {n} people already had the highest score at {wave}: they could only "
        "move down",
        nl="{share:.0%} van {n} mensen had bij {wave} al de hoogste score: zij konden alleen "
        "omlaag",
    ),
}
_ENDS = {1: ("worst", "best"), -1: ("best", "worst"), 0: ("lowest", "highest")}


@dataclass(frozen=True, slots=True)
class FloorAndCeiling:
    """The shares of people at the two ends of a scale, at the first wave of a contrast.

    Parameters
    ----------
    floor, ceiling : float
        Shares at the lowest and at the highest score that exists.
    warning : Text or None
        What 20 % or more at an end hides; None where both shares are smaller.
    """

    wave: str
    n: int
    floor: float
    ceiling: float
    warning: Text | None = None


def floor_and_ceiling(pairs: Pairs) -> FloorAndCeiling:
    """Return the shares of people at the lowest and highest score of the earlier wave.

    Everyone of the role with a score at that wave counts, also who left later.

    Parameters
    ----------
    pairs : Pairs
        Of one outcome, whose ``low`` and ``high`` are the ends.

    Returns
    -------
    FloorAndCeiling
        With a warning in both languages where a share is 20 % or more. Where higher is
        worse, the floor is where nobody can improve.

    Notes
    -----
    It warns, it mends nothing: no transformation brings back what the form did not ask.
    Not for single items of three or four answers, where 20 % at an end is usual.

    References
    ----------
    Terwee et al. (2007). Quality criteria were proposed for measurement properties of
    health status questionnaires. Journal of Clinical Epidemiology, 60(1), 34-42 (who warn
    from 15 %).

    Examples
    --------
    >>> from pilot.estimation.example import ladder_pairs
    >>> ends = floor_and_ceiling(ladder_pairs())
    >>> ends.n, ends.floor, ends.ceiling
    (10, 0.2, 0.1)
    >>> ends.warning.en[:58]
    '20% of 10 people already had the worst score at one: they '
    """
    scores = _earlier(pairs)
    if scores.empty:
        raise refusal(
            "no_scores_at", pairs.where, "see who is due at that wave", wave=pairs.earlier
        )
    outcome, n = pairs.outcome, len(scores)
    floor = float((np.abs(scores - outcome.low) <= AT_END).mean())
    ceiling = float((np.abs(scores - outcome.high) <= AT_END).mean())
    shares = dict(zip(_ENDS[outcome.better_sign], (floor, ceiling), strict=True))
    hidden = [
        _filled(_HIDDEN[end], share=share, n=n, wave=pairs.earlier)
        for end, share in shares.items()
        if share >= WARN_FROM - AT_END
    ]
    return FloorAndCeiling(pairs.earlier, n, floor, ceiling, _joined(hidden))


def _earlier(pairs: Pairs) -> pd.Series:
    if not pairs.everyone.empty:
        scores: pd.Series = pairs.everyone.loc[pairs.everyone["wave"] == pairs.earlier, "score"]
    else:
        scores = pd.concat([pairs.table["before"], pairs.lost["before"]])
    return scores.dropna()


def _filled(words: Text, **parts: object) -> Text:
    return Text(nl=words.nl.format(**parts), en=words.en.format(**parts))


def _joined(told: list[Text]) -> Text | None:
    if not told:
        return None
    return Text(nl="; ".join(one.nl for one in told), en="; ".join(one.en for one in told))

"""What simulations measured under trouble: scores at a bound, and skewed changes.

The figures in ``validated.csv`` are written by ``make validate``, never by hand; all of them
stand in ``docs/validation.md``.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from pilot.design.text import LANGUAGES, Text
from pilot.estimation.pairs import Pairs
from pilot.estimation.t import no_spread
from pilot.results import Trouble

Condition = Literal["bound", "mostly bound", "skewed"]

BOUND_FROM = 0.40
MOSTLY_FROM = 0.70
SKEW_FROM = 12  # families, below which a sample does not show whether changes are skewed
SKEWED = 1.0
AT_END = 1e-9

_WORDS: dict[Trouble, Text] = {
    "ceiling": Text(
        en="{share:.0%} of the scores at one wave are the highest there is",
        nl="{share:.0%} van de scores op één meting is de hoogste die er is",
    ),
    "floor": Text(
        en="{share:.0%} of the scores at one wave are the lowest there is",
        nl="{share:.0%} van de scores op één meting is de laagste die er is",
    ),
    "skew": Text(
        en="a few families changed much more than the others",
        nl="een paar gezinnen veranderden veel meer dan de andere",
    ),
}
_HELD = Text(
    en="; in simulations of scores like these the 95% interval held the truth in {held:.0f} "
    "of 100",
    nl="; in simulaties met zulke scores bevatte de marge van 95% de waarheid in {held:.0f} "
    "van de 100 keer",
)


@dataclass(frozen=True, slots=True)
class Found:
    """What makes the interval of these scores less sure.

    Parameters
    ----------
    trouble : {"floor", "ceiling", "skew"}
    condition : str
        Under which it was simulated.
    share : float
        Of the scores at the bound, at the wave with most of them; 0 for skew.
    """

    trouble: Trouble
    condition: Condition
    share: float = 0.0

    @property
    def words(self) -> Text:
        """What was seen, as a clause."""
        return _filled(_WORDS[self.trouble], share=self.share)


def found_in(pairs: Pairs) -> Found | None:
    """Return what makes an interval of these scores less sure, if anything.

    A bound when at least 40 % of the scores of one wave are at it; skew when the changes of
    at least 12 families have a skewness of 1 or more, either way. With fewer families a
    sample does not show skew, so only the bounds count there.

    Examples
    --------
    >>> from pilot.estimation.example import SLEEP, sleep_pairs
    >>> found_in(sleep_pairs()) is None
    True
    """
    ends: list[tuple[float, Trouble]] = []
    for scores in _waves(pairs):
        outcome = pairs.outcome
        ends.append((float((np.abs(scores - outcome.high) <= AT_END).mean()), "ceiling"))
        ends.append((float((np.abs(scores - outcome.low) <= AT_END).mean()), "floor"))
    share, trouble = max(ends, default=(0.0, "ceiling"))
    if share >= BOUND_FROM:
        mostly = share >= MOSTLY_FROM
        return Found(trouble, "mostly bound" if mostly else "bound", share)
    return Found("skew", "skewed") if _skewed(pairs.changes) else None


def measured(method: str, n_families: int, condition: Condition) -> float | None:
    """Return the share of 95 % intervals that held the truth in simulations.

    Parameters
    ----------
    method : str
        Its name in the registry.
    n_families : int
        With both waves; the figure is that of the nearest number below that was simulated.
    condition : {"bound", "mostly bound", "skewed"}
        Scores of which 47 to 66 % are at a bound (70 to 85 % for ``mostly bound``), the
        lowest of several designs; exponential changes.

    Returns
    -------
    float or None
        None where nothing was simulated.

    Examples
    --------
    >>> 0.85 < measured("paired_t", 13, "skewed") < 0.95
    True
    >>> measured("net_better", 13, "bound") is None
    True
    """
    known = {n: share for n, share in _table().get((method, condition), ()) if n <= n_families}
    return known[max(known)] if known else None


def caution(pairs: Pairs, method: str) -> Text | None:
    """Return what simulations say of a method on scores like these, as a sentence.

    Returns
    -------
    Text or None
        None where nothing is the matter, or the method was not simulated so.

    Notes
    -----
    It speaks of scores like these, not of this sample: whether this interval holds the truth
    nobody knows.

    Examples
    --------
    >>> from pilot.estimation.example import sleep_pairs
    >>> caution(sleep_pairs(), "paired_t") is None
    True
    """
    found = found_in(pairs)
    share = None if found is None else measured(method, len(pairs.families), found.condition)
    if found is None or share is None:
        return None
    held = _filled(_HELD, held=100 * share)
    return Text(nl=found.words.nl + held.nl, en=found.words.en + held.en)


@cache
def _table() -> dict[tuple[str, str], tuple[tuple[int, float], ...]]:
    source = files("pilot.estimation") / "validated.csv"
    table: dict[tuple[str, str], tuple[tuple[int, float], ...]] = {}
    for row in csv.DictReader(source.read_text(encoding="utf-8").splitlines()):
        key = (row["method"], row["condition"])
        table[key] = (*table.get(key, ()), (int(row["n_families"]), float(row["coverage_95"])))
    return table


def _waves(pairs: Pairs) -> list[NDArray[np.float64]]:
    """Return the scores of both waves, of everyone who has them."""
    everyone = pairs.everyone
    if everyone.empty:
        return [side for side in (pairs.before, pairs.after) if len(side)]
    sides = (
        everyone.loc[everyone["wave"] == wave, "score"] for wave in (pairs.earlier, pairs.later)
    )
    return [side.to_numpy(dtype=float) for side in sides if len(side)]


def _skewed(changes: NDArray[np.float64]) -> bool:
    if len(changes) < SKEW_FROM or no_spread(changes):
        return False
    away = changes - changes.mean()
    return bool(abs((away**3).mean()) / (away**2).mean() ** 1.5 >= SKEWED)


def _filled(words: Text, **parts: float) -> Text:
    return Text(**{each: words.in_(each).format(**parts) for each in LANGUAGES})

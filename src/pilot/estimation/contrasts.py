"""The pairs of every outcome of a study, made once for all that is told of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pandas as pd

from pilot.design.outcome import Outcome
from pilot.estimation.pairs import Pairs, pairs_of
from pilot.estimation.panel import rows_of
from pilot.estimation.reasons import Refusal, refusal


@dataclass(frozen=True, slots=True, eq=False)
class Contrast:
    """One outcome at its last wave with data minus its first.

    Parameters
    ----------
    outcome : Outcome
    words : str
        ``"<later wave> - <earlier wave>"``; where there are no pairs, the one to come.
    pairs : Pairs or Refusal
        The pairs, or why there are none.
    """

    outcome: Outcome
    words: str
    pairs: Pairs | Refusal


@dataclass(frozen=True, slots=True, eq=False)
class Contrasts:
    """The contrasts of a study's outcomes, with the scores they were made from.

    Parameters
    ----------
    scores : DataFrame
    waves : tuple of str
        Those held, in the order they were lived.
    each : tuple of Contrast
        One an outcome, in their order.
    """

    scores: pd.DataFrame
    waves: tuple[str, ...]
    each: tuple[Contrast, ...]


def contrasts_of(
    scores: pd.DataFrame,
    outcomes: Outcome | Iterable[Outcome],
    waves: Sequence[str],
    started: pd.DataFrame | None = None,
) -> Contrasts:
    """Pair the scores of every outcome, for what is then told of them from the same pairs.

    Parameters
    ----------
    scores, outcomes, waves
        As `estimate_change` takes them.
    started : DataFrame, optional
        Everyone whose later score is due (see `complete_pairs`).

    Examples
    --------
    >>> from pilot.estimation.example import SLEEP
    >>> two = pd.DataFrame(
    ...     {"participant": ["a", "a"], "wave": ["m0", "m24"], "sleep": [1.0, 2.0]}
    ... )
    >>> [each.words for each in contrasts_of(two, SLEEP, ["m0", "m12", "m24"]).each]
    ['m24 - m0']
    """
    chosen = [outcomes] if isinstance(outcomes, Outcome) else outcomes
    made = (_contrast(scores, outcome, waves, started) for outcome in chosen)
    return Contrasts(scores, tuple(waves), tuple(made))


def contrast_pairs(
    scores: pd.DataFrame,
    outcome: Outcome,
    waves: Sequence[str],
    *,
    started: pd.DataFrame | None = None,
) -> Pairs:
    """Return the pairs of an outcome's contrast: its last wave with data minus its first.

    Raises
    ------
    Refusal
        When it was asked once only, or has scores at fewer than two waves so far.

    Examples
    --------
    >>> from pilot.estimation.example import SLEEP
    >>> two = pd.DataFrame(
    ...     {"participant": ["a", "a"], "wave": ["m0", "m24"], "sleep": [1.0, 2.0]}
    ... )
    >>> contrast_pairs(two, SLEEP, ["m0", "m12", "m24"]).contrast
    'm24 - m0'
    """
    where = f"outcome {outcome.key!r}"
    if outcome.key not in scores:
        raise refusal("no_scores", where, "see why scoring refused it")
    if len(outcome.waves) == 1:
        raise refusal("asked_once", where, "ask it at a later wave too")
    rows = rows_of(scores, outcome, _asked(outcome, waves))
    with_data = list(rows["wave"].unique())  # rows_of keeps the order of the waves
    if len(with_data) < 2:
        key = "one_wave" if with_data else "no_scores"
        raise refusal(key, where, "wait for the next wave")
    return pairs_of(rows, outcome, (with_data[0], with_data[-1]), started)


def open_contrast(outcome: Outcome, waves: Sequence[str]) -> str:
    """Name the contrast that is still to come: the last planned wave minus the first.

    Examples
    --------
    >>> from pilot.estimation.example import SLEEP
    >>> open_contrast(SLEEP, ["one", "other"]), open_contrast(SLEEP, ["one"])
    ('other - one', '? - one')
    """
    planned = list(outcome.waves) or list(waves)
    if len(planned) > 1:
        return f"{planned[-1]} - {planned[0]}"
    return " - ".join(["?", *planned])


def _contrast(
    scores: pd.DataFrame,
    outcome: Outcome,
    waves: Sequence[str],
    started: pd.DataFrame | None,
) -> Contrast:
    try:
        pairs = contrast_pairs(scores, outcome, waves, started=started)
    except Refusal as why:
        return Contrast(outcome, open_contrast(outcome, waves), why)
    return Contrast(outcome, pairs.contrast, pairs)


def _asked(outcome: Outcome, waves: Sequence[str]) -> list[str]:
    return [wave for wave in waves if not outcome.waves or wave in outcome.waves]

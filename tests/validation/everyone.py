"""The mixed model of everyone with at least one score, data set by data set."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from tests.validation.answers import Answers, Floats
from tests.validation.draw import Draw
from tests.validation.means import enough

from pilot.errors import EstimationError
from pilot.estimation.everyone import Everyone, change_of_everyone

FIELDS = (
    "estimate",
    "p_value",
    "df",
    "conf_low",
    "conf_high",
    "conf_low_75",
    "conf_high_75",
)


def mixed_kr(drawn: Draw) -> Answers:
    """Answer as the registry's `mixed_kr`."""
    people, waves = drawn.scores.shape[1:]
    whole = Everyone(
        family=np.repeat(drawn.family, waves),
        participant=np.repeat(np.arange(people), waves),
        wave=np.tile(np.arange(waves), people),
        months=np.tile(drawn.months, people),
        score=np.zeros(people * waves),
        waves=tuple(f"w{wave}" for wave in range(waves)),
    )
    numbers = np.full((len(FIELDS), len(drawn.scores)), np.nan)
    for row in np.flatnonzero(enough(drawn)):
        numbers[:, row] = _fit(whole, drawn.scores[row].ravel())
    return Answers(*numbers, truth=drawn.truth, tested=drawn.truth == 0)


def _fit(whole: Everyone, scores: Floats) -> list[float]:
    here = np.isfinite(scores)
    known = replace(whole, score=scores)
    if not here.all():
        parts = ("family", "participant", "wave", "months", "score")
        known = replace(known, **{name: getattr(known, name)[here] for name in parts})
    try:
        change = change_of_everyone(known, whole.waves[0], whole.waves[-1]).change
    except EstimationError:
        return [np.nan] * len(FIELDS)
    return [getattr(change, name) for name in FIELDS]

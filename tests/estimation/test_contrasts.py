"""The pairs of a study are made once, and say what each function would have paired itself."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Any

import pandas as pd
import pytest

from pilot.design.outcome import Outcome
from pilot.estimation import (
    Pairs,
    Refusal,
    beside,
    contrast_pairs,
    contrasts,
    contrasts_of,
    estimate_change,
    estimates_of,
    individual_changes,
    sites_left_out,
    slopes,
)

WAVES = ["m0", "m12", "m24"]
TELLING = (estimates_of, individual_changes, sites_left_out, beside, slopes)
FRAMES = ("table", "lost", "everyone", "families")


def test_every_outcome_has_its_pairs_or_its_reason(
    scores: pd.DataFrame, outcome: Outcome
) -> None:
    """In the order of the outcomes; one that was asked once says so and keeps its waves."""
    once = replace(outcome, key="asked_once", waves=("m24",))
    made = contrasts_of(scores.assign(asked_once=1.0), [once, outcome], WAVES)
    refused, paired = made.each

    assert isinstance(refused.pairs, Refusal)
    assert refused.pairs.cause == "was asked at one wave only, and a change needs two"
    assert refused.words == "? - m24"
    assert isinstance(paired.pairs, Pairs)
    assert paired.words == "m24 - m0"
    pd.testing.assert_frame_equal(
        paired.pairs.table, contrast_pairs(scores, outcome, WAVES).table
    )


def test_estimates_are_those_of_the_scores(scores: pd.DataFrame, outcome: Outcome) -> None:
    """The same rows to the last digit, whether the pairs were made before or inside."""
    started = scores.loc[scores["wave"] == "m0", ["participant", "family", "site", "role"]]
    rows = estimates_of(contrasts_of(scores, outcome, WAVES, started), "sites")
    alone = estimate_change(scores, outcome, WAVES, generalises_to="sites", started=started)

    assert [row.to_record() for row in rows] == [row.to_record() for row in alone]


def test_telling_changes_nothing_in_the_pairs(scores: pd.DataFrame, outcome: Outcome) -> None:
    """What one function did to them, the next would see."""
    made = contrasts_of(scores, outcome, WAVES)
    frames = [getattr(made.each[0].pairs, name) for name in FRAMES]
    before = [frame.copy(deep=True) for frame in frames]
    for tell in TELLING:
        tell(made)

    for frame, known in zip(frames, before, strict=True):
        pd.testing.assert_frame_equal(frame, known, check_exact=True)


def test_nobody_pairs_a_second_time(
    scores: pd.DataFrame, outcome: Outcome, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Five functions tell of two outcomes, and each outcome was paired once."""
    pairs_of, times = contrasts.pairs_of, Counter[str]()

    def counted(rows: pd.DataFrame, asked: Outcome, *more: Any) -> Pairs:
        times[asked.key] += 1
        return pairs_of(rows, asked, *more)

    monkeypatch.setattr(contrasts, "pairs_of", counted)
    other = replace(outcome, key="other")
    made = contrasts_of(scores.assign(other=scores[outcome.key]), [outcome, other], WAVES)
    for tell in TELLING:
        tell(made)

    assert times == {outcome.key: 1, "other": 1}

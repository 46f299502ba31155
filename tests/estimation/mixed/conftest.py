"""Pilots that several tests of mixed models start from."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

Pilot = Callable[..., pd.DataFrame]


@pytest.fixture
def pilot() -> Pilot:
    """Return a maker of simulated families with people in them, asked at several waves."""

    def made(
        families: int = 12,
        people: tuple[int, ...] = (1, 2, 3),
        waves: int = 2,
        lost: float = 0.15,
        seed: int = 1,
    ) -> pd.DataFrame:
        draw = np.random.default_rng(seed)
        size = [people[family % len(people)] for family in range(families)]
        family = np.repeat(np.repeat(np.arange(families), size), waves)
        participant = np.repeat(np.arange(sum(size)), waves)
        wave = np.tile(np.arange(waves), sum(size))
        months = 6.0 * wave + draw.uniform(-1, 1, len(wave)).round(2)
        score = 20 + 0.5 * wave + draw.normal(0, 1.5, families)[family]
        score += draw.normal(0, 0.1, families)[family] * months
        score += draw.normal(0, 1.0, families * waves)[family * waves + wave]
        score += draw.normal(0, 1.0, sum(size))[participant] + draw.normal(0, 1, len(wave))
        data = pd.DataFrame(
            {
                "family": family,
                "participant": participant,
                "site": np.array(["north", "east", "south", "west"])[family % 4],
                "wave": [f"t{number}" for number in wave],
                "months": months,
                "age": np.repeat(draw.integers(20, 65, sum(size)), waves),
                "interviewer": draw.choice(["ann", "bob", "cem"], len(wave)),
                "score": score,
            }
        )
        return data[draw.random(len(data)) >= lost].reset_index(drop=True)

    return made

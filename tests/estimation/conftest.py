"""Tables that several tests of estimation start from."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd
import pytest

from pilot.design.outcome import Outcome
from pilot.design.text import Text
from pilot.estimation import Pairs


@pytest.fixture
def outcome() -> Outcome:
    """Return a sum of ten items, higher is better."""
    label = Text(nl="Zelfvertrouwen", en="Self-efficacy")
    return Outcome("gse_10_total", label, "better", 10, 40, role="parent", waves=("m0", "m24"))


@pytest.fixture
def ladder() -> Outcome:
    """Return a ladder of six steps, higher is better."""
    label = Text(nl="Participatieladder", en="Participation ladder")
    return Outcome("ladder", label, "better", 1, 6, level="ordinal", role="parent")


@pytest.fixture
def pairs_from() -> Callable[..., Pairs]:
    """Return a maker of pairs from scores; each person is a family of one by default."""

    def make(
        outcome: Outcome,
        before: Sequence[float],
        after: Sequence[float],
        family: Sequence[str] | None = None,
        site: Sequence[str] | None = None,
    ) -> Pairs:
        people = [f"p{i:03d}" for i in range(len(before))]
        table = pd.DataFrame(
            {
                "participant": people,
                "family": people if family is None else list(family),
                "site": [None] * len(people) if site is None else list(site),
                "before": np.asarray(before, dtype=float),
                "after": np.asarray(after, dtype=float),
            }
        )
        return Pairs(outcome, "m0", "m24", table)

    return make


@pytest.fixture
def scores() -> pd.DataFrame:
    """Return nine parents and two children of six families at two sites, one mother lost."""
    family = ["a", "a", "b", "b", "c", "d", "e", "e", "f"]
    before = [20.0, 24, 30, 28, 22, 25, 19, 21, 27]
    after = [26.0, 26, 33, 27, 25, np.nan, 23, 24, 30]
    people = pd.DataFrame(
        {
            "participant": [f"p{i}" for i in range(9)],
            "family": family,
            "site": ["north" if name < "d" else "south" for name in family],
            "role": "parent",
        }
    )
    waves = [
        people.assign(wave="m0", months=0.0, gse_10_total=before),
        people.assign(wave="m12", months=12.0, gse_10_total=np.nan),
        people.assign(wave="m24", months=24.0, gse_10_total=after),
    ]
    children = pd.DataFrame(
        {
            "participant": ["k1", "k1", "k2", "k2"],
            "family": ["a", "a", "b", "b"],
            "site": "north",
            "role": "child",
            "wave": ["m0", "m24"] * 2,
            "months": [0.0, 24.0] * 2,
            "gse_10_total": [10.0, 40.0] * 2,
        }
    )
    return pd.concat([*waves, children], ignore_index=True)

"""How often the models of a pilot reject when nothing happened, and how often they cover.

Prints rejections at 5 % with Monte Carlo errors, by Kenward-Roger and Satterthwaite, for
families over two and five waves: ``python tests/benchmarks/mixed_type_one.py [data sets]``.
The family + participant model stands there to be seen failing: intercepts alone take what a
family shares at one wave for change.
"""

from __future__ import annotations

import math
import sys

import numpy as np
import pandas as pd

from pilot.errors import EstimationError
from pilot.estimation.mixed import mixed_model

MODELS = {
    2: {
        "family + family:wave + participant": ["family", "family:wave", "participant"],
        "family + participant": ["family", "participant"],
    },
    5: {
        "months|family + family:wave + participant": [
            *("months | family", "family:wave", "participant"),
        ],
        "family + participant": ["family", "participant"],
    },
}


def nothing_happened(families: int, waves: int, seed: int) -> pd.DataFrame:
    """Simulate two people a family, 15 % of answers lost, no change of the mean."""
    draw = np.random.default_rng((seed, families, waves))
    family = np.repeat(np.arange(families), 2 * waves)
    participant = np.repeat(np.arange(2 * families), waves)
    wave = np.tile(np.arange(waves), 2 * families)
    months = 6.0 * wave + draw.uniform(-1, 1, len(wave))
    score = draw.normal(0, 1, len(wave)) + draw.normal(0, 2, families)[family]
    score += draw.normal(0, 0.05, families)[family] * months
    score += draw.normal(0, 0.8, families * waves)[family * waves + wave]
    score += draw.normal(0, 1.2, 2 * families)[participant]
    data = pd.DataFrame(
        {
            "family": family,
            "participant": participant,
            "wave": [f"t{number}" for number in wave],
            "months": months,
            "score": score,
        }
    )
    return data[draw.random(len(data)) >= 0.15]


def main(sets: int = 1000) -> None:
    """Print one line a design and model."""
    print(
        f"{'families':>8s} {'waves':>5s}  {'model':42s}{'KR':>8s}{'Satt.':>8s}{'refused':>9s}"
    )
    for waves, models in MODELS.items():
        for families in (4, 8, 16):
            for name, groups in models.items():
                counts, refused = np.zeros(2), 0
                for seed in range(sets):
                    data = nothing_happened(families, waves, seed)
                    try:
                        fit = mixed_model("score ~ wave", data, groups=groups)
                    except EstimationError:
                        refused += 1
                        continue
                    for place, df in enumerate(("kenward-roger", "satterthwaite")):
                        counts[place] += fit.coefficients(df=df).p_value.iloc[-1] < 0.05
                kr, plain = 100 * counts / (sets - refused)
                print(f"{families:8d} {waves:5d}  {name:42s}{kr:8.1f}{plain:8.1f}{refused:9d}")
    print(f"Monte Carlo error at 5 %: {100 * math.sqrt(0.05 * 0.95 / sets):.1f}")


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:2]))

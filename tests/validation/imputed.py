"""Multiple imputation of who left, data set by data set."""

from __future__ import annotations

import numpy as np
from scipy import special
from tests.validation.answers import Answers, Floats
from tests.validation.draw import Draw

from pilot.errors import EstimationError
from pilot.estimation.imputed import FAMILIES_FROM, impute_changes
from pilot.estimation.t import mean_t, t_quantile


def imputed_t(drawn: Draw) -> Answers:
    """Answer as the registry's `imputed_t`."""
    changes = drawn.family_changes
    both = np.isfinite(drawn.changes)
    before = drawn.by_family(np.where(both, drawn.scores[:, :, 0], np.nan))
    start = drawn.by_family(drawn.scores[:, :, 0])
    numbers = np.full((7, len(changes)), np.nan)
    for row in np.flatnonzero(np.isfinite(changes).sum(axis=1) >= FAMILIES_FROM):
        here = np.isfinite(changes[row])
        numbers[:, row] = _pool(before[row, here], changes[row, here], start[row, ~here])
    return Answers(*numbers, truth=drawn.truth, tested=drawn.truth == 0)


def _pool(before: Floats, changes: Floats, left: Floats) -> list[float]:
    try:
        if not len(left):
            mean = mean_t(changes)
            ends = [mean.conf_low, mean.conf_high, mean.conf_low_75, mean.conf_high_75]
            return [mean.estimate, mean.p_value, mean.df, *ends]
        pooled = impute_changes(before, changes, left)
    except EstimationError:
        return [np.nan] * 7
    p_value = 2 * float(special.stdtr(pooled.df, -abs(pooled.estimate / pooled.std_error)))
    half = pooled.std_error * t_quantile(0.75, pooled.df)
    ends = [pooled.conf_low, pooled.conf_high, pooled.estimate - half, pooled.estimate + half]
    return [pooled.estimate, p_value, pooled.df, *ends]

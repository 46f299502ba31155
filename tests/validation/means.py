"""Methods that answer with a mean change, for all data sets of a cell at once."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from tests.validation.answers import Answers, Flags, Floats, from_t
from tests.validation.cells import N_SITES
from tests.validation.draw import Draw

LEAST = 5  # families with both waves, the ladder's first step


def enough(drawn: Draw) -> Flags:
    """Say which data sets the ladder lets through; of four families all, to see why not."""
    pairs = np.isfinite(drawn.family_changes).sum(axis=1)
    return pairs >= min(LEAST, drawn.cell.families)


def mean_and_error(values: Floats) -> tuple[Floats, Floats, NDArray[np.intp]]:
    """Return mean, standard error and number of each row's values; no spread has no error."""
    here = np.isfinite(values)
    n = here.sum(axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = np.where(here, values, 0.0).sum(axis=1) / n
        off = np.where(here, values - mean[:, None], 0.0)
        error = np.sqrt((off**2).sum(axis=1) / (n - 1) / n)
    largest = np.nan_to_num(np.abs(values)).max(axis=1)
    high = np.where(here, values, -np.inf).max(axis=1)
    low = np.where(here, values, np.inf).min(axis=1)
    flat = high - low <= 1e-12 * np.maximum(largest, 1e-300)
    return mean, np.where(flat, np.nan, error), n


def paired_t(drawn: Draw) -> Answers:
    """Answer as the registry's `paired_t`."""
    return _t(drawn, drawn.family_changes)


def persons_t(drawn: Draw) -> Answers:
    """Answer as the registry's `persons_t`."""
    return _t(drawn, drawn.changes)


def site_means_t(drawn: Draw) -> Answers:
    """Answer as the registry's `site_means_t`."""
    means = site_means(drawn)
    whole = np.isfinite(means).all(axis=1)
    return _t(drawn, means).only(whole)


def site_means(drawn: Draw) -> Floats:
    """Return the mean family change of each site, NaN for a site without pairs."""
    sums, counts = by_site(drawn)
    with np.errstate(invalid="ignore"):
        return sums / counts


def by_site(drawn: Draw) -> tuple[Floats, Floats]:
    """Return the sum of family changes at each site, and how many there are."""
    changes = drawn.family_changes
    here = np.isfinite(changes)
    at = np.eye(N_SITES)[drawn.site]
    return np.where(here, changes, 0.0) @ at, here @ at


def _t(drawn: Draw, values: Floats) -> Answers:
    mean, error, n = mean_and_error(values)
    kept = enough(drawn) & np.isfinite(error)
    df = np.where(n > 1, n - 1.0, np.nan)
    return from_t(mean, error, df, drawn.truth).only(kept)

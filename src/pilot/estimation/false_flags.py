"""How many people reliable change flags when nobody changed at all."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray
from scipy import special

from pilot.errors import CallError, EstimationError, suggestion
from pilot.estimation.indices import TWO_SIDED

FALSE_FLAGS = 0.05
Estimated = Literal["nothing", "sd", "both"]
SIMULATIONS = 10_000
CHUNK = 250_000  # drawn numbers held at once
LARGE = 200  # people from whom an SD is known well enough for the binomial
SEED = 1991


@dataclass(frozen=True, slots=True)
class FalseFlags:
    """Persons flagged though nobody changed: expected, and in one pilot of twenty.

    Parameters
    ----------
    expected : float
        On average.
    at_95 : int
        In 95 of 100 pilots at most so many.
    """

    n: int
    expected: float
    at_95: int


def false_flags(
    n: int,
    *,
    estimated: Estimated = "nothing",
    reliability: float = 0.8,
    items: int = 10,
    simulations: int = SIMULATIONS,
) -> FalseFlags:
    """Count how many of n people reliable change flags by measurement error alone.

    With a published reliability and SD each person is flagged with probability .05, so the
    number is binomial(n, .05). What the pilot estimates itself makes it swing more: with
    ``sd`` the SD before is these people's own, with ``both`` their Cronbach's alpha too.
    Then normal scores of unchanged people are drawn, with parallel items, and
    Jacobson-Truax is applied with what each drawn pilot estimates (an alpha of 0 or less
    flags nobody).

    Parameters
    ----------
    n : int
        People with both scores.
    estimated : {"nothing", "sd", "both"}
        What the pilot's own people give; the rest is published.
    reliability : float
        The true one, of the sum of the items.
    items : int
        How many items the form has (``both``).
    simulations : int
        Pilots drawn, always from the same seed.

    Returns
    -------
    FalseFlags

    Notes
    -----
    Not for scores at their floor or ceiling: who cannot move is not flagged, so there are
    fewer false flags and fewer true ones. From 200 people on, ``sd`` counts as nothing.

    References
    ----------
    Jacobson & Truax (1991). Journal of Consulting and Clinical Psychology, 59(1), 12-19.
    Feldt (1965). The approximate sampling distribution of Kuder-Richardson reliability
    coefficient twenty. Psychometrika, 30(3), 357-370 (why alpha swings at small n).

    Examples
    --------
    >>> false_flags(16)
    FalseFlags(n=16, expected=0.8, at_95=2)
    >>> false_flags(16, estimated="both", reliability=0.8, items=10).at_95
    3
    """
    _refuse(n, estimated, reliability, items)
    if estimated == "nothing" or (estimated == "sd" and n >= LARGE):
        return FalseFlags(n, FALSE_FLAGS * n, _binomial_95(n))
    flagged = _drawn(n, reliability, items if estimated == "both" else None, simulations)
    at_95 = int(np.quantile(flagged, 0.95, method="inverted_cdf"))
    return FalseFlags(n, float(flagged.mean()), at_95)


def _binomial_95(n: int) -> int:
    shares = special.bdtr(np.arange(n + 1), n, FALSE_FLAGS)
    return int(np.argmax(shares >= 0.95))


def _drawn(n: int, reliability: float, items: int | None, simulations: int) -> NDArray[np.int_]:
    drawn = np.random.default_rng(SEED)
    rows = max(1, CHUNK // (n * (1 if items is None else items)))
    counts = []
    for start in range(0, simulations, rows):
        size = (min(rows, simulations - start), n)
        before, change, alpha = _unchanged(drawn, size, reliability, items)
        error = before.std(axis=1, ddof=1) * np.sqrt(2 * (1 - alpha))
        beyond = np.abs(change) > TWO_SIDED * error[:, None]
        counts.append((beyond & (alpha > 0)[:, None]).sum(axis=1))
    return np.concatenate(counts)


def _unchanged(
    drawn: np.random.Generator, size: tuple[int, int], reliability: float, items: int | None
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Return scores before, observed changes and the reliability each pilot works with."""
    true = math.sqrt(reliability) * drawn.standard_normal(size)
    spread = math.sqrt(1 - reliability)
    later = true + spread * drawn.standard_normal(size)
    if items is None:
        before = true + spread * drawn.standard_normal(size)
        return before, later - before, np.full(size[0], reliability)
    noise = spread * math.sqrt(items) * drawn.standard_normal((*size, items))
    answers = true[..., None] + noise
    before = answers.mean(axis=2)
    within = answers.var(axis=1, ddof=1).sum(axis=1) / items**2
    alpha = items / (items - 1) * (1 - within / before.var(axis=1, ddof=1))
    return before, later - before, alpha


def _refuse(n: int, estimated: str, reliability: float, items: int) -> None:
    if estimated not in get_args(Estimated):
        raise CallError(
            "false_flags, estimated",
            f"{estimated!r} is nothing a pilot estimates",
            suggestion(estimated, get_args(Estimated)),
        )
    if n < 1 or (n < 2 and estimated != "nothing"):
        raise EstimationError("false_flags", f"{n} people", "give those with both scores")
    if not 0 < reliability < 1 or items < 2:
        raise EstimationError(
            where="false_flags",
            cause=f"reliability {reliability:g} of {items} items",
            mend="give a reliability between 0 and 1, of 2 items or more",
        )

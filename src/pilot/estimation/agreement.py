"""How far two raters agree; their ratings are set side by side and never averaged."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
from scipy import stats

from pilot.estimation.intraclass import intraclass
from pilot.estimation.kappa import Weights, kappa
from pilot.estimation.reasons import Refusal, refusal
from pilot.results import Agreement

FEWEST = 10
KAPPAS: dict[str, Weights] = {
    "kappa": "none",
    "kappa_linear": "linear",
    "kappa_quadratic": "quadratic",
}
KINDS = ("icc_agreement", "icc_consistency", *KAPPAS, "difference")
LIMIT = 1.96


def agreement(
    first: pd.Series,
    second: pd.Series,
    *,
    kind: str,
    name: str = "",
    categories: Sequence[Any] = (),
) -> Agreement:
    """Return how far two raters agree about the same people or texts.

    Parameters
    ----------
    first, second : Series
        Their ratings, in one order; what one of the two did not rate is left out. The
        ``difference`` is second minus first.
    kind : {"icc_agreement", "icc_consistency", "kappa", "kappa_linear", "kappa_quadratic", \
"difference"}
        Numbers: an intraclass correlation, or the mean difference with limits of agreement
        (Bland and Altman). Ordered steps: a weighted kappa. Names: ``kappa``.
    name : str
        What was rated.
    categories : sequence, optional
        The categories of a kappa in their order, also those that nobody used; by default
        those that were used, sorted.

    Returns
    -------
    Agreement
        Below 10 pairs without an interval, below 2 without a number, each with the reason.

    Notes
    -----
    Limits of agreement: mean difference and 1.96 times the spread of the differences on
    both sides; the interval is that of the mean (t). Two people who agree may both be
    wrong, and who never disagrees may have talked.

    References
    ----------
    Shrout & Fleiss (1979); Fleiss, Cohen & Everitt (1969); Bland & Altman (1986).
    Statistical methods for assessing agreement between two methods of clinical
    measurement. Lancet, 327, 307-310.

    Examples
    --------
    >>> coach, own = pd.Series([1, 2, 3, 4, 5, 6] * 2), pd.Series([1, 2, 3, 4, 5, 5] * 2)
    >>> round(agreement(coach, own, kind="kappa_quadratic").estimate, 3)
    0.968
    """
    both = (first.notna() & second.notna()).to_numpy(bool)
    pair = first[both], second[both]
    made = Agreement(name, kind, int(both.sum()))
    where = f"agreement {name or kind!r}"
    try:
        if made.n_pairs < 2:
            raise refusal("few_rated", where, "let both rate more", n=made.n_pairs, needed=2)
        numbers: dict[str, Any] = _numbers(pair, kind, categories)
        made = replace(made, **numbers)
        if made.n_pairs < FEWEST:
            raise refusal(
                "few_for_interval", where, "let both rate more", n=made.n_pairs, needed=FEWEST
            )
    except Refusal as why:
        bare = replace(made, conf_low=None, conf_high=None)
        return replace(bare, reason=why.cause, reason_nl=why.reason_nl)
    return made


def _numbers(
    pair: tuple[pd.Series, pd.Series], kind: str, categories: Sequence[Any]
) -> dict[str, float | None]:
    if kind in KAPPAS:
        found = kappa(_counts(pair, categories), KAPPAS[kind])
        return _named(found)
    numbers = np.column_stack([each.to_numpy(dtype=np.float64) for each in pair])
    if kind == "difference":
        return _difference(numbers[:, 1] - numbers[:, 0])
    if kind == "icc_agreement":
        return _named(intraclass(numbers, "agreement"))
    return _named(intraclass(numbers, "consistency"))


def _named(found: tuple[float, float, float]) -> dict[str, float | None]:
    names = ("estimate", "conf_low", "conf_high")
    told = zip(names, found, strict=True)
    return {name: None if math.isnan(value) else value for name, value in told}


def _counts(pair: tuple[pd.Series, pd.Series], categories: Sequence[Any]) -> Any:
    order = list(categories) or sorted({*pair[0].tolist(), *pair[1].tolist()})
    place = {category: at for at, category in enumerate(order)}
    table = np.zeros((len(order), len(order)))
    for one, other in zip(pair[0].tolist(), pair[1].tolist(), strict=True):
        table[place[one], place[other]] += 1
    return table


def _difference(differences: Any) -> dict[str, float | None]:
    n, mean = len(differences), float(differences.mean())
    spread = float(differences.std(ddof=1))
    margin = float(stats.t.ppf(0.975, n - 1)) * spread / math.sqrt(n)
    return {
        "estimate": mean,
        "conf_low": mean - margin,
        "conf_high": mean + margin,
        "limits_low": mean - LIMIT * spread,
        "limits_high": mean + LIMIT * spread,
    }

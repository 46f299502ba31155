"""What a row beside the estimates is made from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pandas as pd

from pilot.design.text import Text
from pilot.design.then_test import ThenTest
from pilot.estimation.pairs import Pairs
from pilot.estimation.plan import Plan
from pilot.estimation.reasons import Refusal
from pilot.estimation.registry import method
from pilot.results import Estimate


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """What is known of a study beside its scores.

    Parameters
    ----------
    dose : Series, optional
        Times that people came, by participant, 0 for who never came.
    then_tests : tuple of ThenTest
        Which scores look back at which wave.
    estimates : tuple of Estimate
        As `estimate_change` returned them.
    """

    dose: pd.Series | None = None
    then_tests: tuple[ThenTest, ...] = ()
    estimates: tuple[Estimate, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Around:
    """The pairs of an outcome, and what else was seen of its people."""

    scores: pd.DataFrame
    pairs: Pairs
    waves: tuple[str, ...]
    seen: Seen


Told = tuple[dict[str, Any], Text | None]
Tell = Callable[[Around], Told]


def numbers_of(result: object, *names: str) -> dict[str, Any]:
    """Return some fields of a result by their names."""
    return {name: getattr(result, name) for name in names}


def answered(pairs: Pairs, name: str) -> Estimate:
    """Return a method's estimate, or raise the reason it is refused for.

    Raises
    ------
    Refusal
        With the reason of the refused row.
    """
    found = method(name)(pairs, Plan(name))
    if found.refused:
        raise Refusal(pairs.where, found.reason or "", "", found.reason_nl or "")
    return found

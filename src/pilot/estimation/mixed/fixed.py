"""The fixed effects: a formula worked out on the rows, and what it cannot carry refused."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pilot.estimation.formula import Formula
from pilot.estimation.mixed.checks import (
    refuse_dependent,
    refuse_levels,
    refuse_undefined,
    refuse_without_spread,
)
from pilot.estimation.mixed.refusals import refused, wrong_call
from pilot.estimation.mixed.terms import Floats
from pilot.estimation.mixed.used import Used


@dataclass(frozen=True, slots=True, eq=False)
class Fixed:
    """The outcome, and names and columns of the fixed effects."""

    names: tuple[str, ...]
    y: Floats
    x: Floats


def read_formula(text: str) -> Formula:
    """Return a formula of fixed effects only.

    Raises
    ------
    CallError
        When it holds a random effect.

    Examples
    --------
    >>> read_formula("score ~ wave").columns(["score", "wave", "family"])
    ('score', 'wave')
    """
    read = Formula(text, wrong_call)
    if "|" in text:
        mend = "put it in groups, as groups=['months | family']"
        raise wrong_call(read.where, "holds a random effect", mend)
    return read


def fixed_effects(formula: Formula, used: Used, variances: int = 1) -> Fixed:
    """Work a formula out on the rows that are used.

    Parameters
    ----------
    formula : Formula
    used : Used
    variances : int
        How many variances and covariances the same rows must carry.

    Raises
    ------
    CallError
        When formulaic cannot work it out, or the outcome is not one number a row.
    Refusal
        When a level has no rows, nothing varies, or columns follow from each other.
    """
    refuse_levels(formula.columns(used.frame.columns), used)
    y = formula.outcome(used.frame)
    refuse_undefined((formula.left,), y[:, None], used)
    names, x = formula.design(used.frame)
    if not names:
        raise wrong_call(formula.where, "has no fixed effect", "write 'score ~ 1'")
    refuse_undefined(names, x, used)
    n, p = x.shape
    if n < p + variances:
        mend = "use fewer groups, or fewer terms in the formula"
        where, needed = formula.where, p + variances
        raise refused("too_few_rows", where, mend, n=n, p=p, k=variances, needed=needed)
    refuse_dependent(names, x, np.asarray(np.linalg.qr(x, mode="r")))
    refuse_without_spread(formula.left, y, x)
    return Fixed(names, y, x)

"""The fixed effects: a formula worked out on the rows, and what it cannot carry refused."""

from __future__ import annotations

import re
from collections.abc import Collection, Hashable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd

from pilot.estimation.mixed.checks import (
    refuse_dependent,
    refuse_levels,
    refuse_undefined,
    refuse_without_spread,
)
from pilot.estimation.mixed.plain import plain_design, plain_words
from pilot.estimation.mixed.refusals import refused, wrong_call
from pilot.estimation.mixed.terms import Floats
from pilot.estimation.mixed.used import Used


@dataclass(frozen=True, slots=True, eq=False)
class Fixed:
    """The outcome, and names and columns of the fixed effects."""

    names: tuple[str, ...]
    y: Floats
    x: Floats


def formula_columns(formula: str, known: Collection[Hashable]) -> tuple[str, ...]:
    """Return the columns of the data that a formula names, in the order it names them.

    What it must have is among them, there or not; inside ``center(age)`` a name is only
    taken for a column when the data have one.

    Examples
    --------
    >>> formula_columns("score ~ wave + center(age)", ["score", "age", "family"])
    ('score', 'wave', 'age')
    """
    needed, words = _named(formula)
    found = {*needed, *(word for word in words if word in known)}
    return tuple(sorted(found, key=lambda name: (formula.find(name), name)))


@lru_cache(maxsize=128)
def _named(formula: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the columns formulaic knows it needs, and every word that could be one."""
    simple = plain_words(formula)
    if simple is not None:
        return simple, ()
    needed = tuple(str(name) for name in _parsed(formula).required_variables)
    unquoted = re.sub(r"'[^']*'|\"[^\"]*\"", "", formula)
    return needed, tuple(re.findall(r"\b[A-Za-z_]\w*\b(?!\s*[(.])", unquoted))


def fixed_effects(formula: str, used: Used, variances: int = 1) -> Fixed:
    """Work a formula out on the rows that are used.

    Parameters
    ----------
    formula : str
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
    refuse_levels(formula_columns(formula, used.frame.columns), used)
    y = _outcome(formula, used)
    names, x = _design(formula, used.frame)
    if not names:
        raise wrong_call(f"formula {formula!r}", "has no fixed effect", "write 'score ~ 1'")
    refuse_undefined(names, x, used)
    n, p = x.shape
    if n < p + variances:
        mend = "use fewer groups, or fewer terms in the formula"
        where, needed = f"formula {formula!r}", p + variances
        raise refused("too_few_rows", where, mend, n=n, p=p, k=variances, needed=needed)
    refuse_dependent(names, x, np.asarray(np.linalg.qr(x, mode="r")))
    refuse_without_spread(_left_side(formula), y, x)
    return Fixed(names, y, x)


@lru_cache(maxsize=128)
def _parsed(formula: str) -> Any:
    from formulaic import Formula
    from formulaic.errors import FormulaicError

    where = f"formula {formula!r}"
    if formula.count("~") != 1:
        raise wrong_call(where, "has no outcome", "write 'score ~ wave'")
    if "|" in formula:
        raise wrong_call(
            where, "holds a random effect", "put it in groups, as groups=['months | family']"
        )
    try:
        parsed = Formula(formula)
        parsed.required_variables  # noqa: B018 - words out what is only then found wrong
    except (FormulaicError, SyntaxError) as fault:
        raise wrong_call(
            where, f"is not understood ({_first_line(fault)})", "write 'score ~ wave'"
        ) from fault
    if not hasattr(parsed, "lhs") or len(parsed.lhs) != 1:
        raise wrong_call(where, "has no single outcome", "write 'score ~ wave'")
    return parsed


def _design(formula: str, frame: pd.DataFrame) -> tuple[tuple[str, ...], Floats]:
    plain = plain_design(formula.split("~")[1], frame)
    if plain is not None:
        return plain
    matrix = _worked_out(formula, _parsed(formula).rhs, frame)
    names = tuple(str(name) for name in matrix.model_spec.column_names)
    return names, np.asarray(matrix, dtype=float)


def _worked_out(formula: str, side: Any, frame: pd.DataFrame) -> Any:
    from formulaic.errors import FormulaicError

    how = {"context": {}, "output": "numpy", "na_action": "ignore"}
    try:
        with np.errstate(all="ignore"):  # what does not exist is refused by its row
            return side.get_model_matrix(frame, **how)
    except (FormulaicError, NameError, SyntaxError, TypeError, ValueError) as fault:
        raise wrong_call(
            f"formula {formula!r}",
            f"cannot be worked out on these data ({_first_line(fault)})",
            "use columns of numbers or of words, C(...) for numbers that stand for groups",
        ) from fault


def _first_line(fault: Exception) -> str:
    return (str(fault).splitlines() or [type(fault).__name__])[0]


def _left_side(formula: str) -> str:
    return formula.split("~")[0].strip()


def _outcome(formula: str, used: Used) -> Floats:
    name = _left_side(formula)
    if name in used.frame.columns:
        values = used.frame[name].to_numpy()
        if values.dtype.kind not in "iufb":
            raise wrong_call(
                f"formula {formula!r}",
                f"the outcome {name!r} is not a number",
                "score the answers first, so that the outcome is a number",
            )
        return values.astype(float)
    matrix = _worked_out(formula, _parsed(formula).lhs, used.frame)
    values = np.asarray(matrix, dtype=float)
    if values.size != len(used.rows):
        raise wrong_call(
            f"formula {formula!r}",
            f"the outcome {name!r} is not one number a row",
            "score the answers first, so that the outcome is a number",
        )
    refuse_undefined((name,), values, used)
    return values.reshape(-1)

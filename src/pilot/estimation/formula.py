"""A formula: which columns it names, and what it makes of rows that have them all."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Hashable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pilot.errors import PilotError
from pilot.estimation.plain_formula import plain_design, plain_words

Floats = NDArray[np.float64]
Wrong = Callable[[str, str, str], PilotError]


@dataclass(frozen=True, slots=True)
class Formula:
    """Outcome and terms in formulaic's grammar: ``"score ~ wave"``.

    Parameters
    ----------
    text : str
    wrong : callable
        Makes an error of place, cause and mend: each analysis has its own.

    Examples
    --------
    >>> from pilot.errors import CallError
    >>> frame = pd.DataFrame({"score": [1.0, 2.0], "wave": ["t0", "t1"]})
    >>> formula = Formula("score ~ wave", CallError)
    >>> formula.columns(frame.columns), formula.design(frame)[0], formula.outcome(frame)
    (('score', 'wave'), ('Intercept', 'wave[T.t1]'), array([1., 2.]))
    """

    text: str
    wrong: Wrong

    @property
    def where(self) -> str:
        """The place an error names."""
        return f"formula {self.text!r}"

    @property
    def left(self) -> str:
        """The outcome as it is written."""
        return self.text.split("~")[0].strip()

    def columns(self, known: Collection[Hashable]) -> tuple[str, ...]:
        """Return the columns of the data that the formula names, in that order.

        What it must have is among them, there or not; inside ``center(age)`` a name is only
        taken for a column when the data have one.

        Examples
        --------
        >>> from pilot.errors import CallError
        >>> Formula("score ~ wave + center(age)", CallError).columns(["score", "age", "family"])
        ('score', 'wave', 'age')
        """
        needed, words = _named(self)
        found = {*needed, *(word for word in words if word in known)}
        return tuple(sorted(found, key=lambda name: (self.text.find(name), name)))

    def design(self, frame: pd.DataFrame) -> tuple[tuple[str, ...], Floats]:
        """Return names and columns of the right side, on rows that miss nothing."""
        plain = plain_design(self.text.split("~")[1], frame)
        if plain is not None:
            return plain
        matrix = self._worked_out(_parsed(self).rhs, frame)
        names = tuple(str(name) for name in matrix.model_spec.column_names)
        return names, np.asarray(matrix, dtype=float)

    def outcome(self, frame: pd.DataFrame) -> Floats:
        """Return the left side, one number a row."""
        mend = "score the answers first, so that the outcome is a number"
        if self.left in frame.columns:
            values = frame[self.left].to_numpy()
            if values.dtype.kind not in "iufb":
                raise self.wrong(self.where, f"the outcome {self.left!r} is not a number", mend)
            return values.astype(float)
        values = np.asarray(self._worked_out(_parsed(self).lhs, frame), dtype=float)
        if values.size != len(frame):
            cause = f"the outcome {self.left!r} is not one number a row"
            raise self.wrong(self.where, cause, mend)
        return values.reshape(-1)

    def _worked_out(self, side: Any, frame: pd.DataFrame) -> Any:
        from formulaic.errors import FormulaicError

        how = {"context": {}, "output": "numpy", "na_action": "ignore"}
        try:
            with np.errstate(all="ignore"):  # what does not exist is found by its row
                return side.get_model_matrix(frame, **how)
        except (FormulaicError, NameError, SyntaxError, TypeError, ValueError) as fault:
            raise self.wrong(
                self.where,
                f"cannot be worked out on these data ({_first_line(fault)})",
                "use columns of numbers or of words, C(...) for numbers that stand for groups",
            ) from fault


@lru_cache(maxsize=128)
def _named(formula: Formula) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the columns formulaic knows it needs, and every word that could be one."""
    simple = plain_words(formula.text)
    if simple is not None:
        return simple, ()
    needed = tuple(str(name) for name in _parsed(formula).required_variables)
    unquoted = re.sub(r"'[^']*'|\"[^\"]*\"", "", formula.text)
    return needed, tuple(re.findall(r"\b[A-Za-z_]\w*\b(?!\s*[(.])", unquoted))


@lru_cache(maxsize=128)
def _parsed(formula: Formula) -> Any:
    from formulaic import Formula as Parsed
    from formulaic.errors import FormulaicError

    where, mend = formula.where, "write 'score ~ wave'"
    if formula.text.count("~") != 1:
        raise formula.wrong(where, "has no outcome", mend)
    if "|" in formula.text:
        raise formula.wrong(where, "holds '|', which joins no terms", mend)
    try:
        parsed = Parsed(formula.text)
        parsed.required_variables  # noqa: B018 - words out what is only then found wrong
    except (FormulaicError, SyntaxError) as fault:
        cause = f"is not understood ({_first_line(fault)})"
        raise formula.wrong(where, cause, mend) from fault
    if not hasattr(parsed, "lhs") or len(parsed.lhs) != 1:
        raise formula.wrong(where, "has no single outcome", mend)
    return parsed


def _first_line(fault: Exception) -> str:
    return (str(fault).splitlines() or [type(fault).__name__])[0]

"""The design of a formula that only adds columns, without the formula engine.

formulaic takes half a second to load and a millisecond for any formula, as long as all of a
small model; most pilots ask ``score ~ wave``. What it makes of such a formula is made here
directly; a test holds the two equal, and every other formula goes to formulaic.
"""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Floats = NDArray[np.float64]

NAME = r"[A-Za-z_]\w*"
ONLY_ADDS = re.compile(rf"\s*(1|{NAME})(\s*\+\s*{NAME})*\s*")


def plain_words(formula: str) -> tuple[str, ...] | None:
    """Return the columns of ``score ~ wave + age``, or None when it is not that simple.

    Examples
    --------
    >>> plain_words("score ~ wave + age")
    ('score', 'wave', 'age')
    >>> plain_words("score ~ C(wave)") is None
    True
    """
    left, tilde, right = formula.partition("~")
    if not tilde or not re.fullmatch(rf"\s*{NAME}\s*", left) or not ONLY_ADDS.fullmatch(right):
        return None
    return tuple(re.findall(NAME, formula))


def plain_design(right: str, frame: pd.DataFrame) -> tuple[tuple[str, ...], Floats] | None:
    """Return names and columns of ``wave + age``, or None when it is not that simple.

    A number is a column; words and categories give one column a level after the first.

    Examples
    --------
    >>> frame = pd.DataFrame({"wave": ["t0", "t1", "t2"], "age": [30.0, 31.0, 32.0]})
    >>> plain_design("wave + age", frame)[0]
    ('Intercept', 'wave[T.t1]', 'wave[T.t2]', 'age')
    >>> plain_design("wave * age", frame) is None
    True
    """
    if not ONLY_ADDS.fullmatch(right):
        return None
    words = [word.strip() for word in right.split("+")]
    names = words[words[0] == "1" :]
    if len(set(names)) < len(names) or not all(name in frame.columns for name in names):
        return None
    labels, columns = ["Intercept"], [np.ones((len(frame), 1))]
    for name in names:
        coded = _coded(name, frame[name].array)
        if coded is None:
            return None
        labels += coded[0]
        columns.append(coded[1])
    return tuple(labels), np.concatenate(columns, axis=1)


def _coded(name: str, values: Any) -> tuple[list[str], Floats] | None:
    if values.dtype.kind in "iuf":
        return [name], values.to_numpy().astype(float)[:, None]
    if isinstance(values, pd.Categorical):
        codes, levels = values.codes, values.categories
    elif isinstance(values.dtype, pd.StringDtype):
        codes, levels = pd.factorize(values, sort=True)
    elif _only_words(values.to_numpy()):
        codes, levels = pd.factorize(values.to_numpy(), sort=True)
    else:
        return None
    indicators = (codes[:, None] == np.arange(1, len(levels))).astype(float)
    return [f"{name}[T.{level}]" for level in levels[1:]], indicators


def _only_words(values: np.ndarray) -> bool:
    return values.dtype == object and pd.api.types.infer_dtype(values) == "string"

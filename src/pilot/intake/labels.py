"""Which text stands for an SPSS code: its label where the design knows it, else the code."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from pilot.design import Asked, Trajectory
from pilot.intake.table import Labels, Table, as_text, plain


def answers_seen(
    table: Table, position: int, asked: Iterable[Asked], trajectory: Trajectory
) -> pd.Series | None:
    """Return a labelled column of answers as text, or None for a column without labels.

    A code that the design explains stays a code. A label that the design or the form
    explains stands for its code. A code that SPSS calls missing and the design does not know
    comes as its label, so that nobody takes 8 for an answer when 8 means 'refused'.
    """
    labels = table.labels.get(position)
    if labels is None:
        return None
    asked = list(asked)
    codes = {plain(word) for each in asked for word in each.answers}
    words = codes | {plain(word) for word in trajectory.missing}
    for each in asked:
        words |= {
            plain(word) for word in trajectory.instruments[each.instrument].responses.options
        }
    no_answers = {plain(word) for word in trajectory.missing}
    texts = {
        code: _text(code, label, labels, (codes, words, no_answers))
        for code, label in labels.texts.items()
    }
    return _renamed(as_text(table.columns[position]), texts)


def _text(code: str, label: str, labels: Labels, known: tuple[set[str], ...]) -> str:
    codes, words, no_answers = known
    if plain(code) in codes or not label:
        return code
    if plain(label) in words:
        return label
    if code in labels.missing and plain(code) not in no_answers:
        return label
    return code


def occasion_seen(table: Table, position: int) -> pd.Series:
    """Return a column that says who, when or how as text, labels for codes."""
    text = table.text(position)
    labels = table.labels.get(position)
    return text if labels is None else _renamed(text, dict(labels.texts))


def _renamed(text: pd.Series, names: dict[str, str]) -> pd.Series:
    codes, words = pd.factorize(text)
    renamed = pd.array([*(names.get(word, word) for word in words), None], dtype="str")
    return pd.Series(renamed.take(codes), index=text.index)

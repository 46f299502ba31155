"""What `groups` says, read against the data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from pilot.estimation.mixed.refusals import refused, wrong_call
from pilot.estimation.mixed.terms import Codes, Floats, Term, intercept, with_effects


@dataclass(frozen=True, slots=True)
class Grouping:
    """One entry of `groups` in words.

    ``"months | family:participant"`` has the slope ``months`` and the columns ``family``
    and ``participant``.
    """

    label: str
    columns: tuple[str, ...]
    slope: str | None

    @property
    def names(self) -> tuple[str, ...]:
        """Every column it uses."""
        return self.columns if self.slope is None else (self.slope, *self.columns)


def read_groups(groups: str | Sequence[str]) -> list[Grouping]:
    """Read the entries of `groups`.

    Examples
    --------
    >>> [entry.columns for entry in read_groups(["family", "months | family:participant"])]
    [('family',), ('family', 'participant')]
    """
    entries = [groups] if isinstance(groups, str) else list(groups)
    if not entries:
        raise wrong_call("groups", "names no column", "name what scores share, as ['family']")
    read = [_read(entry) for entry in entries]
    labels = [grouping.label for grouping in read]
    for label in labels:
        if labels.count(label) > 1:
            mend = "name it once: a slope brings its intercept with it"
            raise wrong_call("groups", f"{label!r} stands there twice", mend)
    return read


def _read(entry: str) -> Grouping:
    slope, bar, group = entry.rpartition("|")
    columns = tuple(part.strip() for part in group.split(":"))
    effect = slope.strip()
    if (bar and not effect) or not all(columns) or "|" in slope or "+" in slope:
        raise wrong_call(
            "groups",
            f"{entry!r} is not understood",
            "write 'family', 'family:participant', or 'months | family' for a slope with its "
            "intercept",
        )
    return Grouping(":".join(columns), columns, None if effect in {"", "1"} else effect)


def random_terms(groupings: Sequence[Grouping], frame: pd.DataFrame) -> list[Term]:
    """Turn groupings into random terms, and refuse those without a variance to estimate."""
    single = {name: factorised(frame[name]) for g in groupings for name in g.columns}
    terms = []
    for grouping in groupings:
        codes = crossed([single[name] for name in grouping.columns])
        refuse_degenerate(grouping, codes, frame)
        if grouping.slope is None:
            terms.append(intercept(grouping.label, codes))
            continue
        slope = _slope(grouping, frame[grouping.slope])
        columns = np.column_stack([np.ones(len(codes)), slope])
        effects = ("Intercept", grouping.slope)
        terms.append(with_effects(grouping.label, effects, codes, columns))
    _refuse_same(terms)
    return terms


def _slope(grouping: Grouping, column: pd.Series[Any]) -> Floats:
    where = f"groups '{grouping.slope} | {grouping.label}'"
    if column.dtype.kind not in "iuf":
        raise wrong_call(
            where,
            f"column {grouping.slope!r} is not a number",
            "give months, or another number that grows with time",
        )
    values = column.to_numpy().astype(float)
    if np.ptp(values) == 0:
        mend = "leave the slope out"
        raise refused("no_spread", where, mend, n=len(values), value=float(values[0]))
    return values


def factorised(column: pd.Series[Any]) -> Codes:
    """Return the level of each row, numbered by first appearance."""
    codes, _ = pd.factorize(column)
    return np.asarray(codes, dtype=np.intp)


def crossed(parts: list[Codes]) -> Codes:
    """Return one level for each combination of levels that occurs."""
    codes = parts[0]
    for part in parts[1:]:
        codes, _ = pd.factorize(codes * (int(part.max()) + 1) + part)
    return np.asarray(codes, dtype=np.intp)


def level_name(group: Grouping, frame: pd.DataFrame, row: int) -> str:
    """Return what the level of a row is called: ``7``, or ``7:ann`` for two columns."""
    return ":".join(str(frame[name].iloc[row]) for name in group.columns)


def refuse_degenerate(
    group: Grouping, codes: Codes, frame: pd.DataFrame, *, also_single: bool = True
) -> None:
    """Refuse a group of one level, and one whose levels have one row each."""
    levels, n = int(codes.max()) + 1, len(codes)
    if levels == 1:
        raise refused(
            "one_group",
            f"groups {group.label!r}",
            "use paired changes, or name a group with more levels",
            n=n,
            level=repr(level_name(group, frame, 0)),
        )
    if levels == n and also_single and group.slope is None:
        raise refused("row_each", f"groups {group.label!r}", "leave it out", n=levels)


def _refuse_same(terms: Sequence[Term]) -> None:
    for place, term in enumerate(terms):
        for other in terms[:place]:
            if term.levels != other.levels:
                continue
            together = np.unique(term.codes * other.levels + other.codes)
            if len(together) == term.levels:
                raise refused(
                    "same_partition",
                    f"groups {term.group!r}",
                    "name one of the two",
                    n=term.levels,
                    other=other.group,
                )

"""Items that run against their scale: a reversal forgotten, or done twice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pilot.cleaning.desk import Desk, Numbers, numbers_of
from pilot.cleaning.lines import against
from pilot.cleaning.questions import Occasions, occasions_of
from pilot.cleaning.words import Places
from pilot.design import Instrument, Scale
from pilot.frames import items_of

FEWEST_FORMS = 8
AGAINST = -0.2
ONE_SIDED_90 = 1.2816
CHUNK = 8_192

Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Spread:
    """How the items of a scale go together, each keyed as the scale counts it.

    Parameters
    ----------
    forms : int
        Complete forms.
    covariance : array, shape (items, items)
    """

    forms: int
    covariance: Matrix

    def item_rest(self) -> NDArray[np.float64]:
        """Return each item's correlation with the others' sum; NaN where one is constant."""
        return np.array([self.between([item]) for item in range(len(self.covariance))])

    def between(self, some: list[int]) -> float:
        """Return the correlation of the sum of some items with the sum of the others."""
        rest = [item for item in range(len(self.covariance)) if item not in some]
        shared = self.covariance[np.ix_(some, rest)].sum()
        mine = self.covariance[np.ix_(some, some)].sum()
        theirs = self.covariance[np.ix_(rest, rest)].sum()
        return float(shared / np.sqrt(mine * theirs)) if mine > 0 and theirs > 0 else np.nan

    def runs_against(self, correlation: float) -> bool:
        """Return whether a correlation is below -0.2 and not merely by chance.

        By chance: zero lies below its one-sided 90 % limit (Fisher's z). Among few forms
        a sound item is often below -0.2; without this limit every small pilot would be
        told of items that are in order.
        """
        if np.isnan(correlation) or correlation >= AGAINST:
            return False
        if correlation <= -1:
            return True
        limit = np.arctanh(correlation) + ONE_SIDED_90 / np.sqrt(self.forms - 3)
        return bool(limit < 0)


def look_at_keying(desk: Desk) -> None:
    """Tell of items that run against the others of their scale, by role and wave.

    A single item: its correlation with the rest of the scale, after reversal. All the
    reversed items together: their sum against that of the others, which is how it looks
    when the export was reversed before.
    """
    present = set(items_of(desk.forms))
    occasions = occasions_of(desk)
    groups = dict.fromkeys((role, wave) for _, role, wave in occasions.each)
    rows = {group: _rows(occasions, group) for group in groups}
    for instrument in desk.trajectory.instruments.values():
        for scale, items in _judged_scales(instrument, present):
            keyed = _Keyed(instrument, scale, items)
            numbers = [numbers_of(desk.forms[item]) for item in items]
            for group in groups:
                spread = _spread(keyed, numbers, rows[group])
                if spread.forms >= FEWEST_FORMS:
                    files = [file for file, *its in occasions.each if (*its,) == group]
                    _tell(desk, keyed, spread, Group(*group, files))


@dataclass(frozen=True, slots=True)
class Group:
    """The forms of one role at one wave, and the files they came in."""

    role: str
    wave: str
    files: list[str]

    @property
    def file(self) -> str | None:
        """The one file they came in; None where there are more."""
        return self.files[0] if len(self.files) == 1 else None


@dataclass(frozen=True, slots=True)
class _Keyed:
    instrument: Instrument
    scale: Scale
    items: list[str]

    @property
    def turned(self) -> list[int]:
        """The places of the items that point against the scale."""
        turned = against(self.instrument, self.scale)
        return [place for place, item in enumerate(self.items) if item in turned]

    def key(self, answers: Matrix) -> Matrix:
        """Turn the rows of the items that point against the scale."""
        for place in self.turned:
            item = self.items[place]
            ends = self.instrument.low(item) + self.instrument.high(item)
            np.subtract(ends, answers[place], out=answers[place])
        return answers


def _judged_scales(
    instrument: Instrument, present: set[str]
) -> Iterator[tuple[Scale, list[str]]]:
    """Yield scales of three items or more, the widest first, and each item once."""
    done: set[str] = set()
    for scale in sorted(instrument.scales, key=lambda scale: -len(scale.items)):
        items = [item for item in scale.items if item in present]
        summed = scale.combine in ("sum", "mean", "count")
        if summed and len(items) >= 3 and not done & {*items}:
            done |= {*items}
            yield scale, items


def _rows(occasions: Occasions, group: tuple[str, str]) -> Places | slice:
    chosen = [(*its,) == group for _, *its in occasions.each]
    return slice(None) if all(chosen) else occasions.where(chosen)


def _spread(keyed: _Keyed, numbers: list[Numbers], rows: Places | slice) -> Spread:
    """Sum products over complete forms, a chunk at a time: whole numbers, hence exact."""
    values = [each.codes[rows] for each in numbers]
    complete = [each.answered[rows] for each in numbers if each.answered is not None]
    size, forms = len(values), 0
    sums, products = np.zeros(size), np.zeros((size, size))
    for start in range(0, len(values[0]), CHUNK):
        here = slice(start, start + CHUNK)
        answers = keyed.key(np.array([column[here] for column in values], dtype=np.float64))
        whole = np.logical_and.reduce([flags[here] for flags in complete])
        answers *= whole  # an incomplete form adds nothing
        forms += int(np.count_nonzero(whole)) if complete else answers.shape[1]
        sums += answers.sum(axis=1)
        products += answers @ answers.T
    return Spread(forms, products - np.outer(sums, sums) / max(forms, 1))


def _tell(desk: Desk, keyed: _Keyed, spread: Spread, group: Group) -> None:
    some = keyed.turned
    if 1 < len(some) < len(keyed.items) - 1:
        correlation = spread.between(some)
        if spread.runs_against(correlation):
            _tell_of(desk, keyed, group, (some, correlation, spread.forms))
            return
    for place, correlation in enumerate(spread.item_rest()):
        if spread.runs_against(correlation):
            _tell_of(desk, keyed, group, ([place], correlation, spread.forms))


def _tell_of(
    desk: Desk, keyed: _Keyed, group: Group, seen: tuple[list[int], float, int]
) -> None:
    places, correlation, forms = seen
    names = dict.fromkeys(
        desk.exports.heading(keyed.items[place], group.role, group.wave, file)
        for place in places
        for file in group.files
    )
    desk.tell(
        "item-against-scale",
        file=group.file,
        column=", ".join(names),
        found=f"r = {correlation:.2f} with the other items of {keyed.instrument.key} "
        f"at {group.wave} ({group.role}, {forms} forms)",
        expected="a correlation above 0 once reversed items are turned",
    )

"""What changed in the way people were asked between the waves that are compared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pilot.design import Outcome, Trajectory
from pilot.frames import CHANGES_OF_ASKING
from pilot.linkage.tray import Flags
from pilot.linkage.valid import answered_for

Words = NDArray[np.object_]

WAYS = ("mode", "interviewer", "language", "respondent", "interpreter", "form_version")
ANY = "any"
BY_NAME = ("interviewer", "interpreter")  # as written, so it may be somebody's name


def changes_of_asking(
    panel: pd.DataFrame, trajectory: Trajectory, waves: Sequence[str]
) -> pd.DataFrame:
    """Return, a planned outcome and way of asking, for how many it changed.

    Another mode, interviewer or language can move answers as much as a programme does: this
    stands beside the result, for the team.

    Parameters
    ----------
    panel : DataFrame
        Columns `PANEL`, then the items.
    trajectory : Trajectory
    waves : sequence of str
        The waves that estimates compare, in the order they were lived.

    Returns
    -------
    DataFrame
        Columns `CHANGES_OF_ASKING`, for each outcome with answers at two of its waves.
        `n_participants` have an answer at the first and the last of them; of `n_known` the
        way of asking is known at both; `n_changed` of these were asked in another way, in
        `n_families_changed` families; `changes` says from what to what, most frequent
        first, ``"paper > interview (3)"``; of who asked or interpreted it says nothing,
        which may be a name. `n_changed_between` counts who was asked alike at the first and
        the last wave, or of whom one of these is not known, and yet in another way at two
        of the waves: an estimate that uses every wave uses that one too. The way ``any``
        counts who was asked in another way at all.
        Never for the public: it may show one family.

    References
    ----------
    Bowling (2005). Mode of questionnaire administration can have serious effects on data
    quality. Journal of Public Health, 27(3), 281-291.
    """
    forms = _forms(panel)
    rows = [
        row
        for outcome in trajectory.outcomes()
        for row in _of_outcome(forms, answered_for(panel, outcome, trajectory), outcome, waves)
    ]
    made = pd.DataFrame(rows, columns=list(CHANGES_OF_ASKING))
    counts = [name for name in CHANGES_OF_ASKING if name.startswith("n_")]
    words = [name for name in CHANGES_OF_ASKING if name not in counts]
    return made.astype(dict.fromkeys(counts, "int64") | dict.fromkeys(words, "str"))


@dataclass(frozen=True, slots=True, eq=False)
class _Forms:
    """Rows of a panel as arrays, since a few columns are compared again and again.

    Attributes
    ----------
    who, unit, wave : array, shape (rows,)
        The unit is the family, or who has none.
    ways : array, shape (rows, ways)
        How each row was asked, None where not known.
    """

    who: Words
    unit: Words
    wave: Words
    ways: Words

    def at(self, rows: Flags, wave: str) -> dict[Any, int]:
        """Return, of some rows, the place of each person's row at a wave."""
        places = np.flatnonzero(rows & (self.wave == wave)).tolist()
        return dict(zip(self.who[places], places, strict=True))


def _forms(panel: pd.DataFrame) -> _Forms:
    ways = panel[list(WAYS)].astype(object)
    return _Forms(
        panel["participant"].to_numpy(dtype=object),
        panel["family"].fillna(panel["participant"]).to_numpy(dtype=object),
        panel["wave"].to_numpy(dtype=object),
        ways.where(ways.notna(), None).to_numpy(dtype=object),
    )


def _of_outcome(
    forms: _Forms, rows: Flags, outcome: Outcome, waves: Sequence[str]
) -> list[dict[str, Any]]:
    answered = {wave: forms.at(rows, wave) for wave in waves if wave in outcome.waves}
    lived = [wave for wave, people in answered.items() if people]
    middle = [answered[wave] for wave in lived[1:-1]]
    if len(lived) < 2:
        return []
    first, last = answered[lived[0]], answered[lived[-1]]
    both = [who for who in first if who in last]
    before, after = [first[who] for who in both], [last[who] for who in both]
    asked = [
        [people[who] for people in (first, *middle, last) if who in people] for who in both
    ]
    compared = _Compared(
        forms.ways[before],
        forms.ways[after],
        forms.unit[before],
        [forms.ways[places] for places in asked],
    )
    contrast = f"{lived[-1]} - {lived[0]}"
    about = {"outcome": outcome.key, "role": outcome.role, "contrast": contrast}
    told = [about | {"what": way} | compared.changed(way) for way in WAYS]
    return [about | {"what": ANY} | compared.changed(*WAYS), *told]


@dataclass(frozen=True, slots=True, eq=False)
class _Compared:
    """How people with both waves were asked at each: a row a person, a column a way.

    `every` has, of each person, a row for each wave they answered.
    """

    before: Words
    after: Words
    unit: Words
    every: list[Words]

    def changed(self, *ways: str) -> dict[str, Any]:
        columns = [WAYS.index(way) for way in ways]
        was, now = self.before[:, columns], self.after[:, columns]
        known = pd.notna(was) & pd.notna(now)
        other = (known & (was != now)).any(axis=1)
        named = len(ways) > 1 or ways[0] in BY_NAME
        return {
            "n_participants": len(known),
            "n_known": int(known.any(axis=1).sum()),
            "n_changed": int(other.sum()),
            "n_families_changed": len(set(self.unit[other])),
            "n_changed_between": int((self._moved(columns) & ~other).sum()),
            "changes": "" if named else _from_to(was[other, 0], now[other, 0]),
        }

    def _moved(self, columns: list[int]) -> Flags:
        """Return who was asked in more than one way at all their waves."""
        return np.array(
            [any(len({*said[:, way]} - {None}) > 1 for way in columns) for said in self.every],
            dtype=bool,
        )


def _from_to(was: Words, now: Words) -> str:
    """Return from what to what one way changed, most frequent first."""
    pairs = Counter(zip(was, now, strict=True))
    ordered = sorted(pairs.items(), key=lambda each: (-each[1], each[0]))
    return ", ".join(f"{old} > {new} ({count})" for (old, new), count in ordered)

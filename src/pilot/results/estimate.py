"""Estimates and counts of individual change, unrounded."""

from __future__ import annotations

from dataclasses import dataclass, replace
from html import escape
from typing import Any, Literal

from pilot.design.outcome import Outcome
from pilot.design.text import Text

Standing = Literal["planned", "alternative", "sensitivity"]
Trouble = Literal["floor", "ceiling", "skew"]
ALPHA = 0.05


@dataclass(frozen=True, slots=True)
class Standardised:
    """A standardised change, named by its standardiser, ``d_z`` or ``d_av``."""

    name: str
    estimate: float
    conf_low: float
    conf_high: float


@dataclass(frozen=True, slots=True, repr=False)
class Estimate:
    """A change, how sure we are of it, and how it was got.

    The field names are those of R's broom. Numbers are unrounded; a number that the
    data cannot carry is None, and `refused` with `reason` says why the row has none.

    Parameters
    ----------
    outcome : Outcome
    contrast : str
        ``"<later wave> - <earlier wave>"``.
    estimand : str
        For whom the number holds, in one English sentence.
    method : str
        The name in estimation's registry.
    standing : {"planned", "alternative", "sensitivity"}
    rung : str
        The rung of the ladder on which this analysis stands.
    n_participants, n_families, n_sites : int
        Those used; `incomplete_participants` and `incomplete_families` of them lack one of
        the two waves of the contrast.
    p_adjusted : float or None
        Of a planned primary outcome: its p with Holm's correction over the two.
    group : str
        Where there are comparison groups: ``"<group> - <reference>"`` for a difference
        between them, one group's key for a change within it; else empty.
    n_by_group : tuple of int
        Of a difference: families with both waves in the group and in the reference.
    chosen : Text or None
        Of a planned row: why the plan chose this method, as a clause.
    trouble : {"floor", "ceiling", "skew"} or None
        What makes its interval less sure: many scores at a bound, or skewed changes.
    caution, caution_nl : str or None
        How often such an interval held the truth in simulations of scores like these.
    notes : tuple of Text
        What the team should know of this fit, a sentence each.
    """

    outcome: Outcome
    contrast: str
    estimand: str
    method: str
    standing: Standing = "planned"
    rung: str = ""
    estimate: float | None = None
    std_error: float | None = None
    statistic: float | None = None
    df: float | None = None
    p_value: float | None = None
    smallest_p: float | None = None
    conf_low: float | None = None
    conf_high: float | None = None
    conf_low_75: float | None = None
    conf_high_75: float | None = None
    standardised: tuple[Standardised, ...] = ()
    n_participants: int = 0
    n_families: int = 0
    n_sites: int = 0
    refused: bool = False
    reason: str | None = None
    reason_nl: str | None = None
    p_adjusted: float | None = None
    incomplete_participants: int = 0
    incomplete_families: int = 0
    chosen: Text | None = None
    notes: tuple[Text, ...] = ()
    group: str = ""
    n_by_group: tuple[int, ...] = ()
    trouble: Trouble | None = None
    caution: str | None = None
    caution_nl: str | None = None

    @property
    def complete_participants(self) -> int:
        """How many people have both waves of the contrast."""
        return self.n_participants - self.incomplete_participants

    @property
    def complete_families(self) -> int:
        """How many families have both waves of the contrast; what a public page may count."""
        return self.n_families - self.incomplete_families

    @property
    def direction(self) -> str | None:
        """Better, same, worse, or None where refused or neither way is better."""
        if self.refused or self.estimate is None:
            return None
        if self.outcome.level == "ordinal":  # already the share better minus the share worse
            return self.outcome.direction(self.estimate * self.outcome.better_sign)
        return self.outcome.direction(self.estimate)

    @property
    def verdict(self) -> Literal["better", "worse", "cannot tell", "refused"]:
        """Better or worse where the whole 95 % interval lies on that side of 0.

        Whoever is not sure of the direction cannot tell; so is every outcome of which
        neither way is better, and a primary one whose p is above .05 once Holm ran over
        the two primaries.
        """
        if self.refused or self.estimate is None:
            return "refused"
        if self.p_adjusted is not None and self.p_adjusted > ALPHA:
            return "cannot tell"
        low, high = self.conf_low, self.conf_high
        if low is None or high is None or low <= 0 <= high:
            return "cannot tell"
        sign = self.outcome.better_sign
        towards = low * (abs(sign) if self.outcome.level == "ordinal" else sign)
        return "better" if towards > 0 else "worse" if towards < 0 else "cannot tell"

    @property
    def compares(self) -> bool:
        """Whether this is a difference between two groups, and no change within one."""
        return " - " in self.group

    def as_(self, standing: Standing) -> Estimate:
        """Return the same estimate with another standing."""
        return replace(self, standing=standing)

    def to_record(self) -> dict[str, Any]:
        """Return the row as it stands in ``results.json``: unrounded, None where refused."""
        numbers = (
            "estimate",
            "std_error",
            "statistic",
            "df",
            "p_value",
            "smallest_p",
            "conf_low",
            "conf_high",
            "conf_low_75",
            "conf_high_75",
        )
        return {
            "outcome": self.outcome.key,
            "domain": self.outcome.domain,
            "role": self.outcome.role,
            "primary": self.outcome.primary,
            "standing": self.standing,
            "rung": self.rung,
            "contrast": self.contrast,
            **self._groups(),
            "estimand": self.estimand,
            "method": self.method,
            **{name: getattr(self, name) for name in numbers},
            "standardised": [
                {
                    "name": each.name,
                    "estimate": each.estimate,
                    "conf_low": each.conf_low,
                    "conf_high": each.conf_high,
                }
                for each in self.standardised
            ],
            "n_participants": self.n_participants,
            "n_families": self.n_families,
            "n_sites": self.n_sites,
            "incomplete_participants": self.incomplete_participants,
            "incomplete_families": self.incomplete_families,
            "chosen": None if self.chosen is None else self.chosen.model_dump(),
            "notes": [note.model_dump() for note in self.notes],
            "trouble": self.trouble,
            "caution": self.caution,
            "caution_nl": self.caution_nl,
            "direction": self.direction,
            "refused": self.refused,
            "reason": self.reason,
        }

    def _groups(self) -> dict[str, Any]:
        if not self.group:
            return {}
        return {"group": self.group, "n_by_group": list(self.n_by_group)}

    def __repr__(self) -> str:
        if self.refused:
            return f"Estimate({self.outcome.key}, {self.contrast}: refused, {self.reason})"
        interval = (
            "" if self.conf_low is None else f" [{self.conf_low:.2f}, {self.conf_high:.2f}]"
        )
        return (
            f"Estimate({self.outcome.key}, {self.contrast}: {self.estimate:.2f}{interval}, "
            f"n = {self.n_families}, {self.method})"
        )

    def _repr_html_(self) -> str:
        cells = {
            "outcome": self.outcome.label.en,
            "contrast": self.contrast,
            "estimate": _face(self.estimate),
            "95% CI": _interval(self.conf_low, self.conf_high),
            "75% CI": _interval(self.conf_low_75, self.conf_high_75),
            "families": str(self.n_families),
            "method": self.method,
        }
        if self.refused:
            cells["refused"] = self.reason or ""
        head = "".join(f'<th scope="col">{escape(key)}</th>' for key in cells)
        body = "".join(f"<td>{escape(value)}</td>" for value in cells.values())
        return f"<table><tr>{head}</tr><tr>{body}</tr></table>"


def _face(number: float | None) -> str:
    return "" if number is None else f"{number:.2f}"


def _interval(low: float | None, high: float | None) -> str:
    return "" if low is None or high is None else f"[{low:.2f}, {high:.2f}]"


@dataclass(frozen=True, slots=True)
class IndividualChange:
    """How many people of one outcome changed reliably, and how many would by chance.

    Parameters
    ----------
    improved, cannot_tell, worse : int
        Persons, by reliable change of at least `threshold` points.
    expected_false : float
        Persons that would be flagged if nobody had changed (5 % of n).
    false_at_95 : int, optional
        At most so many would be, in 95 of 100 such pilots.
    source, source_nl : str
        Where the reliability and the SD come from.
    """

    outcome: Outcome
    contrast: str
    improved: int
    cannot_tell: int
    worse: int
    expected_false: float
    threshold: float | None
    reliability: float | None
    source: str = ""
    refused: bool = False
    reason: str | None = None
    reason_nl: str | None = None
    false_at_95: int | None = None
    source_nl: str = ""

    def to_record(self) -> dict[str, Any]:
        """Return the counts as they stand in ``results.json``."""
        return {
            "contrast": self.contrast,
            "improved": self.improved,
            "cannot_tell": self.cannot_tell,
            "worse": self.worse,
            "expected_false": self.expected_false,
            "false_at_95": self.false_at_95,
            "threshold": self.threshold,
            "reliability": self.reliability,
            "source": self.source,
            "refused": self.refused,
            "reason": self.reason,
        }

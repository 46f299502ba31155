"""What a pilot of so many families can and cannot show, and what that rests on."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Literal, Self

import pandas as pd

from pilot.design.outcome import Outcome
from pilot.errors import CallError, suggestion

Origin = Literal["given", "design", "published", "assumed"]
LOST_BY = ("random", "score")


@dataclass(frozen=True, slots=True)
class Assumptions:
    """What nobody knows before a pilot, and a plan needs all the same.

    Attributes
    ----------
    sd : float
        Standard deviation of the score between persons at one wave, in points.
    mean : float
        Mean at the first wave, in points.
    low, high : float or None
        Floor and ceiling of the scale; None where scores are in SD, without bounds.
    step : float
        Scores come in whole steps of this size; 0 for any value.
    months : tuple of float
        When the waves lie, in months since the first.
    retest : float
        Correlation of a person's scores at the first and the last wave, 0 to below 1.
    lasting : float
        Share of the differences between changes that builds up steadily; the rest comes
        and goes from wave to wave. Of no weight with two waves.
    members : float
        People a family: 1.5 means that every other family has two.
    family_icc, change_icc : float
        Share of the differences between persons that lies between families, in their
        level and in their change.
    sites : int
        Schools, centres or groups.
    site_icc : float
        Share of the differences in change that lies between sites.
    lost : float
        Share of the families that is gone at the last wave; they leave evenly over time,
        whole families at once.
    lost_by : {"random", "score"}
        Who leaves: anybody, or rather those who started worse (a correlation of .5 between
        a family's first score and its staying).
    skew : float
        Skewness of the changes, towards better.
    origins : mapping of field to {"given", "design", "published", "assumed"}
        Where each value comes from; what is not named was given.
    """

    sd: float = 1.0
    mean: float = 0.0
    low: float | None = None
    high: float | None = None
    step: float = 0.0
    months: tuple[float, ...] = (0.0, 12.0)
    retest: float = 0.5
    lasting: float = 0.5
    members: float = 1.0
    family_icc: float = 0.4
    change_icc: float = 0.2
    sites: int = 1
    site_icc: float = 0.0
    lost: float = 0.3
    lost_by: Literal["random", "score"] = "random"
    skew: float = 0.0
    origins: Mapping[str, Origin] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.lost_by not in LOST_BY:
            cause = f"{self.lost_by!r} is no way in which families leave"
            raise CallError("lost_by", cause, suggestion(self.lost_by, LOST_BY))
        for name, allowed, most in _LIMITS:
            value = getattr(self, name)
            if not (math.isfinite(value) and allowed[0] <= value <= allowed[1]):
                raise CallError(name, f"{value:g} is not possible", most)
        if self.change_icc + self.site_icc > 1:
            total = self.change_icc + self.site_icc
            cause = f"families and sites together take {total:g} of the differences in change"
            raise CallError("change_icc", cause, "keep change_icc + site_icc at most 1")
        if len(self.months) < 2 or list(self.months) != sorted(set(self.months)):
            said = ", ".join(f"{month:g}" for month in self.months) or "none"
            cause = f"{said} are no waves in order"
            raise CallError("months", cause, "give two or more rising months: 0, 12")
        self._refuse_off_the_scale()

    def _refuse_off_the_scale(self) -> None:
        low = -math.inf if self.low is None else self.low
        high = math.inf if self.high is None else self.high
        if low >= high:
            raise CallError("low", f"{low:g} is not below high, {high:g}", "swap them")
        if not low <= self.mean <= high:
            cause = f"{self.mean:g} is not on the scale, {low:g} to {high:g}"
            raise CallError("mean", cause, "give the mean at the first wave, in points")

    @property
    def sd_change(self) -> float:
        """Standard deviation of persons' change from the first to the last wave."""
        return self.sd * math.sqrt(2 * (1 - self.retest))

    @property
    def sd_family_change(self) -> float:
        """Standard deviation of the change of a family (the mean of its members)."""
        return self.sd_change * math.sqrt(self.site_icc + self.change_share_within_sites)

    @property
    def change_share_within_sites(self) -> float:
        """Share of persons' differences in change left between families of one site."""
        whole, more = math.floor(self.members), self.members - math.floor(self.members)
        once = (1 - more) / whole + more / (whole + 1)  # mean of 1 / members
        return self.change_icc + (1 - self.change_icc - self.site_icc) * once

    def with_given(self, **given: object) -> Self:
        """Return the same but for what is given, which is marked as given.

        Raises
        ------
        CallError
            For a name that is no assumption.
        """
        known = [each.name for each in fields(self) if each.name != "origins"]
        for name in given:
            if name not in known:
                raise CallError(
                    "assumptions", f"none is called {name!r}", suggestion(name, known)
                )
        origins: dict[str, Origin] = {**self.origins, **dict.fromkeys(given, "given")}
        return replace(self, origins=origins, **given)  # type: ignore[arg-type]


_SHARE = "give a share from 0 to 1"
_LIMITS: tuple[tuple[str, tuple[float, float], str], ...] = (
    ("sd", (1e-12, math.inf), "give a standard deviation above 0"),
    ("mean", (-math.inf, math.inf), "give a number"),
    ("step", (0.0, math.inf), "give 0 or more"),
    ("retest", (0.0, 0.999), "give a correlation from 0 to .999"),
    ("lasting", (0.0, 1.0), _SHARE),
    ("members", (1.0, 20.0), "give a number of people a family from 1 to 20"),
    ("family_icc", (0.0, 1.0), _SHARE),
    ("change_icc", (0.0, 1.0), _SHARE),
    ("sites", (1, 10_000), "give a number of sites from 1"),
    ("site_icc", (0.0, 1.0), _SHARE),
    ("lost", (0.0, 0.95), "give a share from 0 to .95"),
    ("skew", (-4.0, 4.0), "give a skewness from -4 to 4"),
)


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Prospect:
    """What each number of families can show of one outcome.

    Attributes
    ----------
    outcome : Outcome
    unit : {"points", "sd"}
        Of every size in the frame: points of the scale, or SD between persons where no SD
        is known.
    change : float
        The change that power is about, towards better.
    change_origin : {"given", "published", "assumed"}
    method : {"mixed_kr", "site_means_t"}
        The planned method that was simulated.
    generalises_to : {"families", "sites"}
    assumptions : Assumptions
    simulations, seed : int
    frame : DataFrame
        One row a number of families that start:

        - ``families, sites, waves, families_with_pair`` (the last one is what is expected);
        - ``half_width_95, half_width_75, detectable_change, smallest_p`` by formula, of the
          t interval on families with both waves (on sites under ``sites``);
        - of the planned method over the simulated pilots that the ladder lets answer:
          ``power`` at .05 and ``power_holm`` at .025, ``half_width_95_simulated`` and
          ``half_width_75_simulated`` (medians), ``coverage_95``, ``coverage_75``,
          ``detectable_change_simulated`` (seen by 80 of 100 pilots), and ``answered``, the
          share that was; power counts those without an answer as not seen;
        - ``change_left``: what floor and ceiling leave of ``change`` in the scores;
        - ``power_t``, ``coverage_95_t``, ``coverage_75_t``: the same of the paired t;
        - ``reason, reason_nl``: why there is no power.
    """

    outcome: Outcome
    unit: Literal["points", "sd"]
    change: float
    change_origin: Origin
    method: str
    generalises_to: Literal["families", "sites"]
    assumptions: Assumptions
    simulations: int
    seed: int
    frame: pd.DataFrame

    def row(self, families: int) -> pd.Series:
        """Return the row of so many families.

        Raises
        ------
        CallError
            When it was not planned for.
        """
        rows = self.frame[self.frame["families"] == families]
        if rows.empty:
            known = ", ".join(str(n) for n in self.frame["families"])
            raise CallError(
                "families", f"{families} was not planned for", f"use one of: {known}"
            )
        return rows.iloc[0]

    def __repr__(self) -> str:
        told = ", ".join(str(n) for n in self.frame["families"])
        return (
            f"Prospect({self.outcome.key}, change {self.change:g} {self.unit}, "
            f"families {told}, {self.simulations} simulations)"
        )

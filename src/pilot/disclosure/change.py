"""Which estimates may be shown, rounded how far, and with which counts beside them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from pilot.disclosure.bound import bound_told
from pilot.disclosure.cells import Cell, join_neighbours
from pilot.disclosure.grain import Grain, grain_of
from pilot.disclosure.ledger import Ledger
from pilot.disclosure.tally import main_role, most_members
from pilot.results import Estimate, IndividualChange, PublicCount, PublicEstimate, Study

AGAINST = -0.2
OF_EVERYONE = frozenset({"mixed_kr", "difference_in_differences"})
"""Methods in which people with one wave count."""


@dataclass(frozen=True, slots=True)
class Change:
    """An estimate with what decides how much of it may be shown. It never leaves this room.

    Attributes
    ----------
    cells : tuple of Cell
        Better, cannot tell and worse, joined until each holds; empty where none do.
    whole : bool
        Whether the number of families better and of families worse may both be inferred.
    withheld : str
        One of `WITHHELD`, or empty where the estimate may be shown.
    bound : {"floor", "ceiling"} or None
        The end of the scale at which many people stood, where that may be told.
    unit : float
        By how much one answer moves a score.
    """

    estimate: Estimate
    cells: tuple[Cell, ...]
    whole: bool
    withheld: str
    bound: Literal["floor", "ceiling"] | None = None
    unit: float = 1.0

    @property
    def counts(self) -> list[int]:
        """Every count that goes with the estimate, the number of families first."""
        if self.withheld:
            return []
        people = sum(count for _, count in self.cells)
        return [self.estimate.complete_families, people, *(count for _, count in self.cells)]

    @property
    def waves(self) -> tuple[str, str]:
        """The earlier and the later wave of the contrast."""
        later, _, earlier = self.estimate.contrast.partition(" - ")
        return earlier, later

    def show(self, ledger: Ledger) -> PublicEstimate:
        """Return the estimate as it may be shown, its counts by the ledger."""
        earlier, later = self.waves
        estimate = self.estimate
        families = ledger.show(estimate.complete_families, exactly=not self.withheld)
        grain = grain_of(estimate, self.whole, families, self.unit)
        low, high, low_75, high_75 = self._intervals(grain)
        return PublicEstimate(
            outcome=estimate.outcome,
            earlier=earlier,
            later=later,
            estimate=None if self.withheld else grain.round(estimate.estimate),
            conf_low=low,
            conf_high=high,
            conf_low_75=low_75,
            conf_high_75=high_75,
            n_families=families,
            verdict="refused" if self.withheld else estimate.verdict,
            groups=self._groups(ledger),
            refused=bool(self.withheld),
            reason=self.withheld or None,
            digits=grain.digits,
            everyone=estimate.method in OF_EVERYONE,
            group=estimate.group,
            caution=self.bound,
        )

    def _intervals(self, grain: Grain) -> tuple[float | None, ...]:
        estimate = self.estimate
        if self.withheld or not (self.whole and grain.ends):
            return (None,) * 4
        low, high = grain.round(estimate.conf_low), grain.round(estimate.conf_high)
        if grain.coarse:
            return low, high, None, None
        return (
            low,
            high,
            grain.round(estimate.conf_low_75),
            grain.round(estimate.conf_high_75),
        )

    def _groups(self, ledger: Ledger) -> tuple[tuple[tuple[str, ...], PublicCount], ...]:
        whole = sum(count for _, count in self.cells)
        exactly = whole in ledger.exact
        return tuple(
            (names, ledger.show(count, exactly=exactly)) for names, count in self.cells
        )


def changes(study: Study) -> tuple[Change, ...]:
    """Return the planned estimate of every outcome with what may be shown of it."""
    planned = [each for each in study.estimates if each.standing == "planned"]
    return tuple(_change(study, each) for each in planned)


def _change(study: Study, estimate: Estimate) -> Change:
    withheld = _withheld(study, estimate)
    return Change(
        estimate=estimate,
        cells=() if withheld or estimate.compares else _cells(study, estimate),
        whole=_may_be_inverted(study, estimate),
        withheld=withheld,
        bound=None if withheld else bound_told(study, estimate),
        unit=_unit(study, estimate),
    )


def _unit(study: Study, estimate: Estimate) -> float:
    """Return by how much one answer moves a score: a point of a sum, a part of it of a mean."""
    outcome = estimate.outcome
    form = study.trajectory.instruments.get(outcome.instrument)
    if form is None:
        return 1.0
    for scale in form.scales:
        named = f"{form.key}_{scale.key}".replace("-", "_") == outcome.key
        if named and scale.combine == "mean":
            return 1.0 / len(scale.items)
    return 1.0


def _withheld(study: Study, estimate: Estimate) -> str:
    waves = study.waves.set_index("wave")["state"]
    held = [wave for wave in estimate.outcome.waves if waves.get(wave) in ("held", "open")]
    if len(held) < 2:
        return "not yet"
    if _few(study, estimate):
        return "few"
    if _runs_against(study, estimate):
        return "item"
    if estimate.refused or estimate.estimate is None:
        return "method"
    if estimate.compares and estimate.outcome.level == "ordinal":
        return "method"  # two net shares and their interval would give both groups' counts
    if estimate.conf_low is None or estimate.conf_low == estimate.conf_high:
        return "same"
    if estimate.outcome.level == "ordinal" and not _leaves_open(study, estimate):
        return "same"
    return ""


def _few(study: Study, estimate: Estimate) -> bool:
    """Say whether too few stand behind it; another role than the main one is a breakdown.

    Of a difference between groups, each group must hold by itself: who knows one group's
    people could work out the other's.
    """
    least = study.trajectory.thresholds
    other = estimate.outcome.role != main_role(study.trajectory)
    if estimate.compares and min(estimate.n_by_group, default=0) < least.families:
        return True
    return estimate.complete_families < least.families or (
        other and estimate.complete_participants < least.people
    )


def _runs_against(study: Study, estimate: Estimate) -> bool:
    """Say whether an item runs against the rest of its scale at the outcome's first wave."""
    known, outcome = study.reliability, estimate.outcome
    here = (known["outcome"] == outcome.key) & (known["role"] == outcome.role)
    first = here & (known["wave"] == outcome.waves[0])
    return bool((known.loc[first, "lowest_item_rest"].astype("float64") < AGAINST).any())


def _leaves_open(study: Study, estimate: Estimate) -> bool:
    """Say whether a net share still leaves open how many families went the same way.

    A net share near 1 says that (nearly) every family went that way. At most n minus the
    threshold may be netted, so that at least the threshold went otherwise or not at all.
    """
    n = estimate.complete_families
    return (
        n - abs(round((estimate.estimate or 0.0) * n)) >= study.trajectory.thresholds.families
    )


def _cells(study: Study, estimate: Estimate) -> tuple[Cell, ...]:
    found = _individual(study.individual, estimate)
    if found is None:
        return ()
    least = study.trajectory.thresholds.families * most_members(study, estimate.outcome.role)
    cells: list[Cell] = [
        (("improved",), found.improved),
        (("cannot tell",), found.cannot_tell),
        (("worse",), found.worse),
    ]
    return join_neighbours(cells, least)


def _individual(
    known: Iterable[IndividualChange], estimate: Estimate
) -> IndividualChange | None:
    for each in known:
        same = (each.outcome.key, each.outcome.role, each.contrast) == (
            estimate.outcome.key,
            estimate.outcome.role,
            estimate.contrast,
        )
        if same and not each.refused:
            return each
    return None


def _may_be_inverted(study: Study, estimate: Estimate) -> bool:
    """Say whether the families better and worse behind an interval may be worked out.

    A mean gives no family away. The interval of a net share does: only one number of
    families better and worse leads to it. It is shown where each of better, same and worse
    holds as a cell of its own.
    """
    if estimate.outcome.level != "ordinal":
        return True
    least = study.trajectory.thresholds.families
    return all(count >= least for count in _ways(study, estimate))


def _ways(study: Study, estimate: Estimate) -> tuple[int, int, int]:
    later, _, earlier = estimate.contrast.partition(" - ")
    outcome = estimate.outcome
    if outcome.key not in study.scores:
        return 0, 0, 0
    scores = study.scores[study.scores["role"] == outcome.role]
    unit = scores["family"].fillna(scores["participant"])
    keyed = scores.assign(unit=unit)
    wide = keyed.pivot_table(index=["unit", "participant"], columns="wave", values=outcome.key)
    if not {earlier, later} <= set(wide.columns):
        return 0, 0, 0
    change: pd.Series = (wide[later] - wide[earlier]).dropna().groupby("unit").mean()
    towards = change * (outcome.better_sign or 1)
    return int((towards > 0).sum()), int((towards == 0).sum()), int((towards < 0).sum())

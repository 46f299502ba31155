"""Which method answers for an outcome, chosen from the design and n before scores are seen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from pilot.design.outcome import Outcome
from pilot.design.text import Text
from pilot.errors import CallError, suggestion
from pilot.results import Standing

GeneralisesTo = Literal["families", "sites"]

MIXED_FROM = 5
"""Families with both waves from which the mixed model answers; see docs/validation.md."""

BOUNDS = ("worst_case", "best_case")
REASONS: dict[str, Text] = {
    "mixed_kr": Text(
        en="this trajectory speaks of the families at the sites that took part, and everyone "
        "who filled in at least one form counts",
        nl="dit traject gaat over de gezinnen op de locaties die meededen, en iedereen die "
        "minstens één formulier invulde, telt mee",
    ),
    "paired_t": Text(
        en="fewer than {needed} families have both waves, too few for a model that keeps "
        "those with one",
        nl="minder dan {needed} gezinnen hebben beide metingen; dat is te weinig voor een "
        "model dat ook gezinnen met één meting meeneemt",
    ),
    "net_better": Text(
        en="the steps of this outcome are an order and no distance, so families better and "
        "worse are counted",
        nl="de stappen van deze uitkomst zijn een volgorde en geen afstand; daarom tellen we "
        "gezinnen die vooruit en achteruit gingen",
    ),
    "site_means_t": Text(
        en="this trajectory speaks of sites like these, so each site weighs 1",
        nl="dit traject gaat over locaties zoals deze; daarom telt elke locatie even zwaar",
    ),
}


@dataclass(frozen=True, slots=True)
class Versus:
    """The two groups of a comparison: whose change is the question, and beside whose.

    `in_turns` where sites start one after another and the later ones are the reference.
    `cluster` says what was put in a group as a whole; None lets it follow from the data.
    """

    group: str
    reference: str
    in_turns: bool = False
    cluster: Literal["family", "site"] | None = None

    @property
    def words(self) -> str:
        """``"<group> - <reference>"``."""
        return f"{self.group} - {self.reference}"


@dataclass(frozen=True, slots=True)
class Plan:
    """The methods of one outcome, by their names in the registry.

    Parameters
    ----------
    planned : str
        The one method that answers.
    alternatives, sensitivities : tuple of str
        What stands beside it for the team.
    generalises_to : {"families", "sites"}
        What the design says the estimate holds for.
    waves : tuple of str
        The held waves, in order; a model over more than two of them needs their order.
    reason : Text or None
        Why this method answers, as a clause.
    versus : Versus or None
        The comparison groups, where the design has them.
    """

    planned: str
    alternatives: tuple[str, ...] = ()
    sensitivities: tuple[str, ...] = ()
    generalises_to: GeneralisesTo = "families"
    waves: tuple[str, ...] = ()
    reason: Text | None = None
    versus: Versus | None = None

    def __iter__(self) -> Iterator[tuple[str, Standing]]:
        """Yield each method with its standing, the planned one first."""
        yield self.planned, "planned"
        for name in self.alternatives:
            yield name, "alternative"
        for name in self.sensitivities:
            yield name, "sensitivity"


def plan_for(
    outcome: Outcome,
    generalises_to: GeneralisesTo = "families",
    waves: Sequence[str] = (),
    n_families: int | None = None,
) -> Plan:
    """Choose the methods of an outcome from its level, the design, and how many families.

    What people answered has no part in it.

    Parameters
    ----------
    outcome : Outcome
        An ordinal one is answered by the share of families better minus the share worse,
        also where the design generalises to sites: its estimand then says so.
    generalises_to : {"families", "sites"}
    waves : sequence of str
        Held so far, in order.
    n_families : int, optional
        With both waves of the contrast; without it, enough of them.

    Examples
    --------
    >>> total = Outcome("gse_10_total", Text(nl="a", en="a"), "better", 10, 40)
    >>> plan_for(total).planned, plan_for(total, "sites").planned
    ('mixed_kr', 'site_means_t')
    >>> plan_for(total).reason.en[-38:]
    'who filled in at least one form counts'
    """
    if generalises_to not in get_args(GeneralisesTo):
        raise CallError(
            "generalises_to",
            f"{generalises_to!r} is nothing an estimate generalises to",
            suggestion(generalises_to, get_args(GeneralisesTo)),
        )
    planned, *others = _methods(outcome, generalises_to, n_families)
    words = REASONS[planned]
    reason = Text(nl=words.nl.format(needed=MIXED_FROM), en=words.en.format(needed=MIXED_FROM))
    return Plan(planned, tuple(others), BOUNDS, generalises_to, tuple(waves), reason)


def _methods(
    outcome: Outcome, generalises_to: GeneralisesTo, n_families: int | None
) -> tuple[str, ...]:
    if outcome.level == "ordinal":
        return "net_better", "sign_test"
    if generalises_to == "sites":
        return "site_means_t", "site_cr2", "site_wild", "paired_t", "sign_flip", "persons_t"
    beside = ("sign_flip", "persons_t", "pooled_within_sites")
    if n_families is not None and n_families < MIXED_FROM:
        return "paired_t", *beside
    return "mixed_kr", "paired_t", *beside

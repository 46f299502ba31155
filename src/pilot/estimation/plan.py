"""Which method answers for an outcome, chosen from the design before data are seen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from pilot.design.outcome import Outcome
from pilot.errors import CallError, suggestion
from pilot.results import Standing

GeneralisesTo = Literal["families", "sites"]


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
    """

    planned: str
    alternatives: tuple[str, ...] = ()
    sensitivities: tuple[str, ...] = ()
    generalises_to: GeneralisesTo = "families"
    waves: tuple[str, ...] = ()

    def __iter__(self) -> Iterator[tuple[str, Standing]]:
        """Yield each method with its standing, the planned one first."""
        yield self.planned, "planned"
        for name in self.alternatives:
            yield name, "alternative"
        for name in self.sensitivities:
            yield name, "sensitivity"


def plan_for(
    outcome: Outcome, generalises_to: GeneralisesTo = "families", waves: Sequence[str] = ()
) -> Plan:
    """Choose the methods of an outcome from its level and what the design generalises to.

    An ordinal outcome is answered by the share of families better minus the share worse,
    also where the design generalises to sites: its estimand then says so.

    Examples
    --------
    >>> from pilot.design.text import Text
    >>> total = Outcome("gse_10_total", Text(nl="a", en="a"), "better", 10, 40)
    >>> plan_for(total).planned, plan_for(total, "sites").planned
    ('paired_t', 'site_means_t')
    """
    if generalises_to not in get_args(GeneralisesTo):
        raise CallError(
            "generalises_to",
            f"{generalises_to!r} is nothing an estimate generalises to",
            suggestion(generalises_to, get_args(GeneralisesTo)),
        )
    bounds = ("worst_case", "best_case")
    if outcome.level == "ordinal":
        return Plan("net_better", ("sign_test",), bounds, generalises_to, tuple(waves))
    if generalises_to == "sites":
        others: tuple[str, ...] = ("paired_t", "sign_flip", "persons_t")
        return Plan("site_means_t", others, bounds, generalises_to, tuple(waves))
    others = ("sign_flip", "persons_t")
    return Plan("paired_t", others, bounds, generalises_to, tuple(waves))

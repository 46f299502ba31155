"""Which methods are validated, in which cells, and what each is expected to hold."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

from tests.validation.answers import Answers
from tests.validation.cells import FIVE, Cell
from tests.validation.draw import Draw
from tests.validation.everyone import mixed_kr
from tests.validation.flips import feasible, sign_flip
from tests.validation.imputed import imputed_t
from tests.validation.means import paired_t, persons_t, site_means_t
from tests.validation.ordinal import net_better, net_better_moved, sign_test, signed_ranks
from tests.validation.sites import pooled_within_sites, site_cr2, site_wild
from tests.validation.standard import d_av, d_z

from pilot.estimation.imputed import FAMILIES_FROM

Kind = Literal["families", "sites", "ordinal", "standardised"]
WILD_AT = 8  # families; each of its draws is a fit


@dataclass(frozen=True, slots=True)
class Validated:
    """A method, and where it is measured.

    Parameters
    ----------
    answer : callable
        From a draw to the answers of every data set.
    registry : str
        The name people call it by.
    kind : str
        What it speaks of.
    pairs_only : bool
        Whether it leaves out who has one wave.
    discrete : bool
        Whether its p-values are steps, so that it is conservative by construction.
    in_cell : callable
        Whether a cell is of use to it.
    """

    answer: Callable[[Draw], Answers]
    registry: str
    kind: Kind = "families"
    pairs_only: bool = True
    discrete: bool = False
    in_cell: Callable[[Cell], bool] = lambda cell: True

    @property
    def name(self) -> str:
        """Its name in the table."""
        return self.answer.__name__


def _plain(cell: Cell) -> bool:
    return cell.shape == "normal" and cell.loss == "none" and not cell.site_change


def _steps(cell: Cell) -> bool:
    return cell.shape == "normal" and cell.loss != "score" and not cell.site_change


def _standardised(cell: Cell) -> bool:
    usual = cell.members in ("mixed", "one") and cell.sites == "balanced" and cell.icc > 0
    return _plain(cell) and usual and (cell.waves == Cell().waves or cell == _five(cell))


def _five(cell: Cell) -> Cell:
    return replace(FIVE, families=cell.families)


def _wild(cell: Cell) -> bool:
    usual = cell.members == "mixed" and cell.icc == Cell().icc and cell.waves == Cell().waves
    whole = cell.shape == "normal" and cell.loss == "none"
    return usual and whole and cell.families == WILD_AT


def _left(cell: Cell) -> bool:
    return cell.loss != "none" and cell.families >= FAMILIES_FROM


METHODS: tuple[Validated, ...] = (
    Validated(mixed_kr, "mixed_kr", pairs_only=False),
    Validated(paired_t, "paired_t"),
    Validated(pooled_within_sites, "pooled_within_sites"),
    Validated(sign_flip, "sign_flip", discrete=True, in_cell=feasible),
    Validated(persons_t, "persons_t"),
    Validated(imputed_t, "imputed_t", pairs_only=False, in_cell=_left),
    Validated(site_means_t, "site_means_t", "sites"),
    Validated(site_cr2, "site_cr2", "sites"),
    Validated(site_wild, "site_wild", "sites", discrete=True, in_cell=_wild),
    Validated(net_better, "net_better", "ordinal", discrete=True, in_cell=_steps),
    Validated(net_better_moved, "net_better", "ordinal", discrete=True, in_cell=_steps),
    Validated(sign_test, "sign_test", "ordinal", discrete=True, in_cell=_steps),
    Validated(signed_ranks, "signed_ranks", "ordinal", discrete=True, in_cell=_steps),
    Validated(d_z, "paired_t", "standardised", in_cell=_standardised),
    Validated(d_av, "paired_t", "standardised", in_cell=_standardised),
)

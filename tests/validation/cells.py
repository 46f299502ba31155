"""The fixed list of simulated designs: a base case, each factor alone, the worst pairs."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import product
from typing import Literal

Sites = Literal["balanced", "unbalanced"]
Members = Literal["mixed", "one", "two", "one pair", "two pairs"]
Loss = Literal["none", "random", "score"]
Shape = Literal[
    "normal",
    "skew 1",
    "exponential",
    "ceiling",
    "ceiling moved",
    "strong ceiling",
    "strong ceiling moved",
]

LADDER = (5, 6, 8, 12, 16, 30)
RUNGS = (5, 8, 12, 16, 30)
MEMBERS: dict[Members, tuple[int, ...]] = {
    "mixed": (1, 2, 3, 2, 1, 4, 2, 1, 3, 2, 1, 2),  # two a family on average
    "one": (1,),
    "two": (2,),
}
SHARES = (1, 2, 4, 9)
N_SITES = 4


@dataclass(frozen=True, slots=True)
class Cell:
    """One design, of which thousands of data sets are drawn.

    Parameters
    ----------
    families : int
        How many start.
    sites : {"balanced", "unbalanced"}
        Four sites of equal size, or sized like 1, 2, 4 and 9.
    members : {"mixed", "one", "two", "one pair", "two pairs"}
        1 to 4 people a family, two on average; or one, or two each; or one each but in
        one or two families of two.
    icc : float
        Correlation of the changes of two members of a family.
    waves : {2, 3, 5}
        More than two have family slopes of variance `slopes` over the whole period.
    autocorrelation : float
        Of what a wave adds, from one wave to the next.
    slopes : float
        Variance between families of the change over the whole period.
    site_change : float
        Standard deviation of the mean change between sites.
    generalises_to : {"families", "sites"}
        Where sites differ: whether the truth is the mean at these sites or at all of them.
    loss : {"none", "random", "score"}
        35 % of people leave: anyone, or rather who started low.
    shape : str
        Of the change (skewed) or of the score (cut off at a bound).
    """

    families: int = 12
    sites: Sites = "balanced"
    members: Members = "mixed"
    icc: float = 0.2
    waves: int = 2
    autocorrelation: float = 0.0
    slopes: float = 0.0
    site_change: float = 0.0
    generalises_to: Literal["families", "sites"] = "families"
    loss: Loss = "none"
    shape: Shape = "normal"

    @property
    def name(self) -> str:
        """What is varied, in words; it seeds the draws."""
        words = [f"{self.families} families", *self._structure(), *self._trouble()]
        return ", ".join(words)

    def _structure(self) -> list[str]:
        said = {
            "unbalanced sites": self.sites == "unbalanced",
            {"one": "one person each", "two": "two people each"}.get(
                self.members, f"{self.members} among them"
            ): self.members != "mixed",
            f"ICC {self.icc:g}": self.icc != BASE.icc,
            f"{self.waves} waves": self.waves != BASE.waves,
            f"autocorrelation {self.autocorrelation:g}": self.autocorrelation > 0,
            "family slopes": self.slopes > 0,
        }
        return [words for words, holds in said.items() if holds]

    def _trouble(self) -> list[str]:
        said = {
            f"sites differ, these {N_SITES}": self._differ("families"),
            "sites differ, sites like these": self._differ("sites"),
            "35 % lost at random": self.loss == "random",
            "35 % lost by first score": self.loss == "score",
            self.shape: self.shape != "normal",
        }
        return [words for words, holds in said.items() if holds]

    def _differ(self, generalises_to: str) -> bool:
        return self.site_change > 0 and self.generalises_to == generalises_to

    @property
    def sizes(self) -> tuple[int, ...]:
        """How many people each family has."""
        if self.members in ("one pair", "two pairs"):
            pairs = 1 if self.members == "one pair" else 2
            return (2,) * pairs + (1,) * (self.families - pairs)
        pattern = MEMBERS[self.members]
        return tuple(pattern[place % len(pattern)] for place in range(self.families))

    @property
    def site_of(self) -> tuple[int, ...]:
        """The site of each family."""
        if self.sites == "balanced":
            return tuple(place % N_SITES for place in range(self.families))
        counts = [max(1, self.families * share // sum(SHARES)) for share in SHARES[:-1]]
        counts.append(self.families - sum(counts))
        order = [site for site, count in enumerate(counts) for _ in range(count)]
        return tuple(order)


BASE = Cell()
FIVE = Cell(waves=5, autocorrelation=0.5, slopes=0.5)
_DIFFER = {"site_change": 0.5}
_FAMILIES = replace(BASE, **_DIFFER)
_SITES = replace(BASE, **_DIFFER, generalises_to="sites")

ALONE: tuple[Cell, ...] = (
    replace(BASE, families=4),
    replace(BASE, members="one pair"),
    replace(BASE, members="two pairs"),
    replace(FIVE, slopes=0.0),
)
"""Beside what `CROSSED` varies at five numbers of families."""

CROSSED: tuple[Cell, ...] = (
    replace(BASE, sites="unbalanced"),
    replace(BASE, members="one"),
    replace(BASE, members="two"),
    replace(BASE, icc=0.0),
    replace(BASE, icc=0.5),
    replace(FIVE, autocorrelation=0.0),
    _FAMILIES,
    _SITES,
    replace(BASE, loss="random"),
    replace(BASE, loss="score"),
)

PAIRS: tuple[Cell, ...] = (
    replace(_SITES, sites="unbalanced"),
    replace(_FAMILIES, sites="unbalanced"),
    replace(FIVE, loss="score"),
    replace(FIVE, icc=0.5),
    replace(FIVE, members="one"),
    replace(BASE, icc=0.5, loss="random"),
    replace(BASE, members="one", loss="score"),
)

STRESS: tuple[Cell, ...] = (
    replace(BASE, members="one", icc=0.0, shape="skew 1"),
    replace(BASE, members="one", icc=0.0, shape="exponential"),
    replace(BASE, shape="ceiling"),
    replace(BASE, shape="ceiling moved"),
    replace(BASE, members="one", shape="ceiling moved"),
    replace(BASE, shape="strong ceiling moved"),
)

_THREE = replace(BASE, waves=3)
FRESH: tuple[Cell, ...] = tuple(
    replace(cell, families=n)
    for cell, n in product(
        (
            replace(BASE, icc=0.3),
            replace(BASE, icc=0.1, sites="unbalanced", loss="random"),
            replace(BASE, icc=0.4, members="two", loss="score"),
            replace(_THREE, autocorrelation=0.3, slopes=0.25),
            replace(_THREE, icc=0.3, loss="score"),
        ),
        (7, 10, 14, 20),
    )
)
"""Written down after every rule of a method was chosen, so that no rule was chosen on them."""


def _list() -> tuple[Cell, ...]:
    every = [replace(cell, families=n) for cell, n in product((BASE, FIVE), LADDER)]
    crossed = [replace(cell, families=n) for cell, n in product(CROSSED, RUNGS)]
    pairs = [replace(cell, families=n) for cell, n in product(PAIRS, (5, 8, 16))]
    stress = [replace(cell, families=n) for cell, n in product(STRESS, (4, *LADDER))]
    return (*ALONE, *every, *crossed, *pairs, *stress, *FRESH)


CELLS: tuple[Cell, ...] = _list()

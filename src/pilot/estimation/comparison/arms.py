"""The people of two groups with both scores, and what they cannot carry."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pilot.design.text import Text
from pilot.estimation.pairs import Pairs
from pilot.estimation.plan import Versus
from pilot.estimation.reasons import FAMILIES, PEOPLE, refusal
from pilot.frames import GROUP

Floats = NDArray[np.float64]

SITES_AN_ARM = 4
SITES_IN_TURNS = 5
LEAST = 2


@dataclass(frozen=True, slots=True, eq=False)
class Arms:
    """Two groups of one outcome at two waves.

    Attributes
    ----------
    pairs : Pairs
        Everyone, also who is in neither group.
    versus : Versus
    table : DataFrame
        Who is in one of the two and has both scores: ``participant, family, site, before,
        after, arm``, arm being 1 in the group and 0 in the reference.
    everyone : DataFrame
        Every score of the two waves: ``participant, family, site, score, later, arm``.
    by_site : bool
        Whether every site is in one group as a whole.
    """

    pairs: Pairs
    versus: Versus
    table: pd.DataFrame
    everyone: pd.DataFrame
    by_site: bool

    @property
    def where(self) -> str:
        """The place a refusal names."""
        return f"{self.pairs.where}, {self.versus.words}"

    @property
    def alone(self) -> bool:
        """Whether no family has two members in the table."""
        return bool(self.table["family"].is_unique)

    @property
    def changes(self) -> tuple[Floats, Floats]:
        """Each family's mean change in the group and in the reference, by size.

        Of a family with members in both groups, each side is averaged by itself.
        """
        return self._means("family")

    @property
    def site_changes(self) -> tuple[Floats, Floats]:
        """Each site's mean over its families' changes, in the group and the reference."""
        return self._means("site")

    @property
    def split_sites(self) -> int:
        """How many sites hold people of both groups."""
        return _split_sites(self.table)

    @property
    def n_by_group(self) -> tuple[int, int]:
        """How many families are in the group and in the reference."""
        families = self.table.groupby("arm")["family"].nunique()
        return int(families.get(1, 0)), int(families.get(0, 0))

    def _means(self, unit: str) -> tuple[Floats, Floats]:
        people = self.table.assign(change=self.table["after"] - self.table["before"])
        means = people.groupby(["arm", "family"])["change"].mean().reset_index()
        if unit == "site":
            homes = people.drop_duplicates(["arm", "family"])[["arm", "family", "site"]]
            sited = means.merge(homes, on=["arm", "family"])
            means = sited.groupby(["arm", "site"])["change"].mean().reset_index()
        sides = (means.loc[means["arm"] == arm, "change"] for arm in (1, 0))
        first, second = (np.sort(side.to_numpy(dtype=float)) for side in sides)
        return first, second


def arms_of(pairs: Pairs, versus: Versus) -> Arms:
    """Return the two groups of some pairs, each person in the group of the first wave."""
    group = group_of(pairs)
    arm = {versus.group: 1, versus.reference: 0}
    table = pairs.table.assign(arm=pairs.table["participant"].map(group).map(arm))
    table = _by_arm(table)
    rows = pairs.everyone
    rows = rows[rows["wave"].isin([pairs.earlier, pairs.later])]
    everyone = pd.DataFrame(
        {
            "participant": rows["participant"],
            "family": _homes(pairs, rows["participant"]),
            "site": rows["site"],
            "score": rows["score"],
            "later": (rows["wave"] == pairs.later).astype(int),
            "arm": rows["participant"].map(group).map(arm),
        }
    )
    by_site = versus.cluster == "site" or (versus.cluster is None and _by_site(table))
    return Arms(pairs, versus, table, _by_arm(everyone), by_site)


def group_of(pairs: Pairs) -> pd.Series:
    """Return each person's group: at the first wave at which one is known."""
    rows = pairs.everyone
    if GROUP not in rows:
        return pd.Series(dtype="str")
    known = rows.dropna(subset=[GROUP]).drop_duplicates("participant")
    return known.set_index("participant")[GROUP]


def refuse_arms(arms: Arms) -> None:
    """Refuse groups of nobody, of one, and whole sites that are too few.

    Raises
    ------
    Refusal
        With a reason in both languages.
    """
    counts = dict(zip(("group", "reference"), arms.n_by_group, strict=True))
    names = {"group": arms.versus.group, "reference": arms.versus.reference}
    for side, n in counts.items():
        if n == 0:
            raise refusal(
                "group_empty",
                arms.where,
                "look in the findings for who is in no group",
                group=names[side],
            )
    for side, n in counts.items():
        if n < LEAST:
            raise refusal(
                "few_in_group",
                arms.where,
                "describe the groups, or follow up more of them",
                n=n,
                units=units_of(arms),
                group=names[side],
                needed=LEAST,
            )
    if arms.versus.in_turns:
        _refuse_in_turns(arms)
    if arms.by_site:
        _refuse_sites(arms, names)


def units_of(arms: Arms) -> Text:
    """Return what the groups count, in words."""
    return PEOPLE if arms.pairs.units is PEOPLE else FAMILIES


def _refuse_in_turns(arms: Arms) -> None:
    n = int(arms.table["site"].nunique())
    if n < SITES_IN_TURNS:
        raise refusal(
            "few_sites_in_turns",
            arms.where,
            "describe the groups; let more sites start in turns",
            n=n,
            needed=SITES_IN_TURNS,
        )


def _refuse_sites(arms: Arms, names: dict[str, str]) -> None:
    unknown = int(arms.table["site"].isna().sum())
    if unknown:
        raise refusal(
            "site_unknown",
            arms.where,
            "give each family its site in the register",
            unknown=unknown,
            n=len(arms.table),
            units=PEOPLE,
        )
    if len(set(arms.table["site"])) == 1:
        raise refusal(
            "one_site_compared",
            arms.where,
            "compare people within the site with cluster='family'",
            n=len(arms.table),
        )
    sites = arms.table.groupby("arm")["site"].nunique()
    for side, arm in (("group", 1), ("reference", 0)):
        if sites[arm] < SITES_AN_ARM:
            raise refusal(
                "few_sites_in_group",
                arms.where,
                "describe the groups, or let people within sites be compared",
                n=int(sites[arm]),
                group=names[side],
                needed=SITES_AN_ARM,
            )


def _by_arm(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of the two groups, in an order that no pseudonym decides."""
    known = rows[rows["arm"].notna()].astype({"arm": int})
    return known.sort_values("arm", kind="stable").reset_index(drop=True)


def _homes(pairs: Pairs, people: pd.Series) -> pd.Series:
    """Return each person's family, at the first wave that tells it, or one of their own."""
    known = pairs.everyone.dropna(subset=["family"]).drop_duplicates("participant")
    if known.empty:
        return people
    home = people.map(known.set_index("participant")["family"])
    return home.fillna("alone: " + people.astype("str"))


def _by_site(table: pd.DataFrame) -> bool:
    """Say whether sites are in one group as a whole, and not merely people of them."""
    if table["site"].isna().any() or table.empty or table["site"].is_unique:
        return False
    return not _split_sites(table)


def _split_sites(table: pd.DataFrame) -> int:
    """Return how many sites hold people of both groups."""
    return int(table.drop_duplicates(["site", "arm"])["site"].duplicated().sum())

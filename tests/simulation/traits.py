"""What people are like and how they change: traits behind the answers, family by family.

A trait is what a person would answer on average to one item of a form, before reversal.
Part of what a person's traits have in common runs in the family, and part of how people
change belongs to the site.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from tests.simulation.dice import Dice
from tests.simulation.people import Person

FAMILY_SHARE = 0.35  # of what a person's traits have in common, in level and in change
SITE_SHARE = 0.15  # of what a person's changes have in common
COMMON_SHARE = 0.40  # of a trait's variance, in common with the person's other traits


@dataclass(frozen=True, slots=True)
class Trait:
    """A form's mean item answer, its spread, and its true change until the last wave.

    ``sd`` is between people, ``noise`` within a person from item to item, ``gain`` the mean
    change over the whole course and ``gain_sd`` how people differ in it, all in points of
    one item. ``sense`` is -1 where a higher answer is worse.
    """

    mean: float
    sd: float
    noise: float
    gain_sd: float
    gain: float = 0.0
    sense: int = 1

    def gaining(self, gain: float, mean: float | None = None) -> Trait:
        """Return the same trait with this change, and perhaps another level."""
        return replace(self, gain=gain, mean=self.mean if mean is None else mean)


USUAL = {
    "gse-10": Trait(2.80, 0.42, 0.62, 0.22),
    "lsns-6": Trait(2.40, 0.75, 0.80, 0.32),
    "osss-3": Trait(2.90, 0.65, 0.65, 0.30),
    "djg-6": Trait(1.75, 0.55, 0.55, 0.25, sense=-1),
    "brs": Trait(3.00, 0.65, 0.60, 0.25),
    "psoc": Trait(4.10, 0.60, 0.75, 0.25),
    "rses": Trait(1.75, 0.45, 0.55, 0.20),
    "pfw": Trait(4.20, 1.50, 1.20, 0.60),
    "pss-4": Trait(1.80, 0.60, 0.65, 0.30, sense=-1),
    "life-satisfaction": Trait(6.40, 1.20, 0.60, 0.50),
    "self-rated-health": Trait(3.30, 0.75, 0.35, 0.25),
    "participatieladder": Trait(2.70, 1.05, 0.12, 0.50),
    "talent-use": Trait(2.90, 0.80, 0.45, 0.35),
    "help-given": Trait(1.30, 0.80, 0.45, 0.35),
    "help-received": Trait(1.20, 0.80, 0.45, 0.35, sense=-1),
    "feeling-safe": Trait(3.40, 0.80, 0.40, 0.30),
    "knows-where-to-go": Trait(2.90, 0.80, 0.45, 0.35),
    "making-ends-meet": Trait(2.10, 0.75, 0.35, 0.30),
    "talk-about-money": Trait(2.20, 0.80, 0.45, 0.35),
    "exercise-days": Trait(2.80, 1.50, 0.70, 0.70),
    "healthy-food": Trait(3.40, 1.60, 0.70, 0.60),
    "day-activity-hours": Trait(8.00, 6.00, 1.50, 3.00),
    "gas": Trait(-1.20, 0.20, 0.35, 0.55),
}


@dataclass(frozen=True, slots=True)
class Paths:
    """Each person's trait at each wave: ``at[role and form][code]`` is one number a wave."""

    at: dict[tuple[str, str], dict[str, list[float]]]

    def standard(self, form: str, wave: int = 0) -> dict[str, float]:
        """Return everyone's trait at a wave in standard deviations, role by role."""
        found: dict[str, float] = {}
        for (_, key), paths in self.at.items():
            if key == form:
                levels = [path[wave] for path in paths.values()]
                mean = sum(levels) / len(levels)
                sd = (sum((level - mean) ** 2 for level in levels) / len(levels)) ** 0.5 or 1.0
                found |= {code: (path[wave] - mean) / sd for code, path in paths.items()}
        return found


def draw_paths(
    people: list[Person],
    traits: dict[tuple[str, str], Trait],
    course: list[float],
    seed: int,
) -> Paths:
    """Draw everyone's traits at every wave.

    Parameters
    ----------
    people : list of Person
        Everyone who starts.
    traits : dict
        By role and form.
    course : list of float
        Which part of the change is there at each wave: 0 at the first, 1 at the last.
    seed : int
        The trajectory's seed.
    """
    level = _common(people, Dice(seed, "level"), 0.0)
    change = _common(people, Dice(seed, "change"), SITE_SHARE)
    at = {}
    for (role, form), trait in traits.items():
        dice = Dice(seed, "trait", role, form)
        mine = [person for person in people if person.role == role]
        at[role, form] = {
            person.code: _path(trait, level[person.code], change[person.code], course, dice)
            for person in mine
        }
    return Paths(at)


def _path(
    trait: Trait, level: float, change: float, course: list[float], dice: Dice
) -> list[float]:
    begin = trait.mean + trait.sd * _mixed(level * trait.sense, dice)
    whole = trait.gain + trait.gain_sd * _mixed(change * trait.sense, dice)
    return [begin + whole * part for part in course]


def _mixed(common: float, dice: Dice) -> float:
    return COMMON_SHARE**0.5 * common + (1 - COMMON_SHARE) ** 0.5 * dice.normal()


def _common(people: list[Person], dice: Dice, site_share: float) -> dict[str, float]:
    families = {unit: dice.normal() for unit in dict.fromkeys(person.unit for person in people)}
    sites = {site: dice.normal() for site in dict.fromkeys(person.site for person in people)}
    if len(sites) < 2:
        site_share = 0.0
    own_share = 1 - FAMILY_SHARE - site_share
    return {
        person.code: FAMILY_SHARE**0.5 * families[person.unit]
        + site_share**0.5 * sites[person.site]
        + own_share**0.5 * dice.normal()
        for person in people
    }

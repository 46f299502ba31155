"""The ladder: what so many families can carry, decided before anyone looks at the outcome."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pilot.design.instrument import Level
from pilot.design.text import LANGUAGES, Text
from pilot.estimation.pairs import Pairs
from pilot.estimation.plan import GeneralisesTo, Plan
from pilot.estimation.reasons import FAMILIES, refusal
from pilot.estimation.validated import found_in, measured

INTERVAL_FROM = 5
TEST_FROM = 10
TEST_TO = 30
SITES_FROM = 4
COVERS_FROM = 0.88  # of 95 % intervals in simulations, below which none is given

_WHAT: dict[str, Text] = {
    "interval": Text(nl="de gemiddelde verandering", en="the mean change"),
    "ordinal": Text(
        nl="het aandeel beter min het aandeel slechter",
        en="the share better minus the share worse",
    ),
}
_WORDS: dict[str, Text] = {
    "profiles": Text(
        en="fewer than 5 {units}: each by itself, counts, goals and stories; {what} is not "
        "given, nor an interval or a test",
        nl="minder dan 5 {units}: ieder apart, aantallen, doelen en verhalen; {what} geven we "
        "niet, ook geen marge of toets",
    ),
    "interval": Text(
        en="5 to 9 {units}: {what} with its 75% and 95% interval, and counts better, cannot "
        "tell and worse; the exact p-value only in the appendix",
        nl="5 tot en met 9 {units}: {what} met een marge van 75% en 95%, en aantallen beter, "
        "niet te zeggen en slechter; de exacte p-waarde alleen in de bijlage",
    ),
    "planned test": Text(
        en="10 to 30 {units}: {what} with its intervals; a test only of the two outcomes "
        "planned beforehand, with Holm's correction; all others without a verdict",
        nl="10 tot en met 30 {units}: {what} met marges; een toets alleen voor de twee vooraf "
        "gekozen uitkomsten, met de correctie van Holm; de rest zonder oordeel",
    ),
    "above 30": Text(
        en="more than 30 {units}: as planned beforehand, {what} with its intervals; a test "
        "only of the two outcomes planned beforehand, with Holm's correction",
        nl="meer dan 30 {units}: zoals vooraf gepland, {what} met marges; een toets alleen "
        "voor de twee vooraf gekozen uitkomsten, met de correctie van Holm",
    ),
}
_SITES = Text(
    en="; over {n} site means, each weighing 1",
    nl="; over de gemiddelden van {n} locaties, elk even zwaar",
)
_FEW_SITES = Text(
    en="; refused for sites like these: {n} with a pair, {needed} needed",
    nl="; voor locaties zoals deze geven we niets: {n} met beide metingen, {needed} nodig",
)


@dataclass(frozen=True, slots=True)
class Rung:
    """Where on the ladder an analysis stands.

    Parameters
    ----------
    name : str
        ``profiles``, ``interval``, ``planned test`` or ``above 30``.
    words : Text
        What is given and what is not, as a clause for the report.
    estimated : bool
        Whether a mean (or a net share) with its interval is given at all.
    p_shown : {"nowhere", "appendix", "report"}
        How far a p-value may travel; it always stands in the team's results.
    """

    name: str
    words: Text
    estimated: bool
    p_shown: Literal["nowhere", "appendix", "report"]


def rung_for(
    n_families: int,
    *,
    generalises_to: GeneralisesTo = "families",
    level: Level = "interval",
    n_sites: int = 0,
    units: Text = FAMILIES,
) -> Rung:
    """Return the rung that so many families (or participants) with both waves stand on.

    Parameters
    ----------
    n_families : int
        Independent units with both waves of the contrast.
    generalises_to : {"families", "sites"}
        What the design says the estimate holds for; ``sites`` needs 4 of them besides.
    level : {"interval", "ordinal"}
        Of the outcome; an ordinal one is never carried over to other sites.
    n_sites : int
        Sites with a pair.
    units : Text
        What n counts, in words.

    References
    ----------
    Lee, Whitehead, Jacques & Julious (2014). The statistical interpretation of pilot
    trials: should significance thresholds be reconsidered? BMC Medical Research
    Methodology, 14, 41.
    De Winter (2013). Using the Student's t-test with extremely small sample sizes.
    Practical Assessment, Research & Evaluation, 18, 10.

    Examples
    --------
    >>> rung_for(7).name
    'interval'
    >>> print(rung_for(3, level="ordinal").words.en[:46])
    fewer than 5 families: each by itself, counts,
    """
    name = _name(n_families)
    if level == "ordinal":
        generalises_to = "families"
    enough_sites = generalises_to == "families" or n_sites >= SITES_FROM
    estimated = n_families >= INTERVAL_FROM and enough_sites
    shown: Literal["nowhere", "appendix", "report"] = "report"
    if n_families < TEST_FROM:
        shown = "appendix"
    return Rung(
        name,
        _words(name, level, units, _of_sites(generalises_to, n_sites)),
        estimated,
        shown if estimated else "nowhere",
    )


def rung_of(pairs: Pairs, plan: Plan) -> Rung:
    """Return the rung of these pairs under this plan."""
    return rung_for(
        len(pairs.families),
        generalises_to=plan.generalises_to,
        level=pairs.outcome.level,
        n_sites=pairs.n_sites,
        units=pairs.units,
    )


def refuse_below_the_ladder(pairs: Pairs) -> None:
    """Refuse what so few families cannot carry.

    Raises
    ------
    Refusal
        With nobody at both waves, or fewer than 5 families with both.
    """
    n = len(pairs.families)
    if n == 0:
        raise refusal(
            "no_pairs",
            pairs.where,
            "look in the flow at who is due and who left",
            earlier=pairs.earlier,
            later=pairs.later,
        )
    if n < INTERVAL_FROM:
        raise refusal(
            "few_units",
            pairs.where,
            "read the profiles, the goals and the stories",
            n=n,
            units=pairs.units,
            needed=INTERVAL_FROM,
        )


def refuse_where_intervals_miss(pairs: Pairs, method: str) -> None:
    """Refuse a method on scores like which its intervals miss too often in simulations.

    Raises
    ------
    Refusal
        Where 40 % of the scores of a wave are at a bound, or changes are skewed, and the
        95 % interval of this method held the truth in fewer than 88 of 100 at this n.
    """
    found = found_in(pairs)
    n = len(pairs.families)
    share = None if found is None else measured(method, n, found.condition)
    if found is None or share is None or share >= COVERS_FROM:
        return
    raise refusal(
        "intervals_miss",
        pairs.where,
        "read the changes one by one, and ask more families",
        seen=found.words,
        n=n,
        units=pairs.units,
        held=100 * share,
        needed=100 * COVERS_FROM,
    )


def _name(n: int) -> str:
    if n < INTERVAL_FROM:
        return "profiles"
    if n < TEST_FROM:
        return "interval"
    return "planned test" if n <= TEST_TO else "above 30"


def _words(name: str, level: Level, units: Text, sites: Text | None) -> Text:
    said = {}
    for language in LANGUAGES:
        clause = _WORDS[name].in_(language)
        words = clause.format(units=units.in_(language), what=_WHAT[level].in_(language))
        said[language] = words + (sites.in_(language) if sites else "")
    return Text(**said)


def _of_sites(generalises_to: GeneralisesTo, n_sites: int) -> Text | None:
    if generalises_to == "families":
        return None
    clause = _SITES if n_sites >= SITES_FROM else _FEW_SITES
    said = {
        language: clause.in_(language).format(n=n_sites, needed=SITES_FROM)
        for language in LANGUAGES
    }
    return Text(**said)

"""Every reason for which an estimate is refused, in both languages, in one place."""

from __future__ import annotations

from pilot.design.text import Text
from pilot.errors import EstimationError

FAMILIES = Text(nl="gezinnen", en="families")
PEOPLE = Text(nl="deelnemers", en="participants")

REASONS: dict[str, Text] = {
    "asked_once": Text(
        en="was asked at one wave only, and a change needs two",
        nl="is maar op één meetmoment gevraagd; voor een verandering zijn er twee nodig",
    ),
    "one_wave": Text(
        en="has scores at one wave only so far; a change needs two",
        nl="heeft tot nu toe op één meetmoment scores; voor een verandering zijn er twee nodig",
    ),
    "no_scores": Text(
        en="has no scores at any wave held so far",
        nl="heeft op geen enkel meetmoment tot nu toe scores",
    ),
    "no_pairs": Text(
        en="nobody has a score at both {earlier!r} and {later!r}",
        nl="niemand heeft een score op zowel {earlier!r} als {later!r}",
    ),
    "no_scores_at": Text(
        en="nobody has a score at {wave!r}",
        nl="niemand heeft een score op {wave!r}",
    ),
    "few_units": Text(
        en="{n} {units} with both waves; a mean, its interval and a test are given from "
        "{needed}, below that only profiles, counts and stories",
        nl="{n} {units} met beide metingen; een gemiddelde met marge en toets geven we vanaf "
        "{needed}, daaronder alleen profielen, aantallen en verhalen",
    ),
    "fewer_than_two": Text(
        en="{n} change; how sure the mean is can only be told from two changes on",
        nl="{n} verandering; hoe zeker het gemiddelde is, weten we pas vanaf twee",
    ),
    "no_spread": Text(
        en="all {n} changes are {value:g}; without spread nothing tells how sure the mean is",
        nl="alle {n} veranderingen zijn {value:g}; zonder spreiding weten we niet hoe zeker "
        "het gemiddelde is",
    ),
    "no_standardiser": Text(
        en="all {n} scores {wave} are {value:g}; a change cannot be divided by a spread of 0",
        nl="alle {n} scores {wave} zijn {value:g}; delen door een spreiding van 0 kan niet",
    ),
    "perfect_correlation": Text(
        en="the two waves correlate perfectly, where this standardiser has no end",
        nl="de twee metingen hangen volmaakt samen; deze standaardisatie bestaat dan niet",
    ),
    "no_correction": Text(
        en="with {n} changes the small-sample correction does not exist",
        nl="met {n} veranderingen bestaat de correctie voor kleine aantallen niet",
    ),
    "too_few_for_interval": Text(
        en="with {n} changes no exact interval reaches {level:.0%}",
        nl="met {n} veranderingen haalt geen exact interval {level:.0%}",
    ),
    "few_to_impute": Text(
        en="{n} {units} with both waves; filling in who left is done from {needed}",
        nl="{n} {units} met beide metingen; wie afviel vullen we pas in vanaf {needed}",
    ),
    "no_interval": Text(
        en="the estimate has no interval, so nothing says when its direction is certain",
        nl="de schatting heeft geen marge; niets zegt dus wanneer de richting zeker is",
    ),
    "few_sites": Text(
        en="{n} sites with a pair; what holds for sites like these is estimated from {needed}",
        nl="{n} locaties met een meting vooraf en achteraf; wat voor zulke locaties geldt, "
        "schatten we vanaf {needed}",
    ),
    "one_site": Text(
        en="all families are at one site, so no site can be left out",
        nl="alle gezinnen horen bij één locatie; er is geen locatie om weg te laten",
    ),
    "site_unknown": Text(
        en="{unknown} of {n} {units} have no site, so site means would leave them out",
        nl="van {unknown} van de {n} {units} is de locatie onbekend; gemiddelden per locatie "
        "zouden hen weglaten",
    ),
    "mean_of_ordinal": Text(
        en="its steps are an order, not a distance, so no mean is taken of it",
        nl="de stappen zijn een volgorde en geen afstand; daarom geen gemiddelde",
    ),
    "net_of_interval": Text(
        en="it has a mean; the share better minus the share worse is for ordinal outcomes",
        nl="hiervan bestaat een gemiddelde; aandeel beter min aandeel slechter is voor "
        "ordinale uitkomsten",
    ),
    "individual_ordinal": Text(
        en="its steps are an order, not a distance, so an error in points says nothing",
        nl="de stappen zijn een volgorde en geen afstand; een fout in punten zegt dan niets",
    ),
    "individual_neither": Text(
        en="neither way is better, so nobody can be called improved",
        nl="geen van beide richtingen is beter; niemand is dus vooruitgegaan te noemen",
    ),
    "no_reliability": Text(
        en="no published reliability tells its measurement error (an internal consistency, "
        "or a retest within {days} days)",
        nl="er is geen gepubliceerde betrouwbaarheid die de meetfout geeft (een interne "
        "consistentie, of een hertest binnen {days} dagen)",
    ),
    "no_spread_before": Text(
        en="no published SD, and the {n} scores before have no spread to take one from",
        nl="er is geen gepubliceerde SD, en de {n} scores vooraf hebben geen spreiding",
    ),
    "no_spread_after": Text(
        en="no published SD, and the {n} scores after have no spread to take one from",
        nl="er is geen gepubliceerde SD, en de {n} scores achteraf hebben geen spreiding",
    ),
    "no_population": Text(
        en="this method expects a return to the mean of a population, and neither its mean "
        "nor its SD may come from a pilot's few people",
        nl="deze methode gaat uit van terugkeer naar het gemiddelde van een bevolking; dat "
        "gemiddelde en de SD mogen niet van de paar mensen van een pilot komen",
    ),
    "no_mean_after": Text(
        en="no published mean says where such people stand at the later wave without a "
        "programme",
        nl="geen gepubliceerd gemiddelde zegt waar zulke mensen later staan zonder programma",
    ),
    "no_reliable_differences": Text(
        en="the changes of these {n} people differ no more than measurement error alone makes "
        "them differ",
        nl="de veranderingen van deze {n} mensen verschillen niet meer dan alleen de meetfout "
        "al geeft",
    ),
    "no_clinical_group": Text(
        en="no published mean and SD of people who sought help",
        nl="er is geen gepubliceerd gemiddelde met SD van mensen die hulp zochten",
    ),
    "no_reference_group": Text(
        en="no published mean and SD of people in general",
        nl="er is geen gepubliceerd gemiddelde met SD van mensen in het algemeen",
    ),
    "no_reference_mean": Text(
        en="no published mean of a population tells where these families would move back to",
        nl="geen gepubliceerd gemiddelde van een bevolking zegt waar deze gezinnen naar terug "
        "zouden schuiven",
    ),
    "few_for_dose": Text(
        en="{n} {units} with a change and an attendance; how the two go together is told from "
        "{needed}",
        nl="{n} {units} met een verandering en een opkomst; hoe die samengaan zeggen we vanaf "
        "{needed}",
    ),
    "same_dose": Text(
        en="all came equally often or changed equally much, so nothing can go together",
        nl="allen kwamen even vaak of veranderden evenveel; er kan dus niets samengaan",
    ),
    "no_time": Text(
        en="the time between the two waves is not known",
        nl="de tijd tussen de twee metingen is niet bekend",
    ),
    "no_retest_over": Text(
        en="no published retest over about {months} months tells how people usually move",
        nl="geen gepubliceerde hertest over ongeveer {months} maanden zegt hoe mensen "
        "gewoonlijk schommelen",
    ),
}


class Refusal(EstimationError):  # noqa: N818 - no error: an answer that is a reason
    """What the data or the design cannot carry: a row of its own, never a crash.

    `reason_nl` is the cause in Dutch, for the reports.
    """

    def __init__(self, where: str, cause: str, mend: str, reason_nl: str = "") -> None:
        super().__init__(where, cause, mend)
        self.reason_nl = reason_nl


def refusal(key: str, where: str, mend: str, **parts: object) -> Refusal:
    """Return the refusal that a key of `REASONS` stands for, its gaps filled in.

    Examples
    --------
    >>> print(refusal("no_scores", "outcome 'gse_10_total'", "ask it at two waves"))
    outcome 'gse_10_total': has no scores at any wave held so far
      mend: ask it at two waves
    """
    words = REASONS[key]
    return Refusal(where, _fill(words.en, "en", parts), mend, _fill(words.nl, "nl", parts))


def _fill(template: str, language: str, parts: dict[str, object]) -> str:
    said = {
        name: (part.nl if language == "nl" else part.en) if isinstance(part, Text) else part
        for name, part in parts.items()
    }
    return template.format(**said)

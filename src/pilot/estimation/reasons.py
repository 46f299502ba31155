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
    "intervals_miss": Text(
        en="{seen}; in simulations of scores like these the 95% interval of {n} {units} held "
        "the truth in only {held:.0f} of 100, and below {needed:.0f} none is given",
        nl="{seen}; in simulaties met zulke scores bevatte de marge van 95% bij {n} {units} de "
        "waarheid in maar {held:.0f} van de 100 keer; onder de {needed:.0f} geven we er geen",
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
    "no_pilot_answered": Text(
        en="in none of {n} simulated pilots did 5 families with both waves stay whose changes "
        "differ",
        nl="in geen van de {n} nagebootste pilots bleven 5 gezinnen met beide metingen over "
        "waarvan de veranderingen verschillen",
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
    "few_within_sites": Text(
        en="{n} {units} at {sites} sites; how {units} differ within sites is told from "
        "{needed} more {units} than sites",
        nl="{n} {units} op {sites} locaties; hoe {units} binnen een locatie verschillen, "
        "zeggen we vanaf {needed} {units} meer dan locaties",
    ),
    "no_spread_within": Text(
        en="all {n} changes are those of their site, so nothing tells how sure the mean is",
        nl="alle {n} veranderingen zijn die van hun locatie; hoe zeker het gemiddelde is, "
        "weten we dan niet",
    ),
    "few_waves_for_slopes": Text(
        en="scores at {n} waves; a family's own line is drawn from {needed}",
        nl="scores op {n} meetmomenten; een eigen lijn per gezin trekken we vanaf {needed}",
    ),
    "few_for_slopes": Text(
        en="{n} {units} with a score; their own lines are drawn from {needed}",
        nl="{n} {units} met een score; hun eigen lijnen trekken we vanaf {needed}",
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
    "no_dose": Text(
        en="no attendance was registered, so nothing can be held beside the change",
        nl="er is geen opkomst bijgehouden; naast de verandering valt dus niets te leggen",
    ),
    "no_history": Text(
        en="the design states no shift of the neighbourhood itself, with its source",
        nl="het ontwerp noemt geen verschuiving van de buurt zelf, met bron",
    ),
    "same_dose": Text(
        en="all came equally often or changed equally much, so nothing can go together",
        nl="allen kwamen even vaak of veranderden evenveel; er kan dus niets samengaan",
    ),
    "no_then_test": Text(
        en="nobody was asked afterwards how the start was, so no shift can be told",
        nl="niemand is achteraf gevraagd hoe het begin was; een verschuiving is niet te zien",
    ),
    "few_with_then_test": Text(
        en="{n} {units} with a start, an end and a then-test; the three are compared from "
        "{needed}",
        nl="{n} {units} met een begin, een eind en een then-test; de drie vergelijken we vanaf "
        "{needed}",
    ),
    "few_to_resample": Text(
        en="{n} {units}; drawing families again and again covers 78, 91 and 94% at 4, 8 and "
        "16 where it says 95%, so it is done from {needed}",
        nl="{n} {units}; steeds opnieuw trekken haalt bij 4, 8 en 16 maar 78, 91 en 94% waar "
        "het 95% belooft; daarom doen we dat pas vanaf {needed}",
    ),
    "nobody_moved": Text(
        en="none of the {n} {units} moved, so better and worse have no ratio",
        nl="geen van de {n} {units} veranderde; beter en slechter hebben dan geen verhouding",
    ),
    "few_for_odds": Text(
        en="{n} {units} with both waves; a proportional odds model is fitted from {needed}, "
        "for below that its interval is too narrow or has no end",
        nl="{n} {units} met beide metingen; een proportional-odds-model passen we toe vanaf "
        "{needed}: daaronder is de marge te smal of zonder einde",
    ),
    "no_whole_steps": Text(
        en="its scores are no whole steps of a scale with at most {most}",
        nl="de scores zijn geen hele stappen van een schaal met hooguit {most}",
    ),
    "all_one_way": Text(
        en="all {n} {units} that moved went the same way, so the odds have no end",
        nl="alle {n} {units} die veranderden gingen dezelfde kant op; de kansverhouding heeft "
        "dan geen einde",
    ),
    "short_phase": Text(
        en="{n} measurements in the {phase}; with fewer than {needed} nothing tells what "
        "would have happened by itself",
        nl="{n} metingen in de {phase}; met minder dan {needed} zegt niets wat er vanzelf zou "
        "zijn gebeurd",
    ),
    "no_draw": Text(
        en="the design lists no possible starts from which this one was drawn by lot, so no "
        "test follows from the draw",
        nl="het ontwerp noemt geen mogelijke startmomenten waaruit dit is geloot; er volgt dan "
        "geen toets uit de loting",
    ),
    "levels_too_late": Text(
        en="no goal has levels that were written before the start, so any of them may have "
        "been written to fit what happened",
        nl="van geen enkel doel zijn de niveaus voor de start opgeschreven; ze kunnen dan zijn "
        "gekozen naar wat er gebeurde",
    ),
    "few_with_goals": Text(
        en="{n} {units} with goals set before the start and rated; a mean T is given from "
        "{needed}",
        nl="{n} {units} met doelen die voor de start zijn gesteld en later beoordeeld; een "
        "gemiddelde T geven we vanaf {needed}",
    ),
    "few_at_site": Text(
        en="{n} people; a rate with an interval is given from {needed}",
        nl="{n} mensen; hoe vaak het gebeurt, met een marge, geven we vanaf {needed}",
    ),
    "no_years": Text(
        en="of none of {n} people is known since when they took part",
        nl="van geen van {n} mensen is bekend sinds wanneer zij meedoen",
    ),
    "few_waits": Text(
        en="{n} waiting times; a median is given from {needed}, below that only counts",
        nl="{n} wachttijden; een mediaan geven we vanaf {needed}, daaronder alleen aantallen",
    ),
    "group_empty": Text(
        en="nobody in group {group!r} has a score at both waves",
        nl="niemand in groep {group!r} heeft een score op beide metingen",
    ),
    "group_same": Text(
        en="all {n} participants are in group {group!r}; there is nothing to compare",
        nl="alle {n} deelnemers zitten in groep {group!r}; er is niets te vergelijken",
    ),
    "groups_many": Text(
        en="{n} groups ({groups}), and a comparison is of two",
        nl="{n} groepen ({groups}), en een vergelijking gaat over twee",
    ),
    "few_in_group": Text(
        en="{n} {units} in group {group!r} with both waves; a comparison needs {needed} in "
        "each group",
        nl="{n} {units} in groep {group!r} met beide metingen; een vergelijking vraagt er "
        "{needed} per groep",
    ),
    "few_sites_in_group": Text(
        en="{n} site(s) in group {group!r}; where whole sites are compared, how sure a "
        "difference is can be told from {needed} sites in each group, and below that the "
        "groups are only described",
        nl="{n} locatie(s) in groep {group!r}; waar hele locaties worden vergeleken, weten we "
        "pas vanaf {needed} locaties per groep hoe zeker een verschil is; daaronder "
        "beschrijven we de groepen alleen",
    ),
    "few_sites_in_turns": Text(
        en="{n} sites start in turns; how sure a difference is can be told from {needed} "
        "sites, and below that the groups are only described",
        nl="{n} locaties beginnen na elkaar; hoe zeker een verschil is, weten we pas vanaf "
        "{needed} locaties; daaronder beschrijven we de groepen alleen",
    ),
    "sites_in_both": Text(
        en="{n} site(s) hold people of both groups, so site means are no two samples",
        nl="op {n} locatie(s) zitten mensen van beide groepen; gemiddelden per locatie zijn "
        "dan geen twee steekproeven",
    ),
    "one_site_compared": Text(
        en="all {n} participants are at one site, so sites cannot be compared",
        nl="alle {n} deelnemers horen bij één locatie; locaties zijn niet te vergelijken",
    ),
    "before_same": Text(
        en="all {n} scores before are {value:g}, so there is no start to adjust for",
        nl="alle {n} scores vooraf zijn {value:g}; er is geen begin om rekening mee te houden",
    ),
    "before_follows": Text(
        en="the scores before follow from the group, so the two cannot be told apart",
        nl="de scores vooraf volgen uit de groep; de twee zijn niet te scheiden",
    ),
    "no_spread_in_groups": Text(
        en="group and score before give all {n} scores after exactly; without spread nothing "
        "tells how sure the difference is",
        nl="groep en score vooraf geven alle {n} scores achteraf precies; zonder spreiding "
        "weten we niet hoe zeker het verschil is",
    ),
    "changes_same_in_groups": Text(
        en="within each group all changed alike; without spread nothing tells how sure the "
        "difference is",
        nl="binnen elke groep veranderden allen evenveel; zonder spreiding weten we niet hoe "
        "zeker het verschil is",
    ),
    "ordinal_by_site": Text(
        en="whole sites are compared on an outcome whose steps are an order; the groups are "
        "only described",
        nl="hele locaties worden vergeleken op een uitkomst waarvan de stappen een volgorde "
        "zijn; we beschrijven de groepen alleen",
    ),
    "no_norm": Text(
        en="no published mean of a population to stand beside",
        nl="er is geen gepubliceerd gemiddelde van een bevolking om ernaast te leggen",
    ),
    "few_beside_norm": Text(
        en="{n} {units} with a score; how sure a mean is can only be told from two on",
        nl="{n} {units} met een score; hoe zeker een gemiddelde is, weten we pas vanaf twee",
    ),
    "same_beside_norm": Text(
        en="all {n} scores are {value:g}; without spread nothing tells how sure the mean is",
        nl="alle {n} scores zijn {value:g}; zonder spreiding weten we niet hoe zeker het "
        "gemiddelde is",
    ),
    "norm_without_n": Text(
        en="the norm of {population} has no {lacking}, so how sure that mean is cannot be told",
        nl="bij de norm van {population} ontbreekt {lacking}; hoe zeker dat gemiddelde is, "
        "weten we niet",
    ),
    "one_line": Text(
        en="all {n} points lie on one line, so nothing tells how sure its slope is",
        nl="alle {n} punten liggen op één lijn; niets zegt dan hoe zeker de helling is",
    ),
    "no_time": Text(
        en="the time between the two waves is not known",
        nl="de tijd tussen de twee metingen is niet bekend",
    ),
    "few_rated": Text(
        en="{n} rated by both; agreement can be told from {needed} on",
        nl="{n} door beiden beoordeeld; overeenstemming geven we vanaf {needed}",
    ),
    "few_for_interval": Text(
        en="{n} rated by both; an interval is given from {needed} on, since the formulas for "
        "it do not hold for so few",
        nl="{n} door beiden beoordeeld; een marge geven we vanaf {needed}, want de formules "
        "gelden niet voor zo weinig",
    ),
    "one_category": Text(
        en="both raters used one and the same category only; agreement beyond chance cannot "
        "be told from that",
        nl="beide beoordelaars gebruikten maar één en dezelfde categorie; overeenstemming "
        "boven toeval is dan niet te bepalen",
    ),
    "no_differences": Text(
        en="all people have the same rating; how raters tell people apart cannot be seen",
        nl="alle mensen kregen hetzelfde oordeel; of beoordelaars mensen onderscheiden is dan "
        "niet te zien",
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

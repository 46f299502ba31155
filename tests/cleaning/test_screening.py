"""The screen of quotes: what tells who somebody is never passes, plain words mostly do."""

from __future__ import annotations

import re

import pytest

from pilot.cleaning.screening import kinds, names_in, recognisable
from pilot.dutch import in_dutch

OWN = ["School De Zon", "Wijkcentrum Oost", "KG-04-1"]
TELLING = (
    "Fatma belt nu voor mij.",
    "mijn buurvrouw fatma belt nu voor mij",
    "in somalië was alles anders",
    "Op de marokkaanse school ging het beter.",
    "Ik praat nu Turks met de juf.",
    "Als moeder alleen met vijf kinderen durf ik meer.",
    "Mijn man is overleden, nu moet ik alles zelf.",
    "Als alleenstaande moeder durf ik meer.",
    "Ik ben weduwe en red het toch.",
    "Sinds ik gescheiden ben gaat het beter.",
    "Mijn drie zonen helpen mij nu.",
    "De tweeling slaapt nu door.",
    "Mijn zoon zit op de Zonneschool.",
    "Bij de zon leerde ik koken.",
    "Ik woon nu in de lindestraat en ken iedereen.",
    "Ik ben 43 en begin opnieuw.",
    "Na zes jaar hier ken ik de weg.",
    "Ik had 4000 euro schuld en nu niet meer.",
    "De schuld van twintigduizend euro is weg.",
    "Ik ga weer naar de moskee.",
    "Met mijn hoofddoek op durf ik naar buiten.",
    "Na de bevalling was ik erg alleen.",
    "Mijn dochter heeft adhd en nu krijgt zij hulp.",
    "Ik kwam als vluchteling en kende niemand.",
    "Ik leerde de taal in het azc.",
    "Mijn ex laat mij nu met rust.",
    "Toen ik uit de gevangenis kwam hielp de groep mij.",
    "Samen met oma doe ik het huishouden.",
    "Ik heb één kind en dat is genoeg.",
    "Mevrouw jansen van hiernaast past nu op.",
    "De juf heet karin en zij luistert.",
    "In Afghanistan was ik leraar.",
    "De syrische moeders koken samen.",
    "Wij spreken thuis arabisch en berbers.",
    "Als poolse moeder hoorde ik er niet bij.",
    "Samira en ik drinken nu elke dag thee.",
    "Ik bel nu zelf. Ahmed hoeft niet meer te bellen.",
    "In groep 5 gaat het nu beter.",
    "Ik durf weer naar kralingen te gaan.",
    "Mijn pleegkind praat nu met mij.",
    "Zwanger zijn was zwaar zonder familie.",
    "Mail mij op wij@huis.nl.",
    "KG-04-1 zegt dat het goed gaat.",
    "In het wijkcentrum oost ken ik iedereen.",
    "IK BEL NU MET FATMA OVER ALLES.",
    "My husband died, so I do it all now.",
    "As a single mother I dare more.",
    "My three sons help me now.",
    "In Somalia everything was different.",
    "I speak turkish with my neighbour.",
    "Fatma calls for me now.",
    "my friend aisha calls for me now",
    "I am 43 and starting again.",
    "At the moroccan school it went better.",
    "I live in baker street and know everybody.",
    "I came as a refugee and knew nobody.",
    "The church helps me every week.",
    "I owe 3000 euros less than before.",
    "My twins sleep well now.",
    "Since the divorce I feel better.",
)
HARMLESS = (
    "Ik durf nu meer te vragen.",
    "Ik bel nu zelf met de gemeente. Vroeger durfde ik dat niet.",
    "Als iets misgaat, weet ik wat ik kan doen.",
    "Samen eten helpt. Daarna groeten mensen elkaar op straat.",
    "Ik word minder snel boos. Ik leg eerst uit wat ik wil.",
    "Thuis lukt het beter, in de winkel nog niet.",
    "Niemand luisterde naar mij. Nu wel.",
    "Mijn kinderen lachen weer.",
    "Ik slaap beter en ik eet weer goed.",
    "Elke week drink ik koffie met andere ouders.",
    "De gesprekken geven mij kracht.",
    "Vroeger bleef ik binnen, nu ga ik naar buiten.",
    "Er zijn nu moeders die ik altijd mag bellen.",
    "Het is nog steeds moeilijk om hulp te vragen.",
    "Soms denk ik dat het nooit lukt.",
    "Op school praat ik nu met de leerkracht.",
    "Wij eten nu samen aan tafel.",
    "Mijn beste vriendin is verhuisd. Nu kom ik minder buiten.",
    "Ik schrijf op wat ik moet doen, dat helpt.",
    "Regels maken is lastig, maar wij proberen het.",
    "Ineens stonden er mensen voor de deur met soep.",
    "Wandelen met de groep geeft rust in mijn hoofd.",
    "Eigenlijk is er niets veranderd.",
    "Mijn buurvrouw helpt mij met brieven.",
    "In 2 weken leerde ik 10 mensen kennen.",
    "Ik leer Nederlands en durf te praten.",
    "Ik ken meer mensen, maar bij zorgen ben ik alleen.",
    "Geld blijft een zorg. Aan het eind van de maand is het op.",
    "Ze vroegen wat ik kon, niet wat ik niet kon.",
    "Trots ben ik, dat ik het heb gedaan!",
    "Knutselen met de kinderen vind ik nu leuk.",
    "Ik heb een plan en ik houd mij eraan.",
    "Vertrouwen groeit langzaam, zei de coach.",
    "Ik wil werken, maar ik mag nog niet.",
    "Ik help nu twee ochtenden in het buurthuis.",
    "Zonder de groep had ik dit niet gedaan.",
    "'Je kunt het', zei ze, en dat klopte.",
    "Het voelt alsof ik er weer bij hoor.",
    "I dare to ask for help now.",
    "I ask for help now, and I'm proud of it.",
    "We eat together every evening.",
    "Nothing has really changed for me.",
    "The talks give me strength.",
    "Sometimes I still feel alone.",
    "My children laugh again.",
    "Every week I drink coffee with other parents.",
    "People greet me in the street now.",
    "I know what to do when things go wrong.",
    "It is still hard to trust others.",
    "I sleep better and worry less.",
    "Because of the group I go out more.",
    "At school I talk to the staff myself.",
    "They listened to me for the first time.",
    "Cooking together made us friends.",
    "Money is still a problem at the end of the month.",
    "I can say no when it is too much.",
    "Gardening with the others calms me down.",
    "I learned to plan my week.",
    "Neighbours help each other here.",
    "Less stress means that I shout less.",
)


def test_there_are_sixty_of_each() -> None:
    """The shares below are shares of sixty invented quotes, each of them once."""
    assert len(set(TELLING)) == len(set(HARMLESS)) == 60


@pytest.mark.parametrize("text", TELLING)
def test_no_telling_quote_passes(text: str) -> None:
    """Names, schools, countries, families, faiths, places, ages: in any case, nl and en."""
    assert recognisable(text, OWN) is not None


def test_few_harmless_quotes_are_held_back() -> None:
    """At most 15 of a hundred plain quotes have to be reworded for nothing."""
    held = [text for text in HARMLESS if recognisable(text, OWN)]
    assert len(held) / len(HARMLESS) <= 0.15, held


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Op de zonneschool ging het beter.", "a school"),
        ("in somalië was alles anders", "a country, a people or a language"),
        ("Na de kerk drink ik koffie.", "a faith"),
        ("Mijn man is overleden.", "the kind of family"),
        ("Ik woon in de lindestraat.", "a street or a place"),
        ("Ik ben 43 en begin opnieuw.", "an age, a year or an amount"),
        ("Toen ik kanker had hielp de groep.", "an illness, or something of the law"),
        ("Fatma belt nu voor mij.", "a name, or another word with a capital"),
        ("Rosalinde belt nu voor mij.", "a name, or another word with a capital"),
        ("Ik praat nu. Zineb luistert.", "a name, or another word with a capital"),
        ("mijn vriendin zineb luistert", "a name, or another word with a capital"),
        ("in vanuatu was alles anders", "a country, a people or a language"),
        ("ik leer nu wolof van de buren", "a country, a people or a language"),
        ("Bij de zon leerde ik koken.", "a site, an organisation or a number"),
        ("Bel 06 12345678 maar.", "an address, an e-mail address or a telephone number"),
        (
            "Als weduwe uit somalië red ik het.",
            "a country, a people or a language; the kind of family",
        ),
    ],
)
def test_it_says_which_kinds_it_saw(text: str, kind: str) -> None:
    """Each kind by its own words, several beside each other, and never the thing itself."""
    assert recognisable(text, OWN) == kind


@pytest.mark.parametrize("kind", kinds())
def test_every_kind_has_dutch(kind: str) -> None:
    """Who reads `pilot check` in Dutch reads the kind in Dutch, also beside another one."""
    assert in_dutch(kind) != kind
    both = in_dutch(f"{kind}; the kind of family")
    assert both == f"{in_dutch(kind)}; het soort gezin"
    assert not re.search(r"\b(a|an|the|or)\b", both)


def test_a_name_of_the_file_is_known_without_its_capital() -> None:
    """Whoever is named in one quote is held back in another that has no capitals."""
    names = names_in(["Ik drink thee met Rosalinde.", "Ik durf meer.", "IK DURF MEER."])

    assert names == {"rosalinde"}
    assert recognisable("ik eet vaak bij rosalinde thuis", [], names) == (
        "a name, or another word with a capital"
    )
    assert recognisable("Ik eet vaak bij haar thuis.", [], names) is None


def test_a_site_s_ordinary_word_tells_nothing_by_itself() -> None:
    """'De' of 'School De Zon' stands in every text; 'samen' of 'Stichting Samen' too."""
    assert recognisable("Op school ging het samen goed.", ["School Samen"]) is None
    assert recognisable("Bij school samen ging het goed.", ["School Samen"]) is not None

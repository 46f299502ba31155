"""What parents and children of Krachtige Gezinnen might have said; all of it invented."""

from __future__ import annotations

from tests.simulation.stories import Said

STORIES = [
    Said(
        "parent",
        "self_efficacy",
        "beter",
        "Ik bel nu zelf met de gemeente. Vroeger durfde ik dat niet.",
    ),
    Said("parent", "self_efficacy", "beter", "Als iets misgaat, weet ik wat ik kan doen."),
    Said(
        "parent",
        "self_efficacy",
        "gelijk",
        "Ik kon altijd al goed voor mijzelf zorgen.",
        "beter",
    ),
    Said(
        "parent",
        "self_efficacy",
        "slechter",
        "Ik zie nu hoeveel ik nog niet kan. Dat maakt mij onzeker.",
    ),
    Said(
        "parent",
        "self_efficacy",
        "beter",
        "Ik heb weer plannen voor volgend jaar.",
        fault="not approved",
    ),
    Said(
        "parent",
        "network_strength",
        "beter",
        "Er zijn nu drie moeders die ik altijd mag bellen.",
    ),
    Said(
        "parent",
        "network_strength",
        "beter",
        "Samen eten helpt. Daarna groeten mensen elkaar op straat.",
    ),
    Said(
        "parent",
        "network_strength",
        "wisselend",
        "Ik ken meer mensen, maar bij echte zorgen ben ik alleen.",
        "slechter",
    ),
    Said(
        "parent",
        "network_strength",
        "slechter",
        "Mijn beste vriendin is verhuisd. Nu kom ik minder buiten.",
    ),
    Said(
        "parent",
        "network_strength",
        "beter",
        "Met Samira van hiernaast drink ik elke dag thee.",
        fault="recognisable",
    ),
    Said(
        "parent",
        "network_strength",
        "gelijk",
        "Mijn familie woont ver weg en dat blijft zo.",
        fault="no consent",
    ),
    Said(
        "parent", "parenting", "beter", "Ik word minder snel boos. Ik leg eerst uit wat ik wil."
    ),
    Said("parent", "parenting", "wisselend", "Thuis lukt het beter, in de winkel nog niet."),
    Said("child", "talents", "beter", "Ik mocht tekenen op de muur. Nu vragen ze mij vaker."),
    Said("child", "talents", "gelijk", "Ik kan goed rennen, maar dat kon ik al."),
    Said("child", "talents", "slechter", "Ik durf mijn dans niet meer te laten zien."),
]

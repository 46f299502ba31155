"""What the men of M-pOwer might have said; all of it invented."""

from __future__ import annotations

from tests.simulation.stories import Said

STORIES = [
    Said("man", "self_efficacy", "beter", "Ik sta weer op tijd op. Ik heb iets te doen."),
    Said(
        "man", "self_efficacy", "slechter", "Ik heb veel brieven gestuurd en niemand antwoordt."
    ),
    Said(
        "man",
        "self_efficacy",
        "wisselend",
        "Op goede dagen lukt alles, op slechte dagen niets.",
        "gelijk",
    ),
    Said(
        "man",
        "network_strength",
        "beter",
        "In de groep durf ik te praten. Dat deed ik nergens.",
    ),
    Said("man", "network_strength", "gelijk", "Ik zie dezelfde mensen als vroeger."),
    Said(
        "man",
        "network_strength",
        "slechter",
        "Sinds de groep stopt, zie ik bijna niemand.",
        fault="not approved",
    ),
    Said("man", "participation", "beter", "Ik help nu twee ochtenden in het buurthuis."),
    Said(
        "man",
        "participation",
        "beter",
        "Mijn coach Peter bracht mij naar de moskee.",
        fault="recognisable",
    ),
    Said("man", "participation", "gelijk", "Ik wil werken, maar ik mag nog niet."),
    Said("man", "goals", "beter", "Mijn doel was fietsen leren. Nu fiets ik naar les."),
    Said(
        "man",
        "goals",
        "slechter",
        "Mijn doel was te groot. Ik ben opnieuw begonnen.",
        "wisselend",
    ),
    Said(
        "man",
        "network_strength",
        "beter",
        "Mijn broer en ik bellen weer.",
        fault="no consent",
    ),
]

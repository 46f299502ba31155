"""What the parents of Meet the Parents might have said; all of it invented."""

from __future__ import annotations

from tests.simulation.stories import Said

STORIES = [
    Said(
        "parent",
        "network_strength",
        "beter",
        "Bij de koffie leerde ik ouders kennen die hetzelfde meemaken.",
    ),
    Said(
        "parent",
        "network_strength",
        "beter",
        "Als mijn kind ziek is, kan ik nu iemand bellen.",
    ),
    Said(
        "parent",
        "network_strength",
        "wisselend",
        "Ik spreek meer mensen. Vrienden zijn het nog niet.",
        "gelijk",
    ),
    Said(
        "parent",
        "network_strength",
        "beter",
        "Op dinsdag eet ik met Rosa uit mijn flat.",
        fault="recognisable",
    ),
    Said("parent", "loneliness", "beter", "De weekenden zijn minder lang dan eerst."),
    Said("parent", "loneliness", "slechter", "In de groep voel ik mij soms juist alleen."),
    Said("parent", "self_efficacy", "beter", "Ik zeg nu nee als het te veel wordt."),
    Said("parent", "self_efficacy", "gelijk", "Regelen kon ik altijd al. Dat moet ook wel."),
    Said(
        "parent",
        "self_efficacy",
        "beter",
        "Ik ben begonnen met een opleiding.",
        fault="not approved",
    ),
    Said("parent", "money", "gelijk", "Aan het eind van de maand is het geld nog steeds op."),
    Said(
        "parent",
        "money",
        "slechter",
        "Alles werd duurder. Daar helpt geen koffie tegen.",
        fault="no consent",
    ),
]

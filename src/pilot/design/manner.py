"""How, in which language and by whom a form was answered: other words for the same thing."""

from __future__ import annotations

from collections.abc import Mapping

LANGUAGES = {
    "nederlands": "nl",
    "dutch": "nl",
    "engels": "en",
    "english": "en",
    "turks": "tr",
    "turkish": "tr",
    "arabisch": "ar",
    "arabic": "ar",
    "frans": "fr",
    "french": "fr",
    "spaans": "es",
    "spanish": "es",
    "portugees": "pt",
    "portuguese": "pt",
    "pools": "pl",
    "polish": "pl",
    "papiaments": "pap",
    "papiamento": "pap",
    "somalisch": "so",
    "somali": "so",
    "oekraïens": "uk",
    "ukrainian": "uk",
    "duits": "de",
    "german": "de",
}
"""Names of languages and their ISO 639 codes."""

MODES = {
    "papier": "paper",
    "op papier": "paper",
    "telefoon": "phone",
    "telefonisch": "phone",
    "online": "web",
    "internet": "web",
    "digitaal": "web",
    "gesprek": "interview",
    "mondeling": "interview",
    "face-to-face": "interview",
    "tolk": "interpreter",
    "met tolk": "interpreter",
}
"""How a form was filled in."""

RESPONDENTS = {
    "zelf": "self",
    "ikzelf": "self",
    "deelnemer": "self",
    "ouder": "parent",
    "vader": "parent",
    "moeder": "parent",
    "kind": "child",
    "begeleider": "coach",
}
"""Who answered."""

INTERPRETERS = dict.fromkeys(
    ("nee", "n", "geen", "geen tolk", "zonder", "zonder tolk", "none", "without"), "no"
) | dict.fromkeys(("ja", "j", "y", "met", "met tolk", "with"), "yes")
"""Whether somebody interpreted; a code or a name stays as it is."""


SYNONYMS: Mapping[str, Mapping[str, str]] = {
    "language": LANGUAGES,
    "mode": MODES,
    "respondent": RESPONDENTS,
    "interpreter": INTERPRETERS,
}
"""The words by the column that holds them."""

CODES = ("interviewer", "interpreter", "form_version")
"""Columns of codes, or of names, that people write with and without capitals and spaces."""


def fold(text: str) -> str:
    """Return a word as it is compared: without case, outer and double spaces, curly quotes.

    Examples
    --------
    >>> fold("  Weet   NIET ")
    'weet niet'
    """
    return " ".join(text.replace("\u2019", "'").casefold().split())


def meaning(column: str, word: str) -> str:
    """Return the one word that stands for what was written; an unknown word folded.

    Examples
    --------
    >>> meaning("respondent", "Zelf"), meaning("interpreter", "nee"), meaning("mode", "post")
    ('self', 'no', 'post')
    """
    folded = fold(word)
    return SYNONYMS[column].get(folded, folded)


def as_code(word: str) -> str:
    """Return a code as codes are compared: without case and spaces.

    Examples
    --------
    >>> as_code(" V 1"), as_code("v1")
    ('v1', 'v1')
    """
    return fold(word).replace(" ", "")

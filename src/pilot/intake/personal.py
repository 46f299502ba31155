"""Columns that hold who people are: told of and counted, but never kept."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pilot.intake.table import plain

# What a header says, part by part: `naam_kind`, `e-mail moeder`, `Adres (thuis)`.
BY_HEADER = {
    what: frozenset(words.split())
    for what, words in {
        "a name": "naam namen voornaam voornamen achternaam roepnaam voorletters tussenvoegsel "
        "name names firstname lastname surname",
        "an e-mail address": "email mail mailadres emailadres",
        "a telephone number": "telefoon telefoonnummer tel mobiel gsm phone mobile whatsapp",
        "an address": "adres woonadres straat huisnummer postcode woonplaats address street "
        "postalcode zip",
        "a citizen service number": "bsn burgerservicenummer sofinummer",
        "a date of birth": "geboortedatum birthdate dateofbirth dob",
    }.items()
}
BY_CONTENT = {
    "an e-mail address": re.compile(r"\S+@\S+\.\w{2,}"),
    "a telephone number": re.compile(r"(?:\+|00)\d[\d ()-]{7,}|0\d(?:[ -]?\d){8}"),
    "an address": re.compile(
        r"\d{4} ?[A-Za-z]{2}\b.*|.*[a-z](?:straat|laan|weg|plein|dreef|singel|kade) \d+.*"
    ),
}
WITHIN = {
    "an e-mail address": re.compile(r"\S+@\S+\.\w{2,}"),
    "a telephone number": re.compile(
        r"(?<![\d.,])(?:\+\d|00[1-9])\d?(?:[ ()-]{0,2}\d){7,11}(?!\d)"
        r"|(?<![\d.,])0[1-9](?:[ -]{0,3}\d){8}(?!\d)"
    ),
    "an address": re.compile(
        r"\b\d{4} ?[A-Z]{2}\b|[a-z](?:straat|laan|weg|plein|dreef|singel|kade) \d+"
    ),
}
NINE_FIGURES = re.compile(r"\d{9}")
CAPITAL = r"[A-Z][a-z\u00c0-\u017f'-]+"
NAME = re.compile(
    rf"{CAPITAL}(?: (?:van|de|der|den|el|al|bin|ten|ter|[A-Z][a-z\u00c0-\u017f'.-]*))*"
    rf" {CAPITAL}"
)
FIRST_NAME = re.compile(CAPITAL)
SENTENCE = re.compile(r"[.!?:;/\n]+\s*|^\W+")
# What may open a note, or has a capital in Dutch or English without being a name.
OPENERS = (
    "de het een ik jij je u hij zij ze we wij jullie er dit dat deze die geen niet wel was "
    "is zijn heeft had kan kon wil wilde moet mag mocht komt kwam gaat ging belt belde "
    "vraagt vroeg zegt zei en of maar want dus als toen nu nog al ook om op in bij met van "
    "voor na naar over te uit aan door zonder alleen alle alles beide eerste tweede derde "
    "laatste volgende vorige vandaag morgen gisteren later soms altijd nooit meestal vaak "
    "bijna helemaal heel zeer erg nogal redelijk beetje weinig veel meer minder mee eens "
    "oneens volledig totaal goed slecht misschien graag ja nee onbekend weet moeder vader "
    "ouder ouders kind kinderen zoon dochter broer zus oma opa partner gezin deelnemer "
    "begeleider coach vrijwilliger juf meester school centrum formulier antwoord antwoorden "
    "vraag vragen telefoon telefonisch papier mail nummer datum toestemming opmerking let "
    "zie check gecontroleerd ingevuld overgenomen nagebeld gebeld gemaild afgesproken "
    "afwezig ziek verhuisd gestopt vakantie wacht kopie dubbel fout the a an he she they it "
    "this that there no not yes and or but if when now also on at with from for after "
    "before very quite mostly often never always sometimes strongly agree disagree somewhat "
    "good bad fair mother father parent child form answer question see checked called "
    "nederlands engels turks arabisch tigrinya oekraïens pools frans duits spaans dutch "
    "english turkish arabic ukrainian polish french german spanish whatsapp teams zoom "
    "excel word maandag dinsdag woensdag donderdag vrijdag zaterdag zondag januari februari "
    "maart april mei juni juli augustus september oktober november december monday tuesday "
    "wednesday thursday friday saturday sunday january february march may june july august "
    "october i"
)
ORDINARY = frozenset(OPENERS.split())
MANY = 0.5
DIFFERENT = 0.8
FEWEST = 3


def looks_personal(header: str, values: Iterable[str]) -> str | None:
    """Return what a column seems to hold of people, or None.

    The header decides, else what half of the cells look like. Words that start with a
    capital count as names where nearly all of them differ. It is careful: what is hidden
    stands in the raw file still, and a name that is kept cannot be taken back.

    Examples
    --------
    >>> looks_personal("Voornaam kind", []), looks_personal("kolom 7", ["jan@huis.nl"])
    ('a name', 'an e-mail address')
    >>> looks_personal("opmerking", ["komt later", "wil koffie"]) is None
    True
    """
    words = {*re.split(r"[^a-z]+", plain(header)), re.sub(r"[^a-z]", "", plain(header))}
    for what, known in BY_HEADER.items():
        if words & known:
            return what
    cells = [value.strip() for value in values if value and value.strip()]
    for what in BY_CONTENT:
        if _share(cells, BY_CONTENT[what]) >= MANY and cells:
            return what
    if cells and sum(map(is_service_number, cells)) / len(cells) >= MANY:
        return "a citizen service number"
    return "a name" if _look_like_names(cells) else None


def cell_looks_personal(value: str | None) -> str | None:
    """Return what a single cell of unknown meaning seems to hold of somebody, or None.

    Examples
    --------
    >>> cell_looks_personal("06-12345678"), cell_looks_personal("3")
    ('a telephone number', None)
    """
    return looks_personal("", [value]) if value else None


def holds_personal(text: str) -> str | None:
    """Return what a note seems to hold of somebody somewhere inside it, or None.

    A word with a capital counts as a name where an ordinary sentence has none, and at the
    start of a note of several words when it is not a word that opens one. One word alone is
    looked at with its column (`looks_personal`).

    Examples
    --------
    >>> holds_personal("Fatma belde zelf, 06-12345678"), holds_personal("gebeld met Fatma")
    ('a telephone number', 'a name')
    >>> holds_personal("Helemaal mee eens") is None, holds_personal("Ja") is None
    (True, True)
    """
    for what, pattern in WITHIN.items():
        if pattern.search(text):
            return what
    if any(is_service_number(figures) for figures in re.findall(r"(?<!\d)\d{9}(?!\d)", text)):
        return "a citizen service number"
    return "a name" if len(text.split()) > 1 and _names_somebody(text) else None


def _names_somebody(text: str) -> bool:
    if text.isupper():
        return False
    capitals = [word for part in SENTENCE.split(text) for word in FIRST_NAME.findall(part)]
    return any(word.casefold().rstrip("'-") not in ORDINARY for word in capitals)


def is_service_number(cell: str) -> bool:
    """Return whether nine figures pass the check that Dutch service numbers pass.

    Examples
    --------
    >>> is_service_number("111222333"), is_service_number("123456789")
    (True, False)
    """
    if not NINE_FIGURES.fullmatch(cell):
        return False
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    return sum(w * int(f) for w, f in zip(weights, cell, strict=True)) % 11 == 0


def _share(cells: list[str], pattern: re.Pattern[str]) -> float:
    return sum(bool(pattern.fullmatch(cell)) for cell in cells) / max(len(cells), 1)


def _look_like_names(cells: list[str]) -> bool:
    if _share(cells, NAME) >= MANY and cells:
        return True
    different = len({*cells}) / max(len(cells), 1)
    return len(cells) >= FEWEST and different >= DIFFERENT and _share(cells, FIRST_NAME) >= MANY

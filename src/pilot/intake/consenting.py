"""What a register says of consent: for which use, when, by whom, and whether withdrawn."""

from __future__ import annotations

import re

import pandas as pd

from pilot.findings import finding
from pilot.frames import CONSENT_USES
from pilot.intake.records import Records
from pilot.intake.table import plain

# What a register calls its columns of consent when the design does not say.
HEADERS = {
    "consent_answers": ["toestemming", "toestemming antwoorden", "consent", "consent answers"],
    "consent_named": ["toestemming genoemd", "toestemming naam", "consent named"],
    "consent_quotes": ["toestemming citaten", "consent quotes"],
    "consent_sharing": ["toestemming delen", "consent sharing"],
    "consent_archive": ["toestemming archief", "toestemming bewaren", "consent archive"],
    "consent_date": ["datum toestemming", "toestemming datum", "consent date"],
    "consent_giver": ["toestemming door", "consent by", "consent giver"],
    "guardian_1": ["toestemming ouder 1", "toestemming voogd 1", "voogd 1", "guardian 1"],
    "guardian_2": ["toestemming ouder 2", "toestemming voogd 2", "voogd 2", "guardian 2"],
    "withdrawn": ["ingetrokken", "toestemming ingetrokken", "withdrawn"],
    "withdrawal": ["intrekking", "withdrawal"],
}
GIVEN = (*(f"consent_{use}" for use in CONSENT_USES), "guardian_1", "guardian_2")
YES = frozenset({"ja", "j", "yes", "y", "x", "1", "waar", "true", "akkoord", "agreed"})
NO = frozenset({"nee", "n", "no", "0", "onwaar", "false", "geweigerd", "refused"})
NOT_KNOWN = frozenset({"onbekend", "unknown", "?", "nog vragen", "to ask"})
GIVERS = {
    "self": {"zelf", "zichzelf", "self", "own"},
    "mother": {"moeder", "mother"},
    "father": {"vader", "father"},
    "parent": {"ouder", "parent"},
    "guardian": {"voogd", "guardian"},
}
REMOVE = re.compile(r"verwijder|wis|weghal|remov|delet|eras")


def consent_columns(records: Records) -> dict[str, pd.Series]:
    """Read the columns of consent of a register.

    A cell that says neither yes nor no is set aside, and so is a giver who is written down
    by name: the register has numbers. A register without any of these columns is told once.

    Returns
    -------
    dict of str to Series
        The columns of `frames.REGISTER` that are about consent: ``yes``, ``no`` or
        ``unknown`` a use and guardian, and NA where the register has no such column; dates;
        the giver as self, mother, father, parent, guardian or a number; withdrawal as
        ``stop`` or ``stop and remove``.
    """
    if not any(name in records.places for name in GIVEN):
        expected = "columns such as toestemming, datum toestemming, toestemming door"
        told = finding("consent-not-registered", file=records.table.file, expected=expected)
        records.findings.append(told)
    columns = {name: _given(records, name) for name in GIVEN}
    return columns | {
        "consent_date": records.dates("consent_date"),
        "consent_giver": _givers(records),
        "withdrawn": records.dates("withdrawn"),
        "withdrawal": records.keys("withdrawal", withdrawal_of, "unclear-consent", keep=False),
    }


def consent_of(word: str) -> str | None:
    """Return yes, no or unknown; None for a word that is none of them.

    Examples
    --------
    >>> consent_of("Ja"), consent_of("geweigerd"), consent_of("misschien")
    ('yes', 'no', None)
    """
    told = plain(word)
    if told in YES:
        return "yes"
    if told in NO:
        return "no"
    return "unknown" if told in NOT_KNOWN else None


def withdrawal_of(word: str) -> str:
    """Return how consent was withdrawn.

    Examples
    --------
    >>> withdrawal_of("stoppen"), withdrawal_of("stoppen en verwijderen")
    ('stop', 'stop and remove')
    """
    return "stop and remove" if REMOVE.search(plain(word)) else "stop"


def _given(records: Records, name: str) -> pd.Series:
    read = records.keys(name, consent_of, "unclear-consent", keep=False)
    return read.fillna("unknown") if name in records.places else read


def _givers(records: Records) -> pd.Series:
    texts = records.text("consent_giver")
    known = {text: _giver(text) for text in texts.dropna().unique()}
    givers = texts.map(known).astype("str")
    named = texts.index[texts.notna() & givers.isna()]
    records.hide("consent_giver", named, "zelf, moeder, vader, voogd or a number")
    return givers


def _giver(word: str) -> str | None:
    told = plain(word)
    known = [giver for giver, words in GIVERS.items() if told in words]
    number = word.strip() if re.fullmatch(r"\S*\d\S*", word.strip()) else None
    return known[0] if known else number

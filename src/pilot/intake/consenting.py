"""What a register says of consent: for which use, when, by whom, and whether withdrawn."""

from __future__ import annotations

import re
from collections.abc import Callable

import pandas as pd

from pilot.design.dates import read_date
from pilot.findings import finding
from pilot.frames import CONSENT_USES
from pilot.intake.consent_words import (
    NOT_APPLICABLE,
    REMOVE,
    STOP,
    UNCLEAR,
    bare,
    consent_of,
    doubt_of,
    guardian_of,
    like_a_day,
    withdrawal_of,
)
from pilot.intake.periods import Twins
from pilot.intake.personal import holds_personal
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
OF_GUARDIANS = ("guardian_1", "guardian_2")
GIVEN = (*(f"consent_{use}" for use in CONSENT_USES), *OF_GUARDIANS)
WITHDRAWALS = ("withdrawn", "withdrawal")
ALLOWED = "ja of nee (yes or no)"
ALLOWED_WAYS = "stoppen, stoppen en verwijderen, or nee"
A_DAY = "a date such as 2025-03-31"
GIVERS = {
    "self": {"zelf", "zichzelf", "self", "own"},
    "mother": {"moeder", "mother"},
    "father": {"vader", "father"},
    "parent": {"ouder", "parent"},
    "guardian": {"voogd", "guardian"},
}
WAYS = (STOP, UNCLEAR, REMOVE)  # the last holds where two cells of a row say something else


def consent_columns(records: Records, twins: Twins) -> dict[str, pd.Series]:
    """Read the columns of consent of a register.

    A cell that says neither yes nor no is set aside, and so is a giver who is written down
    by name: the register has numbers. A register without any of these columns is told once.

    Parameters
    ----------
    records : Records
    twins : list of (int, int, dict)
        The row that stayed, and one that was set aside since its number stands there twice,
        with its cells: a refusal, doubt or withdrawal in them holds for the number.

    Returns
    -------
    dict of str to Series
        The columns of `frames.REGISTER` that are about consent: ``yes``, ``no``,
        ``unclear`` (a word that is neither) or ``unknown`` (nothing) a use; ``yes``, ``no``
        or ``unknown`` a guardian; NA where the register has no such column or says nothing
        of a guardian; dates; the giver as self, mother, father, parent, guardian or
        a number; withdrawal as ``stop``, ``stop and remove`` or ``unclear``.
    """
    if not any(name in records.places for name in GIVEN):
        expected = "columns such as toestemming, datum toestemming, toestemming door"
        told = finding("consent-not-registered", file=records.table.file, expected=expected)
        records.findings.append(told)
    columns = {name: _given(records, name) for name in GIVEN}
    columns |= {
        "consent_date": records.dates("consent_date"),
        "consent_giver": _givers(records),
        "withdrawn": _withdrawn(records),
        "withdrawal": _withdrawals(records),
    }
    for at, gone, said in twins:
        _heed(columns, at, said)
        _tell_doubt(records, (at, gone), said)
    return columns


def _given(records: Records, name: str) -> pd.Series:
    guardian = name in OF_GUARDIANS
    read = _words(records, name, guardian_of if guardian else consent_of, ALLOWED)
    if name not in records.places:
        return read
    said = records.text(name)
    asked = said.notna() & ~said.map(bare, na_action="ignore").isin(NOT_APPLICABLE)
    if guardian:
        return read.mask(asked & read.isna(), "unknown")
    return read.mask(asked & read.isna(), "unclear").fillna("unknown")


def _words(
    records: Records, name: str, read: Callable[[str], str | None], allowed: str
) -> pd.Series:
    texts = records.text(name)
    known = texts.map({text: read(text) for text in texts.dropna().unique()}).astype("str")
    strange = texts[texts.notna() & known.isna()]
    if name in OF_GUARDIANS:
        strange = strange[~strange.map(bare).isin(NOT_APPLICABLE)]
    _strange_aside(records, name, strange, allowed)
    return known


def _strange_aside(
    records: Records, name: str, strange: pd.Series, allowed: str, rule: str = "unclear-consent"
) -> None:
    """Set words aside that nobody knows, and show them: a word of consent is no answer.

    Where it tells who somebody is, it is not kept.
    """
    telling = [holds_personal(str(text)) is not None for text in strange]
    records.hide(name, strange.index[telling], allowed)
    plainly = [not each for each in telling]
    records.refuse(name, strange.index[plainly], rule, allowed)


def _withdrawn(records: Records) -> pd.Series:
    """Return the day of each withdrawal, where one is written."""
    texts = records.text("withdrawn")
    written = [read_date("" if pd.isna(text) else str(text)) for text in texts]
    records.tell("withdrawn", texts.index[[each.serial for each in written]], "serial-date")
    days = pd.Series([each.day for each in written], index=texts.index, dtype=object)
    return pd.to_datetime(days).astype("datetime64[us]")


def _withdrawals(records: Records) -> pd.Series:
    """Return how each person withdrew, in either column; without a day it is told."""
    on, how = records.text("withdrawn"), records.text("withdrawal")
    dated = on.map(lambda text: read_date(text).day is not None, na_action="ignore").eq(True)
    unread = ~dated & on.map(like_a_day, na_action="ignore").eq(True)
    _strange_aside(records, "withdrawn", on[unread], A_DAY, "unreadable-date")
    first = _ways(records, "withdrawn", on.mask(dated | unread)).mask(unread, STOP)
    ways = _worst(first, _ways(records, "withdrawal", how))
    undated = ways.isin([STOP, REMOVE]) & ~dated & ~unread
    for name, where in (("withdrawn", on.notna()), ("withdrawal", on.isna())):
        rows = ways.index[undated & where]
        records.tell(name, rows, "withdrawal-undated", A_DAY)
    return ways


def _ways(records: Records, name: str, texts: pd.Series) -> pd.Series:
    known = {text: withdrawal_of(text) for text in texts.dropna().unique()}
    strange = texts[texts.isin([text for text, way in known.items() if way is None])]
    _strange_aside(records, name, strange, ALLOWED_WAYS)
    ways = {text: UNCLEAR if way is None else way or None for text, way in known.items()}
    return texts.map(ways).astype("str")


def _worst(one: pd.Series, two: pd.Series) -> pd.Series:
    rank = {way: place for place, way in enumerate(WAYS)}
    both = pd.concat([one.map(rank), two.map(rank)], axis="columns").max(axis="columns")
    return both.map(dict(enumerate(WAYS))).astype("str")


def _heed(columns: dict[str, pd.Series], at: int, said: dict[str, str]) -> None:
    """Let a refusal, doubt or withdrawal of another row hold for the row of the same number."""
    here = columns["withdrawal"].index == at
    for name in GIVEN:
        text = said.get(name)
        word = None if text is None else doubt_of(text, guardian=name in OF_GUARDIANS)
        if word is not None and (word == "no" or columns[name].get(at) != "no"):
            columns[name] = columns[name].mask(here, word)
    day = read_date(said.get("withdrawn", "")).day
    ways = [
        STOP if day and name == "withdrawn" else _way(said[name])
        for name in WITHDRAWALS
        if name in said
    ]
    if any(ways):
        known = [way for way in (columns["withdrawal"].get(at), *ways) if way in WAYS]
        worst = max(known, key=WAYS.index)
        columns["withdrawal"] = columns["withdrawal"].mask(here, worst)
    if day:
        days = [pd.Timestamp(day), columns["withdrawn"].get(at)]
        first = min(each for each in days if each is not None and pd.notna(each))
        columns["withdrawn"] = columns["withdrawn"].mask(here, first)


def _tell_doubt(records: Records, rows: tuple[int, int], said: dict[str, str]) -> None:
    """Tell of words that nobody knows in a row that was set aside."""
    stays, gone = rows
    for name in (*GIVEN, *WITHDRAWALS):
        text = said.get(name)
        if text is None or not _strange(name, text):
            continue
        rule = "personal-data" if holds_personal(text) else "unclear-consent"
        told = records.finding_of(name, gone, rule, ALLOWED if name in GIVEN else ALLOWED_WAYS)
        found = None if rule == "personal-data" else text
        records.findings.append(told | {"participant": records.code(stays), "found": found})


def _strange(name: str, text: str) -> bool:
    if name in WITHDRAWALS:
        return read_date(text).day is None and _way(text) == UNCLEAR
    doubt = doubt_of(text, guardian=name in OF_GUARDIANS)
    return consent_of(text) is None and doubt is not None


def _way(text: str) -> str:
    way = withdrawal_of(text)
    return (STOP if like_a_day(text) else UNCLEAR) if way is None else way


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

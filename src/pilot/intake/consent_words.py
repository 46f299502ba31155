"""Words of consent and of its withdrawal, in Dutch and English: what each of them means."""

from __future__ import annotations

import re

from pilot.intake.table import plain

STOP, REMOVE, UNCLEAR = "stop", "stop and remove", "unclear"
YES = frozenset({"ja", "j", "yes", "y", "x", "1", "waar", "true", "akkoord", "agreed"})
YES |= {"✓", "✔", "☑", "✅", "√"}
NO = frozenset({"nee", "n", "no", "0", "onwaar", "false", "geweigerd", "refused"})
A_NO = re.compile(r"(?:neen?|no|nope|niet|geen|nooit|never)\b|(?:ge)?weiger|refus")
NOT_KNOWN = frozenset({"onbekend", "unknown", "?", "nog vragen", "to ask", "not asked"})
NOT_KNOWN |= {"niet bekend", "niet gevraagd", "geen antwoord", "no answer"}
NO_MATTER = re.compile(
    r"(?:geen|no) (?:bezwaar|probleem|objection|problem)|niet van toepassing"
)
NOBODY = re.compile(r"geen(?: (?:tweede|andere|ouder|voogd|vader|moeder))*")  # no such guardian
STOPPED = frozenset({"stop", "stopt", "stoppen", "gestopt", "wil stoppen", "gaat stoppen"})
STOPPED |= {"ingetrokken", "toestemming ingetrokken", "trekt toestemming in", "afgehaakt"}
STOPPED |= {"trekt zich terug", "teruggetrokken", "niet meer", "wil niet meer"}
STOPPED |= {
    f"{word} niet {more}" for word in ("doet", "doe") for more in ("meer mee", "langer mee")
}
STOPPED |= {f"{word}niet meer meedoen" for word in ("", "wil ")}
STOPPED |= {"stops", "stopped", "wants to stop", "quit", "withdrawn", "withdrew", "no longer"}
TO_REMOVE = (
    r"(?:verwijder|vernietig|schrap|remov|delet|eras|destroy)\w*|(?:uit)?wissen|(?:uit)?gewist|wis"
    r"|weg(?:hal|gooi|ge[hg]|doen)\w*"
)
ANSWERS = r"(?:alles|alle \w+|gegevens|antwoorden|data|answers|everything)"
NOT = r"(?:niets?|niks|geen|nooit|zonder|not|don['\u2019]?t|no|nothing|never|without)"
REMOVED = re.compile(
    rf"\b(?:{TO_REMOVE})\b|\b{ANSWERS} (?:(?:moet|moeten|mag|mogen|kan|kunnen) )?weg\b"
)
NOTHING_KEPT = re.compile(rf"{NOT} (?:bewaren|bewaard|houden|keep|kept)")
KEPT = re.compile(
    rf"(?:{ANSWERS} )?(?:(?:hoeft|hoeven|do) )?{NOT} (?:te )?(?:{TO_REMOVE}|weg)(?: {ANSWERS})?"
    rf"|(?:{TO_REMOVE}) (?:niets?|nothing|not)"
    rf"|{ANSWERS} (?:mag|mogen|may|can) (?:blijven|bewaard (?:blijven|worden)|stay|be kept)"
)
CLAUSE = re.compile(r"\s*[,;.]\s*|\s+(?:en|and|maar|but)\s+")
NO_REASON = re.compile(
    rf"\b(?:{NOT}|{TO_REMOVE}|{ANSWERS}|weg|eruit|uit|out|mijn|my|haar|zijn|his|her|their)\b"
    r"|gegeven|antwoord|answer|formulier|form|lijst|list|inform|bestand|file|dossier|record"
    r"|gebruik|\buse|bewa|blijv|blijf|keep|kept|\bstay|discard|citaat|citat|quote|alle"
)
PLAIN_REASON = re.compile(r"\b(?:geen|no) (?:tijd|zin|time)\b")
NOT_APPLICABLE = frozenset({"-", "\u2013", "n.v.t", "nvt", "n/a", "niet van toepassing"})
NOT_WITHDRAWN = NO | NOT_APPLICABLE | {"niet", "geen", "not"}
DATED = re.compile(r"\d|jan|feb|maart|apr|\bmei|jun|jul|aug|sep|okt|oct|nov|dec")


def consent_of(word: str) -> str | None:
    """Return yes, no or unclear; None for a word that nobody knows.

    Whatever starts with a no is one. Who was not asked is unclear.

    Examples
    --------
    >>> consent_of("Ja."), consent_of("Nee, liever niet"), consent_of("nog vragen")
    ('yes', 'no', 'unclear')
    >>> consent_of("Ja, maar") is None
    True
    """
    told = bare(word)
    if told in YES:
        return "yes"
    if told in NOT_KNOWN:
        return "unclear"
    return "no" if told in NO or (A_NO.match(told) and not NO_MATTER.match(told)) else None


def guardian_of(word: str) -> str | None:
    """Return what a guardian said; there is no guardian where it says so."""
    if NOBODY.fullmatch(bare(word)):
        return None
    said = consent_of(word)
    return "unknown" if said == "unclear" else said


def withdrawal_of(word: str) -> str | None:
    """Return how consent was withdrawn; empty when it was not, None for an unclear word.

    A wish to remove is never read as a mere stop: that is a known short phrase, with a
    reason after a comma that is not about what was answered, or with "niet verwijderen".
    Removal is plain where nothing is denied; whatever else stands there is unclear.

    Examples
    --------
    >>> withdrawal_of("stopt, wisselt van school"), withdrawal_of("alles weg")
    ('stop', 'stop and remove')
    >>> withdrawal_of("stoppen, niet verwijderen"), withdrawal_of("n.v.t."), withdrawal_of("?")
    ('stop', '', None)
    """
    told = bare(word)
    if told in NOT_WITHDRAWN:
        return ""
    clauses = [clause for clause in CLAUSE.split(told) if clause]
    others = [each for each in clauses if each not in STOPPED and not KEPT.fullmatch(each)]
    if told in YES or (clauses and not others):
        return STOP
    if any(REMOVED.search(each) or NOTHING_KEPT.fullmatch(each) for each in others):
        return REMOVE if _removes(clauses) else None
    first, comma, reason = told.partition(",")
    about_answers = NO_REASON.search(PLAIN_REASON.sub("", reason))
    return STOP if comma and first in STOPPED and not about_answers else None


def _removes(clauses: list[str]) -> bool:
    """Return whether nothing in a wish to remove is denied or may be kept."""
    denied = re.compile(rf"\b{NOT}\b")
    plainly = [each for each in clauses if not NOTHING_KEPT.fullmatch(each)]
    return not any(denied.search(each) or KEPT.fullmatch(each) for each in plainly)


def bare(word: str) -> str:
    """Return a word without capitals and the marks around it."""
    return plain(word).strip(" .,;:!") or plain(word)


def like_a_day(text: str) -> bool:
    """Return whether a text that is no date was meant as one, and says nothing of answers."""
    told = plain(text)
    wish = REMOVED.search(told) or NO_REASON.search(told)
    return withdrawal_of(text) is None and not wish and bool(DATED.search(told))


def doubt_of(text: str, *, guardian: bool) -> str | None:
    """Return a word of consent that is no yes: no, or what stands for an unclear one."""
    if bare(text) in NOT_APPLICABLE:
        return None
    read = guardian_of(text) if guardian else consent_of(text)
    return None if read == "yes" else read or ("unknown" if guardian else "unclear")

"""Words by which somebody may be recognised, found in what people said."""

from __future__ import annotations

import re
from collections.abc import Iterable

E_MAIL = re.compile(r"\S+@\S+|\bwww\.|https?:")
NUMBERS = re.compile(r"\d(?:[ -]?\d){4,}|\b\d{4} ?[A-Z]{2}\b")
FAMILY = re.compile(
    r"\b(alleenstaand\w*|weduw\w*|gescheiden|eenoudergezin\w*|tweeling\w*|drieling\w*|pleeg\w*|"
    r"stief\w*|enige man|enige vrouw|single (?:parent|mother|father|mum|dad)|widow\w*|"
    r"divorced|twins?|triplets?|foster\w*|step(?:son|daughter|father|mother|child)\w*)\b",
    re.IGNORECASE,
)
QUOTATION = "\"'\N{LEFT SINGLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK}“”"
SENTENCE = re.compile(rf"[.!?…:]+[\s{QUOTATION}]*|[{QUOTATION}(]+|^\W+")
CAPITAL = re.compile(r"\b[A-ZÀ-Þ][\w'-]*")
MAY_HAVE_A_CAPITAL = frozenset({"I", "I'm", "I've", "I'd", "I'll", "Nederlands", "Dutch"})


def recognisable(text: str, known: Iterable[str]) -> str | None:
    """Return what in a text may tell who said it, or None.

    Parameters
    ----------
    text : str
        What somebody said.
    known : iterable of str
        Words of sites, organisations and numbers of this trajectory.

    Returns
    -------
    str or None
        What kind of thing it is, never the thing itself.

    Notes
    -----
    Any capital inside a sentence counts as a name: of a person, a street, a school, a
    country. That holds more back than need be, and a text can be rewritten; a name that was
    printed cannot be taken back. It does not read between the lines: whoever approves a
    quote still has to think of the neighbours.

    Examples
    --------
    >>> recognisable("Ik durf meer. Ik vraag nu hulp.", ["School Noord"]) is None
    True
    >>> recognisable("Bij school noord durf ik meer.", ["School Noord"])
    'a site, an organisation or a number'
    >>> recognisable("Samen met Fatma durf ik meer.", [])
    'a name, or another word with a capital'
    """
    plain = _plain(text)
    if E_MAIL.search(text) or NUMBERS.search(text):
        return "an address, an e-mail address or a telephone number"
    if any(f" {_plain(word)} " in f" {plain} " for word in known if _plain(word)):
        return "a site, an organisation or a number"
    if FAMILY.search(text):
        return "the kind of family"
    inside = [word for part in SENTENCE.split(text) for word in _capitals(part)]
    return "a name, or another word with a capital" if inside else None


def _capitals(sentence: str) -> list[str]:
    words = sentence.split(maxsplit=1)
    rest = words[1] if len(words) == 2 else ""
    return [word for word in CAPITAL.findall(rest) if word not in MAY_HAVE_A_CAPITAL]


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))

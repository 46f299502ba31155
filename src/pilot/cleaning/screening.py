"""Words by which somebody may be recognised, found in what people said."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise
from typing import Any

ADDRESS = "an address, an e-mail address or a telephone number"
OWN = "a site, an organisation or a number"
NAME = "a name, or another word with a capital"
COUNTRY = "a country, a people or a language"
AMOUNT = "an age, a year or an amount"

E_MAIL = re.compile(r"\S+@\S+|\bwww\.|https?:")
NUMBERS = re.compile(r"\d(?:[ -]?\d){4,}|\b\d{4} ?[A-Z]{2}\b")
LARGE = re.compile(r"€|\d{3,}|\d[.,]\d{3}\b")
APOSTROPHE = "\N{RIGHT SINGLE QUOTATION MARK}"
DASHES = "\N{EN DASH}\N{EM DASH}-"
QUOTATION = f"\"'\N{LEFT SINGLE QUOTATION MARK}{APOSTROPHE}“”„«»"
SENTENCE = re.compile(rf"[.!?…:;\n]+[\s{QUOTATION}{DASHES}]*|(?:^|(?<=\s))[{QUOTATION}(]+|^\W+")
CAPITAL = re.compile(rf"\b[^\W\d_a-zß-öø-ÿ][\w'{APOSTROPHE}-]*")
LEAST_LETTERS = 3  # a shorter part of a site's name, such as 'de', says nothing


def recognisable(text: str, known: Iterable[str], names: Iterable[str] = ()) -> str | None:
    """Return what in a text may tell who said it, or None.

    Parameters
    ----------
    text : str
        What somebody said.
    known : iterable of str
        Words of sites, organisations and numbers of this trajectory.
    names : iterable of str
        Names that other texts of the same file hold (`names_in`): whoever types without
        capitals is understood.

    Returns
    -------
    str or None
        Which kinds of things it holds, never the things themselves.

    Notes
    -----
    The kinds are words by kind in ``telling.toml``, the countries and languages of Unicode
    CLDR, and whatever has a capital: inside a sentence always, at its start when the word is
    none of ``ordinary.toml``. That holds more back than need be, and a text can be
    reworded; a name that was printed cannot be taken back. It does not read between the
    lines: whoever approves a quote still has to think of the neighbours.

    Examples
    --------
    >>> recognisable("Ik durf meer. Ik vraag nu hulp.", ["School Noord"]) is None
    True
    >>> recognisable("Bij school noord durf ik meer.", ["School Noord"])
    'a site, an organisation or a number'
    >>> recognisable("Fatma belt nu voor mij.", [])
    'a name, or another word with a capital'
    >>> recognisable("Als weduwe uit somalië red ik het.", [])
    'a country, a people or a language; the kind of family'
    """
    folded = _folded(text)
    own_names = _one_of([_folded(name) for name in names])
    seen = [kind for kind, told in _kinds().items() if _holds(told, folded)]
    own, address = _one_of(_own_words(known)), E_MAIL.search(text) or NUMBERS.search(text)
    called = own_names.search(folded) or _called(own.sub("", folded))
    checks = {
        ADDRESS: address,
        OWN: own.search(folded),
        AMOUNT: not address and LARGE.search(text),
        NAME: _capitals(text) or called,
    }
    seen += [kind for kind, found in checks.items() if found]
    return "; ".join(sorted(set(seen))) or None


def names_in(texts: Iterable[str]) -> frozenset[str]:
    """Return what stands in texts as a name: with a capital where an ordinary word has none.

    Examples
    --------
    >>> sorted(names_in(["Fatma belt. Ik ook.", "Met Samira drink ik thee."]))
    ['fatma', 'samira']
    """
    found = {_folded(word) for text in texts if not text.isupper() for word in _capitals(text)}
    return frozenset(found - {_folded(word) for word in _ordinary()})


@lru_cache(maxsize=1)
def kinds() -> tuple[str, ...]:
    """Return every kind of telling thing, as findings name it."""
    return tuple(dict.fromkeys([*_kinds(), ADDRESS, OWN, AMOUNT, NAME]))


def _capitals(text: str) -> list[str]:
    """Return the words with a capital that no ordinary sentence has there."""
    if text.isupper():
        return [word for word in re.findall(r"\w+", text) if word.casefold() not in _ordinary()]
    return [word for part in SENTENCE.split(text) for word in _strange(part)]


def _strange(sentence: str) -> list[str]:
    found = []
    for word in CAPITAL.finditer(sentence):
        plain = word.group().casefold().replace(APOSTROPHE, "'")
        opens = not sentence[: word.start()].strip()
        bare = plain.split("'")[0]
        ordinary = opens and (plain in _ordinary() or bare in _ordinary())
        if not ordinary and plain not in _always_harmless():
            found.append(word.group())
    return found


def _called(folded: str) -> bool:
    """Return whether a word stands where a name does, after 'friend' or 'school'."""
    words = folded.split()
    after = {then for word, then in pairwise(words) if word in _callers()}
    return bool(after - _ordinary())


def _own_words(known: Iterable[str]) -> list[str]:
    """Return the trajectory's own names, whole, and their words that tell by themselves."""
    whole = [_folded(name) for name in known]
    parts = [word for name in whole for word in name.split() if len(word) >= LEAST_LETTERS]
    say_nothing = _ordinary() | _callers()
    return [*whole, *(word for word in parts if word not in say_nothing and word.isalpha())]


def _folded(text: str) -> str:
    """Return a text without capitals, accents and marks; an accented 'één' is a number."""
    plain = re.sub(r"\bé[eé]n\b", "1", text.casefold())
    letters = unicodedata.normalize("NFKD", plain)
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return " ".join(re.findall(r"\w+", bare))


def _holds(told: tuple[re.Pattern[str], frozenset[str]], folded: str) -> bool:
    pattern, harmless = told
    return any(match.group() not in harmless for match in pattern.finditer(folded))


@lru_cache(maxsize=1)
def _kinds() -> dict[str, tuple[re.Pattern[str], frozenset[str]]]:
    """Return what to look for by kind, and what is harmless among it."""
    read = _read("telling.toml")
    return {
        kind: (_one_of(_patterns(kind)), frozenset(_folded(word) for word in words["except"]))
        for kind, words in read.items()
        if "except" in words
    }


def _patterns(kind: str) -> list[str]:
    words = _read("telling.toml")[kind]
    lists = [words["nl"], words["en"]]
    if kind == COUNTRY:
        lists += [named[lang] for named in _read("countries.toml").values() for lang in named]
    return [_starred(word.split("(")[0]) for each in lists for word in each]


def _starred(word: str) -> str:
    """Return a word as it is compared, with its stars and gaps left in it."""
    marked = word.replace("<number>", "numbergap").replace("<any>", "anygap")
    return " ".join(_folded(part.replace("*", "stargap")) for part in marked.split())


@lru_cache(maxsize=512)
def _gaps(word: str) -> str:
    counted = "|".join([r"\d+", *(each for each in _listed("numbers"))])
    gaps = {"stargap": r"\w*", "anygap": r"\w+", "numbergap": f"(?:{counted})"}
    for gap, pattern in gaps.items():
        word = word.replace(gap, pattern)
    return word


def _one_of(words: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern that finds any of the words, whole."""
    unique = sorted({_gaps(word) for word in words if word}, key=len, reverse=True)
    return re.compile(rf"(?<!\S)(?:{'|'.join(unique)})(?!\S)" if unique else r"(?!)")


@lru_cache(maxsize=1)
def _callers() -> frozenset[str]:
    return frozenset(_listed("called"))


@lru_cache(maxsize=1)
def _ordinary() -> frozenset[str]:
    read = _read("ordinary.toml")
    return frozenset(word for name in ("nl", "en") for word in read[name].split())


@lru_cache(maxsize=1)
def _always_harmless() -> frozenset[str]:
    return frozenset(_read("ordinary.toml")["capitals"].split())


def _listed(kind: str) -> list[str]:
    words = _read("telling.toml")[kind]
    return [_folded(word) for language in ("nl", "en") for word in words[language]]


@lru_cache(maxsize=3)
def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((files("pilot.cleaning") / name).read_text(encoding="utf-8"))

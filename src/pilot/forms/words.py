"""What a form says, in both languages, from ``words.toml``."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from importlib.resources import files
from typing import Any

from pilot.design import Language
from pilot.design.forms import Blank


@lru_cache(maxsize=1)
def _words() -> dict[str, Any]:
    path = files("pilot.forms") / "words.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


def say(section: str, key: str, language: Language, **gaps: object) -> str:
    """Return one sentence or word, its gaps filled in.

    Examples
    --------
    >>> say("columns", "participant", "nl"), say("columns", "participant", "en")
    ('nummer', 'number')
    """
    return str(_words()[section][key][language]).format(**gaps)


def say_list(section: str, key: str, language: Language) -> list[str]:
    """Return the words of a list, or the sentences of a paragraph.

    Examples
    --------
    >>> say_list("choices", "interpreter", "en")
    ['no', 'yes']
    """
    held = _words()[section][key]
    return list(held[language]) if isinstance(held, dict) else [text[language] for text in held]


def answers_of(blank: Blank, language: Language) -> list[str]:
    """Return the answers of a column as its list shows them: ``3 - soms``, or ``3``.

    Words stand in designs and on forms in Dutch; one without a translation is left out of
    a form in English, unless its number says nothing without it.

    Examples
    --------
    >>> from pilot.design import Text
    >>> word = Text(nl="veilig", en="safe")
    >>> safe = Blank("q", "i", word, word, 1, 2, codes=((1, "nooit"), (2, "soms")))
    >>> answers_of(safe, "nl"), answers_of(safe, "en")
    (['1 - nooit', '2 - soms'], ['1 - never', '2 - sometimes'])
    """
    shown = []
    for code, word in blank.codes:
        said = word if language == "nl" else english(word) or ("" if blank.bare else word)
        shown.append(f"{code} - {said}" if said else str(code))
    return shown


def english(word: str) -> str:
    """Return the English of an answer that designs give in Dutch; empty where none is known.

    Examples
    --------
    >>> english("nooit"), english("zomaar wat")
    ('never', '')
    """
    return str(_words()["english"].get(word, ""))


def no_answers(language: Language) -> list[str]:
    """Return the two ways of giving no answer, their numbers behind them.

    A cell that begins with a minus and goes on with a word is a broken formula to Excel.

    Examples
    --------
    >>> no_answers("nl")
    ['weet niet (-8)', 'wil niet zeggen (-9)']
    """
    return [say("answers", key, language) for key in ("does_not_know", "will_not_say")]

"""The form to type answers in: what writes it and what reads it back agree on this page."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import astuple, dataclass, replace

from pilot.design.asking import Asked
from pilot.design.text import Text
from pilot.design.trajectory import Trajectory

MARK = "pilot-form"
VERSION = 1
KEY = "key"
DOES_NOT_KNOW, WILL_NOT_SAY = -8, -9
NO_ANSWER = (str(DOES_NOT_KNOW), str(WILL_NOT_SAY))
WHO = ("participant", "family", "site", "group")
OCCASION = (
    "answered",
    "mode",
    "language",
    "interviewer",
    "interpreter",
    "respondent",
    "minutes",
)
OCCASION_OF_RATERS = ("answered", "interviewer")
ABOUT = "about"
FORM_VERSION = "form_version"
"""Columns by the part of the occasion each tells: who is filled in, the others are typed,
and the version of what a role is asked stands in a hidden column of its own."""

SUFFIX = " (form)"
ROW_KEY = re.compile(r"k(\d+)_(.*)", re.DOTALL)
CODE_AND_WORD = re.compile(r"([+-]?\d+)\s*[-=\u2013\u2014:.)]\s+([^\W\d].*)", re.DOTALL)
NO_ANSWER_IN_WORDS = re.compile(r"\D*[^\W\d]\s*\((-[89])\)\s*")
DIGITS = re.compile(r"\d+")
EXPLANATION = 0  # the entry of a sheet that holds no answers


@dataclass(frozen=True, slots=True)
class Marker:
    """What one sheet of a form says of itself, in its first cell.

    Parameters
    ----------
    trajectory, wave, role : str
    site : str
        Empty where the form is for all sites.
    language : str
    entry : int
        1 or 2: the first or the second time that somebody types; 0 holds no answers.
    asking : str
        The checksum of what was asked when the form was made, by `asking_hash`.
    rater : str
        Who fills it in about the people of the role; empty where they answer themselves.
    """

    trajectory: str
    wave: str
    role: str
    site: str
    language: str
    entry: int
    asking: str
    rater: str = ""

    def __str__(self) -> str:
        parts = (VERSION, *astuple(self)) if self.rater else (VERSION, *astuple(self)[:-1])
        return "/".join([MARK, *(str(part) or "-" for part in parts)])


def read_marker(text: str) -> Marker | None:
    """Return the marker that a cell holds, or None.

    Examples
    --------
    >>> marker = Marker("m-power", "eind", "man", "", "nl", 2, "0a1b2c3d")
    >>> str(marker)
    'pilot-form/1/m-power/eind/man/-/nl/2/0a1b2c3d'
    >>> read_marker(str(marker)) == marker, read_marker("nummer") is None
    (True, True)
    """
    parts = [part if part != "-" else "" for part in text.strip().strip('"').split("/")]
    if len(parts) not in (9, 10) or parts[:2] != [MARK, str(VERSION)]:
        return None
    if not parts[7].isdecimal():
        return None
    trajectory, wave, role, site, language, entry, asking = parts[2:9]
    return Marker(trajectory, wave, role, site, language, int(entry), asking, *parts[9:])


def row_key(number: int, participant: str) -> str:
    """Return what stands hidden at both ends of a form's row, so that it stays one row.

    Examples
    --------
    >>> row_key(3, "007"), row_key(12, "")
    ('k003_007', 'k012_')
    """
    return f"k{number:03d}_{participant}"


def participant_of_key(key: str) -> str | None:
    """Return the number that a row key was made for: empty on an open row, None if no key.

    Examples
    --------
    >>> participant_of_key("k003_007"), participant_of_key("k012_"), participant_of_key("7")
    ('007', '', None)
    """
    match = ROW_KEY.fullmatch(key.strip())
    return None if match is None else match[2]


@dataclass(frozen=True, slots=True)
class Blank:
    """One column of a form that waits for answers: an item, or a ready-made total.

    Parameters
    ----------
    column : str
        The item's id or the score's name.
    instrument : str
    label, block : Text
        Our own short words for the item and for its instrument.
    low, high : float
    whole : bool
        Whether only whole numbers are answers.
    codes : tuple of (int, str)
        The numbers that are typed, as the design says the printed form counts, and the word
        each stands for: the design's own, else the form's, else none.
    bare : bool
        Whether a number without its word is an answer: not where printed forms disagree
        about the numbers and the design does not say which one this is.
    """

    column: str
    instrument: str
    label: Text
    block: Text
    low: float
    high: float
    whole: bool = True
    codes: tuple[tuple[int, str], ...] = ()
    bare: bool = True

    def read(self, text: str) -> str:
        """Return an answer of the list as cleaning knows it: its number, or else its word.

        What is not of the list comes back as it is, and so does a number with the word of
        another answer, or with a second number.

        Examples
        --------
        >>> word = Text(nl="gezondheid", en="health")
        >>> health = Blank("q", "i", word, word, 1, 5, codes=((1, "goed"),))
        >>> health.read("1 - goed"), health.read("weet niet (-8)"), health.read("3-apr")
        ('1', '-8', '3-apr')
        >>> health.read("1 - of 2")
        '1 - of 2'
        """
        if match := NO_ANSWER_IN_WORDS.fullmatch(text):
            return match[1]
        match = CODE_AND_WORD.fullmatch(text.strip())
        known = dict(self.codes)
        if match is None or not self._agree(int(match[1]), match[2].strip()):
            return text
        return match[1] if self.bare else known[int(match[1])]

    def _agree(self, code: int, word: str) -> bool:
        """Return whether a number and the word behind it can be one answer.

        A form in English has words of its own: what is no other answer's word may be one.
        """
        known = {number: said.casefold() for number, said in self.codes}
        if known.get(code) == word.casefold():
            return True
        others = {said for number, said in known.items() if number != code}
        second = set(DIGITS.findall(word)) - {str(abs(code))}
        return code in known and word.casefold() not in others and not second


def occasion_of(
    trajectory: Trajectory, role: str, wave: str, rater: str = ""
) -> tuple[str, ...]:
    """Return what is typed of when and how; which child it is about, where that is asked.

    Of what a rater fills in: when that was, and which one it was.

    Examples
    --------
    >>> from pilot.design import load_trajectory
    >>> occasion_of(load_trajectory("m-power"), "man", "end")[:3]
    ('answered', 'mode', 'language')
    """
    if rater:
        return OCCASION_OF_RATERS
    about_a_child = any(
        asked.index_child and wave in trajectory.waves_of(asked)
        for asked in trajectory.asked_of(role)
    )
    return (*OCCASION, ABOUT) if about_a_child else OCCASION


def blanks_of(trajectory: Trajectory, role: str, wave: str, rater: str = "") -> list[Blank]:
    """Return what a role is asked at a wave, in the order of the design.

    With a `rater`: what that one is asked about the people of the role.

    Examples
    --------
    >>> from pilot.design import load_trajectory
    >>> first = blanks_of(load_trajectory("krachtige-gezinnen"), "child", "t2")[0]
    >>> first.column, first.low, first.high
    ('life_satisfaction_01', 1, 10)
    """
    asked_here = [
        asked
        for asked in trajectory.asked
        if asked.role == role
        and (asked.rated_by or "") == rater
        and wave in trajectory.waves_of(asked)
    ]
    blanks = [
        blank
        for asked in asked_here
        for blank in (*_totals(trajectory, asked), *_items(trajectory, asked))
    ]
    return list({blank.column: blank for blank in blanks}.values())


def as_asked_on_form(asked: Asked, trajectory: Trajectory) -> Asked:
    """Return what is asked with the columns that a form gives it: the ids themselves."""
    items = (
        [] if _only_totals(asked) else asked.items_of(trajectory.instruments[asked.instrument])
    )
    return asked.model_copy(
        update={
            "columns": {item: item for item in items},
            "totals": {score: score for score in asked.totals},
        }
    )


def _only_totals(asked: Asked) -> bool:
    return bool(asked.totals) and "columns" not in asked.model_fields_set


def _items(trajectory: Trajectory, asked: Asked) -> list[Blank]:
    if _only_totals(asked):
        return []
    instrument = trajectory.instruments[asked.instrument]
    printed = _printed_numbers(asked)
    words = _first_words(instrument.responses.options) | _first_words(asked.answers)
    bare = bool(printed) or instrument.responses.coded == "numbers"
    blanks = []
    for item in asked.items_of(instrument):
        low, high = instrument.low(item), instrument.high(item)
        meant = {value: value for value in range(low, high + 1)}
        meant = {n: v for n, v in meant.items() if v not in printed.values()} | printed
        codes = tuple((number, words.get(meant[number], "")) for number in sorted(meant))
        label = Text(nl=instrument.items[item].nl, en=instrument.items[item].en)
        blank = Blank(item, instrument.key, label, instrument.label, low, high)
        blanks.append(replace(blank, codes=codes, bare=bare))
    return blanks


def _printed_numbers(asked: Asked) -> dict[int, int]:
    """Return the numbers that the printed form has instead of the instrument's own."""
    return {
        int(word): value
        for word, value in asked.answers.items()
        if word.lstrip("+-").isdecimal()
    }


def _totals(trajectory: Trajectory, asked: Asked) -> list[Blank]:
    instrument = trajectory.instruments[asked.instrument]
    return [
        Blank(name, instrument.key, scale.label, instrument.label, *scale.range, whole=False)
        for scale in instrument.scales
        if (name := instrument.score_name(scale)) in asked.totals
    ]


def _first_words(words: dict[str, int]) -> dict[int, str]:
    """Return one word a number: the first, of words that are no numbers themselves."""
    said: dict[int, str] = {}
    for word, code in words.items():
        if not word.lstrip("+-").isdecimal():
            said.setdefault(code, word)
    return said


def asking_hash(trajectory: Trajectory, role: str, wave: str, rater: str = "") -> str:
    """Return a short checksum of what is asked, and of what each number means.

    It changes with an item, its range or its answers, and with nothing else: a form that
    was printed stays good when the design gains a sentence.
    """
    asked = [
        (blank.column, blank.low, blank.high, blank.codes)
        for blank in blanks_of(trajectory, role, wave, rater)
    ]
    text = json.dumps([trajectory.key, role, wave, asked, *([rater] if rater else [])])
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def version_of(trajectory: Trajectory, role: str) -> str:
    """Return which version of its questions a role is asked: a short checksum.

    It is the same at every wave, whatever part of the questions a wave asks, and becomes
    another one when the design changes an item, its range or its answers on the way.

    Examples
    --------
    >>> from pilot.design import load_trajectory
    >>> design = load_trajectory("krachtige-gezinnen")
    >>> len(version_of(design, "parent")), version_of(design, "child") == "a"
    (8, False)
    """
    blanks = [
        blank for wave in trajectory.wave_keys for blank in blanks_of(trajectory, role, wave)
    ]
    asked = {blank.column: (blank.low, blank.high, blank.codes) for blank in blanks}
    text = json.dumps([trajectory.key, role, sorted(asked.items())])
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def is_form(file: str) -> bool:
    """Return whether the file of a response is a form that pilot made itself.

    Examples
    --------
    >>> is_form("school.xlsx[ouder 1]" + SUFFIX), is_form("school.xlsx[ouder 1]")
    (True, False)
    """
    return file.endswith(SUFFIX)

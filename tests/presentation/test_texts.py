"""The words: the same keys in both languages, and plain Dutch where residents read."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape

import pytest

from pilot.design import LANGUAGES, Outcome, Text
from pilot.design.instrument import HigherIs
from pilot.disclosure import disclose
from pilot.errors import CallError
from pilot.presentation import Words, payer_page, residents_pages
from pilot.presentation.saying import facing, moved, points_of, range_of
from pilot.presentation.words import texts
from pilot.results import Study

MOST_WORDS = 15
PLAIN = ("payer.", "change.", "residents.", "figure.plain", "stories.", "events.")
GAP = re.compile(r"{(\w+)}")
NEVER = re.compile(
    r"significan|bewezen|effectief|effect\b|bewijst|proven\b|proves", re.IGNORECASE
)


def sentences(text: str) -> list[str]:
    """Return the sentences of a text."""
    ends = re.split(r"(?<=[.!?])\s+|\n", text)
    return [each for each in ends if each.strip()]


def lines_of(html: str) -> list[str]:
    """Return the visible lines of a piece, an element a line."""
    return unescape(re.sub(r"<[^>]+>", "\n", html)).split("\n")


def test_both_languages_have_the_same_keys_and_gaps() -> None:
    """No word stands in one language only, and each has the same gaps to fill."""
    nl, en = texts("nl"), texts("en")
    assert nl.keys() == en.keys()
    for key in nl:
        assert set(GAP.findall(nl[key])) == set(GAP.findall(en[key])), key


@pytest.mark.parametrize("key", [key for key in texts("nl") if key.startswith(PLAIN)])
def test_plain_sentences_are_short(key: str) -> None:
    """What residents and who pays read has at most 15 words a sentence."""
    filled = GAP.sub("x", texts("nl")[key])
    assert all(len(each.split()) <= MOST_WORDS for each in sentences(filled)), filled


def test_rendered_plain_sentences_are_short(study: Study, small_study: Study) -> None:
    """They are still short once numbers and labels are filled in."""
    for each in (study, small_study):
        public = disclose(each)
        for piece in (payer_page(public), residents_pages(public)):
            for line in lines_of(piece.html["nl"]):
                for said in sentences(line):
                    words = [word for word in said.split() if re.search(r"\w", word)]
                    assert len(words) <= MOST_WORDS, said


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_claims_proof(language: str) -> None:
    """No text says significant, proven or effect."""
    for key, text in texts(language).items():
        assert not NEVER.search(text), (key, text)


def test_an_unknown_key_is_refused() -> None:
    """A misspelt key names the near one."""
    with pytest.raises(CallError, match=r"did you mean 'payer.title'"):
        Words("nl")("payer.titel")


@pytest.mark.parametrize(
    ("language", "value", "decimals", "signed", "written"),
    [
        ("nl", 1234.56, 1, False, "1.234,6"),
        ("en", 1234.56, 1, False, "1,234.6"),
        ("nl", -0.04, 1, True, "0,0"),
        ("en", 0.04, 1, True, "0.0"),
        ("nl", -1.25, 2, True, "\N{MINUS SIGN}1,25"),
        ("en", 3, 0, True, "+3"),
    ],
)
def test_numbers_are_written_as_each_language_does(
    language: str, value: float, decimals: int, signed: bool, written: str
) -> None:
    """Comma and point, a real minus sign, and no sign on what rounds to 0."""
    assert Words(language).number(value, decimals, signed=signed) == written


@pytest.mark.parametrize(
    ("higher_is", "value", "said"),
    [
        ("better", 0.12, "more often better than worse: 12 percentage points"),
        ("worse", -0.12, "more often worse than better: 12 percentage points"),
        ("neither", 0.12, "more often up than down: 12 percentage points"),
        ("neither", 0.0, "as often up as down"),
    ],
)
def test_a_share_says_which_way_was_more_frequent(
    higher_is: HigherIs, value: float, said: str
) -> None:
    """A share is turned already: above 0 is better, whichever way the scale runs."""
    steps = Outcome("x", Text(nl="a", en="a"), higher_is, 0, 4, level="ordinal")
    assert moved(Words("en"), steps, value) == said


def test_a_mean_says_when_up_is_worse() -> None:
    """Stress that goes up is not read as better; of a share nothing is added."""
    stress = Outcome("x", Text(nl="a", en="a"), "worse", 0, 40)
    assert facing(Words("nl"), stress) == " (omhoog = slechter)"
    assert facing(Words("nl"), replace(stress, level="ordinal")) == ""
    assert facing(Words("nl"), replace(stress, higher_is="better")) == ""


@pytest.mark.parametrize(
    ("language", "size", "said"),
    [("en", "1", "point"), ("en", "1.0", "points"), ("en", "2", "points"), ("nl", "1", "punt")],
)
def test_one_point_is_a_point(language: str, size: str, said: str) -> None:
    """'1 point', '1.0 points'; Dutch has one word for both."""
    assert points_of(Words(language), size) == said  # type: ignore[arg-type]


def test_each_end_of_a_range_has_its_own_word() -> None:
    """'between 1 point down and 2 points up', rounded to whole points."""
    outcome = Outcome("x", Text(nl="a", en="a"), "better", 10, 40)
    words = Words("en")

    assert range_of(words, outcome, (-1, 2), 0) == "between 1 point down and 2 points up"
    assert range_of(words, outcome, (-2, -1), 0) == "between 1 and 2 points down"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_band_never_opens_a_sentence_with_a_small_letter(language: str) -> None:
    """'fewer than 5' may fill a count's gap: no sentence on roles begins with such a gap."""
    text = texts(language)["events.moved"]
    assert not [each for each in sentences(text) if each.startswith("{")]


def test_groups_on_the_first_pages_begin_with_a_capital(study: Study) -> None:
    """'Fewer than 5 people: ...', also where the count is a band."""
    html = residents_pages(disclose(study)).html["en"]
    assert not re.search(r"<li>[a-z]", html)

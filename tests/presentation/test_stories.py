"""Stories beside numbers: counted by the ledger, contradicting ones too, nobody to be seen."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from functools import cache
from html import escape, unescape

import pandas as pd
import pytest

import pilot
from pilot import presentation as show
from pilot.design import LANGUAGES
from pilot.disclosure import disclose
from pilot.frames import QUOTES
from pilot.presentation.saying import change_sentence
from pilot.presentation.team_goals import goals_told
from pilot.presentation.team_ratings import ratings_told
from pilot.results import PublicStory, Study
from pilot.results.stories import DIRECTIONS
from pilot.workbench import results


@cache
def demo(key: str = "krachtige-gezinnen") -> Study:
    """Return a demo whose people told stories."""
    return pilot.open_study(key, demo=True)


def told(study: Study, *quotes: tuple[str, str, str | None], role: str = "parent") -> Study:
    """Return a study in which these people said this about self-efficacy."""
    rows = [
        {"participant": who, "role": role, "domain": "self_efficacy", "direction": way}
        | {"text": text}
        for who, way, text in quotes
    ]
    frame = pd.DataFrame(rows, columns=list(QUOTES)).astype({"text": "str"})
    return replace(demo(), quotes=frame)


def story_of(study: Study) -> PublicStory:
    """Return the one story that everybody may read."""
    (story,) = disclose(study).stories
    return story


def parents(n: int) -> list[str]:
    """Return a parent of each of the first n families."""
    started = demo().started
    own = started[started["role"] == "parent"].drop_duplicates("family")
    return own["participant"].tolist()[:n]


def test_contradicting_stories_stand_beside_the_estimate() -> None:
    """Every direction that anybody may be quoted for is there, under the domain's estimate."""
    public = disclose(demo())
    for story in public.stories:
        quotes = demo().quotes
        own = quotes[(quotes["role"] == story.role) & (quotes["domain"] == story.domain)]
        ways = set(own.dropna(subset=["text"])["direction"])
        assert {way for way, _ in story.quotes} == ways
    html = show.stories_section(public).html["en"]
    (estimate,) = (each for each in public.estimates if each.outcome.key == "gse_10_total")
    said = change_sentence(show.Words("en"), estimate, "families", label="Self-efficacy")
    assert html.index(escape(said)) < html.index("<blockquote>")
    assert {"better", "worse"} <= set(re.findall(r"<footer>(\w+)</footer>", html))


def test_words_do_not_follow_the_order_of_the_people() -> None:
    """The file turned round, or other people: the same page."""
    quotes = demo().quotes
    turned = quotes.iloc[::-1].reset_index(drop=True)
    assert disclose(replace(demo(), quotes=turned)).stories == disclose(demo()).stories
    words = [
        ("b", "better", "Zo kan het."),
        ("a", "better", "Alles lukt."),
        ("c", "worse", "Nee."),
    ]
    story = story_of(told(demo(), *words))
    assert story.quotes == (
        ("better", "Alles lukt."),
        ("better", "Zo kan het."),
        ("worse", "Nee."),
    )


def test_a_family_counts_once_in_a_theme() -> None:
    """Six families of whom one said it twice are six; fewer than five are a band."""
    who = parents(7)
    said = [(code, "better", None) for code in [*who[:6], who[0]]] + [(who[6], "worse", None)]
    families = dict(story_of(told(demo(), *said)).families)

    assert list(families) == list(DIRECTIONS)
    assert families["better"].exact == 6 or families["better"].low == 5
    assert (families["worse"].exact, families["worse"].low, families["worse"].high) == (
        None,
        0,
        5,
    )


def test_themes_of_a_few_are_not_counted_in_public() -> None:
    """Four families with a story: no table, and approved words all the same."""
    said = [(code, "better", f"Zo is het {n}.") for n, code in enumerate(parents(4))]
    story = story_of(told(demo(), *said))

    assert story.families == ()
    assert [way for way, _ in story.quotes] == ["better"] * 3


def test_no_words_of_a_role_with_fewer_than_five_families() -> None:
    """Of children of four families nothing is quoted or counted."""
    started = demo().started
    few = started[started["role"] == "child"].drop_duplicates("family").head(4)
    kept = pd.concat([started[started["role"] != "child"], few], ignore_index=True)
    said = [(code, "better", "Het is fijn.") for code in few["participant"]]
    study = replace(told(demo(), *said, role="child"), started=kept)

    assert disclose(study).stories == ()


def test_four_families_in_all_have_no_public_stories() -> None:
    """Below the threshold of families nothing is quoted, whatever was approved."""
    few = demo().started["family"].drop_duplicates().head(4)
    started = demo().started[demo().started["family"].isin(few)]
    study = replace(told(demo(), (parents(1)[0], "better", "Het lukt.")), started=started)

    assert disclose(study).stories == ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_quote_stands_alone(language: str) -> None:
    """No number, family, school or coder on the public page, nor words that were held back."""
    html = unescape(show.stories_section(disclose(demo())).html[language])
    study = demo()
    said = {*study.started["participant"], *study.started["family"].dropna(), "C1", "Samira"}
    said |= {site.label.in_(language) for site in study.trajectory.sites}

    assert not [word for word in said if word in html]
    assert html.count("<blockquote>") == int(study.quotes["text"].notna().sum())


def test_a_screen_reader_hears_the_language_of_a_quote() -> None:
    """Dutch words on the English page say that they are Dutch; on the Dutch page all are."""
    html = show.stories_section(disclose(demo())).html

    assert html["en"].count('<blockquote><p lang="nl">') == html["en"].count("<blockquote>") > 0
    assert "lang=" not in "".join(re.findall(r"<blockquote>.*?</blockquote>", html["nl"]))


def test_angle_brackets_are_words() -> None:
    """What somebody said cannot become part of the page."""
    study = told(demo(), (parents(1)[0], "better", "<b>ik</b> & jij"))
    html = show.stories_section(disclose(study)).html["nl"]
    assert "&lt;b&gt;ik&lt;/b&gt; &amp; jij" in html


def test_two_coders_are_compared_for_the_team() -> None:
    """Kappa with its interval on the team's page and in results.json, never in public."""
    (coders,) = demo().agreements
    team = show.team_stories(demo())
    record = json.loads(results(demo()).to_json())

    assert team.audience == "team"
    assert f"Kappa is {coders.estimate:.2f}" in team.html["en"]
    assert record["agreement"] == [coders.to_record()]
    assert "Kappa" not in show.stories_section(disclose(demo())).html["en"]


def test_results_keep_no_words_that_were_held_back() -> None:
    """Themes of all, words of those that may be shown, and how many were withheld."""
    rows = json.loads(results(demo()).to_json())["stories"]
    quotes = demo().quotes

    assert sum(row["quotes"] for row in rows) == len(quotes)
    assert sum(row["withheld"] for row in rows) == int(quotes["text"].isna().sum()) == 6
    assert sum(len(row["shown"]) for row in rows) == int(quotes["text"].notna().sum())
    assert "Samira" not in json.dumps(rows)


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_stories_it_says_so(language: str) -> None:
    """A study without stories keeps its heading, and one sentence."""
    study = replace(demo(), quotes=demo().quotes.head(0), agreements=())
    for piece in (show.stories_section(disclose(study)), show.team_stories(study)):
        assert show.Words(language)("stories.none") in piece.html[language]


@pytest.mark.parametrize("language", LANGUAGES)
def test_agreement_says_that_it_takes_families_apart(language: str) -> None:
    """Under kappa and ICC of stories, goals and ratings; only where families are known."""
    words = show.Words(language)  # type: ignore[arg-type]
    said = words("ratings.independent")
    men = demo("m-power")
    families = men.started.assign(family="f")
    for study, expected in ((men, 0), (replace(men, started=families), 1)):
        for told in (ratings_told(words, study), goals_told(words, study)):
            assert " ".join(told).count(said) == expected
        assert show.team_stories(study).html[language].count(said) == expected

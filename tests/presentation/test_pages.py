"""Whole pages: a screen reader, a printer and a closed network get all of it."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from importlib.resources import files
from itertools import pairwise

import pytest

from pilot import presentation as show
from pilot.design import LANGUAGES, Language
from pilot.disclosure import disclose
from pilot.errors import DisclosureError
from pilot.presentation import Failure, Provenance, failure_page, index_page, page, team_page
from pilot.results import Study

PROVENANCE = Provenance(
    inputs=(("t0-School Noord.xlsx", "ab" * 32), ("t1.xlsx", "cd" * 32)),
    versions=(("pandas", "3.1.1"),),
    parameters=(("seed", "1"),),
    plan="ef" * 32,
)
VOID = {"meta", "img", "hr", "br"}


class Walk(HTMLParser):
    """Everything a page is made of, in order, and whether its elements close."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep an element and open it."""
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Close the element opened last; it must be this one."""
        assert self.open.pop() == tag

    def all(self, tag: str) -> list[dict[str, str | None]]:
        """Return the attributes of every element of one kind."""
        return [attrs for name, attrs in self.elements if name == tag]


def public_page(study: Study, language: Language = "nl", *, simulated: bool = True) -> str:
    """Return the public page of a study."""
    public = disclose(study)
    makers = (
        show.payer_page,
        show.residents_pages,
        show.flow_section,
        show.feasibility_section,
        show.outcomes_section,
        show.limits_section,
        show.claims_section,
        show.method_section,
    )
    return page(
        [make(public) for make in makers],
        language,
        title=study.trajectory.title,
        simulated=simulated,
        provenance=PROVENANCE,
    )


def team_of(study: Study) -> str:
    """Return the team's page of a study."""
    makers = (show.team_families, show.team_alternatives, show.team_files)
    pieces = [make(study) for make in makers]
    title = study.trajectory.title
    return team_page(pieces, title=title, simulated=True, provenance=PROVENANCE)


def every_page(study: Study) -> list[str]:
    """Return one of each kind of page."""
    failure = Failure(study.trajectory.title, "t1.xlsx", "is cut short", "save it again", True)
    return [
        *(public_page(study, language) for language in LANGUAGES),
        team_of(study),
        index_page(title=study.trajectory.title, simulated=True),
        failure_page(failure, "nl"),
        failure_page(failure, "en"),
    ]


@pytest.fixture(scope="module")
def pages(study: Study) -> list[str]:
    """Return one of each kind of page."""
    return every_page(study)


def test_pages_are_whole_and_need_nothing_else(pages: list[str]) -> None:
    """Elements close, there is no script, and nothing is fetched from anywhere."""
    for html in pages:
        walk = Walk(html)
        assert walk.open == []
        assert not walk.all("script")
        assert not walk.all("link")
        for attrs in walk.all("img"):
            assert attrs["src"].startswith("data:image/svg+xml;base64,")
        assert "url(" not in html
        assert "@import" not in html


def test_a_screen_reader_finds_its_way(pages: list[str]) -> None:
    """A language, one h1, no jump in headings, one main, a way past the header."""
    for html in pages:
        walk = Walk(html)
        levels = [int(tag[1]) for tag, _ in walk.elements if re.fullmatch(r"h[1-6]", tag)]
        assert walk.all("html")[0]["lang"] in LANGUAGES
        assert levels.count(1) == 1
        assert levels[0] == 1
        assert all(b - a <= 1 for a, b in pairwise(levels))
        assert len(walk.all("main")) == 1
        assert walk.all("a")[0]["href"] == "#main"


def test_ids_are_single_and_links_lead_somewhere(pages: list[str]) -> None:
    """No id stands twice on a page; every inner link and label has its place."""
    for html in pages:
        walk = Walk(html)
        ids = [attrs["id"] for _, attrs in walk.elements if "id" in attrs]
        inner = [a["href"][1:] for a in walk.all("a") if a["href"].startswith("#")]
        labels = [
            attrs["aria-labelledby"] for _, attrs in walk.elements if "aria-labelledby" in attrs
        ]
        assert len(ids) == len(set(ids))
        assert set(inner) | set(labels) <= set(ids)


def test_tables_and_pictures_speak(pages: list[str]) -> None:
    """Each table has a caption and scopes, each picture an alt text of some length."""
    for html in pages:
        walk = Walk(html)
        assert len(walk.all("caption")) == len(walk.all("table"))
        assert all(attrs.get("scope") in ("col", "row") for attrs in walk.all("th"))
        assert all(len(attrs["alt"] or "") > 30 for attrs in walk.all("img"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_simulated_data_are_named_as_such(study: Study, language: Language) -> None:
    """In the title, on the page and on every printed sheet; not where data are real."""
    word = show.Words(language)("page.simulated")
    html = public_page(study, language)
    assert word in re.search(r"<title>(.*?)</title>", html)[1]
    assert f'<p class="band"><strong>{word}' in html
    assert f'@bottom-center {{ content: "{word}"' in html

    real = page([], language, title=study.trajectory.title, simulated=False)
    assert word not in real


def test_each_sheet_starts_on_its_own_page(study: Study) -> None:
    """Three sheets, one for who pays and two for residents, each broken off in print."""
    html = public_page(study)
    assert html.count('class="sheet payer"') == 1
    assert html.count('class="sheet residents"') == 2
    assert ".sheet { break-after: page; break-inside: avoid;" in html


def test_a_team_piece_is_refused_on_a_public_page(study: Study) -> None:
    """The whole message, since somebody has to mend it."""
    with pytest.raises(DisclosureError) as fault:
        page([show.team_files(study)], "nl", title=study.trajectory.title, simulated=True)
    assert str(fault.value) == (
        "piece 'team-files': is for the team, and was about to stand on a public page\n"
        "  mend: give it to team_page"
    )


def test_the_public_page_names_no_file(study: Study) -> None:
    """It tells how many files and one hash over all; the team's page names each."""
    html = public_page(study)
    assert "School Noord" not in html
    assert PROVENANCE.inputs_hash in html
    assert "efefefefefef" in html
    assert "t0-School Noord.xlsx" in team_of(study)


def test_one_hash_stands_for_all_inputs() -> None:
    """Whatever their order and names, and another as soon as one of them changes."""
    turned = Provenance(inputs=tuple(reversed(PROVENANCE.inputs)), versions=())
    other = Provenance(inputs=(("t1.xlsx", "00" * 32),), versions=())
    assert turned.inputs_hash == PROVENANCE.inputs_hash != other.inputs_hash


def test_the_index_leads_to_the_languages_dutch_first(study: Study) -> None:
    """And only to those that were made."""
    both = index_page(title=study.trajectory.title, simulated=False)
    one = index_page(title=study.trajectory.title, simulated=False, languages=["en"])
    assert both.index('href="nl.html"') < both.index('href="en.html"')
    assert "nl.html" not in one


def test_a_page_links_only_to_languages_that_exist(study: Study) -> None:
    """With Dutch alone there is no link to an English page."""
    html = page([], "nl", title=study.trajectory.title, simulated=False, languages=["nl"])
    assert "en.html" not in html


def test_the_team_page_holds_both_languages(study: Study) -> None:
    """Dutch first, then English, each in a part of its own language."""
    html = team_of(study)
    assert html.index('<div lang="nl" id="nl">') < html.index('<div lang="en" id="en">')


def test_a_failure_is_told_in_plain_words(study: Study) -> None:
    """What, where, what to do, and that the last good report is still there."""
    failure = Failure(study.trajectory.title, "t1.xlsx", "a <b> was found", "save it", True)
    html = failure_page(failure, "nl")
    assert "a &lt;b&gt; was found" in html
    assert "Het vorige verslag is er nog." in html
    none = Failure(study.trajectory.title, "t1.xlsx", "cut", "save it", False)
    assert "Het vorige verslag" not in failure_page(none, "nl")


def test_a_title_is_shown_as_text(study: Study) -> None:
    """A title with a sign that HTML knows does not break the page."""
    title = study.trajectory.title.model_copy(update={"nl": "Eten & <drinken>"})
    html = page([], "nl", title=title, simulated=False)
    assert "<h1>Eten &amp; &lt;drinken&gt;</h1>" in html


def test_a_failure_is_told_in_dutch_where_that_is_known(study: Study) -> None:
    """English parts are marked as English; nobody learns where a file lies."""
    failure = Failure(
        study.trajectory.title, "/home/x/My data/t1.xlsx", "is cut", "save it", True, "is kapot"
    )
    html = failure_page(failure, "nl")
    assert "<p>is kapot</p>" in html
    assert '<p lang="en">save it</p>' in html
    assert '<p lang="en">t1.xlsx</p>' in html


def test_blocks_stay_a_table_for_a_screen_reader(study: Study) -> None:
    """Shown as blocks, a table says its roles; each cell carries what stands above it."""
    html = show.feasibility_section(disclose(study)).html["nl"]
    table = html[html.index("<table") : html.index("</table>")]
    rows = table.count("<tr")
    heads = re.findall(r'<th scope="col" role="columnheader"[^>]*>([^<]*)</th>', table)

    assert 'class="wide blocks verdict" role="table"' in table
    assert table.count('role="row"') == rows
    assert table.count('scope="row" role="rowheader"') == rows - 1
    assert set(re.findall(r'role="cell" data-label="([^"]*)"', table)) == set(heads[1:])
    assert table.count('role="cell"') == table.count("<td") == (rows - 1) * (len(heads) - 1)


def test_a_narrow_screen_hides_no_part_of_a_figure() -> None:
    """On public pages no figure is wider than the screen: nothing has to be scrolled."""
    css = (files("pilot.presentation") / "page.css").read_text(encoding="utf-8")
    (rule,) = re.findall(r"^figure img \{[^}]*\}", css, re.MULTILINE)
    assert "min-width" not in rule
    assert "max-width: 100%" in rule

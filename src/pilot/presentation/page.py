"""Whole pages: self-contained HTML that needs no network and reads well aloud and on paper."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from pilot.design import LANGUAGES, Language, Text
from pilot.errors import DisclosureError
from pilot.presentation.markup import heading, paragraph, section
from pilot.presentation.method import MARKER, Provenance, provenance_table
from pilot.presentation.piece import Piece
from pilot.presentation.words import Words

if TYPE_CHECKING:
    from jinja2 import Template

ABSOLUTE = re.compile(r"(?<![\w.:/\\<])(?:[A-Za-z]:[/\\]|/)(?:[^/\\'\"\n<>|:]+[/\\])+")
SECTION_TITLE = re.compile(r'<h2 id="([\w-]+)-title">(.*?)</h2>')


@dataclass(frozen=True, slots=True)
class Failure:
    """A run that failed, for who has to mend it.

    Parameters
    ----------
    title : Text
        Of the trajectory.
    where, cause, mend : str
        As in `PilotError`.
    last_good : bool
        Whether an earlier report is still there.
    cause_nl, mend_nl : str
        The same in Dutch, where it is known.
    """

    title: Text
    where: str
    cause: str
    mend: str
    last_good: bool
    cause_nl: str = ""
    mend_nl: str = ""


def page(  # noqa: PLR0913  all but two are named where it is called
    pieces: Sequence[Piece],
    language: Language,
    *,
    title: Text,
    simulated: bool,
    provenance: Provenance | None = None,
    languages: Sequence[Language] = LANGUAGES,
) -> str:
    """Return a public page in one language, in the order of its pieces.

    Parameters
    ----------
    pieces : sequence of Piece
        Public ones only.
    language : {"nl", "en"}
    title : Text
        Of the trajectory.
    simulated : bool
        Whether the page must say that no family in it is real.
    provenance : Provenance, optional
        What the report was made from and with; it stands under the method.
    languages : sequence of Language
        The languages in which the report is published; the page links to each.

    Raises
    ------
    DisclosureError
        When a piece is for the team.
    """
    _refuse_team(pieces)
    words = Words(language)
    body = "\n".join(piece.html[language] for piece in pieces)
    return _render(
        words,
        title=title.in_(language),
        kicker=words("page.report"),
        simulated=simulated,
        body=_with_provenance(body, words, provenance, simulated=simulated),
        links=[
            _link(each, href=f"{each}.html", current=each == language) for each in languages
        ],
    )


def team_page(
    pieces: Sequence[Piece],
    *,
    title: Text,
    simulated: bool,
    provenance: Provenance | None = None,
) -> str:
    """Return the team's page: one file, Dutch first, then the same in English."""
    parts = []
    for language in LANGUAGES:
        words = Words(language)
        said = [piece.html[language] for piece in pieces]
        if provenance is not None:
            said.append(_provenance_section(words, provenance, simulated=simulated))
        inside = "\n".join(said)
        parts.append(f'<div lang="{language}" id="{language}">\n{inside}\n</div>')
    words = Words(LANGUAGES[0])
    links = [_link(each, href=f"#{each}") for each in LANGUAGES]
    return _render(
        words,
        title=title.in_(words.language),
        kicker=words("page.report_team"),
        simulated=simulated,
        body="\n".join(parts),
        links=links,
        team=True,
    )


def index_page(
    *, title: Text, simulated: bool, languages: Sequence[Language] = LANGUAGES
) -> str:
    """Return the page that leads to the languages, Dutch first."""
    order = [language for language in LANGUAGES if language in languages]
    items = "".join(
        f'<li lang="{each}"><a href="{each}.html" hreflang="{each}">'
        f"{escape(Words(each)('page.read'))}</a></li>"
        for each in order
    )
    words = Words(order[0])
    return _render(
        words,
        title=title.in_(order[0]),
        kicker=words("page.report"),
        simulated=simulated,
        body=f'<ul class="choices">{items}</ul>',
    )


def failure_page(failure: Failure, language: Language) -> str:
    """Return a page in plain words: what failed, where, and what to do.

    Cause and mend are told in Dutch where that is known, and else in English, marked so.
    Of a path only its last part is told: where it lies is nobody else's business.
    """
    words = Words(language)
    told = "\n".join(
        f"{heading(words(f'failure.{name}'), 2)}{_told(language, said, dutch)}"
        for name, said, dutch in (
            ("what", failure.cause, failure.cause_nl),
            ("where", failure.where, ""),
            ("do", failure.mend, failure.mend_nl),
        )
    )
    last = paragraph(words("failure.kept" if failure.last_good else "failure.nothing"), "lead")
    return _render(
        words,
        title=words("failure.title"),
        kicker=failure.title.in_(language),
        simulated=False,
        body=f"{last}{told}{paragraph(words('failure.again'))}",
    )


def _told(language: Language, said: str, dutch: str) -> str:
    dutch = dutch if language == "nl" else ""
    mark = "" if dutch or language == "en" else ' lang="en"'
    return f"<p{mark}>{escape(ABSOLUTE.sub('', dutch or said))}</p>"


def _refuse_team(pieces: Sequence[Piece]) -> None:
    for piece in pieces:
        if piece.audience != "public":
            raise DisclosureError(
                f"piece {piece.key!r}",
                f"is for the {piece.audience}, and was about to stand on a public page",
                "give it to team_page",
            )


def _with_provenance(
    body: str, words: Words, provenance: Provenance | None, *, simulated: bool
) -> str:
    told = ""
    if provenance is not None:
        told = provenance_table(words, provenance, simulated=simulated)
    return body.replace(MARKER, told)


def _provenance_section(words: Words, provenance: Provenance, *, simulated: bool) -> str:
    table = provenance_table(words, provenance, simulated=simulated, files=True)
    return section("provenance", words.language, words("method.provenance_title"), table)


def _link(language: Language, href: str, *, current: bool = False) -> dict[str, Any]:
    name = Words(language)("page.language")
    return {"href": href, "language": language, "name": name, "current": current}


def _contents(body: str) -> list[dict[str, str]]:
    found = SECTION_TITLE.findall(body)
    return [
        {"name": name, "language": name.rpartition("-")[2], "title": title}
        for name, title in found
    ]


def _render(words: Words, *, body: str, **parts: Any) -> str:
    given = {"links": [], "team": False} | parts
    return _template().render(
        words=words,
        language=words.language,
        css=_css(),
        body=body,
        contents=_contents(body),
        **given,
    )


@lru_cache(maxsize=1)
def _template() -> Template:
    from jinja2 import Environment, StrictUndefined

    source = (files("pilot.presentation") / "page.html.j2").read_text(encoding="utf-8")
    environment = Environment(autoescape=True, undefined=StrictUndefined)
    return environment.from_string(source)


@lru_cache(maxsize=1)
def _css() -> str:
    return (files("pilot.presentation") / "page.css").read_text(encoding="utf-8")

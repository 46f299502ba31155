"""For the team: how stories were coded, what may be shown of them, and whether coders agree."""

from __future__ import annotations

from pilot.presentation.markup import Column, Table, paragraph, section
from pilot.presentation.piece import Piece, in_both
from pilot.presentation.team_ratings import independence
from pilot.presentation.words import Words
from pilot.results import Agreement, Study
from pilot.results.stories import DIRECTIONS

NUMBERS = ("quotes", *DIRECTIONS, "shown")


def team_stories(study: Study) -> Piece:
    """Return the coded quotes by role and domain, and the agreement of two coders."""

    def write(words: Words) -> str:
        return section(
            "team-stories",
            words.language,
            words("stories.team_title"),
            *_body(words, study),
        )

    return in_both("team-stories", "team", write)


def _body(words: Words, study: Study) -> list[str]:
    if study.quotes.empty:
        return [paragraph(words("stories.none"))]
    names = ("who", "domain", *NUMBERS)
    columns = tuple(Column(words(f"stories.{name}"), numbers=name in NUMBERS) for name in names)
    table = Table(words("stories.team_caption"), columns, _rows(words, study), kind="wide")
    agreed = [each for each in study.agreements if each.name == "coders"]
    return [
        paragraph(words("stories.team_intro")),
        table.html(),
        *(paragraph(kappa_sentence(words, each)) for each in agreed),
        *(independence(words, study) if agreed else ()),
    ]


def _rows(words: Words, study: Study) -> tuple[tuple[str, ...], ...]:
    rows = []
    for (role, domain), group in study.quotes.groupby(["role", "domain"], sort=True):
        ways = [int((group["direction"] == way).sum()) for way in DIRECTIONS]
        numbers = (len(group), *ways, int(group["text"].notna().sum()))
        labels = [
            each.label.in_(words.language)
            for each in study.trajectory.outcomes()
            if (each.domain, each.role) == (domain, role)
        ]
        who = study.trajectory.role(str(role)).label.in_(words.language)
        about = words.listed(labels) if labels else str(domain).replace("_", " ")
        rows.append((who, about, *(words.whole(number) for number in numbers)))
    return tuple(rows)


def kappa_sentence(words: Words, told: Agreement) -> str:
    """Return how far two coders agree: kappa with its interval, or why there is none."""
    reason = (told.reason_nl if words.language == "nl" else told.reason) or ""
    if told.estimate is None:
        return words("stories.kappa_none", reason=reason)
    kappa, n = words.number(told.estimate, 2), words.whole(told.n_pairs)
    if told.conf_low is None or told.conf_high is None:
        return words("stories.kappa_bare", kappa=kappa, n=n, reason=reason)
    low, high = words.number(told.conf_low, 2), words.number(told.conf_high, 2)
    return words("stories.kappa", kappa=kappa, n=n, low=low, high=high)

"""What people said, beside what was measured, also where the two do not agree."""

from __future__ import annotations

from html import escape

from pilot.design import Trajectory
from pilot.presentation.earlier import earlier_notes
from pilot.presentation.markup import Column, Table, bullets, heading, paragraph, section
from pilot.presentation.piece import Piece, in_both
from pilot.presentation.saying import change_sentence, label_until, number_of, unit_of
from pilot.presentation.words import Words
from pilot.results import Disclosed, PublicStory


def stories_section(disclosed: Disclosed) -> Piece:
    """Return coded themes as counts and approved quotes beside the estimate of their domain.

    A quote stands alone: without a number, a school, a country or the kind of family.
    """
    return in_both(
        "stories",
        "public",
        lambda words: _section(words, disclosed),
        design=disclosed.trajectory,
    )


def _section(words: Words, disclosed: Disclosed) -> str:
    if not disclosed.stories:
        body = [paragraph(words("stories.none"))]
    else:
        body = [paragraph(words("stories.intro"))]
        body += [_story(words, disclosed, each) for each in disclosed.stories]
    body += earlier_notes(words, disclosed, "story")
    return section("stories", words.language, words("stories.title"), *body)


def _story(words: Words, disclosed: Disclosed, story: PublicStory) -> str:
    measured = [
        each
        for each in disclosed.estimates
        if (each.outcome.domain, each.outcome.role) == (story.domain, story.role)
    ]
    unit = unit_of(words, disclosed, story.role)
    told = [
        change_sentence(words, each, unit, label=label_until(words, disclosed, each, label))
        for each in measured
        for label in (each.outcome.label.in_(words.language),)
    ]
    return "\n".join(
        part
        for part in (
            heading(domain_label(words, disclosed, story), 3),
            bullets(told),
            _themes(words, story, unit),
            _quotes(words, story, disclosed.trajectory),
        )
        if part
    )


def domain_label(words: Words, disclosed: Disclosed, story: PublicStory) -> str:
    """Return what a story is about: the outcomes of its domain, and whose they are."""
    labels = [
        each.label.in_(words.language)
        for each in disclosed.trajectory.outcomes()
        if (each.domain, each.role) == (story.domain, story.role)
    ]
    about = words.listed(labels) if labels else story.domain.replace("_", " ")
    role = disclosed.trajectory.role(story.role).label.in_(words.language)
    several = len({each.role for each in disclosed.stories}) > 1
    return f"{role[:1].upper()}{role[1:]}: {about}" if several else about


def _themes(words: Words, story: PublicStory, unit: str) -> str:
    if not story.families:
        return ""
    rows = tuple(
        (words(f"stories.{way}"), number_of(words, count)) for way, count in story.families
    )
    columns = (Column(words("stories.direction")), Column(unit, numbers=True))
    return Table(words("stories.caption"), columns, rows).html()


def _quotes(words: Words, story: PublicStory, trajectory: Trajectory) -> str:
    """Return the quotes; a screen reader is told when they are in another language."""
    spoken = trajectory.languages[0]
    if not story.quotes:
        why = "no_quotes" if trajectory.role(story.role).adult else "no_child_quotes"
        return paragraph(words(f"stories.{why}"), "note")
    other = f' lang="{escape(spoken)}"' if spoken != words.language else ""
    return "\n".join(
        f"<blockquote><p{other}>{escape(text)}</p>"
        f"<footer>{escape(words(f'stories.{way}'))}</footer></blockquote>"
        for way, text in story.quotes
    )
